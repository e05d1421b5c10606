"""Values that no land surface has, and why they may be there."""

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr

from benchmark.harmonise.plausibility import (
    check_growing_season_sink,
    check_plausible,
    check_sign_of_mean,
    extremes,
)
from benchmark.harmonise.variables import VARIABLES

Refusal = Callable[..., str]
GRAM = 3.1688738507e-11
"""1 g m-2 yr-1 in kg m-2 s-1."""


def check(
    values: list[float], variable: str = "gpp", factor: float = GRAM
) -> list[str]:
    """Check values in the file's units."""
    field = xr.DataArray(np.asarray(values) * factor)
    return check_plausible(
        extremes(field).compute(), VARIABLES[variable], "a.nc: v", factor
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
    assert check(values, variable, factor) == []


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
        (1e5, "cSoil", 1.0, "1000 times too large would be g and kg confused"),
        (
            8.0 * 86400e3,
            "gpp",
            GRAM,
            "8.64e+04 times too large would be a rate per day",
        ),
        (2e3 * 31556952, "gpp", GRAM, "a rate per year read as per second"),
        (18000.0, "nbe", GRAM * 3, "3.664 times too large would be a mass of CO2"),
        (1e12, "cVeg", 1.0, "Check 'units:' and 'fill_value:'"),
    ],
)
def test_likely_causes(
    value: float, variable: str, factor: float, cause: str, refusal: Refusal
) -> None:
    """What the value looks like is said, with what to write."""
    assert cause in refusal(check, [0.0, value], variable, factor)


def test_negated_field_quotes_the_file(refusal: Refusal) -> None:
    """A fill value of a variable that was turned upward has the file's sign."""
    assert "'fill_value: -9999'" in refusal(check, [-9999.0], "nee", -GRAM)


def test_nothing_there(refusal: Refusal) -> None:
    """A field of missing values is refused."""
    assert "every value is missing" in refusal(check, [np.nan, np.nan])


def test_oddly_small() -> None:
    """Values a thousand times too small are a warning."""
    (warning,) = check([0.0, 1.5])
    assert "the largest value is only 1.5 g m-2 yr-1: check 'units:'" in warning
    assert check([0.0, 0.0]) == []


@pytest.mark.parametrize(
    "variable", ["gpp", "npp", "ra", "rh", "reco", "cSoil", "cVeg"]
)
def test_negative_mean(variable: str, refusal: Refusal) -> None:
    """A gross flux or stock whose mean is negative is refused."""
    known = VARIABLES[variable]
    check_sign_of_mean(1e-9, known, "a.nc")
    message = refusal(check_sign_of_mean, -1e-9, known, "a.nc")
    assert "The sign is probably flipped" in message
    other = {"up": "'sign: down'", "down": "'sign: up'", "none": ""}[known.positive]
    assert other in message


@pytest.mark.parametrize("variable", ["nee", "nbe", "ch4"])
def test_net_fluxes_may_be_negative(variable: str) -> None:
    """A net flux may have a mean of either sign."""
    check_sign_of_mean(-1e-9, VARIABLES[variable], "a.nc")


def climatology(summer: float, winter: float) -> xr.DataArray:
    """Return twelve months, June to August as given, others as winter."""
    values = np.full(12, winter)
    values[5:8] = summer
    return xr.DataArray(values * GRAM, {"month": np.arange(1, 13)}, "month")


@pytest.mark.parametrize("variable", ["nee", "nbe"])
def test_growing_season(variable: str, refusal: Refusal) -> None:
    """Northern summers take up: -400 against 100 passes, 400 against -100 not."""
    known = VARIABLES[variable]
    check_growing_season_sink(climatology(-400.0, 100.0), known, "a.nc")
    message = refusal(
        check_growing_season_sink, climatology(400.0, -100.0), known, "a.nc"
    )
    # The mean of the year is (3 * 400 - 9 * 100) / 12 = 25.
    assert (
        "June to August has 400 g m-2 yr-1 upward against 25 over the year" in message
    )
    assert "'sign: down'" in message


def test_growing_season_of_other_variables() -> None:
    """Only carbon dioxide is tested, and only with twelve months of values."""
    check_growing_season_sink(climatology(400.0, 0.0), VARIABLES["ch4"], "a.nc")
    check_growing_season_sink(climatology(400.0, np.nan), VARIABLES["nee"], "a.nc")
