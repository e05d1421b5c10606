"""Latitude and longitude as the rest of the package expects them, and areas."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.regrid import cell_area

# An areacella further from the geometric area than this is not used.
AREA_TOLERANCE = 0.01


def standard_grid(data: xr.Dataset, where: str) -> tuple[xr.Dataset, list[str]]:
    """Return data on lat (ascending), lon (ascending) with bounds and areas.

    Parameters
    ----------
    data : Dataset
        Of a rectilinear grid, with coordinates CF can identify by standard
        name, units or axis, or called lat, latitude, lon, longitude.
    where : str
        File, for messages.

    Returns
    -------
    data : Dataset
        With ``lat``, ``lon``, ``lat_bnds``, ``lon_bnds`` (degrees, clipped to
        the poles) and ``cell_area`` (lat, lon) in m2, from the bounds on a
        sphere of radius 6371 km.
    remarks : list of str
        What was inferred or put right.

    Raises
    ------
    InputError
        If there is no latitude or longitude, if they are two-dimensional, or
        if bounds and centres disagree.
    """
    remarks: list[str] = []
    for name in ("latitude", "longitude"):
        data = _renamed(data, name, where)
    _check_degrees(data, where)
    if data["lat"].ndim != 1 or data["lon"].ndim != 1:
        msg = (
            f"{where}: latitude has dimensions {data['lat'].dims}; expected a "
            "rectilinear grid, latitude (lat) and longitude (lon)."
        )
        raise InputError(msg)
    for axis in ("lat", "lon"):
        _check_axis(data[axis].to_numpy(), axis, where)
        data, inferred = _with_bounds(data, axis, where)
        if inferred:
            remarks.append(f"{axis} bounds are absent: taken half-way between centres")
    data, repeated = _without_repeated_meridian(data)
    if repeated:
        remarks.append("the last meridian repeats the first: dropped")
    data = data.sortby("lat")
    data = _ascending_bounds(data)
    area = cell_area(data["lat_bnds"], data["lon_bnds"])
    return data.assign_coords(cell_area=(("lat", "lon"), area.data)), remarks


def area_ratio(stated: xr.DataArray, computed: xr.DataArray) -> float:
    """Return total stated area over total computed area.

    Parameters
    ----------
    stated, computed : DataArray
        (lat, lon), m2.

    Returns
    -------
    float
        NaN where the shapes differ.
    """
    if stated.shape != computed.shape:
        return float("nan")
    return float(stated.sum() / computed.sum())


def _renamed(data: xr.Dataset, name: str, where: str) -> xr.Dataset:
    import cf_xarray  # noqa: F401  (registers the accessor)

    short = name[:3]
    if short in data.variables:
        found = [short]
    else:
        found = [
            str(key)
            for key in (*data.cf.coordinates.get(name, ()), name, f"nav_{short}")
            if key in data.variables
        ]
    if not found:
        dims = ", ".join(map(str, data["value"].dims if "value" in data else data.dims))
        msg = (
            f"{where}: no {name}: the variable has dimensions ({dims}); expected "
            f"(time, lat, lon), by the names lat and lon or standard_name '{name}'. "
            "Cells along one dimension (sites, a sparse grid) cannot be read yet."
        )
        raise InputError(msg)
    key = found[0]
    if key != short and short in data.dims:
        # The dimension has the name already, without a coordinate.
        data = data.assign_coords({short: data[key].variable}).drop_vars(key)
    elif key != short:
        data = data.rename({key: short})
    coordinate = data[short]
    if coordinate.ndim == 1 and coordinate.dims != (short,):
        data = data.swap_dims({coordinate.dims[0]: short})
    elif coordinate.ndim == 0:
        data = data.drop_vars(short).expand_dims({short: [float(coordinate)]})
    return data.set_coords(short) if short not in data.coords else data


def _check_degrees(data: xr.Dataset, where: str) -> None:
    stated = [str(data[axis].attrs.get("units", "")) for axis in ("lat", "lon")]
    for axis, units in zip(("lat", "lon"), stated, strict=True):
        if units and not units.lower().startswith("deg"):
            msg = f"{where}: {axis} has units '{units}'; expected degrees."
            raise InputError(msg)
    counted = [
        np.array_equal(data[axis].to_numpy(), start + np.arange(data[axis].size))
        for axis in ("lat", "lon")
        for start in (float(data[axis].to_numpy().flat[0]),)
        if start in (0.0, 1.0) and data[axis].ndim == 1
    ]
    if not any(stated) and len(counted) == 2 and all(counted):
        msg = (
            f"{where}: lat and lon count from 0 or 1 and have no units: they look like "
            "indices; expected degrees with units degrees_north and degrees_east."
        )
        raise InputError(msg)


def _check_axis(values: np.ndarray, axis: str, where: str) -> None:
    if not np.isfinite(values).all():
        msg = f"{where}: {axis} has missing values; expected numbers throughout."
        raise InputError(msg)
    limit = 90.0 if axis == "lat" else 720.0
    if np.abs(values).max() > limit + 1e-3:
        msg = (
            f"{where}: {axis} runs from {values.min():g} to {values.max():g}; expected "
            "degrees. Projected coordinates are not latitude and longitude."
        )
        raise InputError(msg)
    steps = np.diff(values)
    if values.size > 1 and not ((steps > 0).all() or (steps < 0).all()):
        if axis == "lon" and (np.diff(np.unwrap(values, period=360)) > 0).all():
            return
        direction = np.sign(np.median(steps)) or 1.0
        index = int(np.argmax(steps * direction <= 0)) + 1
        msg = (
            f"{where}: {axis} is not monotonic at index {index} "
            f"({values[index - 1]:g}, {values[index]:g}); expected one direction."
        )
        raise InputError(msg)


def _with_bounds(data: xr.Dataset, axis: str, where: str) -> tuple[xr.Dataset, bool]:
    stated = str(data[axis].attrs.get("bounds", ""))
    name = next(
        (n for n in (stated, f"{axis}_bnds", f"{axis}_bounds") if n in data), ""
    )
    centres = np.asarray(data[axis].to_numpy(), dtype=float)
    if axis == "lon":
        centres = np.unwrap(centres, period=360)
    inferred = not name
    bounds = (
        _inferred(centres, axis, where) if inferred else np.asarray(data[name], float)
    )
    if bounds.shape != (centres.size, 2):
        msg = f"{where}: {name} has shape {bounds.shape}; expected ({centres.size}, 2)."
        raise InputError(msg)
    if axis == "lat":
        bounds = np.clip(bounds, -90.0, 90.0)
    low, high = bounds.min(axis=1), bounds.max(axis=1)
    if axis == "lon":
        # A cell across the meridian of 0 or 180, given as (358.75, 1.25).
        split = (high - low > 180.0) & (bounds[:, 0] == high) & ~inferred
        split &= bounds[:, 0] - bounds[:, 1] > 180.0
        low, high = np.where(split, high - 360.0, low), np.where(split, low, high)
        turn = 360.0 * np.round((centres - (low + high) / 2) / 360.0)
        low, high = low + turn, high + turn
    slack = 1e-3 * np.median(high - low)
    outside = (centres < low - slack) | (centres > high + slack) | (high <= low)
    if outside.any():
        index = int(np.argmax(outside))
        msg = (
            f"{where}: {axis} {centres[index]:g} is not inside its bounds "
            f"({low[index]:g}, {high[index]:g}); expected bounds around each centre. "
            f"Correct or remove '{name}'."
        )
        raise InputError(msg)
    _check_joined(low, high, centres, axis, where)
    data = data.drop_vars([n for n in (name, f"{axis}_bnds") if n in data.variables])
    attrs = {k: v for k, v in data[axis].attrs.items() if k != "bounds"}
    data = data.assign_coords({axis: (axis, centres, attrs)})
    return data.assign_coords(
        {f"{axis}_bnds": ((axis, "bnds"), np.stack([low, high], axis=1))}
    ), inferred


def _check_joined(
    low: np.ndarray, high: np.ndarray, centres: np.ndarray, axis: str, where: str
) -> None:
    """Refuse cells that leave gaps or overlap: their areas would be wrong."""
    order = np.argsort(centres)
    steps = low[order][1:] - high[order][:-1]
    apart = np.abs(steps) > 0.01 * np.median(high - low)
    if apart.any():
        index = int(np.argmax(apart))
        end, start = high[order][index], low[order][index + 1]
        msg = (
            f"{where}: {axis} bounds end at {end:g} and go on at {start:g}; expected "
            "cells that touch. Correct the bounds, or remove them: they are inferred."
        )
        raise InputError(msg)


def _inferred(centres: np.ndarray, axis: str, where: str) -> np.ndarray:
    if centres.size < 2:
        msg = f"{where}: one {axis} without bounds; expected '{axis}_bnds' in the file."
        raise InputError(msg)
    middle = (centres[1:] + centres[:-1]) / 2
    edges = np.concatenate(
        [[2 * centres[0] - middle[0]], middle, [2 * centres[-1] - middle[-1]]]
    )
    if axis == "lat":
        # A grid that ends within half a cell of a pole covers the pole.
        edges = np.clip(edges, -90.0, 90.0)
    return np.stack([edges[:-1], edges[1:]], axis=1)


def _without_repeated_meridian(data: xr.Dataset) -> tuple[xr.Dataset, bool]:
    lon = data["lon"].to_numpy()
    if lon.size > 2 and abs(abs(lon[-1] - lon[0]) - 360.0) < 1e-6:
        return data.isel(lon=slice(0, -1)), True
    return data, False


def _ascending_bounds(data: xr.Dataset) -> xr.Dataset:
    data = data.sortby("lon")
    start = data["lon"].to_numpy()[0]
    turn = 360.0 * np.floor((start + 180.0) / 360.0)
    # Whole turns only, so that a regional grid across the dateline stays whole.
    return data.assign_coords(
        lon=("lon", data["lon"].to_numpy() - turn, data["lon"].attrs),
        lon_bnds=(("lon", "bnds"), data["lon_bnds"].to_numpy() - turn),
    )
