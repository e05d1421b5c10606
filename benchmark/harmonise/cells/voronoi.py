"""Cells around centres, where a file gives no corners: what is nearest to each."""

import numpy as np

from benchmark.errors import InputError
from benchmark.harmonise.cells.sphere import positions, signed_areas, unit_vectors
from benchmark.regrid.mesh import Mesh

# On a grid of the whole globe no cell is this many times the median cell.
_LARGEST = 20.0


def voronoi_mesh(lat: np.ndarray, lon: np.ndarray, where: str = "mesh") -> Mesh:
    """Return the Voronoi cells of centres that cover the whole globe.

    Parameters
    ----------
    lat, lon : numpy.ndarray
        Centres (cell,), degrees.
    where : str, optional
        File and variable, for messages.

    Returns
    -------
    Mesh
        Whose cells cover the sphere without overlap.

    Raises
    ------
    InputError
        If centres repeat, are missing, or leave a part of the globe empty: cells
        at the edge of a region would reach across it.

    Examples
    --------
    >>> lat = np.array([90.0, 0.0, 0.0, 0.0, 0.0, -90.0])
    >>> lon = np.array([0.0, 0.0, 90.0, 180.0, 270.0, 0.0])
    >>> voronoi_mesh(lat, lon).corner_lat.shape
    (6, 4)
    """
    from scipy.spatial import SphericalVoronoi

    centres = unit_vectors(lat, lon)
    try:
        cells = SphericalVoronoi(centres)
        cells.sort_vertices_of_regions()
    except (ValueError, IndexError) as error:
        msg = (
            f"{where}: 'cells: voronoi' cannot be made of {lat.size} centres "
            f"({str(error).strip()}); expected distinct places over the whole globe."
        )
        raise InputError(msg) from error
    rings = [list(ring) for ring in vars(cells)["regions"]]
    width = max(map(len, rings))
    index = np.array([ring + ring[-1:] * (width - len(ring)) for ring in rings])
    corners = vars(cells)["vertices"][index]
    area = np.abs(signed_areas(corners))
    middle = float(np.median(area))
    if area.max() > _LARGEST * middle:
        msg = (
            f"{where}: 'cells: voronoi' gives a cell of {area.max() / middle:.0f} "
            "times the median area: the centres do not cover the whole globe; expected "
            "a global grid. Name a file with corners in 'grid: {files: ...}'."
        )
        raise InputError(msg)
    return Mesh(lat, lon, *positions(corners), f"Voronoi {lat.size}")
