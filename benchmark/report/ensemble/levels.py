"""How much each model has, beside its reference, in the regions of the paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmark.report import labels
from benchmark.report.numbers import unit
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

# One metric of a reference that says how much there is; the first it has.
METRICS = (
    "regional_mean",
    "ch4_density",
    "stock_total",
    "regional_total",
    "ch4_total",
)


@dataclass(frozen=True)
class Levels:
    """Values of all models against one reference, by region.

    `model` and `reference` are by (model, region); the reference's number
    differs between models where the own family of one was left out of it.
    """

    reference: str
    variable: str
    metric: str
    unit: str
    regions: tuple[str, ...]
    model: dict[tuple[str, str], float]
    against: dict[tuple[str, str], float]

    @property
    def models(self) -> list[str]:
        """Models with any value, in order."""
        return list(dict.fromkeys(name for name, _ in self.model))

    @property
    def is_density(self) -> bool:
        """Whether values are per area, so that regions can be compared."""
        return "m⁻²" in self.unit

    def of_region(self, region: str) -> dict[str, float]:
        """Return the models' values in one region."""
        return {name: v for (name, id), v in self.model.items() if id == region}


def all_levels(site: Site, *, domains: bool = False) -> list[Levels]:
    """Return the levels of every reference that has them.

    Parameters
    ----------
    site : Site
        The run.
    domains : bool, default False
        Whether unions of regions count too.

    Returns
    -------
    list of Levels
        In the order of the references, each with its metric of `METRICS`;
        only values of whole regions.
    """
    unions = {region.part_of for region in site.result.regions.values()}
    rows = [
        row
        for row in site.rows
        if row.metric in METRICS
        and row.status == "scored"
        and row.value is not None
        and row.reference_middle is not None
        and row.whole
        and row.region in site.result.regions
        and row.season in ("", "annual")
        and (domains or row.region not in unions)
    ]
    made = []
    groups = group_by(rows, "reference")
    for reference in site.reference_slug:
        if reference in groups:
            made.append(_levels(site, groups[reference]))
    return made


def _levels(site: Site, rows: list[Row]) -> Levels:
    metric = min((row.metric for row in rows), key=METRICS.index)
    mine = [row for row in rows if row.metric == metric]
    held = {row.region for row in mine}
    first = mine[0]
    return Levels(
        reference=first.reference,
        variable=first.variable,
        metric=metric,
        unit=unit(first.units, first.mass_basis),
        regions=tuple(id for id in site.region_ids if id in held),
        model=_by_pair(mine, "value"),
        against=_by_pair(mine, "reference_middle"),
    )


def _by_pair(rows: Iterable[Row], name: str) -> dict[tuple[str, str], float]:
    return {(row.model, row.region): float(getattr(row, name)) for row in rows}


def broadest(site: Site, levels: Iterable[Levels]) -> dict[str, Levels]:
    """Return for each variable the levels with the most pairs, then the deepest.

    A reference of one region gives way to one of several.

    Parameters
    ----------
    site : Site
        The run: what enters scores goes before what is context.
    levels : iterable of Levels
        Of any references.

    Returns
    -------
    dict
        Variable to levels, variables in the order of the report.
    """
    found: dict[str, Levels] = {}
    for one in levels:
        held = found.get(one.variable)
        if held is None or _rank(site, one) > _rank(site, held):
            found[one.variable] = one
    order = [*labels.VARIABLES]
    return dict(
        sorted(
            found.items(),
            key=lambda item: order.index(item[0]) if item[0] in order else len(order),
        )
    )


def _rank(site: Site, one: Levels) -> tuple[bool, bool, int, float]:
    depth = depth_of(site, one.reference)
    several = len(one.regions) > 1
    return site.constraint(one.reference), several, len(one.model), depth


def depth_of(site: Site, reference: str) -> float:
    """Return how deep a reference of soil carbon goes in metres, 0 of others."""
    known = site.result.references.get(reference)
    depth = known.data.depth if known else None
    return 0.0 if depth is None or isinstance(depth, str) else float(depth[1])
