"""Models that do not beat a null model: they have shown no skill."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from benchmark.regions.site_classes import is_class
from benchmark.scorecard.benchmarks import is_domain

# Of one region, the median over regions is the reference itself.
_FEWEST_REGIONS = 2


@dataclass(frozen=True)
class NoSkill:
    """One model against one reference, where a constant does as well.

    `score` and `null` are means over the same regions.
    """

    model: str
    reference: str
    variable: str
    metric: str
    score: float
    null: float
    regions: int


def without_skill(rows: Iterable[Any]) -> list[NoSkill]:
    """Return where a model does not beat the best null model.

    A null model is one number for all regions, such as no flux or the median of
    the reference over regions. What does not beat it may still be near the
    reference: it has only not been shown to know one region from another.

    Parameters
    ----------
    rows : iterable
        Of the score table, with their columns as attributes.

    Returns
    -------
    list of NoSkill
        One for each model, reference and metric, in the order of the rows.
    """
    found: dict[tuple[str, str, str, str], dict[str, tuple[float, float]]] = {}
    for row in rows:
        score, null = row.score, row.score_null
        scored = row.status == "scored" and not is_class(row.region)
        if scored and _known(score) and _known(null):
            key = row.model, row.reference, row.variable, row.metric
            found.setdefault(key, {})[row.region] = (float(score), float(null))
    made = []
    for (model, reference, variable, metric), by_region in found.items():
        pairs = [pair for id, pair in by_region.items() if not is_domain(id)]
        if len(pairs) < _FEWEST_REGIONS:
            continue
        score, null = (fmean(side) for side in zip(*pairs, strict=True))
        if score <= null:
            count = len(pairs)
            made.append(NoSkill(model, reference, variable, metric, score, null, count))
    return made


def _known(number: float | None) -> bool:
    return number is not None and not math.isnan(number)
