"""References of a suite, opened once for all models."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace

import dask
import pandas as pd

from benchmark.config import companion_reference
from benchmark.config.descriptors import Reference, Suite
from benchmark.errors import ConfigError, InputError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.model import open_reference_field
from benchmark.harmonise.plausibility import check_table
from benchmark.harmonise.sites import harmonise_sites
from benchmark.harmonise.soil.depth_names import SOIL_DEPTHS
from benchmark.harmonise.table import harmonise_rows, plain_factor
from benchmark.harmonise.variables import VARIABLES
from benchmark.metrics import Metric, metrics
from benchmark.readers import expand, open_regional_table, open_sites
from benchmark.regions import Region, Regions, open_regions
from benchmark.score.checks import lazy_checks, run_checks
from benchmark.score.reference_rows import family_of
from benchmark.score.task import Numbers


@dataclass(frozen=True)
class OpenedReference:
    """A reference with its regions and metrics, ready to score against."""

    reference: Reference
    regions: Regions
    metrics: tuple[Metric[...], ...]
    field: Harmonised | None = None
    rows: pd.DataFrame | None = None
    sites: Harmonised | None = None
    companions: "Mapping[str, OpenedReference | str]" = dataclasses.field(
        default_factory=dict
    )
    problem: str = ""


def open_reference(reference: Reference, suite: Suite) -> OpenedReference:
    """Open a reference with its metrics and regions.

    Parameters
    ----------
    reference : Reference
        From the suite.
    suite : Suite
        Whose metrics and regions replace those of gridded references.

    Returns
    -------
    OpenedReference
        With the `problem` where its file cannot be used: the models are then
        told so in their rows.

    Raises
    ------
    ConfigError
        If a metric or a region is unknown.
    """
    chosen = suite.metrics if suite.metrics and reference.kind == "field" else ()
    names = chosen or reference.scoring.metrics
    made = []
    for name in names:
        try:
            made.append(metrics.get(name))
        except KeyError as error:
            raise ConfigError([f"{reference.source}: {error.args[0]}"]) from error
    made.sort(key=lambda metric: metric.kinds == ("composite",))
    where: object = reference.regions
    if suite.regions and reference.kind == "field":
        where = list(suite.regions)
    try:
        regions = open_regions(where)  # type: ignore[arg-type]
    except (ValueError, KeyError, OSError) as error:
        raise ConfigError([f"{suite.source or reference.source}: {error}"]) from error
    companions = _companions_of(reference, suite)
    ready = OpenedReference(reference, regions, tuple(made), companions=companions)
    try:
        if reference.kind == "sites":
            return replace(ready, sites=_open_sites(reference))
        if reference.kind == "field":
            return replace(ready, field=open_reference_field(reference))
        rows = open_regional_table(expand(reference.data.files)[0])
        variable = VARIABLES[reference.variable]
        rows = harmonise_rows(rows, reference, variable)
        known = set(regions.ids)
        unknown = sorted(set(rows["region"]) - known)
        if unknown:
            msg = (
                f"{reference.data.files[0]}: regions {', '.join(unknown)} are not in "
                f"'{reference.regions}', which has {', '.join(regions.ids)}."
            )
            raise InputError(msg)
        means = rows["mean"].dropna().to_xarray() * variable.report_factor
        if means.size and not reference.data.value_of:
            check_table(means, variable, str(reference.data.files[0]))
        return replace(ready, rows=rows)
    except InputError as error:
        return replace(ready, problem=str(error))


def _open_sites(reference: Reference) -> Harmonised:
    """Open a table of sites, and test it as the field of a model is tested."""
    variable = VARIABLES[reference.variable]
    data = open_sites(reference.data.files)
    sites = harmonise_sites(data, reference.data, variable)
    (found,) = dask.compute(lazy_checks(sites, variable))
    # A mean of sites, perhaps of summers only, is none of a region and a year.
    of_sites = replace(variable, regional=variable.plausible)
    warnings = run_checks(sites, of_sites, found)
    return replace(sites, warnings=(*sites.warnings, *warnings))


def _companions_of(
    reference: Reference, suite: Suite
) -> dict[str, OpenedReference | str]:
    """Open the references of other variables that a reference names."""
    found: dict[str, OpenedReference | str] = {}
    for variable, name in reference.companions:
        if name == "model":
            found[variable] = name
            continue
        beside = companion_reference(name, reference.source.parent)
        depth = SOIL_DEPTHS.get(variable)
        expected = "cSoil" if depth else variable
        if beside.variable != expected or (depth and beside.data.depth != depth):
            of = f"{beside.variable}, depth {beside.data.depth}" * bool(depth)
            msg = (
                f"{reference.source}: companions: '{name}' is of "
                f"{of or beside.variable}; expected a reference of {variable}."
            )
            raise ConfigError([msg])
        found[variable] = open_reference(beside, suite)
    return found


def numbers_of(item: OpenedReference, *, all_rows: bool = False) -> Numbers:
    """Return tolerance, scale and null models, in report units.

    Parameters
    ----------
    item : OpenedReference
        The reference.
    all_rows : bool
        Whether it is compared whole: no row is of the model's own family.

    Returns
    -------
    Numbers
    """
    scoring = item.reference.scoring
    numbers = Numbers(
        tolerance=scoring.tolerance,
        scale=scoring.scale,
        relative_tolerance=scoring.relative_tolerance,
    )
    if all_rows and scoring.tolerance_all_rows is not None:
        numbers = replace(numbers, tolerance=scoring.tolerance_all_rows)
    if all_rows and scoring.scale_all_rows is not None:
        numbers = replace(numbers, scale=scoring.scale_all_rows)
    return numbers


def all_regions(opened: list[OpenedReference]) -> dict[str, Region]:
    """Return the regions of all references, in the order they come."""
    return {region.id: region for item in opened for region in item.regions}


def approaches_of(opened: list[OpenedReference]) -> dict[str, pd.DataFrame]:
    """Return the rows that regional references are made of, in report units."""
    found = {}
    for item in opened:
        if item.rows is None:
            continue
        factor = VARIABLES[item.reference.variable].report_factor
        if plain_factor(item.reference.data) is not None:
            factor = 1.0
        # Years and months are drawn elsewhere; here each approach is one number.
        rows = _one_per_approach(item.rows)
        found[item.reference.name] = pd.DataFrame(
            {
                "region": rows["region"],
                "approach": rows["approach"],
                "family": rows["family"].map(family_of),
                "value": rows["mean"] * factor,
                "low": rows["mean_low"] * factor,
                "high": rows["mean_high"] * factor,
                "sd_spatial": rows["sd_spatial"] * factor,
                "n_sites": rows["n_sites"],
                "flag": rows["flag"],
            }
        )
    return found


def _one_per_approach(rows: pd.DataFrame) -> pd.DataFrame:
    keys = ["region", "approach", "family", "flag"]
    numbers = ["mean", "mean_low", "mean_high", "sd_spatial", "n_sites"]
    grouped = rows.groupby(keys, sort=False, dropna=False)[numbers].mean()
    return grouped.reset_index()
