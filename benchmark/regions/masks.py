"""Read masks and class maps in NetCDF as regions, one for each class."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from benchmark.errors import InputError
from benchmark.regions.cells import outline_of_cells
from benchmark.regions.mask_classes import MaskClass, mask_classes
from benchmark.regions.region_set import Region, unknown


class _Read(NamedTuple):
    """What is read, and the state of the file, so that it is read once."""

    path: Path
    changed: int
    size: int
    variable: str | None
    threshold: float | None


def read_mask(
    path: Path,
    *,
    variable: str | None = None,
    threshold: float | None = None,
    only: tuple[str, ...] | None = None,
) -> dict[str, Region]:
    """Read the regions of a mask in NetCDF.

    A region is the union of the cells of its class, so its weights on any
    grid are exact. Understood are

    - a map of classes (lat, lon) as ILAMB writes it, with the attributes
      ``labels`` and ``names`` that name variables with a text per class;
    - a map of classes with CF ``flag_values`` and ``flag_meanings``;
    - a map of whole numbers without names: the number is the id;
    - a mask of 0 and 1, or true and false, with or without a dimension of
      regions, as regionmask writes it, or one variable for each region;
    - the same with fractions, if a threshold is given.

    Latitudes and longitudes may have any order and offset, with or without
    bounds.

    Parameters
    ----------
    path : Path
        The file.
    variable : str, optional
        Which variable, where the file has several maps.
    threshold : float, optional
        A cell with a fraction above it is inside.
    only : tuple of str, optional
        Ids of the classes to read, all that have cells if not given.

    Returns
    -------
    dict of str to Region
        By id, in the order of the file.

    Raises
    ------
    InputError
        If the file is not NetCDF, the grid is not rectilinear, it is not
        clear which variable is meant, a class is not there or has no cells,
        or fractions have no threshold.
    """
    stamp = path.stat()
    read = _Read(path, stamp.st_mtime_ns, stamp.st_size, variable, threshold)
    classes = _classes(read)
    filled = [id for id, one in classes.items() if one.inside.any()]
    if not filled:
        msg = f"{path}: no cell is inside a region; expected a class, or a 1."
        raise InputError(msg)
    for id in only or ():
        if id not in classes:
            raise InputError(unknown(f"{path}: class", id, filled))
        if id not in filled:
            msg = f"{path}: no cell has the class '{id}'. Leave it out."
            raise InputError(msg)
    return {id: _region(read, id) for id in only or filled}


@lru_cache(maxsize=16)
def _classes(read: _Read) -> dict[str, MaskClass]:
    return mask_classes(read.path, read.variable, read.threshold)


@lru_cache(maxsize=512)
def _region(read: _Read, id: str) -> Region:
    one = _classes(read)[id]
    shape = outline_of_cells(one.inside, one.lat_edges, one.lon_edges)
    return Region(id, one.name, shape, source=read.path.name)
