"""A former run, to say on the index what changed since."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from benchmark.errors import ConfigError
from benchmark.report import labels
from benchmark.report.changes import KEY, KINDS, Changes, Shift
from benchmark.report.numbers import count
from benchmark.report.reasons import plain
from benchmark.report.site import Site
from benchmark.report.two_runs import compare_runs

NEEDED = (*KEY, "score", "status", "message")
MOST = 5

_NAMES = {
    "lost": ("lost", "had a score, and has none now"),
    "failing": ("newly failing", "had no score, and fails now"),
    "new": ("new", "had no score, and has one now"),
    "worse": ("worse", "score fell by more than {}"),
    "better": ("better", "score rose by more than {}"),
    "unchanged": ("unchanged", "score moved by no more than {}"),
}


@dataclass(frozen=True)
class Baseline:
    """The score table of a former run, what it is called and when it was made."""

    scores: pd.DataFrame
    name: str
    time: str = ""


def read_baseline(path: Path) -> Baseline:
    """Read the scores of a former run.

    Parameters
    ----------
    path : Path
        The folder of a run or report, or its ``scores.csv``.

    Returns
    -------
    Baseline

    Raises
    ------
    ConfigError
        If there is no table of scores.
    """
    path = Path(path)
    file = path if path.suffix == ".csv" else path / "scores.csv"
    try:
        scores = pd.read_csv(file, na_filter=False, dtype=str, encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        msg = (
            f"{file}: cannot be read ({reason.lower()}); expected the folder of a "
            "former run or its scores.csv."
        )
        raise ConfigError([msg]) from error
    missing = [name for name in NEEDED if name not in scores]
    if missing:
        msg = f"{file}: is no table of scores: it has no column '{missing[0]}'."
        raise ConfigError([msg])
    numbers = pd.to_numeric(scores["score"].replace("", "nan"), errors="coerce")
    name = file.parent.name or file.parent.resolve().name
    return Baseline(scores.assign(score=numbers), name, _time(file))


def _time(file: Path) -> str:
    try:
        manifest = json.loads(file.with_name("manifest.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return ""
    time = manifest.get("time", "") if isinstance(manifest, dict) else ""
    return time[:10] if isinstance(time, str) else ""


def changes_context(site: Site, baseline: Baseline) -> dict[str, Any]:
    """Return what the strip of changes on the index shows.

    Parameters
    ----------
    site : Site
        The run.
    baseline : Baseline
        The former run.

    Returns
    -------
    dict
        ``found`` (`Changes`), ``counts`` (name, number, meaning), ``status``
        and ``moved``: sentences with an address each, the gravest first;
        ``more``: how many are left to ``changes.csv``; ``unknown``: what could
        not be compared.
    """
    found = compare_runs(baseline.scores, site.result.scores)
    told = [shift for shift in found.shifts if shift.gone or shift.counts["new"]]
    moved = [
        shift
        for shift in sorted(found.shifts, key=lambda shift: -abs(shift.step))
        if shift.counts["worse"] or shift.counts["better"]
    ]
    return {
        "baseline": baseline,
        "found": found,
        "counts": [
            (kind, _NAMES[kind][0], found.counts[kind], _meaning(kind, found))
            for kind in KINDS
            if found.counts[kind] or kind != "failing"
        ],
        "status": [_line(site, shift, _status(shift, site)) for shift in told[:MOST]],
        "moved": [_line(site, shift, _moved(shift)) for shift in moved[:MOST]],
        "more": max(len(told) - MOST, 0) + max(len(moved) - MOST, 0),
        "unknown": not_compared(found),
    }


def _meaning(kind: str, found: Changes) -> str:
    return _NAMES[kind][1].format(f"{found.threshold:g}")


def _line(site: Site, shift: Shift, text: str) -> dict[str, Any]:
    known = shift.model in site.model_slug
    label = site.reference_label(shift.reference)
    variable = labels.short(shift.variable)
    if variable.lower() not in label.lower():
        label = f"{labels.sentence(variable)}, {label}"
    return {
        "href": site.evidence_href(shift.model, shift.reference) if known else "",
        "model": shift.model,
        "benchmark": label,
        "text": text,
        "shift": shift,
    }


def _status(shift: Shift, site: Site) -> str:
    parts = [
        f"{count(shift.counts[kind], 'number')} {word}"
        for kind, word in (
            ("lost", "lost"),
            ("failing", "newly failing"),
            ("new", "newly scored"),
        )
        if shift.counts[kind]
    ]
    text = ", ".join(parts)
    if shift.reasons:
        names = {id: region.name for id, region in site.result.regions.items()}
        text += f": {plain(shift.reasons[0], names)}"
        others = len(shift.reasons) - 1
        text += f" (and {count(others, 'other reason')})" if others else ""
    return text


def _moved(shift: Shift) -> str:
    """Say how the mean moved, and which way its numbers went."""
    ways = [
        f"{shift.counts[kind]} {kind}"
        for kind in ("worse", "better")
        if shift.counts[kind]
    ]
    both = sum(shift.counts[kind] for kind in ("worse", "better", "unchanged"))
    if both == 1:
        return ""
    return f"mean of {both} numbers, {' and '.join(ways)}"


def not_compared(found: Changes) -> list[str]:
    """Return sentences on what is in one run only, and on other versions."""
    told = []
    for kind in ("model", "reference"):
        gone = getattr(found, f"{kind}s_gone")
        added = getattr(found, f"{kind}s_added")
        if gone:
            told.append(f"Only in the baseline: {_listed(kind, gone)}.")
        if added:
            told.append(f"Only in this run: {_listed(kind, added)}.")
        if gone and added:
            told.append(
                f"A {kind} that was renamed cannot be followed: its numbers are in "
                "neither count. Give it its former name to compare it."
            )
    for name, before, after in found.versions:
        told.append(
            f"{name}: version {after or 'not given'}, was {before or 'not given'}."
        )
    return told


def _listed(kind: str, names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:8])
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return f"{count(len(names), kind)} ({shown}{more})"
