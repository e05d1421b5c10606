"""Which files of a model hold which variables, by their headers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatch, translate
from pathlib import Path

from benchmark.errors import InputError
from benchmark.harmonise.expression import variable_names

_TOKENS = re.compile(r"[_.]")
_GRIDS = (".nc", ".nc4", ".cdf")
_TABLES = (".out", ".out.gz")
_RUN = (
    "source_id",
    "forcing",
    "experiment_id",
    "member_id",
    "grid_label",
    "table_id",
    "version",
)


@dataclass
class Shelf:
    """The files of a model; headers are read when they are asked for.

    Parameters
    ----------
    files : tuple of str
        Absolute paths, globs or folders.
    model : str
        The model's name, which patterns of file names may hold.
    problems : list of str
        Files that could not be read.
    """

    files: tuple[str, ...]
    model: str
    problems: list[str] = field(default_factory=list)
    _headers: dict[Path, dict[str, str]] = field(default_factory=dict)
    _paths: list[Path] | None = None

    @property
    def paths(self) -> list[Path]:
        """All files; of a folder those below it that are NetCDF or tables.

        Raises
        ------
        InputError
            If there are none.
        """
        from benchmark.readers import expand

        if self._paths is None:
            found = [
                path
                for text in self.files
                for path in (_below(text) if Path(text).is_dir() else expand([text]))
            ]
            self._paths = list(dict.fromkeys(found))
        return self._paths

    @property
    def has_folder(self) -> bool:
        """Whether a folder is given, in which a pattern may choose."""
        return any(Path(f).is_dir() for f in self.files)

    def has_several_runs(self, paths: Iterable[str]) -> bool:
        """Return whether files of a folder are of several runs or versions of one."""
        from benchmark.readers.drs_names import facets_of

        runs = set()
        for path in paths:
            facets = facets_of(Path(path))
            runs.add(tuple(facets.get(key, "") for key in _RUN))
        return self.has_folder and len(runs) > 1

    def holding(self, name: str, pattern: str = "") -> list[Path]:
        """Return the files that hold a variable, or all parts of a sum.

        Parameters
        ----------
        name : str
            A variable, or a sum of such.
        pattern : str, optional
            How the archive names files, with ``{model}`` and ``{variable}``;
            used where a folder is given.

        Returns
        -------
        list of Path
            Empty if a part is held by none.
        """
        whole = self._holding_one(name, pattern)
        if whole:
            return whole
        parts = parts_of(name)
        if parts == [name]:
            return []
        found = [self._holding_one(part, pattern) for part in parts]
        if not all(found):
            return []
        return list(dict.fromkeys(path for paths in found for path in paths))

    def table(self, pattern: str) -> Path | None:
        """Return the text table of a name, such as ``mgpp.out``, if it is there."""
        if not pattern.endswith(_TABLES):
            return None
        named = [p for p in self.paths if p.name.removesuffix(".gz") == pattern]
        return named[0] if named else None

    def units(self, path: Path, name: str) -> str:
        """Return the units a variable has in a file, empty if none."""
        return self._header(path).get(name, "")

    def everything(self) -> list[str]:
        """Return the names of all variables of all files."""
        names = (name for path in self.paths for name in self._header(path))
        return list(dict.fromkeys(names))

    def beside(self, name: str, pattern: str) -> list[Path]:
        """Return files next to those of the model that hold a variable."""
        folders = dict.fromkeys(path.parent for path in self.paths)
        near = [path for folder in folders for path in sorted(folder.glob(pattern))]
        return [path for path in near if name in self._header(path)]

    def own(self, name: str, paths: list[Path]) -> list[Path]:
        """Return the files of a measure to choose from: one, if it is clear.

        Where every file of the model has it, as history files do, that is the
        first. Of files named after it, those with the model's name are taken.
        """
        named = [path for path in paths if name in _TOKENS.split(path.name)]
        if not named:
            return paths[:1]
        return [path for path in named if self.model in path.name] or named

    def _holding_one(self, name: str, pattern: str) -> list[Path]:
        chosen = self._chosen(name, pattern)
        named = [path for path in chosen if name in _TOKENS.split(path.name)]
        # Files named after their variable need not all be opened to find it.
        if named and (name in self._header(named[0]) or self._is_broken(named[0])):
            return named
        return [path for path in chosen if name in self._header(path)]

    def _chosen(self, name: str, pattern: str) -> list[Path]:
        if not pattern or not self.has_folder:
            return self.paths
        literal = re.sub(r"([*?\[])", r"[\1]", self.model)
        for model in (literal, literal.lower(), "*"):
            glob = _as_glob(pattern, model, name)
            found = [path for path in self.paths if fnmatch(path.name, glob)]
            if found:
                return found
        other = re.compile(translate(_as_glob(pattern, "*", "*")))
        # A folder of the archive's files has none of this variable; one that
        # is named otherwise is searched by what its files hold.
        return [path for path in self.paths if not other.match(path.name)]

    def _header(self, path: Path) -> dict[str, str]:
        from benchmark.readers.netcdf import open_header

        if path.name.endswith(_TABLES):
            return {}
        if path not in self._headers:
            try:
                with open_header(path) as data:
                    self._headers[path] = {
                        str(name): str(array.attrs.get("units", "")).strip()
                        for name, array in data.data_vars.items()
                        if not str(name).endswith(("_bnds", "_bounds"))
                    }
            except InputError as error:
                self.problems.append(str(error))
                self._headers[path] = {}
        return self._headers[path]

    def _is_broken(self, path: Path) -> bool:
        return any(text.startswith(f"{path}:") for text in self.problems)


def _below(folder: str) -> list[Path]:
    ends = (*_GRIDS, *_TABLES)
    found = sorted(p for p in Path(folder).rglob("*") if p.name.endswith(ends))
    if not found:
        msg = f"{folder}: no file in this folder ends in {', '.join(ends)}."
        raise InputError(msg)
    return found


def parts_of(name: str) -> list[str]:
    """Return the variables of a sum, or the one that a name is.

    Parameters
    ----------
    name : str
        Such as ``RH`` or ``RHSOM + RHDWD``.

    Returns
    -------
    list of str

    Examples
    --------
    >>> parts_of("RHSOM + RHDWD")
    ['RHSOM', 'RHDWD']
    """
    try:
        return variable_names(name) or [name]
    except ValueError:
        return [name]


def _as_glob(pattern: str, model: str, variable: str) -> str:
    known = pattern.replace("{model}", model).replace("{variable}", variable)
    return re.sub(r"\{[^}]*\}", "*", known)


def as_texts(paths: Iterable[Path]) -> list[str]:
    """Return paths as a model file would give them."""
    return [str(path) for path in paths]
