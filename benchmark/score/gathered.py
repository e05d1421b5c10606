"""What a run gathers: rows, evidence, notes, and what it has checked already."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd
import xarray as xr

from benchmark.ensemble import NetFlux
from benchmark.errors import InputError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variable import Variable
from benchmark.score.checks import run_checks
from benchmark.score.reference_rows import (
    ReferenceTable,
    family_of,
    reference_table,
)
from benchmark.score.references import OpenedReference
from benchmark.score.result import Evidence, Note
from benchmark.score.task import Row


@dataclass
class Gathered:
    """What a run has gathered so far."""

    rows: list[Row] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    evidence: dict[tuple[str, str], Evidence] = field(default_factory=dict)
    tables: dict[tuple[str, str], ReferenceTable | None] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    companions: dict[tuple[str, str], object] = field(default_factory=dict)
    net_fluxes: dict[str, NetFlux] = field(default_factory=dict)
    draws: int = 0

    def unchecked(self, items: list[OpenedReference]) -> list[tuple[str, Harmonised]]:
        """Return the gridded references that have not been tested yet."""
        return [
            (item.reference.name, item.field)
            for item in items
            if item.field is not None and item.reference.name not in self.problems
        ]

    def check_references(
        self,
        unchecked: list[tuple[str, Harmonised]],
        found: dict[str, dict[str, xr.DataArray]],
        variable: Variable,
    ) -> None:
        """Test references as models are, once in a run; their notes are kept."""
        for name, opened in unchecked:
            self.problems[name] = ""
            warnings = list(opened.warnings)
            try:
                warnings += run_checks(opened, variable, found[name])
            except InputError as error:
                self.problems[name] = str(error)
                warnings.append(str(error))
            self.note("", variable.name, opened, warnings)

    def note(
        self,
        model: str,
        variable: str,
        opened: Harmonised,
        warnings: list[str],
        extra: Sequence[str] = (),
    ) -> None:
        """Keep what was opened, what was done to it and what is odd in it."""
        self.files += opened.files
        file = opened.where.split(": ")[0]
        done = (*opened.conversions, *extra)
        for kind, texts in (("conversion", done), ("warning", warnings)):
            self.notes += [Note(model, variable, file, kind, text) for text in texts]

    def net_flux(
        self, name: str, family: str, mean: xr.DataArray, *, is_reference: bool
    ) -> None:
        """Keep the mean NEE of a gridded model or reference, for the ensemble."""
        made = NetFlux(name, family_of(family), mean, is_reference)
        self.net_fluxes[name] = made

    def table(self, name: str, rows: pd.DataFrame, own: str) -> ReferenceTable | None:
        """Return a reference without a family, made once for each family."""
        key = name, family_of(own)
        if key not in self.tables:
            self.tables[key] = reference_table(rows, own)
        return self.tables[key]
