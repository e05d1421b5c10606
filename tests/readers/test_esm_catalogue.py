"""Catalogues of the ESM collection specification."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from benchmark.config import Model, load_models
from benchmark.errors import InputError
from benchmark.harmonise.model import open_variable

Make = Callable[..., Any]
COLUMNS = {"source_id": "A", "experiment_id": "historical", "member_id": "r1i1p1f1"}


@pytest.fixture
def catalogue(tmp_path: Path, gridded: Make, gpp_values: Make) -> Callable[..., Model]:
    """Give a function that writes a catalogue of GPP and loads a model of it."""

    def make(
        rows: list[dict[str, str]], *, table: str = "all.csv.gz", **entries: object
    ) -> Model:
        folder = tmp_path / "data"
        folder.mkdir()
        for row in rows:
            if row["path"].endswith(".nc"):
                start = int(row.pop("start", 2000))
                data = gridded(gpp_values(12), start=start)
                data.to_netcdf(tmp_path / row["path"])
        about: dict[str, object] = {
            "esmcat_version": "0.1.0",
            "attributes": [{"column_name": "source_id"}],
            "assets": {"column_name": "path", "format": "netcdf"},
            "aggregation_control": {
                "variable_column_name": "variable_id",
                "groupby_attrs": ["source_id", "experiment_id"],
            },
        }
        if table:
            pd.DataFrame(rows).to_csv(tmp_path / table, index=False)
            about["catalog_file"] = table
        else:
            about["catalog_dict"] = rows
        (tmp_path / "c.json").write_text(json.dumps(about))
        config = {"model": "A", "files": "c.json", "variables": ["gpp"], **entries}
        (tmp_path / "m.yaml").write_text(yaml.safe_dump(config))
        return load_models(tmp_path / "m.yaml")[0]

    return make


@pytest.mark.parametrize("table", ["all.csv.gz", "all.csv", ""])
def test_catalogue(table: str, catalogue: Callable[..., Model]) -> None:
    """Files of one run are joined, wherever the table is."""
    rows = [
        {**COLUMNS, "variable_id": "gpp", "path": f"data/{year}.nc", "start": str(year)}
        for year in (2000, 2001)
    ]
    opened = open_variable(catalogue(rows, table=table), "gpp")
    assert opened.field.sizes["time"] == 24


def test_catalogue_of_stores(
    tmp_path: Path, catalogue: Callable[..., Model], gridded: Make, gpp_values: Make
) -> None:
    """An asset may be a store, and hold a list of variables."""
    pytest.importorskip("zarr", reason="zarr is an optional extra")
    gridded(gpp_values(12)).to_zarr(
        tmp_path / "a.zarr", zarr_format=3, consolidated=False
    )
    rows = [{**COLUMNS, "variable_id": "['gpp', 'rh']", "path": "a.zarr"}]
    assert open_variable(catalogue(rows), "gpp").field.sizes["time"] == 12


def test_several_runs(catalogue: Callable[..., Model]) -> None:
    """Two members are refused with the line to write."""
    rows = [
        {**COLUMNS, "member_id": m, "variable_id": "gpp", "path": f"data/{m}.nc"}
        for m in ("r1", "r2")
    ]
    with pytest.raises(InputError, match=r"'select: \{member_id: r1\}'"):
        open_variable(catalogue(rows), "gpp")


def test_variable_that_is_not_listed(catalogue: Callable[..., Model]) -> None:
    """The message has the variables that are."""
    rows = [{**COLUMNS, "variable_id": "tas", "path": "data/a.nc"}]
    with pytest.raises(InputError, match=r"lists no gpp; found tas\."):
        open_variable(catalogue(rows), "gpp")


def test_table_that_is_missing(tmp_path: Path, catalogue: Callable[..., Model]) -> None:
    """A catalogue without its table is refused with the table's path."""
    rows = [{**COLUMNS, "variable_id": "gpp", "path": "data/a.nc"}]
    model = catalogue(rows)
    (tmp_path / "all.csv.gz").unlink()
    with pytest.raises(InputError, match=r"its table .*all\.csv\.gz cannot be read"):
        open_variable(model, "gpp")
