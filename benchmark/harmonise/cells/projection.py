"""Cells of grids that are regular in a projection: a rotated pole, or metres."""

from collections.abc import Callable

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.cells.coordinates import centres_of, degrees, units_of
from benchmark.harmonise.cells.rotated_pole import box_corners, pieces_for, turned_back
from benchmark.harmonise.cells.settle import Cells
from benchmark.harmonise.cells.sphere import unit_vectors

Inverse = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]

_ROTATED = "rotated_latitude_longitude"
_GEOGRAPHIC = ("latitude_longitude", "healpix")
_ROWS = ("rlat", "y", "yc", "projection_y_coordinate", "yh", "northing")
_COLUMNS = ("rlon", "x", "xc", "projection_x_coordinate", "xh", "easting")
_CODES = ("crs_wkt", "spatial_ref", "esri_pe_string", "epsg_code", "proj4", "proj4text")
_EARTH = 6.371e6


def mapping_of(data: xr.Dataset, values: xr.DataArray) -> str | None:
    """Return the name of a variable's grid mapping, None if it has none.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    values : xarray.DataArray
        The variable; where it names none, the only one of the file is its own.

    Returns
    -------
    str or None
    """
    attrs = {**values.encoding, **values.attrs}
    stated = str(attrs.get("grid_mapping", "")).split(":")[0].strip()
    if stated in data.variables:
        return stated
    found = [
        str(name)
        for name, array in data.variables.items()
        if "grid_mapping_name" in array.attrs or "crs_wkt" in array.attrs
    ]
    return found[0] if len(found) == 1 else None


def projected_cells(data: xr.Dataset, values: xr.DataArray, where: str) -> Cells | None:
    """Return the cells of a variable on rows and columns of a projection.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    values : xarray.DataArray
        The variable, with a grid mapping.
    where : str
        File and variable, for messages.

    Returns
    -------
    Cells or None
        None if there is no projection, or rows and columns have no coordinates
        while latitude and longitude are there, or these say something else.

    Raises
    ------
    InputError
        If the projection is not understood, or pyproj is needed and absent.
    """
    mapping = mapping_of(data, values)
    if mapping is None:
        return None
    attrs = data[mapping].attrs
    kind = str(attrs.get("grid_mapping_name", ""))
    axes = _axis(data, values, _ROWS, "y"), _axis(data, values, _COLUMNS, "x")
    if kind in _GEOGRAPHIC or axes[0] is None or axes[1] is None:
        return None
    rotated = kind == _ROTATED
    inverse = _rotation(attrs, where) if rotated else _inverse(attrs, kind, where)
    if inverse is None:
        return None
    y, x = (data[axis] for axis in axes)
    scale = 1.0 if rotated else _metres(y, where)
    rows, columns = (_edges(data, axis, where) * scale for axis in (y, x))
    step = np.abs(np.diff(columns, axis=1)).max() / (1.0 if rotated else _EARTH)
    pieces = pieces_for(np.radians(step) if rotated else step)
    corner_lat, corner_lon = inverse(*box_corners(rows, columns, pieces))
    across, along = np.meshgrid(x.to_numpy() * scale, y.to_numpy() * scale)
    lat, lon = inverse(along.ravel(), across.ravel())
    dims = (str(y.dims[0]), str(x.dims[0]))
    label = "rotated pole" if rotated else kind.replace("_", " ") or "projected"
    cells = Cells(
        dims,
        lat,
        lon,
        corner_lat,
        corner_lon,
        f"{label} {y.size} x {x.size}",
        (f"cells are the rows and columns of the grid mapping '{mapping}'",),
        computed=True,
    )
    return cells if _agrees(data, values, cells, where) else None


def disagreement(data: xr.Dataset, values: xr.DataArray) -> str:
    """Return the remark on a grid mapping that was not used.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    values : xarray.DataArray
        The variable.

    Returns
    -------
    str
        Empty if there is no projection.
    """
    mapping = mapping_of(data, values)
    kind = data[mapping].attrs.get("grid_mapping_name", "") if mapping else ""
    axes = _axis(data, values, _ROWS, "y"), _axis(data, values, _COLUMNS, "x")
    if mapping is None or kind in _GEOGRAPHIC or None in axes:
        return ""
    return (
        f"the grid mapping '{mapping}' puts cells elsewhere than latitude and "
        "longitude of the file: these are used"
    )


def _axis(
    data: xr.Dataset, values: xr.DataArray, names: tuple[str, ...], letter: str
) -> str | None:
    rotated = "grid_latitude" if letter == "y" else "grid_longitude"
    standards = (f"projection_{letter}_coordinate", rotated)
    for name, array in data.variables.items():
        inside = array.ndim == 1 and array.dims[0] in values.dims
        known = array.attrs.get("standard_name") in standards
        if inside and (known or str(name).lower() in names) and name != values.name:
            return str(name)
    return None


def _edges(data: xr.Dataset, axis: xr.DataArray, where: str) -> np.ndarray:
    """Return edges (cell, 2), as bounds say, or half-way between centres."""
    centres = np.asarray(axis.to_numpy(), dtype=float)
    steps = np.diff(centres)
    if not steps.size or not ((steps > 0).all() or (steps < 0).all()):
        msg = (
            f"{where}: {axis.name} has {centres.size} values that are not in order; "
            "expected two or more, in one direction."
        )
        raise InputError(msg)
    stated = str(axis.attrs.get("bounds", ""))
    for name in (stated, f"{axis.name}_bnds", f"{axis.name}_bounds"):
        if name in data.variables and data[name].shape == (centres.size, 2):
            bounds = np.asarray(data[name].to_numpy(), dtype=float)
            slack = 1e-3 * np.abs(steps).min()
            low, high = bounds.min(axis=1) - slack, bounds.max(axis=1) + slack
            if ((low <= centres) & (centres <= high)).all():
                return bounds
            msg = (
                f"{where}: {axis.name} is not inside {name}; expected edges around it."
            )
            raise InputError(msg)
    middle = (centres[1:] + centres[:-1]) / 2
    ends = [2 * centres[0] - middle[0]], [2 * centres[-1] - middle[-1]]
    edges = np.concatenate([ends[0], middle, ends[1]])
    return np.stack([edges[:-1], edges[1:]], axis=1)


def _rotation(attrs: dict[str, object], where: str) -> Inverse:
    return lambda y, x: turned_back(y, x, attrs, where)


def _metres(axis: xr.DataArray, where: str) -> float:
    units = str(axis.attrs.get("units", "m")).strip().lower()
    factors = {"m": 1.0, "metre": 1.0, "meter": 1.0, "km": 1e3, "kilometre": 1e3}
    factors |= {"kilometer": 1e3, "1000 m": 1e3}
    found = factors.get(units.removesuffix("s") if len(units) > 2 else units)
    if found is None:
        msg = f"{where}: {axis.name} has units '{units}'; expected m or km."
        raise InputError(msg)
    return found


def _inverse(attrs: dict[str, object], kind: str, where: str) -> Inverse | None:
    """Return metres to degrees by pyproj, None if it is no projection."""
    try:
        from pyproj import CRS, Transformer
        from pyproj.exceptions import CRSError
    except ImportError as error:
        msg = (
            f"{where}: the projection '{kind or 'by crs_wkt'}' needs pyproj; expected "
            "it installed: pip install 'permabench[projections]'."
        )
        raise InputError(msg) from error
    code = next((str(attrs[key]) for key in _CODES if attrs.get(key)), "")
    code = f"EPSG:{code}" if code.isdigit() else code
    try:
        crs = CRS.from_user_input(code) if code else CRS.from_cf(attrs)
    except (CRSError, KeyError, ValueError, TypeError) as error:
        msg = (
            f"{where}: the projection '{kind or code[:40]}' is not understood "
            f"({' '.join(str(error).split())[:120]}); expected the attributes of a CF "
            "grid_mapping, or crs_wkt."
        )
        raise InputError(msg) from error
    if not crs.is_projected:
        return None
    # To latitudes on the same ellipsoid: no shift of datum, as maps of models.
    back = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    unit = crs.axis_info[0].unit_conversion_factor if crs.axis_info else 1.0

    def inverse(y: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        lon, lat = back.transform(x / unit, y / unit)
        known = np.isfinite(lat) & np.isfinite(lon)
        return np.where(known, lat, np.nan), np.where(known, lon, np.nan)

    return inverse


def _agrees(data: xr.Dataset, values: xr.DataArray, cells: Cells, where: str) -> bool:
    """Tell whether latitude and longitude of the file are within half a cell."""
    names = centres_of(data, values)
    if names is None or set(data[names[0]].dims) != set(cells.dims):
        return True
    units, _ = units_of(data, *names)
    stated = data[list(names)].transpose(*cells.dims)
    lat, lon = (degrees(stated, name, where, units).ravel() for name in names)
    centres = unit_vectors(cells.lat, cells.lon)
    apart = np.linalg.norm(unit_vectors(lat, lon) - centres, axis=1)
    corner = unit_vectors(cells.corner_lat[:, 0], cells.corner_lon[:, 0])
    radius = np.linalg.norm(corner - centres, axis=1)
    known = np.isfinite(apart) & np.isfinite(radius)
    return bool((apart[known] <= 0.5 * radius[known] + 1e-6).all())
