"""Time steps that a file holds twice, as after a restart of the model."""

import cftime
import numpy as np
import xarray as xr

from benchmark.errors import InputError

_SHOWN = 4


def without_repeats(
    data: xr.Dataset, dates: list[cftime.datetime], where: str
) -> tuple[xr.Dataset, str]:
    """Return the data with each time step once.

    Parameters
    ----------
    data : Dataset
        With the dimension time; only the repeated steps are read.
    dates : list of cftime.datetime
        A date inside each step.
    where : str
        File and variable, for messages.

    Returns
    -------
    data : Dataset
        Of equal steps the first is kept.
    remark : str
        Which were left out, empty if none.

    Raises
    ------
    InputError
        If the values of a repeated step differ; with the dates.
    """
    first: dict[cftime.datetime, int] = {}
    pairs = [(first.setdefault(date, n), n) for n, date in enumerate(dates)]
    again = [(one, other) for one, other in pairs if one != other]
    if not again:
        return data, ""
    ones, others = (list(side) for side in zip(*again, strict=True))
    equal = np.ones(len(again), dtype=bool)
    for array in data.data_vars.values():
        if "time" in array.dims and array.dtype.kind in "iuf":
            equal &= _equal_steps(array, ones, others)
    if not equal.all():
        msg = (
            f"{where}: time steps given twice with different values: "
            f"{_named([dates[n] for n in np.array(others)[~equal]])}; expected each "
            "once. Cut one of the two runs off, or name each file once in 'files:'."
        )
        raise InputError(msg)
    kept = np.setdiff1d(np.arange(len(dates)), others)
    told = _named([dates[n] for n in others])
    remark = f"time steps given twice with equal values, first kept: {told}"
    return data.isel(time=kept), remark


def _equal_steps(array: xr.DataArray, ones: list[int], others: list[int]) -> np.ndarray:
    one, other = (array.isel(time=steps).to_numpy() for steps in (ones, others))
    axis = array.get_axis_num("time")
    same = np.isclose(one, other, rtol=1e-6, atol=0.0, equal_nan=True)
    rest = tuple(n for n in range(same.ndim) if n != axis)
    return np.asarray(same.all(axis=rest))


def _named(dates: list[cftime.datetime]) -> str:
    shown = [f"{d.year:04d}-{d.month:02d}-{d.day:02d}" for d in dates[:_SHOWN]]
    more = f" and {len(dates) - _SHOWN} more" if len(dates) > _SHOWN else ""
    return ", ".join(shown) + more
