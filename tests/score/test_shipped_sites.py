"""Real models at the sites that ship, recomputed from the raw tables and files."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from benchmark.config import load_suite
from benchmark.regions import open_regions, regions_of_points
from benchmark.regions.shipped import shipped
from benchmark.score import score_suite
from benchmark.score.files import write_scores
from benchmark.score.result import RunResult

MODELS = Path(__file__).parents[2] / "model_configs/data"
CASA = MODELS / "soil_bgc_testbed/casaclm_pool_flux_2000-2010_mean.nc"
ACCESS = MODELS / "access_esm1_5"
PEDONS, TOWERS = "ncscd_pedons_0_1m", "fluxnet2015_north_gpp"


@pytest.fixture(scope="module")
def result() -> RunResult:
    """CASA-CNP at pedons, ACCESS at towers, as they ship."""
    suite = {
        "suite": "shipped-sites",
        "models": ["casa-cnp", "access-esm1-5"],
        "references": [PEDONS, TOWERS],
    }
    return score_suite(load_suite(suite))


def rows_of(result: RunResult, model: str, reference: str) -> pd.DataFrame:
    """Return the rows of one pair."""
    rows = result.scores
    return rows[(rows["model"] == model) & (rows["reference"] == reference)]


def cells(data: xr.Dataset, table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return row and column of the cell with the nearest centre along each axis.

    On a regular grid that is the cell that contains a place, by other means; two
    pedons stand on an edge, and belong to the east of it.
    """
    lat, lon = data["lat"].to_numpy(), data["lon"].to_numpy()
    away = [np.abs(table["lat"].to_numpy()[:, None] - lat)]
    east = table["lon"].to_numpy()[:, None] + 1e-9
    away.append(np.abs((east - lon + 180) % 360 - 180))
    return away[0].argmin(1), away[1].argmin(1)


def region_of(table: pd.DataFrame, regions: str) -> pd.Series:
    """Return the region of each row that is not the whole."""
    inside = regions_of_points(open_regions(regions), table["lat"], table["lon"])
    ids = [id for id in inside["region"].to_numpy() if not id.endswith("_domain")]
    found = pd.Series("", index=table.index)
    for id in ids:
        found[inside.sel(region=id).to_numpy()] = id
    return found


def test_soil_carbon_at_pedons(result: RunResult) -> None:
    """Means over cells that hold pedons, each cell once, and their factor."""
    table = pd.read_csv(shipped("ncscd_pedons", "pedons.csv"), comment="#")
    table = table[table["soc_0_1m"].notna()].reset_index(drop=True)
    with xr.open_dataset(CASA, decode_times=False) as data:
        pools = ("csoilmic", "csoilslow", "csoilpass")
        soil = sum(data[name].isel(time=0) for name in pools).to_numpy() / 1000.0
        land = data["landarea"].squeeze().to_numpy() > 0
        row, column = cells(data, table)
    model = np.where(land & np.isfinite(soil), soil, np.nan)[row, column]
    table = table.assign(model=model, cell=row * 1000 + column)
    table = table.assign(region=region_of(table, "treat2024_permafrost"))
    table = table[table["model"].notna() & (table["region"] != "")]
    places = table.groupby(["region", "cell"])[["model", "soc_0_1m"]].mean()
    expected = places.groupby("region").mean()
    rows = rows_of(result, "CASA-CNP", PEDONS)
    found = rows[rows["metric"] == "stock_density"].set_index("region")
    assert len(expected) == 7
    for region, (value, reference) in expected.iterrows():
        line = found.loc[str(region)]
        assert line["value"] == pytest.approx(value, rel=1e-5)
        assert line["reference_value"] == pytest.approx(reference, rel=1e-9)
        off = max(0.0, abs(math.log(value / reference)) - math.log(1.5)) / math.log(2)
        assert line["score"] == pytest.approx(math.exp(-off), rel=1e-5)
        assert line["n"] == len(places.loc[region])
        assert line["n_sites"] == (table["region"] == region).sum()
    gelisols = table[table["site_class"] == "Gelisol"]
    each = gelisols.groupby(["region", "cell"])[["model", "soc_0_1m"]].mean()
    line = found.loc["site_class_Gelisol"]
    assert line["reference_value"] == pytest.approx(each["soc_0_1m"].mean())
    assert line["n_sites"] == len(gelisols)


def test_amplitude_at_towers(result: RunResult) -> None:
    """Ranges of mean months that both sides have, cell by cell, then the mean."""
    table = pd.read_csv(shipped("fluxnet2015_north", "monthly.csv"), comment="#")
    table = table[table["gpp"].notna()].reset_index(drop=True)
    (file,) = ACCESS.glob("gpp_*.nc")
    with xr.open_dataset(file, decode_times=False) as data:
        step = (table["year"] - 2000) * 12 + table["month"] - 1
        row, column = cells(data, table)
        model = data["gpp"].to_numpy()[step, row, column] * 86400e3
    table = table.assign(model=model, cell=row * 1000 + column)
    table = table.assign(region=region_of(table, "treat2024_boreal_tundra"))
    table = table[table["model"].notna() & (table["region"] != "")]
    keys = ["region", "cell"]
    months = table.groupby([*keys, "year", "month"])[["model", "gpp"]].mean()
    cycles = months.groupby([*keys, "month"]).mean().groupby(keys)
    enough = cycles.size() >= 3
    ranges = (cycles.max() - cycles.min())[enough]
    score = np.exp(-np.abs(np.log(ranges["model"] / ranges["gpp"])) / np.log(2))
    rows = rows_of(result, "ACCESS-ESM1-5 (10 degree)", TOWERS)
    found = rows[rows["metric"] == "seasonal_amplitude"].set_index("region")
    means = ranges.groupby("region").mean()
    assert len(means) >= 3
    for region, (mine, theirs) in means.iterrows():
        line = found.loc[str(region)]
        assert line["value"] == pytest.approx(mine / theirs, rel=1e-5)
        assert line["score"] == pytest.approx(score.loc[region].mean(), rel=1e-5)
        assert line["n"] == len(score.loc[region])


def test_intervals_hold_the_score_and_are_the_same_again(result: RunResult) -> None:
    """Sites are drawn by names, not by time; fewer than five cells have none."""
    rows = rows_of(result, "CASA-CNP", PEDONS).set_index("region")
    drawn = rows[rows["score_ci_low"].notna()]
    assert set(drawn["ci_from"]) == {"sites"}
    assert (drawn["score_ci_low"] <= drawn["score"]).all()
    assert (drawn["score"] <= drawn["score_ci_high"]).all()
    few = rows[(rows["status"] == "scored") & (rows["n"] < 5)]
    assert len(few)
    assert few["score_ci_low"].isna().all()
    assert few["message"].str.contains("few sites").all()
    again = score_suite(
        load_suite({"suite": "x", "models": ["casa-cnp"], "references": [PEDONS]})
    ).scores.set_index("region")
    columns = ["score_ci_low", "score_ci_high", "represented"]
    pd.testing.assert_frame_equal(again[columns], rows[columns])


def test_regions_without_pedons_have_a_row(result: RunResult) -> None:
    """Eastern Canada has none; that is said and counts against no model."""
    rows = rows_of(result, "CASA-CNP", PEDONS).set_index("region")
    line = rows.loc["eastern_canada"]
    assert line["status"] == "not_assessed"
    assert not line["metric"]
    assert "no site of the reference lies in this region" in line["message"]


def test_both_sides_at_each_site_are_a_file(result: RunResult, tmp_path: Path) -> None:
    """sites.csv has what the evidence has, in report units."""
    write_scores(result, tmp_path)
    table = pd.read_csv(tmp_path / "sites.csv", keep_default_na=False)
    mine = table[table["reference"] == PEDONS].set_index("site")
    sites = result.evidence[("CASA-CNP", PEDONS)].sites
    assert sites is not None
    assert len(mine) == sites.sizes["site"]
    line = mine.loc["pedon_1"]
    assert line["reference_value"] == pytest.approx(55.8)
    assert line["model_value"] == pytest.approx(
        float(sites["model"].sel(site="pedon_1"))
    )
    assert line[["region", "site_class", "units"]].tolist() == [
        "western_canada", "Gelisol", "kg m-2",
    ]  # fmt: skip
    assert set(table["model"]) == {"CASA-CNP", "ACCESS-ESM1-5 (10 degree)"}
