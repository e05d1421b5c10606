"""The score of one benchmark: a mean over regions of a mean over metrics."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from benchmark.config.descriptors import Counted
from benchmark.regions.site_classes import is_class
from benchmark.scorecard.parts import Part, mean_draws
from benchmark.uncertainty.interval import DRAWN

ALL_REGIONS = "all_regions"

Row = Mapping[str, Any]


def is_domain(region: str) -> bool:
    """Return whether a region is the whole that others are part of."""
    return region == "global" or region.endswith("_domain")


def expected_numbers(rows: Iterable[Row], counted: Counted) -> set[tuple[str, str]]:
    """Return the regions and metrics that a benchmark has, whoever has rows.

    Parameters
    ----------
    rows : iterable of mapping
        Those of one reference, of all models.
    counted : Counted
        The benchmark.

    Returns
    -------
    set of tuple
        Region and metric. The whole domain counts only where the reference has
        no other regions: it would count every region twice. Classes of sites
        are the same sites once more, and do not count.
    """
    meant = {
        (str(row["region"]), str(row["metric"]))
        for row in rows
        if row["region"]
        and row["metric"]
        and not is_class(str(row["region"]))
        and _meant(row, counted)
    }
    parts = {key for key in meant if not is_domain(key[0]) and key[0] != ALL_REGIONS}
    return {key for key in meant if not is_domain(key[0])} if parts else meant


def benchmark_part(
    rows: Iterable[Row], expected: set[tuple[str, str]], areas: Mapping[str, float]
) -> Part:
    """Return the score of one model in one benchmark.

    Parameters
    ----------
    rows : iterable of mapping
        The model's rows against the reference.
    expected : set of tuple
        From `expected_numbers`.
    areas : mapping
        Land area by region, for the mean by area.

    Returns
    -------
    Part
        Regions count alike; a pattern over all regions counts as a metric in
        each of them.
    """
    scored = [
        row
        for row in rows
        if (row["region"], row["metric"]) in expected and _is_scored(row)
    ]
    if not scored:
        return Part(float("nan"), expected=len(expected))
    patterns = [row for row in scored if row["region"] == ALL_REGIONS]
    by_region: dict[str, list[Row]] = {}
    for row in scored:
        if row not in patterns:
            by_region.setdefault(str(row["region"]), []).append(row)
    groups = [[*found, *patterns] for found in by_region.values()] or [patterns]
    scores = [float(np.mean([row["score"] for row in group])) for group in groups]
    draws = [_mean_of(group) for group in groups]
    sizes = [areas.get(region, float("nan")) for region in by_region]
    known = bool(sizes) and bool(np.isfinite(sizes).all())
    return Part(
        score=float(np.mean(scores)),
        draws=mean_draws(scores, draws, [1.0] * len(scores)),
        by_area=float(np.average(scores, weights=sizes)) if known else float("nan"),
        grade=max(str(row["grade"]) for row in scored),
        scored=len(scored),
        expected=len(expected),
        completeness=1.0,
    )


def _mean_of(rows: list[Row]) -> np.ndarray | None:
    scores = [float(row["score"]) for row in rows]
    return mean_draws(scores, [row.get(DRAWN) for row in rows], [1.0] * len(rows))


def _meant(row: Row, counted: Counted) -> bool:
    # A value that was never meant to be scored is no number that is missing.
    if row["status"] == "scored" and not np.isfinite(row["score"]):
        return False
    return not counted.metrics or row["metric"] in counted.metrics


def _is_scored(row: Row) -> bool:
    return row["status"] == "scored" and bool(np.isfinite(row["score"]))
