"""What a run produced: the score table and the evidence behind it."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import xarray as xr

from benchmark.config.descriptors import Model, Reference
from benchmark.ensemble import NetFlux
from benchmark.regions import Region

COLUMNS: tuple[str, ...] = (
    "model",
    "model_version",
    "reference",
    "reference_version",
    "variable",
    "region",
    "season",
    "metric",
    "value",
    "value_low",
    "value_high",
    "units",
    "reference_value",
    "reference_low",
    "reference_high",
    "u_meas",
    "u_repr",
    "u_space",
    "u_used",
    "scale",
    "score",
    "score_u0",
    "score_low",
    "score_high",
    "score_ci_low",
    "score_ci_high",
    "ci_from",
    "score_null",
    "score_ceiling",
    "ceiling_from",
    "grade",
    "derivation",
    "mass_basis",
    "area_basis",
    "coverage",
    "n",
    "n_sites",
    "represented",
    "period",
    "status",
    "message",
)

STATUSES = ("scored", "not_assessed", "no_model_data", "no_overlap", "failed")


@dataclass(frozen=True)
class Note:
    """One thing that was done to, or noticed in, a file.

    `kind` is ``conversion`` (units, sign, area: expected work) or ``warning``
    (something the owner of the file should look at).
    """

    model: str
    variable: str
    file: str
    kind: str
    text: str


@dataclass(frozen=True)
class Evidence:
    """What stands behind the scores of one model against one reference.

    Everything is in report units (``g m-2 yr-1``, ``kg m-2``).

    maps : Dataset or None
        ``model``, ``reference``, ``difference`` (lat, lon) with lat_bnds,
        lon_bnds: the paired means on the common grid. And ``score`` (lat, lon),
        where a metric of the pair can be asked of a cell: its attribute
        ``metric`` names it, ``of_cells`` is "yes" where the score of a region
        is the average of its cells.
    cycle : Dataset or None
        ``model``, ``reference`` (region, month), optionally
        ``reference_low``, ``reference_high``.
    annual : Dataset or None
        ``model`` (region, year), optionally ``reference`` (region, year).
    relationships : dict
        Name of a metric -> ``bin_driver`` (bin,), ``bin_model``,
        ``bin_reference``, ``bin_error``, ``bin_model_count`` and
        ``bin_reference_count`` (region, bin).
    sites : Dataset or None
        ``model``, ``reference`` (site,), with the coordinates ``lat``, ``lon``,
        ``site_class`` and ``region`` (site,): means of the months that both
        have; where months are known also ``model_cycle``, ``reference_cycle``
        (site, month). Both sides are per area of what the attribute
        ``area_basis`` says: wetland, where the sites are.
    """

    maps: xr.Dataset | None = None
    cycle: xr.Dataset | None = None
    annual: xr.Dataset | None = None
    relationships: dict[str, xr.Dataset] = field(default_factory=dict)
    sites: xr.Dataset | None = None


@dataclass(frozen=True)
class RunResult:
    """Everything the report, the gate and the exports need.

    scores : DataFrame with `COLUMNS`, one number per row.
    approaches : reference name -> DataFrame with columns region, approach,
        family, value, low, high, sd_spatial, n_sites, flag (report units, see
        `approach_units`): the rows a regional reference is made of.
    sites : reference name -> DataFrame with columns site, lat, lon,
        site_class, region (id, or empty outside all of them), value (report
        units) and n: what references of sites say, whether scored or context.
        The value of a table of months is a mean over the twelve of them, NaN for
        a site that lacks one; n is how many months, years or measurements.
    evidence : (model, reference) -> Evidence
    net_fluxes : the mean NEE of gridded models and references.
    regions : region id -> Region, in report order.
    subjects : DataFrame with `benchmark.scorecard.SUBJECT_COLUMNS`: subject and
        overall scores, empty if the suite has no scorecard.
    ceilings : DataFrame with `benchmark.score.ceilings.CEILING_COLUMNS`.
    manifest : versions, command, config, sha256 of the inputs, times.
    """

    name: str
    title: str
    scores: pd.DataFrame
    models: dict[str, Model]
    references: dict[str, Reference]
    regions: dict[str, Region]
    approaches: dict[str, pd.DataFrame] = field(default_factory=dict)
    approach_units: dict[str, str] = field(default_factory=dict)
    sites: dict[str, pd.DataFrame] = field(default_factory=dict)
    evidence: dict[tuple[str, str], Evidence] = field(default_factory=dict)
    net_fluxes: tuple[NetFlux, ...] = ()
    notes: tuple[Note, ...] = ()
    subjects: pd.DataFrame = field(default_factory=pd.DataFrame)
    ceilings: pd.DataFrame = field(default_factory=pd.DataFrame)
    manifest: dict[str, Any] = field(default_factory=dict)
