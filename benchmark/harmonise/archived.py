"""What is taken from an archive: used where the file is silent, and said."""

from collections.abc import Mapping

import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.identify import factor_to_canonical
from benchmark.harmonise.temperature import offset_to_canonical
from benchmark.harmonise.units import clean
from benchmark.harmonise.variable import Variable


def by_archive(
    values: xr.DataArray,
    written: str | None,
    source: VariableSource,
    variable: Variable,
    where: str,
) -> tuple[str | None, list[str]]:
    """Return the units to read a variable in, and what of it is unconfirmed.

    Parameters
    ----------
    values : DataArray
        As the file gives them.
    written : str or None
        Units as the file or the configuration gives them.
    source : VariableSource
        Its `taken` says what comes from an archive.
    variable : Variable
        What it is.
    where : str
        File and variable, for messages.

    Returns
    -------
    units : str or None
    warnings : list of str

    Raises
    ------
    InputError
        If the file contradicts the sign of the archive.
    """
    check_against_file(source, variable, values.attrs, where)
    written, differing = units_by_archive(written, source, variable, where)
    return written, [*differing, *unconfirmed_lines(source, variable, values, written)]


def units_by_archive(
    written: str | None, source: VariableSource, variable: Variable, where: str
) -> tuple[str | None, list[str]]:
    """Return the units to read a variable in, and what to say about them.

    The file's own units are used where it has any; those of the archive only
    where it has none. Where both are there and differ, that is said.

    Parameters
    ----------
    written : str or None
        Units as the file or the configuration gives them.
    source : VariableSource
        Its `taken` says what the archive has.
    variable : Variable
        What it is.
    where : str
        File and variable, for messages.

    Returns
    -------
    units : str or None
    warnings : list of str

    Examples
    --------
    >>> from benchmark.config.descriptors import Taken
    >>> from benchmark.harmonise.variables import VARIABLES
    >>> source = VariableSource((), taken=Taken("trendy", units="kg m-2 s-1"))
    >>> units_by_archive("", source, VARIABLES["gpp"], "a.nc")[0]
    'kg m-2 s-1'
    """
    taken = source.taken
    if taken is None or source.units is not None:
        return written, []
    written = dict(taken.spellings).get(written or "", written)
    if taken.units is None:
        return written, []
    if not written:
        text = f"the file has no units; '{taken.units}' is taken from archive "
        return taken.units, [
            f"{text}{taken.archive}: confirm with 'units:' under "
            f"variables.{variable.name}"
        ]
    try:
        theirs = factor_to_canonical(written, source, variable, where)
        ours = factor_to_canonical(taken.units, source, variable, where)
        apart = [offset_to_canonical(u, variable) for u in (written, taken.units)]
    except InputError:
        # The units of the file are refused with their reason further on.
        return written, []
    if abs(theirs / ours - 1) < 1e-3 and apart[0] == apart[1]:
        return written, []
    return written, [
        f"the file has units '{written}', archive {taken.archive} '{taken.units}'; "
        "those of the file are used"
    ]


def check_against_file(
    source: VariableSource, variable: Variable, attrs: Mapping[str, object], where: str
) -> None:
    """Refuse a sign of an archive that the file contradicts.

    Parameters
    ----------
    source : VariableSource
        Its `sign`, where that is taken from an archive.
    variable : Variable
        What it is.
    attrs : mapping
        Attributes of the variable in the file; CMIP's ``positive`` is read.
    where : str
        File and variable, for messages.

    Raises
    ------
    InputError
        With what to write.
    """
    taken, stated = source.taken, attrs.get("positive")
    if taken is None or "sign" not in taken.keys or stated not in ("up", "down"):
        return
    if stated != source.sign and variable.positive != "none":
        msg = (
            f"{where}: the file says positive: {stated}, archive {taken.archive} "
            f"sign: {source.sign}; expected the same. Write 'sign: {stated}' or "
            f"'sign: {source.sign}' under variables.{variable.name}."
        )
        raise InputError(msg)


def sign_is_stated(source: VariableSource) -> bool:
    """Return whether the owner of the files says the sign, and no archive.

    Parameters
    ----------
    source : VariableSource
        What is known of the variable.

    Returns
    -------
    bool
    """
    by_archive = source.taken is not None and "sign" in source.taken.keys
    return source.sign is not None and not by_archive


def unconfirmed_lines(
    source: VariableSource,
    variable: Variable,
    values: xr.DataArray,
    written: str | None,
) -> list[str]:
    """Return what changes numbers and nobody has confirmed, not even the file.

    Parameters
    ----------
    source : VariableSource
        Its `taken` says what the archive has, and what of it is unconfirmed.
    variable : Variable
        What it is.
    values : DataArray
        As the file gives them; their attributes confirm what they say too.
    written : str or None
        Units they are read in, which may name a substance.

    Returns
    -------
    list of str
        One line with what to write, or none.
    """
    taken = source.taken
    if taken is None:
        return []
    confirmed = _confirmed(source, variable, values.attrs, written)
    unsure = {
        key: getattr(source, key)
        for key in taken.unconfirmed
        if key in taken.keys and key not in confirmed
    }
    if not unsure:
        return []
    shown = {key: [*v] if isinstance(v, tuple) else v for key, v in unsure.items()}
    told = ", ".join(f"{key.replace('_', ' ')} {v!r}" for key, v in shown.items())
    fix = ", ".join(f"'{key}: {value}'" for key, value in shown.items())
    return [
        f"{told} {'is' if len(shown) == 1 else 'are'} taken from archive "
        f"{taken.archive}, which is unconfirmed: confirm with {fix} under "
        f"variables.{variable.name}"
    ]


def _confirmed(
    source: VariableSource,
    variable: Variable,
    attrs: Mapping[str, object],
    written: str | None,
) -> set[str]:
    """Return the keys that the file itself says as the archive does."""
    confirmed = set()
    name = str(attrs.get("standard_name", ""))
    said = "down" if "_downward_" in name else "up" if "_upward_" in name else ""
    if source.sign in (attrs.get("positive"), said):
        confirmed.add("sign")
    if clean(written or "")[1] == source.mass_basis or not variable.is_flux:
        confirmed.add("mass_basis")
    if source.area_basis == "land" and "where land" in str(attrs.get("cell_methods")):
        confirmed.add("area_basis")
    return confirmed


def for_archive(error: InputError, source: VariableSource, name: str) -> InputError:
    """Return an error about units with the mass basis that an archive gave.

    Parameters
    ----------
    error : InputError
        From the conversion.
    source : VariableSource
        Its `taken` says whether an archive gave the basis.
    name : str
        Short name of the variable.

    Returns
    -------
    InputError
        The same, if no archive has to do with it.
    """
    taken = source.taken
    if taken is None or "mass_basis" not in taken.keys:
        return error
    return InputError(
        f"{error} 'mass_basis: {source.mass_basis}' is taken from archive "
        f"{taken.archive}; if the file is right, write 'mass_basis:' under "
        f"variables.{name}."
    )
