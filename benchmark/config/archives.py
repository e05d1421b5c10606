"""Archives: what the files of CMIP6, TRENDY, CLM and others are like."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmark.config.archive_keys import ARCHIVE, FACTS, MEASURES
from benchmark.config.catalogue import archive_names, find_paths
from benchmark.config.kinds import wrong_kind
from benchmark.config.parts import checked, stated, texts
from benchmark.config.validation import Place
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import ConfigError


@dataclass(frozen=True)
class Candidate:
    """A name a variable may have in the files, and what then holds for it.

    Parameters
    ----------
    name : str
        A variable of the files, or a sum of such.
    facts : dict
        Keys of a variable in a model file, such as ``sign``.
    unconfirmed : tuple of str
        Which of them, ``names`` included, nobody has confirmed.
    source : str
        Where the others come from.
    spellings : dict
        Units as files write them, to units that are understood.
    """

    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    unconfirmed: tuple[str, ...] = ()
    source: str = ""
    spellings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Archive:
    """What the files of one archive are like.

    Parameters
    ----------
    name, title : str
        Its name (the stem of its file) and one line about it.
    variables : dict
        Short name to the names it may have, the one to prefer first; a
        variable that holds it by soil layers is the last.
    patterns : dict
        Short name to the pattern of its files in a folder, where known.
    measures : dict
        ``land_fraction``, ``cell_area``, ``land_area`` to names, units, and a
        glob of files beside those of the model.
    looks_like : dict
        By what its files are recognised.
    """

    name: str
    title: str
    source: Path
    variables: Mapping[str, tuple[Candidate, ...]]
    patterns: Mapping[str, str]
    measures: Mapping[str, Mapping[str, Any]]
    looks_like: Mapping[str, Any]
    reader: str = ""
    family: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def unconfirmed(self) -> int:
        """How many facts nobody has confirmed."""
        candidates = [c for items in self.variables.values() for c in items]
        measures = [m.get("unconfirmed") or () for m in self.measures.values()]
        return sum(len(c.unconfirmed) for c in candidates) + sum(map(len, measures))


def load_archive(name: str, folder: Path) -> Archive:
    """Read an archive that ships, or a file of the same form.

    Parameters
    ----------
    name : str
        Such as ``cmip6``, or a path.
    folder : Path
        What a relative path starts from.

    Returns
    -------
    Archive

    Raises
    ------
    ConfigError
        With every mistake of the file and of the archive it inherits from.

    Examples
    --------
    >>> nbe = load_archive("cmip6", Path()).variables["nbe"][0]
    >>> nbe.name, nbe.facts["sign"]
    ('nbp', 'down')
    """
    path = find_paths(name, archive_names(), folder, "archive")[0].absolute()
    data = _merged(path, ())
    variables = {
        variable: _candidates(entry) for variable, entry in data["variables"].items()
    }
    with_pattern = {
        variable: str(entry.get("pattern") or data.get("pattern"))
        for variable, entry in data["variables"].items()
        if entry.get("pattern") or data.get("pattern")
    }
    return Archive(
        name=path.stem,
        title=str(data["title"]),
        source=path,
        variables=variables,
        patterns=with_pattern,
        measures={key: data[key] for key in MEASURES if key in data},
        looks_like=data.get("looks_like") or {},
        reader=str(data.get("reader") or ""),
        family=str(data.get("family") or ""),
        remarks=texts(data.get("remarks")),
    )


def _merged(path: Path, above: tuple[Path, ...]) -> dict[str, Any]:
    """Return what an archive says, over what the one it inherits from says."""
    if path in above:
        names = " > ".join(p.stem for p in (*above, path))
        raise ConfigError([f"{path}: archives inherit from each other: {names}."])
    read, lines = read_yaml(path)
    place = Place(path, lines)
    other = wrong_kind(read, "archive", place)
    if other:
        raise ConfigError(other)
    data = checked(read, ARCHIVE, place)
    if "variables" not in data and not data.get("archive"):
        msg = f"{place}: 'variables:' is missing; expected a mapping of variables."
        raise ConfigError([msg])
    parent: dict[str, Any] = {"variables": {}}
    if data.get("archive"):
        found = find_paths(data["archive"], archive_names(), path.parent, "archive")
        parent = _merged(found[0].absolute(), (*above, path))
    own = _own(data)
    variables = {
        name: _over(parent["variables"].get(name) or {}, own.get(name) or {}, data)
        for name in dict.fromkeys((*parent["variables"], *own))
        # 'nee:' with nothing behind it drops what is inherited.
        if not (name in own and own[name] is None)
    }
    _check_sources(variables, place)
    measures = {key: _about(data, data[key]) for key in MEASURES if key in data}
    kept = {k: v for k, v in parent.items() if k not in ("looks_like", "remarks")}
    return kept | stated(data) | measures | {"variables": variables}


def _own(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: None if entry is None else _about(data, entry)
        for name, entry in (data.get("variables") or {}).items()
    }


def _about(data: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry with the source of its file, if it has none of its own."""
    inherited = {"source": data["source"]} if data.get("source") else {}
    return inherited | stated(dict(entry))


def _over(
    parent: Mapping[str, Any], own: Mapping[str, Any], data: Mapping[str, Any]
) -> dict[str, Any]:
    """Return an entry over the one it inherits; what it restates is its own."""
    unsure = [key for key in parent.get("unconfirmed") or () if key not in own]
    everywhere = data.get("unconfirmed") or ()
    unconfirmed = own.get("unconfirmed", [*unsure, *everywhere])
    return {**parent, **own, "unconfirmed": tuple(dict.fromkeys(unconfirmed))}


def _check_sources(variables: Mapping[str, Mapping[str, Any]], place: Place) -> None:
    problems = []
    for name, entry in variables.items():
        at = place.inside("variables").inside(name)
        if not entry.get("names"):
            problems.append(f"{at}: 'names:' is missing; expected a list of names.")
            continue
        for candidate in _candidates(entry):
            given = {"names", *candidate.facts} - set(candidate.unconfirmed)
            if given and not candidate.source:
                problems.append(
                    f"{at}: {', '.join(sorted(given))} of {candidate.name} have no "
                    "'source:'; say where they are written down, or list them under "
                    "'unconfirmed:'."
                )
    if problems:
        raise ConfigError(problems)


def _candidates(entry: Mapping[str, Any]) -> tuple[Candidate, ...]:
    named = [_candidate(entry, item) for item in entry["names"]]
    layers = entry.get("layers")
    if layers:
        by_layer = {key: layers[key] for key in ("name", "units") if key in layers}
        found = _candidate({k: v for k, v in entry.items() if k != "depth"}, by_layer)
        named.append(found)
    return tuple(named)


def _candidate(entry: Mapping[str, Any], item: Any) -> Candidate:
    own = stated(dict(item)) if isinstance(item, dict) else {"name": item}
    both = {**entry, **own}
    facts = {key: both[key] for key in FACTS if key in both}
    inherited = [key for key in entry.get("unconfirmed") or () if key not in own]
    unsure = own.get("unconfirmed", inherited)
    return Candidate(
        name=str(own["name"]),
        facts=facts,
        unconfirmed=tuple(_relevant(unsure, facts)),
        source=str(both.get("source") or ""),
        spellings=both.get("spellings") or {},
    )


def _relevant(unsure: Iterable[str], facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is unconfirmed of what is said at all."""
    return (key for key in unsure if key in facts or key == "names")
