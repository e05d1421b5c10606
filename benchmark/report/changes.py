"""What changed between two runs: number by number, then by model and benchmark."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

KEY = ("model", "reference", "variable", "region", "metric")
KINDS = ("lost", "failing", "new", "worse", "better", "unchanged")
# A score has to move by more than this (science brief, section 5.4).
THRESHOLD = 0.05


@dataclass(frozen=True)
class Change:
    """One number in two runs.

    `kind` is one of `KINDS`; `before` and `after` are its scores, None where
    it had none, and `status` and `message` say why it has none now.
    """

    model: str
    reference: str
    variable: str
    region: str
    metric: str
    kind: str
    before: float | None = None
    after: float | None = None
    status_before: str = ""
    status: str = ""
    message: str = ""

    @property
    def step(self) -> float:
        """How much the score rose; NaN unless both runs have one."""
        if self.before is None or self.after is None:
            return math.nan
        return self.after - self.before


@dataclass(frozen=True)
class Shift:
    """The change of one model against one benchmark.

    `before` and `after` are means over the numbers scored in both runs, None
    without any; `counts` has the number of changes of each kind.
    """

    model: str
    reference: str
    variable: str
    before: float | None
    after: float | None
    counts: Mapping[str, int]
    reasons: tuple[str, ...] = ()

    @property
    def step(self) -> float:
        """How much the mean score rose; 0 unless both runs have one."""
        if self.before is None or self.after is None:
            return 0.0
        return self.after - self.before

    @property
    def gone(self) -> int:
        """How many scores of the former run are missing now, or failed."""
        return self.counts["lost"] + self.counts["failing"]


@dataclass(frozen=True)
class Changes:
    """Everything that changed, and what could not be compared.

    `changes` has a `Change` for every number with a score in either run, or
    that fails now and did not. Models and references of one run only are
    named, and their numbers do not count: whether one was renamed is for the
    reader to say. `versions` are models and references whose version differs:
    (name, before, after).
    """

    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]
    threshold: float = THRESHOLD
    models_gone: tuple[str, ...] = ()
    models_added: tuple[str, ...] = ()
    references_gone: tuple[str, ...] = ()
    references_added: tuple[str, ...] = ()
    versions: tuple[tuple[str, str, str], ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """``worse``, ``better``, ``mixed`` or ``unchanged``, in one word."""
        down = sum(self.counts[kind] for kind in ("lost", "failing", "worse"))
        up = sum(self.counts[kind] for kind in ("new", "better"))
        if down and up:
            return "mixed"
        return "worse" if down else "better" if up else "unchanged"

    def table(self) -> pd.DataFrame:
        """Return a row for every number that is not unchanged."""
        rows = [vars(c) | {"step": c.step} for c in self.changes if c.kind != KINDS[-1]]
        names = [*KEY, "kind", "before", "after", "step", "status_before", "status"]
        return pd.DataFrame(rows, columns=[*names, "message"])
