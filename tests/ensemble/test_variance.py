"""Analysis of variance and Tukey-Kramer over Table 3 (science brief, 1.4, 1.6)."""

import pandas as pd
import pytest
from scipy.stats import tukey_hsd

from benchmark.ensemble import compare, compare_blocked, without_one
from benchmark.shipped import folder

TABLE = folder("references") / "treat2024" / "nee_table3.csv"


@pytest.fixture(scope="module")
def table3() -> pd.DataFrame:
    """The eight regions of Table 3, without the derived domain."""
    rows = pd.read_csv(TABLE, comment="#")
    return rows[rows["region"] != "permafrost_domain"].reset_index(drop=True)


def test_regions_of_table_3_differ_as_computed_from_its_rounded_values(table3):
    """F(7, 31) = 4.1326, p = 0.002586; the paper printed 4.29 from unrounded ones."""
    found = compare(table3)
    assert found.degrees == (7, 31)
    assert found.statistic == pytest.approx(4.1326, abs=5e-5)
    assert found.p_value == pytest.approx(0.002586, abs=5e-7)
    assert found.count["western_siberia"] == 4


def test_only_two_pairs_of_regions_differ(table3):
    """Western Canada and the two tundra regions, p = 0.0461 and 0.0424."""
    pairs = compare(table3).pairs.set_index(["one", "other"])
    canada = pairs.loc[("canadian_tundra", "western_canada")]
    siberia = pairs.loc[("western_canada", "siberian_tundra")]
    assert canada["p_value"] == pytest.approx(0.0461, abs=5e-5)
    assert abs(canada["difference"]) == pytest.approx(36.6)
    assert siberia["p_value"] == pytest.approx(0.0424, abs=5e-5)
    assert abs(siberia["difference"]) == pytest.approx(37.0)
    assert (pairs["p_value"] < 0.05).sum() == 2
    assert pairs["p_value"].nsmallest(4).iloc[2:].round(3).tolist() == [0.110, 0.110]


def test_letters_of_table_3(table3):
    """Tundra a, Western Canada b, all others ab."""
    letters = dict(compare(table3).letters)
    assert letters.pop("canadian_tundra") == letters.pop("siberian_tundra") == "a"
    assert letters.pop("western_canada") == "b"
    assert set(letters.values()) == {"ab"}


def test_the_differences_hang_on_one_value_that_may_be_a_copying_error(table3):
    """Without Western Canada's inversion none is left; without W. Siberia's both."""
    left = without_one(table3).set_index(["region", "approach"])
    canada = left.loc[("western_canada", "inversion")]
    assert canada["smallest_p"] == pytest.approx(0.082, abs=5e-4)
    assert canada["different"] == ""
    siberia = left.loc[("western_siberia", "inversion")]
    assert siberia["smallest_p"] == pytest.approx(0.025, abs=5e-4)
    assert siberia["different"].count(" - ") == 2
    assert len(left) == 39


def test_approaches_as_blocks(table3):
    """F(7, 27) = 5.83, p = 0.0003; families with regions as blocks F(4, 27) = 4.08."""
    found = compare_blocked(table3)
    assert found.degrees == (7, 27)
    assert found.statistic == pytest.approx(5.83, abs=5e-3)
    assert found.p_value == pytest.approx(0.0003, abs=5e-5)
    families = compare_blocked(table3, "approach", "region")
    assert families.degrees == (4, 27)
    assert families.statistic == pytest.approx(4.08, abs=5e-3)
    assert families.p_value == pytest.approx(0.010, abs=5e-4)


def test_pairs_are_those_of_scipy():
    """Differences, p and intervals of groups of unequal size."""
    groups = {"a": [1.0, 2.0, 4.0], "b": [3.0, 5.0], "c": [7.0, 8.0, 6.5, 9.0]}
    rows = pd.DataFrame(
        [{"region": name, "value": v} for name, vs in groups.items() for v in vs]
    )
    pairs = compare(rows).pairs
    other = tukey_hsd(*groups.values())
    ends = other.confidence_interval(0.95)
    for row, (i, j) in zip(pairs.itertuples(), [(0, 1), (0, 2), (1, 2)], strict=True):
        assert row.difference == pytest.approx(other.statistic[i, j])
        assert row.p_value == pytest.approx(other.pvalue[i, j], abs=1e-8)
        assert row.low == pytest.approx(ends.low[i, j], abs=1e-6)
        assert row.high == pytest.approx(ends.high[i, j], abs=1e-6)


def test_equal_groups_do_not_differ():
    """The same values twice: F is 0, one letter for both."""
    rows = pd.DataFrame({"region": list("aabb"), "value": [1.0, 3.0, 1.0, 3.0]})
    found = compare(rows)
    assert found.statistic == pytest.approx(0.0)
    assert found.letters == {"a": "a", "b": "a"}
    assert found.different() == []


def test_one_group_cannot_be_compared():
    """The message says how many have values."""
    rows = pd.DataFrame({"region": list("aab"), "value": [1.0, 3.0, 1.0]})
    with pytest.raises(ValueError, match="1 of 2 regions have two values"):
        compare(rows)


def test_blocks_need_more_values_than_groups():
    """Two values cannot tell groups from blocks."""
    rows = pd.DataFrame(
        {
            "region": list("aabb"),
            "approach": list("xyzw"),
            "value": [1.0, 2.0, 3.0, 4.0],
        }
    )
    with pytest.raises(ValueError, match="leave no spread"):
        compare_blocked(rows)
