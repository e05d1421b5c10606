"""Which of several files hold what is wanted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.expression import variable_names
from benchmark.harmonise.variable import Variable
from benchmark.harmonise.variables import VARIABLES
from benchmark.readers.paths import Place, folder_of, name_of

# So many files, and variables of each, are told where none holds what is wanted.
_TOLD = 6


@dataclass(frozen=True)
class Wanted:
    """The variables of a file that are needed.

    Parameters
    ----------
    names : tuple of str
        The variables of an expression: every one of them is needed.
    variable : Variable, optional
        Where there is no name: any of its aliases, or its standard name.
    whole : str
        The expression as written, which may be the name of one variable.
    """

    names: tuple[str, ...] = ()
    variable: Variable | None = None
    whole: str = ""

    def held_by(self, data: xr.Dataset) -> tuple[str, ...]:
        """Return those that a file holds."""
        return self.among(
            {
                str(name): str(array.attrs.get("standard_name", ""))
                for name, array in data.variables.items()
                if self.variable is None or name in data.data_vars
            }
        )

    def among(self, standard_names: Mapping[str, str]) -> tuple[str, ...]:
        """Return those among variables, given with their standard names."""
        if self.variable is None:
            return tuple(name for name in self.names if name in standard_names)
        known = (*self.variable.aliases, *self.variable.negated)
        return tuple(
            name
            for name, standard in standard_names.items()
            if name in known or (standard or None) == self.variable.standard_name
        )

    def __str__(self) -> str:
        """Return the names, for messages."""
        if self.variable is not None:
            return self.variable.name
        return ", ".join(self.names)


def wanted_of(source: VariableSource) -> Wanted | None:
    """Return what a source needs of its files, None if it does not say.

    Parameters
    ----------
    source : VariableSource
        Its `name`, a variable or an expression of such; else its `variable`.

    Returns
    -------
    Wanted or None

    Examples
    --------
    >>> wanted_of(VariableSource(("a.nc",), name="SOIL1C + SOIL2C")).names
    ('SOIL1C', 'SOIL2C')
    """
    if source.name:
        try:
            names = variable_names(source.name)
        except ValueError:
            # A variable whose name is no identifier, such as cSoil-total.
            names = []
        return Wanted(tuple(names) or (source.name,), whole=source.name)
    variable = VARIABLES.get(source.variable)
    return None if variable is None else Wanted(variable=variable)


def nothing_held(
    wanted: Wanted, missing: list[str], files: Iterable[tuple[Place, xr.Dataset]]
) -> str:
    """Return the message for files of which none holds a variable.

    Parameters
    ----------
    wanted : Wanted
        What is needed.
    missing : list of str
        Which of its names no file has.
    files : iterable of (Path or str, Dataset)
        All that were looked at.

    Returns
    -------
    str
        What each file holds, as far as they are few.
    """
    files = list(files)
    known = {path: _variables(data) for path, data in files}
    every = [name for names in known.values() for name in names]
    sought = ", ".join(missing) or str(wanted)
    lower = {name.lower(): name for name in every}
    near = get_close_matches((missing or [sought])[0].lower(), lower, n=1)
    told = "; ".join(
        f"{name_of(path)} has {', '.join(names[:_TOLD]) or 'nothing'}"
        + (", ..." if len(names) > _TOLD else "")
        for path, names in list(known.items())[:_TOLD]
    )
    more = f"; and {len(known) - _TOLD} more" if len(known) > _TOLD else ""
    hint = f" Did you mean '{lower[near[0]]}'?" if near else ""
    return (
        f"{folder_of(files[0][0])}: none of {len(known)} files has {sought}: "
        f"{told}{more}."
        f"{hint} Write 'name:', or correct 'files:'."
    )


def check_no_month_twice(parts: Iterable[tuple[Place, xr.Dataset]], what: str) -> None:
    """Refuse files of which two hold the same months.

    Parameters
    ----------
    parts : iterable of (Path or str, Dataset)
        Files of one variable, time as cftime.
    what : str
        The variable, for the message.

    Raises
    ------
    InputError
        With the names of both files.
    """
    owner: dict[object, Place] = {}
    for path, data in parts:
        steps = _steps(data)
        for key, text in steps.items():
            if key in owner:
                msg = (
                    f"{path}: holds {what} of {text}, and so does {owner[key]}; "
                    "expected each month in one file. Name one of them in 'files:'."
                )
                raise InputError(msg)
        owner.update(dict.fromkeys(steps, path))


def _steps(data: xr.Dataset) -> dict[object, str]:
    """Return months of what is monthly, else dates: days share a month."""
    dates = [date for date in data["time"].to_numpy() if hasattr(date, "month")]
    months = {(d.year, d.month): f"{d.year:04d}-{d.month:02d}" for d in dates}
    if len(dates) > 1 and len(months) == len(dates):
        return dict(months)
    return {date: f"{date.year:04d}-{date.month:02d}" for date in dates}


def _variables(data: xr.Dataset) -> list[str]:
    edges = ("_bnds", "_bounds")
    names = [str(name) for name, array in data.data_vars.items() if array.ndim > 1]
    return [name for name in names if not name.endswith(edges)]
