"""Readers of third parties."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.model import open_variable
from benchmark.readers import readers

SOURCE = VariableSource(files=("somewhere.bin",), static=True)


@pytest.fixture
def third_party(
    gridded: Callable[..., Any], gpp_values: Callable[..., Any]
) -> Iterator[str]:
    """Register a reader of a format of its own."""

    @readers.register("my_format")
    def read(source: VariableSource, model: Model) -> xr.Dataset:
        data = gridded(gpp_values(12)).mean("time", keep_attrs=True)
        return data.assign_attrs(files=list(source.files))

    yield "my_format"
    del readers._plugins["my_format"]


def test_third_party_reader(third_party: str) -> None:
    """What a registered reader gives is harmonised like a file of our own."""
    model = Model("A", {"gpp": SOURCE}, Path("m.yaml"), reader=third_party)
    opened = open_variable(model, "gpp")
    assert opened.where == "somewhere.bin: gpp"
    assert opened.field.dims == ("lat", "lon")
    assert "cell_area" in opened.field.coords


def test_readers_that_ship() -> None:
    """Grids and tables are read without any plug-in."""
    assert {"netcdf", "regional_table"} <= set(readers.names())


def test_unknown_reader() -> None:
    """An unknown reader is named, with the file that says it and the nearest."""
    model = Model("A", {"gpp": SOURCE}, Path("m.yaml"), reader="netcdf4")
    with pytest.raises(InputError, match=r"m\.yaml: .*'netcdf4'.*mean 'netcdf'"):
        open_variable(model, "gpp")
