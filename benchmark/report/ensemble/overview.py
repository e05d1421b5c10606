"""The first paragraph: who is in the ensemble, and how far it agrees."""

from collections import Counter

import pandas as pd

from benchmark.ensemble import Ensemble
from benchmark.report.ensemble.agreement import agreed
from benchmark.report.ensemble.names import family_name
from benchmark.report.ensemble.section import listed
from benchmark.report.numbers import count, interval, number, unit
from benchmark.report.site import Site

UNIT = unit("g m-2 yr-1", "C")


def overview(site: Site, found: tuple[str, Ensemble] | None) -> list[str]:
    """Say who is in the run, how far they agree, and where they are outside.

    Parameters
    ----------
    site : Site
        The run.
    found : tuple of str and Ensemble, or None
        The reference with approaches to NEE, what they say, and the models.

    Returns
    -------
    list of str
        Sentences.
    """
    said = [who(site)]
    if found is None:
        return [
            *said,
            "No reference of this run is made of several approaches to NEE, so the "
            "ensemble cannot be set beside them.",
        ]
    reference, ensemble = found
    domain = whole_domain(site, reference)
    models = ensemble.rows[ensemble.rows["of"] == "model"]
    if models.empty:
        return [
            *said,
            domain,
            "None of them has annual NEE in the regions where the approaches have it, "
            "so "
            "the figures of NEE show the approaches alone.",
        ]
    said += [agreement(ensemble), outside(site, ensemble.rows), domain]
    return said


def who(site: Site) -> str:
    """Count the models and their families.

    Examples
    --------
    >>> from types import SimpleNamespace as S
    >>> run = S(matrix=S(models=("A", "B")), result=S(models={"A": S(family="cmip6")}))
    >>> who(run)
    '2 models of 2 families: 1 CMIP6 and 1 of no stated family.'
    """
    known = site.result.models
    families = Counter(
        known[name].family if name in known else "" for name in site.matrix.models
    )
    total = count(sum(families.values()), "model")
    if len(site.matrix.models) == 1:
        return f"One model ({_one(next(iter(families)))})."
    parts = [
        f"{n} {_one(family) if n == 1 else family_name(family)}"
        if family
        else f"{n} of no stated family"
        for family, n in families.most_common()
    ]
    total = count(sum(families.values()), "model")
    return (
        f"{total} of {count(len(families), 'family', 'families')}: {listed(parts, 9)}."
    )


def _one(family: str) -> str:
    return (
        family_name(family).removesuffix("s")
        if family.endswith("based")
        else family_name(family)
    )


def agreement(ensemble: Ensemble) -> str:
    """Say how wide models and approaches are, and how far they agree on a class."""
    rows = ensemble.rows
    widths = {
        of: rows[rows["of"] == of]
        .groupby("region")["value"]
        .agg(lambda v: v.max() - v.min())
        for of in ("model", "reference")
    }
    members = rows[rows["of"] == "model"].groupby("region")["value"].count()
    several = members[members > 1].index
    n = rows.loc[rows["of"] == "model", "approach"].nunique()
    held = count(n, "model has", "models have") if n > 1 else "One model has"
    text = f"{held} annual NEE in the regions"
    if len(several):
        text += (
            f"; they span {number(float(widths['model'][several].mean()))} "
            "g C m⁻² yr⁻¹ on average over the regions, the approaches of the reference "
            f"{number(float(widths['reference'].mean()))}"
        )
    if ensemble.classes is not None:
        alone, both = (
            agreed(ensemble.classes, of) for of in ("reference", "with_models")
        )
        text += (
            f". On average {alone} of the families share the likeliest class of a "
            "region "
            f"(sink, neutral or source), and {both} with the models"
        )
    return f"{text}."


def outside(site: Site, rows: pd.DataFrame) -> str:
    """Say where models lie beyond every approach, and which do most often.

    Parameters
    ----------
    site : Site
        Names.
    rows : DataFrame
        Of an `Ensemble`.

    Returns
    -------
    str
    """
    found = beyond(rows)
    if not found["side"].ne("").any():
        return "No model lies outside the range of all approaches in any region."
    every = found["model"].unique()
    if len(every) == 1:
        return _alone(site, str(every[0]), found)
    most = []
    for region, here in found.groupby("region", sort=False):
        n = len(here)
        for side, word in (
            ("below", "stronger sinks"),
            ("above", "weaker sinks or sources"),
        ):
            k = int((here["side"] == side).sum())
            if 2 * k > n:
                most.append(f"{site.region_name(str(region))} ({k} of {n}, {word})")
    beyond_all = found[found["side"] != ""]["model"].value_counts()
    top = beyond_all[beyond_all == beyond_all.max()]
    regions = found["region"].nunique()
    text = (
        f"Most models are outside all approaches in {listed(most, 8)}"
        if most
        else "In no region are most models outside all approaches"
    )
    names = listed((str(name) for name in top.index), 4)
    verb = "is" if len(top) == 1 else "are"
    return f"{text}; {names} {verb} outside in {int(top.iloc[0])} of {regions} regions."


def _alone(site: Site, name: str, found: pd.DataFrame) -> str:
    """Say of a single model where it lies outside, on which side."""
    words = {"below": "a stronger sink", "above": "a weaker sink or a source"}
    parts = []
    for side, word in words.items():
        ids = found.loc[found["side"] == side, "region"]
        if len(ids):
            regions = listed((site.region_name(str(id)) for id in ids), 8)
            parts.append(f"{word} than all approaches in {regions}")
    return f"{name} is {' and '.join(parts)}, of {count(len(found), 'region')} it has."


def whole_domain(site: Site, reference: str) -> str:
    """Say how many models have a whole domain only, and how they stand to approaches.

    Parameters
    ----------
    site : Site
        The run.
    reference : str
        The reference with approaches.

    Returns
    -------
    str
        Empty where no model has just the domain.
    """
    rows = [
        row
        for row in site.rows
        if (row.reference, row.metric, row.status)
        == (reference, "regional_mean", "scored")
    ]
    unions = {region.part_of for region in site.result.regions.values()}
    parts = {row.model for row in rows if row.region not in unions}
    values = [
        row.value
        for row in rows
        if row.region in unions and row.model not in parts and row.value is not None
    ]
    if not values:
        return ""
    table = site.result.approaches[reference]
    ends = table.loc[table["region"].isin(unions), "value"].dropna()
    low, high = float(ends.min()), float(ends.max())
    inside = sum(low <= value <= high for value in values)
    has = count(len(values), "model has", "models have")
    return (
        f"{has} NEE of the whole domain only; {inside} of them within the range of the "
        f"approaches ({interval(low, high)} {UNIT})."
    )


def beyond(rows: pd.DataFrame) -> pd.DataFrame:
    """Return for each model and region on which side of all approaches it lies.

    Parameters
    ----------
    rows : DataFrame
        Of an `Ensemble`.

    Returns
    -------
    DataFrame
        Columns model, region and side: below, above or empty.
    """
    ends = (
        rows[rows["of"] == "reference"].groupby("region")["value"].agg(["min", "max"])
    )
    made = []
    for row in rows[rows["of"] == "model"].to_dict("records"):
        if row["region"] not in ends.index:
            continue
        low, high = ends.loc[row["region"]]
        side = "below" if row["value"] < low else "above" if row["value"] > high else ""
        made.append((row["approach"], row["region"], side))
    return pd.DataFrame(made, columns=["model", "region", "side"])
