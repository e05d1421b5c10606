"""Temperatures in whatever units, soil layers near the surface, and water tables."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xarray as xr

from benchmark.config.descriptors import Layers, VariableSource
from benchmark.errors import NotCoveredError
from benchmark.harmonise.field import harmonise_field
from benchmark.harmonise.temperature import to_kelvin
from benchmark.harmonise.variables import VARIABLES

Make = Callable[..., Any]


@pytest.mark.parametrize(
    "written",
    ["degC", "C", "°C", "deg_C", "celsius", "Celsius", "degree_Celsius", "deg C",
     "degrees_C", "degrees Celsius", "[degC]"],
)  # fmt: skip
def test_celsius(written: str) -> None:
    """However it is written, a C of a temperature is no carbon and no coulomb."""
    assert to_kelvin(written) == (1.0, 273.15)


@pytest.mark.parametrize("written", ["K", "kelvin", "degK", "Kelvin", "deg K"])
def test_kelvin(written: str) -> None:
    """Kelvin stays as it is."""
    assert to_kelvin(written) == (1.0, 0.0)


def test_fahrenheit() -> None:
    """Water freezes at 32 and boils at 212."""
    factor, offset = to_kelvin("degF")
    assert 32 * factor + offset == pytest.approx(273.15, rel=1e-12)
    assert 212 * factor + offset == pytest.approx(373.15, rel=1e-12)


@pytest.mark.parametrize("written", ["kg m-2", "gC", "", "m", "kC"])
def test_no_temperature(written: str) -> None:
    """Units of something else are refused."""
    with pytest.raises(ValueError, match="are no temperature"):
        to_kelvin(written)


def test_a_field_in_celsius(ones: Make, harmonise: Make) -> None:
    """1 degree Celsius is 274.15 K, and land without data stays missing."""
    opened = harmonise(ones("tas", "degC"), "tas")
    np.testing.assert_allclose(opened.field.max(), 274.15)
    assert (opened.factor, opened.offset) == (1.0, 273.15)
    assert opened.field.attrs["units"] == "K"
    assert "units 'degC' to K: plus 273.15" in opened.conversions


def test_units_that_overrule_are_told_apart(ones: Make, harmonise: Make) -> None:
    """K and degC have the same factor and are not the same."""
    opened = harmonise(ones("tas", "K"), "tas", units="degC")
    told = "the file has units 'K', the configuration 'degC'"
    assert told in opened.warnings


def layered(gridded: Make, gpp_values: Make, names: str = "tsl") -> xr.Dataset:
    """Return soil at 0.0, 1.0 and 2.0 degC by layers to 0.12, 0.4 and 3 m."""
    data = gridded(gpp_values(12))
    shape = data["gpp"].shape
    values = np.broadcast_to(
        np.arange(3.0)[None, :, None, None], (shape[0], 3, *shape[1:])
    )
    data[names] = (("time", "depth", "lat", "lon"), values.copy(), {"units": "degC"})
    edges = np.array([[0.0, 0.12], [0.12, 0.4], [0.4, 3.0]])
    data["depth_bnds"] = (("depth", "bnds"), edges, {"units": "m"})
    return data.drop_vars("gpp").assign_attrs(files=["a.nc"])


def test_soil_temperature_near_the_surface(gridded: Make, gpp_values: Make) -> None:
    """0.1-0.12 m of 0 and 0.12-0.2 m of 1 degree are 0.8 degrees."""
    data = layered(gridded, gpp_values)
    source = VariableSource(("a.nc",), layers=Layers(bounds="depth_bnds"))
    opened = harmonise_field(data, source, VARIABLES["tsl"])
    np.testing.assert_allclose(opened.field, 273.95, rtol=1e-9)
    assert opened.remark == "mean of 0.1-0.2 m from 2 soil layers"
    data["tsl"][:, 0] = np.nan
    alone = harmonise_field(data, source, VARIABLES["tsl"])
    np.testing.assert_allclose(alone.field, 274.15, rtol=1e-9)


def test_layers_can_be_kept(gridded: Make, gpp_values: Make) -> None:
    """All layers with their depths, from the surface downward, for what is derived."""
    data = layered(gridded, gpp_values).isel(depth=[2, 1, 0])
    opened = harmonise_field(
        data, VariableSource(("a.nc",)), VARIABLES["tsl"], layered=True
    )
    one = opened.field.isel(time=0, lat=0, lon=0)
    np.testing.assert_allclose(one, [273.15, 274.15, 275.15])
    assert one["bottom"].values.tolist() == [0.12, 0.4, 3.0]


def test_layers_elsewhere(gridded: Make, gpp_values: Make) -> None:
    """Soil that begins at 0.4 m has no temperature near the surface."""
    data = layered(gridded, gpp_values).isel(depth=[2, 2])
    data["depth_bnds"] = data["depth_bnds"].copy(data=[[0.4, 1.0], [1.0, 3.0]])
    source = VariableSource(("a.nc",))
    with pytest.raises(NotCoveredError, match=r"needed at 0\.1-0\.2 m"):
        harmonise_field(data, source, VARIABLES["tsl"])


@pytest.mark.parametrize(
    ("name", "sign", "expected"),
    [("wtd", None, 1.0), ("ZWT", None, 1.0), ("wt", None, -1.0), ("wtd", "up", -1.0)],
)
def test_water_table_counts_downward(
    name: str, sign: str | None, expected: float, ones: Make, harmonise: Make
) -> None:
    """ISIMIP counts wt upward from the ground; whatever else says it by 'sign:'."""
    opened = harmonise(ones(name, "m"), "wtd", sign=sign)
    assert set(np.unique(opened.field)) - {0.0} == {expected}
