"""Tables of regional means of a world, as references have them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import xarray as xr
import yaml

from worlds.answers import STATES, report_factor
from worlds.grids import region_entries

if TYPE_CHECKING:
    from worlds.answers import Answers


def write_table(
    world: "Answers", folder: Path, variable: str, name: str, steps: str
) -> dict[str, Any]:
    """Write a table and its regions; return the keys of the descriptor for them."""
    table = _rows(world, variable, steps).rename("value").to_dataframe()
    table = table.reset_index()[[*_columns(steps), "region", "value"]].dropna()
    areas = world.land_area.to_series() / 1e12
    table["area_Mkm2"] = table["region"].map(areas)
    table.to_csv(folder / f"{name}.csv", index=False)
    regions = {
        "id": f"{name}_regions",
        "regions": region_entries(world.boxes),
        "source": "drawn for a test",
        "licence": "CC0",
    }
    (folder / f"{name}_regions.yaml").write_text(yaml.safe_dump(regions))
    data: dict[str, Any] = {
        "files": f"{name}.csv",
        "units": world.units(variable) if variable in STATES else "g m-2 yr-1",
        "statistic": "mean",
    }
    if variable not in STATES:
        data |= {
            "mass_basis": "CH4" if variable == "ch4" else "C",
            "area_basis": "land",
        }
        data["sign"] = "up" if variable in ("nee", "ch4") else None
    data = {key: value for key, value in data.items() if value is not None}
    first = world.calendar.first
    return {
        "regions": f"{name}_regions.yaml",
        "period": [first, first + world.calendar.years - 1],
        "data": data,
    }


def _columns(steps: str) -> list[str]:
    return {
        "period": [],
        "annual": ["year"],
        "climatology": ["month"],
        "monthly": ["year", "month"],
    }[steps]


def _rows(world: "Answers", variable: str, steps: str) -> xr.DataArray:
    made = {
        "period": world.mean,
        "annual": world.annual,
        "climatology": world.climatology,
        "monthly": world.series,
    }[steps](variable)
    gone = made["region"].isin(list(world.lacking))
    return made.where(~gone) * report_factor(variable)
