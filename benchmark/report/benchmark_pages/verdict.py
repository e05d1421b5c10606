"""What a pair comes to, in sentences made from its numbers."""

from collections.abc import Sequence
from statistics import fmean

from benchmark.regions.site_classes import is_class
from benchmark.report import labels, words
from benchmark.report.benchmark_pages.scoring import compares_levels
from benchmark.report.numbers import count, interval, number, unit
from benchmark.report.numbers import score as written
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site


def verdict(rows: Sequence[Row], site: Site) -> str:
    """Say in one sentence what a model makes of a reference.

    Parameters
    ----------
    rows : sequence of Row
        Rows of one model and one reference, at least one of them scored.
    site : Site
        Names of references and regions.

    Returns
    -------
    str
        The largest miss with its numbers; else how a quantity compares; else
        what the scores are.
    """
    found = words.gravest(words.every_finding(rows, site), most=2)
    if found:
        title = site.short_title(rows[0].reference)
        told = [
            f"{one.text} ({one.detail.removesuffix(title).removesuffix(', ')})"
            if one.detail != title
            else one.text
            for one in found
        ]
        return f"{'; '.join([told[0], *map(_lower, told[1:])])}."
    return _quantity(rows, site) or scores_in_words(rows, site)


def scores_in_words(rows: Sequence[Row], site: Site) -> str:
    """Say the mean score of a pair, and where it is lowest and highest.

    Parameters
    ----------
    rows : sequence of Row
        Rows of one model and one reference.
    site : Site
        Names of regions.

    Returns
    -------
    str
        One sentence. Regions count once whatever the number of their metrics;
        a domain, and classes of the sites of the regions, count only where
        there is nothing else.
    """
    scored = [row for row in rows if row.score is not None]
    if not scored:
        return "Values only: nothing of this pair is meant to be scored."
    parts = [row for row in scored if "domain" not in row.region]
    regional = [row for row in parts if not is_class(row.region)] or parts or scored
    means = {
        region: fmean(row.score for row in group if row.score is not None)
        for region, group in group_by(regional, "region").items()
    }
    metrics = count(len({row.metric for row in regional}), "metric")
    mean = written(fmean(means.values()))
    # A number for all regions together counts as one, and is no place.
    places = {region: x for region, x in means.items() if region}
    if len(places) < 2:
        where = f" in {site.place(next(iter(places)))}" if places else ""
        return f"Scores {mean} by {metrics}{where}."
    what = "classes of sites" if is_class(next(iter(places))) else "regions"
    worst, best = (
        min(places, key=places.__getitem__),
        max(places, key=places.__getitem__),
    )
    return (
        f"Scores {mean} over {len(places)} {what} by {metrics}: lowest in "
        f"{site.place(worst)} ({written(means[worst])}), highest in "
        f"{site.place(best)} ({written(means[best])})."
    )


def beside(rows: Sequence[Row], site: Site) -> list[str]:
    """Say what a null model and another reference score in the model's place.

    Parameters
    ----------
    rows : sequence of Row
        Rows of one model and one reference.
    site : Site
        Names of references.

    Returns
    -------
    list of str
        Sentences; empty where neither is known. Each compares the same numbers.
    """
    said = [f"{one.text}: {one.detail}." for one in words.no_skill(rows, site)]
    null = [r for r in rows if r.score is not None and r.score_null is not None]
    if null and not said:
        said.append(_against(null, "score_null", "the best of the null models"))
    top = [r for r in rows if r.score is not None and r.score_ceiling is not None]
    if top:
        said.append(
            _against(top, "score_ceiling", "the best other reference in its place")
        )
    return said


def _against(rows: list[Row], column: str, who: str) -> str:
    names = dict.fromkeys(labels.metric(row.metric) for row in rows)
    own = fmean(row.score for row in rows if row.score is not None)
    other = fmean(getattr(row, column) for row in rows)
    return (
        f"Over {count(len(rows), 'number')} of {', '.join(names)} the model scores "
        f"{written(own)}, {who} {written(other)}."
    )


def _quantity(rows: Sequence[Row], site: Site) -> str:
    """Say the value of a share, an area or another quantity beside the reference."""
    told = [
        row
        for row in rows
        if row.score is not None
        and row.value is not None
        and row.reference_middle is not None
        and compares_levels(row.metric)
    ]
    if not told:
        return ""
    worst = min(told, key=lambda row: row.score or 0.0)
    spread = interval(worst.reference_low, worst.reference_high)
    middle = number(worst.reference_value) if worst.reference_value is not None else ""
    theirs = f"{middle} ({spread})" if middle and spread else middle or spread
    units = f" {unit(worst.units, worst.mass_basis)}".rstrip()
    name = labels.metric(worst.metric)
    place = f" in {site.place(worst.region)}" if worst.region else ""
    return f"{name}{place}: {number(worst.value)} against {theirs}{units}."


def _lower(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text if first.isupper() else text[:1].lower() + text[1:]
