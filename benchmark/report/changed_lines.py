"""What changed since a former run, as lines for a terminal."""

import pandas as pd

from benchmark.report.baseline import Baseline, not_compared
from benchmark.report.changes import Shift
from benchmark.report.two_runs import compare_runs

# More benchmarks than these are left to the report and to changes.csv.
_SHOWN = 5


def changed_lines(baseline: Baseline, scores: pd.DataFrame) -> list[str]:
    """Return the verdict and what weighs most in it, the gravest first.

    Parameters
    ----------
    baseline : Baseline
        The former run.
    scores : DataFrame
        The score table of this run.

    Returns
    -------
    list of str
        The verdict in a word with the numbers it is made of; a line for each of
        the first benchmarks that changed; and what could not be compared.

    Examples
    --------
    >>> row = {"model": "M", "reference": "r", "variable": "gpp", "region": "alaska",
    ...        "metric": "bias", "score": 0.5, "status": "scored", "message": ""}
    >>> old = pd.DataFrame([row])
    >>> changed_lines(Baseline(old, "v1"), old.assign(score=0.3))[1]
    '  M, r, gpp: 0.50 -> 0.30'
    """
    found = compare_runs(baseline.scores, scores)
    when = f" of {baseline.time}" if baseline.time else ""
    counts = ", ".join(f"{number} {kind}" for kind, number in found.counts.items())
    verdict = found.verdict if sum(found.counts.values()) else "nothing to compare"
    lines = [
        f"Since {baseline.name}{when}: {verdict} ({counts}; a score that moved by no "
        f"more than {found.threshold:g} is unchanged)"
    ]
    moved = [shift for shift in found.shifts if _changed(shift)]
    lines += [f"  {_line(shift)}" for shift in moved[:_SHOWN]]
    if len(moved) > _SHOWN:
        lines.append(f"  and {len(moved) - _SHOWN} more benchmarks in changes.csv")
    return lines + [f"  {text}" for text in not_compared(found)]


def _changed(shift: Shift) -> bool:
    return any(number for kind, number in shift.counts.items() if kind != "unchanged")


def _line(shift: Shift) -> str:
    parts = []
    if shift.before is not None and shift.after is not None:
        parts.append(f"{shift.before:.2f} -> {shift.after:.2f}")
    kinds = ("lost", "failing", "new")
    parts += [f"{shift.counts[k]} {k}" for k in kinds if shift.counts[k]]
    return f"{shift.model}, {shift.reference}, {shift.variable}: {', '.join(parts)}"
