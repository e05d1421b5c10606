"""How a level compares with its reference, in a few words."""

from benchmark.report.numbers import number, percent
from benchmark.report.rows import Row

CLOSE = 0.1  # relative difference that is called agreement, without a range


def compare(row: Row) -> str:
    """Say in a few words how a level compares with its reference.

    Parameters
    ----------
    row : Row
        A row whose `is_level` is true.

    Returns
    -------
    str
        Such as ``too weak a sink`` or ``60 % of the reference``.
    """
    level, reference = row.level, row.reference_middle
    if level is None or reference is None:
        return ""
    if row.variable in {"nee", "nbe"}:
        return _compare_net(row, level, reference)
    if inside(row, level, reference):
        return "in agreement"
    if reference <= 0 or level < 0:
        return "too high" if level > reference else "too low"
    ratio = level / reference
    if ratio >= 1.5:
        return f"{number(ratio, 2)} times the reference"
    return f"{percent(ratio)} of the reference"


def _compare_net(row: Row, level: float, reference: float) -> str:
    if inside(row, level, reference):
        return "in agreement"
    if reference < 0 <= level:
        return "a source, not a sink"
    if level < 0 < reference:
        return "a sink, not a source"
    what = "sink" if reference < 0 else "source"
    return f"too {'strong' if abs(level) > abs(reference) else 'weak'} a {what}"


def inside(row: Row, level: float, reference: float) -> bool:
    """Return whether a level is in the range of its reference, or near its value."""
    if row.reference_low is not None and row.reference_high is not None:
        return row.reference_low <= level <= row.reference_high
    return abs(level - reference) <= CLOSE * abs(reference)


def direction(row: Row) -> int:
    """Return 1 where the model is above its reference, -1 below, 0 if neither."""
    level, reference = row.level, row.reference_middle
    if level is None or reference is None or inside(row, level, reference):
        return 0
    return 1 if level > reference else -1
