"""Soil layers between two depths, against columns worked by hand."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from benchmark.config.descriptors import Layers, VariableSource
from benchmark.errors import NotCoveredError
from benchmark.harmonise.soil.depth import at_depth
from benchmark.harmonise.variable import Variable
from benchmark.harmonise.variables import VARIABLES

Make = Callable[..., Any]
Refusal = Callable[..., str]

# Layers 0-0.2, 0.2-0.6, 0.6-1.4 and 1.4-3.4 m with 2, 8, 4 and 1 kg m-2.
EDGES = np.array([[0.0, 0.2], [0.2, 0.6], [0.6, 1.4], [1.4, 3.4]])
AMOUNTS = np.array([2.0, 8.0, 4.0, 1.0])


def layered(
    values: np.ndarray = AMOUNTS,
    edges: np.ndarray | None = EDGES,
    units: str = "kg m-2",
    name: str = "sdepth",
    depth_units: str | None = "m",
    cells: int = 4,
) -> xr.Dataset:
    """Return a static CMIP6-like file of equal columns."""
    lat = np.array([50.0, 60.0])
    lon = np.linspace(0, 20, cells // 2)
    nodes = np.arange(1.0, values.size + 1) if edges is None else edges.mean(axis=1)
    about: dict[str, str] = {} if depth_units is None else {"units": depth_units}
    if edges is not None:
        about["bounds"] = f"{name}_bnds"
    field = np.broadcast_to(values[:, None, None], (values.size, 2, cells // 2))
    data = xr.Dataset(
        {"cSoilLevels": ((name, "lat", "lon"), field.copy(), {"units": units})},
        coords={name: (name, nodes, about), "lat": lat, "lon": lon},
        attrs={"files": ["a.nc"]},
    )
    if edges is not None:
        data[f"{name}_bnds"] = ((name, "bnds"), edges)
    return data


@pytest.fixture
def column(harmonise: Make) -> Make:
    """Give a function that returns the value of every cell at a depth."""

    def value(data: xr.Dataset, depth: Any, **source: Any) -> float:
        entry = {"name": "cSoilLevels", **source}
        field = opened(harmonise, data, depth, **entry).field.to_numpy()
        assert np.ptp(field) == 0
        return float(field.flat[0])

    return value


def opened(harmonise: Make, data: xr.Dataset, asked: Any, **source: Any) -> Any:
    """Harmonise a static file at a depth."""
    source = {"name": "cSoilLevels", **source}
    return harmonise(data, "cSoil", {"depth": asked}, **source)


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        ((0, 0.3), 2 + 8 * 0.1 / 0.4),
        ((0, 1), 2 + 8 + 4 * 0.4 / 0.8),
        ((1, 2), 4 * 0.4 / 0.8 + 1 * 0.6 / 2),
        ((2, 3), 1 * 1.0 / 2),
        ((0, 3), 2 + 8 + 4 + 1 * 1.6 / 2),
        (None, 15.0),
        ("full_column", 15.0),
    ],
)
def test_by_hand(depth: Any, expected: float, column: Make) -> None:
    """Layers count with their share between the depths."""
    assert column(layered(), depth) == pytest.approx(expected)


@pytest.mark.parametrize("units", ["gC/m^3", "g C m-3", "g m-3"])
def test_density(units: str, column: Make) -> None:
    """A density counts with the metres: 10, 20, 5, 0.5 kg m-3 are the amounts."""
    densities = 1e3 * np.array([10.0, 20.0, 5.0, 0.5])
    value = column(layered(densities, units=units), (0, 1))
    assert value == pytest.approx(10 * 0.2 + 20 * 0.4 + 5 * 0.4)


@pytest.mark.parametrize("form", ["reversed", "upward", "cm", "swapped"])
def test_axes_as_people_write_them(form: str, column: Make) -> None:
    """Order, direction and units of depth do not change the result."""
    data = layered()
    if form == "reversed":
        data = data.isel(sdepth=slice(None, None, -1))
    elif form == "swapped":
        data["sdepth_bnds"] = data["sdepth_bnds"][:, ::-1]
    else:
        factor, units = (-1.0, "m") if form == "upward" else (100.0, "cm")
        bounds = data["sdepth_bnds"] * factor
        about = {"units": units, "bounds": "sdepth_bnds"}
        if form == "upward":
            about["positive"] = "up"
        data = data.assign_coords(
            sdepth=("sdepth", data["sdepth"].to_numpy() * factor, about)
        ).assign(sdepth_bnds=(("sdepth", "bnds"), bounds.to_numpy()))
    assert column(data, (0, 1)) == pytest.approx(12.0)


def test_conversions_and_remark(harmonise: Make) -> None:
    """The integration is told in the notes and in every row."""
    found = opened(harmonise, layered(), (0, 1))
    assert "0-1 m from 3 soil layers of 4, an amount in each layer" in found.conversions
    assert found.remark == "model 0-1 m from 3 soil layers"
    assert found.depth == (0, 1)


def test_soil_that_ends_above(harmonise: Make, column: Make) -> None:
    """The whole column of a shallow model is used, and where it ends is said."""
    data = layered(edges=EDGES / 3.4 * 2)
    found = opened(harmonise, data, (0, 3))
    assert float(found.field.max()) == pytest.approx(15.0)
    assert found.remark.endswith("model soil ends at 2 m")
    assert found.depth == (0, 3)


def test_layers_of_a_part_of_the_soil(harmonise: Make) -> None:
    """Layers stated as a part of the soil keep the depth they reach."""
    found = opened(harmonise, layered(), (0, 5), depth=(0, 3.4))
    assert found.depth == (0, pytest.approx(3.4))


def test_depth_that_contradicts_layers(harmonise: Make, refusal: Refusal) -> None:
    """'depth:' other than the layers reach is refused with both."""
    message = refusal(opened, harmonise, layered(), (0, 1), depth=(0, 1.0))
    assert "reach 3.4 m, but 'depth:' under variables.cSoil says 0-1 m" in message


def test_below_the_soil(harmonise: Make) -> None:
    """A soil of 0.8 m says nothing of 1-2 m: not assessed."""
    with pytest.raises(NotCoveredError, match=r"end at 0\.8 m; .* of 1-2 m"):
        opened(harmonise, layered(edges=EDGES / 3.4 * 0.8), (1, 2))


@pytest.mark.parametrize(
    ("column_values", "depth", "expected"),
    [
        ([2.0, 8.0, np.nan, np.nan], (0, 3), 10.0),
        ([2.0, 8.0, np.nan, np.nan], (1, 2), 0.0),
        ([np.nan] * 4, (0, 3), np.nan),
        ([np.nan, 8.0, 4.0, 1.0], (0, 1), np.nan),
        ([np.nan, 8.0, 4.0, 1.0], (1, 3), 2.0 + 0.8),
        ([2.0, np.nan, 4.0, 1.0], (0, 1), np.nan),
    ],
)
def test_missing_layers(
    column_values: list[float], depth: Any, expected: float, harmonise: Make
) -> None:
    """Bedrock below valid layers holds nothing; other gaps are unknown."""
    data = layered()
    data["cSoilLevels"][:, 0, 0] = column_values
    value = float(opened(harmonise, data, depth).field[0, 0])
    assert value == pytest.approx(expected, nan_ok=True)


def test_inferred_bounds(harmonise: Make) -> None:
    """Without bounds, layers end half-way between depths; that is a remark.

    Depths 0.1, 0.3, 0.9 m: layers 0-0.2, 0.2-0.6 and 0.6-1.2 m.
    """
    data = layered(np.array([2.0, 8.0, 6.0]), EDGES[:3]).drop_vars("sdepth_bnds")
    data = data.assign_coords(sdepth=("sdepth", [0.1, 0.3, 0.9], {"units": "m"}))
    found = opened(harmonise, data, (0, 0.9))
    assert float(found.field[0, 0]) == pytest.approx(2 + 8 + 3)
    assert any("half-way between depths" in text for text in found.conversions)


def test_index_is_no_depth(harmonise: Make, refusal: Refusal) -> None:
    """1, 2, 3 without units may be an index: the line to write is told."""
    data = layered(edges=None, depth_units=None)
    message = refusal(opened, harmonise, data, (0, 1))
    assert "may be indices" in message
    assert "write 'layers:' under variables.cSoil: {units: m}" in message
    stated = opened(harmonise, data, (0, 1.5), layers=Layers(units="m"))
    assert float(stated.field[0, 0]) == pytest.approx(2.0)


def test_no_coordinate(harmonise: Make, refusal: Refusal) -> None:
    """A dimension without depths needs the names of bounds or thickness."""
    data = layered(edges=None).drop_vars("sdepth")
    message = refusal(opened, harmonise, data, (0, 1))
    assert "'sdepth' has no depths, only an index" in message
    assert "{thickness: NAME}" in message


def clm(**coords: Any) -> xr.Dataset:
    """Return a CLM-like file: gC/m^3 on levdcmp, thickness on levgrnd by cell."""
    data = layered(
        np.array([10e3, 20e3, 5e3]), EDGES[:3], "gC/m^3", "levdcmp"
    ).drop_vars("levdcmp_bnds")
    del data["levdcmp"].attrs["bounds"]
    nodes = np.append(data["levdcmp"].to_numpy(), 2.4)
    thick = np.broadcast_to(np.array([0.2, 0.4, 0.8, 2.0])[:, None, None], (4, 2, 2))
    return data.assign_coords(levgrnd=("levgrnd", nodes, {"units": "m"})).assign(
        DZSOI=(("levgrnd", "lat", "lon"), thick.copy(), {"units": "m"}), **coords
    )


def test_clm_thickness(column: Make) -> None:
    """DZSOI on the longer levgrnd gives the edges of levdcmp; ocean has none."""
    data = clm()
    data["DZSOI"][:, 0, 0] = np.nan
    assert column(data, (0, 1)) == pytest.approx(10 * 0.2 + 20 * 0.4 + 5 * 0.4)


def test_thickness_that_differs(harmonise: Make, refusal: Refusal) -> None:
    """Layers of another thickness in each cell are refused."""
    data = clm()
    data["DZSOI"][:, 0, 0] = 1.0
    assert "differs from cell to cell" in refusal(opened, harmonise, data, (0, 1))


def test_stated_names(column: Make) -> None:
    """'layers:' names a dimension and bounds the program does not know."""
    data = layered().rename(sdepth="k", sdepth_bnds="edges_of_k")
    del data["k"].attrs["bounds"]
    names = Layers("k", "edges_of_k")
    assert column(data, (0, 1), layers=names) == pytest.approx(12.0)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (Layers("z9"), "no dimension 'z9', but (sdepth, lat, lon)"),
        (Layers(bounds="b9"), "the file has no 'b9'"),
        (Layers(units="K"), "cannot be converted to 'm'"),
    ],
)
def test_wrong_names(
    names: Layers, expected: str, harmonise: Make, refusal: Refusal
) -> None:
    """Names and units that do not fit the file are refused."""
    message = refusal(opened, harmonise, layered(), (0, 1), layers=names)
    assert expected in message


def test_gaps_and_mixed_signs(harmonise: Make, refusal: Refusal) -> None:
    """Layers that do not touch, or lie above the ground, are refused."""
    gap = EDGES.copy()
    gap[2, 0] = 0.7
    assert "ends at 0.6 m, the next begins at 0.7 m" in refusal(
        opened, harmonise, layered(edges=gap), (0, 1)
    )
    assert "of one sign" in refusal(opened, harmonise, layered(edges=EDGES - 0.1), None)


def test_units_that_are_neither(harmonise: Make, refusal: Refusal) -> None:
    """A mass fraction is neither an amount per layer nor a density."""
    message = refusal(opened, harmonise, layered(units="g kg-1"), (0, 1))
    assert "cannot be converted to 'kg m-2'" in message


def test_lazy(harmonise: Make) -> None:
    """Layers of a lazy file are integrated lazily, also cut along depth."""
    data = layered().chunk({"sdepth": 2})
    found = opened(harmonise, data, (0, 1)).field
    assert found.chunks is not None
    assert float(found[0, 0]) == pytest.approx(12.0)


def test_name_that_says_its_depth(harmonise: Make) -> None:
    """cSoilAbove1m is 0-1 m deep, unless the configuration says otherwise."""
    data = layered().isel(sdepth=0, drop=True).rename(cSoilLevels="cSoilAbove1m")
    found = harmonise(data, "cSoil", name="cSoilAbove1m")
    assert found.depth == (0.0, 1.0)
    assert harmonise(data, "cSoil", name="cSoilAbove1m", depth=(0, 2)).depth == (0, 2)


SOIL: Variable = VARIABLES["cSoil"]
thicknesses = st.lists(st.floats(0.02, 2.0), min_size=1, max_size=12)


def integral(edges: np.ndarray, amounts: np.ndarray, depth: Any) -> float:
    """Return the amount of one column between two depths."""
    data = layered(amounts, edges, cells=2)
    source = VariableSource(("a.nc",), name="cSoilLevels")
    found = at_depth(data["cSoilLevels"], data, source, SOIL, "a.nc", asked=depth)
    return float(found.values[0, 0])


@given(thick=thicknesses, seed=st.integers(0, 99))
def test_parts_sum_to_the_whole(thick: list[float], seed: int) -> None:
    """0-1, 1-2 and 2-3 m add up to 0-3 m, whatever the layers."""
    bottom = np.cumsum([*thick, 3.1])
    edges = np.stack([np.append(0.0, bottom[:-1]), bottom], axis=1)
    amounts = np.random.default_rng(seed).uniform(0, 9, bottom.size)
    parts = sum(integral(edges, amounts, (top, top + 1.0)) for top in (0.0, 1.0, 2.0))
    assert parts == pytest.approx(integral(edges, amounts, (0.0, 3.0)))


@given(thick=thicknesses, bottom=st.floats(0.3, 3.0))
def test_even_profile_is_exact(thick: list[float], bottom: float) -> None:
    """An even density of 7 kg m-3 gives 7 kg m-2 per metre, however layered."""
    edge = np.cumsum([*thick, 3.1])
    edges = np.stack([np.append(0.0, edge[:-1]), edge], axis=1)
    amounts = 7.0 * np.ptp(edges, axis=1)
    assert integral(edges, amounts, (0.0, bottom)) == pytest.approx(7.0 * bottom)
