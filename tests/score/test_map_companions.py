"""Metrics of maps that ask for another variable of model and reference."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml

from benchmark import load_suite, score_suite

FINE, COARSE = np.arange(50.5, 75, 1.0), np.arange(51.0, 75, 2.0)
YEAR = 365.2425 * 86400.0
Score = Callable[..., pd.DataFrame]


def soil_field(lat: np.ndarray, values: Callable[..., Any], units: str) -> xr.DataArray:
    """Return a map of a function of latitude and longitude."""
    lon = np.arange(lat[1] - lat[0], 60, lat[1] - lat[0]) - (lat[1] - lat[0]) / 2
    north, east = np.meshgrid(lat, lon, indexing="ij")
    return xr.DataArray(
        values(north, east) * np.ones_like(north),
        {
            "lat": ("lat", lat, {"units": "degrees_north"}),
            "lon": ("lon", lon, {"units": "degrees_east"}),
        },
        ("lat", "lon"),
        attrs={"units": units},
    )


def production(lat: Any, lon: Any) -> Any:
    """NPP in kg m-2 yr-1, less to the north."""
    return 0.1 + 0.01 * (75.0 - lat) + 0.0 * lon


@pytest.fixture
def score(tmp_path: Path) -> Score:
    """Give a function that scores soil carbon with companions, by metric."""

    def scored(
        soil: Callable[..., Any],
        of_reference: Callable[..., Any],
        metrics: list[str],
        companions: dict[str, str],
        model_variables: tuple[str, ...] = ("cSoil", "npp"),
    ) -> pd.DataFrame:
        fields = {
            "cSoil": soil_field(FINE, soil, "kg m-2"),
            "npp": soil_field(FINE, production, "kg m-2 yr-1"),
            "reference": soil_field(COARSE, of_reference, "kg m-2"),
            "npp_reference": soil_field(
                COARSE, lambda a, b: 2.0 * production(a, b), "kg m-2 yr-1"
            ),
        }
        for name, field in fields.items():
            field.to_dataset(name=name).to_netcdf(tmp_path / f"{name}.nc")
        about = {"mass_basis": "C", "area_basis": "land", "static": True}
        depth = {"depth": [0, 1]}
        model = {
            "model": "M",
            "variables": {
                name: {"files": f"{name}.nc", **about}
                | (depth if name != "npp" else {})
                for name in model_variables
            },
        }
        reference = {
            "reference": "soil",
            "title": "soil",
            "variable": "cSoil",
            "kind": "field",
            "data": {"files": "reference.nc", "name": "reference", **about, **depth},
            **({"companions": companions} if companions else {}),
            "scoring": {"metrics": metrics, "relative_tolerance": 0.0},
        }
        beside = {
            "reference": "npp",
            "title": "npp",
            "variable": "npp",
            "kind": "field",
            "data": {"files": "npp_reference.nc", "name": "npp_reference", **about},
            "scoring": {"metrics": ["bias"]},
        }
        for name, entry in (("M", model), ("soil", reference), ("npp", beside)):
            (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(entry))
        suite = {
            "suite": "s",
            "models": [str(tmp_path / "M.yaml")],
            "references": [str(tmp_path / "soil.yaml")],
            "regions": [{"id": "box", "lat": [52, 72], "lon": [2, 58]}],
        }
        result = score_suite(load_suite(suite))
        table = result.scores.set_index("metric")
        evidence = result.evidence.get(("M", "soil"))
        table.attrs["has_maps"] = evidence is not None and evidence.maps is not None
        return table

    return scored


def test_soil_that_follows_npp_where_the_map_does_not(score: Score) -> None:
    """Correlations of 1 and -1: an excess of 2, and no score, with an interval."""
    rows = score(
        lambda a, b: 100.0 * production(a, b),
        lambda a, b: 60.0 - 100.0 * production(a, b),
        ["npp_soil_correlation"],
        {"npp": "model"},
    )
    row = rows.loc["npp_soil_correlation"]
    assert row["status"] == "scored"
    assert row["value"] == pytest.approx(2.0, abs=1e-3)
    assert row["score"] == pytest.approx(0.0, abs=1e-3)
    assert row["ci_from"] == "space"


def test_turnover_against_the_npp_of_the_reference(score: Score) -> None:
    """Equal carbon, half the production: twice the time, which scores 1/e."""
    rows = score(
        lambda a, b: 20.0,
        lambda a, b: 20.0,
        ["turnover_time"],
        {"npp": "npp.yaml"},
    )
    row = rows.loc["turnover_time"]
    assert row["status"] == "scored"
    # The mean latitude by area between 52 and 72 N is 60.90.
    assert row["value"] == pytest.approx(20.0 / 0.2410, rel=1e-3)
    assert row["score"] == pytest.approx(np.exp(-1), abs=1e-3)


def test_a_model_without_the_companion_is_told_which(score: Score) -> None:
    """And the metrics that need none are scored."""
    rows = score(
        lambda a, b: 20.0,
        lambda a, b: 10.0 + 0.1 * a,
        ["npp_soil_correlation", "bias"],
        {"npp": "model"},
        ("cSoil",),
    )
    assert rows.loc["bias", "status"] == "scored"
    row = rows.loc["npp_soil_correlation"]
    assert row["status"] == "not_assessed"
    assert "needs npp of the model, which declares none" in row["message"]


def test_a_reference_without_the_companion_is_told_what_to_write(score: Score) -> None:
    """The line of its descriptor."""
    row = score(
        lambda a, b: 20.0, lambda a, b: 10.0 + 0.1 * a, ["turnover_time"], {}
    ).loc["turnover_time"]
    assert row["status"] == "not_assessed"
    assert "write 'companions: {npp: NAME}'" in row["message"]


def test_maps_stand_for_levels_not_for_relations(score: Score) -> None:
    """A reference of relations alone leaves no maps; one of levels too does."""
    ways = (lambda a, b: 10.0 * production(a, b),) * 2
    beside = {"npp": "npp.yaml"}
    alone = score(*ways, ["npp_soil_correlation"], beside)
    assert not alone.attrs["has_maps"]
    assert score(*ways, ["npp_soil_correlation", "bias"], beside).attrs["has_maps"]
