"""Several files as one: one after the other in time, or side by side."""

from collections.abc import Mapping, Sequence

import xarray as xr

from benchmark.errors import InputError
from benchmark.readers.paths import Place, folder_of, name_of
from benchmark.readers.select import Wanted, check_no_month_twice, nothing_held

Files = Sequence[tuple[Place, xr.Dataset]]

# Calendars whose months are of the same lengths since 1582.
_SAME = {"gregorian": "standard", "proleptic_gregorian": "standard"}


def groups_of(found: Files, wanted: Wanted | None) -> dict[str, Files]:
    """Return the files by what they hold of what is wanted.

    Parameters
    ----------
    found : sequence of (Path or str, Dataset)
        All files, opened.
    wanted : Wanted or None
        What is needed of them.

    Returns
    -------
    dict
        What a group holds, to its files.

    Raises
    ------
    InputError
        If no file holds it, or it is not clear which.
    """
    if wanted is None:
        if all("time" in data.dims for _, data in found):
            return {"data": found}
        return {str(place): [(place, data)] for place, data in found}
    whole = [(place, data) for place, data in found if wanted.whole in data.variables]
    if whole:
        return {wanted.whole: whole}
    groups: dict[tuple[str, ...], list[tuple[Place, xr.Dataset]]] = {}
    for place, data in found:
        held = wanted.held_by(data)
        if held:
            groups.setdefault(held, []).append((place, data))
    missing = set(wanted.names) - {name for held in groups for name in held}
    if missing or not groups:
        raise InputError(nothing_held(wanted, sorted(missing), found))
    _refuse_ambiguous(groups, wanted)
    return {", ".join(held): group for held, group in groups.items()}


def joined(parts: Files, what: str) -> xr.Dataset:
    """Return files of the same variables as one, in the order of their dates.

    Parameters
    ----------
    parts : sequence of (Path or str, Dataset)
        With decoded time.
    what : str
        The variables, for messages.

    Returns
    -------
    Dataset

    Raises
    ------
    InputError
        If two hold the same months, or they differ in calendar or grid.
    """
    if len(parts) == 1:
        return parts[0][1]
    first, second = (str(place) for place, _ in parts[:2])
    if not all("time" in data.dims for _, data in parts):
        msg = (
            f"{first}: holds {what}, and so does {second}, and they are not joined in "
            "time, because there is none in one of them. Name one in 'files:'."
        )
        raise InputError(msg)
    _check_one_calendar(parts, what)
    check_no_month_twice(parts, what)
    parts = sorted(parts, key=lambda part: _first_time(part[1]))
    try:
        data = xr.concat(
            [data for _, data in parts],
            "time",
            data_vars="minimal",
            coords="minimal",
            compat="override",
            join="exact",
            combine_attrs="override",
        )
    except (ValueError, xr.AlignmentError) as error:
        msg = (
            f"{folder_of(parts[0][0])}: {len(parts)} files do not fit one after the "
            f"other in time ({one_line(error)}). Name only files of one grid in "
            "'files:'."
        )
        raise InputError(msg) from error
    return data.assign_attrs(files=[str(place) for place, _ in parts])


def side_by_side(parts: Sequence[xr.Dataset], found: Sequence[Place]) -> xr.Dataset:
    """Return files of different variables as one.

    Parameters
    ----------
    parts : sequence of Dataset
        On the same grid and months.
    found : sequence of Path or str
        All their files, for messages.

    Returns
    -------
    Dataset

    Raises
    ------
    InputError
        If they are of other months or another grid.
    """
    if len(parts) == 1:
        return parts[0]
    try:
        merged = xr.merge(parts, compat="override", join="exact")
    except (ValueError, xr.AlignmentError) as error:
        msg = (
            f"{folder_of(found[0])}: {', '.join(name_of(p) for p in found[:6])} do not "
            f"fit side by side ({one_line(error)}). Expected the same months and grid."
        )
        raise InputError(msg) from error
    return merged.assign_attrs(files=[str(place) for place in found])


def one_line(error: Exception) -> str:
    """Return the message of an error from elsewhere, short and in one line."""
    return " ".join(str(error).split())[:200]


def _refuse_ambiguous(groups: Mapping[tuple[str, ...], Files], wanted: Wanted) -> None:
    if wanted.variable is not None and len(groups) > 1:
        told = "; ".join(
            f"{name_of(group[0][0])} has {', '.join(held)}"
            for held, group in groups.items()
        )
        folder = folder_of(next(iter(groups.values()))[0][0])
        msg = (
            f"{folder}: several files could hold {wanted}: {told}. Write 'name:' under "
            f"variables.{wanted}."
        )
        raise InputError(msg)
    names = [name for held in groups for name in held]
    for name in names:
        if names.count(name) > 1:
            some = [group[0][0] for held, group in groups.items() if name in held]
            msg = (
                f"{some[0]}: holds {name}, and so does {some[1]}, but with other "
                "variables of the sum; expected the same in every file. Name one kind "
                "of file in 'files:'."
            )
            raise InputError(msg)


def _check_one_calendar(parts: Files, what: str) -> None:
    """Refuse calendars of which one has months that the other has not."""
    (first, data), *others = parts
    expected = _calendar(data)
    for place, data in others:
        calendar = _calendar(data)
        if _SAME.get(calendar, calendar) != _SAME.get(expected, expected):
            msg = (
                f"{place}: holds {what} in calendar '{calendar}', and {first} in "
                f"'{expected}'; expected one calendar. Name files of one in 'files:', "
                f"or write 'time: {{calendar: {expected}}}' if that is the model's."
            )
            raise InputError(msg)


def _calendar(data: xr.Dataset) -> str:
    return str(getattr(data["time"].to_numpy()[0], "calendar", ""))


def _first_time(part: xr.Dataset) -> float:
    first = part["time"].to_numpy()[0]
    return float(getattr(first, "year", 0) * 12 + getattr(first, "month", 0))
