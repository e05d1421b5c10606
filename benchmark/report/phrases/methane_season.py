"""When the season of methane begins and ends, from mean cycles."""

from dataclasses import replace
from math import exp

import numpy as np

from benchmark.report.phrases.finding import Finding, Observed
from benchmark.report.phrases.merge import merged
from benchmark.report.rows import Row
from benchmark.report.site import Site

MONTH = 365.0 / 12  # days
LATE = MONTH / 4  # a week; months do not tell less
BEGUN = 0.2  # of the range between the lowest and the highest month


def season_ends(cycle: np.ndarray) -> tuple[float, float] | None:
    """Return the days on which a season begins and ends.

    The cycle is a straight line between the middles of months; the season is
    when it is over a fifth of the way from its lowest to its highest month, as
    for the growing season.

    Parameters
    ----------
    cycle : ndarray
        Twelve months, any unit.

    Returns
    -------
    begin, end : float
        Day of the year, `end` after `begin` (over 365 past the new year);
        None unless twelve months are valid and differ.

    Examples
    --------
    >>> flux = np.array([0, 0, 0, 0, 0, 10, 10, 10, 0, 0, 0, 0.0])
    >>> [round(day) for day in season_ends(flux)]
    [143, 252]
    """
    if cycle.size != 12 or not np.isfinite(cycle).all() or np.ptp(cycle) <= 0:
        return None
    level = cycle.min() + BEGUN * np.ptp(cycle)
    peak = int(cycle.argmax())
    begin = _crossing(cycle, peak, -1, float(level))
    return begin, _crossing(cycle, peak, 1, float(level))


def _crossing(cycle: np.ndarray, peak: int, step: int, level: float) -> float:
    """Walk from the peak to where the cycle falls to a level; days."""
    month = peak
    while cycle[(month + step) % 12] > level:
        month += step
    above, below = cycle[month % 12], cycle[(month + step) % 12]
    return float((month + step * (above - level) / (above - below) + 0.5) * MONTH)


def methane_season(rows: list[Row], site: Site) -> list[Finding]:
    """Say where the season of methane begins or ends early or late.

    Parameters
    ----------
    rows : list of Row
        Rows of one model that were scored against constraints.
    site : Site
        With the mean cycles.

    Returns
    -------
    list of Finding
        No metric scores it; it counts as a score that falls to 1/e a month
        off would.
    """
    observed: dict[str, list[Observed]] = {"begins": [], "ends": []}
    pairs = {(row.reference, row.region): row for row in rows if row.variable == "ch4"}
    for row in pairs.values():
        shifts = _shifts(row, site)
        if shifts is None:
            continue
        for word, days in zip(observed, shifts, strict=True):
            observed[word].append(_told(row, word, days))
    return [
        finding
        for word, ones in observed.items()
        for finding in merged(ones, site, f"CH₄ season {word} with the reference's")
    ]


def _shifts(row: Row, site: Site) -> tuple[float, float] | None:
    evidence = site.result.evidence.get((row.model, row.reference))
    cycles = evidence.cycle if evidence else None
    if cycles is None or row.region not in cycles["region"].values:
        return None
    here = cycles.sel(region=row.region).reindex(month=range(1, 13))
    own, theirs = (
        season_ends(here[name].values.astype(float)) for name in ("model", "reference")
    )
    if own is None or theirs is None:
        return None
    return own[0] - theirs[0], own[1] - theirs[1]


def _told(row: Row, word: str, days: float) -> Observed:
    side = 0 if abs(days) <= LATE else 1 if days > 0 else -1
    when = "late" if days > 0 else "early"
    verdict = f"CH₄ season {word} {in_words(abs(days))} {when}"
    numbers = f"{abs(days):.0f} days {when}, by where it crosses a fifth of its range"
    bare = replace(row, score=None)
    return Observed(bare, side, verdict, when, numbers, 1 - exp(-abs(days) / MONTH))


def in_words(days: float) -> str:
    """Write a number of days, as months and weeks where it is near whole ones.

    Examples
    --------
    >>> in_words(30), in_words(62), in_words(13), in_words(21)
    ('a month', 'two months', 'two weeks', '21 days')
    """
    for size, name in (
        (2 * MONTH, "two months"),
        (MONTH, "a month"),
        (14, "two weeks"),
    ):
        if abs(days - size) <= 3:
            return name
    return f"{days:.0f} days"
