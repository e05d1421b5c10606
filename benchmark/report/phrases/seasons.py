"""When a model has its season: early or late, short or long, and its cold months."""

import re
from collections.abc import Callable, Iterable

from benchmark.report import labels
from benchmark.report.numbers import count, number, percent
from benchmark.report.phrases.finding import Finding, Observed, miss_of
from benchmark.report.phrases.merge import merged
from benchmark.report.rows import Row
from benchmark.report.site import Site

ON_TIME = 5.0  # days
SIMILAR = 0.1  # of a ratio
FEW_POINTS = 0.05  # of a share of the year
# Treat et al. (2024), lines 614-615: models fall short by as much as this.
TWO_THIRDS = 0.63

COLD = {
    "share_sep_may": "September to May",
    "share_oct_apr": "October to April",
    "share_subzero_air": "the months below 0 °C",
}
LENGTHS = {
    "uptake_period": "carbon uptake period",
    "growing_season_length": "growing season",
}
_SHARE = re.compile(r"the reference's share is ([\d.]+) %")


def seasons(rows: Iterable[Row], site: Site) -> list[Finding]:
    """Say when a model is early or late, and where its season is short or long.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model that were scored against constraints.
    site : Site
        Names.

    Returns
    -------
    list of Finding
        Timing, length, amplitude and cold-season share of each variable.
    """
    groups: dict[tuple[str, str], list[Observed]] = {}
    good: dict[tuple[str, str], str] = {}
    for row in rows:
        for tell, kind, agrees in TELLERS:
            observed = tell(row)
            if observed is not None:
                key = row.variable, kind
                groups.setdefault(key, []).append(observed)
                good[key] = agrees.format(_name(row))
    return [
        finding
        for key, observed in groups.items()
        for finding in merged(observed, site, good[key])
    ]


def _timing(row: Row) -> Observed | None:
    days = row.shift_days
    if days is None:
        return None
    side = 0 if abs(days) <= ON_TIME else 1 if days > 0 else -1
    when = "late" if days > 0 else "early"
    peak = "Peak uptake comes" if row.variable in {"nee", "nbe"} else None
    verdict = f"{peak or f'{_name(row)} peaks'} {_days(days)} {when}"
    numbers = f"{_days(days)} {when}"
    return Observed(row, side, verdict, when, numbers, miss_of(row))


def _length(row: Row) -> Observed | None:
    name = LENGTHS.get(row.metric)
    if name is None or row.value is None:
        return None
    days = row.value
    side = 0 if abs(days) <= ON_TIME else 1 if days > 0 else -1
    word = "long" if days > 0 else "short"
    verdict = f"{labels.sentence(name)} is {_days(days)} too {word}"
    numbers = f"{_days(days)} too {word}"
    if row.reference_value is not None:
        own = row.reference_value + days
        numbers = f"{own:.0f} days against {row.reference_value:.0f}"
    return Observed(row, side, verdict, f"too {word}", numbers, miss_of(row))


def _amplitude(row: Row) -> Observed | None:
    ratio = row.value
    if row.metric != "seasonal_amplitude" or ratio is None:
        return None
    side = 0 if abs(ratio - 1) <= SIMILAR else 1 if ratio > 1 else -1
    size = f"{number(ratio, 2)} times" if ratio >= 1.5 else f"{percent(ratio)} of"
    verdict = f"Seasonal amplitude of {_plain(row)} is {size} the reference's"
    also = "too large" if side > 0 else "too small"
    return Observed(row, side, verdict, also, f"ratio {number(ratio)}", miss_of(row))


def _cold(row: Row) -> Observed | None:
    months, theirs = COLD.get(row.metric), share_of_reference(row)
    if months is None or theirs is None or row.value is None or theirs <= 0:
        return None
    own = row.value
    side = 0 if abs(own - theirs) <= FEW_POINTS else 1 if own > theirs else -1
    short = 1 - own / theirs
    also = "too large" if side > 0 else "too small"
    verdict = f"Cold-season share of {_plain(row)} is {also}"
    if short >= TWO_THIRDS:
        verdict = f"Misses {percent(short)} of the cold-season {_plain(row)}"
    numbers = f"{percent(own)} of the year in {months} against {percent(theirs)}"
    if side < 0:
        numbers += f": {percent(short)} short, where models fall up to two thirds short"
    return Observed(row, side, verdict, also, numbers, miss_of(row))


def share_of_reference(row: Row) -> float | None:
    """Return the share that a reference has; maps of shares say it in words.

    Parameters
    ----------
    row : Row
        Of a metric of shares.

    Returns
    -------
    float or None
        0 to 1.
    """
    if row.reference_value is not None:
        return row.reference_value
    said = _SHARE.search(row.message)
    return float(said[1]) / 100 if said else None


def _days(days: float) -> str:
    return count(round(abs(days)), "day")


def _name(row: Row) -> str:
    return labels.sentence(_plain(row))


def _plain(row: Row) -> str:
    return labels.short(row.variable)


TELLERS: tuple[tuple[Callable[[Row], Observed | None], str, str], ...] = (
    (_timing, "timing", "{} peaks within 5 days of the reference"),
    (_length, "length", "{}: the season is as long as the reference's, to 5 days,"),
    (_amplitude, "amplitude", "{} has the reference's seasonal amplitude, to 10 %,"),
    (_cold, "cold season", "{} has the reference's share of the cold season"),
)
