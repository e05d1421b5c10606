"""One known field that strangers write in their own ways, and how it must score."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml

from benchmark.checking import check_models
from benchmark.config import load_models, load_suite
from benchmark.score import score_suite

MONTHS = 24
NORTH = {"id": "north", "lat": [50, 75], "lon": [-180, 180]}
SIBERIA = {"id": "siberia", "lat": [55, 70], "lon": [60, 120]}
AMPLITUDES = {"gpp": 1.0, "ra": 0.5, "rh": 0.3, "ch4": 0.01}


def flux(
    lat: np.ndarray, lon: np.ndarray, variable: str = "gpp", months: int = MONTHS
) -> np.ndarray:
    """Return kg C m-2 s-1, months first: a summer peak, smooth in space."""
    season = np.clip(np.cos((np.arange(months) % 12 - 6) / 6 * np.pi), 0, None)
    shape = (-1, *[1] * np.ndim(lat))
    space = np.cos(np.radians(lat)) * (1 + 0.4 * np.sin(np.radians(lon)))
    return AMPLITUDES[variable] * 6e-8 * season.reshape(shape) * space


def stock(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return kg C m-2 of soil carbon, smooth in space."""
    return 20.0 * np.cos(np.radians(lat)) * (1 + 0.4 * np.sin(np.radians(lon)))


@dataclass(frozen=True)
class Verdict:
    """What a run and a check made of a stranger's files.

    Parameters
    ----------
    rows : DataFrame
        The score table.
    problem : str
        Why the variable could not be scored.
    warnings, conversions : tuple of str
        What the check said.
    """

    rows: pd.DataFrame
    problem: str
    warnings: tuple[str, ...]
    conversions: tuple[str, ...]

    @property
    def worst(self) -> float:
        """The lowest score of all rows; 0 if one is missing."""
        scored = self.rows[self.rows["metric"].str.startswith("ilamb")]
        return float(scored["score"].fillna(0.0).min()) if len(scored) else 0.0

    @property
    def ratio(self) -> float:
        """The regional mean furthest from that of the reference, over it."""
        rows = self.rows[self.rows["metric"] == "bias"]
        ratios = 1 + rows["value"] / rows["reference_value"]
        if ratios.empty:
            return float("nan")
        return float(ratios.iloc[(ratios - 1).abs().fillna(9e9).argmax()])

    def is_right(self, score: float = 0.97, error: float = 0.01) -> bool:
        """Whether every region has its score and its mean."""
        return self.worst > score and abs(self.ratio - 1) < error

    @property
    def told(self) -> str:
        """Everything that the user was told."""
        messages = self.rows["message"].unique()
        return "\n".join(
            (self.problem, *self.warnings, *self.conversions, *map(str, messages))
        )


def _reference(folder: Path, variable: str) -> Path:
    """Write the known field on 2.5 degrees, and its descriptor."""
    lat, lon = np.arange(41.25, 90, 2.5), np.arange(1.25, 360, 2.5)
    mesh = np.meshgrid(lat, lon, indexing="ij")
    if variable == "cSoil":
        field, units = (("lat", "lon"), stock(*mesh)), "kg m-2"
    elif variable == "nee":
        values = flux(*mesh, "ra") + flux(*mesh, "rh") - flux(*mesh)
        field, units = (("time", "lat", "lon"), values), "kg m-2 s-1"
    else:
        field, units = (("time", "lat", "lon"), flux(*mesh, variable)), "kg m-2 s-1"
    data = xr.Dataset(
        {variable: (*field, {"units": units})},
        coords={
            "lat": ("lat", lat, {"units": "degrees_north"}),
            "lon": ("lon", lon, {"units": "degrees_east"}),
        },
    )
    if variable != "cSoil":
        data["time"] = pd.date_range("2000-01-01", periods=MONTHS, freq="MS")
        data["time"] = data["time"] + pd.Timedelta(days=14)
    path = folder / f"reference_{variable}.nc"
    data.to_netcdf(path)
    metrics = ["bias", "ilamb_bias"] + (["ilamb_rmse"] * (variable != "cSoil"))
    source: dict[str, Any] = {"files": path.name, "name": variable}
    if variable == "cSoil":
        source |= {"depth": "full_column", "static": True}
    if variable == "ch4":
        source["area_basis"] = "land"
    descriptor = {
        "reference": f"known_{variable}",
        "title": "The known field",
        "variable": variable,
        "kind": "field",
        "data": source,
        "scoring": {"metrics": metrics},
    }
    written = folder / f"reference_{variable}.yaml"
    written.write_text(yaml.safe_dump(descriptor, sort_keys=False))
    return written


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the descriptor of a reference of a variable, written once."""
    folder = tmp_path_factory.mktemp("known")
    written: dict[str, Path] = {}

    def reference(variable: str) -> Path:
        if variable not in written:
            written[variable] = _reference(folder, variable)
        return written[variable]

    return reference


Judge = Callable[..., Verdict]


@pytest.fixture
def judge(tmp_path: Path, known: Callable[[str], Path]) -> Judge:
    """Write a model file, check it and score it against the known field."""

    def verdict(
        model: str | Mapping[str, Any],
        variable: str = "gpp",
        regions: list[dict[str, Any]] | None = None,
    ) -> Verdict:
        text = model if isinstance(model, str) else yaml.safe_dump(dict(model))
        path = tmp_path / "stranger.yaml"
        path.write_text(text, encoding="utf-8")
        checked = [c for c in check_models(load_models(path)) if c.variable == variable]
        suite = load_suite(
            {
                "suite": "strangers",
                "models": [str(path)],
                "references": [str(known(variable))],
                "regions": regions or [NORTH, SIBERIA],
            }
        )
        rows = score_suite(suite).scores
        return Verdict(
            rows,
            checked[0].problem if checked else "not offered",
            checked[0].warnings if checked else (),
            checked[0].conversions if checked else (),
        )

    return verdict


@pytest.fixture
def write_flux() -> Callable[..., np.ndarray]:
    """Give `flux`."""
    return flux


@pytest.fixture
def write_stock() -> Callable[..., np.ndarray]:
    """Give `stock`."""
    return stock
