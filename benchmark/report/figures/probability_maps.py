"""Polar maps of the probability of a sink, of neither and of a source."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.report.figures.canvas import Picture, save_png, save_table
from benchmark.report.figures.projection import SOUTH, corners, project
from benchmark.report.figures.shares import COLOURS
from benchmark.report.numbers import percent

if TYPE_CHECKING:
    from matplotlib.colors import Colormap

PIXELS = 300
CLASSES = ("sink", "neutral", "source")
PROBABILITY_MAP, DISAGREEMENT_MAP = "YlGnBu", "magma_r"
NO_MAJORITY = "#5b4b8a"
EDGES = ("lat_south", "lat_north", "lon_west", "lon_east")
COAST, GRATICULE, OUTLINE = "#5b6570", "#8a939c", "#1b1f24"


@dataclass(frozen=True)
class Panels:
    """Rows of three maps, one a family, then majority and disagreement."""

    rows: tuple[tuple[str, tuple[Picture, ...]], ...]
    majority: Picture
    disagreement: Picture
    parts: dict[str, str]


class Disc:
    """The whole disc north of 45 N with the corners of a grid upon it."""

    def __init__(
        self,
        maps: xr.Dataset,
        coast: Sequence[np.ndarray],
        outlines: Sequence[np.ndarray],
    ) -> None:
        maps = maps.sortby(["lat", "lon_west"])
        self.maps = maps.isel(lat=maps["lat_north"].to_numpy() > SOUTH)
        south, north, west, east = (self.maps[name].to_numpy() for name in EDGES)
        lat, self.rows = corners(np.clip(np.stack([south, north], 1), SOUTH, 90), 2.5)
        lon, self.columns = corners(np.stack([west, east], 1), 2.5)
        self.x, self.y = project(*np.meshgrid(lon, lat))
        self.coast, self.outlines = coast, outlines

    def draw(
        self, field: np.ndarray, colours: "Colormap", high: float, path: Path
    ) -> None:
        """Draw a field (lat, lon) from 0 to `high`."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        values = field[np.ix_(self.rows, self.columns)]
        values[self.rows < 0] = np.nan
        values[:, self.columns < 0] = np.nan
        figure = Figure(figsize=(PIXELS / 100, PIXELS / 100), dpi=100)
        figure.patch.set_visible(False)
        canvas = FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set(xlim=(-1.01, 1.01), ylim=(-1.01, 1.01))
        shown = np.ma.masked_invalid(values)
        axes.pcolormesh(self.x, self.y, shown, cmap=colours, vmin=0, vmax=high)
        self._lines(axes)
        canvas.draw()
        save_png(np.asarray(canvas.buffer_rgba()), path)

    def _lines(self, axes) -> None:  # type: ignore[no-untyped-def]
        from matplotlib.collections import LineCollection

        around = np.linspace(-180, 180, 181)
        circles = [project(around, np.full_like(around, lat)) for lat in (60.0, 75.0)]
        rim = project(around, np.full_like(around, SOUTH))
        shores, limits = _north(self.coast), _north(self.outlines)
        for lines, colour, width in (
            (circles, GRATICULE, 0.35),
            (shores, COAST, 0.45),
            (limits, OUTLINE, 0.9),
            ([rim], GRATICULE, 1.2),
        ):
            drawn = [np.column_stack(line) for line in lines]
            axes.add_collection(LineCollection(drawn, colors=colour, linewidths=width))


def _north(lines: Sequence[np.ndarray]) -> list[tuple[np.ndarray, np.ndarray]]:
    return [
        project(line[:, 0], np.where(line[:, 1] >= SOUTH, line[:, 1], np.nan))
        for line in lines
    ]


def draw_probabilities(
    maps: xr.Dataset,
    families: Sequence[tuple[str, str]],
    coast: Sequence[np.ndarray],
    outlines: Sequence[np.ndarray],
    folder: Path,
    name: str,
) -> Panels:
    """Draw the shares of each family and of all, and write their data.

    Parameters
    ----------
    maps : Dataset
        From `benchmark.ensemble.agreement_maps`.
    families : sequence of tuple of str
        Ids of families and what they are called, in order.
    coast, outlines : sequence of ndarray
        Lines (n, 2) of longitude and latitude: shores, and limits of regions.
    folder : Path
        Top of the report.
    name : str
        Beginning of the files' names.

    Returns
    -------
    Panels
    """
    from matplotlib import colormaps
    from matplotlib.colors import ListedColormap

    disc = Disc(maps, coast, outlines)
    data = f"figures/{name}.csv"
    save_table(table(disc.maps, families), folder / data)
    rows = _rows(disc, families, folder, name)
    likely = _field(disc.maps["probability"].transpose("class", ...))
    majority = majority_class(likely)
    file = f"figures/{name}-majority.png"
    colours = ListedColormap([*COLOURS.values(), NO_MAJORITY])
    disc.draw(majority, colours, 3.0, folder / file)
    said = _said_majority(majority, disc.maps)
    first = Picture(file, data, said, "Class of the majority", PIXELS, PIXELS)
    doubt = 1.0 - likely.max(axis=0)
    file = f"figures/{name}-disagreement.png"
    disc.draw(doubt, colormaps[DISAGREEMENT_MAP], 2 / 3, folder / file)
    said = f"Disagreement, 1 - max P: {_covered(doubt, disc.maps)}."
    second = Picture(
        file, data, said, "Disagreement, 1 \N{MINUS SIGN} max P", PIXELS, PIXELS
    )
    return Panels(tuple(rows), first, second, parts_of(majority, disc.maps))


def _rows(
    disc: Disc, families: Sequence[tuple[str, str]], folder: Path, name: str
) -> list[tuple[str, tuple[Picture, ...]]]:
    from matplotlib import colormaps

    data = f"figures/{name}.csv"
    rows = []
    # With one family, its maps are those of all.
    every = ("", "All families, each counted once")
    for id, label in [*families, every] if len(families) > 1 else families:
        shares = disc.maps["probability"]
        if id:
            shares = disc.maps["family_share"].sel(family=id)
        pictures = []
        for kind in CLASSES:
            field = _field(shares.sel({"class": kind}))
            part = f"{id.replace('_', '-')}-{kind}" if id else f"all-{kind}"
            file = f"figures/{name}-{part}.png"
            disc.draw(field, colormaps[PROBABILITY_MAP], 1.0, folder / file)
            alt = f"{label}, P({kind}): {_covered(field, disc.maps)}."
            pictures.append(Picture(file, data, alt, f"P({kind})", PIXELS, PIXELS))
        rows.append((label, tuple(pictures)))
    return rows


def majority_class(likely: np.ndarray) -> np.ndarray:
    """Return the class with more than half; 3 where none has it.

    Examples
    --------
    >>> majority_class(np.array([[[0.7, 0.4]], [[0.3, 0.3]], [[0.0, 0.3]]]))
    array([[0., 3.]])
    """
    found = np.argmax(np.nan_to_num(likely), axis=0).astype(float)
    found[likely.max(axis=0) <= 0.5] = 3.0
    found[np.isnan(likely).all(axis=0)] = np.nan
    return found


def table(maps: xr.Dataset, families: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Return a row for each cell: shares of each family and of all."""
    columns = {}
    for id, _ in families:
        for kind in CLASSES:
            share = maps["family_share"].sel({"family": id, "class": kind})
            columns[f"{id}_{kind}"] = _field(share).ravel()
    for kind in CLASSES:
        columns[f"all_{kind}"] = _field(
            maps["probability"].sel({"class": kind})
        ).ravel()
    lat, lon = np.meshgrid(maps["lat"].values, maps["lon"].values, indexing="ij")
    made = pd.DataFrame({"lat": lat.ravel(), "lon": lon.ravel()} | columns)
    return made.dropna(subset=["all_sink"])


def _field(data: xr.DataArray) -> np.ndarray:
    return np.asarray(data.transpose(..., "lat", "lon").values, float)


def _covered(field: np.ndarray, maps: xr.Dataset) -> str:
    area = np.cos(np.radians(maps["lat"].values))[:, None] * np.isfinite(field)
    if not area.sum():
        return "no cell north of 45° N"
    mean = float(np.nansum(field * area) / area.sum())
    above = float(np.nansum((field > 0.5) * area) / area.sum())
    return (
        f"mean {percent(mean)} north of 45° N, above one half on {percent(above)} "
        "of the area"
    )


def _said_majority(majority: np.ndarray, maps: xr.Dataset) -> str:
    parts = [f"{kind} on {part}" for kind, part in parts_of(majority, maps).items()]
    return f"Class of the majority: {', '.join(parts)} of the land shown."


def parts_of(majority: np.ndarray, maps: xr.Dataset) -> dict[str, str]:
    """Return the part of the area that each majority has, in whole percent."""
    area = np.cos(np.radians(maps["lat"].values))[:, None] * np.isfinite(majority)
    return {
        kind: f"{100 * float((area * (majority == place)).sum() / area.sum()):.0f} %"
        for place, kind in enumerate((*CLASSES, "none"))
    }
