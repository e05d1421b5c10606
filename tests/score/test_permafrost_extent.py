"""Extent of permafrost by soil temperature against a map, through a whole run."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml

from benchmark import load_suite, score_suite

LAT, LON = np.arange(51.0, 80.0, 2.0), np.arange(61.0, 140.0, 2.0)
AXES = {
    "lat": ("lat", LAT, {"units": "degrees_north"}),
    "lon": ("lon", LON, {"units": "degrees_east"}),
}
DEPTHS = np.array([[0.0, 0.1], [0.1, 1.0], [1.0, 3.0]])
AMPLITUDE = np.array([12.0, 6.0, 2.0])  # K, of the seasons, smaller below


def soil_temperature(frozen_north_of: float) -> xr.Dataset:
    """Five years of months, at 268 K north of a latitude and 278 K south of it."""
    mean = np.where(frozen_north_of < LAT, 268.15, 278.15)
    season = -np.cos(2 * np.pi * (np.arange(60) % 12) / 12)
    values = mean[None, None, :, None] + (
        AMPLITUDE[None, :, None, None] * season[:, None, None, None]
    )
    layers = {"units": "m", "bounds": "depth_bnds", "positive": "down", "axis": "Z"}
    return xr.Dataset(
        {
            "tsl": (
                ("time", "depth", "lat", "lon"),
                np.broadcast_to(values, (60, 3, LAT.size, LON.size)).astype("f4"),
                {"units": "K"},
            ),
            "depth_bnds": (("depth", "bnds"), DEPTHS),
        },
        {
            "time": pd.date_range("2003-01-01", periods=60, freq="MS"),
            "depth": ("depth", DEPTHS.mean(axis=1), layers),
            **AXES,
        },
    )


def extent(north_of: float) -> xr.Dataset:
    """Return a map of 1 north of a latitude."""
    inside = np.broadcast_to((north_of < LAT)[:, None], (LAT.size, LON.size))
    return xr.Dataset({"PerProb": (("lat", "lon"), inside * 1.0, {"units": "1"})}, AXES)


def belt(south: float, north: float) -> float:
    """Return the area of a belt, up to a factor."""
    return float(np.sin(np.deg2rad(north)) - np.sin(np.deg2rad(south)))


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Rows of models frozen north of 60, 64 and nowhere, against 60 N."""
    place = tmp_path_factory.mktemp("extent")
    extent(60.0).to_netcdf(place / "map.nc")
    reference = {
        "reference": "map",
        "title": "map",
        "variable": "pfr",
        "kind": "field",
        "period": [2000, 2016],
        "data": {"files": "map.nc", "name": "PerProb", "units": "1", "static": True},
        "scoring": {"metrics": ["permafrost_iou"]},
    }
    (place / "map.yaml").write_text(yaml.safe_dump(reference))
    models = []
    for latitude in (60.0, 64.0, 90.0):
        soil_temperature(latitude).to_netcdf(place / f"{latitude:g}.nc")
        model = {
            "model": f"{latitude:g}",
            "variables": {"tsl": {"files": f"{latitude:g}.nc"}},
        }
        (place / f"{latitude:g}.yaml").write_text(yaml.safe_dump(model))
        models.append(str(place / f"{latitude:g}.yaml"))
    suite = {
        "suite": "extent",
        "models": models,
        "references": [str(place / "map.yaml")],
        "regions": [{"id": "box", "lat": [52, 78], "lon": [62, 138]}],
        "draws": 0,
    }
    return score_suite(load_suite(suite)).scores.set_index("model")


@pytest.mark.parametrize(
    ("name", "overlap"),
    [("60", 1.0), ("64", belt(64, 78) / belt(60, 78)), ("90", 0.0)],
)
def test_overlap_is_by_area_of_what_stays_frozen_for_two_years(
    scores: pd.DataFrame, name: str, overlap: float
) -> None:
    """The summer thaws the top everywhere; the layer below stays frozen."""
    assert scores.loc[name, "status"] == "scored"
    assert scores.loc[name, "score"] == pytest.approx(overlap, rel=1e-6)


def test_a_region_that_the_model_thaws_is_no_lack_of_overlap(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Sites of CALM in thawed cells are not assessed; a run does not fail by them."""
    place = tmp_path_factory.mktemp("thawed")
    soil_temperature(74.0).to_netcdf(place / "tsl.nc")
    model = {"model": "thawed", "variables": {"tsl": {"files": "tsl.nc"}}}
    (place / "thawed.yaml").write_text(yaml.safe_dump(model))
    suite = {
        "suite": "thawed",
        "models": [str(place / "thawed.yaml")],
        "references": ["calm_active_layer"],
        "draws": 0,
    }
    rows = score_suite(load_suite(suite)).scores
    here = rows[rows["message"].str.contains("no active layer")]
    assert len(here) > 0
    assert set(here["status"]) == {"not_assessed"}
