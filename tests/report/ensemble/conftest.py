"""A run with the real approaches and sites, and models that are made up."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from benchmark.config.descriptors import Model, Reference, Scoring, VariableSource
from benchmark.ensemble import Ensemble, NetFlux, ensembles
from benchmark.regions import open_regions, regions_of_points
from benchmark.regrid import with_cell_edges
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.page import ensemble_context
from benchmark.report.render import render
from benchmark.report.site import Site, open_site
from benchmark.score.result import COLUMNS, Evidence, RunResult
from benchmark.shipped import folder

HOSTILE = "<script>alert('x')</script>\"$x^2$"
NAMES = ("Alpha", "Beta", "Gamma", HOSTILE, "Epsilon")
NEE, GPP, DENSITY, SITES = (
    "treat2024_nee",
    "gpp_map",
    "treat2018_density",
    "bawld_sites",
)
UNIT = 1e-3 / (365.2425 * 86400.0)  # 1 g m-2 yr-1 in kg m-2 s-1


@dataclass(frozen=True)
class Page:
    """A written page, what it was made of and where."""

    site: Site
    folder: Path
    context: dict[str, Any]
    html: str

    def section(self, id: str) -> Any:
        """Return a section by its id."""
        return next(one for one in self.context["sections"] if one.id == id)

    def csv(self, name: str) -> pd.DataFrame:
        """Return the data beside a figure."""
        return pd.read_csv(self.folder / "figures" / f"{name}.csv")


def shipped(path: str) -> pd.DataFrame:
    """Return a table that ships with the references."""
    with folder("references").joinpath(path).open(encoding="utf-8") as file:
        return pd.read_csv(file, comment="#", keep_default_na=True)


def approaches(path: str) -> pd.DataFrame:
    names = ["low", "high", "sd_spatial", "n_sites"]
    table = shipped(path)
    for name in names:
        if name not in table:
            table[name] = np.nan
    table["value"] = pd.to_numeric(table["value"], errors="coerce")
    table["flag"] = table["flag"].fillna("")
    kept = ["region", "approach", "family", "value", *names, "flag"]
    return table[kept]


def site_table(path: str) -> pd.DataFrame:
    table = shipped(path)
    regions = open_regions("treat2024_permafrost")
    parts = regions.select([id for id in regions.ids if id != "permafrost_domain"])
    inside = regions_of_points(parts, table["lat"].to_numpy(), table["lon"].to_numpy())
    first = np.array([*parts.ids, ""])[
        np.where(inside.any("region"), inside.argmax("region"), len(parts.ids))
    ]
    names = ["site", "lat", "lon", "site_class", "region", "value", "n"]
    return table.assign(region=first)[names]


def reference(name: str, variable: str, kind: str = "regional", **about: Any):
    metrics = about.pop("metrics", ("regional_mean",))
    given: dict[str, Any] = {
        "title": name,
        "label": name,
        "grade": "B",
        "family": "mixed",
        "period": (2002, 2014),
    }
    return Reference(
        name=name,
        variable=variable,
        kind=kind,
        data=VariableSource(files=("x.csv",)),
        scoring=Scoring(metrics=metrics),
        source=Path("x.yaml"),
        **(given | about),
    )


def model(name: str, family: str = "process_based") -> Model:
    return Model(
        name=name,
        variables={"nee": VariableSource(files=("nee.nc",))},
        source=Path("m.yaml"),
        family=family,
    )


def score_rows(names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return NEE of the median plus 10 a model, and methane of twice the sites."""
    table = approaches("treat2024/nee_table3.csv")
    medians = table.groupby("region", sort=False)["value"].median()
    density = approaches("treat2018_ch4/density_treat2024_permafrost.csv")
    levels = density.set_index("region")["value"]
    rows = []
    for place, name in enumerate(names):
        for region, middle in medians.items():
            value = middle + 10.0 * (place + 1)
            rows.append(_row(name, NEE, "nee", region, value, middle))
        for region, middle in levels.items():
            value = abs(middle) * (1 + place)
            rows.append(
                _row(name, DENSITY, "ch4", region, value, middle, metric="ch4_density")
            )
    rows.append(
        _row(names[0], GPP, "gpp", "alaska", np.nan, np.nan)
        | {"status": "failed", "message": "gpp.nc is HTML & no NetCDF"}
    )
    return rows


def _row(
    name: str,
    reference: str,
    variable: str,
    region: Any,
    value: float,
    middle: float,
    metric: str = "regional_mean",
) -> dict[str, Any]:
    return dict.fromkeys(COLUMNS, np.nan) | {
        "model": name,
        "reference": reference,
        "variable": variable,
        "region": region,
        "season": "annual",
        "metric": metric,
        "units": "g m-2 yr-1",
        "mass_basis": "CH4" if variable == "ch4" else "C",
        "value": value,
        "reference_value": middle,
        "score": 0.5,
        "grade": "B",
        "period": "2002-2014",
        "status": "scored",
        "message": "",
    }


def flux(value: float, family: str, name: str) -> NetFlux:
    """Return a flux of one value on every 10 degrees of the north."""
    lat, lon = np.arange(47.5, 90, 5.0), np.arange(5.0, 360, 10.0)
    grid = xr.Dataset(
        {
            "lat_bnds": (("lat", "bnds"), np.c_[lat - 2.5, lat + 2.5]),
            "lon_bnds": (("lon", "bnds"), np.c_[lon - 5, lon + 5]),
        },
        coords={"lat": lat, "lon": lon},
    )
    field = xr.DataArray(
        np.full((lat.size, lon.size), value * UNIT),
        {"lat": lat, "lon": lon},
        ("lat", "lon"),
        attrs={"units": "kg m-2 s-1", "mass_basis": "C"},
    )
    field = with_cell_edges(field, grid)
    ones = np.ones((lat.size, lon.size))
    return NetFlux(
        name, family, field.assign_coords(land_fraction=(("lat", "lon"), ones))
    )


def map_evidence(scale: float) -> Evidence:
    """Return maps whose model is `scale` times the reference."""
    lat, lon = np.arange(47.5, 90, 5.0), np.arange(5.0, 360, 10.0)
    field = np.add.outer(lat, lon)
    return Evidence(
        maps=xr.Dataset(
            {
                "model": (("lat", "lon"), scale * field),
                "reference": (("lat", "lon"), field),
                "difference": (("lat", "lon"), (scale - 1) * field),
                "lat_bnds": (("lat", "bnds"), np.c_[lat - 2.5, lat + 2.5]),
                "lon_bnds": (("lon", "bnds"), np.c_[lon - 5, lon + 5]),
            },
            {"lat": lat, "lon": lon},
        )
    )


def make_run(names: tuple[str, ...] = NAMES) -> RunResult:
    ranges = ("metrics", ("ch4_density",))
    known = [
        reference(NEE, "nee"),
        reference(GPP, "gpp", "field"),
        reference(DENSITY, "ch4", **dict([ranges])),
        reference("chambers", "ch4", **dict([ranges])),
        reference("towers", "ch4", **dict([ranges])),
        reference(SITES, "ch4", "sites", role="context"),
    ]
    return RunResult(
        name="made-up",
        title="Made-up run",
        scores=pd.DataFrame(score_rows(names), columns=list(COLUMNS)),
        models={name: model(name) for name in names},
        references={one.name: one for one in known},
        regions={one.id: one for one in open_regions("treat2024_permafrost")},
        approaches={
            NEE: approaches("treat2024/nee_table3.csv"),
            DENSITY: approaches("treat2018_ch4/density_treat2024_permafrost.csv"),
            "chambers": approaches("treat2024/ch4_density_chambers.csv"),
            "towers": approaches("treat2024/ch4_density_ec_upscaling.csv"),
        },
        approach_units={NEE: "g m-2 yr-1", DENSITY: "g m-2 yr-1"},
        sites={SITES: site_table("bawld_ch4/sites.csv")},
        evidence={
            (name, GPP): map_evidence(0.5 * (place + 1))
            for place, name in enumerate(names)
        },
        net_fluxes=(
            flux(-30.0, "process_based", names[0]),
            flux(20.0, "process_based", names[-1]),
            flux(-15.0, "inversion", "an inversion"),
        ),
    )


def draw(run: RunResult, folder: Path) -> Page:
    site = open_site(run)
    context = ensemble_context(site, Studio(site, folder))
    return Page(site, folder, context, render("ensemble.html", root="", **context))


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The page of five models."""
    return draw(make_run(), tmp_path_factory.mktemp("ensemble"))


@pytest.fixture(scope="session")
def ensemble(page: Page) -> Ensemble:
    """What the approaches of that run say."""
    return ensembles(page.site.result)[NEE]


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The page of one model in a run without approaches, sites and maps."""
    run = make_run(("Alpha",))
    empty = replace(run, approaches={}, sites={}, net_fluxes=(), evidence={})
    few = empty.scores[empty.scores["region"] == "alaska"].reset_index(drop=True)
    return draw(replace(empty, scores=few), tmp_path_factory.mktemp("bare"))


@pytest.fixture
def run() -> Callable[..., RunResult]:
    """Make a run of the models named."""
    return make_run
