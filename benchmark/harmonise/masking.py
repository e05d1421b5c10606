"""Values that stand for missing ones, by configuration or by packing."""

import numpy as np
import xarray as xr

from benchmark.config.descriptors import VariableSource


def masked(
    values: xr.DataArray, source: VariableSource
) -> tuple[xr.DataArray, list[str]]:
    """Return values without those that the configuration calls missing.

    Parameters
    ----------
    values : DataArray
        In the file's units.
    source : VariableSource
        Its `fill_values`, `valid_min` and `valid_max`.

    Returns
    -------
    values : DataArray
        NaN there.
    done : list of str
        What was masked.
    """
    done = []
    attrs = values.attrs
    for fill in source.fill_values:
        # A tolerance of float32, because that is what most files hold.
        near = abs(values - float(fill)) <= 1e-6 * max(abs(fill), 1e-30)
        values = values.where(~near)
        done.append(f"fill value {fill:g} masked, as 'fill_value:' says")
    if source.valid_min is not None:
        values = values.where(values >= source.valid_min)
        done.append(f"below {source.valid_min:g} masked, as 'valid_min:' says")
    if source.valid_max is not None:
        values = values.where(values <= source.valid_max)
        done.append(f"above {source.valid_max:g} masked, as 'valid_max:' says")
    return values.assign_attrs(attrs), done


def packed_limits(data: xr.Dataset, name: str) -> tuple[float, ...]:
    """Return what the smallest and largest integer of a packed variable mean.

    Parameters
    ----------
    data : Dataset
        The file.
    name : str
        The variable.

    Returns
    -------
    tuple of float
        In the file's units; empty if the variable is not packed.
    """
    stored = data[name].encoding if name in data.variables else {}
    kind = np.dtype(stored.get("dtype", float))
    if kind.kind not in "iu" or "scale_factor" not in stored:
        return ()
    scale, offset = float(stored["scale_factor"]), float(stored.get("add_offset", 0.0))
    limits = np.iinfo(kind)
    return tuple(
        number * scale + offset for number in (limits.min, limits.min + 1, limits.max)
    )
