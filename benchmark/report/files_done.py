"""What was done to a model's files, gathered so that it can be read."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmark.report.file_notes import tail
from benchmark.score.result import Note


@dataclass(frozen=True)
class Done:
    """One thing that was done, or noticed: to which variables, in which files."""

    text: str
    variables: tuple[str, ...]
    files: tuple[str, ...]


def gathered(notes: Iterable[Note], kind: str) -> list[Done]:
    """Gather notes of one kind that say the same of several variables.

    Parameters
    ----------
    notes : iterable of Note
        Of one model.
    kind : str
        ``conversion`` or ``warning``.

    Returns
    -------
    list of Done
        In order of appearance. A note on a part of a variable, such as ``rh:
        lat bounds are absent``, is one on that part.
    """
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for note in notes:
        if note.kind != kind:
            continue
        part, text = _part(note)
        variables, files = found.setdefault(text, ({}, {}))
        if part:
            variables[part] = None
        if note.file:
            files[tail(note.file)] = None
    return [Done(text, tuple(v), tuple(f)) for text, (v, f) in found.items()]


def _part(note: Note) -> tuple[str, str]:
    """Split a note into what it is of and what it says."""
    head, _, rest = note.text.partition(": ")
    if rest and head.isidentifier():
        return (note.variable if head == note.variable else head), rest
    return note.variable, note.text
