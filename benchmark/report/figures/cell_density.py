"""Cells of a pair: how much area has which pair of values."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmark.report.colour import ramp
from benchmark.report.figures.canvas import Picture
from benchmark.report.figures.plane import limits, new_plane, save_plane
from benchmark.report.numbers import count, number, percent

BINS = 40
DENSITY = "viridis"
BEYOND = 0.01  # of the cells, at either end of an axis


@dataclass(frozen=True)
class Cells:
    """A figure of cells: both sides (n,), reference first, and the area of each."""

    title: str
    unit: str
    model: str
    reference: str
    sides: tuple[np.ndarray, np.ndarray]
    area: np.ndarray


def draw_cells(cells: Cells, folder: Path, name: str) -> Picture:
    """Draw how much area has which pair of values, and write it.

    Parameters
    ----------
    cells : Cells
        What to draw; what lies beyond an axis counts at its end, as on the maps.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Picture
        The figure, with its words.
    """
    ends = [limits(side, BEYOND) for side in cells.sides]
    edges = [np.linspace(*end, BINS + 1) for end in ends]
    inside = [np.clip(x, *end) for x, end in zip(cells.sides, ends, strict=True)]
    share = np.histogram2d(inside[0], inside[1], bins=edges, weights=cells.area)[0]
    share = share / share.sum()
    names = f"{cells.reference}, {cells.unit}", f"{cells.model}, {cells.unit}"
    axes = new_plane(ends[0], ends[1], names)
    axes.imshow(
        _pixels(share.T), extent=(*ends[0], *ends[1]), origin="lower",
        interpolation="none", aspect="auto", zorder=1,
    )  # fmt: skip
    axes.set(xlim=ends[0], ylim=ends[1])
    table = _table(share, edges, cells.unit)
    title = f"{cells.title}, {cells.unit}"
    return save_plane(axes, table, folder, name, title, describe(cells))


def describe(cells: Cells) -> str:
    """Say how many cells there are, their means, and how they go together.

    Examples
    --------
    >>> sides = np.array([1.0, 3.0]), np.array([2.0, 6.0])
    >>> describe(Cells("GPP", "g", "M", "R", sides, np.ones(2)))
    'GPP, g, 2 cells by area: mean 4.00 (M) against 2.00 (R), correlation 1.00, M above on 100 % of the area.'
    """  # noqa: E501
    reference, model = cells.sides
    area = cells.area / cells.area.sum()
    means = float(area @ model), float(area @ reference)
    above = percent(float(area @ (model > reference)))
    return (
        f"{cells.title}, {cells.unit}, {count(len(model), 'cell')} by area: mean "
        f"{number(means[0])} ({cells.model}) against {number(means[1])} "
        f"({cells.reference}), correlation {number(correlation(cells))}, "
        f"{cells.model} above on {above} of the area."
    )


def correlation(cells: Cells) -> float:
    """Return Pearson's correlation over the cells, by area; NaN if one is flat."""
    area = cells.area / cells.area.sum()
    off = [side - area @ side for side in cells.sides]
    spread = np.sqrt((area @ off[0] ** 2) * (area @ off[1] ** 2))
    return float(area @ (off[0] * off[1]) / spread) if spread > 0 else float("nan")


def _pixels(share: np.ndarray) -> np.ndarray:
    colours = np.array([_rgb(colour) for colour in ramp(DENSITY, 64)], np.uint8)
    # The root, else all but the fullest look empty.
    depth = np.sqrt(share / share.max())
    pixels = np.zeros((*share.shape, 4), np.uint8)
    pixels[..., :3] = colours[(63 * depth).astype(int)]
    pixels[..., 3] = np.where(share > 0, 255, 0)
    return pixels


def _table(share: np.ndarray, edges: list[np.ndarray], unit: str) -> pd.DataFrame:
    middle = [(one[:-1] + one[1:]) / 2 for one in edges]
    at = np.nonzero(share)
    return pd.DataFrame(
        {
            "reference": middle[0][at[0]],
            "model": middle[1][at[1]],
            "share_of_area": np.round(share[at], 6),
        }
    ).rename(columns=lambda name: name if "share" in name else f"{name} ({unit})")


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
