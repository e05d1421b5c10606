"""What a metric has to find in a world: plain sums over cells and months."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import xarray as xr

from worlds.cycles import Calendar, Cycle
from worlds.grids import BOXES, Box, Grid, box_area, regular
from worlds.soil import Ground, Soil

SECONDS_PER_YEAR = 365.2425 * 86400.0
STATES = ("tas", "tsl", "wtd")


def report_factor(variable: str) -> float:
    """Return the factor from canonical units to those of `Cycle`."""
    return 1.0 if variable in STATES else 1000.0 * SECONDS_PER_YEAR


@dataclass(frozen=True)
class Answers:
    """A world, and its answers in canonical units.

    Parameters
    ----------
    cycles : mapping of str to Cycle
        By variable: nee, gpp, npp, ra, rh, reco, ch4, tas, wtd.
    grid : Grid
        See `regular` and `mesh`.
    calendar : Calendar
        Of all variables.
    soil : Soil, optional
        Soil carbon.
    ground : Ground, optional
        Soil temperature.
    wetland : float or sequence, optional
        Wetlands as a fraction of land.
    land : float
        Land as a fraction of every cell.
    pattern : float
        Part of its regional mean by which a flux or stock differs from cell to
        cell.
    lacking : tuple of str
        Regions without values.
    boxes : mapping
        The regions.
    """

    cycles: Mapping[str, Cycle]
    grid: Grid = field(default_factory=regular)
    calendar: Calendar = field(default_factory=Calendar)
    soil: Soil | None = None
    ground: Ground | None = None
    wetland: float | Sequence[float] | None = None
    land: float = 1.0
    pattern: float = 0.2
    lacking: tuple[str, ...] = ()
    boxes: Mapping[str, Box] = field(default_factory=lambda: BOXES)

    @property
    def regions(self) -> list[str]:
        """Names of the regions."""
        return list(self.boxes)

    @property
    def owner(self) -> np.ndarray:
        """Number of each cell's region, -1 outside of all."""
        return self.grid.owner(self.boxes)

    @property
    def land_area(self) -> xr.DataArray:
        """Land of each region (region,), m2."""
        areas = [box_area(box) * self.land for box in self.boxes.values()]
        return self._regional(np.array(areas), "m2")

    def series(self, variable: str) -> xr.DataArray:
        """Return monthly regional means (time, region), as metrics get them."""
        values = self._months(variable).reshape(-1, len(self.boxes))
        shape = self.calendar.years, 12
        years = np.broadcast_to(self.calendar.labels[:, None], shape)
        coords = {
            "year": ("time", years.reshape(-1)),
            "month": ("time", np.tile(np.arange(1, 13), self.calendar.years)),
            "days": ("time", self.calendar.lengths.reshape(-1)),
            "region": self.regions,
        }
        attrs = {"units": self.units(variable)}
        made = xr.DataArray(values, coords, ("time", "region"), variable, attrs)
        return self._present(made)

    @staticmethod
    def units(variable: str) -> str:
        """Return the canonical units of a variable."""
        return {"tas": "K", "tsl": "K", "wtd": "m"}.get(variable, "kg m-2 s-1")

    def annual(self, variable: str) -> xr.DataArray:
        """Return annual means (year, region), months weighted by their days."""
        days = self.calendar.lengths
        values = np.einsum("ym,ymr->yr", days, self._months(variable))
        coords = {"year": self.calendar.labels, "region": self.regions}
        attrs = {"units": self.units(variable)}
        values = values / days.sum(1)[:, None]
        return self._present(
            xr.DataArray(values, coords, ("year", "region"), attrs=attrs)
        )

    def mean(self, variable: str) -> xr.DataArray:
        """Return means of all months (region,), weighted by their days."""
        days = self.calendar.lengths
        values = np.einsum("ym,ymr->r", days, self._months(variable)) / days.sum()
        return self._regional(values, self.units(variable))

    def total(self, variable: str) -> xr.DataArray:
        """Return means times land (region,): kg s-1."""
        return (self.mean(variable) * self.land_area).assign_attrs(units="kg s-1")

    def climatology(self, variable: str) -> xr.DataArray:
        """Return twelve months (month, region), years count equally."""
        coords = {"month": np.arange(1, 13), "region": self.regions}
        attrs = {"units": self.units(variable)}
        values = self._months(variable).mean(0)
        return self._present(
            xr.DataArray(values, coords, ("month", "region"), attrs=attrs)
        )

    def share(self, variable: str, months: Iterable[int]) -> xr.DataArray:
        """Return the share of calendar months in the sum of all (region,)."""
        days, values = self.calendar.lengths, self._months(variable)
        amount = np.einsum("ym,ymr->mr", days, values)
        chosen = [month - 1 for month in months]
        return self._regional(amount[chosen].sum(0) / amount.sum(0), "1")

    def span(self, variable: str) -> xr.DataArray:
        """Return the largest minus the smallest month of the climatology (region,)."""
        cycle = self.climatology(variable)
        return cycle.max("month") - cycle.min("month")

    def trend(self, variable: str) -> xr.DataArray:
        """Return the change of annual means per year (region,)."""
        cycle = self.cycles[variable]
        slope = cycle.factor * cycle._each(cycle.trend, len(self.boxes))
        return self._regional(slope / report_factor(variable), self.units(variable))

    def stock(self, top: float = 0.0, bottom: float = 3.0) -> xr.DataArray:
        """Return soil carbon between two depths (region,), kg m-2."""
        if self.soil is None:
            msg = "this world has no soil"
            raise ValueError(msg)
        values = self.soil.between(top, bottom, len(self.boxes))
        return self._regional(values, "kg m-2")

    def stock_total(self, top: float = 0.0, bottom: float = 3.0) -> xr.DataArray:
        """Return soil carbon of each region (region,), kg."""
        return (self.stock(top, bottom) * self.land_area).assign_attrs(units="kg")

    def alt(self) -> xr.DataArray:
        """Return the active layer thickness where there is permafrost (region,), m."""
        return self._regional(self._ground.alt(len(self.boxes)), "m")

    def permafrost_area(self) -> xr.DataArray:
        """Return the land with permafrost (region,), m2."""
        frozen = self._ground.permafrost(self.owner, len(self.boxes))
        areas = [
            self.grid.area[frozen & (self.owner == region)].sum() * self.land
            for region in range(len(self.boxes))
        ]
        return self._regional(np.array(areas), "m2")

    @property
    def _ground(self) -> Ground:
        if self.ground is None:
            msg = "this world has no ground"
            raise ValueError(msg)
        return self.ground

    def _months(self, variable: str) -> np.ndarray:
        """Return (year, month, region) in canonical units."""
        if variable not in self.cycles and variable == "reco":
            return self._months("ra") + self._months("rh")
        if variable not in self.cycles and variable == "nee":
            return self._months("reco") - self._months("gpp")
        values = self.cycles[variable].series(self.calendar, len(self.boxes))
        return values / report_factor(variable)

    def _present(self, made: xr.DataArray) -> xr.DataArray:
        return made.where(~made["region"].isin(list(self.lacking)))

    def _regional(self, values: np.ndarray, units: str) -> xr.DataArray:
        coords = {"region": self.regions}
        return self._present(
            xr.DataArray(values, coords, ("region",), attrs={"units": units})
        )
