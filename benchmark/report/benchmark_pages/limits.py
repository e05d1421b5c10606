"""What a benchmark cannot tell, from its descriptor and from what was compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmark.config.descriptors import Reference
from benchmark.report import labels
from benchmark.report.numbers import count, percent, whole, years
from benchmark.report.reasons import closed, prose
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site
from benchmark.score.few_sites import ENOUGH_SITES

_GRADES = {
    "B": "The evidence is of grade B: regional numbers from the literature or a "
    "product without an uncertainty matched in time, so that small differences of "
    "score mean little.",
    "C": "The evidence is of grade C, a range, a threshold or a sign only: a score "
    "tells whether a model is within it, not how good it is inside.",
}
_UNKNOWN = (
    "It states no uncertainty of its own: a miss that is smaller than its error "
    "cannot be told from a real one."
)
_KINDS = {
    "regional": "Its numbers are of whole regions: errors of opposite sign within a "
    "region cancel and are not seen.",
    "sites": "Its numbers are of sites, which see about a square kilometre; a model "
    "has the mean of a cell around it.",
    "field": "Where it was upscaled or mapped from few samples, its own error is "
    "largest far from them, and the score there is as uncertain.",
}


_UNCERTAINTIES = {
    "": "none of its own",
    "none": "none of its own",
    "unknown": "not known",
    "own": "its own",
    "between_approaches": "the spread between its approaches",
}


@dataclass(frozen=True)
class Remark:
    """What the run said of scored numbers, and of which regions."""

    text: str
    where: tuple[str, ...]


def limits(reference: Reference | None) -> list[str]:
    """Say what a reference cannot tell, whatever it is compared with.

    Parameters
    ----------
    reference : Reference or None
        Its descriptor.

    Returns
    -------
    list of str
        Sentences; the general ones after those of the descriptor.
    """
    if reference is None:
        return ["This run has no description of the reference."]
    said = []
    if reference.leaves_out:
        said.append(f"It leaves out: {_lower(closed(reference.leaves_out))}")
    said += [closed(remark) for remark in reference.remarks]
    if reference.unconfirmed:
        names = ", ".join(map(prose, reference.unconfirmed))
        said.append(f"Nobody has confirmed these parts of its description: {names}.")
    if reference.uncertainty in {"", "none", "unknown"}:
        said.append(_UNKNOWN)
    if reference.role == "context":
        said.append("It is context: drawn beside the models, never scored against.")
    if reference.grade in _GRADES:
        said.append(_GRADES[reference.grade])
    return [*said, _KINDS[reference.kind]]


def uncertainty(reference: Reference | None) -> str:
    """Say where the uncertainty of a reference comes from."""
    source = reference.uncertainty if reference else "unknown"
    return _UNCERTAINTIES.get(source, prose(source).replace("_", " "))


def limits_here(
    rows: Sequence[Row], reference: Reference | None, site: Site
) -> list[str]:
    """Say where what was compared is not what the reference is about.

    Parameters
    ----------
    rows : sequence of Row
        Rows of one model and one reference.
    reference : Reference or None
        Its descriptor.
    site : Site
        Names of regions.

    Returns
    -------
    list of str
        On periods, areas, sites and grades that differ; often empty.
    """
    scored = [row for row in rows if row.status == "scored"]
    return [
        text
        for text in (
            _period(scored, reference),
            _area(scored, site),
            _sites(scored, site),
            _grade(scored, reference),
            _basis(scored, reference),
        )
        if text
    ]


def remarks(rows: Iterable[Row], site: Site) -> list[Remark]:
    """Gather what the run said of numbers that it could score.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model and one reference.
    site : Site
        Names of regions.

    Returns
    -------
    list of Remark
        Each text once, with the regions it was said of.
    """
    told = [
        (part.strip(), row.region)
        for row in rows
        if row.status == "scored"
        for part in row.message.split("; ")
        if part.strip()
    ]
    found: dict[str, dict[str, None]] = {}
    for text, region in told:
        found.setdefault(text, {})[region] = None
    return [
        Remark(
            labels.sentence(text),
            tuple(site.region_label(region) for region in regions if region),
        )
        for text, regions in found.items()
    ]


def _period(rows: list[Row], reference: Reference | None) -> str:
    stated = reference.period if reference else None
    used = sorted({row.period for row in rows if row.period})
    if not stated or not used or used == [_written(stated)]:
        return ""
    shown = ", ".join(years(period) for period in used[:3])
    more = ", and others" if len(used) > 3 else ""
    return f"The reference is of {years(stated)}; what is compared is {shown}{more}."


def _written(period: tuple[int, int]) -> str:
    return f"{period[0]}-{period[1]}"


def _area(rows: list[Row], site: Site) -> str:
    parts = {row.region: row.coverage for row in rows if not row.whole}
    if not parts:
        return ""
    each = ", ".join(
        f"{site.region_label(region)} {percent(share or 0.0)}"
        for region, share in parts.items()
    )
    return (
        f"Of these regions only a part is compared, and a score is of that part: "
        f"{each}."
    )


def _sites(rows: list[Row], site: Site) -> str:
    few = {
        row.region: row.n_sites
        for row in rows
        if row.n_sites is not None and row.n_sites < ENOUGH_SITES
    }
    if not few:
        return ""
    each = ", ".join(
        f"{site.region_label(region)} {whole(n)}" for region, n in few.items()
    )
    return f"Fewer than {ENOUGH_SITES} sites stand behind these regions: {each}."


def _grade(rows: list[Row], reference: Reference | None) -> str:
    stated = reference.grade if reference else ""
    lower = group_by((row for row in rows if row.grade > stated > ""), "grade")
    each = [
        f"{count(len(found), 'number')} of {grade}" for grade, found in lower.items()
    ]
    if not each:
        return ""
    return (
        f"The evidence is weaker here than the reference's grade {stated}: "
        f"{', '.join(each)}."
    )


def _basis(rows: list[Row], reference: Reference | None) -> str:
    stated = reference.data.area_basis if reference else None
    used = {row.area_basis for row in rows if row.area_basis}
    if not stated or not used or used == {stated}:
        return ""
    return (
        f"The reference is per area of {stated}, the comparison per area of "
        f"{' and '.join(sorted(used))}."
    )


def _lower(text: str) -> str:
    """Start in lower case, unless the first word is an acronym or a formula."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]
