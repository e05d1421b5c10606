"""Is this a carbon flux or stock at all? Tests of the size of values."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.variables import Variable

_FILL_VALUES = (-9999.0, -999.0, -99.0, -32768.0, -32767.0, 9999.0, 99999.0, 1e10, 1e15)
_NEVER = tuple(fill for fill in _FILL_VALUES if abs(fill) >= 9999.0)
_FACTORS = {
    44.009 / 12.011: "a mass of CO2 read as a mass of carbon ('mass_basis: CO2')",
    1e3: "g taken for kg",
    86400.0: "a rate per day taken as per second",
    86400.0 * 30.44: "a rate per month taken as per second",
    86400.0 * 365.2425: "a rate per year taken as per second",
}
# A fill value is repeated; a real extreme is not.
_REPEATED_SHARE = 0.002


@dataclass(frozen=True)
class Sizes:
    """The extremes and the mean of a field, in report units.

    Parameters
    ----------
    lowest, highest, mean : float
        Over all values; the mean is weighted with area.
    count : int
        How many values there are.
    raw : float
        From report units to the file's own.
    """

    lowest: float
    highest: float
    mean: float
    count: int
    raw: float

    @property
    def largest(self) -> float:
        """The largest magnitude."""
        return max(abs(self.lowest), abs(self.highest))


def usual_fills(variable: Variable, factor: float) -> list[float]:
    """Return fill values that the variable could have by chance.

    Parameters
    ----------
    variable : Variable
        Says the plausible range; a fill value outside is found by that.
    factor : float
        From the file's units to canonical units.

    Returns
    -------
    list of float
        In the file's units.
    """
    low, high = variable.plausible
    return [
        fill
        for fill in (-99.0, -999.0)
        if low <= fill * factor * variable.report_factor <= high
    ]


def extremes(field: xr.DataArray, fills: list[float]) -> xr.Dataset:
    """Return what the plausibility test needs, lazily.

    Parameters
    ----------
    field : DataArray
        Any dimensions.
    fills : list of float
        Values to count, in the units of the field.

    Returns
    -------
    Dataset
        ``lowest``, ``highest``, ``count`` of the valid values, and ``fills``
        (fill), how many are exactly one of those.
    """
    found = xr.Dataset(
        {
            "lowest": field.min(skipna=True),
            "highest": field.max(skipna=True),
            "count": field.notnull().sum(),
        }
    )
    if fills:
        counts = [(abs(field - fill) <= abs(1e-6 * fill)).sum() for fill in fills]
        found["fills"] = xr.concat(counts, "fill")
    return found


def check_sizes(sizes: Sizes, variable: Variable, where: str) -> None:
    """Refuse values no land surface has, or a field of nothing but small ones.

    Parameters
    ----------
    sizes : Sizes
        Of the whole field.
    variable : Variable
        Says what is plausible.
    where : str
        File and variable, for messages.

    Raises
    ------
    InputError
        If there are no values; if one is outside the plausible range; if the
        largest is below the floor; if the mean is outside the regional range.
    """
    if sizes.count == 0:
        msg = f"{where}: every value is missing; expected data on land."
        raise InputError(msg)
    low, high = variable.plausible
    for value in (sizes.lowest, sizes.highest):
        raw = value * sizes.raw
        # -9999 g m-2 yr-1 is a possible flux, but exactly that is none.
        if low <= value <= high and not np.isclose(raw, _NEVER, rtol=1e-6).any():
            continue
        msg = (
            f"{where}: found {raw:.4g} in the file's units ({value:.4g} "
            f"{variable.report_units}); expected {low:g} to {high:g} "
            f"{variable.report_units}. {_cause_of_large(value, raw, sizes, variable)}"
        )
        raise InputError(msg)
    if sizes.largest < variable.floor:
        msg = f"{where}: {_too_small(sizes.largest, variable)}"
        raise InputError(msg)
    check_regional_mean(sizes.mean, variable, where)


def check_regional_mean(mean: float, variable: Variable, where: str) -> None:
    """Refuse a mean over a region or the whole field that no land has.

    Parameters
    ----------
    mean : float
        Report units.
    variable : Variable
        Says the regional range.
    where : str
        File and variable, for messages.

    Raises
    ------
    InputError
        If it is outside.
    """
    low, high = variable.regional
    if low <= mean <= high:
        return
    units = variable.report_units
    if abs(mean) < abs(low) or mean < low:
        advice = "Check 'units:', 'sign:' and 'fill_value:'."
    else:
        advice = _factors(mean, high)
    found = f"{where}: the mean is {mean:.4g} {units}"
    msg = f"{found}; expected {low:g} to {high:g}. {advice}"
    raise InputError(msg)


def check_table(means: xr.DataArray, variable: Variable, where: str) -> None:
    """Refuse regional means of a table whose units are probably others.

    Parameters
    ----------
    means : DataArray
        (time, region), report units, per area.
    variable : Variable
        Says the regional range; a net flux has to exceed a twentieth of its
        floor in some year.
    where : str
        File and variable, for messages.

    Raises
    ------
    InputError
        If not, or if there are no values.
    """
    if int(means.count()) == 0:
        msg = f"{where}: every value is missing in the reference's period."
        raise InputError(msg)
    largest = float(abs(means).max())
    if largest < variable.floor / 20.0:
        msg = f"{where}: {_too_small(largest, variable)}"
        raise InputError(msg)
    check_regional_mean(float(means.mean()), variable, where)


def suspicious(sizes: Sizes, packed: tuple[float, ...]) -> list[float]:
    """Return extremes that are a usual fill value, though in a plausible range.

    Parameters
    ----------
    sizes : Sizes
        Of the whole field.
    packed : tuple of float
        The limits of a packed integer, in the file's unpacked units.

    Returns
    -------
    list of float
        Report units.
    """
    known = [*_FILL_VALUES, *packed]
    return [
        value
        for value in (sizes.lowest, sizes.highest)
        if np.isclose(value * sizes.raw, known, rtol=1e-6, atol=0.0).any()
    ]


def check_repeated(value: float, share: float, sizes: Sizes, where: str) -> None:
    """Refuse a suspicious value that stands in many cells.

    Parameters
    ----------
    value : float
        From `suspicious`.
    share : float
        Of the values that equal it.
    sizes : Sizes
        Of the whole field.
    where : str
        File and variable, for messages.

    Raises
    ------
    InputError
        If more than two in a thousand are.
    """
    if share < _REPEATED_SHARE:
        return
    raw = value * sizes.raw
    msg = (
        f"{where}: {share:.1%} of the values are exactly {raw:.6g}; expected "
        f"no value to repeat like that. Probably a fill value that is not declared: "
        f"write 'fill_value: {raw:.7g}'."
    )
    raise InputError(msg)


def _too_small(largest: float, variable: Variable) -> str:
    units = variable.report_units
    if largest == 0.0:
        return f"every value is 0; expected {variable.long_name}, up to {units}."
    return (
        f"the largest value is {largest:.3g} {units}; expected at least "
        f"{variable.floor:g}. Values that small were given in other units, such as kg "
        "taken for g, or a rate per second taken as per day: correct 'units:'."
    )


def _cause_of_large(value: float, raw: float, sizes: Sizes, variable: Variable) -> str:
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
    if value < variable.plausible[0] and variable.never_negative:
        return "Mask such cells by 'valid_min: 0' or 'fill_value:', or mend the file."
    if abs(value) > 1e3 * abs(sizes.mean):
        return "A single broken cell? Mask it by 'valid_max:' or 'fill_value:'."
    return _factors(value, variable.plausible[1])


def _factors(value: float, high: float) -> str:
    fitting = [
        f"{cause} (a factor of {factor:.4g})"
        for factor, cause in _FACTORS.items()
        if abs(value) / factor <= high
    ]
    if not fitting:
        return "Check 'units:' and 'fill_value:'."
    return f"Likely causes: {'; '.join(fitting)}. Correct 'units:'."
