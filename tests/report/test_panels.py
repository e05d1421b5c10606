"""Small multiples by region, and scores by subject, of one model."""

from dataclasses import replace

import numpy as np
import pandas as pd

from benchmark.report.card import card_weights
from benchmark.report.panels import core_pages, lay_panels
from benchmark.report.site import open_site
from benchmark.report.subject_strip import subject_strip
from benchmark.scorecard import SUBJECT_COLUMNS


def test_panels(result):
    """A region has NEE among its references, in words, and scores by variable."""
    site = open_site(result(("CLASSIC",)))
    assert core_pages(site) == ["alaska", "western_canada"]
    panels = lay_panels(site, "CLASSIC")
    alaska, west = panels.panels
    assert (alaska.value, alaska.verdict) == (-5.0, "in agreement")
    assert (west.value, west.verdict) == (-10.0, "too weak a sink")
    # GPP has a mean of 0.8 and a phase of 0.6; NEE 0.25 here and 0.9 without limit.
    scores = dict(west.scores)
    assert np.isclose(scores["GPP"], 0.7)
    assert np.isclose(scores["NEE"], (0.25 + 0.9) / 2)
    assert panels.chart.lanes[west.lane].label == "Western Canada"


def test_no_nee(result):
    """A model without NEE has its scores, and no strip."""
    run = result(("CLASSIC",))
    scores = run.scores[run.scores["variable"] != "nee"]
    panels = lay_panels(open_site(replace(run, scores=scores)), "CLASSIC")
    assert panels.chart is None
    assert all(panel.lane is None for panel in panels.panels)
    assert panels.panels[0].scores == (("soil carbon", 1.0),)


def subjects(**overall):
    plain = dict.fromkeys(SUBJECT_COLUMNS, np.nan) | {
        "model": "CLASSIC",
        "message": "",
        "completeness": 1.0,
        "grade": "B",
        "score": 0.6,
        "reference": "",
        "subject": "",
    }
    lines = [
        {"level": "overall", "title": "Overall"} | overall,
        {"level": "subject", "subject": "nee", "title": "NEE", "weight": 2.0},
        {
            "level": "benchmark",
            "subject": "nee",
            "reference": "table3",
            "weight": 1.0,
        },
        {
            "level": "benchmark",
            "subject": "nee",
            "reference": "upscaled",
            "weight": 0.5,
        },
        {"level": "subject", "subject": "gpp", "title": "GPP", "weight": 0.0},
        {
            "level": "benchmark",
            "subject": "gpp",
            "reference": "gridded_gpp",
            "weight": 1.0,
        },
    ]
    return pd.DataFrame([plain | line for line in lines], columns=list(SUBJECT_COLUMNS))


def test_weights_of_references():
    """Half for being there, half for the weights: of the largest subject all."""
    weights = card_weights(subjects())
    assert weights == {"table3": 1.0, "upscaled": 0.75, "gridded_gpp": 0.5}
    assert card_weights(pd.DataFrame()) == {}


def test_subject_strip(result):
    """A subject has its null model and its ceiling over the same numbers."""
    run = result(("CLASSIC",))
    table = run.scores["reference"] == "table3"
    scores = run.scores.assign(
        score_null=np.where(table, 0.7, np.nan),
        score_ceiling=np.where(table & (run.scores["region"] == "alaska"), 0.9, np.nan),
    )
    site = open_site(replace(run, scores=scores, subjects=subjects()))
    strip = subject_strip(site, "CLASSIC")
    nee, gpp = strip.subjects
    assert (nee.title, nee.weight) == ("NEE", 2.0)
    assert np.allclose(nee.null, ((1.0 + 0.25) / 2, 0.7))
    assert np.allclose(nee.ceiling, (1.0, 0.9))
    assert gpp.null is None
    assert subject_strip(site, "CESM2-WACCM") is None
    assert subject_strip(open_site(run), "CLASSIC") is None
