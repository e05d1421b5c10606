"""Scores that references reach against each other, by hand."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from benchmark.config import load_reference, load_suite
from benchmark.config.descriptors import Suite
from benchmark.score import score_suite
from benchmark.score.ceilings import CEILING_COLUMNS, ceilings
from benchmark.score.references import open_reference

HEAD = "region,approach,family,value,area_Mkm2\n"


def reference(folder: Path, name: str, table: str, **about: Any) -> str:
    """Write a table with its descriptor, and return the path of that."""
    (folder / f"{name}.csv").write_text(HEAD + table)
    data = about.pop("data", {})
    entry = {
        "reference": name,
        "title": "Made up",
        "variable": "nee",
        "kind": "regional",
        "family": about.pop("family", "upscaling"),
        "data": {"files": f"{name}.csv", "units": "g m-2 yr-1", **data},
        "scoring": {"metrics": ["regional_mean"], "tolerance": 0.0, "scale": 20.0},
        **about,
    }
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(entry))
    return str(path)


def found(*paths: str) -> pd.DataFrame:
    references = tuple(load_reference(path) for path in paths)
    suite = Suite("s", "S", (), references, source=None)
    table = ceilings([open_reference(item, suite) for item in references])
    assert tuple(table.columns) == CEILING_COLUMNS
    return table.set_index(["reference", "region"])


FAMILIES = (
    "alaska,towers,in_situ,2,1.2\n"
    "alaska,maps,upscaling,-10,1.2\n"
    "alaska,inverse,inversion,-40,1.2\n"
    "alaska,models,process_based,-10,1.2\n"
)


def test_each_family_is_scored_against_the_others(tmp_path: Path) -> None:
    """-10 is 9 from the median of 2 and -40; 2 is 27 from -25; -40 is 36 from -4."""
    table = found(reference(tmp_path, "table", FAMILIES))
    row = table.loc["table", "alaska"]
    assert row["best"] == pytest.approx(np.exp(-9 / 20))
    assert row["best_from"] == "table: upscaling"
    assert row["median"] == pytest.approx(np.exp(-27 / 20))
    assert row["count"] == 3
    assert "process_based" not in row["scores"]


def test_references_are_scored_against_each_other(tmp_path: Path) -> None:
    """-20 and -30 are 10 apart in Alaska, and only there."""
    paths = (
        reference(tmp_path, "one", "alaska,a,upscaling,-20,1.2\n"),
        reference(
            tmp_path,
            "two",
            "alaska,b,upscaling,-30,1.2\neastern_siberia,b,upscaling,-1,6.3\n",
        ),
    )
    table = found(*paths)
    assert set(table.index) == {("one", "alaska"), ("two", "alaska")}
    np.testing.assert_allclose(table["best"], np.exp(-10 / 20))
    assert list(table["best_from"]) == ["two", "one"]


@pytest.mark.parametrize(
    "other",
    [
        {"doi": "10.1/a"},
        {"role": "context"},
        {"data": {"area_basis": "cell"}},
        {"variable": "nbe"},
    ],
)
def test_what_is_not_alike_sets_no_ceiling(
    other: dict[str, Any], tmp_path: Path
) -> None:
    """Another variable or area basis, the same publication, or context only."""
    one = reference(tmp_path, "one", "alaska,a,upscaling,-20,1.2\n", doi="10.1/a")
    two = reference(tmp_path, "two", "alaska,b,upscaling,-30,1.2\n", **other)
    assert ("one", "alaska") not in found(one, two).index


def test_another_depth_sets_no_ceiling(tmp_path: Path) -> None:
    """Soil carbon of 1 m is not held against that of 3 m."""
    paths = [
        reference(
            tmp_path,
            name,
            f"alaska,{name},mapping,50,1.2\n",
            variable="cSoil",
            data={"units": "kg m-2", "depth": [0.0, depth], "static": True},
            scoring={"metrics": ["stock_total"], "relative_tolerance": 0.1},
        )
        for name, depth in (("a", 1.0), ("b", 1.0), ("c", 3.0))
    ]
    table = found(*paths)
    assert set(table.index) == {("a", "alaska"), ("b", "alaska")}
    np.testing.assert_allclose(table["best"], 1.0)


def test_rows_have_the_ceiling(tmp_path: Path, gridded: Any) -> None:
    """The score table shows it beside every score of that metric and region."""
    months = np.tile([1.0, 1, 1, 1, 1, -3, -3, -3, 1, 1, 1, 1], 3) * 1e-9
    cells = np.ones((36, 10, 72)) * months[:, None, None]
    gridded(cells, name="nee").to_netcdf(tmp_path / "m.nc")
    model = {"model": "m", "variables": {"nee": {"files": str(tmp_path / "m.nc")}}}
    path = reference(tmp_path, "table", FAMILIES)
    suite = load_suite({"suite": "s", "models": [model], "references": [path]})
    result = score_suite(suite)
    (row,) = result.scores.to_dict("records")
    assert row["score_ceiling"] == pytest.approx(np.exp(-9 / 20))
    assert row["ceiling_from"] == "table: upscaling"
    assert len(result.ceilings) == 1


def test_ceilings_of_the_shipped_soil_totals() -> None:
    """Two totals of 0-3 m, 1014 and 1035 Pg, lie in each other's interval."""
    paths = ("treat2024_soil_carbon_mishra2021", "treat2024_soil_carbon_hugelius2014")
    table = found(*paths)
    np.testing.assert_allclose(table["best"], 1.0)
    assert list(table["best_from"]) == [*reversed(paths)]


def test_values_of_a_metric_stand_for_no_flux(tmp_path: Path) -> None:
    """The loss of seven months is no annual NEE, whatever its units.

    1662 Tg C from October to April set the ceiling of annual budgets before.
    """
    annual = reference(tmp_path, "annual", "alaska,maps,upscaling,-10,1.2\n")
    winter = reference(
        tmp_path,
        "winter",
        "alaska,sites,in_situ,90,1.2\n",
        family="in_situ",
        data={"value_of": "cold_season_amount"},
        scoring={"metrics": ["cold_season_amount"], "relative_tolerance": 0.0},
    )
    assert found(annual, winter).empty
