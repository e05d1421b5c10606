"""Towers in a world: tables of sites that measure what their cell has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import yaml

from worlds.answers import report_factor
from worlds.fields import _spread
from worlds.grids import region_entries

if TYPE_CHECKING:
    from worlds.answers import Answers


@dataclass(frozen=True)
class Tower:
    """One site: its place and class, and the months that it measures in."""

    name: str
    lat: float
    lon: float
    site_class: str = ""
    months: Sequence[int] = tuple(range(1, 13))


def cell_of(world: "Answers", tower: Tower) -> int:
    """Return the number of the cell that holds a tower, by plain comparison."""
    half = 180.0 / len(np.unique(world.grid.lon % 360))
    near = np.abs(world.grid.lat - tower.lat) < half
    turn = (world.grid.lon - tower.lon + 180) % 360 - 180
    (found,) = np.flatnonzero(near & (np.abs(turn) < half))
    return int(found)


def measured(world: "Answers", variable: str, towers: Sequence[Tower]) -> pd.DataFrame:
    """Return a row for each tower and month, in g m-2 yr-1."""
    means = world._months(variable).reshape(-1, len(world.boxes))
    cells = _spread(world, means, like_flux=True) * report_factor(variable)
    years = np.repeat(world.calendar.labels, 12)
    months = np.tile(np.arange(1, 13), world.calendar.years)
    parts = [
        pd.DataFrame(
            {
                "site": tower.name,
                "lat": tower.lat,
                "lon": tower.lon,
                "year": years,
                "month": months,
                "value": cells[:, cell_of(world, tower)],
                "site_class": tower.site_class,
            }
        )[np.isin(months, tower.months)]
        for tower in towers
    ]
    return pd.concat(parts, ignore_index=True)


def write_sites(
    world: "Answers",
    folder: Path,
    variable: str,
    table: pd.DataFrame,
    metrics: Sequence[str],
    *,
    name: str = "towers",
    data: Mapping[str, object] | None = None,
    **keys: Any,
) -> Path:
    """Write a table of sites and its descriptor, over the boxes of a world."""
    table.to_csv(folder / f"{name}.csv", index=False)
    regions = {
        "id": f"{name}_regions",
        "regions": region_entries(world.boxes),
        "source": "drawn for a test",
        "licence": "CC0",
    }
    (folder / f"{name}_regions.yaml").write_text(yaml.safe_dump(regions))
    flux = {"units": "g m-2 yr-1", "mass_basis": "C", "area_basis": "land"}
    scoring = keys.pop("scoring", {})
    about = {
        "reference": name,
        "title": "Towers of a world",
        "variable": variable,
        "kind": "sites",
        "regions": f"{name}_regions.yaml",
        "data": {"files": f"{name}.csv", "name": "value", **(data or flux)},
        "scoring": {"metrics": list(metrics), "source": "a test", **scoring},
        **keys,
    }
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(about, sort_keys=False), encoding="utf-8")
    return path
