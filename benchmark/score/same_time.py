"""Two maps on the time they share."""

import xarray as xr

from benchmark.errors import NoOverlapError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variable import Variable
from benchmark.score.window import (
    cut_to_common,
    cut_to_period,
    recent_years,
    whole_years,
)


def same_time(
    model: Harmonised, reference: Harmonised, variable: Variable
) -> tuple[xr.DataArray, xr.DataArray, str]:
    """Return two maps on the time they share, and what rows say about it.

    Parameters
    ----------
    model, reference : Harmonised
        Monthly, yearly or without time.
    variable : Variable
        A stock is compared as the mean of its last years.

    Returns
    -------
    model, reference : DataArray
        On the same months or years, where both have time.
    remark : str

    Raises
    ------
    NoOverlapError
        If they share no month or no whole year.
    """
    left, right = model.field, reference.field
    if "month" in left.coords and "month" in right.coords:
        left, right = cut_to_common(left, right, model.where)
        months = left.sizes["time"]
        return left, right, f"only {months} shared months" if months < 12 else ""
    if "year" in left.coords and "year" in right.coords:
        # One side is yearly: whole years of both.
        left, right = whole_years(left), whole_years(right)
        for side in (left, right, left):
            if side.sizes["time"] == 0:
                msg = f"{model.where}: model and reference share no whole year"
                raise NoOverlapError(msg)
            span = (int(side["year"].min()), int(side["year"].max()))
            left = cut_to_period(left, span, model.where)
            right = cut_to_period(right, span, model.where)
        return left, right, "one side is yearly: means of whole years are compared"
    remark = ""
    if "time" not in right.dims and variable.is_stock:
        left = recent_years(left)
    if "time" in left.dims or "time" in right.dims:
        which = "reference" if "time" in left.dims else "model"
        remark = f"the {which} is a mean without time: means are compared"
    return left, right, remark
