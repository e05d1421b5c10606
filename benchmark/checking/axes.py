"""What the header of a file says of its dates and of its grid."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.cells.coordinates import centres_of
from benchmark.harmonise.cells.pixels import pixel_attrs
from benchmark.harmonise.cells.ugrid import is_mpas, topology_of
from benchmark.harmonise.time.decoding import decode_time

_TURNED = ("grid_latitude", "rotated_latitude_longitude")


def stamps_of(data: xr.Dataset, file: str) -> str:
    """Return where in their steps the dates of one file stand.

    Parameters
    ----------
    data : Dataset
        Its header, time not decoded.
    file : str
        For messages.

    Returns
    -------
    str
        Empty where there are none.
    """
    if "time" not in data.variables or data["time"].ndim == 0:
        # One date beside a map is not of its time steps.
        return ""
    bounds = str(data["time"].attrs.get("bounds", ""))
    names = [name for name in ("time", bounds) if name in data.variables]
    try:
        decoded = decode_time(data[names], file)
    except InputError:
        return ""
    except (ValueError, TypeError, KeyError, OSError):
        return "cannot be read"
    dates = list(decoded["time"].to_numpy())
    text = _where_in_month([date.day for date in dates])
    sure = "with bounds" if "time_bnds" in decoded else "no bounds"
    return f"{text}, {sure}, {dates[0].calendar} calendar"


def _where_in_month(days: list[int]) -> str:
    low, high = min(days), max(days)
    if low == high == 1:
        return "dates on the first"
    if low >= 14 and high <= 17:
        return "dates in the middle of months"
    if low >= 28:
        return "dates at the end of months"
    return f"dates on days {low} to {high}"


def grid_of_header(data: xr.Dataset, array: xr.DataArray) -> str:
    """Return of which kind a grid is, and whether it has corners.

    Parameters
    ----------
    data : Dataset
        The header of a file.
    array : DataArray
        A variable of it.

    Returns
    -------
    str
    """
    if pixel_attrs(data, array) is not None:
        return "HEALPix"
    if topology_of(data, array) is not None:
        return "UGRID mesh"
    if is_mpas(data, array):
        return "MPAS mesh"
    centres = centres_of(data, array)
    if centres is None:
        return "no latitude and longitude beside it"
    lat, lon = (data[name] for name in centres)
    corners = all(_has_bounds(data, axis) for axis in (lat, lon))
    edges = "with bounds" if corners else "without bounds"
    if lat.ndim == 2:
        mapping = str(array.attrs.get("grid_mapping", ""))
        attrs = data[mapping].attrs if mapping in data.variables else {}
        kind = "rotated" if attrs.get("grid_mapping_name") in _TURNED else "curvilinear"
        return f"{kind} {lat.shape[0]} x {lat.shape[1]}, {edges}"
    if lat.dims == lon.dims:
        return f"list of {lat.size} cells, {edges}"
    step = abs(float(np.median(np.diff(lat)))) if lat.size > 1 else 0.0
    return f"rectilinear {lat.size} x {lon.size} (steps of {step:.3g} in lat), {edges}"


def _has_bounds(data: xr.Dataset, axis: xr.DataArray) -> bool:
    stated = str(axis.attrs.get("bounds", ""))
    names = (
        stated,
        f"{axis.name}_bnds",
        f"{axis.name}_bounds",
        f"{axis.name}_vertices",
    )
    return any(name in data.variables for name in names)
