"""Is this a carbon flux or stock at all? Tests that need the values."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.variables import Variable

_FILL_VALUES = (-9999.0, -999.0, -99.0, -32768.0, -32767.0, 9999.0, 99999.0, 1e10, 1e15)
_NEVER = tuple(fill for fill in _FILL_VALUES if abs(fill) >= 9999.0)
_FACTORS = {
    # The smallest that explains a value is the likeliest.
    44.009 / 12.011: "a mass of CO2 read as a mass of carbon (write 'mass_basis: CO2')",
    1e3: "g and kg confused (write 'units:' with g)",
    86400.0: "a rate per day read as per second",
    86400.0 * 30.44: "a rate per month read as per second",
    86400.0 * 365.2425: "a rate per year read as per second",
}


def extremes(field: xr.DataArray) -> xr.Dataset:
    """Return what the plausibility test needs, lazily.

    Parameters
    ----------
    field : DataArray
        Any dimensions.

    Returns
    -------
    Dataset
        ``lowest``, ``highest``, ``count`` of the valid values.
    """
    return xr.Dataset(
        {
            "lowest": field.min(skipna=True),
            "highest": field.max(skipna=True),
            "count": field.notnull().sum(),
        }
    )


def check_plausible(
    found: xr.Dataset, variable: Variable, where: str, factor: float
) -> list[str]:
    """Refuse values no land surface has; return what is merely odd.

    Parameters
    ----------
    found : Dataset
        The computed `extremes`, in canonical units.
    variable : Variable
        Says the plausible range, in report units.
    where : str
        File and variable, for messages.
    factor : float
        From the file's units to canonical units, to quote the file's numbers.

    Returns
    -------
    list of str
        Warnings.

    Raises
    ------
    InputError
        If there are no values, or one is outside the plausible range.
    """
    if int(found["count"]) == 0:
        msg = f"{where}: every value is missing; expected data on land."
        raise InputError(msg)
    lowest = float(found["lowest"]) * variable.report_factor
    highest = float(found["highest"]) * variable.report_factor
    low, high = variable.plausible
    for value, canonical in ((lowest, found["lowest"]), (highest, found["highest"])):
        raw = float(canonical) / factor
        # -9999 g m-2 yr-1 is a possible flux, but exactly that is none.
        if low <= value <= high and not np.isclose(raw, _NEVER, rtol=1e-6).any():
            continue
        msg = (
            f"{where}: found {raw:.4g} in the file's units ({value:.4g} "
            f"{variable.report_units}); expected {low:g} to {high:g} "
            f"{variable.report_units}. {_likely_cause(value, raw, low, high)}"
        )
        raise InputError(msg)
    size = max(abs(lowest), abs(highest))
    if 0 < size < 0.002 * high:
        return [
            f"the largest value is only {size:.3g} {variable.report_units}: "
            "check 'units:'"
        ]
    return []


def check_sign_of_mean(mean: float, variable: Variable, where: str) -> None:
    """Refuse a gross flux or a stock whose mean is negative.

    Parameters
    ----------
    mean : float
        Area-weighted mean in canonical units.
    variable : Variable
        Whether it can be negative at all.
    where : str
        File and variable, for messages.

    Raises
    ------
    InputError
        If it is negative and cannot be.
    """
    if variable.never_negative and mean < 0:
        other = {"up": "down", "down": "up"}.get(variable.positive)
        fix = f"Write 'sign: {other}' if the file counts it so." if other else ""
        msg = (
            f"{where}: the mean is {mean * variable.report_factor:.4g} "
            f"{variable.report_units}; expected a positive {variable.long_name}. "
            f"The sign is probably flipped. {fix}"
        )
        raise InputError(msg.strip())


def check_growing_season_sink(
    climatology: xr.DataArray, variable: Variable, where: str
) -> None:
    """Refuse a net flux whose northern summer is a source against its year.

    North of 45 N plants take up carbon in June to August, so a net upward
    flux is lower then than on the mean of the year.

    Parameters
    ----------
    climatology : DataArray
        (month,), the mean over land north of 45 N, canonical units, upward.
    variable : Variable
        Only `nee` and `nbe` are tested.
    where : str
        File and variable, for messages.

    Raises
    ------
    InputError
        If June to August is above the mean of the year.
    """
    if variable.name not in ("nee", "nbe") or not np.isfinite(climatology).all():
        return
    summer = float(climatology.sel(month=[6, 7, 8]).mean()) * variable.report_factor
    year = float(climatology.mean()) * variable.report_factor
    if summer > year:
        msg = (
            f"{where}: June to August has {summer:.4g} {variable.report_units} upward "
            f"against {year:.4g} over the year, north of 45 N; expected summer uptake. "
            "The sign is probably flipped: write 'sign: down' if the file counts "
            "uptake as positive, 'sign: up' if it counts release."
        )
        raise InputError(msg)


def _likely_cause(value: float, raw: float, low: float, high: float) -> str:
    if np.isinf(raw):
        return "An infinite value, as from a division by zero: mask it in the file."
    if abs(raw) >= 1e20:
        return (
            "Probably a fill value that is not declared, or a broken cell: write "
            f"'fill_value: {raw:g}'."
        )
    for fill in _FILL_VALUES:
        if np.isclose(raw, fill, rtol=1e-6):
            return (
                "Probably a fill value that is not declared: write "
                f"'fill_value: {fill:g}'."
            )
    for factor, cause in _FACTORS.items():
        if low <= value / factor <= high:
            return f"{factor:.4g} times too large would be {cause}."
    return "Check 'units:' and 'fill_value:'."
