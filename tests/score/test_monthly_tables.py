"""A model given as a table of months is scored by its seasons, as a map is."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from benchmark import load_suite, score_suite
from benchmark.shipped import folder

REFERENCE = "virkkala_upscaled_nee_climatology"
CYCLES = pd.read_csv(
    folder("references") / "virkkala_upscaled" / "nee_monthly_climatology.csv",
    comment="#",
).pivot_table(index="month", columns="region", values="value")
LENGTHS = np.array([31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) / 30.0
MODELS = {
    "same": lambda cycle: cycle,
    "a-month-late": lambda cycle: np.roll(cycle, 1),
    "opposite": lambda cycle: -cycle,
    "twice": lambda cycle: 2.0 * cycle,
    # The same rate in every month: amounts as the lengths of the months.
    "constant": lambda cycle: 5.0 * LENGTHS,
}


def model_table(folder: Path, name: str) -> Path:
    """Write ten equal years of months in g C m-2 month-1, and their model."""
    rows = [
        {"region": region, "year": year, "month": month, "nee": value}
        for region in CYCLES
        for year in range(2000, 2010)
        for month, value in enumerate(MODELS[name](CYCLES[region].to_numpy()), 1)
    ]
    pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)
    nee = {"units": "g m-2 month-1", "mass_basis": "C", "area_basis": "land"}
    model = {
        "model": name,
        "files": f"{name}.csv",
        "variables": {"nee": {**nee, "name": "nee", "sign": "up"}},
    }
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(model))
    return folder / f"{name}.yaml"


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Rows of all models in Western Canada, by model and metric."""
    place = tmp_path_factory.mktemp("tables")
    models = [str(model_table(place, name)) for name in MODELS]
    suite = {"suite": "months", "models": models, "references": [REFERENCE]}
    rows = score_suite(load_suite(suite)).scores
    assert not rows["status"].isin(["failed", "no_overlap"]).any()
    here = rows[rows["region"] == "western_canada_boreal_tundra"]
    return here.set_index(["model", "metric"])


def test_a_table_equal_to_the_reference_scores_one(scores: pd.DataFrame) -> None:
    """Every metric of the seasons, without a tolerance too."""
    found = scores.loc["same"]
    assert len(found) == 7
    assert found["status"].eq("scored").all()
    np.testing.assert_allclose(found["score"].astype(float), 1.0, atol=2e-3)


def test_a_table_a_month_late_is_late_by_a_month(scores: pd.DataFrame) -> None:
    """30 to 31 days by the harmonic and by the peak, and no other amplitude."""
    found = scores.loc["a-month-late"]["value"]
    assert found["seasonal_phase"] == pytest.approx(30.5, abs=0.5)
    assert found["extremum_shift"] == pytest.approx(30.5, abs=1.5)
    assert found["month_of_peak"] == 1
    assert found["seasonal_amplitude"] == pytest.approx(1.0, abs=0.1)


def test_an_opposite_table_scores_nothing_of_phase_and_uptake(
    scores: pd.DataFrame,
) -> None:
    """Half a year off, and no day of uptake where the reference has them."""
    found = scores.loc["opposite"]["score"]
    assert found["seasonal_phase"] == pytest.approx(0.0, abs=1e-6)
    assert found["uptake_period"] == pytest.approx(0.0, abs=1e-3)


def test_twice_the_cycle_has_its_phase_and_a_third_of_the_score_of_size(
    scores: pd.DataFrame,
) -> None:
    """A factor of two is 1/e."""
    found = scores.loc["twice"]
    assert found.loc["seasonal_phase", "score"] == pytest.approx(1.0)
    assert found.loc["seasonal_amplitude", "value"] == pytest.approx(2.0)
    assert found.loc["seasonal_amplitude", "score"] == pytest.approx(np.exp(-1))


def test_a_constant_table_has_no_phase_and_is_told_so(scores: pd.DataFrame) -> None:
    """It is the model that has nothing to time, not the reference."""
    found = scores.loc["constant"]
    assert found.loc["seasonal_phase", "status"] == "not_assessed"
    assert "the model is flat" in str(found.loc["seasonal_phase", "message"])
    assert found.loc["seasonal_amplitude", "score"] == 0.0
