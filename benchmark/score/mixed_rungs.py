"""Says where the models of a suite do not come to their NEE alike."""

from collections.abc import Iterable

from benchmark.score.result import Note
from benchmark.score.task import Row

# So many models of a rung are named.
_NAMED = 4


def mixed_rungs(rows: Iterable[Row]) -> list[Note]:
    """Return a warning where models are on different rungs of the NEE ladder.

    Parameters
    ----------
    rows : iterable of Row
        Of all models of a run; those that were scored count.

    Returns
    -------
    list of Note
        One, or none.

    Examples
    --------
    >>> row = {"variable": "nee", "status": "scored"}
    >>> mixed = mixed_rungs([
    ...     {**row, "model": "A", "derivation": "2b: rh - npp"},
    ...     {**row, "model": "B", "derivation": "1: given"},
    ... ])
    >>> mixed[0].text[:52]
    'models come to it in different ways: given (rung 1) '
    """
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        derived = row["variable"] == "nee" and row["status"] == "scored"
        if derived and row["derivation"]:
            found.setdefault(row["derivation"], {}).setdefault(row["model"])
    if len(found) < 2:
        return []
    told = "; ".join(_told(label, list(found[label])) for label in sorted(found))
    text = f"models come to it in different ways: {told}. Compare them with care"
    return [Note("", "nee", "", "warning", text)]


def _told(label: str, models: list[str]) -> str:
    number, formula = label.split(": ", 1)
    more = f" and {len(models) - _NAMED} more" if len(models) > _NAMED else ""
    return f"{formula} (rung {number}) of {', '.join(models[:_NAMED])}{more}"
