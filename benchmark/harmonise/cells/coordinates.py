"""Which variables of a file are the latitude and longitude of another."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError

# Names by which models call the centres of their cells, the surest first.
_NAMES = {
    "latitude": (
        *("lat", "latitude", "nav_lat", "tlat", "plat", "xlat", "clat", "latcell"),
        *("grid_center_lat", "geolat", "geolat_t", "glat", "gphit", "lat_rho", "lat2d"),
        *("lats", "latitudes", "xlat_m", "ulat", "vlat"),
    ),
    "longitude": (
        *("lon", "longitude", "nav_lon", "tlong", "tlon", "plon", "xlong", "clon"),
        *("loncell", "grid_center_lon", "geolon", "geolon_t", "glon", "glamt"),
        *("lon_rho", "lon2d", "lons", "longitudes", "xlong_m", "ulong", "ulon"),
        *("vlong", "vlon"),
    ),
}
_DIRECTION = {"latitude": "n", "longitude": "e"}


def centres_of(data: xr.Dataset, values: xr.DataArray) -> tuple[str, str] | None:
    """Return the names of a variable's latitude and longitude.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    values : xarray.DataArray
        A variable of it; its attribute ``coordinates`` is followed first, then
        standard names, then units, then names that models use.

    Returns
    -------
    tuple of str, or None
        None if there are none along its dimensions.

    Examples
    --------
    >>> lat = xr.Variable("x", [60.0, 61.0], {"units": "degrees_north"})
    >>> data = xr.Dataset({"v": ("x", [1, 2]), "ya": lat, "lon": ("x", [5, 6])})
    >>> centres_of(data, data["v"])
    ('ya', 'lon')
    """
    lats = _candidates(data, values, "latitude")
    lons = _candidates(data, values, "longitude")
    for _, lat in lats:
        same = [
            (not _is_pair(lat, lon), *rank, lon)
            for rank, lon in lons
            if data[lon].ndim == data[lat].ndim
        ]
        if same:
            return lat, min(same)[-1]
    return None


def is_named(name: str, variable: xr.Variable, kind: str) -> bool:
    """Tell whether a variable is a latitude, or a longitude.

    Parameters
    ----------
    name : str
        Its name.
    variable : xarray.Variable
        Its attributes.
    kind : {"latitude", "longitude"}
        Which is asked for.

    Returns
    -------
    bool

    Examples
    --------
    >>> node = xr.Variable((), 0.0, {"units": "degreesN"})
    >>> is_named("Mesh2_node_y", node, "latitude")
    True
    """
    return _rank(name, variable, kind, ()) is not None


def degrees(
    data: xr.Dataset, name: str, where: str, units: str | None = None
) -> np.ndarray:
    """Return a coordinate in degrees, missing and impossible values as NaN.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    name : str
        A latitude or longitude of centres or corners, in degrees or radians.
    where : str
        File and variable, for messages.
    units : str, optional
        Where it has none itself: corners have those of their centres in CF.

    Returns
    -------
    numpy.ndarray
        As the variable, float64.

    Raises
    ------
    InputError
        If the units are neither degrees nor radians.

    Examples
    --------
    >>> lat = xr.Variable("x", [np.pi / 2, 9.96921e36], {"units": "radian"})
    >>> degrees(xr.Dataset({"clat": lat}), "clat", "a.nc").tolist()
    [90.0, nan]
    """
    stated = str(data[name].attrs.get("units", units or "")).strip().lower()
    if stated and not stated.startswith(("deg", "rad", "°")):
        msg = (
            f"{where}: {name} has units '{stated}'; expected degrees or radians. "
            "Coordinates in metres need a grid_mapping."
        )
        raise InputError(msg)
    values = np.asarray(data[name].to_numpy(), dtype=float)
    if stated.startswith("rad"):
        values = np.degrees(np.where(np.abs(values) > 1e3, np.nan, values))
    # No longitude is beyond two turns: 999, 1e20 and 9.97e36 are fill values.
    return np.where(np.abs(values) <= 720.0 + 1e-3, values, np.nan)


def units_of(data: xr.Dataset, lat: str, lon: str) -> tuple[str, str | None]:
    """Return the units of centres, and a remark where they are inferred.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    lat, lon : str
        The centres.

    Returns
    -------
    units : str
        As stated; radians where none are stated and the values go once round
        the sphere in radians; else degrees.
    remark : str or None
    """
    stated = str(data[lat].attrs.get("units") or data[lon].attrs.get("units") or "")
    if stated:
        return stated, None
    spans = [float(data[name].max() - data[name].min()) for name in (lat, lon)]
    within = float(abs(data[lat]).max()) <= 1.571
    if within and spans[0] > 2.2 and 5.4 < spans[1] <= 6.29:
        return "radian", f"{lat} and {lon} have no units: taken as radians"
    return "degrees", None


Rank = tuple[int, int]


def _candidates(
    data: xr.Dataset, values: xr.DataArray, kind: str
) -> list[tuple[Rank, str]]:
    attrs = {**values.encoding, **values.attrs}
    listed = tuple(str(attrs.get("coordinates", "")).split())
    found = []
    for key, variable in data.variables.items():
        inside = bool(variable.dims) and set(variable.dims) <= set(values.dims)
        if key == values.name or not inside or variable.dtype.kind not in "fiu":
            continue
        rank = _rank(str(key), variable, kind, listed)
        if rank is not None:
            found.append((rank, str(key)))
    return sorted(found)


def _rank(
    name: str, variable: xr.Variable, kind: str, listed: tuple[str, ...]
) -> Rank | None:
    """Return how sure it is that a variable is one, smaller is surer."""
    standard = str(variable.attrs.get("standard_name", ""))
    units = str(variable.attrs.get("units", "")).lower().replace("_", "")
    turned = _DIRECTION[kind]
    names = _NAMES[kind]
    known = names.index(name.lower()) if name.lower() in names else len(names)
    if standard and standard != kind and standard.startswith(("grid_", "projection_")):
        return None
    if standard == kind:
        level = 1
    elif units.startswith("deg") and units.endswith(
        (f"degree{turned}", f"degrees{turned}", "north" if turned == "n" else "east")
    ):
        level = 2
    elif not units.startswith(("m", "km")) and (
        known < len(names) or (name in listed and kind[:3] in name.lower())
    ):
        level = 3
    else:
        return None
    return (0 if name in listed else level, known)


def _is_pair(lat: str, lon: str) -> bool:
    """Tell whether two names differ by lat and lon only: TLAT, TLONG."""
    bare = [
        name.lower()
        .replace("latitude", "*")
        .replace("longitude", "*")
        .replace("long", "*")
        .replace("lat", "*")
        .replace("lon", "*")
        for name in (lat, lon)
    ]
    return bare[0] == bare[1]
