"""Variability between years."""

import math

import numpy as np
import pytest

from benchmark.metrics import metrics

variability = metrics.get("interannual_variability")


def years(region, values):
    """Return annual means (year, region)."""
    return region(values, "year", 2001 + np.arange(len(values)))


@pytest.mark.parametrize(
    ("factor", "score"), [(1, 1.0), (2, 1.0), (0, 1.0), (1.25, 0.25)]
)
def test_by_hand(region, factor, score):
    """The score is exp(-|factor - 1|), whatever the mean."""
    base = np.array([1.0, 2.0, 4.0])
    found = variability(years(region, 9 + factor * base), years(region, base))
    np.testing.assert_allclose(found["value"], [factor], atol=1e-12)
    expected = math.exp(-abs(factor - 1))
    np.testing.assert_allclose(found["score"], [expected], atol=1e-12)
    assert expected == pytest.approx(math.exp(-score) if factor != 1 else 1.0)


def test_only_years_complete_in_both_count(region):
    """Two common years are too few."""
    model = years(region, [1.0, 2.0, np.nan, 4.0])
    reference = years(region, [np.nan, 2.0, 3.0, 5.0])
    assert variability(model, reference)["value"].isnull().all()


def test_years_that_are_equal_are_not_assessed(region):
    """A reference without variability has no scale."""
    flat = years(region, [3e-8, 3e-8, 3e-8])
    found = variability(years(region, [1.0, 2.0, 4.0]), flat)
    assert found["score"].isnull().all()


def test_years_must_be_the_same(region):
    """Other years would be an unpaired comparison."""
    one = region([1.0, 2.0, 3.0], "year", [2001, 2002, 2003])
    other = region([1.0, 2.0, 3.0], "year", [1991, 1992, 1993])
    with pytest.raises(ValueError, match="coordinates of model_annual"):
        variability(one, other)
