"""Cells of any shape: curvilinear, rotated, triangles, hexagons, HEALPix."""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

import numpy as np
import xarray as xr

from benchmark.errors import InputError

CELL = "cell"
"""The one horizontal dimension of a field on a mesh."""


@dataclass(frozen=True, eq=False)
class Mesh:
    """Polygons on the sphere, one for each position along ``cell``.

    Edges are arcs of great circles. A cell with fewer corners than the widest
    repeats its last one; the corners go round the cell in either direction.

    Parameters
    ----------
    lat, lon : numpy.ndarray
        Centres (cell,), degrees.
    corner_lat, corner_lon : numpy.ndarray
        Corners (cell, corner), degrees; longitudes may have any offset.
    description : str, optional
        What kind of grid it is, for messages: ``curvilinear 385 x 360``.

    Raises
    ------
    InputError
        If the sizes do not agree or a corner is not a finite position.

    Examples
    --------
    >>> octant = Mesh(
    ...     np.array([35.0]), np.array([45.0]),
    ...     np.array([[0.0, 0.0, 90.0]]), np.array([[0.0, 90.0, 0.0]]),
    ... )
    >>> octant.size, octant == octant
    (1, True)
    """

    lat: np.ndarray
    lon: np.ndarray
    corner_lat: np.ndarray
    corner_lon: np.ndarray
    description: str = field(default="unstructured")

    def __post_init__(self) -> None:
        """Check the sizes and that corners are positions."""
        shape = self.corner_lat.shape
        agree = self.lat.shape == self.lon.shape == shape[:1]
        if not agree or self.corner_lon.shape != shape or len(shape) != 2:
            msg = (
                f"mesh: {self.lat.shape} centres and {shape} corners; expected "
                "(cell,) and (cell, corner)."
            )
            raise InputError(msg)
        if shape[1] < 3:
            msg = f"mesh: cells have {shape[1]} corners; expected three or more."
            raise InputError(msg)
        finite = np.isfinite(self.corner_lat) & np.isfinite(self.corner_lon)
        if not (finite & (np.abs(self.corner_lat) <= 90.0 + 1e-6)).all():
            index = int(np.argmin(finite.all(axis=1)))
            msg = (
                f"mesh: cell {index} has corners at latitude "
                f"{self.corner_lat[index].tolist()}; expected degrees within -90..90."
            )
            raise InputError(msg)

    @property
    def size(self) -> int:
        """How many cells there are."""
        return int(self.lat.size)

    @cached_property
    def digest(self) -> str:
        """Hash of the corners, by which meshes are compared and cached."""
        text = sha256(str(self.corner_lat.shape).encode())
        for corners in (self.corner_lat, self.corner_lon % 360.0):
            text.update(np.round(corners, 9).astype("<f8").tobytes())
        return text.hexdigest()

    def __eq__(self, other: object) -> bool:
        """Tell whether two meshes have the same cells in the same order."""
        return isinstance(other, Mesh) and self.digest == other.digest

    def __hash__(self) -> int:
        """Hash by the corners."""
        return hash(self.digest)


def has_mesh(field: xr.Dataset | xr.DataArray) -> bool:
    """Tell whether a field lies on a mesh.

    Parameters
    ----------
    field : xarray.Dataset or xarray.DataArray
        Any.

    Returns
    -------
    bool
    """
    return "mesh" in field.coords


def mesh_of(field: xr.Dataset | xr.DataArray) -> Mesh:
    """Return the mesh that a field carries.

    Parameters
    ----------
    field : xarray.Dataset or xarray.DataArray
        From `with_mesh`.

    Returns
    -------
    Mesh

    Raises
    ------
    KeyError
        If it carries none.
    """
    mesh: Mesh = field.coords["mesh"].item()
    return mesh


def with_mesh(field: xr.DataArray, mesh: Mesh, cell_area: np.ndarray) -> xr.DataArray:
    """Attach a mesh to a field, so that it carries its own grid.

    Parameters
    ----------
    field : xarray.DataArray
        Field (..., cell).
    mesh : Mesh
        Its cells.
    cell_area : numpy.ndarray
        Their areas (cell,), m2.

    Returns
    -------
    xarray.DataArray
        With the coordinates ``lat``, ``lon``, ``cell_area`` (cell) and the
        scalar ``mesh``.

    Raises
    ------
    InputError
        If the field has another number of cells.
    """
    if field.sizes.get(CELL) != mesh.size:
        msg = (
            f"'{field.name}' has dimensions {dict(field.sizes)}; expected '{CELL}' of "
            f"length {mesh.size}, as the mesh has."
        )
        raise InputError(msg)
    return field.assign_coords(
        mesh=xr.Variable((), np.array(mesh, dtype=object)),
        lat=(CELL, mesh.lat, {"units": "degrees_north", "standard_name": "latitude"}),
        lon=(CELL, mesh.lon, {"units": "degrees_east", "standard_name": "longitude"}),
        cell_area=(
            CELL,
            cell_area,
            {"units": "m2", "standard_name": "cell_area"},
        ),
    )


def horizontal(field: xr.Dataset | xr.DataArray) -> tuple[str, ...]:
    """Return the horizontal dimensions of a field: lat and lon, or cell.

    Parameters
    ----------
    field : xarray.Dataset or xarray.DataArray
        Canonical: (..., lat, lon) or (..., cell).

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> horizontal(xr.DataArray(np.zeros((2, 3)), dims=("lat", "lon")))
    ('lat', 'lon')
    """
    return (CELL,) if CELL in field.dims else ("lat", "lon")
