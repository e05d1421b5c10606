"""Compact letters."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.ensemble import compact_letters


@given(st.integers(2, 7), st.data())
def test_groups_share_a_letter_unless_they_differ(size, data):
    """The definition, for any set of pairs."""
    groups = [f"g{i}" for i in range(size)]
    pairs = list(combinations(groups, 2))
    different = data.draw(st.lists(st.sampled_from(pairs), unique=True))
    letters = compact_letters(groups, different)
    for one, other in pairs:
        shared = set(letters[one]) & set(letters[other])
        assert bool(shared) is ((one, other) not in different)


def test_one_letter_where_nothing_differs():
    """Everybody has a."""
    assert compact_letters(["x", "y"], []) == {"x": "a", "y": "a"}


def test_a_pair_of_an_unknown_group_is_refused():
    """Its name is in the message."""
    with pytest.raises(ValueError, match=r"no group \['z'\]"):
        compact_letters(["x", "y"], [("x", "z")])


def test_more_groups_than_letters_are_refused():
    """27 groups that all differ."""
    groups = [f"g{i}" for i in range(27)]
    with pytest.raises(ValueError, match="27 letters are needed"):
        compact_letters(groups, combinations(groups, 2))
