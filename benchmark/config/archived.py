"""What a model file leaves to an archive: names, files, signs, measures."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmark.config.archive_files import Shelf, as_texts
from benchmark.config.archive_keys import FACTS, MEASURES, NUMERIC
from benchmark.config.archives import Archive, Candidate, load_archive
from benchmark.config.descriptors import Taken
from benchmark.config.parts import resolved, stated, texts
from benchmark.config.validation import Place
from benchmark.errors import ConfigError, InputError


def with_archive(data: dict[str, Any], place: Place) -> dict[str, Any]:
    """Return a model's mapping with what it takes from its archive filled in.

    A list under `variables` says which variables are wanted; a mapping says
    more of some of them; all others that the archive knows are taken where the
    files hold them. What the model says itself is never replaced.

    Parameters
    ----------
    data : dict
        A checked model mapping.
    place : Place
        Where it stands.

    Returns
    -------
    dict
        As if the model file had said it all; without ``archive`` unchanged.

    Raises
    ------
    ConfigError
        If the archive is unknown, or no variable of it is found.
    """
    if not data.get("archive"):
        return data
    folder = place.path.parent
    at = place.inside("archive")
    try:
        archive = load_archive(str(data["archive"]), folder)
    except ConfigError as error:
        # What is wrong inside the archive's file has its place already.
        raise ConfigError(
            [f"{at}: {p}" if p.startswith("archive '") else p for p in error.problems]
        ) from error
    name = str(data.get("model") or data.get("ensemble") or "")
    given = data.get("variables") or {}
    listed = isinstance(given, list)
    own = dict.fromkeys(given) if listed else given
    reader = str(data.get("reader") or archive.reader)
    model = _Described(archive, name, folder, data.get("files"), reader)
    try:
        variables = {
            variable: model.entry(variable, own.get(variable), needed=variable in own)
            for variable in (own if listed else {**own, **archive.variables})
        }
        measures = model.measures()
    except InputError as error:
        raise ConfigError([f"{place}: {error}"]) from error
    found = {v: entry for v, entry in variables.items() if entry is not None}
    if not found:
        raise ConfigError([f"{place}: {model.nothing()}"])
    remarks = [*texts(data.get("remarks")), *archive.remarks, *model.remarks()]
    return {
        **stated({"family": archive.family or None, "reader": reader or None}),
        **measures,
        **stated(data),
        "variables": found,
        "files": None,
        "remarks": remarks,
    }


# Readers of files whose headers say what they hold.
_BY_HEADERS = ("", "auto", "netcdf")


class _Described:
    """A model, described by an archive and by what its files hold."""

    def __init__(
        self, archive: Archive, name: str, folder: Path, files: Any, reader: str
    ) -> None:
        self.archive, self.name, self.folder = archive, name, folder
        self.files, self.reader = files, reader
        self.shelves: dict[tuple[str, ...], Shelf] = {}

    def entry(
        self, variable: str, given: Any, *, needed: bool
    ) -> dict[str, Any] | None:
        """Return the mapping of a variable, None if the files do not hold it."""
        own = {"name": given} if isinstance(given, str) else stated(given or {})
        files = own.get("files") or self.files
        known = self.archive.variables.get(variable, ())
        if not files:
            return own if needed else None
        if self.reader not in _BY_HEADERS:
            taken = self._taken(known[0], own, tabular=True) if known else own
            return {"files": files, **taken}
        shelf = self._shelf(files)
        names = [c for c in known if own.get("name") in (None, c.name)]
        try:
            found = self._found(shelf, variable, names, own)
            if found is not None and shelf.has_several_runs(found["files"]):
                # 'select:' chooses, and the newest version is taken, by their names.
                return {**found, "files": files}
            if found is not None:
                return found
            held = as_texts(shelf.paths) if shelf.has_folder else files
        except InputError:
            if not needed:
                raise
            # The run says what is wrong with the files, and does the rest.
            held = files
        if not needed:
            return None
        return {"files": held, **({"name": names[0].name} if names else {}), **own}

    def _found(
        self, shelf: Shelf, variable: str, names: list[Candidate], own: dict[str, Any]
    ) -> dict[str, Any] | None:
        """Return the mapping of the first name that the files hold."""
        pattern = self.archive.patterns.get(variable, "")
        table = shelf.table(pattern)
        if table is not None and names:
            taken = self._taken(names[0], own, tabular=True)
            return {**taken, "name": names[0].name, "files": [str(table)]}
        for candidate in names:
            paths = shelf.holding(candidate.name, pattern)
            if paths:
                taken = self._taken(candidate, own)
                one = {**taken, "name": candidate.name, "files": as_texts(paths)}
                return self._at_depths(shelf, names, pattern, own) or one
        return None

    def _at_depths(
        self, shelf: Shelf, names: list[Candidate], pattern: str, own: dict[str, Any]
    ) -> dict[str, Any] | None:
        """Return the mapping of a stock of which files hold several depths."""
        if {"name", "depth", "depths", "layers"} & own.keys():
            return None
        held: dict[str, tuple[Candidate, list[Path]]] = {}
        for candidate in names:
            depth = candidate.facts.get("depth")
            paths = shelf.holding(candidate.name, pattern) if depth else []
            if paths:
                pair = depth if isinstance(depth, (list, tuple)) else ()
                text = "-".join(f"{end:g}" for end in pair) or str(depth)
                held.setdefault(text, (candidate, paths))
        if len(held) < 2:
            return None
        taken = self._taken(next(iter(held.values()))[0], own)
        del taken["depth"]
        files = dict.fromkeys(path for _, paths in held.values() for path in paths)
        depths = {text: candidate.name for text, (candidate, _) in held.items()}
        return {**taken, "depths": depths, "files": as_texts(files)}

    def measures(self) -> dict[str, Any]:
        """Return the areas and the land fraction that the files hold."""
        if self.reader not in _BY_HEADERS or not self.files:
            return {}
        known = self.archive.measures
        try:
            found = {key: self._measure(known[key]) for key in MEASURES if key in known}
        except InputError:
            # Without files the rows of its variables say so.
            return {}
        return {key: value for key, value in found.items() if value}

    def nothing(self) -> str:
        """Return the message for files that hold nothing the archive knows."""
        names = [c.name for items in self.archive.variables.values() for c in items]
        known = f"archive {self.archive.name} knows {', '.join(names)}"
        if not self.files:
            return f"'files:' is missing; {known}."
        held = self._shelf(self.files).everything()
        problems = self._shelf(self.files).problems
        shown = ", ".join(held[:12]) + (", ..." if len(held) > 12 else "")
        return (
            f"no variable is found in the files: {known}; the files have "
            f"{shown or 'nothing'}. Write 'variables:' with 'name:'."
            + "".join(f" {text}" for text in problems[:3])
        )

    def remarks(self) -> list[str]:
        """Return which files could not be read."""
        return [text for shelf in self.shelves.values() for text in shelf.problems]

    def _shelf(self, files: Any) -> Shelf:
        paths = resolved(files, self.folder)
        return self.shelves.setdefault(paths, Shelf(paths, self.name))

    def _measure(self, measure: Mapping[str, Any]) -> dict[str, Any] | None:
        shelf = self._shelf(self.files)
        for name in texts(measure["names"]):
            held = shelf.holding(name) or shelf.beside(
                name, str(measure.get("beside") or f"{name}_*.nc")
            )
            paths = shelf.own(name, held)
            if len(paths) == 1:
                lacking = not shelf.units(paths[0], name) and "units" in measure
                units = {"units": measure["units"]} if lacking else {}
                return {"files": str(paths[0]), "name": name, **units}
            if paths:
                shelf.problems.append(
                    f"{paths[0].parent}: {len(paths)} files hold {name} "
                    f"({', '.join(path.name for path in paths[:3])}); none is taken: "
                    "name the one to use."
                )
        return None

    def _taken(
        self, candidate: Candidate, own: dict[str, Any], *, tabular: bool = False
    ) -> dict[str, Any]:
        """Return what is said of a variable, and what of it is the archive's.

        A table has no units of its own: there those of the archive are used.
        """
        facts = {k: candidate.facts[k] for k in FACTS if k in candidate.facts}
        units = str(facts.get("units", "")) or None
        if not tabular:
            facts.pop("units", None)
        keys = tuple(key for key in facts if key not in own)
        unsure = [key for key in NUMERIC if key in candidate.unconfirmed]
        taken = Taken(
            archive=self.archive.name,
            keys=keys,
            unconfirmed=tuple(key for key in unsure if key in keys),
            units=None if "units" in own else units,
            spellings=tuple(candidate.spellings.items()),
        )
        return {**facts, **own, "taken": taken}
