"""Scores of models that are regridded as their configuration says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml

from benchmark.config import load_suite
from benchmark.regrid import build_conservative
from benchmark.regrid.cells import cells_in
from benchmark.regrid.overlap_file import to_bytes
from benchmark.score import score_suite
from benchmark.score.manifest import make_manifest


@pytest.fixture
def scored(
    write_suite: Callable[..., Path], tmp_path: Path
) -> Callable[[Any], pd.DataFrame]:
    """Return a function that scores 5 degrees against 10 x 15 of the same field."""
    path = write_suite(None)
    with xr.open_dataset(tmp_path / "good.nc", decode_times=False) as opened:
        fine = opened.load()
    coarse = fine[["gpp"]].coarsen(lat=2, lon=3).mean(keep_attrs=True)
    for axis, half in (("lat", 5.0), ("lon", 7.5)):
        centres = coarse[axis].to_numpy()
        edges = np.stack([centres - half, centres + half], axis=1)
        coarse[f"{axis}_bnds"] = ((axis, "bnds"), edges)
    coarse["gpp"].attrs["units"] = fine["gpp"].attrs["units"]
    coarse.to_netcdf(tmp_path / "coarse.nc")
    overlap = build_conservative(fine, coarse)
    content = to_bytes(overlap, "", cells_in(fine), cells_in(coarse))
    (tmp_path / "weights.nc").write_bytes(content)
    reference = yaml.safe_load((tmp_path / "reference.yaml").read_text())
    reference["data"]["files"] = "coarse.nc"
    reference["scoring"] = {"metrics": ["ilamb_bias"]}
    (tmp_path / "reference.yaml").write_text(yaml.safe_dump(reference))

    def score(choice: Any) -> pd.DataFrame:
        suite = yaml.safe_load(path.read_text())
        suite["models"][0]["regrid"] = choice
        path.write_text(yaml.safe_dump(suite))
        return score_suite(load_suite(path)).scores

    return score


def test_weight_file_of_the_same_areas(scored: Callable[[Any], pd.DataFrame]) -> None:
    """Weights of the own areas give the own scores, without a remark."""
    own, given = scored(None), scored({"weights": "weights.nc"})
    assert set(own["status"]) == {"scored"}
    np.testing.assert_allclose(given["value"], own["value"], rtol=1e-9, atol=1e-15)
    assert list(given["message"]) == list(own["message"])


def test_weight_file_is_in_the_manifest(
    scored: Callable[[Any], pd.DataFrame], tmp_path: Path
) -> None:
    """What a run was made of includes the weight files."""
    scored({"weights": "weights.nc"})
    inputs = make_manifest(load_suite(tmp_path / "suite.yaml"))["inputs"]
    assert any(name.endswith("weights.nc") for name in inputs)


def test_what_is_lost_is_said(scored: Callable[[Any], pd.DataFrame]) -> None:
    """Rows of a model that is not regridded conservatively say so."""
    rows = scored("nearest")
    assert set(rows["status"]) == {"scored"}
    told = "model regridded: nearest source cell: integrals are not conserved"
    assert rows["message"].str.contains(told).all()


def test_no_esmf_is_a_row(
    scored: Callable[[Any], pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A regridder that is not installed fails its rows and says what to write."""
    from benchmark.regrid import xesmf_engine

    monkeypatch.setattr(xesmf_engine, "why_no_xesmf", lambda: "conda env create")
    rows = scored("xesmf")
    assert set(rows["status"]) == {"failed"}
    assert rows["message"].str.contains("conda env create").all()
