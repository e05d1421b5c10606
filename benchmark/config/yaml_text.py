"""YAML with the line of every key, by the safe loader."""

import re
from pathlib import Path

import yaml

from benchmark.errors import ConfigError

_NETCDF = (b"CDF\x01", b"CDF\x02", b"CDF\x05", b"\x89HDF")

Lines = dict[tuple[object, ...], int]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader, which also takes 1e20 for a number, as YAML 1.2 does."""


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+$"),
    list("-+0123456789"),
)


def read_yaml(path: Path) -> tuple[object, Lines]:
    """Read a YAML file and the line each of its entries stands on.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    data : object
        What ``yaml.safe_load`` gives.
    lines : dict
        Path of keys and indices to line number, starting at 1.

    Raises
    ------
    ConfigError
        If the file is missing, is not text, is not YAML, or says a key twice.
    """
    text = _text(path)
    try:
        node = yaml.compose(text, Loader=_Loader)
        lines: Lines = {}
        repeated: list[str] = []
        _collect(node, (), lines, repeated)
        data = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise ConfigError([f"{path}: {_one_line(error, text)}"]) from error
    except RecursionError as error:
        msg = f"{path}: not valid YAML: an alias contains itself, or it nests too deep."
        raise ConfigError([msg]) from error
    except ValueError as error:
        msg = f"{path}: not valid YAML: a date or number is wrong ({error}); quote it."
        raise ConfigError([msg]) from error
    if node is None:
        raise ConfigError([f"{path}: the file is empty."])
    if repeated:
        raise ConfigError([f"{path}: {problem}" for problem in repeated])
    return data, lines


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError([f"{path}: no such file."]) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError([f"{path}: cannot be read ({reason})."]) from error
    if content.startswith(_NETCDF):
        msg = f"{path}: is NetCDF; write a model YAML with 'files:' and name that here."
        raise ConfigError([msg])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        msg = f"{path}: cannot be read as UTF-8 text ({error})."
        raise ConfigError([msg]) from error


def _collect(
    node: yaml.Node | None, place: tuple[object, ...], lines: Lines, repeated: list[str]
) -> None:
    if node is None:
        return
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                line = key.start_mark.line + 1
                repeated.append(f"line {line}: '{name}' is given twice; keep one.")
            seen.add(name)
            lines[(*place, name)] = key.start_mark.line + 1
            _collect(value, (*place, name), lines, repeated)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _collect(value, (*place, index), lines, repeated)


def _one_line(error: yaml.YAMLError, text: str) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        # Indented by a tab, a line is often reported where the text before ends.
        for number, line in enumerate(text.splitlines()[: mark.line + 1], start=1):
            if "\t" in line[: len(line) - len(line.lstrip())]:
                return f"line {number} starts with a tab; indent with spaces."
    problem = getattr(error, "problem", None) or str(error).replace("\n", " ")
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return f"{where}not valid YAML: {problem}."
