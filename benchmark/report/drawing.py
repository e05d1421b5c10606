"""Choose what to draw for a page and hand it to the figures."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import xarray as xr

from benchmark.report import labels
from benchmark.report.bars import BASIS, model_bars, region_bars
from benchmark.report.figures.canvas import Picture
from benchmark.report.figures.polar_map import MapSet, draw_maps
from benchmark.report.figures.regional_bars import Bars, draw_bars
from benchmark.report.figures.seasonal_cycle import Cycle, draw_cycle
from benchmark.report.numbers import unit
from benchmark.report.site import Site


class Studio:
    """Draws for one report: knows the folder, the coast and the site."""

    def __init__(self, site: Site, folder: Path) -> None:
        from benchmark.regions import coastline

        self.site = site
        self.folder = folder
        self.coast: list[np.ndarray] = coastline()

    def model_cycles(self, model: str, reference: str) -> list[Picture]:
        """Draw the seasonal cycles of a model, a region each, on one scale."""
        cycles = self._cycle_data(model, reference)
        if cycles is None:
            return []
        regions = [id for id in self.site.region_ids if id in cycles["region"].values]
        limits = _limits(cycles)
        name = f"cycle-{self.site.model_slug[model]}-{self._slug(reference)}"
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
            drawn.append(draw_cycle(cycle, self.folder, f"{name}-{_file(region)}"))
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
        name = f"cycle-{_file(region)}-{self._slug(reference)}"
        picture = draw_cycle(cycle, self.folder, name)
        title = f"{labels.sentence(labels.short(cycle.variable))}, {cycle.unit}"
        return replace(picture, title=title)

    def maps(self, model: str, reference: str) -> MapSet | None:
        """Draw the maps of a model, a reference and their difference."""
        evidence = self.site.result.evidence.get((model, reference))
        if evidence is None or evidence.maps is None:
            return None
        variable = self._variable(reference)
        return draw_maps(
            evidence.maps,
            variable,
            _unit_of(evidence.maps, variable),
            (model, self.site.reference_label(reference)),
            self.coast,
            self.folder,
            f"map-{self.site.model_slug[model]}-{self._slug(reference)}",
            self.site.data_href(model, reference) or "",
        )

    def model_bars(self, model: str, variable: str) -> list[Picture]:
        """Draw a model's regional values upon every reference of a variable."""
        return self._bars(model_bars(self.site, model, variable))

    def region_bars(self, region: str, variable: str) -> list[Picture]:
        """Draw a variable of one region: approaches, references, models."""
        return self._bars(region_bars(self.site, region, variable))

    def _bars(self, figures: dict[str, Bars]) -> list[Picture]:
        return [
            draw_bars(bars, self.folder, _file(name)) for name, bars in figures.items()
        ]

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
        variable = self._variable(reference)
        return Cycle(
            region=self.site.region_name(region),
            variable=variable,
            unit=_unit_of(here, variable),
            reference=here["reference"].values,
            models=curves,
            low=here["reference_low"].values if ranged else None,
            high=here["reference_high"].values if ranged else None,
            limits=limits,
        )

    def _variable(self, reference: str) -> str:
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


def _unit_of(data: xr.Dataset, variable: str) -> str:
    found = data.attrs.get("units") or data["model"].attrs.get("units")
    if not found:
        found = "kg m-2" if variable in labels.STOCKS else "g m-2 yr-1"
    return unit(found, data["model"].attrs.get("mass_basis", BASIS))


def _file(text: str) -> str:
    from benchmark.report.slugs import slugs

    return slugs([text])[text]
