"""What was done to files, or noticed in them: of models and of references."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch

from benchmark.config.descriptors import Reference
from benchmark.score.result import Note


@dataclass(frozen=True)
class Warned:
    """A warning, the models and the files it is about."""

    variable: str
    text: str
    models: tuple[str, ...]
    files: tuple[str, ...]


def shared_warnings(notes: Iterable[Note]) -> list[Warned]:
    """Gather warnings that say the same of several models or references.

    Parameters
    ----------
    notes : iterable of Note
        Notes of any kind.

    Returns
    -------
    list of Warned
        One for each variable and text.
    """
    found: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        if note.kind == "warning":
            found.setdefault((note.variable, note.text), []).append(note)
    return [
        Warned(
            *key,
            tuple(dict.fromkeys(note.model for note in group if note.model)),
            tuple(dict.fromkeys(tail(note.file) for note in group if note.file)),
        )
        for key, group in found.items()
    ]


def reference_notes(
    notes: Iterable[Note], references: Mapping[str, Reference]
) -> dict[str, list[Note]]:
    """Gather the conversions of references, which have no model.

    Parameters
    ----------
    notes : iterable of Note
        Notes of any kind.
    references : mapping of str to Reference
        Names to references, whose files the notes name.

    Returns
    -------
    dict of str to list of Note
        Name of a reference to its conversions; those of a file that no
        reference has are under the empty name.
    """
    found: dict[str, list[Note]] = {}
    for note in notes:
        if note.model or note.kind == "warning":
            continue
        names = [name for name, one in references.items() if _reads(one, note)]
        for name in names or [""]:
            found.setdefault(name, []).append(note)
    return found


def _reads(reference: Reference, note: Note) -> bool:
    files = [*reference.data.files]
    if reference.land_fraction:
        files += reference.land_fraction.files
    mine = note.variable in {"", reference.variable}
    named = (fnmatch(note.file, file) or note.file == tail(file) for file in files)
    return mine and any(named)


def tail(path: str) -> str:
    """Return the end of a path: what a reader needs, not where a disk is mounted.

    Examples
    --------
    >>> tail("/home/someone/model_configs/data/classic/gpp.nc")
    'classic/gpp.nc'
    """
    return "/".join(path.replace("\\", "/").rstrip("/").split("/")[-2:])
