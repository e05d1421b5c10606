"""Worlds whose seasons, trends and relationships are known, from files to rows."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from worlds import Calendar, Cycle, World, mesh, regular, report_factor

from benchmark.config import load_suite
from benchmark.score import score_suite
from benchmark.score.files import write_scores

ROOT = Path(__file__).parents[2]
NEE = Cycle(mean=(-40.0, -10.0, 5.0, 20.0), amplitude=400.0, peak=10.0)
SEASON = [
    "extremum_shift",
    "month_of_peak",
    "uptake_period",
    "cycle_rmse",
    "summer_uptake",
]
TREND = ["theil_sen_trend", "mann_kendall"]


def scored(world: World, references: list[Path], folder: Path) -> pd.DataFrame:
    """Return the score table of one world as a model."""
    suite = {
        "suite": "worlds",
        "models": [str(world.write(folder))],
        "references": [str(path) for path in references],
        "regions": world.region_entries,
    }
    return score_suite(load_suite(suite)).scores


@pytest.mark.parametrize("kind", ["regional", "field"])
@pytest.mark.parametrize("grid", [regular(10.0), mesh(10.0)], ids=["rows", "mesh"])
def test_a_late_season(kind: str, grid: object, tmp_path: Path) -> None:
    """Thirty days late against a table and a map, in every region; all else by hand."""
    truth = World({"nee": NEE}, grid=grid, calendar=Calendar("standard", years=3))
    reference = truth.reference(
        tmp_path,
        "nee",
        SEASON,
        kind=kind,
        steps="climatology",
        tolerance=0.0,
        scale=100.0,
    )
    rows = scored(truth.shifted("nee", 30.0), [reference], tmp_path)
    assert (rows["status"] == "scored").all(), rows["message"].tolist()
    table = rows.set_index(["metric", "region"])
    np.testing.assert_allclose(table.loc["extremum_shift", "value"], 30.02, atol=0.05)
    score = 0.5 * (1 + math.cos(2 * math.pi * 30 / 365))
    np.testing.assert_allclose(table.loc["extremum_shift", "score"], score, atol=1e-3)
    np.testing.assert_allclose(table.loc["month_of_peak", "value"], 1.0, atol=1e-6)
    # The spread of a wave shifted by an angle a is 2 sin(a / 2) of the wave's.
    rmse = 2 * math.sin(math.pi * 30 / 365)
    np.testing.assert_allclose(
        table.loc["cycle_rmse", "score"], math.exp(-rmse), rtol=0.01
    )
    days = truth.calendar.lengths.mean(0) / truth.calendar.lengths.sum(1).mean()
    late = truth.shifted("nee", 30.0)
    for region in truth.regions:
        cycles = [w.climatology("nee").sel(region=region) for w in (late, truth)]
        june = [float((days * c)[5:8].sum()) * report_factor("nee") for c in cycles]
        found = table.loc[("summer_uptake", region)]
        assert found["reference_value"] == pytest.approx(june[1], abs=0.3)
        assert found["value"] == pytest.approx(june[0] - june[1], abs=0.3)
        assert found["units"] == "g m-2 yr-1"


@pytest.mark.parametrize("kind", ["regional", "field"])
def test_a_known_trend(kind: str, tmp_path: Path) -> None:
    """Twice the trend of the reference, with its interval in the row."""
    cycle = Cycle(
        mean=-20.0,
        amplitude=300.0,
        peak=10.0,
        trend=(-1.0, 0.5, 1.0, -2.0),
        anomalies=tuple(np.tile([0.3, -0.5, 0.2, 0.0], 4)),
    )
    truth = World({"nee": cycle}, grid=regular(10.0), calendar=Calendar(years=16))
    reference = truth.reference(tmp_path, "nee", TREND, kind=kind, steps="annual")
    rows = scored(truth.scaled("nee", 2.0), [reference], tmp_path)
    table = rows.set_index(["metric", "region"])
    slopes = table.loc["theil_sen_trend"]
    assert (slopes["status"] == "scored").all()
    assert set(slopes["units"]) == {"g m-2 yr-1 yr-1"}
    expected = pd.Series([-1.0, 0.5, 1.0, -2.0], truth.regions)
    np.testing.assert_allclose(
        slopes["reference_value"], expected[slopes.index], atol=0.03
    )
    np.testing.assert_allclose(slopes["value"], 2 * slopes["reference_value"])
    assert (slopes["value_low"] <= slopes["value"]).all()
    assert (slopes["value_high"] >= slopes["value"]).all()
    assert (slopes["reference_low"] <= slopes["reference_value"]).all()
    assert (slopes["score"] < 0.2).all()
    ways = table.loc["mann_kendall"]
    assert (ways["value"] == np.sign(expected[ways.index])).all()
    assert (ways["score"] == 1.0).all()
    assert ways["message"].str.contains("(p < 0.001)", regex=False).all()


def test_ten_years_are_no_trend(tmp_path: Path) -> None:
    """They are not assessed, with the number found."""
    truth = World({"nee": NEE}, grid=regular(10.0), calendar=Calendar(years=10))
    reference = truth.reference(tmp_path, "nee", TREND, kind="regional", steps="annual")
    rows = scored(truth, [reference], tmp_path)
    assert set(rows["status"]) == {"not_assessed"}
    assert rows["message"].str.contains("needs 15 years of both; found 10").all()


def test_a_relationship_of_regions(tmp_path: Path) -> None:
    """GPP to NPP over eighty region-years: perfect, then twice as steep, with bins."""
    npp = Cycle(
        (120.0, 170.0, 220.0, 270.0),
        60.0,
        anomalies=tuple(np.tile([-20.0, 0.0, 0.0, 20.0], 5)),
    )
    gpp = Cycle((240.0, 340.0, 440.0, 540.0), 60.0)
    truth = World(
        {"gpp": gpp, "npp": npp}, grid=regular(10.0), calendar=Calendar(years=20)
    )
    truth.reference(
        tmp_path,
        "npp",
        ["regional_mean"],
        kind="regional",
        name="driver",
        tolerance=0.0,
        scale=1.0,
    )
    reference = truth.reference(
        tmp_path,
        "gpp",
        ["relationship_npp"],
        kind="regional",
        companions={"npp": "driver.yaml"},
    )
    for name, world in (("same", truth), ("twice", truth.scaled("gpp", 2.0))):
        suite = {
            "suite": name,
            "models": [str(world.write(tmp_path, name))],
            "references": [str(reference)],
        }
        result = score_suite(load_suite(suite))
        rows = result.scores
        assert rows["region"].tolist() == ["all_regions"]
        assert rows["status"].tolist() == ["scored"], rows["message"].tolist()
        error = {"same": 0.0, "twice": 1.0}[name]
        assert float(rows["value"].iloc[0]) == pytest.approx(error, abs=1e-3)
        assert rows["score"].iloc[0] > {"same": 0.999, "twice": 0.36}[name]
        write_scores(result, tmp_path / name)
        bins = pd.read_csv(tmp_path / name / "relationships.csv")
        assert bins["n_reference"].sum() >= 75
        factor = {"same": 1.0, "twice": 2.0}[name]
        np.testing.assert_allclose(
            bins["mean_model"], factor * bins["mean_reference"], rtol=1e-3
        )
        assert set(bins["units"]) == {"g m-2 yr-1"}


def test_respiration_and_warmth(tmp_path: Path) -> None:
    """A model in the reference's climate has its law; one 40 K warmer nothing of it."""
    mean = (262.0, 264.2, 266.2, 268.2)
    reco = Cycle((200.0, 300.0, 400.0, 500.0), 100.0)
    truth = World(
        {
            "reco": reco,
            "tas": Cycle(mean, 15.0, anomalies=tuple(np.tile([-0.5, 0.5], 10))),
        },
        grid=regular(10.0),
        calendar=Calendar(years=20),
    )
    truth.reference(
        tmp_path,
        "tas",
        ["regional_mean"],
        kind="regional",
        name="climate",
        tolerance=0.0,
        scale=1.0,
    )
    reference = truth.reference(
        tmp_path,
        "reco",
        ["relationship_tas"],
        kind="regional",
        companions={"tas": "climate.yaml"},
    )
    warm = truth.changed("tas", mean=tuple(value + 40.0 for value in mean))
    for name, world, score in (("same", truth, 1.0), ("warm", warm, 0.0)):
        suite = {
            "suite": name,
            "models": [str(world.write(tmp_path, name))],
            "references": [str(reference)],
        }
        rows = score_suite(load_suite(suite)).scores
        message = rows["message"].tolist()
        assert rows["region"].tolist() == ["all_regions"], message
        assert rows["score"].tolist() == pytest.approx([score], abs=1e-6), message
        assert ("covers 0% of the bins" in message[0]) is (name == "warm")


def test_against_the_upscaled_cycle_that_ships(tmp_path: Path) -> None:
    """Uptake days, months and summers of its table, computed from the raw numbers."""
    world = World(
        {"nee": Cycle(-20.0, 400.0, 15.0)},
        calendar=Calendar("noleap", 2000, 10),
        pattern=0.0,
    )
    suite = {
        "suite": "shipped",
        "models": [str(world.write(tmp_path))],
        "references": ["virkkala_upscaled_nee_climatology"],
    }
    rows = score_suite(load_suite(suite)).scores
    rows = rows[rows["status"] == "scored"].set_index(["metric", "region"])
    path = ROOT / "references/virkkala_upscaled/nee_monthly_climatology.csv"
    table = pd.read_csv(path, comment="#").pivot_table("value", "month", "region")
    lengths = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    middle = np.array(
        [15.5, 45, 74.5, 105, 135.5, 166, 196.5, 227.5, 258, 288.5, 319, 349.5]
    )
    regions = rows.loc["uptake_period"].index
    assert len(regions) >= 4
    for region in regions:
        amounts = table[region].to_numpy()
        days = np.arange(0, 365, 0.01)
        rates = np.interp(days, middle, amounts / lengths, period=365)
        expected = (rates < 0).sum() / 100
        found = rows.loc[("uptake_period", region), "reference_value"]
        assert found == pytest.approx(expected, abs=0.1)
        found = rows.loc[("summer_uptake", region), "reference_value"]
        assert found == pytest.approx(amounts[5:8].sum(), rel=0.01)
        # The world peaks in July: day 15 and half a year.
        months = 7 - (np.argmin(amounts / lengths) + 1)
        assert rows.loc[("month_of_peak", region), "value"] == pytest.approx(months)
