"""Shares by depth and turnover times through a whole run, on a known soil."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml

from benchmark import load_suite, score_suite

LAT, LON = np.arange(40.5, 84, 1.0), np.arange(-179.5, 180, 1.0)
YEAR = 365.2425 * 86400.0
# Two layers straddle 1 m; 6 + 8 x 0.5 = 10 lie above it, 16 in 0-3 m.
EDGES = np.array([[0.0, 0.5], [0.5, 1.5], [1.5, 4.0]])
AMOUNTS = np.array([6.0, 8.0, 10.0 / 3.0])
SHARE = 6.0 / 16.0
MODEL_SHARE_SCORE = np.exp(-((563 / 1035 - SHARE) - 0.07) / 0.15)


def field(name: str, value: float, units: str) -> xr.Dataset:
    """Return a map of one value on northern land and sea."""
    axes = {
        "lat": ("lat", LAT, {"units": "degrees_north"}),
        "lon": ("lon", LON, {"units": "degrees_east"}),
    }
    values = np.full((LAT.size, LON.size), value)
    return xr.Dataset({name: (("lat", "lon"), values, {"units": units})}, axes)


def layered() -> xr.Dataset:
    """Return CMIP6-like soil layers."""
    maps = [field("cSoilLevels", amount, "kg m-2") for amount in AMOUNTS]
    about = {"units": "m", "bounds": "sdepth_bnds", "positive": "down", "axis": "Z"}
    data = xr.concat(maps, "sdepth").assign_coords(
        sdepth=("sdepth", EDGES.mean(axis=1), about)
    )
    return data.assign(sdepth_bnds=(("sdepth", "bnds"), EDGES))


@pytest.fixture
def run(tmp_path: Path):
    """Give a function that scores a model of given variables by references."""

    def score(variables: dict, references: list, **files: xr.Dataset) -> pd.DataFrame:
        for name, data in files.items():
            data.to_netcdf(tmp_path / f"{name}.nc")
        model = {
            "model": "M",
            "land_fraction": {"files": "land.nc", "name": "sftlf"},
            "variables": {
                name: {"static": True, **entry} for name, entry in variables.items()
            },
        }
        field("sftlf", 1.0, "1").to_netcdf(tmp_path / "land.nc")
        suite = {"suite": "s", "models": [model], "references": references}
        path = tmp_path / "suite.yaml"
        path.write_text(yaml.safe_dump(suite))
        return score_suite(load_suite(path)).scores

    return score


def test_share_below_1m_of_layers(run):
    """10 of 16 kg m-2 lie above 1 m: a share of 0.375 against 0.544."""
    entry = {"files": "soil.nc", "name": "cSoilLevels"}
    rows = run({"cSoil": entry}, ["hugelius2014_share_below_1m"], soil=layered())
    row = rows.iloc[0]
    assert row["status"] == "scored", row["message"]
    assert row["value"] == pytest.approx(SHARE, rel=1e-6)
    assert row["score"] == pytest.approx(MODEL_SHARE_SCORE, rel=1e-6)
    assert row["region"] == "permafrost_domain"


def test_stock_between_1_and_3_m(run):
    """6 kg m-2 of 1-3 m on the region's area: the total of that layer alone."""
    entry = {"files": "soil.nc", "name": "cSoilLevels"}
    names = ["hugelius2014_soil_carbon_1_3m", "hugelius2014_soil_carbon_0_1m"]
    rows = run({"cSoil": entry}, names, soil=layered())
    totals = rows[rows["metric"] == "stock_total"].set_index("reference")
    assert (totals["status"] == "scored").all()
    assert totals.loc[names[0], "value"] / totals.loc[names[1], "value"] == (
        pytest.approx(6.0 / 10.0)
    )
    z = rows[rows["metric"] == "stock_z"].set_index("reference")
    expected = 1.96 * (totals["value"] - [563, 472]) / [154, 34]
    np.testing.assert_allclose(z["value"], expected[z.index], rtol=1e-6)
    assert z["score"].isna().all()


def test_a_full_column_has_no_share(run):
    """Both depths are missing, and the row says which line would help."""
    entry = {"files": "soil.nc", "name": "cSoil", "depth": "full_column"}
    soil = field("cSoil", 16.0, "kg m-2")
    rows = run({"cSoil": entry}, ["hugelius2014_share_below_1m"], soil=soil)
    assert set(rows["status"]) == {"not_assessed"}
    message = rows["message"].iloc[0]
    assert "needs cSoil_0_1m of the model" in message
    assert "'depths:' under variables.cSoil" in message


def table(folder: Path, name: str, variable: str, line: str, **more: object) -> str:
    """Write a reference of one region and return its path."""
    (folder / f"{name}.csv").write_text(f"region,value\npermafrost_domain,{line}\n")
    data = {"files": f"{name}.csv", "mass_basis": "C", "area_basis": "land"}
    made = {
        "reference": name,
        "title": name,
        "variable": variable,
        "kind": "regional",
        "regions": "treat2024_permafrost",
        "data": {**data, **more.pop("data")},
        "scoring": {"metrics": ["bias"], **more.pop("scoring", {})},
        **more,
    }
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(made))
    return f"{name}.yaml"


def test_turnover_time_of_a_region(run, tmp_path):
    """24 kg m-2 over 0.2 kg m-2 yr-1 is 120 yr, against 20 over 0.1: 200 yr."""
    table(tmp_path, "npp", "npp", "100", data={"units": "g m-2 yr-1"})
    name = table(
        tmp_path,
        "stock",
        "cSoil",
        "20",
        data={"units": "kg m-2", "static": True, "depth": [0, 1]},
        scoring={"metrics": ["turnover_time"], "relative_tolerance": 0.25},
        companions={"npp": "npp.yaml"},
    )
    variables = {
        "cSoil": {"files": "soil.nc", "name": "cSoil", "depth": [0, 1]},
        "npp": {"files": "npp.nc", "name": "npp"},
    }
    rows = run(
        variables,
        [name],
        soil=field("cSoil", 24.0, "kg m-2"),
        npp=field("npp", 0.2 / YEAR, "kg m-2 s-1"),
    )
    row = rows.iloc[0]
    assert row["status"] == "scored", row["message"]
    assert (row["value"], row["units"]) == (pytest.approx(120.0, rel=1e-6), "yr")
    expected = np.exp(-(np.log(200 / 120) - np.log(1.25)) / np.log(2))
    assert row["score"] == pytest.approx(expected, rel=1e-6)
    without = run({"cSoil": variables["cSoil"]}, [name])
    assert without.iloc[0]["status"] == "not_assessed"
    assert "needs npp of the model" in without.iloc[0]["message"]


def test_a_companion_of_another_depth_is_refused(run, tmp_path):
    """0-30 cm is no 0-1 m."""
    text = (
        Path(__file__).parents[2]
        / "references/hugelius2014/hugelius2014_share_below_1m.yaml"
    ).read_text()
    text = text.replace("1m: hugelius2014_soil_carbon_0_1m", "1m: SHALLOW")
    text = text.replace("SHALLOW", "hugelius2014_soil_carbon_0_30cm")
    (tmp_path / "share.yaml").write_text(text)
    entry = {"files": "soil.nc", "name": "cSoilLevels"}
    with pytest.raises(ValueError, match=r"depth \(0\.0, 0\.3\); expected a reference"):
        run({"cSoil": entry}, ["share.yaml"], soil=layered())
