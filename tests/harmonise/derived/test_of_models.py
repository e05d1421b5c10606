"""What is made of the files of a model: respiration, cold months, wetlands, thaw."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
import yaml

from benchmark.config import load_models
from benchmark.config.descriptors import Model
from benchmark.errors import InputError, NotCoveredError
from benchmark.harmonise.derived import DERIVED, derivable
from benchmark.harmonise.model import offers, open_variable
from benchmark.harmonise.variables import VARIABLES
from benchmark.score.checks import lazy_checks, run_checks

LAT, LON = np.array([55.0, 65.0, 75.0]), np.array([5.0, 15.0, 25.0, 35.0])
FLUX, MONTHS = "kg m-2 s-1", 24


def written(
    path: Path, calendar: str = "noleap", day: int = 15, freq: str = "MS", **fields: Any
) -> None:
    """Write fields (values, units[, attrs]) that are the same in every cell."""
    (steps,) = {np.shape(f[0])[0] for f in fields.values() if np.ndim(f[0])} or {MONTHS}
    start = f"2001-01-{day:02d}" if freq == "D" else "2001-01-01"
    time = xr.date_range(
        start, periods=steps, freq=freq, calendar=calendar, use_cftime=True
    )
    if freq == "MS":
        time = time.map(lambda date: date.replace(day=day))
    data = xr.Dataset(coords={
        "time": time,
        "lat": ("lat", LAT, {"units": "degrees_north"}),
        "lon": ("lon", LON, {"units": "degrees_east"}),
    })  # fmt: skip
    for name, (values, units, *attrs) in fields.items():
        series = np.broadcast_to(values, (steps, *np.shape(values)[1:]))
        layer = ("depth",) if series.ndim > 1 else ()
        dims = ("time", *layer, "lat", "lon")
        shape = (*series.shape, LAT.size, LON.size)
        cells = np.broadcast_to(series[..., None, None], shape).copy()
        data[name] = (dims, cells, {"units": units, **(attrs[0] if attrs else {})})
    data.to_netcdf(path)


@pytest.fixture
def model(tmp_path: Path) -> Callable[..., Model]:
    """Give a function that describes a model of the files in the folder."""

    def load(**variables: Any) -> Model:
        entry = {"model": "M", "files": "*.nc", "variables": variables}
        (tmp_path / "m.yaml").write_text(yaml.safe_dump(entry))
        return load_models(tmp_path / "m.yaml")[0]

    return load


MONTH = np.tile(np.arange(1, 13), MONTHS // 12)


def values_of(field: xr.DataArray) -> np.ndarray:
    """Return the first cell, after seeing that all are alike."""
    values = field.to_numpy().reshape(*field.shape[:-2], -1)
    np.testing.assert_array_equal(values, values[..., :1].repeat(12, axis=-1))
    return np.asarray(values[..., 0])


def test_respiration_is_the_sum(tmp_path: Path, model: Callable[..., Model]) -> None:
    """2 and 3 make 5, and the row says how."""
    written(tmp_path / "a.nc", ra=(2e-8, FLUX), rh=(3e-8, FLUX))
    found = open_variable(model(ra={}, rh={}), "reco")
    np.testing.assert_allclose(values_of(found.field), 5e-8)
    assert found.derivation == "ra + rh"
    assert found.field.attrs["mass_basis"] == "C"


def test_what_is_given_comes_first(tmp_path: Path, model: Callable[..., Model]) -> None:
    """A model's own respiration and thaw depth are taken before derived ones."""
    written(tmp_path / "a.nc", ra=(2e-8, FLUX), rh=(3e-8, FLUX), reco=(4e-8, FLUX))
    written(tmp_path / "b.nc", thawdepth=(0.8, "m"))
    described = model(ra={}, rh={}, reco={}, alt={}, tsl={})
    np.testing.assert_allclose(values_of(open_variable(described, "reco").field), 4e-8)
    np.testing.assert_allclose(values_of(open_variable(described, "alt").field), 0.8)


def test_cold_months_by_construction(
    tmp_path: Path, model: Callable[..., Model]
) -> None:
    """Months are paired by year and month, whatever the calendar and the day."""
    flux = MONTH * 1e-9
    celsius = np.where((MONTH >= 5) & (MONTH <= 9), 5.0, -5.0)
    attrs = {"cell_methods": "area: mean where land"}
    written(tmp_path / "a.nc", wetlandCH4=(flux, FLUX, attrs))
    written(tmp_path / "b.nc", "360_day", 28, tas=(celsius, "degC"))
    found = open_variable(model(ch4={}, tas={}), "ch4_subzero_air")
    np.testing.assert_allclose(values_of(found.field), np.where(celsius < 0, flux, 0))
    assert found.field.attrs["mass_basis"] == "CH4"
    assert found.derivation == "ch4 where tas < 273.15 K, else 0"


def test_cold_months_of_derived_respiration(
    tmp_path: Path, model: Callable[..., Model]
) -> None:
    """A part may be derived, too; only shared months remain."""
    written(tmp_path / "a.nc", ra=(2e-8, FLUX), rh=(3e-8, FLUX))
    written(tmp_path / "b.nc", tsl=(np.full(12, 270.0), "K"))
    found = open_variable(model(ra={}, rh={}, tsl={}), "reco_subzero_soil")
    assert found.field.sizes["time"] == 12
    np.testing.assert_allclose(values_of(found.field), 5e-8)


def test_other_grids_are_refused(tmp_path: Path, model: Callable[..., Model]) -> None:
    """A product of two grids is none; the message has both, and what to do."""
    written(tmp_path / "a.nc", ch4=(1e-9, FLUX))
    written(tmp_path / "b.nc", tas=(270.0, "K"))
    with xr.open_dataset(tmp_path / "b.nc", decode_times=False) as data:
        shifted = data.assign_coords(lon=data["lon"] + 5.0).load()
    shifted.to_netcdf(tmp_path / "b.nc")
    described = model(ch4={"area_basis": "land"}, tas={})
    with pytest.raises(InputError, match="on the same grid") as caught:
        open_variable(described, "ch4_subzero_air")
    assert "Regrid one of them" in str(caught.value)


def test_methane_of_unknown_area(tmp_path: Path, model: Callable[..., Model]) -> None:
    """Nothing is guessed: the message has the three lines to choose from."""
    written(tmp_path / "a.nc", ch4=(1e-9, FLUX))
    with pytest.raises(InputError, match="expected land, the whole cell") as caught:
        open_variable(model(ch4={}), "ch4")
    for basis in ("land", "cell", "wetland"):
        assert f"'area_basis: {basis}'" in str(caught.value)
    assert "under variables.ch4" in str(caught.value)


def test_methane_per_wetland(tmp_path: Path, model: Callable[..., Model]) -> None:
    """4e-9 per wetland on a quarter of the land is 1e-9 per land; 0 without wetland."""
    part = np.where(MONTH < 4, 0.0, 25.0)
    written(tmp_path / "a.nc", ch4=(4e-9, FLUX), WF=(part, "%"))
    described = model(
        ch4={"area_basis": "wetland"}, wetlandFrac={"name": "WF", "area_basis": "land"}
    )
    found = open_variable(described, "ch4")
    np.testing.assert_allclose(values_of(found.field), np.where(MONTH < 4, 0, 1e-9))
    assert found.field.attrs["area_basis"] == "land"
    assert any("times wetlandFrac" in text for text in found.conversions)


def test_wetland_without_its_area(tmp_path: Path, model: Callable[..., Model]) -> None:
    """Per area of wetland without the wetland is refused with the line to write."""
    written(tmp_path / "a.nc", ch4=(4e-9, FLUX))
    with pytest.raises(InputError, match="declare it, such as 'wetlandFrac: "):
        open_variable(model(ch4={"area_basis": "wetland"}), "ch4")


def test_wetland_is_a_part_of_the_cell(tmp_path: Path) -> None:
    """20 % of a cell with half its land is 0.4 of the land; above 1 it is cut."""
    part = np.where(MONTH == 7, 60.0, 20.0)
    written(tmp_path / "a.nc", wetlandFrac=(part, "%"))
    written(tmp_path / "land.nc", sftlf=(50.0, "%"))
    entry = {
        "model": "M",
        "files": "a.nc",
        "land_fraction": {"files": "land.nc", "name": "sftlf"},
        "variables": ["wetlandFrac"],
    }
    (tmp_path / "m.yaml").write_text(yaml.safe_dump(entry))
    (described,) = load_models(tmp_path / "m.yaml")
    found = open_variable(described, "wetlandFrac")
    np.testing.assert_allclose(values_of(found.field), np.where(MONTH == 7, 1.0, 0.4))
    variable = VARIABLES["wetlandFrac"]
    tests = {name: v.compute() for name, v in lazy_checks(found, variable).items()}
    (warning,) = run_checks(found, variable, tests)
    assert warning == (
        "24 values of wetlandFrac are more than the whole land: cut to 1"
    )


def test_thaw_of_a_model(tmp_path: Path, model: Callable[..., Model]) -> None:
    """By layers the file gives an active layer of 0.5 m, permafrost, and no curtain."""
    summer = np.where(MONTH == 7, 1.0, 0.0)[:, None]
    celsius = np.array([-5.0, -4.0, -3.0]) + summer * np.array([8.0, 3.0, 0.5])
    written(tmp_path / "a.nc", tsl=(celsius, "degC"))
    with xr.open_dataset(tmp_path / "a.nc", decode_times=False) as data:
        deep = data.assign_coords(depth=("depth", [0.2, 0.6, 1.4], {"units": "m"}))
        deep.load()
    deep.to_netcdf(tmp_path / "a.nc")
    described = model(tsl={})
    found = open_variable(described, "alt")
    # 3 degrees at 0.2 m, -1 at 0.6 m: 0.2 + 0.4 x 3/4.
    np.testing.assert_allclose(values_of(found.field), [0.5, 0.5], rtol=1e-6)
    assert found.field["year"].values.tolist() == [2001, 2002]
    np.testing.assert_allclose(values_of(open_variable(described, "pfr").field), 1.0)
    assert "2001-2002, 1 pairs" in open_variable(described, "pfr").remark
    with pytest.raises(NotCoveredError, match="needs daily soil temperature"):
        open_variable(described, "zero_curtain")


def test_zero_curtain_of_daily_soil(
    tmp_path: Path, model: Callable[..., Model]
) -> None:
    """40 days at -0.2 degrees after summer are 40 days, of grade C."""
    day = np.arange(730) % 365
    celsius = np.where((day > 150) & (day <= 260), 8.0, -9.0)
    celsius[(day > 260) & (day <= 300)] = -0.2
    written(tmp_path / "a.nc", day=1, freq="D", tsl=(celsius, "degC"))
    found = open_variable(model(tsl={"depth": [0.1, 0.2]}), "zero_curtain")
    np.testing.assert_allclose(values_of(found.field), [40.0, 40.0])
    assert found.grade == "C"


def test_every_derivation_is_of_known_variables() -> None:
    """Parts and what is made are variables, and each can be offered."""
    for name, way in DERIVED.items():
        assert name in VARIABLES
        assert {part.name for part in way.parts} <= set(VARIABLES)
        declared = {part.name: None for part in way.parts}
        assert derivable(name, declared)
        assert not derivable(name, {})


def test_offers(model: Callable[..., Model]) -> None:
    """Declared, derivable, or not there."""
    described = model(ra={}, rh={}, tsl={})
    assert offers(described, "reco_subzero_soil")
    assert offers(described, "alt")
    assert not offers(described, "reco_subzero_air")
    assert not offers(described, "nee")
