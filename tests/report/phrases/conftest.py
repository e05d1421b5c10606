"""Rows of one model, written by hand, and a site that knows their names."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from benchmark.config.descriptors import VariableSource
from benchmark.report.rows import Row
from benchmark.report.site import Site, open_site


@pytest.fixture
def run(result):
    """A run whose stock reference is of 1 to 3 m."""
    made = result(("CLASSIC",))
    soil = made.references["soil <maps>"]
    data = VariableSource(files=("x.csv",), depth=(1.0, 3.0))
    made.references["soil <maps>"] = replace(soil, data=data)
    return made


@pytest.fixture
def site(run) -> Site:
    return open_site(run)


@pytest.fixture
def row(site: Site) -> Callable[..., Row]:
    """Make a scored row of CLASSIC in Alaska against the table of NEE."""
    base = site.by_model["CLASSIC"][0]

    def make(**about: Any) -> Row:
        plain = {
            "reference_value": None,
            "reference_low": None,
            "reference_high": None,
            "message": "",
        }
        return replace(base, **(plain | about))

    return make


@pytest.fixture
def flat() -> Callable[[str], str]:
    """Write minus signs and narrow spaces as a keyboard does."""
    return lambda text: text.replace("\N{MINUS SIGN}", "-").replace("\u202f", " ")
