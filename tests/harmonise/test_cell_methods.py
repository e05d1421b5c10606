"""Per area of land or of the cell: what a file says, and what is made of it."""

from collections.abc import Callable
from typing import Any

import pytest

from benchmark.harmonise.cell_methods import stated_basis

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("cell_methods", "basis"),
    [
        ("area: mean where land time: mean", "land"),
        ("time: mean area: mean where land", "land"),
        ("area: time: mean where land", "land"),
        ("area: time: mean", "cell"),
        ("area: mean", "cell"),
        ("time: mean (interval: 30 minutes) area: mean", "cell"),
        ("area: mean where land over all_area_types time: mean", "cell"),
        ("area: mean where wetland", "wetland"),
        ("area: mean where sea", None),
        ("area: sum", None),
        ("time: mean", None),
        ("record: mean", None),
        ("", None),
    ],
)
def test_what_is_said_of_the_area(cell_methods: str, basis: str | None) -> None:
    """CMIP's ways of saying what a mean is over are told apart."""
    assert stated_basis(cell_methods) == basis


@pytest.mark.parametrize(
    ("cell_methods", "stated", "words"),
    [
        ("area: time: mean", None, "write 'area_basis: cell'"),
        ("area: mean where land time: mean", None, ""),
        ("time: mean", None, ""),
        ("area: mean where land", "land", ""),
        ("", "land", ""),
    ],
)  # fmt: skip
def test_whole_cell_is_a_warning(
    harmonise: Make,
    gridded: Make,
    gpp_values: Make,
    cell_methods: str,
    stated: str | None,
    words: str,
) -> None:
    """A mean over the whole cell is told where the configuration says nothing."""
    data = gridded(gpp_values(12))
    data["gpp"].attrs["cell_methods"] = cell_methods
    warnings = harmonise(data, area_basis=stated).warnings
    assert (
        any(words in text for text in warnings)
        if words
        else not any("cell_methods" in text for text in warnings)
    )


@pytest.mark.parametrize(
    ("cell_methods", "stated", "words"),
    [
        ("area: time: mean", "land", "says per area of the whole cell, but"),
        ("area: mean where land", "cell", "Write 'area_basis: land'"),
    ],
)
def test_contradiction_is_refused(
    harmonise: Make,
    refusal: Callable[..., str],
    gridded: Make,
    gpp_values: Make,
    cell_methods: str,
    stated: str,
    words: str,
) -> None:
    """Where the file and the configuration disagree, both are quoted."""
    data = gridded(gpp_values(12))
    data["gpp"].attrs["cell_methods"] = cell_methods
    message = refusal(harmonise, data, area_basis=stated)
    assert words in message
    assert f"'{cell_methods}'" in message
    assert f"'area_basis: {stated}'" in message
