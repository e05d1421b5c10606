"""A made-up run with everything that can go right and wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from benchmark.config.descriptors import Model, Reference, Scoring, VariableSource
from benchmark.regions import Region, open_regions
from benchmark.report import write_report
from benchmark.score.result import COLUMNS, Evidence, Note, RunResult

HOSTILE = "<script>alert('x')</script>/../\"$x^2$ 'модель' " + "long" * 40
PLAIN = "CLASSIC"
TABLE_MODEL = "CESM2-WACCM"
TABLE, FIELD, TWIN, STOCK = "table3", "gridded_gpp", "upscaled", "soil <maps>"
REGIONS = ("alaska", "western_canada", "permafrost_domain")
TWINS = ("alaska_boreal_tundra", "western_canada_boreal_tundra")


def row(model: str, reference: str, region: str, **cells: Any) -> dict[str, Any]:
    variable = {TABLE: "nee", FIELD: "gpp", TWIN: "nee", STOCK: "cSoil"}[reference]
    filled = dict.fromkeys(COLUMNS, np.nan)
    given = {
        "model": model,
        "reference": reference,
        "variable": variable,
        "region": region,
        "metric": "regional_mean",
        "units": "kg m-2" if variable == "cSoil" else "g m-2 yr-1",
        "grade": "B",
        "mass_basis": "C",
        "period": "2002-2014",
        "status": "scored",
        "message": "",
    }
    return filled | given | cells


def scored(
    model: str,
    reference: str,
    region: str,
    value: float,
    middle: float,
    score: float,
    **cells: Any,
) -> dict[str, Any]:
    numbers = {"value": value, "reference_value": middle, "score": score}
    return row(model, reference, region, **numbers, **cells)


def rows_of(model: str) -> list[dict[str, Any]]:
    found = [
        scored(
            model,
            TABLE,
            "alaska",
            -5.0,
            -6.0,
            1.0,
            reference_low=-39.0,
            reference_high=6.0,
        ),
        scored(
            model,
            TABLE,
            "western_canada",
            -10.0,
            -52.0,
            0.25,
            reference_low=-74.0,
            reference_high=-12.0,
        ),
        scored(model, FIELD, "western_canada", 400.0, 500.0, 0.8),
        row(
            model,
            FIELD,
            "western_canada",
            metric="seasonal_phase",
            value=-12.0,
            units="day",
            score=0.6,
        ),
        row(
            model,
            FIELD,
            "western_canada",
            metric="interannual_variability",
            status="not_assessed",
            message="3 years & fewer than 5",
        ),
        row(
            model,
            FIELD,
            "alaska",
            status="no_overlap",
            message="no cell of <the model> in Alaska",
        ),
        scored(model, STOCK, "western_canada", 12.0, 20.0, 0.5),
        scored(model, STOCK, "alaska", 20.0, 20.0, 1.0),
    ]
    found += [scored(model, TWIN, region, -4.0, -5.0, 0.9) for region in TWINS]
    return found


def failed_rows(model: str) -> list[dict[str, Any]]:
    return [
        scored(model, TABLE, "permafrost_domain", -20.0, -37.0, 0.7),
        row(
            model,
            TABLE,
            "alaska",
            status="no_model_data",
            message="the table has permafrost_domain only",
        ),
        row(
            model,
            FIELD,
            "alaska",
            status="failed",
            message='gpp.nc is HTML, not NetCDF: "<html>"',
        ),
    ]


def reference(name: str, variable: str, subject: str, **about: Any) -> Reference:
    given: dict[str, Any] = {
        "title": f"Title of {name} +- 1",
        "kind": "regional",
        "family": "mixed",
        "grade": "B",
        "citation": f"Author of {name} (2024)",
        "doi": "10.1029/2023JG007638",
        "licence": f"Licence of {name}",
        "period": (2002, 2014),
    }
    return Reference(
        name=name,
        variable=variable,
        subject=subject,
        data=VariableSource(files=("x.csv",)),
        scoring=Scoring(metrics=("regional_mean",), tolerance=10.3, scale=20.6),
        source=Path("x.yaml"),
        **(given | about),
    )


def model(name: str, family: str = "process_based") -> Model:
    return Model(
        name=name,
        variables={"gpp": VariableSource(files=("gpp.nc",))},
        source=Path("m.yaml"),
        family=family,
        citation=f"Citation of {name[:9]}",
        licence="CC BY 4.0",
    )


def regions() -> dict[str, Region]:
    found: dict[str, Region] = {}
    for name, ids in (
        ("treat2024_permafrost", REGIONS),
        ("treat2024_boreal_tundra", TWINS),
    ):
        found |= {
            region.id: region for region in open_regions(name) if region.id in ids
        }
    return found


def approaches() -> pd.DataFrame:
    lines = [
        ("alaska", "in_situ", "in_situ", 6.0, 52.0),
        ("alaska", "inversion", "inversion", -3.0, 66.0),
        ("western_canada", "in_situ", "in_situ", -53.0, 84.0),
        ("western_canada", "cmip6", "process_based", -25.0, np.nan),
    ]
    names = ["region", "approach", "family", "value", "sd_spatial"]
    return pd.DataFrame(lines, columns=names).assign(
        low=np.nan, high=np.nan, n_sites=3, flag=""
    )


def evidence(west: float = 200.0, east: float = 300.0) -> Evidence:
    lat, lon = np.arange(46.0, 70.0, 4.0), np.arange(west, east, 10.0)
    field = np.add.outer(lat, lon)
    field[0, 0] = np.nan
    grid = {"lat": lat, "lon": lon}
    maps = xr.Dataset(
        {
            "model": (("lat", "lon"), field),
            "reference": (("lat", "lon"), field * 0.9),
            "difference": (("lat", "lon"), field * 0.1),
            "lat_bnds": (("lat", "bnds"), np.stack([lat - 2, lat + 2], 1)),
            "lon_bnds": (("lon", "bnds"), np.stack([lon - 5, lon + 5], 1)),
        },
        grid,
    )
    wave = 1 - np.cos(2 * np.pi * np.arange(12) / 12)
    cycles = xr.Dataset(
        {
            "model": (("region", "month"), [400 * wave], {"units": "g m-2 yr-1"}),
            "reference": (("region", "month"), [500 * wave]),
        },
        {"region": ["western_canada"], "month": range(1, 13)},
    )
    return Evidence(maps=maps, cycle=cycles)


def make_result(names: tuple[str, ...] = (PLAIN, HOSTILE)) -> RunResult:
    rows = [line for name in names for line in rows_of(name)]
    rows += failed_rows(TABLE_MODEL)
    known = [model(name) for name in names] + [model(TABLE_MODEL, "cmip6")]
    references = [
        reference(TABLE, "nee", "nee"),
        reference(TWIN, "nee", "nee", family="upscaling"),
        reference(FIELD, "gpp", "productivity", kind="field", grade="A"),
        reference(STOCK, "cSoil", "soil_carbon", family="mapping"),
    ]
    return RunResult(
        name="made-up",
        title="Made-up <run>",
        scores=pd.DataFrame(rows, columns=list(COLUMNS)),
        models={one.name: one for one in known},
        references={one.name: one for one in references},
        regions=regions(),
        approaches={TABLE: approaches()},
        approach_units={TABLE: "g m-2 yr-1"},
        evidence={(name, FIELD): evidence() for name in names},
        notes=(
            Note(PLAIN, "gpp", "gpp.nc", "conversion", "units <kg> read as kg"),
            Note(PLAIN, "gpp", "gpp.nc", "warning", "areacella is 40 times too small"),
        ),
        manifest={"command": "permabench run", "inputs": {"gpp.nc": "sha256 12ab"}},
    )


@pytest.fixture
def result() -> Callable[..., RunResult]:
    """Make a run of the models named."""
    return make_result


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of the made-up run once."""
    folder = tmp_path_factory.mktemp("report")
    return write_report(make_result(), folder).parent


@pytest.fixture(scope="session")
def hostile() -> str:
    """The name of a model that tries to break out of its page."""
    return HOSTILE
