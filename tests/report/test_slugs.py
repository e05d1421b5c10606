"""Addresses for any name."""

import re

from hypothesis import given
from hypothesis import strategies as st

from benchmark.report.slugs import slugs


@given(st.lists(st.text(max_size=80), unique=True, max_size=12))
def test_safe_and_distinct(names):
    """Any names get distinct addresses of plain letters, digits and hyphens."""
    found = slugs(names)
    assert list(found) == names
    assert len({slug.lower() for slug in found.values()}) == len(names)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", s) for s in found.values())


def test_collision():
    """Names that differ only in marks keep apart."""
    found = slugs(["a/b", "a b", "A-B"])
    assert len(set(found.values())) == 3
    assert found["a/b"] == "a-b"
