"""A finding, and the single observations that it is made of."""

from dataclasses import dataclass

from benchmark.report.rows import Row

SURE = {"A": 1.0, "B": 0.8, "C": 0.5}


@dataclass(frozen=True)
class Finding:
    """A finding, its numbers, where its evidence is, how much it matters (0 to 1).

    `side` is 1 where the model is above or late, -1 where below or early, 0
    where nothing is amiss; then `good` says how much that is worth (0 to 1).
    `kind` is what told it, such as ``levels`` or ``seasons``.
    """

    text: str
    detail: str
    anchor: str
    grade: str
    weight: float
    side: int = 0
    good: float = 0.0
    variable: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Observed:
    """What one number says: `verdict` is a clause that a place can follow.

    Where the worst of several places has a verdict of its own, `also` tells
    of the others: ``too little``, ``too positive``, ``late``. `miss` is what it
    costs, 0 to 1, as a score does; `sigma` how many half-widths of the range
    of the references it lies off, None where there is no range.
    """

    row: Row
    side: int
    verdict: str
    also: str
    numbers: str
    miss: float
    sigma: float | None = None

    @property
    def cost(self) -> float:
        """The miss by how sure the evidence is and how far off in its range.

        Two half-widths or more count in full, the edge of the range three
        quarters.
        """
        sure = SURE.get(self.row.grade, 0.5)
        size = 1.0 if self.sigma is None else min(1.0, 0.5 + self.sigma / 4)
        return self.miss * sure * size


def miss_of(row: Row) -> float:
    """Return what a row costs in score: 0 where it was not scored.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> miss_of(SimpleNamespace(score=0.25)), miss_of(SimpleNamespace(score=None))
    (0.75, 0.0)
    """
    return 0.0 if row.score is None else 1.0 - row.score
