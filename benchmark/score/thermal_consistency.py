"""Says where carbon is right while the soil beneath it is not."""

from collections.abc import Iterable

from benchmark.score.result import Note
from benchmark.score.task import Row

GOOD = 0.5
"""From here a score of carbon counts as good."""

POOR = 0.37
"""Below this, a scale away from the reference, one of thaw counts as poor."""

_CARBON = frozenset({"nee", "nbe", "ch4", "cSoil", "reco", "rh"})
_THERMAL = frozenset({"alt", "pfr", "zero_curtain"})


def thermal_consistency(rows: Iterable[Row]) -> list[Note]:
    """Return a finding for each region with good carbon over poor thaw.

    Parameters
    ----------
    rows : iterable of Row
        Of all models of a run; those that were scored count.

    Returns
    -------
    list of Note
        One for each model and carbon variable: where the mean of its scores
        is 0.5 or more, and that of active layer, permafrost or zero curtain
        in the same region below 0.37. Such a model has its carbon right for a
        wrong thermal reason, and may lose it in a warmer climate.

    Examples
    --------
    >>> common = {"model": "M", "region": "alaska", "status": "scored"}
    >>> found = thermal_consistency([
    ...     {**common, "variable": "nee", "score": 0.8},
    ...     {**common, "variable": "alt", "score": 0.1},
    ... ])
    >>> found[0].text
    'carbon right for a wrong thermal reason in alaska (0.80, alt 0.10)'
    """
    means = _means(rows)
    found: dict[tuple[str, str], list[str]] = {}
    for (model, variable, region), score in means.items():
        if variable not in _CARBON or score < GOOD:
            continue
        poor = {
            thermal: means[(model, thermal, region)]
            for thermal in sorted(_THERMAL)
            if means.get((model, thermal, region), 1.0) < POOR
        }
        if poor:
            told = ", ".join(f"{name} {worth:.2f}" for name, worth in poor.items())
            text = f"{region} ({score:.2f}, {told})"
            found.setdefault((model, variable), []).append(text)
    return [
        Note(
            model,
            variable,
            "",
            "warning",
            f"carbon right for a wrong thermal reason in {'; '.join(where)}",
        )
        for (model, variable), where in found.items()
    ]


def _means(rows: Iterable[Row]) -> dict[tuple[str, str, str], float]:
    """Return the mean score of each model, variable and region."""
    scores: dict[tuple[str, str, str], list[float]] = {}
    for row in rows:
        # A score that is NaN is not equal to itself.
        if row["status"] == "scored" and row["score"] == row["score"]:
            key = row["model"], row["variable"], row["region"]
            scores.setdefault(key, []).append(row["score"])
    return {key: sum(found) / len(found) for key, found in scores.items()}
