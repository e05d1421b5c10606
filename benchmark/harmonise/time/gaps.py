"""Months or years that are missing, repeated or out of order."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError


def check_order(steps: np.ndarray, where: str) -> None:
    """Refuse months that are repeated or run backwards.

    Parameters
    ----------
    steps : ndarray
        (time,), months since year 0.
    where : str
        File and variable, for messages.

    Raises
    ------
    InputError
        With the months.
    """
    unique, count = np.unique(steps, return_counts=True)
    if np.any(count > 1):
        repeated = ", ".join(names(unique[count > 1]))
        msg = (
            f"{where}: months given twice: {repeated}. Name each file once in 'files:'."
        )
        raise InputError(msg)
    if np.any(np.diff(steps) < 0):
        at = ", ".join(names(steps[1:][np.diff(steps) < 0]))
        msg = f"{where}: time runs backwards at {at}; expected increasing dates."
        raise InputError(msg)


def without_gaps(
    data: xr.Dataset, steps: np.ndarray, where: str, *, gaps: str | None, per_year: int
) -> tuple[xr.Dataset, np.ndarray, str]:
    """Return the data at every step, or refuse it if some are missing.

    A mean over a year without its July, or over years that have no Julys, is
    no mean of the year. So where gaps are allowed, every year with a missing
    month is left out as a whole.

    Parameters
    ----------
    data : Dataset
        With the dimension time.
    steps : ndarray
        (time,), months or years since year 0, increasing.
    where : str
        File and variable, for messages.
    gaps : {"allow"}, optional
        Whether to go on with missing steps.
    per_year : int
        12 for months, 1 for years.

    Returns
    -------
    data : Dataset
        NaN in years with a gap.
    steps : ndarray
        From first to last.
    warning : str
        Which steps are missing, empty if none.

    Raises
    ------
    InputError
        If steps are missing and `gaps` does not allow it.
    """
    whole = np.arange(steps[0], steps[-1] + 1)
    missing = np.setdiff1d(whole, steps)
    if missing.size == 0:
        return data, steps, ""
    what = "months" if per_year == 12 else "years"
    shown = ", ".join(names(missing, per_year))
    found = f"{missing.size} {what} are missing: {shown}"
    if gaps != "allow":
        msg = (
            f"{where}: {found}; expected every one from first to last. Add the files "
            "that hold them to 'files:', or write 'gaps: allow' to leave out the "
            "years that are not whole."
        )
        raise InputError(msg)
    broken = np.unique(missing // per_year)
    kept = ~np.isin(whole // per_year, broken)
    if not kept.any():
        msg = f"{where}: {found}; expected at least one year without gaps."
        raise InputError(msg)
    position = np.clip(np.searchsorted(steps, whole), 0, steps.size - 1)
    every = data.isel(time=position)
    mask = xr.DataArray(kept, dims="time")
    for name in [n for n, v in every.data_vars.items() if "time" in v.dims]:
        every[name] = every[name].where(mask).assign_attrs(every[name].attrs)
    years = ", ".join(map(str, broken[:6])) + (", ..." if broken.size > 6 else "")
    return every, whole, f"{found}; years left out: {years}"


def names(steps: np.ndarray, per_year: int = 12) -> list[str]:
    """Return the first few months or years as text.

    Parameters
    ----------
    steps : ndarray
        Months or years since year 0.
    per_year : int
        12 for months, 1 for years.

    Returns
    -------
    list of str

    Examples
    --------
    >>> names(np.array([24000, 24001])), names(np.array([2000]), 1)
    (['2000-01', '2000-02'], ['2000'])
    """
    shown = [
        f"{m // 12:04d}-{m % 12 + 1:02d}" if per_year == 12 else f"{m:04d}"
        for m in steps[:4].tolist()
    ]
    return [*shown, "..."] if steps.size > 4 else shown
