"""Ensembles of a run."""

import json

import numpy as np
import pytest

from benchmark import load_suite, score_suite
from benchmark.ensemble import ensembles
from benchmark.score import write_scores


@pytest.fixture(scope="module")
def result():
    """CASA-CNP against Table 3 and against a reference without approaches."""
    references = ["treat2024_nee", "virkkala_upscaled_nee"]
    return score_suite(
        load_suite({"suite": "s", "models": ["casa-cnp"], "references": references})
    )


def test_only_references_of_several_approaches_are_ensembles(result):
    """Table 3 has five, the upscaling one."""
    assert list(ensembles(result)) == ["treat2024_nee"]


def test_families_of_table_3_by_hand(result):
    """Eastern Siberia: in-situ, upscaling, inversion and both models are sinks.

    Alaska: in-situ, upscaling and inversion neutral, both models sinks: P of a
    sink is 1/4 over four families.
    """
    table = ensembles(result)["treat2024_nee"].classes
    table = table[table["of"] == "reference"].set_index(["region", "class"])
    assert table.loc[("eastern_siberia", "sink"), "probability"] == 1.0
    assert table.loc[("alaska", "sink"), "probability"] == pytest.approx(0.25)
    assert table.loc[("alaska", "neutral"), "probability"] == pytest.approx(0.75)
    assert table.loc[("canadian_tundra", "source"), "probability"] == 0.25


def test_the_models_join_as_one_more_family(result):
    """39 values of Table 3 and 7 of the model, whose grid misses one region."""
    found = ensembles(result)["treat2024_nee"]
    assert found.regions.degrees == (7, 31)
    assert found.with_models.degrees == (7, 38)
    assert set(found.rows["of"]) == {"reference", "model"}


def test_the_file_has_the_numbers(result, tmp_path):
    """F, letters and the variants without one value, as strict JSON."""
    write_scores(result, tmp_path)
    found = json.loads((tmp_path / "ensemble.json").read_text())["treat2024_nee"]
    assert found["regions"]["F"] == pytest.approx(4.1326, abs=5e-5)
    assert found["regions"]["letters"]["western_canada"] == "b"
    assert len(found["without_one"]) == 39
    assert np.isclose(found["regions_with_approaches_as_blocks"]["F"], 5.83, atol=5e-3)


def test_sink_metrics_leave_out_the_models_own_family(result):
    """Alaska is neutral for the three other families: P = 1 for a neutral model."""
    scores = result.scores
    rows = scores[
        (scores["metric"] == "sink_source_agreement") & (scores["region"] == "alaska")
    ]
    assert rows["status"].tolist() == ["scored"]
    value = rows["value"].item()
    nee = scores[
        (scores["metric"] == "regional_mean")
        & (scores["region"] == "alaska")
        & (scores["reference"] == "treat2024_nee")
    ]["value"].item()
    assert value == (1.0 if -10 <= nee <= 10 else 0.0)
