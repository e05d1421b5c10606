"""The demo as the README runs it, and its numbers from the raw files.

The numbers are recomputed without the package.
"""

import csv
import io
import math
import re
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import netCDF4
import numpy as np
import pandas as pd
import pytest

from benchmark.config import Suite, load_models, load_reference
from benchmark.faults import broken_rows
from benchmark.harmonise.model import open_variable
from benchmark.regions import open_regions
from benchmark.score import RunResult, score_suite
from benchmark.score.series import lazy_series
from benchmark.shipped import folder

DATA = folder("model_configs") / "data"
REFERENCES = folder("references")
RADIUS = 6371000.0
NOLEAP = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31.0])


@dataclass(frozen=True)
class Example:
    """The library example of the README and what it left behind."""

    code: str
    printed: str
    folder: Path
    result: RunResult


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Run the library example once, verbatim, in an empty folder."""
    text = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    folder = tmp_path_factory.mktemp("example")
    names: dict[str, Any] = {}
    with chdir(folder), redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "README.md", "exec"), names)
    return Example(code, printed.getvalue(), folder, names["result"])


@pytest.fixture(scope="module")
def demo(example: Example) -> RunResult:
    """Give the run of the demo that the example made."""
    return example.result


def test_library_example_runs(example: Example) -> None:
    """The library example of at most ten lines scores, prints and reports."""
    assert len(example.code.strip().splitlines()) <= 10
    for word in ("CASA-CNP", "regional_mean", "g m-2 yr-1"):
        assert word in example.printed
    assert (example.folder / "reports" / "demo" / "index.html").is_file()


def cmip6_column(variable: str, model: str) -> dict[int, float]:
    """Return Pg C (yr-1) by year."""
    path = next((DATA / "cmip6_reccap2").glob(f"CMIP6_historical_{variable}_*.csv"))
    with path.open(newline="") as file:
        rows = list(csv.reader(file, skipinitialspace=True))
    column = rows[0].index(model)
    return {int(float(row[0])): float(row[column]) for row in rows[1:]}


def row_of(scores: pd.DataFrame, **where: str) -> pd.Series:
    found = scores
    for column, value in where.items():
        found = found[found[column] == value]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize("model", ["CanESM5", "NorESM2-LM", "UKESM1-0-LL"])
def test_cmip6_nee(demo: RunResult, model: str) -> None:
    """NEE of the permafrost region is rh - npp, per area of 18.4 million km2."""
    rh, npp = cmip6_column("rh", model), cmip6_column("npp", model)
    total = np.mean([rh[year] - npp[year] for year in range(2002, 2015)]) * 1e3
    mean = total * 1e12 / 18.4e12
    row = row_of(
        demo.scores,
        model=model,
        reference="treat2024_nee",
        region="permafrost_domain",
        metric="regional_mean",
    )
    assert row["value"] == pytest.approx(mean, rel=1e-6)
    assert row["derivation"] == "2b: rh - npp"
    assert row["period"] == "2002-2014"
    # Median of in situ -38.193, upscaling -16.0297, inversion -38.6012.
    assert row["reference_value"] == pytest.approx(-38.193)
    distance = max(0.0, abs(mean + 38.193) - 10.3)
    assert row["score"] == pytest.approx(math.exp(-distance / 20.6), rel=1e-4)
    budget = row_of(
        demo.scores, model=model, reference="treat2024_nee_budget_conclusion"
    )
    assert budget["value"] == pytest.approx(total, rel=1e-6)
    assert budget["score"] == 1.0  # all three lie within -700 to -100 Tg C yr-1


def test_cmip6_nbp_is_negated(demo: RunResult) -> None:
    """Net biome exchange is minus nbp: CanESM5 is a sink."""
    nbp = cmip6_column("nbp", "CanESM5")
    total = -1e3 * np.mean([nbp[year] for year in range(2000, 2015)])
    row = row_of(demo.scores, model="CanESM5", reference="reccap2_permafrost_nbe")
    assert row["value"] == pytest.approx(total, rel=1e-6)
    assert row["value"] < 0


@pytest.mark.parametrize("model", ["TaiESM1", "NorESM2-MM"])
def test_cmip6_soil_carbon(demo: RunResult, model: str) -> None:
    """Soil carbon is the mean of the last 20 years, scored by its ratio."""
    stock = cmip6_column("cSoil", model)
    total = np.mean([stock[year] for year in range(1995, 2015)])
    row = row_of(
        demo.scores,
        model=model,
        reference="treat2024_soil_carbon_mishra2021",
        metric="stock_total",
    )
    assert row["value"] == pytest.approx(total, rel=1e-6)
    score = math.exp(-max(0.0, math.log(839 / total)) / math.log(2))
    assert row["score"] == pytest.approx(score, rel=1e-6)


def midpoint_edges(centres: np.ndarray) -> np.ndarray:
    middle = (centres[1:] + centres[:-1]) / 2
    first, last = 2 * centres[0] - middle[0], 2 * centres[-1] - middle[-1]
    return np.clip(np.concatenate([[first], middle, [last]]), -90, 360)


def raw(path: Path, name: str) -> np.ndarray:
    with netCDF4.Dataset(path) as file:
        file.set_auto_mask(False)
        return np.asarray(file[name][:], dtype=float)


def test_classic_gpp_against_gbaf() -> None:
    """Bias of CLASSIC in a box, from the raw arrays of both files."""
    box = {"id": "box", "lat": [50, 65], "lon": [-120, -80]}
    reference = load_reference("gbaf_gpp")
    suite = Suite("s", "", load_models("classic"), (reference,), None, (box,))
    row = row_of(score_suite(suite).scores, metric="bias")

    model_file = DATA / "amber_classic_gpl3" / "gpp_monthly.nc"
    reference_file = REFERENCES / "amber_classic_gpl3" / "gpp_GBAF_128x64.nc"
    model, observed = raw(model_file, "gpp"), raw(reference_file, "gpp")
    model[model > 1e30] = np.nan
    observed[observed == -999.0] = np.nan
    days = np.tile(NOLEAP, 3)[:, None, None]
    means = [(x * days).sum(0) / days.sum() for x in (model, observed)]
    lat, lon = raw(model_file, "lat"), raw(model_file, "lon")
    north, east = midpoint_edges(lat), midpoint_edges(lon)
    inside_lat = np.sin(np.radians(np.clip(north[1:], 50, 65))) - np.sin(
        np.radians(np.clip(north[:-1], 50, 65))
    )
    inside_lon = np.clip(east[1:], 240, 280) - np.clip(east[:-1], 240, 280)
    weights = inside_lat[:, None] * inside_lon[None, :]
    both = np.isfinite(means[0] + means[1])
    error = np.nansum((weights * (means[0] - means[1]))[both]) / weights[both].sum()
    assert row["value"] == pytest.approx(error * 1e3 * 365.2425 * 86400, rel=1e-6)
    assert row["n"] == ((weights > 0) & both).sum()


def test_access_gpp_uses_computed_areas_and_land_fraction() -> None:
    """The regional mean of ACCESS weights cells by true area and sftlf."""
    model = load_models("access-esm1-5")[0]
    opened = open_variable(model, "gpp")
    assert any("0.0234 times" in text for text in opened.warnings)
    boxes = open_regions([{"id": "box", "lat": [55, 75], "lon": [-5, 95]}])
    series = lazy_series(opened.field, boxes)["mean"].to_numpy()[:, 0]

    folder = DATA / "access_esm1_5"
    gpp = raw(next(folder.glob("gpp_*.nc")), "gpp")
    land = raw(next(folder.glob("sftlf_*.nc")), "sftlf") / 100
    # Centres 60 and 70 N, 0 to 90 E: bounds 55-65-75 and -5 to 95.
    rows, columns = [15, 16], list(range(10))
    edges = np.sin(np.radians([55, 65, 75]))
    area = RADIUS**2 * np.diff(edges)[:, None] * np.radians(10) * np.ones((1, 10))
    weights = area * land[np.ix_(rows, columns)]
    cells = gpp[:, rows][:, :, columns]
    valid = np.isfinite(cells)
    expected = (np.where(valid, cells, 0) * weights).sum((1, 2)) / (
        valid * weights
    ).sum((1, 2))
    np.testing.assert_allclose(series, expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "total"), [("casa-cnp", 1247), ("mimics", 975), ("corpse", 1725)]
)
def test_soil_carbon_of_the_testbed(name: str, total: float) -> None:
    """Global soil carbon is the sum of the pools over the stated land area."""
    opened = open_variable(load_models(name)[0], "cSoil")
    found = lazy_series(opened.field, open_regions("global"))
    assert float(found["mean"][0] * found["area"][0]) * 1e-12 == pytest.approx(
        total, rel=0.002
    )


def test_casa_nee_is_rh_minus_npp() -> None:
    """CASA's NEE over all land is the difference of its raw fluxes."""
    opened = open_variable(load_models("casa-cnp")[0], "nee")
    found = lazy_series(opened.field, open_regions("global"))
    path = next((DATA / "soil_bgc_testbed").glob("casaclm*.nc"))
    area = raw(path, "landarea")
    rh, npp = raw(path, "cresp")[0], raw(path, "cnpp")[0]
    valid = (area < 1e30) & (rh < 1e30) & (npp < 1e30)
    expected = ((rh - npp) * area)[valid].sum() * 1e6 * 365.2425 * 1e-15
    total = float(found["mean"][0] * found["area"][0]) * 365.2425 * 86400 * 1e-12
    # landarea is on a sphere of 6371.22 km, cells are on one of 6371 km.
    assert total == pytest.approx(expected, rel=1e-4)
    assert opened.derivation == "2b: rh - npp"


def test_every_pair_has_a_row(demo: RunResult) -> None:
    """Nothing vanishes: every model has a row for every reference."""
    pairs = set(zip(demo.scores["model"], demo.scores["reference"], strict=True))
    assert pairs == {(m, r) for m in demo.models for r in demo.references}
    unscored = demo.scores[demo.scores["status"] != "scored"]
    assert (unscored["message"].str.len() > 10).all()
    assert not (demo.scores["status"] == "failed").any()
    # CLASSIC ends before the towers begin, and has no cells in Siberia.
    assert broken_rows(demo.scores).empty


def test_scores_are_between_zero_and_one(demo: RunResult) -> None:
    """Every score is in 0..1, and every scored row has a value."""
    scored = demo.scores[demo.scores["status"] == "scored"]
    scores = scored["score"].dropna()
    assert len(scores) > 500
    assert scores.between(0, 1).all()
    assert scored["value"].notna().all()


def test_own_family_is_left_out(demo: RunResult) -> None:
    """CMIP6 models are scored without the CMIP6 and ISIMIP rows of Table 3."""
    row = row_of(
        demo.scores,
        model="CanESM5",
        reference="treat2024_nee",
        metric="regional_mean",
    )
    assert row["n"] == 3
    assert "own family left out: cmip6, isimip" in row["message"]
