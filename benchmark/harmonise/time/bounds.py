"""The spans of time steps: their bounds, and which of bounds and stamps to believe."""

from datetime import timedelta

import cftime
import numpy as np
import xarray as xr

# A second, in days: bounds that meet but for rounding meet.
_SECOND = 1 / 86400


def stamps_are_ambiguous(data: xr.Dataset) -> bool:
    """Return whether dates could be the start of one month or the end of another.

    Parameters
    ----------
    data : Dataset
        `time` (cftime), and `time_bnds` if the file has bounds.

    Returns
    -------
    bool
        True if all stamps are 00:00 on the first and there are no bounds.
    """
    stamps = data["time"].to_numpy()
    return "time_bnds" not in data and all(
        (stamp.day, stamp.hour, stamp.minute) == (1, 0, 0) for stamp in stamps
    )


def with_sound_bounds(data: xr.Dataset) -> tuple[xr.Dataset, list[str], list[str]]:
    """Return the data with bounds that can be believed, or without.

    Bounds that follow one another say which time a step is, whatever its
    stamp. Bounds that are empty, reversed or overlap say nothing.

    Parameters
    ----------
    data : Dataset
        `time` and, where the file has bounds, `time_bnds` (time, bnds), cftime.

    Returns
    -------
    data : Dataset
    remarks, warnings : list of str
        What was believed against what.
    """
    if "time_bnds" not in data:
        return data, [], []
    bounds, stamps = data["time_bnds"].to_numpy(), data["time"].to_numpy()
    low, high = days_since(stamps[0], bounds[:, 0]), days_since(stamps[0], bounds[:, 1])
    plain = data.drop_vars("time_bnds")
    if (high - low < _SECOND).any():
        told = f"bounds of {stamps[0].isoformat()} and others hold no time"
        if (np.abs(high - low) < _SECOND).all():
            return plain, [f"{told}: the dates themselves are taken"], []
        return plain, [], [f"{told}: the dates themselves are taken, not the bounds"]
    order = np.argsort(low, kind="stable")
    # Steps of a restart are there twice; they are looked for later.
    distinct = np.diff(low[order]) > _SECOND
    if (high[order][:-1] - low[order][1:] > _SECOND)[distinct].any():
        told = "the bounds of the time steps overlap"
        return plain, [], [f"{told}: the dates themselves are taken, not the bounds"]
    at = days_since(stamps[0], stamps)
    outside = (at < low - _SECOND) | (at > high + _SECOND)
    if not outside.any():
        return data, [], []
    first = int(np.argmax(outside))
    told = (
        f"{outside.sum()} dates lie outside their bounds, such as "
        f"{stamps[first].isoformat()} in {bounds[first][0].isoformat()} to "
        f"{bounds[first][1].isoformat()}: the bounds are taken"
    )
    return data, [told], []


def middles(data: xr.Dataset, time_stamp: str | None) -> list[cftime.datetime]:
    """Return a date inside each time step: the middle of its bounds, or its stamp.

    Parameters
    ----------
    data : Dataset
        `time` (cftime) and, where the file has bounds, `time_bnds`.
    time_stamp : {"start", "end"}, optional
        Which end of its step a stamp without bounds marks.

    Returns
    -------
    list of cftime.datetime
    """
    if "time_bnds" in data:
        bounds = data["time_bnds"].to_numpy()
        return [low + (high - low) / 2 for low, high in bounds]
    stamps = list(data["time"].to_numpy())
    if time_stamp != "end":
        return stamps
    steps = np.diff(days_since(stamps[0], stamps))
    half = min(0.5, float(np.median(steps)) / 2 if steps.size else 0.5)
    return [stamp - timedelta(days=max(half, 0.0)) for stamp in stamps]


def spans(
    data: xr.Dataset, time_stamp: str | None
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return where each time step begins and ends, None if that is not known.

    Parameters
    ----------
    data : Dataset
        `time` (cftime) and, where the file has bounds, `time_bnds`.
    time_stamp : {"start", "end"}, optional
        Which end of its step a stamp without bounds marks.

    Returns
    -------
    tuple of ndarray or None
        (time,) each, days since the first stamp.
    """
    stamps = data["time"].to_numpy()
    if "time_bnds" in data:
        bounds = data["time_bnds"].to_numpy()
        low, high = bounds[:, 0], bounds[:, 1]
        return days_since(stamps[0], low), days_since(stamps[0], high)
    if time_stamp is None:
        return None
    at = days_since(stamps[0], stamps)
    usual = float(np.median(np.diff(at)))
    if time_stamp == "start":
        return at, np.append(at[1:], at[-1] + usual)
    return np.append(at[0] - usual, at[:-1]), at


def days_since(start: cftime.datetime, dates: object) -> np.ndarray:
    """Return days from one date to others.

    Parameters
    ----------
    start : cftime.datetime
        The reference date.
    dates : sequence of cftime.datetime
        In the same calendar.

    Returns
    -------
    ndarray
    """
    steps = [(date - start).total_seconds() for date in np.asarray(dates)]
    return np.array(steps) / 86400.0
