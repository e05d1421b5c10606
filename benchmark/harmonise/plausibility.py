"""Is this a carbon flux or stock at all? Tests of the size of values."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.causes import likely_causes
from benchmark.harmonise.fill_values import FILL_VALUES, Sizes
from benchmark.harmonise.variable import Variable

_NEVER = tuple(fill for fill in FILL_VALUES if abs(fill) >= 9999.0)


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
        raw = sizes.in_file(value)
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
        msg = f"{where}: {_too_small(sizes.largest, variable, sizes.mean)}"
        raise InputError(msg)
    check_regional_mean(sizes.mean, variable, where, largest=sizes.largest)


def check_regional_mean(
    mean: float, variable: Variable, where: str, *, largest: float | None = None
) -> None:
    """Refuse a mean over a region or the whole field that no land has.

    Parameters
    ----------
    mean : float
        Report units.
    variable : Variable
        Says the regional range.
    where : str
        File and variable, for messages.
    largest : float, optional
        The largest magnitude behind the mean, report units.

    Raises
    ------
    InputError
        If it is outside; the message has the likely causes.
    """
    low, high = variable.regional
    if low <= mean <= high:
        return
    units = variable.report_units
    # Of a mean alone the largest value is taken as a few times that.
    advice = likely_causes(
        variable,
        largest=3 * abs(mean) if largest is None else largest,
        mean=abs(mean) if variable.never_negative else mean,
        large=abs(mean) > high,
    )
    if variable.never_negative and mean < 0:
        advice = f"The sign is probably flipped. {advice}".strip()
    advice = advice or "Check 'units:', 'sign:' and 'fill_value:'."
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
    check_regional_mean(float(means.mean()), variable, where, largest=3 * largest)


def _too_small(largest: float, variable: Variable, mean: float | None = None) -> str:
    units = variable.report_units
    if largest == 0.0:
        return f"every value is 0; expected {variable.long_name}, up to {units}."
    causes = likely_causes(variable, largest=largest, mean=mean, large=False)
    return (
        f"the largest value is {largest:.3g} {units}; expected at least "
        f"{variable.floor:g}. Values that small were given in other units: correct "
        f"'units:'. {causes}"
    ).strip()


def _cause_of_large(value: float, raw: float, sizes: Sizes, variable: Variable) -> str:
    if np.isinf(raw):
        return "An infinite value, as from a division by zero: mask it in the file."
    if abs(raw) >= 1e20:
        return (
            "Probably a fill value that is not declared, or a broken cell: write "
            f"'fill_value: {raw:g}'."
        )
    for fill in FILL_VALUES:
        if np.isclose(raw, fill, rtol=1e-6):
            return (
                "Probably a fill value that is not declared: write "
                f"'fill_value: {fill:g}'."
            )
    mirrored = value < variable.plausible[0] and variable.never_negative
    if mirrored and abs(value) <= variable.plausible[1]:
        return "Mask such cells by 'valid_min: 0' or 'fill_value:', or mend the file."
    if abs(value) > 1e3 * abs(sizes.mean):
        return "A single broken cell? Mask it by 'valid_max:' or 'fill_value:'."
    causes = likely_causes(
        variable, largest=sizes.largest, mean=abs(sizes.mean), large=True
    ) or likely_causes(variable, largest=sizes.largest, large=True)
    if not causes:
        return "Check 'units:' and 'fill_value:'."
    flipped = "The sign is probably flipped, too. " if mirrored else ""
    return f"{flipped}{causes} Correct 'units:'."
