"""Scorecards and suites that extend others."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.config import load_suite
from benchmark.config.scorecards import EXTRAS

Write = Callable[[str, str], Path]
Problems = Callable[..., list[str]]

CARD = """suite: s
models: [classic]
scorecard:
  nee:
    benchmarks:
      - {reference: treat2024_nee, metrics: [regional_mean], weight: 2}
      - virkkala_upscaled_nee
  productivity: {title: Plants, benchmarks: [gbaf_gpp]}
"""


def test_scorecard_brings_its_references(write: Write) -> None:
    """References need not be listed twice; extras count nothing by default."""
    suite = load_suite(write("s.yaml", CARD))
    names = [item.name for item in suite.references]
    assert names == ["treat2024_nee", "virkkala_upscaled_nee", "gbaf_gpp"]
    nee, plants = suite.scorecard
    assert (nee.title, nee.weight, plants.weight) == ("Nee", 1.0, 0.0)
    assert [item.weight for item in nee.benchmarks] == [2.0, 1.0]
    assert nee.benchmarks[0].metrics == ("regional_mean",)


def test_metric_of_the_scorecard_is_scored(write: Write) -> None:
    """A metric that only the scorecard names is added to the reference."""
    card = CARD.replace("[regional_mean]", "[regional_mean, interannual_variability]")
    (nee, *_) = load_suite(write("s.yaml", card)).references
    assert nee.scoring.metrics[-1] == "interannual_variability"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("treat2024_nee", "treat2024_ne", "Did you mean 'treat2024_nee'?"),
        ("[regional_mean]", "[regional_men]", "Did you mean 'regional_mean'?"),
        ("weight: 2", "weight: -1", "expected a weight, 0 or more"),
        (
            "title: Plants, benchmarks: [gbaf_gpp]",
            "title: P",
            "'benchmarks:' is missing",
        ),
        ("weight: 2", "wieght: 2", "Did you mean 'weight'?"),
    ],
)
def test_mistakes_are_named(
    old: str, new: str, expected: str, write: Write, problems: Problems
) -> None:
    """An unknown name has the nearest one, and the place of the mistake."""
    path = write("s.yaml", CARD.replace(old, new))
    (problem,) = problems(load_suite, path)
    assert expected in problem
    assert problem.startswith(f"{path}, line ")


def test_extending_a_suite(write: Write) -> None:
    """A suite of one's own has models and changes weights, and no more."""
    path = write(
        "s.yaml",
        "suite: mine\nextends: permafrost-carbon\nmodels: [classic]\ndraws: 0\n"
        "scorecard:\n  nee: {weight: 3}\n"
        "  mine: {benchmarks: [hwsd_soil_carbon]}\n",
    )
    suite, whole = load_suite(path), load_suite("permafrost-carbon", models=["classic"])
    assert (suite.name, suite.title, suite.draws) == ("mine", "mine", 0)
    assert suite.scorecard[0].benchmarks == whole.scorecard[0].benchmarks
    assert [item.weight for item in suite.scorecard[:2]] == [3.0, 1.0]
    assert suite.scorecard[-1].name == "mine"
    assert suite.references[-1].name == "hwsd_soil_carbon"


def test_scorecard_of_another_suite(write: Write) -> None:
    """`scorecard: NAME` takes the subjects and their references, nothing else."""
    path = write(
        "s.yaml", "suite: mine\nscorecard: permafrost-carbon\nmodels: [classic]\n"
    )
    whole = load_suite("permafrost-carbon", models=["classic"])
    assert load_suite(path).scorecard == whole.scorecard


def test_a_suite_that_extends_itself(write: Write, problems: Problems) -> None:
    """Two suites that extend each other end in an error, not in a loop."""
    write("a.yaml", "suite: a\nextends: b.yaml\n")
    path = write("b.yaml", "suite: b\nextends: a.yaml\n")
    problem = problems(load_suite, path)[0]
    assert "extends itself" in problem


def test_models_and_references_that_are_missing(
    write: Write, problems: Problems
) -> None:
    """A suite without models or references says both, and how to give models."""
    path = write("s.yaml", "suite: s\n")
    models, references = problems(load_suite, path)
    assert "'models:' is missing" in models
    assert "--model FILE" in models
    assert "'references:' is missing" in references


def test_the_default_scorecard() -> None:
    """Extras count nothing, the other subjects alike, and all have a title."""
    suite = load_suite("permafrost-carbon", models=["classic"])
    for subject in suite.scorecard:
        assert subject.weight == (0.0 if subject.name in EXTRAS else 1.0)
        assert subject.title
    counting = [subject.name for subject in suite.scorecard if subject.weight]
    assert counting == ["nee", "ch4", "soil_carbon", "seasonal_cycle"]
