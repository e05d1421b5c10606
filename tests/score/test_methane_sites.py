"""Methane at sites: per area of wetland, in the cell that holds them."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from worlds import Calendar, Cycle, World, write_sites

from benchmark.config import load_suite
from benchmark.score import score_suite
from benchmark.score.result import RunResult

# Alaska, western Canada, western Siberia, Siberian tundra.
METHANE = Cycle(mean=(2.0, 3.0, 4.0, 5.0), amplitude=0.0)
WETLAND = (0.2, 0.1, 0.02, 0.4)
METRICS = ["ch4_density", "wetland_class_ratio", "wetland_class_ratio_upland"]
FLUX = {"units": "g m-2 yr-1", "mass_basis": "CH4", "sign": "up", "static": True}
SITES = pd.DataFrame(
    [
        ("A1", 62.0, -168.0, "fen", 20.0), ("A2", 63.0, -168.5, "fen", 40.0),
        ("A3", 67.0, -148.0, "permafrost_bog", 5.0),
        ("A4", 67.0, -157.0, "upland_tundra", 0.1),
        ("A5", 67.0, -163.0, "", 3.0),
        ("C1", 52.0, -121.0, "marsh", 60.0),
        ("W1", 61.0, 62.0, "bog", 9.0),
        ("S1", 72.0, -174.0, "fen", -1.0),
    ],
    columns=["site", "lat", "lon", "site_class", "value"],
)  # fmt: skip


def run(folder: Path, basis: str = "wetland", *, wetland: bool = True) -> RunResult:
    """Score a world with wetlands at the sites."""
    world = World(
        {"ch4": METHANE},
        calendar=Calendar(first=2000, years=3),
        wetland=WETLAND if wetland else None,
        pattern=0.0,
    )
    reference = write_sites(
        world,
        folder,
        "ch4",
        SITES,
        METRICS,
        data={**FLUX, "area_basis": basis},
        period=[1999, 2001],
        scoring={"relative_tolerance": 0.0},
    )
    models, references = [str(world.write(folder))], [str(reference)]
    suite = {"suite": "ch4", "models": models, "references": references}
    return score_suite(load_suite(suite))


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """A model with 10, 30, 200 and 12.5 g m-2 of wetland."""
    return run(tmp_path_factory.mktemp("ch4"))


def rows_of(result: RunResult, metric: str) -> pd.DataFrame:
    """Return the rows of a metric by region."""
    rows = result.scores
    return rows[rows["metric"] == metric].set_index("region")


def test_medians_of_densities_of_cells(scored: RunResult) -> None:
    """Cells of a region count once, with the mean of their wetland sites."""
    rows = rows_of(scored, "ch4_density")
    # A1 and A2 share a cell (30), A3 has another (5): the median is 17.5.
    alaska = rows.loc["alaska"]
    assert alaska["reference_value"] == pytest.approx(17.5)
    assert alaska["value"] == pytest.approx(10.0, rel=1e-3)
    factor = math.log(17.5 / alaska["value"]) / math.log(2)
    assert alaska["score"] == pytest.approx(math.exp(-factor), rel=1e-6)
    assert alaska[["n", "n_sites"]].tolist() == [2, 3]
    assert "A4, A5 of no class of wetland" in alaska["message"]
    assert alaska["area_basis"] == "wetland"
    assert alaska["period"] == "2000-2001"
    assert rows.loc["western_canada", "value"] == pytest.approx(30.0, rel=1e-3)
    assert rows.loc["site_class_fen", "reference_value"] == pytest.approx((30 - 1) / 2)


def test_cells_with_little_wetland_are_left_out_and_told(scored: RunResult) -> None:
    """Of 2 % wetland no density is made: 200 g m-2 would be one of rounding."""
    row = rows_of(scored, "ch4_density").loc["western_siberia"]
    assert row["status"] == "not_assessed"
    assert "W1 in a cell with less than 5 % of wetland" in row["message"]


def test_uptake_at_sites_is_no_ratio(scored: RunResult) -> None:
    """A median that is not positive is said, and not scored in factors."""
    row = rows_of(scored, "ch4_density").loc["siberian_tundra"]
    assert row["status"] == "not_assessed"
    assert "the reference is not positive" in row["message"]


def test_ratio_of_classes_of_model_and_sites(scored: RunResult) -> None:
    """The model's ratio is scored; that of the same sites stands beside it."""
    row = rows_of(scored, "wetland_class_ratio").loc["alaska"]
    assert row["value"] == pytest.approx(1.0, rel=1e-6)
    assert row["reference_value"] == pytest.approx(30.0 / 5.0)
    assert row["score"] == pytest.approx(math.exp(-math.log(5.5) / math.log(2)))
    upland = rows_of(scored, "wetland_class_ratio_upland").loc["alaska"]
    assert upland["reference_value"] == pytest.approx(30.0 / 0.1)
    # Classes are compared with each other: there is no row of a single one.
    assert not rows_of(scored, "wetland_class_ratio").index.str.contains("class").any()


def test_evidence_is_per_wetland_on_both_sides(scored: RunResult) -> None:
    """Sites in cells without wetland enough are not drawn."""
    sites = scored.evidence[("model", "towers")].sites
    assert sites is not None
    assert sites.attrs == {"units": "g m-2 yr-1", "area_basis": "wetland"}
    assert "W1" not in sites["site"].to_numpy()
    found = sites["model"].sel(site=["A1", "C1", "S1"])
    np.testing.assert_allclose(found, [10.0, 30.0, 12.5], rtol=1e-3)
    np.testing.assert_allclose(sites["reference"].sel(site="C1"), 60.0)


def test_without_wetlands_a_density_is_not_guessed(tmp_path: Path) -> None:
    """The row says what the model has to declare."""
    rows = rows_of(run(tmp_path, wetland=False), "ch4_density")
    assert set(rows["status"]) == {"not_assessed"}
    assert rows["message"].str.contains("needs wetlandFrac of the model").all()


@pytest.mark.parametrize(
    ("basis", "message"),
    [("cell", "a site is in no cell"), ("land", "area_basis: wetland")],
)
def test_the_area_of_the_sites_has_to_be_wetland(
    tmp_path: Path, basis: str, message: str
) -> None:
    """Another area is a fault of the reference, with the line to write."""
    scores = run(tmp_path, basis).scores
    rows = scores if basis == "cell" else scores[scores["metric"] == "ch4_density"]
    assert set(rows["status"]) == {"failed"}
    assert rows["message"].str.contains(message).all()


def test_a_model_with_hardly_any_wetland_has_rows_that_say_so(tmp_path: Path) -> None:
    """No cell has enough: every region and class is told, none is a fault."""
    world = World({"ch4": METHANE}, calendar=Calendar(years=2), wetland=0.01)
    reference = write_sites(
        world,
        tmp_path,
        "ch4",
        SITES,
        METRICS[:1],
        data={**FLUX, "area_basis": "wetland"},
        scoring={"relative_tolerance": 0.0},
    )
    models, references = [str(world.write(tmp_path))], [str(reference)]
    suite = {"suite": "ch4", "models": models, "references": references}
    rows = score_suite(load_suite(suite)).scores
    assert set(rows["status"]) == {"not_assessed"}
    assert {"alaska", "site_class_fen"} <= set(rows["region"])
    assert rows["message"].str.contains("less than 5 % of wetland|of no class").all()
