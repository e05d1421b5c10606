"""Scores a suite: every model against every reference, failures as rows."""

import math
from collections.abc import Callable

from benchmark.config.descriptors import Suite
from benchmark.harmonise.variables import VARIABLES
from benchmark.score.ceilings import ceilings, with_ceilings
from benchmark.score.gathered import Gathered
from benchmark.score.manifest import make_manifest
from benchmark.score.mixed_rungs import mixed_rungs
from benchmark.score.one_variable import score_variable
from benchmark.score.references import all_regions, approaches_of, open_reference
from benchmark.score.result import RunResult
from benchmark.score.rows import table
from benchmark.score.site_tables import sites_of
from benchmark.score.thermal_consistency import thermal_consistency
from benchmark.scorecard import subject_table

Progress = Callable[[str], None]


def score_suite(suite: Suite, *, progress: Progress | None = None) -> RunResult:
    """Score every model of a suite against every reference.

    Parameters
    ----------
    suite : Suite
        From `benchmark.load_suite`.
    progress : callable, optional
        Called with a text before each model.

    Returns
    -------
    RunResult
        The score table with a row for everything, scored or not.

    Raises
    ------
    ConfigError
        If a metric or a region of the suite is unknown.

    Examples
    --------
    >>> from benchmark.config import load_models, load_reference, Suite
    >>> suite = Suite("s", "S", load_models("casa-cnp"),
    ...               (load_reference("treat2024_nee"),), source=None)
    >>> result = score_suite(suite)
    >>> set(result.scores["status"]) <= {"scored", "not_assessed"}
    True
    """
    opened = [open_reference(reference, suite) for reference in suite.references]
    run = Gathered(draws=suite.draws)
    for item in opened:
        if item.sites is not None:
            run.note("", item.reference.variable, item.sites, [*item.sites.warnings])
    for model in suite.models:
        if progress is not None:
            progress(model.name)
        for variable in dict.fromkeys(item.reference.variable for item in opened):
            against = [item for item in opened if item.reference.variable == variable]
            score_variable(model, VARIABLES[variable], against, suite.period, run)
    run.notes += mixed_rungs(run.rows)
    run.notes += thermal_consistency(run.rows)
    limits, regions = ceilings(opened), all_regions(opened)
    areas = {id: region.land_area_Mkm2 or math.nan for id, region in regions.items()}
    names = [model.name for model in suite.models]
    return RunResult(
        name=suite.name,
        title=suite.title,
        scores=table(with_ceilings(run.rows, limits)),
        models={model.name: model for model in suite.models},
        references={item.reference.name: item.reference for item in opened},
        regions=regions,
        approaches=approaches_of(opened),
        approach_units={
            item.reference.name: VARIABLES[item.reference.variable].report_units
            for item in opened
        },
        sites=sites_of(opened),
        evidence=run.evidence,
        net_fluxes=tuple(run.net_fluxes.values()),
        notes=tuple(dict.fromkeys(run.notes)),
        subjects=subject_table(run.rows, suite.scorecard, names, areas),
        ceilings=limits,
        manifest=make_manifest(suite, run.files),
    )
