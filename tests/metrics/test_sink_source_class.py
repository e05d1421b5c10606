"""The class of a region against that of the reference's median."""

import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import metrics
from benchmark.statistics.sink_source import THRESHOLD

UNIT = THRESHOLD / 10  # 1 g m-2 yr-1 in kg m-2 s-1


def score(model, members):
    """Score a flux against members by family, all g m-2 yr-1."""
    rows = [(family, value) for family, value in members]
    values = np.array([[value] for _, value in rows]) * UNIT
    at = {"region": ["r"]}
    reference = xr.DataArray(
        values,
        {"family": ("member", [family for family, _ in rows]), **at},
        ("member", "region"),
    )
    own, median = (
        xr.DataArray([x * UNIT], at, ("region",))
        for x in (model, np.median([value for _, value in rows]))
    )
    found = metrics.get("sink_source_class")(own, median, reference)
    return float(found["value"][0]), float(found["score"][0]), found["message"].item()


@pytest.mark.parametrize(
    ("model", "value", "expected"),
    [(-30, -1, 1.0), (-10.1, -1, 1.0), (-10, 0, 0.5), (10, 0, 0.5), (10.1, 1, 0.0)],
)
def test_one_class_half_and_none(model, value, expected):
    """Against a sink: the same class 1, neutral (10 inclusive) 0.5, a source 0."""
    found = score(model, [("inversion", -40), ("upscaling", -20)])
    assert found == (value, expected, "the reference is a sink")


def test_the_median_on_the_edge_is_of_no_class():
    """Median -10.5 of two sinks: a neutral model has no support and scores 0."""
    value, got, text = score(-5, [("inversion", -10.4), ("upscaling", -10.6)])
    assert (value, got) == (0.0, 0.0)
    assert text.endswith("probability of sink 1.00, neutral 0.00, source 0.00")
    assert score(-5, [("inversion", -11), ("upscaling", -11)])[1] == 0.0
    assert score(-5, [("inversion", -11.2), ("upscaling", -11.2)])[1] == 0.5


def test_families_that_differ_give_probabilities():
    """Sinks of two members and a neutral one count 1/2 each; 2/3 to 1/3 of one is 1."""
    members = [("inversion", -30), ("inversion", -25), ("upscaling", 0)]
    assert score(-30, members)[1] == 1.0
    assert score(0, members)[1] == 1.0
    assert score(20, members)[1] == 0.0
    of_one = [("cmip6", -30), ("cmip6", -25), ("cmip6", 0)]
    assert score(-30, of_one)[1] == pytest.approx(1.0)
    assert score(0, of_one)[1] == pytest.approx(0.5)


@pytest.mark.parametrize("model", [-30, 0, 30])
def test_families_of_three_classes_score_nobody(model):
    """Canadian tundra without process-based rows: each class has 1/3, none is right."""
    members = [("in_situ", -22), ("upscaling", 13), ("inversion", -10)]
    _, got, text = score(model, members)
    assert np.isnan(got)
    assert text.endswith("probability of sink 0.33, neutral 0.33, source 0.33")


def test_nothing_is_said_of_a_region_without_a_flux():
    """A model without a value has neither class nor score."""
    value, got, _ = score(np.nan, [("inversion", -40)])
    assert np.isnan(value)
    assert np.isnan(got)
