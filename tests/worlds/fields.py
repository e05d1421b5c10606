"""Fields of a world as files have them: CF names, units, time and its bounds."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from worlds.cycles import Calendar

if TYPE_CHECKING:
    from worlds.answers import Answers

GROSS = ("gpp", "npp", "ra", "rh", "reco")
NAMES = {"ch4": "wetlandCH4", "cSoil": "cSoilLevels"}
METHODS = {
    "land": "area: mean where land",
    "cell": "area: mean",
    "wetland": "area: mean where natural_wetland",
}
# From kg m-2 s-1, K or m, by months of so many days.
UNITS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "kg m-2 s-1": lambda x, days: x,
    "kg C m-2 s-1": lambda x, days: x,
    "g C m-2 d-1": lambda x, days: x * 8.64e7,
    "gC/m^2/day": lambda x, days: x * 8.64e7,
    "umol CO2 m-2 s-1": lambda x, days: x * 1e9 / 12.011,
    "g m-2 month-1": lambda x, days: x * 8.64e7 * days,
    "mg CH4 m-2 d-1": lambda x, days: x * 8.64e10,
    "K": lambda x, days: x,
    "degC": lambda x, days: x - 273.15,
    "m": lambda x, days: x,
    "cm": lambda x, days: x * 100.0,
}


def field_of(
    world: "Answers",
    variable: str,
    *,
    units: str | None = None,
    sign: str = "up",
    basis: str = "land",
    daily: bool = False,
) -> xr.Dataset:
    """Return one variable on the world's grid, as a file has it."""
    if variable == "cSoil":
        return _soil_carbon(world)
    if variable == "tsl":
        return _soil_temperature(world, daily=daily)
    if variable == "wetlandFrac":
        fraction = np.asarray(world.wetland) * np.ones(len(world.boxes))
        return wetland_field(world, variable, 100.0 * world.land * fraction)
    means = world._months(variable).reshape(-1, len(world.boxes))
    values = _spread(world, means, like_flux=variable not in ("tas", "wtd"))
    values = values * _per_area(world, basis)
    spelled = units or world.units(variable)
    days = world.calendar.lengths.reshape(-1, 1)
    values = UNITS[spelled](-values if sign == "down" else values, days)
    data = _dataset(world, NAMES.get(variable, variable), values, ("time",))
    about = data[NAMES.get(variable, variable)].attrs
    about["units"] = spelled
    about["cell_methods"] = METHODS[basis]
    return _timed(data, world.calendar.month_edges(), world.calendar)


def descriptor_units(data: xr.Dataset, variable: str) -> dict[str, object]:
    """Return what the YAML has to say of a variable of `field_of`."""
    entry: dict[str, object] = {"name": NAMES.get(variable, variable)}
    units = str(data[str(entry["name"])].attrs["units"])
    if variable == "cSoil" or variable in ("sftlf", "wetlandFrac"):
        return {**entry, "static": True}
    if variable in ("tas", "tsl", "wtd"):
        return entry
    if "C" not in units:
        entry["mass_basis"] = "CH4" if variable == "ch4" else "C"
    return {**entry, "area_basis": "land"}


def wetland_field(
    world: "Answers", name: str, percent: float | np.ndarray
) -> xr.Dataset:
    """Return percentages of whole cells, one or one for each region, no time."""
    means = np.broadcast_to(np.asarray(percent, dtype=float), (1, len(world.boxes)))
    data = _dataset(world, name, _spread(world, means, like_flux=False)[0], ())
    data[name].attrs |= {"units": "%", "cell_methods": METHODS["cell"]}
    return data


def _spread(world: "Answers", means: np.ndarray, *, like_flux: bool) -> np.ndarray:
    """Return (time, cell) of (time, region); outside is the mean of the regions."""
    owner = world.owner
    every = np.concatenate([means, means.mean(1, keepdims=True)], axis=1)
    values = every[:, owner] * (_relative(world) if like_flux else 1.0)
    gone = [world.regions.index(name) for name in world.lacking]
    return np.where(np.isin(owner, gone), np.nan, values)


def _relative(world: "Answers") -> np.ndarray:
    """Return a pattern whose mean by area is 1 in each region (cell,)."""
    owner, area = world.owner, world.grid.area
    angle = np.radians(6 * world.grid.lon + 9 * world.grid.lat)
    raw = 1 + world.pattern * np.sin(angle)
    for region in np.unique(owner):
        cells = owner == region
        raw[cells] /= (raw[cells] * area[cells]).sum() / area[cells].sum()
    return raw


def _per_area(world: "Answers", basis: str) -> np.ndarray:
    """Return what a flux per land is multiplied with to be per another area."""
    if basis == "land":
        return np.ones(world.grid.lat.size)
    if basis == "cell":
        return np.full(world.grid.lat.size, world.land)
    fraction = np.asarray(world.wetland, dtype=float) * np.ones(len(world.boxes))
    return 1.0 / np.append(fraction, fraction.mean())[world.owner]


def _soil_carbon(world: "Answers") -> xr.Dataset:
    soil = world.soil
    values = _spread(world, soil.layers(len(world.boxes)), like_flux=True)
    data = _dataset(world, "cSoilLevels", values, ("sdepth",))
    data["cSoilLevels"].attrs["units"] = "kg m-2"
    return _layered(data, "sdepth", np.asarray(soil.edges, dtype=float))


def _soil_temperature(world: "Answers", *, daily: bool) -> xr.Dataset:
    ground, calendar = world.ground, world.calendar
    make = ground.daily if daily else ground.monthly
    values = make(calendar, world.owner, len(world.boxes))
    gone = [world.regions.index(name) for name in world.lacking]
    values[..., np.isin(world.owner, gone)] = np.nan
    data = _dataset(world, "tsl", values.astype("float32"), ("time", "depth"))
    data["tsl"].attrs = {"units": "K", "standard_name": "soil_temperature"}
    data = _layered(data, "depth", np.asarray(ground.edges))
    edges = calendar.month_edges()
    return _timed(data, np.arange(edges[-1] + 1) if daily else edges, calendar)


def _dataset(
    world: "Answers", name: str, values: np.ndarray, leading: tuple[str, ...]
) -> xr.Dataset:
    field = world.grid.laid_out(values, leading)
    attrs = {"cell_methods": METHODS["land"]}
    if not world.grid.is_exact:
        attrs["coordinates"] = "latitude longitude"
    return world.grid.coords.assign({name: field.assign_attrs(attrs)})


def _layered(data: xr.Dataset, dimension: str, edges: np.ndarray) -> xr.Dataset:
    bounds = np.stack([edges[:-1], edges[1:]], axis=1)
    attrs = {"units": "m", "positive": "down", "axis": "Z"}
    attrs["bounds"] = f"{dimension}_bnds"
    data = data.assign_coords({dimension: (dimension, bounds.mean(1), attrs)})
    return data.assign({f"{dimension}_bnds": ((dimension, "bnds"), bounds)})


def _timed(data: xr.Dataset, edges: np.ndarray, calendar: Calendar) -> xr.Dataset:
    bounds = np.stack([edges[:-1], edges[1:]], axis=1)
    attrs = {"units": calendar.units, "calendar": calendar.name, "bounds": "time_bnds"}
    data = data.assign_coords(time=("time", bounds.mean(1), attrs))
    return data.assign(time_bnds=(("time", "bnds"), bounds))
