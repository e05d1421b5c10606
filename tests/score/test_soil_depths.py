"""Soil carbon is compared with each reference at that reference's depth."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml

from benchmark.config import load_suite
from benchmark.score import score_suite

LAT, LON = np.arange(52.5, 75, 5.0), np.arange(2.5, 60, 5.0)
SHAPE = LAT.size, LON.size
# 0-0.2, 0.2-0.6, 0.6-1.4, 1.4-3.4 m with 2, 8, 4, 1 kg m-2: 11.0 and 12 and 15 of
# 0-0.8 (by half of 4/2 more), 0-1 and all.
EDGES = np.array([[0.0, 0.2], [0.2, 0.6], [0.6, 1.4], [1.4, 3.4]])
AMOUNTS = np.array([2.0, 8.0, 4.0, 1.0])
Bench = Callable[..., pd.DataFrame]


def soil(name: str, value: float) -> xr.Dataset:
    """Return a map of one value, with a pattern of 10 % that has a mean of 1."""
    pattern = 1 + 0.1 * np.where(np.arange(LON.size) % 2, 1, -1)
    values = value * np.broadcast_to(pattern, SHAPE)
    return xr.Dataset(
        {name: (("lat", "lon"), values, {"units": "kg m-2"})},
        coords={
            "lat": ("lat", LAT, {"units": "degrees_north"}),
            "lon": ("lon", LON, {"units": "degrees_east"}),
        },
    )


def layered() -> xr.Dataset:
    """Return CMIP6-like layers."""
    maps = xr.concat([soil("cSoilLevels", amount) for amount in AMOUNTS], "sdepth")
    about = {"units": "m", "bounds": "sdepth_bnds", "positive": "down", "axis": "Z"}
    maps = maps.assign_coords(sdepth=("sdepth", EDGES.mean(axis=1), about))
    maps["cSoilLevels"].attrs["units"] = "kg m-2"
    return maps.assign(sdepth_bnds=(("sdepth", "bnds"), EDGES))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Give a function that scores a model against maps of 0-0.3, 0-1, 1-2, 0-3 m."""

    def score(data: dict[str, xr.Dataset], **entry: Any) -> pd.DataFrame:
        names = []
        for top, bottom in ((0, 0.3), (0, 1), (1, 2), (0, 3), (4, 5)):
            name = f"{top}-{bottom}"
            path = tmp_path / f"reference_{name}.nc"
            soil("soc", 10.0).to_netcdf(path)
            reference = {
                "reference": name,
                "title": name,
                "variable": "cSoil",
                "kind": "field",
                "data": {
                    "files": str(path),
                    "name": "soc",
                    "static": True,
                    "depth": [top, bottom],
                },
                "grade": "A",
                "scoring": {"metrics": ["bias"]},
            }
            (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(reference))
            names.append(f"{name}.yaml")
        files = []
        for name, one in data.items():
            one.to_netcdf(tmp_path / f"{name}.nc")
            files.append(f"{name}.nc")
        variable = {"files": files, "static": True, **entry}
        suite = {
            "suite": "s",
            "models": [{"model": "M", "variables": {"cSoil": variable}}],
            "references": names,
            "regions": [{"id": "box", "lat": [50, 75], "lon": [0, 60]}],
        }
        path = tmp_path / "suite.yaml"
        path.write_text(yaml.safe_dump(suite))
        return score_suite(load_suite(path)).scores.set_index("reference")

    return score


def test_layers_at_each_depth(bench: Bench) -> None:
    """4, 12, 2.3 and 14.8 kg m-2 against 10; below the soil nothing is judged."""
    scores = bench({"cSoilLevels": layered()}, name="cSoilLevels")
    expected = {"0-0.3": 4.0, "0-1": 12.0, "1-2": 2.3, "0-3": 14.8}
    for name, value in expected.items():
        assert scores.loc[name, "status"] == "scored"
        assert scores.loc[name, "value"] == pytest.approx(value - 10.0, rel=1e-6)
        assert scores.loc[name, "grade"] == "A"
    assert scores.loc["0-1", "message"] == "model 0-1 m from 3 soil layers"
    assert scores.loc["4-5", "status"] == "not_assessed"
    assert "end at 3.4 m" in scores.loc["4-5", "message"]


def test_depths_given_separately(bench: Bench) -> None:
    """cSoilAbove1m (9) is held against 1 m, cSoil (13) against 3 m."""
    scores = bench(
        {"cSoilAbove1m": soil("cSoilAbove1m", 9.0), "cSoil": soil("cSoil", 13.0)},
        depths={"0-1": "cSoilAbove1m", "full_column": "cSoil"},
    )
    values = scores["value"] + 10.0
    assert values[["0-1", "0-3"]].tolist() == pytest.approx([9.0, 13.0])
    assert scores.loc["0-0.3", "status"] == "not_assessed"
    assert "it gives the 0-1 m, the reference 0-0.3 m" in scores.loc["0-0.3", "message"]
    assert scores.loc["0-1", "message"] == ""
    assert "full soil column" in scores.loc["0-3", "message"]
    # The top metre of a model holds most of its soil; 1-2 m alone does not.
    assert scores.loc["0-3", "grade"] == "A"
    assert scores.loc["1-2", "status"] == "not_assessed"
    assert "the model has no such depth" in scores.loc["1-2", "message"]


def test_a_full_column_is_not_the_top_of_the_soil(bench: Bench) -> None:
    """A whole soil of 10 kg m-2 is no perfect match of 10 in the top 0.3 m."""
    scores = bench({"cSoil": soil("cSoil", 10.0)}, depth="full_column")
    assert scores.loc["0-0.3", "status"] == "not_assessed"
    assert "soil layers, or 'depths:'" in scores.loc["0-0.3", "message"]
    assert scores.loc[["0-1", "0-3"], "status"].tolist() == ["scored"] * 2


@pytest.mark.parametrize(
    ("depth", "assessed"),
    [
        ([0, 1], {"0-1"}),  # 0-3 m lacks two metres of it
        ([0, 0.9], {"0-1"}),  # nearly the same
        ([0, 0.3], {"0-0.3"}),
        ([0, 4], {"0-1", "0-3"}),  # deeper
    ],
)
def test_a_stated_depth_stands_for_the_same_or_for_less_of_the_upper_metres(
    bench: Bench, depth: list[float], assessed: set[str]
) -> None:
    """A shallower one lacks carbon by definition, and nobody scores that."""
    scores = bench({"cSoil": soil("cSoil", 10.0)}, depth=depth)
    assert set(scores.index[scores["status"] == "scored"]) == assessed


def test_soil_carbon_of_unknown_depth_is_not_assessed(bench: Bench) -> None:
    """No depth is guessed for it: every reference says which line to write."""
    scores = bench({"cSoil": soil("cSoil", 13.0)})
    assert set(scores["status"]) == {"not_assessed"}
    assert all(m.startswith("depth unknown") for m in scores["message"])
    assert all("write 'depth:' under variables.cSoil" in m for m in scores["message"])


def test_a_layer_given_as_such_is_that_layer(bench: Bench) -> None:
    """A variable of 1-2 m (9) is held against 1-2 m; 0-1 m is another depth."""
    scores = bench({"cSoil": soil("cSoil", 9.0)}, depth=[1, 2])
    assert scores.loc["1-2", "status"] == "scored"
    assert scores.loc["1-2", "value"] == pytest.approx(-1.0)
    assert scores.loc["1-2", "grade"] == "A"
    assert set(scores["status"].drop("1-2")) == {"not_assessed"}
