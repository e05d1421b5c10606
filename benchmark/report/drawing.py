"""Choose what to draw for a page and hand it to the figures."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import xarray as xr

from benchmark.report import labels
from benchmark.report.bars import BASIS, model_bars, region_bars
from benchmark.report.chart import Chart, lay_chart
from benchmark.report.figures.canvas import Picture, save_table
from benchmark.report.figures.many_cycles import draw_cycles
from benchmark.report.figures.maps import MapSet, draw_maps
from benchmark.report.figures.regional_bars import Bars, table_of
from benchmark.report.figures.seasonal_cycle import Cycle, draw_cycle
from benchmark.report.figures.view import LINES, Projection
from benchmark.report.numbers import unit
from benchmark.report.site import Site


class Studio:
    """Draws for one report: knows the folder, the coast and the site."""

    def __init__(self, site: Site, folder: Path) -> None:
        from benchmark.regions import coastline

        self.site = site
        self.folder = folder
        self.coast: list[np.ndarray] = coastline()
        self._drawn: dict[bytes, str] = {}
        self._maps: dict[tuple[str, str], MapSet | None] = {}
        self._cycles: dict[tuple[str, str], list[Picture]] = {}

    def model_cycles(self, model: str, reference: str) -> list[Picture]:
        """Draw the seasonal cycles of a model, a region each, once, on one scale."""
        pair = model, reference
        if pair not in self._cycles:
            self._cycles[pair] = self._draw_cycles(model, reference)
        return self._cycles[pair]

    def _draw_cycles(self, model: str, reference: str) -> list[Picture]:
        cycles = self._cycle_data(model, reference)
        if cycles is None:
            return []
        regions = [id for id in self.site.region_ids if id in cycles["region"].values]
        limits = _limits(cycles)
        name = f"cycle-{self.site.pair_slug(model, reference)}"
        drawn = []
        for region in regions:
            here = cycles.sel(region=region)
            whole = self.site.standing(model, reference, region)
            if (
                whole is None
                or not (
                    np.isfinite(here["model"]) & np.isfinite(here["reference"])
                ).any()
            ):
                continue
            curves = {model: here["model"].values}
            cycle = self._cycle(here, reference, region, curves, limits)
            if not whole:
                cycle = replace(cycle, region=f"{cycle.region}, part of it")
            drawn.append(
                draw_cycle(cycle, self.folder, f"{name}--{figure_name(region)}")
            )
        return drawn

    def region_cycle(self, reference: str, region: str) -> Picture | None:
        """Draw one region's cycle in a reference and in every model."""
        curves: dict[str, np.ndarray] = {}
        here = None
        for model in self.site.matrix.models:
            cycles = self._cycle_data(model, reference)
            if cycles is None or region not in cycles["region"].values:
                continue
            # Parts of a region differ from model to model.
            if not self.site.standing(model, reference, region):
                continue
            found = cycles.sel(region=region)
            if np.isfinite(found["model"]).any():
                curves[model] = found["model"].values
                here = found
        if here is None or not np.isfinite(here["reference"]).any():
            return None
        cycle = self._cycle(here, reference, region, curves, None)
        name = f"cycle-{figure_name(region)}--{self._slug(reference)}"
        return draw_cycles(cycle, self.folder, name)

    def maps(self, model: str, reference: str) -> MapSet | None:
        """Draw the maps of a pair, once."""
        pair = model, reference
        if pair not in self._maps:
            self._maps[pair] = self._draw_maps(model, reference)
        return self._maps[pair]

    def _draw_maps(self, model: str, reference: str) -> MapSet | None:
        evidence = self.site.result.evidence.get((model, reference))
        if evidence is None or evidence.maps is None:
            return None
        variable = self.variable(reference)
        return draw_maps(
            evidence.maps,
            variable,
            unit_of(evidence.maps, variable),
            (model, self.site.reference_label(reference)),
            self.coast,
            self.folder,
            f"map-{self.site.pair_slug(model, reference)}",
            self.site.data_href(model, reference) or "",
            self.projection(reference),
            self._drawn,
        )

    def projection(self, reference: str) -> Projection:
        """Return the projection that shows where a reference is compared.

        The pole is in the middle, unless a region reaches the southern half.
        """
        rows = self.site.by_reference.get(reference, [])
        regions = map(self.site.region, {row.region for row in rows})
        south = [region.geometry.bounds[1] for region in regions if region]
        return "plain" if min(south, default=90.0) < 0 else "north_polar"

    def lines(self, reference: str) -> str:
        """Say what the maps of a reference are drawn on."""
        return LINES[self.projection(reference)]

    def model_bars(self, model: str, variable: str) -> list[Chart]:
        """Draw a model's regional values upon every reference of a variable."""
        return self._bars(model_bars(self.site, model, variable))

    def region_bars(self, region: str, variable: str) -> list[Chart]:
        """Draw a variable of one region: approaches, references, models."""
        return self._bars(region_bars(self.site, region, variable))

    def chart(self, bars: Bars, name: str) -> Chart:
        """Lay out a figure of rows and write its data."""
        data = f"figures/{figure_name(name)}.csv"
        save_table(table_of(bars), self.folder / data)
        return lay_chart(bars, data)

    def _bars(self, figures: dict[str, Bars]) -> list[Chart]:
        return [self.chart(bars, name) for name, bars in figures.items()]

    def _cycle_data(self, model: str, reference: str) -> xr.Dataset | None:
        evidence = self.site.result.evidence.get((model, reference))
        if evidence is None or evidence.cycle is None:
            return None
        return evidence.cycle.reindex(month=range(1, 13))

    def _cycle(
        self,
        here: xr.Dataset,
        reference: str,
        region: str,
        curves: dict[str, np.ndarray],
        limits: tuple[float, float] | None,
    ) -> Cycle:
        ranged = "reference_low" in here and "reference_high" in here
        variable = self.variable(reference)
        return Cycle(
            region=self.site.region_name(region),
            variable=variable,
            unit=unit_of(here, variable),
            reference=here["reference"].values,
            models=curves,
            low=here["reference_low"].values if ranged else None,
            high=here["reference_high"].values if ranged else None,
            limits=limits,
        )

    def variable(self, reference: str) -> str:
        """Return the id of what a reference is of."""
        known = self.site.result.references.get(reference)
        return known.variable if known else ""

    def _slug(self, reference: str) -> str:
        return self.site.reference_slug[reference]


def _limits(cycles: xr.Dataset) -> tuple[float, float]:
    names = ("model", "reference", "reference_low", "reference_high")
    values = np.concatenate([cycles[n].values.ravel() for n in names if n in cycles])
    low, high = min(float(np.nanmin(values)), 0.0), max(float(np.nanmax(values)), 0.0)
    room = 0.04 * (high - low or 1.0)
    return low - (room if low else 0.0), high + room


def unit_of(data: xr.Dataset, variable: str) -> str:
    """Return the unit of some evidence as readers see it."""
    found = data.attrs.get("units") or data["model"].attrs.get("units")
    if not found:
        found = "kg m-2" if variable in labels.STOCKS else "g m-2 yr-1"
    return unit(found, data["model"].attrs.get("mass_basis", BASIS))


def figure_name(text: str) -> str:
    """Return a name for a file from any text."""
    from benchmark.report.slugs import slugs

    return slugs([text])[text]
