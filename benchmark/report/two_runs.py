"""Compares the score tables of two runs, number by number."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from benchmark.report.changes import KEY, KINDS, THRESHOLD, Change, Changes, Shift

# Numbers that are read back from a file differ in the last digit.
_ROUNDING = 1e-9
NO_ROW = "no such row in this run"

Key = tuple[str, ...]


def compare_runs(
    before: pd.DataFrame, after: pd.DataFrame, *, threshold: float = THRESHOLD
) -> Changes:
    """Compare the score tables of two runs.

    Parameters
    ----------
    before, after : DataFrame
        With the columns `KEY`, score, status and message; those of versions
        are used if there.
    threshold : float, default 0.05
        A score that moved by no more is unchanged.

    Returns
    -------
    Changes
        Numbers are the same if they are of one model, reference, variable,
        region and metric. The shifts come with what was lost or fails first,
        then what is newly scored, then by the size of the step.

    Examples
    --------
    >>> from benchmark.report.changes import KEY
    >>> row = dict(zip(KEY, ["M", "r", "gpp", "alaska", "bias"]))
    >>> old = pd.DataFrame([{**row, "score": 0.5, "status": "scored", "message": ""}])
    >>> found = compare_runs(old, old.assign(score=0.7))
    >>> found.verdict, found.counts["better"], round(found.shifts[0].step, 6)
    ('better', 1, 0.2)
    """
    old, new = _by_key(before), _by_key(after)
    ends = {
        name: (_names(before, name), _names(after, name))
        for name in ("model", "reference")
    }
    shared = {name: set(was) & set(now) for name, (was, now) in ends.items()}
    found = [
        change
        for key in dict.fromkeys([*new, *old])
        if key[0] in shared["model"]
        and key[1] in shared["reference"]
        and (change := _change(key, old.get(key), new.get(key), threshold))
    ]
    return Changes(
        changes=tuple(found),
        shifts=tuple(sorted(_shifts(found), key=_weight)),
        threshold=threshold,
        versions=tuple(_versions(before, after)),
        counts={kind: sum(c.kind == kind for c in found) for kind in KINDS},
        **{
            f"{name}s_{end}": tuple(n for n in some if n not in other)
            for name, (was, now) in ends.items()
            for end, some, other in (("gone", was, now), ("added", now, was))
        },
    )


def _names(scores: pd.DataFrame, column: str) -> list[str]:
    return list(dict.fromkeys(scores[column].astype(str)))


def _by_key(scores: pd.DataFrame) -> dict[Key, dict[str, Any]]:
    names = [*KEY, "score", "status", "message"]
    columns = [scores[name].tolist() for name in names]
    rows = (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))
    return {tuple(str(row[name]) for name in KEY): row for row in rows}


def _change(
    key: Key,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    threshold: float,
) -> Change | None:
    before, after = _score(old), _score(new)
    status_before = str(old["status"]) if old else ""
    status = str(new["status"]) if new else ""
    kind = _kind(before, after, threshold)
    if kind is None:
        broken = {"failed", "no_overlap"}
        if status not in broken or status_before in broken:
            return None
        kind = "failing"
    model, reference, variable, region, metric = key
    return Change(
        model,
        reference,
        variable,
        region,
        metric,
        kind,
        before,
        after,
        status_before,
        status,
        message=_text(new["message"]) if new else NO_ROW,
    )


def _kind(before: float | None, after: float | None, threshold: float) -> str | None:
    if before is None or after is None:
        return None if before is after else "new" if before is None else "lost"
    if abs(after - before) <= threshold + _ROUNDING:
        return "unchanged"
    return "better" if after > before else "worse"


def _score(row: Mapping[str, Any] | None) -> float | None:
    if row is None or row["status"] != "scored" or pd.isna(row["score"]):
        return None
    return float(row["score"])


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _shifts(changes: Iterable[Change]) -> list[Shift]:
    groups: dict[tuple[str, str, str], list[Change]] = {}
    for change in changes:
        key = change.model, change.reference, change.variable
        groups.setdefault(key, []).append(change)
    return [_shift(group) for group in groups.values()]


def _shift(group: list[Change]) -> Shift:
    both = [c for c in group if c.before is not None and c.after is not None]
    before, after = (
        math.fsum(getattr(c, end) for c in both) / len(both) if both else None
        for end in ("before", "after")
    )
    reasons = [c.message for c in group if c.kind in KINDS[:2] and c.message]
    return Shift(
        group[0].model,
        group[0].reference,
        group[0].variable,
        before,
        after,
        {kind: sum(c.kind == kind for c in group) for kind in KINDS},
        tuple(dict.fromkeys(reasons)),
    )


def _weight(shift: Shift) -> tuple[int, int, float]:
    return -shift.gone, -shift.counts["new"], -abs(shift.step)


def _versions(
    before: pd.DataFrame, after: pd.DataFrame
) -> Iterable[tuple[str, str, str]]:
    for name in ("model", "reference"):
        column = f"{name}_version"
        if column not in before or column not in after:
            continue
        old, new = (
            dict(zip(scores[name].astype(str), scores[column].map(_text), strict=True))
            for scores in (before, after)
        )
        for key, version in new.items():
            if key in old and old[key] != version:
                yield key, old[key], version
