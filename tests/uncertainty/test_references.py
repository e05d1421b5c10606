"""Draws of references: families, intervals, and what they move."""

import numpy as np
import pytest
import xarray as xr

from benchmark.uncertainty.interval import generator
from benchmark.uncertainty.references import (
    Uncertain,
    drawn_reference,
    moved_statistics,
)

EAST = {"region": ["east"]}


def of_region(value: float) -> xr.DataArray:
    return xr.DataArray([value], EAST)


def uncertain(
    values: dict[str, float],
    families: tuple[str, ...],
    ends: tuple[float, float] = (np.nan, np.nan),
    *,
    relative: bool = False,
) -> Uncertain:
    approaches = xr.DataArray(
        np.array([*values.values()])[:, None],
        {"approach": [*values], **EAST},
        ("approach", "region"),
    )
    middle = approaches.median("approach")
    return Uncertain(
        middle, approaches, families, of_region(ends[0]), of_region(ends[1]), relative
    )


def test_families_are_drawn_whole() -> None:
    """Two approaches of one family come together: the median is theirs or not."""
    reference = uncertain({"a": 0.0, "b": 10.0, "c": 30.0}, ("maps", "maps", "towers"))
    drawn = drawn_reference(reference, 500, generator("a"))
    # maps twice: 5; towers twice: 30; one of each: the median 10 as it is.
    steps, counts = np.unique(drawn.step.values, return_counts=True)
    np.testing.assert_allclose(steps, [-5.0, 0.0, 20.0])
    # 1/4, 1/2, 1/4 of 500, with a standard error of about 10.
    np.testing.assert_allclose(counts, [125, 250, 125], atol=45)
    assert float(drawn.low.min()) == 0.0
    assert float(drawn.high.max()) == 30.0


def test_stated_range_is_read_as_95_percent() -> None:
    """Half the width is 1.96 standard deviations, on either side its own."""
    reference = uncertain({"a": 100.0}, ("maps",), (80.0, 160.0))
    drawn = drawn_reference(reference, 20000, generator("a"))
    low, high = np.quantile(drawn.step, [0.025, 0.975])
    assert (low, high) == pytest.approx((-20.0, 60.0), rel=0.05)


def test_stocks_are_drawn_as_factors() -> None:
    """The range of a stock is one of ratios, and no draw is negative."""
    reference = uncertain({"a": 100.0}, ("maps",), (50.0, 200.0), relative=True)
    drawn = drawn_reference(reference, 20000, generator("a"))
    low, high = np.quantile(drawn.step, [0.025, 0.975])
    assert (low, high) == pytest.approx((0.5, 2.0), rel=0.05)
    assert float(drawn.step.min()) > 0.0


def test_no_uncertainty_gives_no_draws() -> None:
    """One approach without a range is not moved."""
    assert drawn_reference(uncertain({"a": 1.0}, ("maps",)), 10, generator("a")) is None


def test_only_the_reference_moves() -> None:
    """The mean and the cycle move, the model and a stated range stay."""
    reference = uncertain({"a": 0.0, "b": 10.0}, ("maps", "towers"), (-50.0, 50.0))
    drawn = drawn_reference(reference, 50, generator("a"))
    statistics = {
        "model_mean": of_region(1.0),
        "reference_mean": of_region(5.0),
        "reference_low": of_region(-50.0),
    }
    moved = moved_statistics(
        statistics, drawn, tuple(statistics), stated=xr.DataArray([True], EAST)
    )
    assert set(moved) == {"reference_mean", "reference_low"}
    assert set(np.unique(moved["reference_mean"])) == {0.0, 5.0, 10.0}
    assert (moved["reference_low"] == -50.0).all()
    moved = moved_statistics(
        statistics, drawn, tuple(statistics), stated=xr.DataArray([False], EAST)
    )
    assert set(np.unique(moved["reference_low"])) == {0.0, 10.0}
