"""What an ensemble says in a run: approaches and models, region by region."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.ensemble.leaving_out import without_one
from benchmark.ensemble.variance import (
    Comparison,
    compare,
    compare_blocked,
)
from benchmark.recent import Recent
from benchmark.statistics.sink_source import (
    family_shares,
    flux_class,
    probability,
    probability_interval,
)

if TYPE_CHECKING:
    from benchmark.score import RunResult

# A table of fewer approaches or regions is no ensemble.
FEWEST_APPROACHES = 3
FEWEST_REGIONS = 3
# Tables and pages ask for those of the same run, before and after it is settled.
_made: "Recent[Ensemble]" = Recent(32)
# The class of a flux, g C m-2 yr-1.
_THRESHOLD = 10.0


@dataclass(frozen=True)
class Ensemble:
    """The approaches of one reference, alone and with the models of a run.

    Parameters
    ----------
    rows : DataFrame
        Columns region, approach, family, value (report units) and of, which
        is ``reference`` or ``model``; derived domains are left out.
    regions : Comparison
        Of regions, over the approaches of the reference.
    blocked, families : Comparison
        Of regions with approaches as blocks, and the other way round.
    without : DataFrame
        From `without_one`.
    with_models : Comparison or None
        Of regions, the models counted as one more family: their mean.
    classes : DataFrame or None
        For NEE: columns region, class, probability, low, high, of which
        (``reference`` or ``with_models``).
    """

    rows: pd.DataFrame
    regions: Comparison
    blocked: Comparison
    families: Comparison
    without: pd.DataFrame
    with_models: Comparison | None
    classes: pd.DataFrame | None

    def as_json(self) -> dict[str, Any]:
        """Return everything as lists and texts, for a file."""
        made = {
            "descriptive": "approaches are no independent replicates",
            "regions": _described(self.regions),
            "regions_with_approaches_as_blocks": _described(self.blocked),
            "approaches_with_regions_as_blocks": _described(self.families),
            "without_one": self.without.to_dict("records"),
        }
        if self.with_models is not None:
            made["regions_with_models"] = _described(self.with_models)
        if self.classes is not None:
            made["classes"] = self.classes.to_dict("records")
        return made


def ensembles(result: "RunResult") -> dict[str, Ensemble]:
    """Return the ensembles of a run by the name of the reference.

    Parameters
    ----------
    result : RunResult
        A finished run.

    Returns
    -------
    dict
        Of the regional references that have at least `FEWEST_APPROACHES`
        approaches in `FEWEST_REGIONS` regions; empty without any.
    """
    found = {}
    for name, table in result.approaches.items():
        rows = _of_reference(table)
        if _is_ensemble(rows):
            nee = result.references[name].variable == "nee"
            found[name] = _remembered(rows, _of_models(result, name), nee=nee)
    return found


def _remembered(rows: pd.DataFrame, models: pd.DataFrame, *, nee: bool) -> Ensemble:
    key = rows.to_csv(index=False), models.to_csv(index=False), nee
    return _made.get(key, lambda: _ensemble(rows, models, with_classes=nee))


def _of_reference(table: pd.DataFrame) -> pd.DataFrame:
    kept = table[table["value"].notna() & ~table["region"].str.endswith("_domain")]
    return kept[["region", "approach", "family", "value"]].assign(of="reference")


def _is_ensemble(rows: pd.DataFrame) -> bool:
    count = rows.groupby("region")["approach"].nunique()
    return int((count >= FEWEST_APPROACHES).sum()) >= FEWEST_REGIONS


def _of_models(result: "RunResult", reference: str) -> pd.DataFrame:
    """Return the regional means of the models, as they were scored."""
    scores = result.scores
    mine = scores[
        (scores["reference"] == reference)
        & (scores["status"] == "scored")
        & (scores["metric"] == "regional_mean")
        & ~scores["region"].str.endswith("_domain")
    ]
    families = {name: model.family for name, model in result.models.items()}
    return pd.DataFrame(
        {
            "region": mine["region"],
            "approach": mine["model"],
            "family": mine["model"].map(families),
            "value": mine["value"],
            "of": "model",
        }
    )


def _ensemble(
    rows: pd.DataFrame, models: pd.DataFrame, *, with_classes: bool
) -> Ensemble:
    both = None
    if len(models):
        mean = models.groupby("region", sort=False)["value"].mean().reset_index()
        ours = mean.assign(approach="models of this run", family="models")
        both = compare(pd.concat([rows, ours], ignore_index=True))
    every = pd.concat([rows, models], ignore_index=True)
    return Ensemble(
        rows=every,
        regions=compare(rows),
        blocked=compare_blocked(rows),
        families=compare_blocked(rows, "approach", "region"),
        without=without_one(rows.reset_index(drop=True)),
        with_models=both,
        classes=_classes(rows, every) if with_classes else None,
    )


def _classes(rows: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    kinds = {"reference": rows}
    if len(every) > len(rows):
        kinds["with_models"] = every
    return pd.concat(
        [_probabilities(table).assign(of=name) for name, table in kinds.items()],
        ignore_index=True,
    )


def _probabilities(rows: pd.DataFrame) -> pd.DataFrame:
    """Return P of sink, neutral and source by region, with intervals."""
    regions = list(dict.fromkeys(rows["region"]))
    wide = rows.pivot_table("value", "approach", "region", sort=False)[regions]
    family = rows.drop_duplicates("approach").set_index("approach")["family"]
    values = xr.DataArray(
        wide.to_numpy(), {"region": regions}, dims=("member", "region")
    )
    classes = flux_class(values, _THRESHOLD)
    families = family.reindex(wide.index).to_numpy(str)
    likely = probability(family_shares(classes, families))
    ends = probability_interval(classes, families)
    return pd.DataFrame(
        [
            {
                "region": region,
                "class": name,
                "probability": float(likely.sel({"class": name, "region": region})),
                "low": float(ends.sel({"class": name, "region": region})[0]),
                "high": float(ends.sel({"class": name, "region": region})[1]),
            }
            for region in regions
            for name in likely["class"].to_numpy().tolist()
        ]
    )


def _described(found: Comparison) -> dict[str, Any]:
    made: dict[str, Any] = {
        "factor": found.factor,
        "block": found.block,
        "F": found.statistic,
        "p_value": found.p_value,
        "degrees_of_freedom": list(found.degrees),
        "count": dict(found.count),
        "means": {name: float(np.round(v, 6)) for name, v in found.means.items()},
    }
    if len(found.pairs):
        made["letters"] = dict(found.letters)
        made["pairs"] = found.pairs.to_dict("records")
    return made
