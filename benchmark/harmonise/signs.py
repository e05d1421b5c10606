"""Is the sign right? Tests by the mean and by the northern seasons."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.plausibility import Sizes
from benchmark.harmonise.variables import Variable

_OTHER = {"up": "down", "down": "up"}
_SUMMER = [6, 7, 8]


def check_mirrored(sizes: Sizes, variable: Variable, where: str) -> None:
    """Refuse a gross flux or a stock that would be plausible if negated.

    Parameters
    ----------
    sizes : Sizes
        Of the whole field, report units.
    variable : Variable
        Whether it can be negative at all.
    where : str
        File and variable, for messages.

    Raises
    ------
    InputError
        If the mean is negative and the mirrored values are in range.
    """
    low, high = variable.plausible
    mirrored = low <= -sizes.highest and -sizes.lowest <= high
    if not variable.never_negative or sizes.mean >= 0 or not mirrored:
        return
    other = _OTHER.get(variable.positive)
    fix = f" Write 'sign: {other}' if the file counts it so." if other else ""
    msg = (
        f"{where}: the mean is {sizes.mean:.4g} {variable.report_units}; expected a "
        f"positive {variable.long_name}. The sign is probably flipped.{fix}"
    )
    raise InputError(msg)


def check_seasons(
    climatology: xr.DataArray, variable: Variable, where: str, *, confirmed: bool
) -> list[str]:
    """Refuse fluxes whose northern summer is on the wrong side of the year.

    North of 45 N plants take up carbon in June to August, so a net upward
    flux is lower then than over the year, and a gross flux is higher.

    Parameters
    ----------
    climatology : DataArray
        (month,), the mean over land north of 45 N, canonical units.
    variable : Variable
        A flux.
    where : str
        File and variable, for messages.
    confirmed : bool
        Whether the user states the sign: then it is only said.

    Returns
    -------
    list of str
        A warning, where the sign is confirmed.

    Raises
    ------
    InputError
        If June to August is on the wrong side.
    """
    months = climatology.dropna("month")
    held = [month for month in _SUMMER if month in months["month"]]
    if not held or months.sizes["month"] < 6:
        return []
    summer = float(months.sel(month=held).mean()) * variable.report_factor
    year = float(months.mean()) * variable.report_factor
    net = not variable.never_negative
    excess = summer - year if net else year - summer
    if excess <= 1e-6 * max(float(np.abs(months).max()) * variable.report_factor, 1e-9):
        return []
    found = (
        f"June to August has {summer:.4g} {variable.report_units} against {year:.4g} "
        "over the year, north of 45 N"
    )
    if confirmed and net:
        return [f"{found}: unusual, but 'sign:' is given"]
    expected, fix = (
        (
            "summer uptake",
            "The sign is probably flipped: write 'sign: down' if the file counts "
            "uptake as positive, 'sign: up' if it counts release.",
        )
        if net
        else (
            "a summer maximum",
            "Is the time axis shifted, or are latitudes in reverse order?",
        )
    )
    msg = f"{where}: {found}; expected {expected}. {fix}"
    raise InputError(msg)
