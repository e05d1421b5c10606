"""Ranges and directions that the source paper states, through a whole run."""

import numpy as np
import pandas as pd
import pytest
import yaml

from benchmark import load_suite, score_suite

YEARS = np.arange(1990, 2011)
FIRES = {"like-the-range": 200.0, "hardly": 10.0, "ten-times": 2000.0}  # Tg C yr-1
REFERENCES = ["treat2024_fire_budget", "treat2024_trend_nee", "treat2024_trend_gpp"]


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Rows by model, variable and region of tables with fires and trends."""
    place = tmp_path_factory.mktemp("tables")
    noise = np.random.default_rng(1).normal(size=YEARS.size)
    models = []
    for name, fire in FIRES.items():
        burnt = [("boreal_tundra_domain", year, fire) for year in YEARS]
        pd.DataFrame(burnt, columns=["region", "year", "fFire"]).to_csv(
            place / f"{name}-fire.csv", index=False
        )
        fluxes = pd.DataFrame(
            {
                "region": "siberian_tundra",
                "year": YEARS,
                "nee": -5.0 + noise,
                "gpp": 200.0 + noise + 2.0 * (YEARS - 1990),
            }
        )
        fluxes.to_csv(place / f"{name}-fluxes.csv", index=False)
        about = {"mass_basis": "C", "area_basis": "land"}
        flux = {"files": f"{name}-fluxes.csv", "units": "g m-2 yr-1", **about}
        fire_table = {"files": f"{name}-fire.csv", "units": "Tg yr-1", **about}
        variables = {
            "fFire": {**fire_table, "name": "fFire", "statistic": "total"},
            "nee": {**flux, "name": "nee", "sign": "up"},
            "gpp": {**flux, "name": "gpp"},
        }
        path = place / f"{name}.yaml"
        path.write_text(yaml.safe_dump({"model": name, "variables": variables}))
        models.append(str(path))
    suite = {"suite": "words", "models": models, "references": REFERENCES, "draws": 0}
    rows = score_suite(load_suite(suite)).scores
    assert not rows["status"].isin(["failed", "no_overlap"]).any()
    keys = rows[["model", "variable", "region"]].agg(" ".join, axis=1)
    return rows.set_index(keys)


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("like-the-range", 1.0),
        ("hardly", np.exp(-90 / 150)),
        ("ten-times", np.exp(-1600 / 150)),
    ],
)
def test_fires_are_held_against_their_range(
    scores: pd.DataFrame, name: str, score: float
) -> None:
    """100 to 400 Tg C yr-1; beyond, half of the width scores 1/e."""
    row = scores.loc[f"{name} fFire boreal_tundra_domain"]
    assert row["value"] == pytest.approx(FIRES[name])
    assert row["score"] == pytest.approx(score)
    assert (row["units"], row["grade"]) == ("Tg yr-1", "C")


def test_directions_of_tundra_trends_are_held_against_what_is_stated(
    scores: pd.DataFrame,
) -> None:
    """No clear change of NEE despite increases of GPP: both are so here."""
    for variable, direction in (("nee", 0.0), ("gpp", 1.0)):
        row = scores.loc[f"hardly {variable} siberian_tundra"]
        assert (row["value"], row["reference_value"]) == (direction, direction)
        assert row["score"] == 1.0
