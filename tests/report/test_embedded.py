"""The numbers that the first page embeds for its script."""

import json

import numpy as np

from benchmark.report.cells import cell
from benchmark.report.embedded import STATES, embedded
from benchmark.report.site import open_site


def test_scores_are_those_of_cells(result):
    """A region's score is the rule of the matrix for the rows of that region."""
    site = open_site(result(("CLASSIC",)))
    data = embedded(site)
    place = data["models"].index("classic")
    pair = ("gridded_gpp", "western_canada")
    rows = [r for r in site.by_model["CLASSIC"] if (r.reference, r.region) == pair]
    about = data["benchmarks"]["gridded-gpp.gpp.regions"]
    score, value = about["regions"]["western-canada"]["cells"][place]
    assert score == round(cell(rows).score, 4) == 0.7
    assert value == 400.0
    assert about["regions"]["western-canada"]["ref"] == "500"
    assert (about["what"], about["unit"]) == ("Regional mean", "g C m⁻² yr⁻¹")


def test_no_number_has_its_state(result):
    """A pair without a number has its state; one without a row has 0."""
    site = open_site(result(("CLASSIC",)))
    about = embedded(site)["benchmarks"]
    alaska = about["gridded-gpp.gpp.regions"]["regions"]["alaska"]["cells"]
    assert [STATES[code] for code in alaska] == ["no_overlap", "failed"]
    west = about["table3.nee.regions"]["regions"]["western-canada"]["cells"]
    assert west[1] == 0


def test_what_is_not_finite_is_left_out(result):
    """A value of infinity is no JSON, and stops no page."""
    run = result(("CLASSIC",))
    run.scores.loc[run.scores["reference"] == "gridded_gpp", "value"] = np.inf
    text = json.dumps(embedded(open_site(run)), allow_nan=False)
    assert json.loads(text)["models"] == ["classic", "cesm2-waccm"]
