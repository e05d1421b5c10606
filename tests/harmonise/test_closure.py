"""The ways to NEE of one model, compared."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmark.config.descriptors import Model, VariableSource
from benchmark.harmonise.closure import closure

Make = Callable[..., Any]

# g C m-2 yr-1. nee = ra + rh - gpp = -20; fire is 30, land use 12.
VALUES = {
    "gpp": 500.0,
    "ra": 250.0,
    "rh": 230.0,
    "npp": 250.0,
    "fFire": 30.0,
    "nbp": 20.0 - 30.0 - 12.0,
    "nep": 20.0 - 30.0,
}
# 1 g C m-2 yr-1, year of 365.2425 days: science brief, section 2.0.
GRAM = 3.16887e-11


@pytest.fixture
def model(tmp_path: Path, gridded: Make) -> Callable[..., Model]:
    """Give a model with these constant fields, by their names in archives."""

    def make(**values: float) -> Model:
        variables = {}
        for name, value in values.items():
            path = tmp_path / f"{name}.nc"
            data = gridded(np.full((12, 10, 72), value * GRAM), name=name)
            data.to_netcdf(path)
            key = {"nbp": "nbe"}.get(name, name)
            variables[key] = VariableSource((str(path),), name=name)
        return Model("A", variables, tmp_path / "m.yaml")

    return make


def some(*names: str) -> dict[str, float]:
    """Return some of the values."""
    return {name: VALUES[name] for name in names}


def test_ways_that_agree(model: Make) -> None:
    """ra + rh - gpp and rh - npp are the same quantity."""
    found = closure(model(**some("ra", "rh", "gpp", "npp")))
    (remark,) = found.remarks
    assert remark.startswith("nee from ra + rh - gpp and from rh - npp agree to ")
    assert found.warnings == ()


def test_nbp_differs_by_fire_and_land_use(model: Make) -> None:
    """-nbp is 22 and NEE -20: 42 more, and that is no fault."""
    found = closure(model(**some("ra", "rh", "gpp", "nbp")))
    assert found.remarks == (
        "nee from ra + rh - gpp and from -nbp differ by 42 g C m-2 yr-1, 42 RMS over "
        "cells: fire, harvest and land use",
    )
    assert found.warnings == ()


def test_nep_of_cmip6_counts_fire(model: Make) -> None:
    """-nep - fFire closes with the respirations, -nep is 30 off."""
    found = closure(model(**some("ra", "rh", "gpp", "nep", "fFire")))
    assert found.remarks[-1] == (
        "nep counts fire: -nep - fFire closes with ra + rh - gpp"
    )


def test_nep_that_is_npp_minus_rh(model: Make) -> None:
    """nep of 20 closes as it is; stating that it counts fire is a warning."""
    given = model(**some("ra", "rh", "gpp", "fFire"), nep=20.0)
    assert closure(given).remarks[-1] == (
        "nep is npp - rh, without fire: -nep closes with ra + rh - gpp"
    )
    nep = replace(given.variables["nep"], includes_fire=True)
    stated = replace(given, variables={**given.variables, "nep": nep})
    (warning,) = closure(stated).warnings
    assert "write 'includes_fire: false' under variables.nep" in warning


def test_nep_that_closes_with_nothing(model: Make) -> None:
    """A nep of 200 is neither."""
    given = model(**some("ra", "rh", "gpp", "fFire"), nep=200.0)
    assert "neither closes with ra + rh - gpp" in closure(given).warnings[0]


def test_ways_that_should_agree(model: Make) -> None:
    """An npp that is not gpp - ra is a warning: 20 apart, 2 % of gpp is 10."""
    given = model(**some("ra", "rh", "gpp"), npp=270.0)
    (warning,) = closure(given).warnings
    assert "differ by -20 g C m-2 yr-1" in warning
    assert "expected at most 10" in warning


@pytest.mark.parametrize(("npp", "agree"), [(259.0, True), (261.0, False)])
def test_tolerance_is_2_percent_of_gpp(npp: float, agree: bool, model: Make) -> None:
    """9 g is within 2 % of a gpp of 500, 11 g is not."""
    found = closure(model(**some("ra", "rh", "gpp"), npp=npp))
    assert bool(found.remarks) is agree
    assert bool(found.warnings) is not agree


def test_equal_means_of_different_maps(
    model: Make, tmp_path: Path, gridded: Make
) -> None:
    """Means that agree because errors cancel do not close: the RMS is 50."""
    given = model(**some("ra", "rh", "gpp", "npp"))
    values = np.full((12, 10, 72), 250.0)
    values[:, :, ::2] += 50.0
    values[:, :, 1::2] -= 50.0
    gridded(values * GRAM, name="npp").to_netcdf(tmp_path / "npp.nc")
    (warning,) = closure(given).warnings
    assert "50 RMS over cells" in warning


def test_one_way(model: Make) -> None:
    """With one way there is nothing to compare."""
    assert closure(model(**some("rh", "npp"))).remarks == ()
