"""Errors that are a product: methane totals, and stocks of soil carbon."""

from collections.abc import Sequence

from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site
from benchmark.report.splits import Part, Split, product

TURNOVER = {"turnover_time": "NPP", "turnover_time_gpp": "GPP"}
"""Metrics of turnover time, and the input that they take the stock over."""

FACTORS = {
    "ch4_extent_factor": "extent",
    "ch4_density_factor": "density",
    "ch4_season_factor": "season",
}


def methane(rows: Sequence[Row], site: Site) -> list[Split]:
    """Split methane totals into extent, density and season.

    Parameters
    ----------
    rows : sequence of Row
        Of `benchmark.metrics.methane_factors`: three for each place.
    site : Site
        Names.

    Returns
    -------
    list of Split
        Only of places where all three are known and above zero.
    """
    kept = [row for row in rows if row.metric in FACTORS and (row.value or 0.0) > 0]
    found = []
    for (reference, region), group in group_by(kept, "reference", "region").items():
        values = {row.metric: row.value or 0.0 for row in group}
        if set(values) == set(FACTORS):
            parts = tuple(Part(name, values[id]) for id, name in FACTORS.items())
            split = split_of(site, region, reference, "factors", product(parts), parts)
            found.append(split)
    return found


def input_and_turnover(rows: Sequence[Row], site: Site) -> list[Split]:
    """Split soil carbon into input and turnover time.

    Parameters
    ----------
    rows : sequence of Row
        Turnover times against one reference, and the stock against it or the
        input against the one that its turnover time is taken from.
    site : Site
        Names.

    Returns
    -------
    list of Split
        The input is compared itself, or is what the stock's ratio leaves of
        that of the turnover time.
    """
    found = []
    kept = [row for row in rows if row.variable == "cSoil"]
    for (reference, region), group in group_by(kept, "reference", "region").items():
        taus = [row for row in group if row.metric in TURNOVER]
        tau = _ratio(taus[0].value, taus[0].reference_value) if taus else None
        if not tau:
            continue
        name = TURNOVER[taus[0].metric]
        source = _input(rows, site, reference, region, name.lower())
        stocks = [row for row in group if row.is_level and row.metric not in TURNOVER]
        stock = _ratio(stocks[0].level, stocks[0].reference_value) if stocks else None
        source = source or (stock / tau if stock else None)
        if source:
            whole = stock or source * tau
            parts = (Part(f"input ({name})", source), Part("turnover time", tau))
            found.append(split_of(site, region, reference, "factors", whole, parts))
    return found


def _input(
    rows: Sequence[Row], site: Site, reference: str, region: str, variable: str
) -> float | None:
    """Return the ratio of the input, against what a stock is taken over."""
    known = site.result.references.get(reference)
    beside = dict(known.companions).get(variable) if known else None
    means = (
        _ratio(row.level, row.reference_value)
        for row in rows
        if (row.reference, row.region) == (beside, region) and row.is_level
    )
    return next((ratio for ratio in means if ratio), None)


def _ratio(own: float | None, theirs: float | None) -> float | None:
    if own is None or theirs is None or own <= 0 or theirs <= 0:
        return None
    return own / theirs


def split_of(
    site: Site,
    region: str,
    reference: str,
    kind: str,
    whole: float,
    parts: tuple[Part, ...],
) -> Split:
    """Return a split with the names of its place and reference.

    Parameters
    ----------
    site : Site
        Names.
    region, reference : str
        Ids.
    kind : str
        ``factors`` or ``terms``.
    whole : float
        What the parts make.
    parts : tuple of Part
        In the order in which they are told.

    Returns
    -------
    Split
    """
    return Split(
        place=site.region_label(region),
        kind=kind,
        whole=whole,
        parts=parts,
        against=site.reference_label(reference),
        anchor=site.anchor(reference),
    )
