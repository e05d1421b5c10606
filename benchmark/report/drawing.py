"""Choose what to draw for a page and hand it to the figures."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import xarray as xr

from benchmark.report import labels
from benchmark.report.figures.canvas import Picture
from benchmark.report.figures.polar_map import MapSet, draw_maps
from benchmark.report.figures.regional_bars import Bars, Line, Mark, draw_bars
from benchmark.report.figures.seasonal_cycle import Cycle, draw_cycle
from benchmark.report.marks import model_marks, reference_marks, spread
from benchmark.report.numbers import unit
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

BASIS = "C"


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
            if not (np.isfinite(here["model"]) & np.isfinite(here["reference"])).any():
                continue
            curves = {model: here["model"].values}
            cycle = self._cycle(here, reference, region, curves, limits)
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
            (model, self.site.short_title(reference)),
            self.coast,
            self.folder,
            f"map-{self.site.model_slug[model]}-{self._slug(reference)}",
        )

    def model_bars(self, model: str, variable: str) -> list[Picture]:
        """Draw a model's regional values upon every reference of a variable.

        Regions with and without the permafrost limit are different places,
        and totals and means different quantities: a picture for each.
        """
        drawn = []
        every = [row for row in self.site.by_model[model] if row.variable == variable]
        for (place, units), rows in _by_axis(every).items():
            groups = group_by(rows, "region")
            regions = [id for id in self.site.region_ids if id in groups]
            if "m-2" not in units:  # a total of all regions would dwarf each of them
                regions = [id for id in regions if "domain" not in id]
            if len(regions) < 2:
                continue
            title = f"{labels.sentence(labels.short(variable))}, {place}"
            shown = unit(units, rows[0].mass_basis or BASIS)
            lines = [self._region_line(model, groups[region]) for region in regions]
            slug = self.site.model_slug[model]
            name = _file(f"regions {slug} {variable} {place} {units}")
            bars = Bars(title, variable, shown, lines)
            drawn.append(draw_bars(bars, self.folder, name))
        return drawn

    def region_bars(self, region: str, variable: str) -> list[Picture]:
        """Draw a variable of one region: approaches, references, models."""
        drawn = []
        here = self.site.by_region.get(region, [])
        every = [row for row in here if row.variable == variable]
        for (_, units), rows in _by_axis(every).items():
            marks = reference_marks(self.site, rows, region)
            low, high, median = spread(marks)
            shows = high > low and self.site.one_depth(row.reference for row in rows)
            marks += model_marks(self.site, rows)
            bars = Bars(
                title=f"{_heading(variable)} in {self.site.place(region)}",
                variable=variable,
                unit=unit(units, rows[0].mass_basis or BASIS),
                lines=[Line(mark.label, (mark,)) for mark in marks],
                band=(low, high) if shows else None,
                median=median if shows else None,
            )
            name = _file(f"region {region} {variable} {units}")
            drawn.append(draw_bars(bars, self.folder, name))
        return drawn

    def _region_line(self, model: str, rows: list[Row]) -> Line:
        own = next(row for row in rows if row.level is not None)
        marks = [
            Mark(mark.label, mark.family, mark.value)
            for mark in reference_marks(self.site, rows, own.region)
        ]
        # The rows say what the scores used: a model's own family is not in it.
        values = [x for r in rows if (x := r.reference_middle) is not None]
        ranges = [
            x
            for r in rows
            for x in (r.reference_low, r.reference_high)
            if x is not None
        ]
        both = ranges or values
        marks.append(Mark(model, "process_based", own.level or 0.0, bold=True))
        return Line(
            label=self.site.region_name(own.region),
            marks=tuple(marks),
            band=(min(both), max(both)) if len(set(both)) > 1 else None,
            median=float(np.median(values)) if len(values) > 1 else None,
        )

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


def _by_axis(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    """Group levels by kind of region and unit, so that a group shares an axis."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.is_level:
            limited = not labels.region_group(row.region).startswith("boreal")
            place = "by region" if limited else "regions without a permafrost limit"
            found.setdefault((place, row.units), []).append(row)
    return found


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


def _heading(variable: str) -> str:
    name = labels.sentence(labels.short(variable))
    return name if variable in labels.STOCKS else f"Annual {labels.short(variable)}"


def _file(text: str) -> str:
    from benchmark.report.slugs import slugs

    return slugs([text])[text]
