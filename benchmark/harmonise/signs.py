"""Is the sign right? Tests by the mean and by the northern seasons."""

import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.fill_values import Sizes
from benchmark.harmonise.variable import Variable

_OTHER = {"up": "down", "down": "up"}
_SUMMER = [6, 7, 8]
# A regional cycle of real fluxes is a tenth or more of the largest cell's value,
# one of noise a hundredth; summer of a flipped sign is at its upper end.
_SEASONAL = 0.05
_CLEAR = 0.25


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
    climatology: xr.DataArray,
    variable: Variable,
    where: str,
    *,
    largest: float,
    confirmed: bool,
) -> list[str]:
    """Refuse a net flux whose northern summer is clearly a source.

    North of 45 N plants take up carbon in June to August, so a net upward
    flux is lower then than over the year, and a gross flux is higher. Where
    a net flux is clearly higher its sign is flipped; a gross flux with its
    maximum elsewhere is only said, for it may be a model's true fault. A
    cycle that is small against the values themselves says nothing.

    Parameters
    ----------
    climatology : DataArray
        (month,), the mean over land north of 45 N, canonical units.
    variable : Variable
        A flux.
    where : str
        File and variable, for messages.
    largest : float
        The largest magnitude of a cell and month, canonical units.
    confirmed : bool
        Whether the user states the sign: then it is only said.

    Returns
    -------
    list of str
        A warning, or none.

    Raises
    ------
    InputError
        If a net flux is on the wrong side and its sign is not stated.
    """
    months = climatology.dropna("month")
    held = [month for month in _SUMMER if month in months["month"]]
    if not held or months.sizes["month"] < 6:
        return []
    amplitude = float(months.max() - months.min())
    summer, year = float(months.sel(month=held).mean()), float(months.mean())
    # Wetlands emit methane in summer: only net carbon is taken up then.
    net = not variable.never_negative and variable.mass_basis == "C"
    excess = summer - year if net else year - summer
    if amplitude < _SEASONAL * largest or excess < _CLEAR * amplitude:
        return []
    factor = variable.report_factor
    found = (
        f"June to August has {summer * factor:.4g} {variable.report_units} against "
        f"{year * factor:.4g} over the year, north of 45 N"
    )
    if not net:
        sign = "" if variable.never_negative else ", or is the sign flipped"
        return [f"{found}: is the time axis shifted, or are latitudes reversed{sign}?"]
    if confirmed:
        return [f"{found}: unusual, but 'sign:' is given"]
    msg = (
        f"{where}: {found}; expected summer uptake. The sign is probably flipped: "
        "write 'sign: down' if the file counts uptake as positive, 'sign: up' if it "
        "counts release."
    )
    raise InputError(msg)
