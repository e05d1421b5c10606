"""What a section of the ensemble page is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from benchmark.report.figures.canvas import Picture, save_table
from benchmark.report.figures.sheet import Twin


@dataclass(frozen=True)
class Cell:
    """One cell of a table: what it says, sorts by, and its colour."""

    text: str
    value: float | None = None
    colour: str = ""
    title: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """One row of a table: its head, with an address if it has a page."""

    head: str
    cells: tuple[Cell, ...]
    href: str = ""


@dataclass(frozen=True)
class Grid:
    """A table with its data as CSV; `fold` is its summary where it is folded.

    `kind` is ``matrix`` for coloured cells, else ``data``; `scale` has the words
    under the colours of errors.
    """

    caption: str
    corner: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    data: str = ""
    fold: str = ""
    kind: str = "data"
    scale: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One section: a finding, its figures and tables, and how to read them.

    `empty` says why there is nothing to show; then there is nothing else.
    `key` names the key of marks that goes with the figures, `names` what it tells
    apart.
    """

    id: str
    topic: str
    finding: str = ""
    empty: str = ""
    words: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    key: str = ""
    names: tuple[str, ...] = ()
    twins: tuple[Twin, ...] = ()
    pictures: tuple[Picture, ...] = ()
    panels: object = None
    grids: tuple[Grid, ...] = field(default_factory=tuple)


def write_data(table: pd.DataFrame, folder: Path, name: str) -> str:
    """Write the data of a table as CSV and return its address."""
    path = f"figures/{name}.csv"
    save_table(table, folder / path)
    return path


def listed(names: Iterable[str], most: int = 4) -> str:
    """Write a list in words, the first few of a long one.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed("abcdef"), listed([])
    ('a, b and c', 'a, b, c and 3 more', '')
    """
    found = list(names)
    if len(found) > most:
        found = [*found[: most - 1], f"{len(found) - most + 1} more"]
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} and {found[-1]}"


def texts(values: Sequence[str]) -> tuple[Cell, ...]:
    """Return plain cells of texts."""
    return tuple(Cell(value) for value in values)
