"""A file with each usual mistake is refused with the name of that mistake."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.harmonise.causes import likely_causes
from benchmark.harmonise.variables import VARIABLES

Make = Callable[..., Any]

DAY, YEAR = 86400.0, 86400 * 365.2425
# The largest value of a true field in canonical units: 1900 g m-2 yr-1 of
# gross production, 100 of methane, 40 kg m-2 of soil carbon, 12 of vegetation.
TRUE = {"gpp": 6e-8, "ch4": 3.2e-9, "cSoil": 40.0, "cVeg": 12.0}


@pytest.fixture
def told(tmp_path: Path, gridded: Make, gpp_values: Make) -> Callable[..., str]:
    """Give a function that writes a file and returns what `check` says of it."""

    def check(variable: str, times: float, *, largest: float | None = None) -> str:
        values = gpp_values(36).astype(float)
        values *= (largest or TRUE[variable]) / values.max() * times
        units = VARIABLES[variable].units
        gridded(values, variable, units).to_netcdf(tmp_path / "m.nc")
        lines = ["model: m", "files: m.nc", "variables:", f"  {variable}:"]
        lines += [f"    name: {variable}"]
        lines += ["    depth: [0, 1]"] if variable == "cSoil" else []
        lines += ["    area_basis: land"] if variable == "ch4" else []
        (tmp_path / "m.yaml").write_text("\n".join(lines) + "\n")
        said = CliRunner().invoke(main, ["check", str(tmp_path / "m.yaml")]).output
        # Without the breaks of its lines.
        return " ".join(said.split())

    return check


@pytest.mark.parametrize(
    ("variable", "times", "cause"),
    [
        ("gpp", 12.011, "a mass of carbon taken as moles of it (a factor of 12.01)"),
        ("gpp", 1e3, "g taken as kg (a factor of 1000)"),
        ("gpp", DAY, "a rate per day taken as per second (a factor of 8.64e+04)"),
        ("gpp", YEAR / 12, "a rate per month taken as per second"),
        ("gpp", YEAR, "a rate per year taken as per second (a factor of 3.156e+07)"),
        ("gpp", 1e3 * DAY, "g per day taken as kg per second"),
        ("gpp", 1e3 * YEAR, "g per year taken as kg per second"),
        ("gpp", 100.0, "percent taken as a fraction (a factor of 100)"),
        ("gpp", 1e6, "umol taken as mol"),
        ("gpp", 1e9 / 12.011, "umol taken as kg of carbon"),
        ("gpp", 1 / (1e3 * DAY), "kg per second taken as g per day"),
        ("gpp", 1 / DAY, "a rate per second taken as per day"),
        ("gpp", 1 / YEAR, "a rate per second taken as per year"),
        ("gpp", 1e-3, "kg taken as g (a factor of 1000)"),
        ("gpp", 1e-6, "mol (or mg as kg) taken as umol"),
        ("ch4", 1e3, "g taken as kg"),
        ("ch4", DAY, "a rate per day taken as per second"),
        ("ch4", 1 / DAY, "a rate per second taken as per day"),
        ("cSoil", 1e3, "g kg-1 or g m-2 taken as kg m-2 (a factor of 1000)"),
        ("cSoil", 100.0, "g m-2 taken as t ha-1 (a factor of 100)"),
        ("cSoil", 1e-3, "kg m-2 taken as g kg-1 or g m-2"),
        ("cVeg", 1e-5, ""),
    ],
)  # fmt: skip
def test_mistake_is_named(
    told: Callable[..., str], variable: str, times: float, cause: str
) -> None:
    """Values so many times too large or too small are refused with their cause."""
    output = told(variable, times)
    assert f"m, {variable}: " in output
    assert "expected" in output
    assert cause in output


def test_carbon_dioxide_is_named(told: Callable[..., str]) -> None:
    """A forest of 4000 g C m-2 yr-1 at its peak is too much if given as CO2."""
    output = told("gpp", 44.009 / 12.011, largest=2.8e-7)
    assert "a mass of CO2 read as a mass of carbon ('mass_basis: CO2')" in output


def test_tonnes_per_hectare_are_named(told: Callable[..., str]) -> None:
    """Forests of 300 t ha-1 are 30 kg m-2, and 300 kg m-2 are no forests."""
    output = told("cVeg", 10.0, largest=30.0)
    assert "hg m-2 or t ha-1 taken as kg m-2 (a factor of 10)" in output


def test_flipped_and_too_large(told: Callable[..., str]) -> None:
    """Both mistakes of a field of negative gC m-2 d-1 are named."""
    output = told("gpp", -1e3 * DAY)
    assert "The sign is probably flipped, too." in output
    assert "g per day taken as kg per second" in output


def test_mass_of_methane_is_asked_about(told: Callable[..., str]) -> None:
    """A factor of 0.75 can't be told from sizes, so nothing is guessed silently."""
    assert "write 'mass_basis: CH4', or 'C'" in told("ch4", 1.0)
    assert "a factor of 0.75, which sizes cannot tell" in told("ch4", 0.75)


@pytest.mark.parametrize("variable", list(VARIABLES))
def test_plausible_values_have_causes_only_that_keep_them_so(variable: str) -> None:
    """Whatever is named brings the largest value into the plausible range."""
    known = VARIABLES[variable]
    for size in np.logspace(-9, 12, 40):
        for large in (True, False):
            text = likely_causes(known, largest=size, large=large)
            for part in text.split("(a factor of ")[1:]:
                factor = float(part.split(")")[0])
                true = size / factor if large else size * factor
                assert known.floor * 0.99 <= true <= known.plausible[1] * 1.01
