"""Spread between and within families, and families left out."""

import numpy as np
import pandas as pd
import pytest

from benchmark.ensemble import compare, without_one
from benchmark.ensemble.families import family_variance
from benchmark.ensemble.leaving_out import outline, without_family

FOUR = pd.DataFrame(
    {"region": "r", "family": list("aabb"), "value": [0.0, 2.0, 10.0, 12.0]}
)
REGIONS = pd.DataFrame(
    {
        "region": [*"xxxyyy"],
        "approach": [*"123123"],
        "family": [*"aabaab"],
        "value": [1.0, 2.0, 3.0, 7.0, 8.0, 9.5],
    }
)


def test_families_count_alike_in_the_variance():
    """Means of 1 and 11: sd sqrt(50) between; copies of a member change nothing."""
    copies = pd.concat([FOUR, FOUR[FOUR["family"] == "a"]])
    for table in (FOUR, copies):
        assert family_variance(table)["between"].item() == pytest.approx(np.sqrt(50))


def test_one_family_has_nothing_between():
    """Neither has a family of one member a spread within."""
    lone = family_variance(FOUR[FOUR["family"] == "a"])
    assert np.isnan(lone["between"].item())
    singles = family_variance(FOUR.iloc[[0, 2]])
    assert np.isnan(singles["within"].item())
    assert singles["between"].item() == pytest.approx(np.sqrt(50))


def test_leaving_a_family_out_leaves_the_others():
    """Medians without a family are those of the rest; the first row has all."""
    found = without_family(REGIONS).set_index("family")
    assert found.loc["", ["x", "y"]].tolist() == [2.0, 8.0]
    assert found.loc["b", ["x", "y"]].tolist() == [1.5, 7.5]
    assert found.loc["", "F"] == pytest.approx(compare(REGIONS).statistic)
    assert np.isnan(found.loc["a", "F"])


def test_outline_is_the_verdict_of_the_comparison():
    """F, p and the smallest p of a pair are those of the whole comparison."""
    whole, brief = compare(REGIONS), outline(REGIONS)
    assert brief["F"] == pytest.approx(whole.statistic)
    assert brief["smallest_p"] == pytest.approx(whole.pairs["p_value"].min())
    assert brief["different"] == "x - y"
    assert len(without_one(REGIONS)) == len(REGIONS)
