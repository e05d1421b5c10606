"""Soil carbon by layers, and a ground that thaws to a known depth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from worlds.cycles import MIDDLE, Calendar, Cycle, Numbers

ZERO = 273.15


@dataclass(frozen=True)
class Soil:
    """Carbon in layers.

    Parameters
    ----------
    edges : sequence of float
        Depths between layers, m, from 0.
    amounts : sequence
        kg m-2 in each layer; (layer,) or (layer, region).
    """

    edges: Sequence[float] = (0.0, 0.3, 1.0, 2.0, 3.0)
    amounts: Sequence[object] = (8.0, 12.0, 10.0, 5.0)

    def layers(self, regions: int) -> np.ndarray:
        """Return kg m-2 (layer, region)."""
        amounts = np.asarray(self.amounts, dtype=float)
        amounts = amounts[:, None] if amounts.ndim == 1 else amounts
        return np.broadcast_to(amounts, (len(amounts), regions))

    def between(self, top: float, bottom: float, regions: int) -> np.ndarray:
        """Return kg m-2 (region,); layers are of one density inside."""
        edges = np.asarray(self.edges, dtype=float)
        inside = np.clip(
            np.minimum(edges[1:], bottom) - np.maximum(edges[:-1], top), 0, None
        )
        return (inside / np.diff(edges)) @ self.layers(regions)


@dataclass(frozen=True)
class Ground:
    """Soil temperature whose warmest profile is a straight line in depth.

    T(z, t) = mean + amplitude (1 - z / depth) cos(t - peak), in phase at all
    depths, so that the thaw depth is exact under linear interpolation. In the
    cells without permafrost the mean is `warm`. Daily values stay at 0 degC
    for `curtain` days each autumn down to half a metre, and leave 0 by one
    degree before and after, so that any tolerance up to 1 K finds that many.

    Parameters
    ----------
    mean, amplitude : float or sequence
        degC and K, one or one for each region.
    depth : float
        Where the cycle would vanish, m; below the layers.
    warm : float
        Mean outside of permafrost, degC.
    share : float or sequence
        Share of the region's cells that have permafrost.
    curtain : int
        Days.
    edges : sequence of float
        Depths between layers, m, from 0; temperatures are those of the middles.
    """

    mean: Numbers = -8.0
    amplitude: Numbers = 10.0
    depth: float = 5.0
    warm: float = 4.0
    share: Numbers = 1.0
    curtain: int = 30
    edges: Sequence[float] = (0.0, 0.1, 0.2, 0.4, 0.8, 1.4, 2.0, 3.0, 4.0)
    peak: float = 196.5

    @property
    def middles(self) -> np.ndarray:
        """Depths of the layers, m."""
        edges = np.asarray(self.edges)
        return (edges[1:] + edges[:-1]) / 2

    def alt(self, regions: int) -> np.ndarray:
        """Return the largest thaw depth where there is permafrost, m (region,)."""
        mean, amplitude = (Cycle._each(v, regions) for v in (self.mean, self.amplitude))
        return self.depth * (1 + mean / amplitude)

    def permafrost(self, owner: np.ndarray, regions: int) -> np.ndarray:
        """Return which cells have permafrost: the first of each region."""
        share = Cycle._each(self.share, regions)
        found = np.zeros(owner.size, dtype=bool)
        for region in range(regions):
            cells = np.flatnonzero(owner == region)
            found[cells[: round(share[region] * cells.size)]] = True
        return found

    def monthly(
        self, calendar: Calendar, owner: np.ndarray, regions: int
    ) -> np.ndarray:
        """Return K (time, layer, cell)."""
        wave = np.cos(2 * np.pi * (MIDDLE - self.peak) / 365)
        values = self._profile(np.tile(wave, calendar.years), owner, regions)
        return values + ZERO

    def daily(self, calendar: Calendar, owner: np.ndarray, regions: int) -> np.ndarray:
        """Return K (day, layer, cell)."""
        parts = []
        for year in calendar.lengths.sum(1).astype(int):
            # The warmest day is the peak itself, so that the thaw depth is exact.
            peak = int(self.peak * year / 365)
            wave = np.cos(2 * np.pi * (np.arange(year) - peak) / year)
            parts.append(self._with_curtain(wave, peak, owner, regions))
        return np.concatenate(parts) + ZERO

    def _with_curtain(
        self, wave: np.ndarray, peak: int, owner: np.ndarray, regions: int
    ) -> np.ndarray:
        values = self._profile(wave, owner, regions)
        day = np.arange(wave.size)[:, None]
        for layer in np.flatnonzero(np.asarray(self.middles) <= 0.5):
            plain = values[:, layer]
            autumn = day >= peak
            # Where every layer crosses on a day of its own, the curtain of the
            # uppermost holds for all.
            start = np.argmax(autumn & (values[:, 0] < 0), axis=0)
            crossed = (values[:, 0] < 0).any(0) & (plain.max(0) > 1.0)
            before, after = autumn & (day < start), day >= start + self.curtain
            kept = np.where(before, np.maximum(plain, 1.0), plain)
            kept = np.where(after & (plain > -1.0), -1.0, kept)
            within = (day >= start) & (day < start + self.curtain)
            kept = np.where(within, 0.0, kept)
            values[:, layer] = np.where(crossed, kept, plain)
        return values

    def _profile(self, wave: np.ndarray, owner: np.ndarray, regions: int) -> np.ndarray:
        inside = np.clip(owner, 0, None)
        frozen = self.permafrost(owner, regions)
        mean = np.where(frozen, Cycle._each(self.mean, regions)[inside], self.warm)
        amplitude = Cycle._each(self.amplitude, regions)[inside]
        part = 1 - np.asarray(self.middles) / self.depth
        return mean + wave[:, None, None] * part[:, None] * amplitude
