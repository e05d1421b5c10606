"""A world: its answers, the files a model has of it, and what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import yaml

from worlds.answers import Answers
from worlds.fields import GROSS, descriptor_units, field_of, wetland_field
from worlds.grids import region_entries
from worlds.tables import write_table


@dataclass(frozen=True)
class World(Answers):
    """Known answers, and files that have them; see `Answers` for what it is made of."""

    @property
    def region_entries(self) -> list[dict[str, object]]:
        """The regions as ``regions:`` of a suite."""
        return region_entries(self.boxes)

    def changed(self, variable: str, **changes: Any) -> Self:
        """Return the world with another cycle of a variable."""
        cycle = replace(self.cycles[variable], **changes)
        return replace(self, cycles={**self.cycles, variable: cycle})

    def shifted(self, variable: str, days: float) -> Self:
        """Return it with every maximum and minimum later by days (of 365)."""
        peak = self.cycles[variable].peak
        later = [p + days for p in peak] if isinstance(peak, Sequence) else peak + days
        return self.changed(variable, peak=later)

    def scaled(self, variable: str, factor: float) -> Self:
        """Return it with a variable multiplied by a number."""
        return self.changed(variable, factor=self.cycles[variable].factor * factor)

    def constant(self, variable: str) -> Self:
        """Return it with the same means, but every month and year alike."""
        return self.changed(
            variable, amplitude=0.0, cold_share=None, trend=0.0, anomalies=None
        )

    def opposite(self, variable: str) -> Self:
        """Return it with the sign of a net flux turned, or half a year late."""
        if variable in GROSS:
            return self.shifted(variable, 182.5)
        return self.scaled(variable, -1.0)

    def without(self, name: str) -> Self:
        """Return it without a variable, or without values in a region."""
        if name in self.boxes:
            return replace(self, lacking=(*self.lacking, name))
        rest = {key: cycle for key, cycle in self.cycles.items() if key != name}
        return replace(self, cycles=rest)

    def variants(self, variable: str) -> dict[str, Self]:
        """Return the worlds every metric is tested with, by name."""
        return {
            "perfect": self,
            "constant": self.constant(variable),
            "opposite": self.opposite(variable),
            "shifted": self.shifted(variable, 30.0),
            "scaled": self.scaled(variable, 2.0),
            "missing": self.without(self.regions[0]),
        }

    def write(
        self,
        folder: Path,
        name: str = "model",
        *,
        units: Mapping[str, str] | None = None,
        sign: Mapping[str, str] | None = None,
        area_basis: Mapping[str, str] | None = None,
        daily: bool = False,
    ) -> Path:
        """Write NetCDF files of all variables, and the YAML of a model of them.

        Parameters
        ----------
        folder : Path
            Where; files are named after the model.
        name : str
            The model's name.
        units : mapping, optional
            How a variable spells its units, see `worlds.fields.UNITS`.
        sign : mapping, optional
            ``down`` for a net flux that is positive to the land.
        area_basis : mapping, optional
            ``cell`` or ``wetland``; values are per that area then.
        daily : bool
            Whether soil temperature is daily.

        Returns
        -------
        Path
            ``<name>.yaml``.
        """
        units, sign, basis = units or {}, sign or {}, area_basis or {}
        entries: dict[str, Any] = {}
        for variable in self._written():
            file = f"{name}_{variable}.nc"
            data = field_of(
                self,
                variable,
                units=units.get(variable),
                sign=sign.get(variable, "up"),
                basis=basis.get(variable, "land"),
                daily=daily,
            )
            data.to_netcdf(folder / file)
            entries[variable] = {"files": file, **descriptor_units(data, variable)}
            if variable in basis:
                entries[variable]["area_basis"] = basis[variable]
            if variable in sign:
                entries[variable]["sign"] = sign[variable]
        fraction = f"{name}_sftlf.nc"
        wetland_field(self, "sftlf", 100.0 * self.land).to_netcdf(folder / fraction)
        model = {
            "model": name,
            "land_fraction": {"files": fraction, "name": "sftlf"},
            "variables": entries,
        }
        path = folder / f"{name}.yaml"
        path.write_text(yaml.safe_dump(model, sort_keys=False), encoding="utf-8")
        return path

    def reference(
        self,
        folder: Path,
        variable: str,
        metrics: Sequence[str],
        *,
        kind: str = "field",
        name: str = "truth",
        steps: str = "annual",
        tolerance: float | None = None,
        scale: float | None = None,
        **keys: Any,
    ) -> Path:
        """Write a reference that is this world, and its descriptor.

        Parameters
        ----------
        folder : Path
            Where.
        variable : str
            What is scored.
        metrics : sequence of str
            By which.
        kind : {"field", "regional"}
            Maps, or a table of regional means.
        name : str
            The reference's name.
        steps : {"period", "annual", "climatology", "monthly"}
            Rows of the table.
        tolerance, scale : float, optional
            Of the scores, g m-2 yr-1 for fluxes.
        **keys
            More keys of the descriptor, such as ``companions``.

        Returns
        -------
        Path
            ``<name>.yaml``.
        """
        given = {"tolerance": tolerance, "scale": scale}
        stated = {key: value for key, value in given.items() if value is not None}
        about: dict[str, Any] = {
            "reference": name,
            "title": "A world with known answers",
            "variable": variable,
            "kind": kind,
            "scoring": {"metrics": list(metrics), **stated},
            **keys,
        }
        if kind == "field":
            data = field_of(self, variable)
            data.to_netcdf(folder / f"{name}.nc")
            about["data"] = {
                "files": f"{name}.nc",
                **descriptor_units(data, variable),
            }
        else:
            about |= write_table(self, folder, variable, name, steps)
        path = folder / f"{name}.yaml"
        path.write_text(yaml.safe_dump(about, sort_keys=False), encoding="utf-8")
        return path

    def _written(self) -> list[str]:
        names = list(self.cycles)
        names += ["cSoil"] * (self.soil is not None)
        names += ["tsl"] * (self.ground is not None)
        return names + ["wetlandFrac"] * (self.wetland is not None)
