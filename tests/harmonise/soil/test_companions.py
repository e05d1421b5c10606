"""Soil carbon of exactly one depth, from layers or a variable of that depth."""

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import NotCoveredError
from benchmark.harmonise.soil.companions import offers_depth, open_depth
from benchmark.harmonise.soil.depth_names import SOIL_DEPTHS

LAT, LON = np.arange(52.5, 75, 5.0), np.arange(2.5, 30, 5.0)
# Two layers straddle 1 m: 0.5-1.5 m with 8, and none ends at 0.3, 2 or 3 m.
EDGES = np.array([[0.0, 0.1], [0.1, 0.5], [0.5, 1.5], [1.5, 4.0]])
AMOUNTS = np.array([3.0, 4.0, 8.0, 5.0])
# 3 + 4/2; 3 + 4 + 8/2; 8/2 + 5/5; 5 x 1/2.5; 3 + 4 + 8 + 5 x 1.5/2.5.
STOCKS = {
    "cSoil_0_30cm": 5.0,
    "cSoil_0_1m": 11.0,
    "cSoil_1_2m": 5.0,
    "cSoil_2_3m": 2.0,
    "cSoil_0_3m": 18.0,
}


def soil_map(value: float, name: str = "cSoil") -> xr.Dataset:
    """Return a map of one value."""
    axes = {
        "lat": ("lat", LAT, {"units": "degrees_north"}),
        "lon": ("lon", LON, {"units": "degrees_east"}),
    }
    values = np.full((LAT.size, LON.size), value)
    return xr.Dataset({name: (("lat", "lon"), values, {"units": "kg m-2"})}, axes)


def model(folder: Path, data: xr.Dataset, **source: object) -> Model:
    """Write a file and return a model of it."""
    path = folder / "soil.nc"
    data.to_netcdf(path)
    given = VariableSource((str(path),), static=True, **source)  # type: ignore[arg-type]
    return Model("M", {"cSoil": given}, folder / "model.yaml")


@pytest.fixture
def layered(tmp_path: Path) -> Model:
    """A model with four layers."""
    maps = xr.concat([soil_map(one, "cSoilLevels") for one in AMOUNTS], "sdepth")
    about = {"units": "m", "bounds": "sdepth_bnds", "positive": "down", "axis": "Z"}
    maps = maps.assign_coords(sdepth=("sdepth", EDGES.mean(axis=1), about))
    maps["cSoilLevels"].attrs["units"] = "kg m-2"
    data = maps.assign(sdepth_bnds=(("sdepth", "bnds"), EDGES))
    return model(tmp_path, data, name="cSoilLevels")


@pytest.mark.parametrize("name", SOIL_DEPTHS)
def test_layers_are_split_at_the_depths(layered: Model, name: str) -> None:
    """A layer counts with the share of its thickness inside."""
    assert offers_depth(layered, name)
    opened = open_depth(layered, name)
    np.testing.assert_allclose(opened.field, STOCKS[name], rtol=1e-6)
    assert opened.depth == SOIL_DEPTHS[name]


def test_the_parts_add_up(layered: Model) -> None:
    """0-1, 1-2 and 2-3 m are 0-3 m: nothing is counted twice or lost."""
    parts = ("cSoil_0_1m", "cSoil_1_2m", "cSoil_2_3m")
    total = sum(open_depth(layered, name).field for name in parts)
    np.testing.assert_allclose(total, open_depth(layered, "cSoil_0_3m").field)


def test_a_full_column_is_no_depth(tmp_path: Path) -> None:
    """It may hold less or more: nothing is guessed."""
    one = model(tmp_path, soil_map(20.0), name="cSoil", depth="full_column")
    for name in SOIL_DEPTHS:
        with pytest.raises(NotCoveredError, match="of the full column; expected"):
            open_depth(one, name)


def test_an_unknown_depth_is_no_depth(tmp_path: Path) -> None:
    """The message names what is missing."""
    one = model(tmp_path, soil_map(20.0), name="cSoil")
    with pytest.raises(NotCoveredError, match="unknown depth; expected 0-1 m"):
        open_depth(one, "cSoil_0_1m")


def test_a_variable_of_the_depth_is_taken(tmp_path: Path) -> None:
    """0-1 m is given, 0-3 m is not."""
    one = model(tmp_path, soil_map(9.0), name="cSoil", depth=(0.0, 1.0))
    np.testing.assert_allclose(open_depth(one, "cSoil_0_1m").field, 9.0)
    with pytest.raises(NotCoveredError, match="of 0-1 m; expected 0-3 m"):
        open_depth(one, "cSoil_0_3m")


def test_below_the_soil_there_is_nothing(tmp_path: Path) -> None:
    """Layers that end at 1.5 m have no 2-3 m."""
    maps = xr.concat([soil_map(one) for one in AMOUNTS[:3]], "sdepth")
    about = {"units": "m", "bounds": "sdepth_bnds", "positive": "down", "axis": "Z"}
    maps = maps.assign_coords(sdepth=("sdepth", EDGES[:3].mean(axis=1), about))
    maps["cSoil"].attrs["units"] = "kg m-2"
    data = maps.assign(sdepth_bnds=(("sdepth", "bnds"), EDGES[:3]))
    one = model(tmp_path, data, name="cSoil")
    with pytest.raises(NotCoveredError, match=r"end at 1\.5 m"):
        open_depth(one, "cSoil_2_3m")


def test_other_models_have_none() -> None:
    """A model without soil carbon offers no depth of it."""
    assert not offers_depth(Model("M", {}, Path("model.yaml")), "cSoil_0_1m")
