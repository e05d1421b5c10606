"""Reads a kept run back, believing nothing that its files say of themselves."""

import json
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.errors import ConfigError
from benchmark.saved.addresses import RUN_FILE, inside
from benchmark.saved.datasets import read_groups
from benchmark.saved.inline import difference, opened
from benchmark.saved.typed import Opened, typed
from benchmark.saved.writing import FORMAT
from benchmark.score.result import COLUMNS, RunResult

_LARGEST = 500_000_000
_KINDS = {"text", "number", "integer", "truth"}


def load_run(source: Path) -> RunResult:
    """Read a run that `save_run` kept.

    Parameters
    ----------
    source : Path
        The folder of a run or report, or its ``scores.csv``.

    Returns
    -------
    RunResult
        With which `benchmark.write_report` makes the same pages, byte for byte.

    Raises
    ------
    ConfigError
        If there is no run, or it is broken, changed since, of a newer version,
        or points out of its folder. No model or reference file is opened, and
        nothing of what is read is executed.
    """
    folder = run_folder(source)
    path = folder / RUN_FILE
    head = _head(path)
    parts = _Parts(folder, path, head["files"])
    means = Opened(path, parts.dataset, parts.table)
    result: RunResult = typed(RunResult, head["result"], "", means)
    missing = [name for name in COLUMNS if name not in result.scores]
    if missing and len(result.scores):
        msg = f"{folder / 'scores.csv'}: has no column '{missing[0]}'."
        raise ConfigError([msg])
    return result


def run_folder(source: Path) -> Path:
    """Return the folder of a kept run.

    Parameters
    ----------
    source : Path
        That folder, or the ``scores.csv`` in it.

    Returns
    -------
    Path

    Raises
    ------
    ConfigError
        If it holds no run.
    """
    folder = source.parent if source.suffix == ".csv" else source
    if not source.exists():
        msg = (
            f"{source}: does not exist; expected the folder of a run or its scores.csv."
        )
        raise ConfigError([msg])
    if not (folder / RUN_FILE).is_file():
        msg = (
            f"{folder}: holds no {RUN_FILE}, which 'permabench run' writes beside "
            "scores.csv; without it pages cannot be made again. Run the suite again."
        )
        raise ConfigError([msg])
    return folder


def _head(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            msg = f"larger than {_LARGEST / 1e6:.0f} MB"
            raise ValueError(msg)
        head = json.loads(path.read_bytes().decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError([f"{path}: cannot be read ({error})."]) from error
    number = head.get("permabench_run") if isinstance(head, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        msg = f"{path}: is no kept run of permabench; 'permabench_run' is missing."
        raise ConfigError([msg])
    if number != FORMAT:
        version = str(head.get("permabench", "unknown"))[:40]
        what = "newer" if number > FORMAT else "older"
        msg = (
            f"{path}: of format {number}, by a {what} permabench ({version}); expected "
            f"format {FORMAT}. Use that version, or run the suite again."
        )
        raise ConfigError([msg])
    if not isinstance(head.get("files"), dict) or "result" not in head:
        msg = f"{path}: is broken: expected 'files' and 'result'."
        raise ConfigError([msg])
    return head


class _Parts:
    """The files of a run, each read once and checked against its sha256."""

    def __init__(self, folder: Path, path: Path, sums: dict[str, Any]) -> None:
        self._folder, self._path, self._sums = folder, path, sums
        self._content: dict[str, bytes] = {}

    def dataset(self, value: Any, where: str) -> xr.Dataset:
        place = f"{self._path}: {where}"
        if isinstance(value, dict) and "values" in value:
            return _inline(value["values"], place)
        if not isinstance(value, dict) or not isinstance(value.get("group"), str):
            msg = f"{place}: expected a file and a group of it."
            raise ConfigError([msg])
        content = self._read(value.get("file"), place)
        group = value["group"]
        path = self._folder / value["file"]
        data = read_groups(content, path, [group])[group]
        if "difference" not in value:
            return data
        return _with_difference(data, value["difference"], place)

    def table(self, value: Any, where: str) -> pd.DataFrame:
        place = f"{self._path}: {where}"
        kinds = value.get("columns") if isinstance(value, dict) else None
        if not isinstance(kinds, dict) or set(map(str, kinds.values())) - _KINDS:
            msg = f"{place}: expected a table with 'columns' of known kinds."
            raise ConfigError([msg])
        if "file" in value:
            values = self._lines(value["file"], list(kinds), place)
        else:
            values = value.get("values")
        try:
            made = {
                name: _column(column, kinds[name])
                for name, column in zip(kinds, values, strict=True)
            }
            return pd.DataFrame(made, columns=list(kinds))
        except (ValueError, TypeError, OverflowError) as error:
            raise ConfigError([f"{place}: no such table ({error})."]) from error

    def _lines(self, file: Any, names: list[str], place: str) -> list[list[str]]:
        content = self._read(file, place)
        try:
            text = content.decode("utf-8")
            table = pd.read_csv(
                StringIO(text), dtype=str, na_filter=False, keep_default_na=False
            )
        except (ValueError, pd.errors.ParserError) as error:
            msg = f"{self._folder / file}: no table ({error})."
            raise ConfigError([msg]) from error
        if list(table.columns) != names:
            msg = f"{self._folder / file}: the columns are not those of {self._path}."
            raise ConfigError([msg])
        return [table[name].tolist() for name in names]

    def _read(self, file: Any, place: str) -> bytes:
        path = inside(self._folder, file, place)
        if file not in self._content:
            try:
                content = path.read_bytes()
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                raise ConfigError([f"{path}: cannot be read ({reason})."]) from error
            if sha256(content).hexdigest() != self._sums.get(file):
                msg = (
                    f"{path}: was changed after the run: its sha256 is not the one in "
                    f"{self._path}. Run the suite again, or restore the file."
                )
                raise ConfigError([msg])
            self._content = {file: content}
        return self._content[file]


def _inline(value: Any, place: str) -> xr.Dataset:
    try:
        return opened(value)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:
        raise ConfigError([f"{place}: no such dataset ({error})."]) from error


def _with_difference(data: xr.Dataset, about: Any, place: str) -> xr.Dataset:
    if not isinstance(about, dict) or not {"model", "reference"} <= set(data.data_vars):
        msg = f"{place}: expected a model and a reference, whose difference this is."
        raise ConfigError([msg])
    return data.assign(difference=difference(data, about))


def _column(values: Any, kind: str) -> pd.Series:
    if not isinstance(values, list):
        msg = f"expected a list, found {values!r:.40}"
        raise TypeError(msg)
    if kind == "number":
        numbers = [
            float("nan") if value in ("", None) else float(value) for value in values
        ]
        return pd.Series(np.array(numbers, np.float64))
    if kind == "integer":
        return pd.Series(np.array([int(value) for value in values], np.int64))
    if kind == "truth":
        return pd.Series([str(value) == "True" for value in values], dtype="bool")
    return pd.Series([str(value) for value in values], dtype="str")
