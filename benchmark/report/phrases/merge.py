"""Join what several references say of several regions into one finding."""

from collections.abc import Sequence
from statistics import fmean

from benchmark.report.numbers import count
from benchmark.report.numbers import score as written
from benchmark.report.phrases.finding import SURE, Finding, Observed
from benchmark.report.site import Site

_LISTED = 3  # places that are named; more are counted

Pairs = dict[tuple[str, str], Observed]  # by page of the region and reference


def merged(observed: Sequence[Observed], site: Site, agrees: str = "") -> list[Finding]:
    """Return a finding for each side on which a model is off its references.

    Parameters
    ----------
    observed : sequence of Observed
        Of one quantity of one model, against any references and regions.
    site : Site
        Names of both, and the weights of the scorecard.
    agrees : str, optional
        What to say where most agree and nothing is amiss, such as ``GPP is in
        the range``; nothing if empty.

    Returns
    -------
    list of Finding
        At most two. A place is told if most of its references say so; the
        place that costs most comes first, by the reference in its middle,
        neither the harshest nor the kindest.
    """
    pairs = _pairs(observed)
    found = [
        _side(pairs, site, side)
        for side in (1, -1)
        if any(one.side == side for one in pairs.values())
    ]
    kept = [finding for finding in found if finding is not None]
    fits = sum(one.side == 0 for one in pairs.values())
    if not kept and agrees and fits > len(pairs) / 2:
        return [_agreement(pairs, site, agrees)]
    return kept


def _pairs(observed: Sequence[Observed]) -> Pairs:
    """Keep one number for each place and reference: the one that costs most."""
    found: Pairs = {}
    for one in observed:
        key = one.row.region, one.row.reference
        if key not in found or found[key].cost < one.cost:
            found[key] = one
    parts = {key: one for key, one in found.items() if not _whole(key[0])}
    return parts or found


def _whole(region: str) -> bool:
    return "domain" in region or region in {"global", "all_regions"}


def _side(pairs: Pairs, site: Site, side: int) -> Finding | None:
    places: dict[str, list[Observed]] = {}
    for (region, _), one in pairs.items():
        places.setdefault(site.page_of(region), []).append(one)
    told = {
        place: [one for one in here if one.side == side]
        for place, here in places.items()
        if sum(one.side == side for one in here) > len(here) / 2
    }
    if not told:
        return None
    order = sorted(told, key=lambda place: -fmean(one.cost for one in told[place]))
    lead = _middle(told[order[0]])
    same = [p for p in order if any(o.verdict == lead.verdict for o in told[p])]
    rest = [p for p in order if p not in same]
    where = _where(same, len(places), site)
    text = f"{lead.verdict}{where}"
    if rest:
        text += f", {lead.also} {_also(rest, len(same), len(places), site)}"
    text += _against(pairs, set(told), side, site)
    spread = [one.cost if one.side == side else 0.0 for one in pairs.values()]
    costs = [one.cost for place in told.values() for one in place]
    card = site.card_weight(lead.row.reference)
    return Finding(
        text=text,
        detail=_detail(lead, site, several=len(told) > 1),
        anchor=site.anchor(lead.row.reference),
        grade=lead.row.grade,
        weight=card * (max(costs) + fmean(spread)) / 2,
        side=side,
        variable=lead.row.variable,
    )


def _agreement(pairs: Pairs, site: Site, agrees: str) -> Finding:
    ones = list(pairs.values())
    best = min(ones, key=lambda one: (one.miss, one.row.grade or "C"))
    places = list(dict.fromkeys(site.page_of(one.row.region) for one in ones))
    text = f"{agrees}{_where(places, len(places), site)}"
    text += _against(pairs, set(places), 0, site)
    sure = fmean((1 - one.miss) * SURE.get(one.row.grade, 0.5) for one in ones)
    return Finding(
        text=text,
        detail=_detail(best, site, several=len(places) > 1),
        anchor=site.anchor(best.row.reference),
        grade=max(one.row.grade for one in ones),
        weight=0.0,
        good=site.card_weight(best.row.reference) * sure,
        variable=best.row.variable,
    )


def _middle(ones: list[Observed]) -> Observed:
    ordered = sorted(ones, key=lambda one: one.cost)
    return ordered[len(ordered) // 2]


def _where(places: list[str], every: int, site: Site) -> str:
    if places == ["all_regions"]:
        return ""
    if len(places) == every > _LISTED:
        return f" in all {every} regions"
    return f" in {join(places, site)}"


def _also(rest: list[str], same: int, every: int, site: Site) -> str:
    if len(rest) + same == every > _LISTED:
        return f"in all {every} regions"
    if len(rest) < _LISTED:
        return f"also in {join(rest, site)}"
    return f"also in {len(rest)} of {count(every - same, 'other region')}"


def join(places: Sequence[str], site: Site) -> str:
    """Name places as a sentence does, the first three, and count the others.

    Parameters
    ----------
    places : sequence of str
        Ids of regions.
    site : Site
        Their names.

    Returns
    -------
    str
        Such as ``Alaska, Western Canada, Western Siberia and 4 other regions``.
    """
    names = [site.place(place) for place in places]
    if len(names) > _LISTED + 1:
        names = [*names[:_LISTED], f"{len(names) - _LISTED} other regions"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _against(pairs: Pairs, places: set[str], side: int, site: Site) -> str:
    """Say how many of the references of some places agree."""
    votes: dict[str, list[bool]] = {}
    for (region, reference), one in pairs.items():
        if site.page_of(region) in places:
            votes.setdefault(reference, []).append(one.side == side)
    agree = sum(sum(said) > len(said) / 2 for said in votes.values())
    total = len(votes)
    if total == 1:
        return ""
    if agree == total:
        return f", against {'both' if total == 2 else f'all {total}'} references"
    return f", against {agree} of {total} references"


def _detail(one: Observed, site: Site, *, several: bool) -> str:
    row = one.row
    where = f" in {site.place(row.region)}" if several else ""
    text = f"{one.numbers}{where}, {site.reference_label(row.reference)}"
    if row.score is None:
        return text
    text += f"; score {written(row.score)}"
    if row.score_ci_low is None or row.score_ci_high is None:
        return text
    low, high = written(row.score_ci_low), written(row.score_ci_high)
    return text if low == high else f"{text}, {low} to {high}"
