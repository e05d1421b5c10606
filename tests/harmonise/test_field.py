"""One variable of a grid: found, masked, converted, turned upward."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xarray as xr

from benchmark.config.descriptors import GridMeasure, VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.areas import read_measure
from benchmark.harmonise.field import harmonise_field
from benchmark.harmonise.variables import VARIABLES

Make = Callable[..., Any]
Refusal = Callable[..., str]

GRAM_PER_YEAR = 3.1688738507e-11


@pytest.fixture
def static(ones: Make) -> xr.Dataset:
    """Give ones without time."""
    return ones().isel(time=0, drop=True)


def only(values: xr.DataArray) -> float:
    (value,) = np.unique(values.to_numpy())
    return float(value)


def measure_on(data: xr.Dataset, values: np.ndarray, units: str = "1") -> xr.DataArray:
    """Return an area or fraction of the cells of a dataset."""
    axes = data[["lat", "lon", "lat_bnds", "lon_bnds"]]
    held = axes.assign(area=(("lat", "lon"), values, {"units": units}))
    canonical = "1" if units in ("1", "%") else "m2"
    return read_measure(held, GridMeasure(("b.nc",), "area"), canonical)


def test_canonical_form(ones: Make, harmonise: Make) -> None:
    """A field has its axes, coordinates and attributes, and its own name."""
    opened = harmonise(ones("GPP"), mass_basis="C")
    field = opened.field
    assert field.name == "gpp"
    assert field.dims == ("time", "lat", "lon")
    assert {"year", "month", "days", "cell_area", "land_fraction"} <= set(field.coords)
    assert field.attrs["units"] == "kg m-2 s-1"
    assert field.attrs["mass_basis"] == "C"
    assert field.attrs["area_basis"] == "land"
    assert only(field["land_fraction"]) == 1.0
    assert opened.where == "a.nc: GPP"


def test_dimensions_in_any_order(ones: Make, harmonise: Make) -> None:
    """Dimensions are put in order."""
    data = ones().transpose("lon", "lat", "time", ...)
    assert harmonise(data).field.dims == ("time", "lat", "lon")


@pytest.mark.parametrize(
    ("units", "value"),
    [("kg m-2 s-1", 1.0), ("gC m-2 yr-1", GRAM_PER_YEAR), ("g m-2 s-1", 1e-3),
     ("kg CO2 m-2 s-1", 0.27292144789), ("umol m-2 s-1", 1.2011e-8)],
)  # fmt: skip
def test_units(units: str, value: float, ones: Make, harmonise: Make) -> None:
    """Values become kg C m-2 s-1, whether the file or the configuration says."""
    opened = harmonise(ones(units=units))
    assert only(opened.field) == pytest.approx(value, rel=1e-9)
    assert opened.factor == pytest.approx(value, rel=1e-9)
    assert len(opened.conversions) == (0 if value == 1.0 else 1)
    stated = harmonise(ones(units="nonsense"), units=units)
    assert only(stated.field) == pytest.approx(value, rel=1e-9)


def test_rate_per_month(ones: Make, harmonise: Make) -> None:
    """1 g m-2 in each month is 1e-3 kg over 31, 28, 31... days."""
    field = harmonise(ones(units="g m-2 month-1")).field
    january, february = field.isel(lat=0, lon=0).to_numpy()[:2]
    assert january == pytest.approx(1e-3 / (31 * 86400), rel=1e-9)
    assert february == pytest.approx(1e-3 / (28 * 86400), rel=1e-9)


@pytest.mark.parametrize("years", [True, False])
def test_rate_per_month_without_months(
    years: bool, gridded: Make, static: xr.Dataset, harmonise: Make, refusal: Refusal
) -> None:
    """A rate per month of yearly or static values is refused with what to write."""
    data = static
    if years:
        data = gridded(np.ones((36, 10, 72))).isel(time=[0, 12, 24])
    message = refusal(harmonise, data, units="g m-2 month-1")
    assert "a.nc: gpp: is a rate per month but has no months" in message
    assert "'units:'" in message


def test_contradicting_basis(ones: Make, harmonise: Make, refusal: Refusal) -> None:
    """Units of CO2 with a declared mass of carbon are refused."""
    message = refusal(harmonise, ones(units="g CO2 m-2 d-1"), mass_basis="C")
    assert "say CO2 but mass_basis says C" in message


@pytest.mark.parametrize(
    ("variable", "name"),
    [("gpp", "GPP"), ("gpp", "cgpp"), ("rh", "HR"), ("rh", "cresp"), ("reco", "ER"),
     ("cSoil", "TotSoilCarb"), ("ch4", "wetlandCH4"), ("nee", "NEE")],
)  # fmt: skip
def test_found_by_alias(variable: str, name: str, ones: Make, harmonise: Make) -> None:
    """A variable is found by any name it goes by."""
    units = "kg m-2" if variable == "cSoil" else "kg m-2 s-1"
    found = harmonise(ones(name, units), variable, area_basis="land")
    assert found.where == f"a.nc: {name}"


def test_found_by_standard_name(ones: Make, harmonise: Make) -> None:
    """A variable of an unknown name is found by its CF standard name."""
    standard_name = "gross_primary_productivity_of_biomass_expressed_as_carbon"
    data = ones("carbon_in", standard_name=standard_name)
    assert harmonise(data).where == "a.nc: carbon_in"


def test_two_that_could_be_it(ones: Make, harmonise: Make, refusal: Refusal) -> None:
    """Where two variables could be it, both are named and none is taken."""
    data = ones("gpp").assign(GPP=ones("GPP")["GPP"])
    message = refusal(harmonise, data)
    assert message == (
        "a.nc: gpp, GPP could all be gpp; write 'name:' under variables.gpp."
    )


def test_not_found(ones: Make, harmonise: Make, refusal: Refusal) -> None:
    """A missing variable is named with what the file has and the nearest."""
    message = refusal(harmonise, ones("ggp"))
    assert message.startswith("a.nc: gpp: no such variable; the file has ggp.")
    assert "Did you mean 'ggp'?" in message
    assert "'name:'" in message


@pytest.mark.parametrize(
    ("variable", "name", "sign", "factor"),
    [
        ("nbe", "nbp", None, -1),
        ("nbe", "nbp", "down", -1),
        ("nbe", "nbp", "up", 1),
        ("nbe", "netAtmosLandCO2Flux", None, -1),
        ("nep", "nep", None, -1),
        ("nee", "NEE", None, 1),
        ("nee", "NEE", "down", -1),
        ("gpp", "gpp", None, 1),
        ("gpp", "gpp", "up", -1),
        ("rh", "rh", "down", -1),
        ("ch4", "wetlandCH4", None, 1),
    ],
)
def test_sign(
    variable: str, name: str, sign: str | None, factor: int, ones: Make, harmonise: Make
) -> None:
    """Net fluxes become upward by their name, or by what the configuration says."""
    opened = harmonise(ones(name), variable, sign=sign, area_basis="land")
    assert only(opened.field) == factor
    assert any("times -1" in text for text in opened.conversions) == (factor == -1)


@pytest.mark.parametrize(("name", "factor"), [("fco2nat", -1), ("nbe", 1)])
def test_sign_by_standard_name(
    name: str, factor: int, ones: Make, harmonise: Make
) -> None:
    """A downward standard name turns an unknown name, not one that says its sign."""
    data = ones(name, standard_name=VARIABLES["nbe"].standard_name)
    assert only(harmonise(data, "nbe").field) == factor


@pytest.mark.parametrize("name", ["nep", "NEP"])
def test_nep_is_not_taken_for_nee(
    name: str, ones: Make, harmonise: Make, refusal: Refusal
) -> None:
    """CMIP6 counts fire in nep, so whoever calls it nee has to say what it is."""
    message = refusal(harmonise, ones(name), "nee", name=name)
    assert "in which CMIP6 counts fire" in message
    assert "Declare it as 'nep:'" in message
    assert "'sign: down'" in message
    assert only(harmonise(ones(name), "nee", name=name, sign="down").field) == -1


def test_empty_standard_name_is_no_name(
    ones: Make, harmonise: Make, refusal: Refusal
) -> None:
    """CF has no name for NEE: an empty attribute does not make a variable NEE."""
    message = refusal(harmonise, ones("x", standard_name=""), "nee")
    assert "nee: no such variable" in message


def test_stocks_have_no_sign(ones: Make, harmonise: Make) -> None:
    """A sign does nothing to a stock."""
    opened = harmonise(ones("cSoil", "kg m-2"), "cSoil", sign="down")
    assert only(opened.field) == 1.0


def test_sum_of_pools(ones: Make, harmonise: Make) -> None:
    """1 + 2 - 4 g m-2 of three pools is -0.001 kg m-2."""
    data = ones("fast", "g m-2")
    data["slow"], data["litter"] = 2 * data["fast"], 4 * data["fast"]
    for name in ("slow", "litter"):
        data[name].attrs["units"] = "g m-2"
    field = harmonise(data, "cSoil", name="fast + slow - litter").field
    assert only(field) == pytest.approx(-0.001)


def test_sum_of_different_units(ones: Make, harmonise: Make, refusal: Refusal) -> None:
    """Variables of different units are not added."""
    data = ones("fast", "g m-2").assign(slow=ones("slow", "kg m-2")["slow"])
    message = refusal(harmonise, data, "cSoil", name="fast + slow")
    assert "adds variables with units ['g m-2', 'kg m-2']" in message


def test_sum_with_a_coordinate(ones: Make, harmonise: Make) -> None:
    """A coordinate of the file may stand in a sum, as any variable of it."""
    field = harmonise(ones(), name="gpp + 0 * lat", units="kg m-2 s-1").field
    assert only(field) == 1.0


def test_name_that_is_no_identifier(ones: Make, harmonise: Make) -> None:
    """A variable called cSoil-total is that variable, not a difference."""
    data = ones("cSoil-total", "kg m-2")
    assert harmonise(data, "cSoil", name="cSoil-total").where == "a.nc: cSoil-total"


@pytest.mark.parametrize(
    ("values", "source", "kept"),
    [
        ([-9999.0, 1.0], {"fill_values": (-9999,)}, [False, True]),
        ([1e20, 1.0], {"fill_values": (1e20,)}, [False, True]),
        ([0.0, 1.0], {"fill_values": (0,)}, [False, True]),
        ([-99.0, -999.0], {"fill_values": (-99, -999.0)}, [False, False]),
        ([-98.99, -99.0], {"fill_values": (-99,)}, [True, False]),
        ([-1.0, 0.0], {"valid_min": 0}, [False, True]),
        ([2.0, 2.5], {"valid_max": 2}, [True, False]),
        ([np.inf, 1.0], {"valid_max": 1e9}, [False, True]),
    ],
)
def test_masks(
    values: list[float],
    source: dict[str, Any],
    kept: list[bool],
    ones: Make,
    harmonise: Make,
) -> None:
    """Fill values and limits are in the file's units and mask to missing."""
    data = ones(units="g m-2 s-1")
    data["gpp"] = data["gpp"].astype("float32")
    data["gpp"][0, 0, :2] = values
    opened = harmonise(data, **source)
    found = np.isfinite(opened.field.to_numpy()[0, 0, :2])
    assert found.tolist() == kept
    assert sum("masked" in text for text in opened.conversions) == len(
        source.get("fill_values", [1])
    )


@pytest.mark.parametrize("dtype", ["int16", "int32", "uint8"])
def test_integers(dtype: str, ones: Make, harmonise: Make) -> None:
    """Integers become float; a fill value they cannot hold masks nothing."""
    data = ones(units="g m-2 s-1")
    data["gpp"] = data["gpp"].astype(dtype).assign_attrs(data["gpp"].attrs)
    for fill in ((), (99999,), (-9999,)):
        field = harmonise(data, fill_values=fill).field
        assert field.dtype.kind == "f"
        assert only(field) == pytest.approx(1e-3)


def test_float32_stays(ones: Make, harmonise: Make) -> None:
    """Floats keep their precision: memory is not doubled."""
    data = ones()
    data["gpp"] = data["gpp"].astype("float32").assign_attrs(data["gpp"].attrs)
    assert harmonise(data).field.dtype == np.float32


def test_lazy_stays_lazy(ones: Make, harmonise: Make) -> None:
    """Nothing is computed of a dask array."""
    data = ones("nep", "g m-2 month-1").chunk({"time": 3})
    opened = harmonise(data, "nep", fill_values=(-9999,), valid_max=5)
    assert opened.field.chunks is not None


def test_static_with_a_time_axis_of_one(ones: Make, harmonise: Make) -> None:
    """A static variable with one time step has no time."""
    opened = harmonise(ones("cSoil", "kg m-2").isel(time=[0]), "cSoil", static=True)
    assert opened.field.dims == ("lat", "lon")


def test_static_with_a_year(ones: Make, harmonise: Make, refusal: Refusal) -> None:
    """A variable declared static that has twelve steps is refused."""
    message = refusal(harmonise, ones("cSoil", "kg m-2"), "cSoil", static=True)
    assert "a.nc: cSoil: has 12 time steps; expected one" in message


def test_one_month_keeps_its_time(ones: Make, harmonise: Make) -> None:
    """A single month of a series is a month."""
    field = harmonise(ones().isel(time=[3])).field
    assert field.dims == ("time", "lat", "lon")
    assert field["month"].item() == 4


def test_extra_dimension(ones: Make, harmonise: Make, refusal: Refusal) -> None:
    """Plant types or layers are refused by the name of their dimension."""
    data = ones()
    data["gpp"] = data["gpp"].expand_dims(pft=5)
    message = refusal(harmonise, data)
    assert message.startswith(
        "a.nc: gpp: has dimension 'pft' of length 5; expected (time, lat, lon) or "
        "(lat, lon). Values along 'pft' are of parts of a cell"
    )


def test_extra_dimension_of_one(ones: Make, harmonise: Make) -> None:
    """A dimension of one is dropped."""
    data = ones()
    data["gpp"] = data["gpp"].expand_dims(depth=1)
    assert harmonise(data).field.dims == ("time", "lat", "lon")


def test_totals_of_cells(ones: Make, harmonise: Make, refusal: Refusal) -> None:
    """Totals of grid cells are refused: they would be averaged as densities."""
    message = refusal(harmonise, ones(units="kg s-1"), statistic="total")
    assert "'statistic: total' on a grid; expected values per square metre" in message


@pytest.mark.parametrize("dim", ["bnds", "two", "nv4", "D2"])
def test_dimension_of_the_bounds(dim: str, ones: Make, harmonise: Make) -> None:
    """Bounds are used whatever their second dimension is called."""
    opened = harmonise(ones().rename(bnds=dim))
    assert opened.conversions == ()
    assert opened.field["lat_south"].to_numpy()[0] == 40.0


def test_absent_bounds_are_said(ones: Make, harmonise: Make) -> None:
    """Bounds taken half-way are among the conversions."""
    data = ones().drop_vars(["lat_bnds", "lon_bnds"])
    assert len(harmonise(data).conversions) == 2


def test_land_area(static: xr.Dataset, harmonise: Make) -> None:
    """A land area of half the cell, in km2, is a land fraction of one half."""
    area = harmonise(static).field["cell_area"].to_numpy()
    land = measure_on(static, area / 2 / 1e6, "km2")
    opened = harmonise(static, areas={"land_area": land})
    np.testing.assert_allclose(opened.field["land_fraction"].to_numpy(), 0.5)
    assert opened.warnings == ()


def test_land_area_larger_than_the_cell(static: xr.Dataset, harmonise: Make) -> None:
    """Land that exceeds its cell is cut to it, with a warning."""
    area = harmonise(static).field["cell_area"].to_numpy()
    land = measure_on(static, area * 2, "m2")
    opened = harmonise(static, areas={"land_area": land})
    assert only(opened.field["land_fraction"]) == 1.0
    assert "up to 2 times the cell" in opened.warnings[0]


def test_land_fraction(static: xr.Dataset, harmonise: Make) -> None:
    """A land fraction in % is a fraction; missing values are no land."""
    values = np.full((10, 72), 25.0)
    values[0, 0] = np.nan
    opened = harmonise(static, areas={"land_fraction": measure_on(static, values, "%")})
    found = opened.field["land_fraction"].to_numpy()
    assert found[0, 0] == 0.0
    assert found[0, 1] == 0.25


def test_percentage_taken_for_a_fraction(
    static: xr.Dataset, harmonise: Make, refusal: Refusal
) -> None:
    """A fraction of 100 is a percentage without units, with what to write."""
    land = measure_on(static, np.full((10, 72), 100.0))
    message = refusal(harmonise, static, areas={"land_fraction": land})
    assert "land fraction runs to 100; expected 0 to 1" in message
    assert "'units: \"%\"'" in message


@pytest.mark.parametrize("key", ["land_fraction", "land_area"])
def test_land_counted_from_another_meridian(
    key: str, static: xr.Dataset, harmonise: Make
) -> None:
    """Land of -180 to 180 meets a variable of 0 to 360 cell by cell."""
    eastern = np.tile((static["lon"].to_numpy() > 0).astype(float), (10, 1))
    area = harmonise(static).field["cell_area"].to_numpy()
    units = "m2" if key == "land_area" else "1"
    land = measure_on(static, eastern * (area if units == "m2" else 1), units)
    turned = static.assign_coords(lon=static["lon"] % 360).drop_vars("lon_bnds")
    field = harmonise(turned.sortby("lon"), areas={key: land}).field
    assert field["lon"].to_numpy()[[0, -1]].tolist() == [2.5, 357.5]
    found = field["land_fraction"].to_numpy()[0]
    np.testing.assert_allclose(found, np.r_[np.ones(36), np.zeros(36)])


@pytest.mark.parametrize("key", ["land_fraction", "land_area"])
def test_land_of_another_grid(
    key: str, static: xr.Dataset, harmonise: Make, refusal: Refusal
) -> None:
    """Land on other cells is refused with both shapes."""
    land = measure_on(static.isel(lat=slice(0, 9)), np.ones((9, 72)))
    message = refusal(harmonise, static, areas={key: land})
    assert message == (
        f"a.nc: gpp: {key} is on another grid, (lat, lon) (9, 72), than the variable, "
        "(10, 72); expected the same cells."
    )


def test_cell_area_wrong_by_a_factor(static: xr.Dataset, harmonise: Make) -> None:
    """A stated area 43 times too small is not used, and that is said."""
    area = harmonise(static).field["cell_area"].to_numpy()
    opened = harmonise(static, areas={"cell_area": measure_on(static, area / 43, "m2")})
    np.testing.assert_array_equal(opened.field["cell_area"].to_numpy(), area)
    assert "0.0233 times" in opened.warnings[0]
    assert "not used" in opened.warnings[0]


def test_cell_area_that_is_right(static: xr.Dataset, harmonise: Make) -> None:
    """A stated area half a per cent off, as of an ellipsoid, is no warning."""
    area = harmonise(static).field["cell_area"].to_numpy()
    stated = measure_on(static, area * 1.005, "m2")
    assert harmonise(static, areas={"cell_area": stated}).warnings == ()


def test_measure_with_time(static: xr.Dataset) -> None:
    """A land fraction that is repeated along time is taken once."""
    axes = static.drop_vars("gpp")
    data = axes.assign(sftlf=(("time", "lat", "lon"), np.full((3, 10, 72), 50.0)))
    found = read_measure(data, GridMeasure(("b.nc",), "sftlf", "%"), "1")
    assert found.dims == ("lat", "lon")
    assert only(found) == 0.5


@pytest.mark.parametrize(
    ("name", "units", "words"),
    [("sftlf", "m2", "units 'm2' cannot be converted to '1': they are length^2"),
     ("sftl", "%", "no such variable; the file has sftlf. Did you mean 'sftlf'?")],
)  # fmt: skip
def test_measure_refused(
    name: str, units: str, words: str, static: xr.Dataset, refusal: Refusal
) -> None:
    """A measure of other units or another name is refused."""
    data = static.rename(gpp="sftlf").assign_attrs(files=["b.nc"])
    message = refusal(read_measure, data, GridMeasure(("b.nc",), name, units), "1")
    assert message.startswith(f"b.nc: {name}: ")
    assert words in message


def test_values_per_cell_become_values_per_land(gridded: Any, gpp_values: Any) -> None:
    """A flux per cell area is divided by the land fraction, the total stays."""
    data = gridded(gpp_values(12)).assign_attrs(files=["x.nc"])
    land = xr.full_like(data["gpp"].isel(time=0, drop=True), 0.25).drop_attrs()
    source = VariableSource(("x.nc",), area_basis="cell")
    found = harmonise_field(data, source, VARIABLES["gpp"], land_fraction=land)
    np.testing.assert_allclose(found.field, data["gpp"] / 0.25, rtol=1e-6)
    assert found.field.attrs["area_basis"] == "land"
    total = (found.field * found.field["land_fraction"]).sum()
    assert float(total) == pytest.approx(float(data["gpp"].sum()), rel=1e-6)


def test_cell_area_without_land(gridded: Any, gpp_values: Any) -> None:
    """Values per area of the cell need the land in it, and the message says so."""
    data = gridded(gpp_values(12)).assign_attrs(files=["x.nc"])
    source = VariableSource(("x.nc",), area_basis="cell")
    with pytest.raises(InputError, match="'land_fraction:'"):
        harmonise_field(data, source, VARIABLES["gpp"])


def test_units_that_overrule_the_file_are_said(gridded: Any, gpp_values: Any) -> None:
    """A configuration may correct the file's units, and that is a warning."""
    data = gridded(gpp_values(12), units="kg m-2").assign_attrs(files=["x.nc"])
    source = VariableSource(("x.nc",), units="kg m-2 s-1")
    found = harmonise_field(data, source, VARIABLES["gpp"])
    (warning,) = found.warnings
    assert warning == "the file has units 'kg m-2', the configuration 'kg m-2 s-1'"


@pytest.mark.parametrize(
    ("stated", "declared", "odd"),
    [
        ("kg/m2/s", "kg m-2 s-1", False),
        ("kg C $m^{-2}$ s$^{-1}$", "kg m-2 s-1", False),
        ("g m-2 s-1", "kg m-2 s-1", True),
        ("kg CO2 m-2 s-1", "kg m-2 s-1", True),
        ("g m-2 month-1", "g m-2 s-1", True),
        ("furlong", "kg m-2 s-1", True),
    ],
)
def test_only_other_units_are_a_warning(
    stated: str, declared: str, odd: bool, gridded: Any, gpp_values: Any
) -> None:
    """Another spelling of the same units is no reason to worry anybody."""
    data = gridded(gpp_values(12), units=stated).assign_attrs(files=["x.nc"])
    source = VariableSource(("x.nc",), units=declared)
    found = harmonise_field(data, source, VARIABLES["gpp"])
    assert any("has units" in warning for warning in found.warnings) == odd
