"""Active layer thickness: how deep a column over permafrost thaws in a year."""

import numpy as np
import xarray as xr

from benchmark.harmonise.derived.freezing import (
    FREEZING,
    as_time,
    by_years,
    calendar_of,
    middles_of,
    whole_years,
)
from benchmark.harmonise.derived.registry import Part, Parts, derivation, made_of
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.soil.temperature import LAYER

_TEXT = "deepest 0 degC crossing of layered tsl, annual maximum"


@derivation("alt", Part("tsl", layered=True, steps="finest"), text=_TEXT)
def alt(parts: Parts) -> Harmonised:
    """Return active layer thickness of each year, from layered soil temperature.

    Parameters
    ----------
    parts : mapping of str to Harmonised
        ``tsl`` (time, layer, ...), K, by days or months.

    Returns
    -------
    Harmonised
        (time, ...), m, yearly; see `active_layer` for what is missing, of
        which `counts` says how much.
    """
    part = parts["tsl"]
    temperature = whole_years(part.field, part.where)
    depth, left_out = active_layer(temperature)
    step = "daily" if "day" in temperature.coords else "monthly"
    bottom = float(temperature["bottom"].max())
    texts = {
        "unfrozen": "columns and years never freeze: without active layer",
        "bottom": (
            f"columns and years thaw to the bottom of the model's soil ({bottom:.3g} "
            "m): deeper than that, or seasonal frost; left out"
        ),
        "talik": "columns and years have a layer that never freezes above one that "
        "does not thaw (talik): left out",
    }
    counts = tuple((texts[key], where.sum()) for key, where in left_out.items())
    remark = f"active layer derived from {step} soil temperature"
    field = as_time(depth, calendar_of(temperature))
    return made_of("alt", parts, field, remark=remark, counts=counts)


def thaw_depth(temperature: xr.DataArray) -> xr.DataArray:
    r"""Return the depth of the deepest crossing from thawed to frozen.

    Parameters
    ----------
    temperature : DataArray
        (..., layer), K, from the surface downward, with ``top`` and ``bottom``
        of the layers, m. Layers that are missing below the last valid one are
        bedrock, and no part of the column.

    Returns
    -------
    DataArray
        (...), m: 0 where no layer is above 0 degC; infinite where the lowest
        layer is, for then the crossing lies below the soil; NaN where a layer
        above a valid one is missing.

    Notes
    -----
    Between the middles z of the deepest thawed layer i and the next,

    .. math:: z_0 = z_i + (z_{i+1} - z_i) \frac{T_i}{T_i - T_{i+1}},\ T\ \mathrm{in}\ °C

    In autumn, when a column freezes from above, that is the lower end of what
    is still thawed.

    Examples
    --------
    >>> column = xr.DataArray([275.15, 274.15, 272.15], dims=LAYER).assign_coords(
    ...     top=(LAYER, [0.0, 0.2, 0.6]), bottom=(LAYER, [0.2, 0.6, 1.0])
    ... )
    >>> thaw_depth(column).round(3).item()
    0.6
    """
    if temperature.chunks is not None:
        temperature = temperature.chunk({LAYER: -1})
    found: xr.DataArray = xr.apply_ufunc(
        _deepest,
        temperature,
        input_core_dims=[[LAYER]],
        kwargs={"depths": middles_of(temperature)},
        dask="parallelized",
        output_dtypes=[temperature.dtype],
    )
    return found


def active_layer(
    temperature: xr.DataArray,
) -> tuple[xr.DataArray, dict[str, xr.DataArray]]:
    """Return the deepest thaw of each year, and where it means nothing.

    Parameters
    ----------
    temperature : DataArray
        (time, ..., layer), K, of whole years, with ``year`` along time.

    Returns
    -------
    depth : DataArray
        (year, ...), m. 0 where no layer thaws in the year. NaN where there is
        no active layer: the column never freezes, or thaws to its bottom at
        some time (never the depth of the bottom), or has a talik.
    left_out : dict of DataArray
        (year, ...), true or false: ``unfrozen``, ``bottom``, ``talik``.

    Notes
    -----
    Columns of the model's own grid, before any regridding: the mean of two
    columns may thaw where neither does. What lies below the deepest layer
    that is frozen all year is no part of it: soils of tens of metres thaw
    again below the permafrost.
    """
    deepest = by_years(thaw_depth(_down_to_permafrost(temperature)), "max")
    coldest = by_years(temperature, "min")
    thawed = coldest > FREEZING
    unfrozen = (thawed | coldest.isnull()).all(LAYER) & thawed.any(LAYER)
    finite = deepest < np.inf
    bottom = deepest.notnull() & ~finite & ~unfrozen
    above = thawed & _at_or_above(by_years(temperature, "max") <= FREEZING)
    talik = above.any(LAYER) & finite
    kept = finite & ~talik
    return deepest.where(kept), {"unfrozen": unfrozen, "bottom": bottom, "talik": talik}


def _at_or_above(frozen: xr.DataArray) -> xr.DataArray:
    """Return which layers have one at or below them that is frozen all year."""
    count = frozen.astype(int)
    if count.chunks is not None:
        count = count.chunk({LAYER: -1})
    below = count.sum(LAYER) - count.cumsum(LAYER) + count
    return below > 0


def _down_to_permafrost(temperature: xr.DataArray) -> xr.DataArray:
    """Return temperatures without what lies below the permafrost of the year."""
    frozen = by_years(temperature, "max") <= FREEZING
    kept = _at_or_above(frozen) | ~frozen.any(LAYER)
    years = xr.DataArray(temperature["year"].to_numpy(), dims="time")
    return temperature.where(kept.sel(year=years).drop_vars("year"))


def _deepest(temperature: np.ndarray, *, depths: np.ndarray) -> np.ndarray:
    """Return the deepest crossing of (..., layer)."""
    celsius = temperature - FREEZING
    valid = ~np.isnan(celsius)
    count = valid.sum(axis=-1)
    whole = np.logical_and.accumulate(valid, axis=-1).sum(axis=-1) == count
    thawed = valid & (celsius > 0)
    size = depths.size
    last = size - 1 - np.argmax(thawed[..., ::-1], axis=-1)
    below = np.minimum(last + 1, size - 1)
    upper, lower = (
        np.take_along_axis(celsius, at[..., None], axis=-1)[..., 0]
        for at in (last, below)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(upper > lower, upper / (upper - lower), 0.0)
    crossing = depths[last] + share * (depths[below] - depths[last])
    found = np.where(last == count - 1, np.inf, crossing)
    found = np.where(thawed.any(axis=-1), found, 0.0)
    return np.where(whole & (count > 0), found, np.nan).astype(temperature.dtype)
