"""The ensemble page: its sections, in order."""

from typing import Any

from benchmark.ensemble import Ensemble, ensembles
from benchmark.report.colour import ramp
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.agreement import agreement_section
from benchmark.report.ensemble.agreement_maps import maps_section
from benchmark.report.ensemble.completeness import completeness_section
from benchmark.report.ensemble.families import families_section
from benchmark.report.ensemble.methane import class_section, methane_section
from benchmark.report.ensemble.nee import nee_section
from benchmark.report.ensemble.overview import overview
from benchmark.report.ensemble.portrait import ERROR_MAP, portrait_section
from benchmark.report.ensemble.ranks import ranks_section
from benchmark.report.ensemble.scatter import spread_section
from benchmark.report.ensemble.taylor import taylor_section
from benchmark.report.figures.probability_maps import (
    DISAGREEMENT_MAP,
    NO_MAJORITY,
    PROBABILITY_MAP,
)
from benchmark.report.figures.shares import COLOURS
from benchmark.report.site import Site

ADDRESS = "ensemble.html"


def ensemble_context(site: Site, studio: Studio) -> dict[str, Any]:
    """Return what ``ensemble.html`` shows, and draw its figures.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Draws the figures.

    Returns
    -------
    dict
        The context of the template. A section without data says why.
    """
    found = of_nee(site)
    ensemble = found[1] if found else None
    sections = [
        nee_section(site, studio, found),
        methane_section(site, studio),
        class_section(site, studio),
        agreement_section(site, studio, ensemble),
        maps_section(site, studio),
        taylor_section(site, studio),
        portrait_section(site, studio),
        completeness_section(site, studio),
        ranks_section(site, studio),
        spread_section(site, studio),
        families_section(site, studio, ensemble),
    ]
    return {
        "site": site,
        "title": "Ensemble",
        "overview": overview(site, found),
        "sections": sections,
        "class_colours": {**COLOURS, "no majority": NO_MAJORITY},
        "probability_ramp": ramp(PROBABILITY_MAP, 11),
        "error_ramp": ramp(ERROR_MAP, 11),
        "disagreement_ramp": ramp(DISAGREEMENT_MAP, 11),
    }


def of_nee(site: Site) -> tuple[str, Ensemble] | None:
    """Return the reference of NEE that is made of approaches, the first of them."""
    known = site.result.references
    for name, ensemble in ensembles(site.result).items():
        if name in known and known[name].variable == "nee":
            return name, ensemble
    return None
