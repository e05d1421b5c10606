"""Maps of a model, its reference, their difference and the score of each cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from benchmark.report.figures.canvas import Picture
from benchmark.report.figures.projection import SOUTH
from benchmark.report.figures.raster import paint, save_pixels
from benchmark.report.figures.scale import Scale, score_scale, shared_scales
from benchmark.report.figures.view import LINES, Projection, View, fit_view
from benchmark.report.numbers import number, percent
from benchmark.report.numbers import score as written

SIZE, SMALL = 400, 190
PANELS = ("model", "reference", "difference")


@dataclass(frozen=True)
class MapSet:
    """Panels in one view: model, reference, difference and, if known, score.

    The first two share the first scale. `metric` names what the scores of cells
    are of, and `averages` tells whether a region's score is their average.
    """

    panels: tuple[Picture, ...]
    scales: tuple[Scale, ...]
    unit: str
    lines: str = LINES["north_polar"]
    metric: str = ""
    averages: bool = True


def draw_maps(
    maps: xr.Dataset,
    variable: str,
    unit: str,
    names: tuple[str, str],
    coast: Sequence[np.ndarray],
    folder: Path,
    name: str,
    data: str,
    projection: Projection = "north_polar",
    drawn: dict[bytes, str] | None = None,
) -> MapSet | None:
    """Draw model, reference, difference and score of each cell.

    Parameters
    ----------
    maps : Dataset
        ``model``, ``reference``, ``difference`` and perhaps ``score``
        (lat, lon), with lat_bnds and lon_bnds in degrees.
    variable : str
        Variable id, which decides the colours.
    unit : str
        Unit as readers see it.
    names : tuple of str
        What the model and the reference are called.
    coast : sequence of ndarray
        Lines (n, 2) of longitude and latitude.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.
    data : str
        Address of the file that has their data, from the top of the report.
    projection : {"north_polar", "plain"}
        What the maps are drawn on.

    drawn : dict, optional
        Pictures of the report by the digest of their pixels, and grows: one that
        is there already is not written again.

    Returns
    -------
    MapSet or None
        None if no cell of the map has a value.
    """
    maps = drawn_part(maps, projection)
    fields = {key: np.asarray(maps[key].values, float) for key in PANELS}
    valid = np.isfinite(fields["difference"])
    if not valid.any():
        return None
    scales = shared_scales(fields, variable)
    titles = {"model": names[0], "reference": names[1]}
    titles["difference"] = f"{names[0]} minus reference"
    used = {"model": scales[0], "reference": scales[0], "difference": scales[1]}
    about: dict[str, Any] = {}
    if "score" in maps:
        fields["score"] = np.asarray(maps["score"].values, float)
        used["score"], titles["score"] = score_scale(), "Score of each cell"
        attributes = maps["score"].attrs
        about["metric"] = attributes.get("metric", "")
        about["averages"] = attributes.get("of_cells", "yes") == "yes"
    view = view_of(maps, valid, projection)
    size = view.size(SIZE)
    panels = []
    for key, field in fields.items():
        file = f"figures/{name}-{key}.webp"
        bounds = maps["lat_bnds"].to_numpy(), maps["lon_bnds"].to_numpy()
        painted = paint(field, bounds, used[key], view, coast, SIZE)
        digest = sha256(b"".join(part.tobytes() for part in painted)).digest()
        shown = file if drawn is None else drawn.setdefault(digest, file)
        if shown == file:
            save_pixels(*painted, folder / file)
        alt = describe(titles[key], field, maps, unit if key != "score" else "")
        panels.append(Picture(shown, data, alt, titles[key], *size))
    return MapSet(
        tuple(panels), (*scales, score_scale()), unit, lines=LINES[projection], **about
    )


def draw_difference(
    maps: xr.Dataset,
    scale: Scale,
    unit: str,
    title: str,
    coast: Sequence[np.ndarray],
    folder: Path,
    name: str,
    projection: Projection = "north_polar",
) -> Picture:
    """Draw a small map of a difference, on a scale that several maps share.

    Parameters
    ----------
    maps : Dataset
        ``difference`` (lat, lon), with lat_bnds and lon_bnds.
    scale : Scale
        Of the colours.
    unit, title : str
        Of the difference; the model it is of.
    coast, folder, name, projection
        As `draw_maps`.

    Returns
    -------
    Picture
        Without data of its own: they are those of the pair.
    """
    maps = drawn_part(maps, projection)
    field = np.asarray(maps["difference"].values, float)
    view = fit_view([-180.0, -60.0, 60.0], [SOUTH, 90.0], projection)
    file = f"figures/{name}-small.webp"
    _draw(field, maps, scale, view, coast, SMALL, folder / file)
    alt = describe(f"{title} minus reference", field, maps, unit)
    return Picture(file, "", alt, title, *view.size(SMALL))


def drawn_part(maps: xr.Dataset, projection: Projection) -> xr.Dataset:
    """Return the rows that a projection shows, from south to north."""
    maps = maps.sortby("lat").transpose("lat", "lon", ...)
    if projection == "north_polar":
        maps = maps.isel(lat=maps["lat_bnds"].to_numpy().max(axis=1) > SOUTH)
    return maps


def view_of(maps: xr.Dataset, valid: np.ndarray, projection: Projection) -> View:
    """Return the view that holds all cells of a map with a value."""
    lon = maps["lon"].to_numpy()[valid.any(axis=0)]
    lat = maps["lat"].to_numpy()[valid.any(axis=1)]
    return fit_view(lon, lat, projection)


def describe(title: str, field: np.ndarray, maps: xr.Dataset, unit: str) -> str:
    """Say what a map has: its mean, its ends and where they are.

    Examples
    --------
    >>> grid = xr.Dataset(coords={"lat": [60.0], "lon": [10.0, -20.0, 30.0]})
    >>> describe("GPP", np.array([[1.0, 3.0, np.nan]]), grid, "g")
    'Map, GPP: mean 2.00 g, lowest 1.00 at 60° N 10° E, highest 3.00 at 60° N 20° W.'
    """
    valid = np.isfinite(field)
    area = np.cos(np.radians(maps["lat"].values))[:, None] * valid
    known = np.where(valid, field, 0.0)
    mean = float((known * area).sum() / area.sum()) if valid.any() else np.nan
    if not valid.any():
        return f"Map, {title}: no cell has a value."
    units = f" {unit}" if unit else ""
    ends = []
    for word, find in (("lowest", np.nanargmin), ("highest", np.nanargmax)):
        at = np.unravel_index(int(find(field)), field.shape)
        where = _place(float(maps["lat"][at[0]]), float(maps["lon"][at[1]]))
        ends.append(f"{word} {number(float(field[at]))} at {where}")
    return f"Map, {title}: mean {number(mean)}{units}, {', '.join(ends)}."


def share_of_cells(field: np.ndarray, lat: np.ndarray, below: float) -> str:
    """Say on what share of the mapped area a field is below a value."""
    area = np.cos(np.radians(lat))[:, None] * np.isfinite(field)
    under = float((area * (np.nan_to_num(field, nan=np.inf) < below)).sum())
    return f"{percent(under / area.sum())} of the area scores below {written(below)}"


def _draw(
    field: np.ndarray,
    maps: xr.Dataset,
    scale: Scale,
    view: View,
    coast: Sequence[np.ndarray],
    size: int,
    path: Path,
) -> None:
    bounds = maps["lat_bnds"].to_numpy(), maps["lon_bnds"].to_numpy()
    save_pixels(*paint(field, bounds, scale, view, coast, size), path)


def _place(lat: float, lon: float) -> str:
    lon = (lon + 180) % 360 - 180
    sides = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    return f"{abs(lat):.0f}° {sides[0]} {abs(lon):.0f}° {sides[1]}"
