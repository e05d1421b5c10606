"""Looks at files nobody has described, and writes a model configuration."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import xarray as xr
import yaml

from benchmark.checking import Checked, check_models
from benchmark.config import GridMeasure, Model, VariableSource
from benchmark.config.archives import load_archive
from benchmark.config.recognising import recognise
from benchmark.errors import InputError
from benchmark.harmonise.variable import Variable
from benchmark.harmonise.variables import VARIABLES
from benchmark.readers import expand
from benchmark.readers.netcdf import open_header

_MEASURES = {
    "land_fraction": ("sftlf", "landfrac", "land_fraction", "land_area_fraction"),
    "ice_fraction": ("sftgif", "land_ice_area_fraction"),
    "cell_area": ("areacella", "cell_area"),
    "land_area": ("landarea", "land_area"),
}


@dataclass
class Inspected:
    """What some files hold, and the configuration they suggest.

    Parameters
    ----------
    found : dict
        Name of a scored variable to the files and name it may come from.
    measures : dict
        Key of a model configuration to the file, name and units.
    others : list of str
        Variables that mean nothing here, with their units.
    problems : list of str
        What could not be read or decided.
    archives : dict
        Archives that ship and files look like they come from, with the first.
    """

    found: dict[str, tuple[list[str], str]] = field(default_factory=dict)
    measures: dict[str, GridMeasure] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    archives: dict[str, str] = field(default_factory=dict)


def inspect_files(files: Iterable[str]) -> Inspected:
    """Find the variables of NetCDF files by their names and standard names.

    Parameters
    ----------
    files : iterable of str
        Paths, globs or folders.

    Returns
    -------
    Inspected

    Raises
    ------
    InputError
        If nothing is there.
    """
    result = Inspected()
    patterns = [f"{f}/**/*.nc" if Path(f).is_dir() else f for f in files]
    for path in expand([str(Path(pattern).absolute()) for pattern in patterns]):
        try:
            with open_header(path) as data:
                archive = recognise(data.attrs, map(str, data.data_vars), path.name)
                if archive:
                    result.archives.setdefault(archive, path.name)
                for name, array in data.data_vars.items():
                    _sort(str(name), array, str(path), result)
        except InputError as error:
            result.problems.append(str(error))
    return result


def as_model(inspected: Inspected, name: str) -> Model:
    """Return the model that the findings describe, as if it were confirmed.

    Parameters
    ----------
    inspected : Inspected
        From `inspect_files`.
    name : str
        What to call it.

    Returns
    -------
    Model
    """
    variables = {
        variable: VariableSource(tuple(files), name=written, variable=variable)
        for variable, (files, written) in inspected.found.items()
    }
    return Model(name, variables, Path(name), **inspected.measures)  # type: ignore[arg-type]


def report_lines(inspected: Inspected, model: Model) -> list[str]:
    """Return what was found, tested as a run would.

    Parameters
    ----------
    inspected : Inspected
        The findings.
    model : Model
        From `as_model`.

    Returns
    -------
    list of str
    """
    lines = [f"{item.variable}: {_told(item)}" for item in check_models([model])]
    lines += [
        f"{key}: {measure.name} in {Path(measure.files[0]).name}"
        for key, measure in inspected.measures.items()
    ]
    if inspected.others:
        lines.append(f"not scored here: {', '.join(dict.fromkeys(inspected.others))}")
    lines += [
        f"{file} looks like {load_archive(name, Path()).title}: with 'archive: {name}' "
        "in place of 'variables:', names, signs and areas come from there"
        for name, file in inspected.archives.items()
    ]
    return lines + inspected.problems


def configuration(inspected: Inspected, name: str, folder: Path) -> str:
    """Return a model configuration as YAML, marked where it has to be confirmed.

    Parameters
    ----------
    inspected : Inspected
        The findings.
    name : str
        Name of the model.
    folder : Path
        Where it will stand: paths are relative to it where they can be.

    Returns
    -------
    str

    Examples
    --------
    >>> found = Inspected({"gpp": (["/a/gpp.nc"], "GPP")})
    >>> print(configuration(found, "M", Path("/a")).splitlines()[1])
    model: M
    """
    variables: dict[str, dict[str, object]] = {}
    for variable, (files, written) in inspected.found.items():
        entry: dict[str, object] = {"files": _relative(files, folder), "name": written}
        if variable == "cSoil":
            entry["depth"] = "full_column"
        variables[variable] = entry
    data: dict[str, object] = {"model": name, "version": "", "family": "process_based"}
    for key, measure in inspected.measures.items():
        shown: dict[str, object] = {
            "files": _relative(list(measure.files), folder)[0],
            "name": measure.name,
        }
        data[key] = shown | ({"units": measure.units} if measure.units else {})
    text = yaml.safe_dump({**data, "variables": variables}, sort_keys=False)
    marked = text.replace(
        "depth: full_column", "depth: full_column  # confirm: or metres, [0, 1.0]"
    )
    return f"# Written by permabench inspect. Confirm names, units and depth.\n{marked}"


def _sort(name: str, array: xr.DataArray, path: str, result: Inspected) -> None:
    units = str(array.attrs.get("units", ""))
    for key, names in _MEASURES.items():
        if name in names or array.attrs.get("standard_name") in names:
            result.measures.setdefault(key, GridMeasure((path,), name, units or None))
            return
    if array.ndim < 2 or name.endswith(("_bnds", "_bounds")):
        return
    meant = [v for v in VARIABLES.values() if _means(name, array, v)]
    meant.sort(key=lambda v: name not in (*v.aliases, *v.negated))
    if not meant:
        result.others.append(f"{name} [{units or 'no units'}]")
        return
    files, written = result.found.setdefault(meant[0].name, ([], name))
    if written != name:
        result.problems.append(
            f"{path}: {name} and {written} could both be {meant[0].name}; "
            f"{written} is taken: confirm."
        )
        return
    files.append(path)


def _means(name: str, array: xr.DataArray, variable: Variable) -> bool:
    standard = array.attrs.get("standard_name") or None
    known = name in (*variable.aliases, *variable.negated)
    return known or standard == variable.standard_name


def _told(item: Checked) -> str:
    if item.problem:
        return f"cannot be scored: {item.problem}"
    return "; ".join((item.summary, *item.conversions, *item.warnings))


def _relative(files: list[str], folder: Path) -> list[str]:
    return [
        Path(f).relative_to(folder).as_posix() if Path(f).is_relative_to(folder) else f
        for f in files
    ]
