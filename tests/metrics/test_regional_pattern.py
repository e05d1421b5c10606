"""The pattern of the regions, the mean of their scores, and null models."""

import math

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from benchmark.metrics import metrics
from benchmark.metrics.null_models import best_null, null_finding, null_scores

pattern, mean = metrics.get("regional_pattern"), metrics.get("nee_regions_mean")
MEDIANS = [-3.0, -10, -53, -40, -33, -3, -47, -40]


def test_a_perfect_pattern(region):
    """Equal values: rho 1, score 1, no dimensions."""
    found = pattern(region(MEDIANS), region(MEDIANS))
    assert float(found["value"]) == pytest.approx(1.0)
    assert float(found["score"]) == pytest.approx(1.0)
    assert found["value"].dims == found["score"].dims == ()


def test_pattern_by_hand(region):
    """Ranks 1 2 3 4 against 1 2 4 3: rho = 1 - 6 x 2 / (4 x 15) = 0.8."""
    model, reference = region([0.0, 1, 2, 3]), region([0.0, 1, 3, 2])
    found = pattern(model, reference)
    assert float(found["value"]) == pytest.approx(0.8)
    # The values are the ranks, so R is 0.8 and the spreads are equal.
    assert float(found["score"]) == pytest.approx(2 * 1.8 / 4)


@pytest.mark.parametrize(
    ("change", "rho", "score"),
    [
        (lambda x: x + 20, 1.0, 1.0),
        (lambda x: 2 * x, 1.0, 4 / 2.5**2),
        (lambda x: -x, -1.0, 0.0),
        (lambda x: 0 * x - 30, 0.0, 0.0),
    ],
    ids=["shifted", "scaled", "opposite", "constant"],
)
def test_patterns_that_are_wrong_in_a_known_way(region, change, rho, score):
    """A shift costs nothing; twice the spread, the opposite and none do."""
    found = pattern(region([change(x) for x in MEDIANS]), region(MEDIANS))
    assert float(found["value"]) == pytest.approx(rho)
    assert float(found["score"]) == pytest.approx(score, abs=1e-12)


def test_too_few_regions_have_no_pattern(region):
    """Of three regions one is missing: not assessed, never 0."""
    found = pattern(region([1.0, 2.0, np.nan]), region([1.0, 2.0, 3.0]))
    assert np.isnan(found["value"])
    assert "needs 3 regions" in found["message"].item()
    uniform = pattern(region([1.0, 2.0, 3.0]), region([1.0, 1.0, 1.0]))
    assert np.isnan(uniform["score"])


@given(st.permutations(range(8)))
def test_the_order_of_regions_does_not_matter(order):
    """Regions moved about on both sides give the same numbers."""
    model = [0.0, -20, -30, -45, -60, 5, -40, -10]

    def both(index):
        at = {"region": [f"r{i}" for i in index]}
        sides = ([values[i] for i in index] for values in (model, MEDIANS))
        return pattern(*(xr.DataArray(values, at) for values in sides))

    one, other = both(range(8)), both(order)
    for name in ("value", "score"):
        assert float(one[name]) == pytest.approx(float(other[name]), abs=1e-12)


def test_the_mean_counts_regions_the_same(region):
    """Scores 1 and exp(-1.5) average to 0.61, weighted 3 to 1 by area to 0.81."""
    model, reference = region([0.0, -80.0]), region([-3.0, -40.0])
    found = mean(model, reference, 10.0, 20.0)
    expected = (1 + math.exp(-1.5)) / 2
    assert float(found["value"]) == -40.0
    assert float(found["score"]) == pytest.approx(expected)
    u0 = (math.exp(-0.15) + math.exp(-2)) / 2
    assert float(found["score_u0"]) == pytest.approx(u0)
    sides = (side.assign_attrs(units="g m-2 yr-1") for side in (model, reference))
    area = region([3.0, 1.0], units="m2")
    text = mean(*sides, 10.0, 20.0, weights=area)["message"].item()
    assert text == "weighted by area: mean -20 g m-2 yr-1, score 0.81"


def test_a_missing_region_is_left_out_of_the_mean(region):
    """Of 0, -80 and nothing the mean is -40; the null model sees the same two."""
    model, reference = region([0.0, -80.0, np.nan]), region([-3.0, -40.0, -90.0])
    found = mean(model, reference, 10.0, 20.0, [-40.0])
    assert float(found["value"]) == -40.0
    null = (math.exp(-27 / 20) + 1) / 2
    assert float(found["score_null"]) == pytest.approx(null)


def test_the_domain_is_no_region_of_the_null_models():
    """It would count its parts twice: 0 is best in the parts, -40 with the domain."""
    at = {"region": ["a", "b", "all_domain"]}
    reference = xr.DataArray([0.0, -25.0, -40.0], at)
    each = null_scores([0.0, -40.0], reference, tolerance=10.0, scale=10.0)
    # Parts: 0 gives 1 and exp(-1.5); -40 gives exp(-3) and exp(-0.5).
    best = best_null(each).to_numpy()
    np.testing.assert_allclose(best, [1.0, math.exp(-1.5), math.exp(-3)])
    text = null_finding(xr.DataArray([1.0, 1.0, 0.0], at), each, "g m-2 yr-1")
    assert text == (
        "null models, mean over regions: no flux 0.61, "
        "a uniform sink of 40 g m-2 yr-1 0.33"
    )


def test_constants_are_told_in_units_of_reports():
    """1e-9 kg m-2 s-1 is 31.6 g m-2 yr-1, a source."""
    at = {"region": ["a"]}
    each = null_scores([1e-9], xr.DataArray([0.0], at), tolerance=0.0, scale=1e-9)
    text = null_finding(xr.DataArray([0.1], at), each, "kg m-2 s-1")
    assert text.endswith(
        "a uniform source of 31.6 g m-2 yr-1 0.37; no regional skill shown: "
        "a uniform source of 31.6 g m-2 yr-1 scores 0.37, the model 0.10"
    )
    assert null_finding(xr.DataArray([np.nan], at), each, "") == ""
