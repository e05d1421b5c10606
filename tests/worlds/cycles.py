"""Months of a calendar, and cycles whose mean, phase, share and trend are given."""

from collections.abc import Sequence
from dataclasses import dataclass

import cftime
import numpy as np

# Day of a year of 365 days in the middle of each month.
MIDDLE = np.array(
    [15.5, 45, 74.5, 105, 135.5, 166, 196.5, 227.5, 258, 288.5, 319, 349.5]
)
COLD = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1], dtype=bool)
Numbers = float | Sequence[float]


@dataclass(frozen=True)
class Calendar:
    """Whole years of a calendar.

    Parameters
    ----------
    name : str
        As CF names it: standard, noleap, 360_day.
    first, years : int
        The first year, and how many.
    """

    name: str = "noleap"
    first: int = 2001
    years: int = 5

    @property
    def labels(self) -> np.ndarray:
        """The years (year,)."""
        return np.arange(self.first, self.first + self.years)

    @property
    def lengths(self) -> np.ndarray:
        """Days of each month (year, month)."""
        edges = self.month_edges().reshape(-1)
        return np.diff(edges).reshape(self.years, 12)

    def month_edges(self) -> np.ndarray:
        """Return days since the start at which months begin, and the last one ends."""
        starts = [
            cftime.datetime(year, month, 1, calendar=self.name)
            for year in self.labels
            for month in range(1, 13)
        ]
        starts.append(
            cftime.datetime(self.first + self.years, 1, 1, calendar=self.name)
        )
        return cftime.date2num(starts, self.units, self.name).astype(float)

    @property
    def units(self) -> str:
        """Units of time in the files."""
        return f"days since {self.first}-01-01"


@dataclass(frozen=True)
class Cycle:
    """What a variable does in a year and over the years.

    All numbers are one for all regions or one for each, in g m-2 yr-1 for
    fluxes and in canonical units for others. Every year has exactly `mean`,
    plus `trend` and `anomalies`, in its own month lengths.

    Parameters
    ----------
    mean : float or sequence
        Annual mean, without trend and anomalies.
    amplitude : float or sequence
        Of the first harmonic, half of top to bottom; ignored with
        `cold_share`, then a pulse of May to September stands on a level of
        October to April.
    peak : float or sequence
        Day of the year (of 365) of the maximum.
    cold_share : float or sequence, optional
        Share of October to April in the annual sum.
    trend : float or sequence
        Per year, about the middle year.
    anomalies : sequence, optional
        Added to each year, the same in all regions.
    factor : float
        Of everything.
    """

    mean: Numbers
    amplitude: Numbers = 0.0
    peak: Numbers = 200.0
    cold_share: Numbers | None = None
    trend: Numbers = 0.0
    anomalies: tuple[float, ...] | None = None
    factor: float = 1.0

    def series(self, calendar: Calendar, regions: int) -> np.ndarray:
        """Return (year, month, region)."""
        days = calendar.lengths
        departure = calendar.labels - calendar.labels.mean()
        years = self._each(self.trend, regions) * departure[:, None]
        if self.anomalies is not None:
            years = years + np.asarray(self.anomalies)[:, None]
        mean = self._each(self.mean, regions)
        if self.cold_share is None:
            shape = self._wave(days, regions)
            return self.factor * ((mean + years)[:, None, :] + shape)
        return self.factor * (mean + years)[:, None, :] * self._pulse(days, regions)

    def _wave(self, days: np.ndarray, regions: int) -> np.ndarray:
        angle = 2 * np.pi * (MIDDLE[:, None] - self._each(self.peak, regions)) / 365
        wave = self._each(self.amplitude, regions) * np.cos(angle)
        level = np.einsum("ym,mr->yr", days, wave) / days.sum(1)[:, None]
        return wave[None] - level[:, None, :]

    def _pulse(self, days: np.ndarray, regions: int) -> np.ndarray:
        share = self._each(self.cold_share, regions)
        angle = np.pi * (MIDDLE[:, None] - self._each(self.peak, regions)) / 365
        pulse = np.where(COLD[:, None], 0.0, np.cos(angle) ** 8)
        cold = np.where(COLD, days, 0.0).sum(1)
        warm = np.einsum("ym,mr->yr", days, pulse)
        year = days.sum(1)[:, None, None]
        winter = share * COLD[:, None] / cold[:, None, None]
        return year * (winter + (1 - share) * pulse / warm[:, None, :])

    @staticmethod
    def _each(numbers: Numbers | None, regions: int) -> np.ndarray:
        return np.broadcast_to(np.asarray(numbers, dtype=float), (regions,))
