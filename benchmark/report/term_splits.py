"""Errors of NEE that are a sum: of fluxes, and of seasons."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmark.report.factor_splits import split_of
from benchmark.report.numbers import unit
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site
from benchmark.report.splits import Part, Split

# May to September: the rest of October to April, the cold season of Natali (2019).
GROWING = np.isin(np.arange(1, 13), np.arange(5, 10))
DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], float)


def uptake_and_release(rows: Sequence[Row], site: Site) -> list[Split]:
    """Split the error of NEE into those of GPP and of respiration.

    Parameters
    ----------
    rows : sequence of Row
        Regional means of gpp, reco and nee, against references of one source.
    site : Site
        Tells references of one source by their DOI.

    Returns
    -------
    list of Split
        For places where all three were compared in one unit.
    """
    found = []
    means = [
        row
        for row in rows
        if row.variable in {"gpp", "reco", "nee"}
        and row.metric == "regional_mean"
        and row.is_level
        and row.reference_value is not None
    ]
    for (region, units), group in group_by(means, "region", "units").items():
        for source in dict.fromkeys(_doi(site, row) for row in group):
            by = {row.variable: row for row in group if _doi(site, row) == source}
            if source and set(by) == {"gpp", "reco", "nee"}:
                off = {name: _difference(row) for name, row in by.items()}
                rest = off["nee"] - off["reco"] + off["gpp"]
                parts = (
                    Part("GPP", -off["gpp"]),
                    Part("respiration", off["reco"]),
                    Part("rest", rest),
                )
                name = by["nee"].reference
                made = split_of(site, region, name, "terms", off["nee"], parts)
                found.append(replace(made, unit=unit(units, "C")))
    return found


def by_season(rows: Sequence[Row], site: Site) -> list[Split]:
    """Split the error of NEE into May to September and the rest of the year.

    Parameters
    ----------
    rows : sequence of Row
        Rows of one model.
    site : Site
        With the mean cycles of NEE.

    Returns
    -------
    list of Split
        The two add up to the error of the annual mean, by days of months.
    """
    found = []
    pairs = {(r.model, r.reference): r for r in rows if r.variable == "nee"}
    for (model, reference), row in pairs.items():
        evidence = site.result.evidence.get((model, reference))
        cycles = evidence.cycle if evidence else None
        if cycles is None:
            continue
        cycles = cycles.reindex(month=range(1, 13))
        for region in cycles["region"].values.tolist():
            if not site.standing(model, reference, region):
                continue
            here = cycles.sel(region=region)
            off = (here["model"] - here["reference"]).values.astype(float)
            if not np.isfinite(off).all():
                continue
            share = off * DAYS / DAYS.sum()
            parts = (
                Part("May to September", float(share[GROWING].sum())),
                Part("October to April", float(share[~GROWING].sum())),
            )
            whole = float(share.sum())
            made = split_of(site, region, reference, "terms", whole, parts)
            found.append(replace(made, unit=unit("g m-2 yr-1", row.mass_basis or "C")))
    return found


def _difference(row: Row) -> float:
    return (row.level or 0.0) - (row.reference_value or 0.0)


def _doi(site: Site, row: Row) -> str:
    known = site.result.references.get(row.reference)
    return known.doi if known else ""
