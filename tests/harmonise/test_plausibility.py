"""Values that no land surface has, and why they may be there."""

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr

from benchmark.harmonise.fill_values import Sizes, check_repeated, suspicious
from benchmark.harmonise.plausibility import (
    check_regional_mean,
    check_sizes,
    check_table,
    extremes,
)
from benchmark.harmonise.signs import check_mirrored, check_seasons
from benchmark.harmonise.variables import VARIABLES

Refusal = Callable[..., str]
GRAM = 3.1688738507e-11
"""1 g m-2 yr-1 in kg m-2 s-1."""


def sizes_of(values: list[float], variable: str, factor: float, mean: float) -> Sizes:
    """Return the sizes of values in the file's units; `mean` in report units."""
    found = extremes(xr.DataArray(np.asarray(values) * factor), []).compute()
    to_report = VARIABLES[variable].report_factor
    return Sizes(
        float(found["lowest"]) * to_report,
        float(found["highest"]) * to_report,
        mean,
        int(found["count"]),
        1.0 / (factor * to_report),
    )


def check(values: list[float], variable: str = "gpp", factor: float = GRAM) -> None:
    """Check values in the file's units, of a plausible mean."""
    low, high = VARIABLES[variable].regional
    mean = (low + high) / 2
    check_sizes(
        sizes_of(values, variable, factor, mean), VARIABLES[variable], "a.nc: v"
    )


@pytest.mark.parametrize(
    ("variable", "values", "factor"),
    [
        ("gpp", [-149.0, 14999.0], GRAM),
        ("nee", [-11999.0, 11999.0], GRAM),
        ("nbe", [39000.0, 0.0], GRAM),
        ("ch4", [0.0, 1999.0], GRAM),
        ("cSoil", [0.0, 1499.0], 1.0),
        ("cVeg", [0.0, 199.0], 1.0),
        ("gpp", [np.nan, 100.0], GRAM),
    ],
)
def test_within_the_limits(variable: str, values: list[float], factor: float) -> None:
    """Values within the limits pass without a word."""
    check(values, variable, factor)


@pytest.mark.parametrize(
    ("variable", "value", "factor"),
    [("gpp", -151.0, GRAM), ("gpp", 15001.0, GRAM), ("nee", -12001.0, GRAM),
     ("ch4", 2001.0, GRAM), ("cSoil", 1501.0, 1.0), ("cVeg", 201.0, 1.0)],
)  # fmt: skip
def test_beyond_the_limits(
    variable: str, value: float, factor: float, refusal: Refusal
) -> None:
    """A value beyond is quoted in the file's units and in those of the report."""
    message = refusal(check, [100.0, value], variable, factor)
    low, high = VARIABLES[variable].plausible
    assert message.startswith(f"a.nc: v: found {value:.4g} in the file's units")
    assert f"expected {low:g} to {high:g}" in message


@pytest.mark.parametrize(
    ("value", "variable", "factor", "cause"),
    [
        (-9999.0, "gpp", GRAM, "'fill_value: -9999'"),
        (-9999.0, "gpp", 1.0, "'fill_value: -9999'"),
        (-9999.0, "nee", GRAM, "'fill_value: -9999'"),
        (9999.0, "gpp", GRAM, "'fill_value: 9999'"),
        (-999.0, "cSoil", 1.0, "'fill_value: -999'"),
        (-32768.0, "gpp", 1e-3, "'fill_value: -32768'"),
        (1e30, "gpp", 1.0, "'fill_value: 1e+30'"),
        (1e20, "cSoil", 1.0, "'fill_value: 1e+20'"),
        (np.inf, "gpp", 1.0, "infinite value"),
        (1e5, "cSoil", 1.0, "g taken as kg (a factor of 1000)"),
        (8.0 * 86400e3, "gpp", GRAM, "a rate per day taken as per second"),
        (2e3 * 31556952, "gpp", GRAM, "a rate per year taken as per second"),
        (18000.0, "nbe", GRAM * 3, "a mass of CO2 read as a mass of carbon"),
        (-400.0, "gpp", GRAM, "'valid_min: 0'"),
        (1e12, "cVeg", 1.0, "Check 'units:' and 'fill_value:'"),
    ],
)
def test_likely_causes(
    value: float, variable: str, factor: float, cause: str, refusal: Refusal
) -> None:
    """What the value looks like is said, with what to write."""
    large = abs(value) * abs(factor) * VARIABLES[variable].report_factor
    mean = min(large / 10, 1e300) if VARIABLES[variable].never_negative else 100.0
    sizes = sizes_of([0.0, value], variable, factor, mean)
    message = refusal(check_sizes, sizes, VARIABLES[variable], "a.nc: v")
    assert cause in message


def test_negated_field_quotes_the_file(refusal: Refusal) -> None:
    """A fill value of a variable that was turned upward has the file's sign."""
    assert "'fill_value: -9999'" in refusal(check, [-9999.0], "nee", -GRAM)


def test_nothing_there(refusal: Refusal) -> None:
    """A field of missing values is refused."""
    assert "every value is missing" in refusal(check, [np.nan, np.nan])


def test_a_lone_value_is_a_broken_cell(refusal: Refusal) -> None:
    """One cell far from the mean says nothing of the units."""
    sizes = Sizes(0.0, 9e6, 500.0, 1000, 1.0)
    message = refusal(check_sizes, sizes, VARIABLES["gpp"], "a.nc: v")
    assert "A single broken cell?" in message


@pytest.mark.parametrize("values", [[0.0, 1.5], [0.0, 0.4]])
def test_too_small(values: list[float], refusal: Refusal) -> None:
    """A field of nothing but tiny values was given in other units."""
    message = refusal(check, values)
    assert f"the largest value is {values[1]:.3g} g m-2 yr-1" in message
    assert "'units:'" in message


def test_zero_everywhere(refusal: Refusal) -> None:
    """A field of zeros is no output."""
    assert "every value is 0" in refusal(check, [0.0, 0.0])


@pytest.mark.parametrize(
    ("variable", "mean"),
    [("nee", 501.0), ("nee", -501.0), ("gpp", 4501.0), ("gpp", 1.0), ("cSoil", 251.0)],
)
def test_regional_mean(variable: str, mean: float, refusal: Refusal) -> None:
    """A mean over the field that no land has is refused with its range."""
    message = refusal(check_regional_mean, mean, VARIABLES[variable], "a.nc")
    low, high = VARIABLES[variable].regional
    assert f"the mean is {mean:.4g}" in message
    assert f"expected {low:g} to {high:g}" in message


@pytest.mark.parametrize(
    ("variable", "values", "word"),
    [
        ("gpp", [3e-4, 3.1e-4], "largest value is 0.00031"),
        ("gpp", [3e5, 3e5], "the mean is 3e+05"),
        ("nee", [-2e-5, 1e-5], "largest value is 2e-05"),
        ("cSoil", [0.01, 0.01], "the mean is 0.01"),
        ("nee", [np.nan, np.nan], "every value is missing"),
    ],
)
def test_tables(
    variable: str, values: list[float], word: str, refusal: Refusal
) -> None:
    """A table in Tg that says Pg, or the reverse, is refused."""
    means = xr.DataArray(np.array(values)[:, None], dims=("time", "region"))
    assert word in refusal(check_table, means, VARIABLES[variable], "a.csv")


def test_plausible_table() -> None:
    """A weak sink in a table passes."""
    means = xr.DataArray([[-9.0], [2.0]], dims=("time", "region"))
    check_table(means, VARIABLES["nee"], "a.csv")


@pytest.mark.parametrize("fill", [-99.0, -999.0])
def test_fill_values_in_the_range_are_suspicious(fill: float, refusal: Refusal) -> None:
    """-99 g m-2 yr-1 of NEE is possible, but not in many cells."""
    sizes = sizes_of([fill, 300.0], "nee", GRAM, -50.0)
    (value,) = suspicious(sizes, ())
    assert value == pytest.approx(fill)
    check_repeated(value, 0.001, sizes, "a.nc")
    message = refusal(check_repeated, value, 0.05, sizes, "a.nc")
    assert "5.0% of the values" in message
    assert f"'fill_value: {fill:g}'" in message


def test_limits_of_packed_integers_are_suspicious() -> None:
    """The smallest packed integer is a usual fill value, whatever it unpacks to."""
    sizes = sizes_of([-1319.8, 300.0], "nee", GRAM, -50.0)
    assert suspicious(sizes, ()) == []
    assert suspicious(sizes, (-1319.8, 1319.7)) == [pytest.approx(-1319.8)]


@pytest.mark.parametrize(
    "variable", ["gpp", "npp", "ra", "rh", "reco", "cSoil", "cVeg"]
)
def test_negative_mean(variable: str, refusal: Refusal) -> None:
    """A gross flux or stock that would be right if negated is a flipped sign."""
    known = VARIABLES[variable]
    check_mirrored(Sizes(0.0, 90.0, 30.0, 9, 1.0), known, "a.nc")
    message = refusal(check_mirrored, Sizes(-90.0, 0.0, -30.0, 9, 1.0), known, "a.nc")
    assert "The sign is probably flipped" in message
    other = {"up": "'sign: down'", "down": "'sign: up'", "none": ""}[known.positive]
    assert other in message


def test_fill_value_is_no_flipped_sign() -> None:
    """A mean that is negative by a huge fill value is not called a sign."""
    sizes = Sizes(-3e14, 900.0, -1e13, 9, 1.0)
    check_mirrored(sizes, VARIABLES["gpp"], "a.nc")


@pytest.mark.parametrize("variable", ["nee", "nbe", "ch4"])
def test_net_fluxes_may_be_negative(variable: str) -> None:
    """A net flux may have a mean of either sign."""
    check_mirrored(Sizes(-90.0, 0.0, -30.0, 9, 1.0), VARIABLES[variable], "a.nc")


def climatology(summer: float, winter: float) -> xr.DataArray:
    """Return twelve months, June to August as given, others as winter."""
    values = np.full(12, winter)
    values[5:8] = summer
    return xr.DataArray(values * GRAM, {"month": np.arange(1, 13)}, "month")


def seasons(
    months: xr.DataArray, variable: str, *, largest: float = 900.0, stated: bool = False
) -> list[str]:
    """Check a climatology against the largest value, g m-2 yr-1."""
    return check_seasons(
        months,
        VARIABLES[variable],
        "a.nc",
        largest=largest * GRAM,
        confirmed=stated,
    )


@pytest.mark.parametrize("variable", ["nee", "nbe"])
def test_growing_season(variable: str, refusal: Refusal) -> None:
    """Northern summers take up: -400 against 100 passes, 400 against -100 not."""
    assert seasons(climatology(-400.0, 100.0), variable) == []
    message = refusal(seasons, climatology(400.0, -100.0), variable)
    # The mean of the year is (3 * 400 - 9 * 100) / 12 = 25.
    assert "June to August has 400 g m-2 yr-1 against 25 over the year" in message
    assert "'sign: down'" in message


def test_methane_of_summer() -> None:
    """Wetlands emit most in summer; that is no flipped sign, the reverse may be."""
    assert seasons(climatology(40.0, 2.0), "ch4", largest=100.0) == []
    (warning,) = seasons(climatology(-40.0, -2.0), "ch4", largest=100.0)
    assert "or is the sign flipped?" in warning


def test_a_stated_sign_is_believed() -> None:
    """A user who states the sign gets a warning and a score."""
    (warning,) = seasons(climatology(400.0, -100.0), "nee", stated=True)
    assert "unusual" in warning


def test_gross_flux_with_a_winter_maximum() -> None:
    """Photosynthesis that peaks in winter may be a model's fault: it is said."""
    assert seasons(climatology(900.0, 10.0), "gpp") == []
    (warning,) = seasons(climatology(10.0, 900.0), "gpp")
    assert "is the time axis shifted, or are latitudes reversed?" in warning


@pytest.mark.parametrize("variable", ["nee", "gpp"])
def test_a_constant_flux_passes(variable: str) -> None:
    """Without a season there is no wrong side, for all rounding."""
    assert seasons(climatology(-30.0, -30.0), variable) == []


def test_noise_is_no_season() -> None:
    """A cycle that is small against the values says nothing of the sign."""
    assert seasons(climatology(12.0, -12.0), "nee", largest=900.0) == []


def test_a_cycle_shifted_by_a_season_passes() -> None:
    """A model that peaks three months late is scored, and scores badly."""
    month = np.arange(12)
    shifted = -300 * np.cos(2 * np.pi * (month - 9) / 12) * GRAM
    months = xr.DataArray(shifted, {"month": month + 1}, "month")
    assert seasons(months, "nee") == []


def test_too_few_months_are_not_tested() -> None:
    """A climatology without summer says nothing of summer."""
    months = climatology(400.0, -100.0).isel(month=[0, 1, 2, 3, 10, 11])
    assert seasons(months, "nee") == []
