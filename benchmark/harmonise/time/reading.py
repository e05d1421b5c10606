"""The ways a file can say its dates: numbers, texts, or coordinates of years."""

from dataclasses import dataclass, field
from pathlib import Path

import cftime
import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.time.calendar import date_in
from benchmark.harmonise.time.inferred import (
    dates_of_numbers,
    dates_of_texts,
    is_plain,
)
from benchmark.harmonise.time.units import Dates, decoder_of

TIME = "time"
LINE = "'time: {units: \"months since 1901-01-01\", calendar: noleap}'"
STATIC = "for a mean over years write 'static: true' and 'period:'"
"""What to write where the dates of a file can't be read."""

_PARTS = {"year": ("year", "yr", "years"), "month": ("month", "mon", "mo", "months"),
          "day": ("day", "dom", "days")}  # fmt: skip


@dataclass
class TimeAxis:
    """The time axis of one file while it is read."""

    path: Path | str
    units: str
    calendar: str
    stated: bool = False
    remarks: list[str] = field(default_factory=list)

    def refusal(self, name: str, what: str) -> InputError:
        """Return the refusal of the axis, with the line to write."""
        return InputError(
            f"{self.path}: {name} {what}; units '{self.units}', calendar "
            f"'{self.calendar}'. Expected such as 'days since 2000-01-01': write "
            f"{LINE}; {STATIC}."
        )


def of_parts(data: xr.Dataset, axis: TimeAxis) -> Dates | None:
    """Return dates of coordinates year and month, with or without a day."""
    lower = {str(name).lower(): str(name) for name in data.variables}
    if "time" in lower:
        # A dimension called year, with a month beside it.
        lower.setdefault(
            str(data["time"].attrs.get("written_name", "")).lower(), "time"
        )
    found = {
        part: next((lower[name] for name in names if name in lower), "")
        for part, names in _PARTS.items()
    }
    held = {
        part: data[name].to_numpy().astype(float)
        for part, name in found.items()
        if name and data[name].dims == ("time",) and data[name].dtype.kind in "iuf"
    }
    if not {"year", "month"} <= set(held):
        return None
    days = held.get("day", np.full(data.sizes["time"], 15.0))
    axis.remarks.append(f"dates are those of {', '.join(found[part] for part in held)}")
    try:
        return [
            date_in(axis.calendar, int(year), int(month), int(day))
            for year, month, day in zip(held["year"], held["month"], days, strict=True)
        ]
    except ValueError as error:
        raise axis.refusal(TIME, f"cannot be decoded ({error})") from error


def holds_text(time: xr.DataArray) -> bool:
    """Return whether an array of objects holds texts."""
    return time.dtype.kind == "O" and isinstance(time.to_numpy()[0], str | bytes)


def of_texts(values: np.ndarray, axis: TimeAxis) -> Dates:
    """Return the dates that texts are, such as ``2000-01``."""
    texts = [v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in values]
    try:
        dates = dates_of_texts(texts, axis.calendar)
    except ValueError as error:
        raise axis.refusal(TIME, f"cannot be decoded ({error})") from error
    axis.remarks.append(f"dates are texts such as '{texts[0]}'")
    return dates


def of_datetime64(values: np.ndarray, axis: TimeAxis) -> Dates:
    """Return the dates that something else has decoded, in the standard calendar."""
    if np.isnat(values).any():
        msg = f"{axis.path}: time has {np.isnat(values).sum()} missing dates."
        raise InputError(msg)
    dates = values.astype("datetime64[us]").tolist()
    return [
        cftime.datetime(
            d.year, d.month, d.day, d.hour, d.minute, d.second, calendar="standard"
        )
        for d in dates
    ]


def of_numbers(values: np.ndarray, name: str, axis: TimeAxis) -> Dates:
    """Return the dates that numbers stand for, by their units or their looks."""
    numbers = np.asarray(values, dtype=float)
    missing = np.sum(~np.isfinite(numbers))
    if missing:
        msg = f"{axis.path}: {name} has {missing} missing dates."
        raise InputError(msg)
    try:
        decode = decoder_of(axis.units, axis.calendar)
        if decode is not None:
            return decode(numbers)
        plain = is_plain(axis.units)
        dates, remark = dates_of_numbers(numbers, axis.calendar) if plain else ([], "")
    except (ValueError, OverflowError) as error:
        raise axis.refusal(name, f"cannot be decoded ({error})") from error
    if not plain:
        raise axis.refusal(name, f"has units '{axis.units}'")
    axis.remarks.append(remark)
    return dates
