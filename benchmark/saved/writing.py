"""Keeps a finished run, so that its pages can be made again from the folder."""

import json
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

import benchmark
from benchmark.atomic import write_text
from benchmark.report.slugs import slugs
from benchmark.saved.addresses import RUN_FILE, inside, pair_files
from benchmark.saved.datasets import write_groups
from benchmark.saved.inline import inlined, without_difference
from benchmark.saved.plain import Trail, columns, plain
from benchmark.saved.settling import settled
from benchmark.score.files import write_scores
from benchmark.score.result import RunResult

# Counts up when files of an earlier version can no longer be read.
FORMAT = 2


def save_run(result: RunResult, folder: Path) -> RunResult:
    """Write the tables of a run, and everything that its pages need.

    Parameters
    ----------
    result : RunResult
        A finished run; it is not changed.
    folder : Path
        Made if it does not exist.

    Returns
    -------
    RunResult
        The run as `load_run` will return it, see `settled`.

    Notes
    -----
    Beside what `benchmark.score.write_scores` writes: ``data/*.nc``, the
    evidence of a model and a reference each where it is more than a few numbers
    (a difference is the model minus the reference, and is not written),
    ``run/*.nc``, other fields, and
    ``run/run.json``, which holds everything else and is written last, with the
    sha256 of all files that it needs.
    """
    write_scores(result, folder)
    kept = settled(result)
    before = _listed(folder)
    shelves = _Shelves(kept)
    whole = {f.name: shelves.field(f.name) for f in fields(RunResult)}
    sums = {name: _sum(_text(table)) for name, table in shelves.tables.items()}
    for name, table in shelves.tables.items():
        write_text(folder / name, _text(table))
    for address, groups in shelves.files.items():
        about = shelves.about.get(address, {"title": kept.title or kept.name})
        content = write_groups(folder / address, groups, about)
        sums[address] = sha256(content).hexdigest()
    made = {
        "permabench_run": FORMAT,
        "permabench": benchmark.__version__,
        "files": sums,
        "result": whole,
    }
    text = json.dumps(made, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    write_text(folder / RUN_FILE, text + "\n")
    for path in before - {folder / address for address in sums}:
        path.unlink(missing_ok=True)
    return kept


class _Shelves:
    """Where the tables and datasets of a run go while it is made plain."""

    def __init__(self, kept: RunResult) -> None:
        self._kept = kept
        self._pairs = pair_files(kept)
        self.tables: dict[str, pd.DataFrame] = {}
        self.files: dict[str, dict[str, xr.Dataset]] = {}
        self.about = {
            address: _about(kept, *pair) for pair, address in self._pairs.items()
        }

    def field(self, name: str) -> Any:
        value = getattr(self._kept, name)
        # Tables of the whole run are files that a person can read.
        if isinstance(value, pd.DataFrame) and len(value):
            self.tables[f"{name}.csv"] = value
            return {"file": f"{name}.csv", "columns": columns(value)}
        return plain(value, (name,), self._keep)

    def _keep(self, data: xr.Dataset, trail: Trail) -> dict[str, Any]:
        if trail[0] == "evidence" and len(trail) > 3:
            pair = trail[1], trail[2]
            if pair not in self._pairs:
                return {"values": inlined(data)}
            address, rest = self._pairs[pair], trail[3:]
        else:
            address, rest = f"run/{trail[0]}.nc", trail[1:] or ("values",)
        group = "/".join(
            part if part.isidentifier() and part.isascii() else slugs([part])[part]
            for part in rest
        )
        rest_of, left_out = without_difference(data)
        self.files.setdefault(address, {})[group] = rest_of
        place = {"file": address, "group": group}
        return place if left_out is None else {**place, "difference": left_out}


def _about(kept: RunResult, model: str, reference: str) -> dict[str, str]:
    """Say in a file of data whose they are, and on what terms."""
    told = {"title": kept.title or kept.name, "model": model, "reference": reference}
    for kind, thing in (
        ("model", kept.models.get(model)),
        ("reference", kept.references.get(reference)),
    ):
        if thing is not None:
            for key in ("version", "citation", "doi", "licence"):
                told[f"{kind}_{key}"] = getattr(thing, key)
    return {key: text for key, text in told.items() if text}


def _text(table: pd.DataFrame) -> str:
    return table.to_csv(index=False)


def _sum(text: str) -> str:
    return sha256(text.encode("utf-8", errors="replace")).hexdigest()


def _listed(folder: Path) -> set[Path]:
    """Return the files of an earlier run in the folder, as far as it can be read."""
    try:
        names = json.loads((folder / RUN_FILE).read_text("utf-8"))["files"]
        return {inside(folder, name, RUN_FILE) for name in names}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return set()
