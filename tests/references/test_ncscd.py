"""The soil carbon tables of NCSCDv2.2 and the script that makes them."""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

FOLDER = Path(__file__).parents[2] / "references/ncscdv22"
NAMES = ("treat2024_permafrost", "treat2024_boreal_tundra")


@pytest.fixture(scope="module")
def derive():
    """Return the script as a module."""
    spec = importlib.util.spec_from_file_location("derive", FOLDER / "derive.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def globe(tmp_path):
    """Write a half-degree grid: 10 kg m-2 north of 60 N, three kinds of nothing."""
    lat, lon = np.arange(-89.75, 90, 0.5), np.arange(-179.75, 180, 0.5)
    values = np.zeros((lat.size, lon.size), "float32")
    values[lat > 60] = 10
    values[lat < -60] = -999
    values[(lat > 0) & (lat < 1)] = -1
    stock = xr.DataArray(values, {"lat": lat, "lon": lon}, ("lat", "lon"))
    path = tmp_path / "grid.nc"
    stock.to_dataset(name="soilc").to_netcdf(path)
    return path


def test_total_uses_exact_areas(derive, globe):
    """A cap of 10 kg m-2 holds 10 x 2 pi R2 (1 - sin 60) kg."""
    stock = derive.read_stock(str(globe))
    area = derive.cell_area(stock)
    cap = 2 * np.pi * 6371000.0**2 * (1 - np.sin(np.pi / 3))
    assert derive.total(stock, area, 1.0) == pytest.approx(cap * 10 / 1e12, rel=1e-12)
    assert float(area.where(np.isfinite(stock)).sum()) == pytest.approx(cap, rel=1e-12)


def test_negative_stock_is_refused(derive, globe, tmp_path):
    """A third fill value would be counted as carbon, so it is an error."""
    with xr.open_dataset(globe) as file:
        changed = file.load()
    changed["soilc"][300, 5] = -9999
    changed.to_netcdf(tmp_path / "bad.nc")
    with pytest.raises(ValueError, match="negative values"):
        derive.read_stock(str(tmp_path / "bad.nc"))


@pytest.mark.parametrize("name", NAMES)
def test_regions_add_up_to_the_domain(name):
    """The eight regions do not overlap: their carbon is that of the union."""
    table = pd.read_csv(FOLDER / f"soil_carbon_0_1m_{name}.csv", comment="#")
    assert len(table) == 9
    union = table["region"].isin(["permafrost_domain", "boreal_tundra_domain"])
    for column, slack in (("value", 0.1), ("area_Mkm2", 0.01)):
        parts = table.loc[~union, column].sum()
        assert parts == pytest.approx(table.loc[union, column].item(), abs=slack)


@pytest.mark.parametrize("name", NAMES)
def test_domain_is_part_of_the_footprint(name):
    """No region set holds more than the whole database, 475.4 Pg."""
    path = FOLDER / f"soil_carbon_0_1m_{name}.csv"
    assert "475.4 Pg C on 20.96 Mkm2" in path.read_text(encoding="utf-8")
    table = pd.read_csv(path, comment="#")
    assert table["value"].max() < 475.4
    assert table["area_Mkm2"].max() < 20.96
    assert table["value"].min() > 0


@pytest.mark.parametrize("name", NAMES)
def test_tables_are_of_the_shipped_regions(derive, name):
    """If this fails the regions changed: run derive.py again."""
    path = FOLDER / f"soil_carbon_0_1m_{name}.csv"
    geometry = derive.digest(derive.GEOMETRIES / f"{name}.geojson")
    assert geometry in path.read_text(encoding="utf-8")
