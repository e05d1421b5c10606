"""Which figures a pair has: those that say something, and no others."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.regions.site_classes import is_class
from benchmark.report import labels
from benchmark.report.benchmark_pages.pair_data import (
    has_reference,
    levels_of,
    regional_levels,
    relationship_of,
    series_of,
    site_points,
)
from benchmark.report.drawing import Studio, figure_name
from benchmark.report.figures.annual_series import AnnualSeries, draw_series
from benchmark.report.figures.canvas import Picture
from benchmark.report.figures.cell_density import Cells, draw_cells
from benchmark.report.figures.maps import MapSet, drawn_part
from benchmark.report.figures.relationship import draw_relationship
from benchmark.report.figures.scatter import Point, Scatter, draw_points
from benchmark.report.numbers import unit
from benchmark.report.rows import group_by
from benchmark.score.result import Evidence

FEWEST = 3  # years of a series, or regions of a scatter
FEW_CELLS = 20
NAMED = 14  # points that have room for their names


@dataclass(frozen=True)
class PairFigures:
    """The figures of one pair; what has nothing to show is None or empty."""

    maps: MapSet | None
    cycles: list[Picture]
    annual: Picture | None
    scatters: list[Picture]
    relationships: list[Picture]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(
            self.maps
            or self.cycles
            or self.annual
            or self.scatters
            or self.relationships
        )


def draw_pair(studio: Studio, model: str, reference: str) -> PairFigures:
    """Draw the figures of a model and a reference.

    Parameters
    ----------
    studio : Studio
        Draws for the report.
    model, reference : str
        The pair.

    Returns
    -------
    PairFigures
    """
    pair = _Pair(studio, model, reference)
    scatters = [pair.cells(), pair.regions(), pair.sites()]
    return PairFigures(
        maps=studio.maps(model, reference),
        cycles=studio.model_cycles(model, reference),
        annual=pair.annual(),
        scatters=[picture for picture in scatters if picture],
        relationships=pair.relationships(),
    )


class _Pair:
    """What the figures of one pair share."""

    def __init__(self, studio: Studio, model: str, reference: str) -> None:
        self.studio, self.site = studio, studio.site
        self.model, self.reference = model, reference
        self.rows = self.site.by_pair.get((model, reference), [])
        evidence = self.site.result.evidence.get((model, reference))
        self.evidence = evidence or Evidence()
        self.slug = self.site.pair_slug(model, reference)
        self.label = self.site.reference_label(reference)
        self.variable = studio.variable(reference)
        self.name = labels.sentence(labels.short(self.variable))

    def annual(self) -> Picture | None:
        """Draw annual values, where the reference has years, a value or a range."""
        data = self.evidence.annual
        if data is None or data.sizes["year"] < FEWEST:
            return None
        units = str(data.attrs.get("units", ""))
        order = [id for id in self.site.region_ids if id in data["region"].values]
        levels = levels_of(self.rows, units)
        lines = [
            series_of(data.sel(region=id), self.site.region_name(id), levels.get(id))
            for id in order
        ]
        known = [line for line in lines if np.isfinite(line.model).any()]
        if not any(has_reference(line) for line in known):
            return None
        figure = AnnualSeries(
            title=f"Annual {labels.short(self.variable)} of {self.model}",
            variable=self.variable,
            unit=unit(units, self._basis),
            model=self.model,
            years=[int(year) for year in data["year"].to_numpy()],
            lines=known,
        )
        return draw_series(figure, self.studio.folder, f"annual-{self.slug}")

    def cells(self) -> Picture | None:
        """Draw every cell of the maps, model against reference."""
        if self.evidence.maps is None:
            return None
        projection = self.studio.projection(self.reference)
        maps = drawn_part(self.evidence.maps, projection)
        sides = [np.asarray(maps[key].values, float) for key in ("reference", "model")]
        both = np.isfinite(sides[0]) & np.isfinite(sides[1])
        if both.sum() < FEW_CELLS:
            return None
        area = np.cos(np.radians(maps["lat"].to_numpy()))[:, None] * both
        figure = Cells(
            title=f"{self.name}, cell by cell",
            unit=self._unit(maps),
            model=self.model,
            reference=self.label,
            sides=(sides[0][both], sides[1][both]),
            area=area[both],
        )
        return draw_cells(figure, self.studio.folder, f"scatter-cells-{self.slug}")

    def regions(self) -> Picture | None:
        """Draw the level of each region, with the reference's range."""
        regions = [r for r in regional_levels(self.rows) if not is_class(r.region)]
        found = group_by(regions, "metric", "units")
        rows = max(found.values(), key=len, default=[])
        if len(rows) < FEWEST:
            return None
        figure = Scatter(
            title=f"{self.name} by region",
            unit=unit(rows[0].units, rows[0].mass_basis or "C"),
            model=self.model,
            reference=self.label,
            points=[
                Point(
                    self.site.region_name(row.region),
                    row.reference_middle or 0.0,
                    row.level or 0.0,
                    row.reference_low,
                    row.reference_high,
                )
                for row in rows
            ],
        )
        return draw_points(figure, self.studio.folder, f"scatter-regions-{self.slug}")

    def sites(self) -> Picture | None:
        """Draw the mean of each site, by its class."""
        data = self.evidence.sites
        if data is None:
            return None
        both = np.isfinite(data["model"].values) & np.isfinite(data["reference"].values)
        data = data.isel(site=np.flatnonzero(both))
        if data.sizes["site"] < 1:
            return None
        figure = Scatter(
            title=f"{self.name} of {data.sizes['site']} sites",
            unit=self._unit(data),
            model=self.model,
            reference=self.label,
            points=site_points(data),
            named=data.sizes["site"] <= NAMED,
        )
        return draw_points(figure, self.studio.folder, f"scatter-sites-{self.slug}")

    def relationships(self) -> list[Picture]:
        """Draw each relationship and region that has two bins or more."""
        drawn = []
        for metric, bins in self.evidence.relationships.items():
            for region in map(str, bins["region"].to_numpy()):
                place = self.site.region_name(region) if region else "all regions"
                title, shown = f"{self.name}, {place}", self._unit(bins)
                here = bins.sel(region=region)
                found = relationship_of(metric, here, title, self.variable, shown)
                if found:
                    name = figure_name(f"{metric} {region}")
                    file = f"relationship-{self.slug}--{name}"
                    drawn.append(draw_relationship(found, self.studio.folder, file))
        return drawn

    @property
    def _basis(self) -> str:
        return next((row.mass_basis for row in self.rows if row.mass_basis), "C")

    def _unit(self, data: xr.Dataset) -> str:
        return unit(str(data.attrs.get("units", "")), self._basis)
