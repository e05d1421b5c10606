"""Intervals of scores at sites: other sites of the same region."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from benchmark.metrics import Metric
from benchmark.metrics.parameters import KEPT_COORDINATES
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.interval_columns import with_intervals
from benchmark.score.rows import RowMaker
from benchmark.score.site_places import Places
from benchmark.score.task import Numbers, Row
from benchmark.uncertainty.interval import generator
from benchmark.uncertainty.scoring import draw_scores

FEWEST_PLACES = 5
"""Fewer places are no sample to draw from."""


class SiteIntervals:
    """Draws of sites, with replacement, a place being the sites of one cell.

    They tell how much a score hangs on which sites there are; not the
    uncertainty of what was measured there, and no years.

    Parameters
    ----------
    draws : int
        How many; 0 switches intervals off.
    maker : RowMaker
        Knows the names of model and reference.
    """

    def __init__(self, draws: int, maker: RowMaker) -> None:
        self._draws = draws
        self._names = maker.model.name, maker.reference.name

    def added(
        self,
        rows: list[Row],
        metric: Metric[...],
        places: Places,
        valid: np.ndarray,
        numbers: Numbers,
    ) -> list[Row]:
        """Return the rows of a metric with the intervals of their scores.

        Parameters
        ----------
        rows : list of dict
            Of one metric, a row for each region or class.
        metric : Metric
            Which.
        places : Places
            What it was given.
        valid : ndarray of bool
            Which places it has a number for (place,).
        numbers : Numbers
            As it was given them.

        Returns
        -------
        list of dict
        """
        found: dict[str, np.ndarray] = {}
        for row in rows if self._draws else ():
            id = str(row["region"])
            here = places.of(id, valid)
            if row["status"] == "scored" and here.size >= FEWEST_PLACES:
                scores = self._drawn(metric, places, here, numbers, id)
                if scores is not None:
                    found[id] = scores
        if not found:
            return rows
        drawn = xr.DataArray(
            np.array([*found.values()]), {"region": list(found)}, ("region", "draw")
        )
        return with_intervals(rows, drawn, "sites")

    def _drawn(
        self,
        metric: Metric[...],
        places: Places,
        here: np.ndarray,
        numbers: Numbers,
        id: str,
    ) -> np.ndarray | None:
        random = generator(*self._names, "sites", id)
        picks = here[random.integers(here.size, size=(self._draws, here.size))]
        which = xr.DataArray(picks, dims=("draw", "site"))
        given = {}
        for name in (*metric.needs, *metric.optional):
            value = places.statistics.get(name)
            if value is not None:
                kept = (*KEPT_COORDINATES, *value.dims)
                bare = value.drop_vars([n for n in value.coords if n not in kept])
                given[name] = bare.isel(site=which) if "site" in value.dims else bare
        weights = xr.DataArray(
            np.ones((1, here.size)), {"region": [id]}, ("region", "site")
        )

        def score(some: Mapping[str, xr.DataArray]) -> xr.Dataset:
            return evaluate(metric, some, weights=weights, numbers=numbers)

        try:
            scores = draw_scores(score, given, self._draws, of=(metric, "sites"))
        except NotAssessable:
            return None
        if scores is None or "region" not in scores.dims:
            return None
        return np.asarray(scores.isel(region=0).transpose("draw").to_numpy())
