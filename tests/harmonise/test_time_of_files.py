"""Odd time axes from a file on disk to the report of `check`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from benchmark.config.descriptors import Model, TimeStated, VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.model import open_variable
from benchmark.readers.netcdf import open_grid

Make = Callable[..., Any]


def model(folder: Path, **source: Any) -> Model:
    """Return a model of the files of a folder."""
    entry = VariableSource((f"{folder}/*.nc",), variable="gpp", **source)
    return Model("m", {"gpp": entry}, folder / "m.yaml")


def plain(data: xr.Dataset, numbers: object, name: str, **attrs: str) -> xr.Dataset:
    """Return data with other numbers as the coordinate of time."""
    bare = data.drop_vars("time").rename(time=name)
    return bare.assign_coords({name: (name, np.asarray(numbers), attrs)})


def test_months_since_under_another_name(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """`months since` along `time_counter` is read, and said in the conversions."""
    data = plain(gridded(gpp_values(36)), np.arange(36), "time_counter",
                 units="months since 2000-01-01", calendar="no_leap")  # fmt: skip
    data.to_netcdf(tmp_path / "a.nc")
    opened = open_variable(model(tmp_path, time_stamp="start"), "gpp")
    assert opened.field["month"].values.tolist() == list(range(1, 13)) * 3
    assert opened.field["year"].values[-1] == 2002
    assert "time is called 'time_counter' in the file" in opened.conversions


def test_configuration_says_what_the_numbers_are(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """1 to 36 are refused, and read with the line that the refusal gives."""
    data = plain(gridded(gpp_values(36)), np.arange(1, 37), "time")
    data.to_netcdf(tmp_path / "a.nc")
    with pytest.raises(InputError, match=r"time: \{units: "):
        open_variable(model(tmp_path), "gpp")
    stated = TimeStated("months since 1999-12-16", "noleap")
    opened = open_variable(model(tmp_path, time=stated), "gpp")
    assert opened.field["year"].values[[0, -1]].tolist() == [2000, 2002]


def test_mixed_calendars(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """Files of one series in two calendars are refused, both named."""
    for name, start, calendar in (("a", 2000, "noleap"), ("b", 2001, "360_day")):
        gridded(gpp_values(12), start=start, calendar=calendar).to_netcdf(
            tmp_path / f"{name}.nc"
        )
    with pytest.raises(InputError, match=r"b\.nc: .*'360_day', and .*a\.nc in 'noleap"):
        open_grid([f"{tmp_path}/*.nc"])


def test_gap_between_files(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """A year without a file is left out where that is allowed, and warned of."""
    for start in (2000, 2002):
        gridded(gpp_values(12), start=start).to_netcdf(tmp_path / f"{start}.nc")
    with pytest.raises(InputError, match="12 months are missing: 2001-01"):
        open_variable(model(tmp_path), "gpp")
    opened = open_variable(model(tmp_path, gaps="allow"), "gpp")
    assert opened.field.sizes["time"] == 36
    assert bool(opened.field.isel(time=slice(12, 24)).isnull().all())
    assert any("years left out: 2001" in text for text in opened.warnings)
    assert "years left out: 2001" in opened.remark


def test_repeated_months_in_a_file(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """Months of a restart are kept once if equal, and refused if not."""
    data = gridded(gpp_values(24))
    xr.concat([data.isel(time=slice(0, 20)), data.isel(time=slice(12, 24))], "time",
              data_vars="minimal").to_netcdf(tmp_path / "a.nc")  # fmt: skip
    opened = open_variable(model(tmp_path), "gpp")
    assert opened.field.sizes["time"] == 24
    assert any("first kept: 2001-01-1" in text for text in opened.conversions)
    again = data.isel(time=slice(12, 24))
    again = again.assign(gpp=again["gpp"] * 1.5)
    xr.concat([data.isel(time=slice(0, 20)), again], "time",
              data_vars="minimal").to_netcdf(tmp_path / "a.nc")  # fmt: skip
    with pytest.raises(InputError, match="different values: 2001-0"):
        open_variable(model(tmp_path), "gpp")
