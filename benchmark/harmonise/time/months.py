"""Months and years with their true lengths, from steps of any length."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.time.bounds import days_since, middles, with_sound_bounds
from benchmark.harmonise.time.calendar import date_in, days_in
from benchmark.harmonise.time.gaps import check_order, names, without_gaps
from benchmark.harmonise.time.repeats import without_repeats
from benchmark.harmonise.time.submonthly import by_groups, by_overlap

# Steps of fewer days are averaged to months; the shortest month has 28.
_FINER = 27.0
# Steps of up to a day belong to one month; longer ones can lie in two.
_DAY = 1.01


def monthly(
    data: xr.Dataset,
    where: str,
    *,
    time_stamp: str | None = None,
    gaps: str | None = None,
) -> xr.Dataset:
    """Return data whose time axis is months, with year, month and days.

    Bounds say which month a step is; without them the stamp does, wherever
    in the month it lies, and 00:00 on the first counts as the start of its
    month unless `time_stamp` is ``end``. What is finer than monthly is
    averaged; yearly steps stay yearly and then have no ``month``.

    Parameters
    ----------
    data : Dataset
        `time` (cftime) and optionally `time_bnds`.
    where : str
        File and variable, for messages.
    time_stamp : {"start", "end"}, optional
        Which end of its step a stamp without bounds marks.
    gaps : {"allow"}, optional
        Go on where months are missing, without the years they are of.

    Returns
    -------
    Dataset
        `time` (time) mid-month, with the coordinates ``year``, ``month`` and
        ``days`` (the length of the month in the calendar of the file). The
        attributes ``time_remarks`` and ``time_warnings`` say what was done.

    Raises
    ------
    InputError
        If months are repeated with other values, out of order or missing.
    """
    data, remarks, warnings = with_sound_bounds(data)
    data, repeated = without_repeats(data, middles(data, time_stamp), where)
    dates = middles(data, time_stamp)
    months = np.array([date.year * 12 + date.month - 1 for date in dates])
    calendar = dates[0].calendar
    if _is_yearly(data, months, where):
        check_order(months // 12 * 12, where)
        found, years, gap = without_gaps(
            _plain(data), months // 12, where, gaps=gaps, per_year=1
        )
        found = _with_years(found, years, calendar)
    else:
        found, months, cut, ends = _to_months(data, months, where, time_stamp, gaps)
        check_order(months, where)
        found, months, gap = without_gaps(found, months, where, gaps=gaps, per_year=12)
        found = _with_months(found, months, calendar)
        remarks, warnings = [*remarks, cut], [*warnings, ends]
    found.attrs["time_remarks"] = [text for text in (*remarks, repeated) if text]
    found.attrs["time_warnings"] = [text for text in (*warnings, gap) if text]
    return found


def _plain(data: xr.Dataset) -> xr.Dataset:
    return data.drop_vars("time_bnds", errors="ignore")


def _is_yearly(data: xr.Dataset, months: np.ndarray, where: str) -> bool:
    """Return whether steps are years; refuse other steps longer than a month."""
    apart = np.diff(months)
    step = float(apart[apart >= 0].min()) if (apart >= 0).any() else 1.0
    # Steps that share a month are days or repeated; both are dealt with later.
    step = max(step, 1.0)
    if months.size == 1 and "time_bnds" in data:
        low, high = data["time_bnds"].to_numpy()[0]
        step = max(1.0, round(float(days_since(low, [high])[0]) / 30.44))
        if step > 12:
            msg = (
                f"{where}: the only time step is a mean from {low.year} to "
                f"{high.year}; expected months or years. Write 'static: true' and "
                f"'period: [{low.year}, {high.year}]'."
            )
            raise InputError(msg)
    if step > 1 and step != 12:
        msg = (
            f"{where}: time steps are {step:g} months apart; expected monthly, finer, "
            "or yearly."
        )
        raise InputError(msg)
    return step == 12 and bool((apart % 12 == 0).all())


def _to_months(
    data: xr.Dataset,
    months: np.ndarray,
    where: str,
    time_stamp: str | None,
    gaps: str | None,
) -> tuple[xr.Dataset, np.ndarray, str, str]:
    """Return data by months, averaged if the steps are shorter, and what was done."""
    dates = middles(data, time_stamp)
    steps = np.diff(days_since(dates[0], dates))
    step = float(np.median(steps)) if steps.size else 30.0
    if step >= _FINER or np.any(steps < 0):
        return _plain(data), months, "", ""
    cut = ""
    if step > _DAY:
        found, whole, partial = by_overlap(data, time_stamp, where)
        cut = f"steps of {step:g} days weighted by their days in each month"
    else:
        found, whole, partial = by_groups(_plain(data), months)
    if whole.size == 0:
        msg = f"{where}: no month is whole; expected at least one."
        raise InputError(msg)
    inside = np.setdiff1d(partial, whole[[0, -1]])
    if (inside.size or partial.size == whole.size) and gaps != "allow":
        msg = (
            f"{where}: months with only some of their time steps: "
            f"{', '.join(names(partial))}; expected whole months. Add the files that "
            "complete them, or write 'gaps: allow' to leave out their years."
        )
        raise InputError(msg)
    kept = ~np.isin(whole, partial)
    return found.isel(time=np.flatnonzero(kept)), whole[kept], cut, _ends(data, partial)


def _ends(data: xr.Dataset, partial: np.ndarray) -> str:
    if partial.size == 0:
        return ""
    hint = ". If dates are the ends of their steps, write 'time_stamp: end'"
    told = "months with only some of their time steps are left out: "
    return f"{told}{', '.join(names(partial))}{'' if 'time_bnds' in data else hint}"


def _with_years(data: xr.Dataset, years: np.ndarray, calendar: str) -> xr.Dataset:
    every = years.tolist()
    days = [sum(days_in(year, m, calendar) for m in range(1, 13)) for year in every]
    middle = [date_in(calendar, year, 7) for year in every]
    return data.assign_coords(
        time=("time", np.asarray(middle, dtype=object)),
        year=("time", years),
        days=("time", np.asarray(days, dtype=float)),
    )


def _with_months(data: xr.Dataset, months: np.ndarray, calendar: str) -> xr.Dataset:
    years, month = np.divmod(months, 12)
    pairs = list(zip(years.tolist(), (month + 1).tolist(), strict=True))
    middle = [date_in(calendar, *pair, 15) for pair in pairs]
    days = [days_in(*pair, calendar) for pair in pairs]
    return data.assign_coords(
        time=("time", np.asarray(middle, dtype=object)),
        year=("time", years),
        month=("time", month + 1),
        days=("time", np.asarray(days, dtype=float)),
    )
