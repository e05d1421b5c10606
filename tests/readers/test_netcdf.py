"""NetCDF files as their writers left them, in memory or lazy."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import netCDF4
import numpy as np
import pytest
import xarray as xr

from benchmark.errors import InputError
from benchmark.readers import netcdf, open_grid
from benchmark.readers.select import Wanted

Make = Callable[..., Any]


@pytest.fixture
def one_file(tmp_path: Path, gridded: Make, gpp_values: Make) -> Path:
    """Three years of 10 x 72 cells, 4 bytes each: 2880 bytes a month."""
    path = tmp_path / "gpp.nc"
    gridded(gpp_values(36)).to_netcdf(path)
    return path


@pytest.fixture
def yearly_files(tmp_path: Path, gridded: Make, gpp_values: Make) -> Path:
    """One file a year, whose names do not sort in time."""
    data = gridded(gpp_values(36))
    for name, first in (("c", 0), ("a", 12), ("b", 24)):
        part = data.isel(time=slice(first, first + 12))
        part.to_netcdf(tmp_path / f"gpp_{name}.nc")
    return tmp_path


def test_small_files_are_read_at_once(one_file: Path) -> None:
    """A small file is in memory, and may be deleted."""
    data = open_grid([str(one_file)])
    one_file.unlink()
    assert data["gpp"].chunks is None
    assert float(data["gpp"].max()) > 0


def test_large_files_are_chunked_in_time(
    one_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large file is cut in time only, into chunks of the size that is set."""
    whole = open_grid([str(one_file)])["gpp"]
    monkeypatch.setattr(netcdf, "CHUNK_BYTES", 5 * 2880)
    lazy = open_grid([str(one_file)])["gpp"]
    assert lazy.chunks == ((5, 5, 5, 5, 5, 5, 5, 1), (10,), (72,))
    np.testing.assert_array_equal(lazy.to_numpy(), whole.to_numpy())


def test_chunk_is_never_less_than_a_step(
    one_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step larger than a chunk is a chunk of its own."""
    monkeypatch.setattr(netcdf, "CHUNK_BYTES", 10)
    assert open_grid([str(one_file)])["gpp"].chunks[0] == (1,) * 36


@pytest.mark.parametrize("chunk_bytes", [2**20, 2880])
def test_files_are_joined_in_time(
    yearly_files: Path, chunk_bytes: int, monkeypatch: pytest.MonkeyPatch,
    gpp_values: Make,
) -> None:  # fmt: skip
    """Several files stand in the order of their dates, whatever their names."""
    monkeypatch.setattr(netcdf, "CHUNK_BYTES", chunk_bytes)
    data = open_grid([str(yearly_files / "gpp_*.nc")])
    assert [date.year for date in data["time"].to_numpy()[::12]] == [2000, 2001, 2002]
    np.testing.assert_array_equal(data["gpp"].to_numpy(), gpp_values(36))
    assert len(data.attrs["files"]) == 3
    assert data["lat_bnds"].dims == ("lat", "bnds")


def test_files_of_different_grids(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """Files of two grids are refused, and not filled up with missing values."""
    data = gridded(gpp_values(24))
    data.isel(time=slice(0, 12)).to_netcdf(tmp_path / "a.nc")
    data.isel(time=slice(12, 24), lon=slice(0, 70)).to_netcdf(tmp_path / "b.nc")
    with pytest.raises(InputError, match=r"2 files do not fit .* one grid in 'files:'"):
        open_grid([str(tmp_path / "*.nc")])


def test_files_without_time_are_merged(tmp_path: Path, gridded: Make) -> None:
    """Static variables of several files stand side by side."""
    for name in ("a", "b"):
        data = gridded(np.ones((12, 10, 72)), name=name).isel(time=0, drop=True)
        data.to_netcdf(tmp_path / f"{name}.nc")
    data = open_grid([str(tmp_path / "*.nc")], time=False)
    assert {"a", "b", "lat_bnds"} <= set(data.variables)


def test_packed_integers(tmp_path: Path) -> None:
    """Packed values are 0.5 n + 10, and the fill value is missing."""
    path = tmp_path / "packed.nc"
    with netCDF4.Dataset(path, "w") as file:
        file.createDimension("lat", 3)
        variable = file.createVariable("gpp", "i2", ("lat",), fill_value=-1)
        variable.set_auto_maskandscale(False)
        variable.scale_factor, variable.add_offset = 0.5, 10.0
        variable[:] = [0, 3, -1]
    values = open_grid([str(path)])["gpp"].to_numpy()
    np.testing.assert_array_equal(values, [10.0, 11.5, np.nan])


def test_two_fill_values(tmp_path: Path) -> None:
    """_FillValue and missing_value may differ: both are missing, no warning."""
    path = tmp_path / "two.nc"
    with netCDF4.Dataset(path, "w") as file:
        file.createDimension("lat", 4)
        variable = file.createVariable("gpp", "f4", ("lat",), fill_value=-999.0)
        variable.missing_value = np.float32(1e20)
        variable.set_auto_mask(False)
        variable[:] = [1.0, -999.0, 1e20, 2.0]
    values = open_grid([str(path)])["gpp"].to_numpy()
    np.testing.assert_array_equal(values, [1.0, np.nan, np.nan, 2.0])


def test_values_are_those_of_xarray(one_file: Path) -> None:
    """Values and dates are what xarray decodes."""
    ours = open_grid([str(one_file)])
    coder = xr.coders.CFDatetimeCoder(use_cftime=True)
    with xr.open_dataset(one_file, decode_times=coder) as theirs:
        np.testing.assert_array_equal(ours["gpp"].to_numpy(), theirs["gpp"].to_numpy())
        assert list(ours["time"].to_numpy()) == list(theirs["time"].to_numpy())
        assert ours["gpp"].dtype == theirs["gpp"].dtype


def test_truncated_file(one_file: Path) -> None:
    """Half a file is refused with what to do."""
    one_file.write_bytes(one_file.read_bytes()[:3000])
    with pytest.raises(InputError, match=r"gpp\.nc: cannot be opened .* copy it again"):
        open_grid([str(one_file)])


def test_no_time_steps(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """A file whose time axis is empty, as after a failed run, is refused."""
    path = tmp_path / "none.nc"
    gridded(gpp_values(12)).isel(time=slice(0, 0)).to_netcdf(path)
    with pytest.raises(InputError, match="time has no steps"):
        open_grid([str(path)])


def test_broken_time_can_be_left_alone(tmp_path: Path, gridded: Make) -> None:
    """A static variable is read whatever the units of time are."""
    path = tmp_path / "static.nc"
    data = gridded(np.ones((12, 10, 72))).isel(time=[0])
    data = data.assign_coords(time=("time", [0.0], {"units": "day as %Y%m%d.%f"}))
    data.to_netcdf(path)
    assert open_grid([str(path)], time=False)["gpp"].shape == (1, 10, 72)
    with pytest.raises(InputError, match=r"day as .*'static: true' and 'period:'"):
        open_grid([str(path)])


def test_file_that_must_not_be_read(
    one_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file without permission is refused in words."""

    def refuse(self: Path, *_: object) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"gpp\.nc: cannot be read \(permission"):
        open_grid([str(one_file)])


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), RuntimeError("x")])
def test_file_that_breaks_while_it_is_read(
    error: Exception, one_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the disk refuses later is an error of that file too."""

    def refuse(self: xr.Dataset) -> xr.Dataset:
        raise error

    monkeypatch.setattr(xr.Dataset, "load", refuse)
    with pytest.raises(InputError, match=r"gpp\.nc: cannot be opened as NetCDF"):
        open_grid([str(one_file)])


def test_calendars_that_differ(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """Files of two calendars are refused with both names; Gregorian ones are one."""
    parts = {"a": ("noleap", 2000), "b": ("360_day", 2001)}
    for name, (calendar, start) in parts.items():
        data = gridded(gpp_values(12), start=start, calendar=calendar)
        data.to_netcdf(tmp_path / f"{name}.nc")
    with pytest.raises(
        InputError, match=r"b\.nc: .* '360_day', and .*a\.nc in 'noleap'"
    ):
        open_grid([str(tmp_path / "*.nc")])
    for name, calendar in (("a", "standard"), ("b", "proleptic_gregorian")):
        data = gridded(gpp_values(12), start=parts[name][1], calendar=calendar)
        data.to_netcdf(tmp_path / f"{name}.nc")
    assert open_grid([str(tmp_path / "*.nc")]).sizes["time"] == 24


def test_other_variables_of_a_history_file(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """What is along time and not wanted is left out; areas and bounds stay."""
    data = gridded(gpp_values(12))
    data["AR"] = data["gpp"]
    data["area"] = data["gpp"].isel(time=0, drop=True)
    data["weight"] = data["gpp"].copy()
    data["gpp"].attrs["ancillary_variables"] = "weight"
    data.to_netcdf(tmp_path / "h0.nc", unlimited_dims="time")
    names = set(open_grid([str(tmp_path / "h0.nc")], wanted=Wanted(("gpp",))).variables)
    assert {"gpp", "area", "weight", "lat_bnds", "time"} <= names
    assert "AR" not in names
    assert "AR" in open_grid([str(tmp_path / "h0.nc")], wanted=Wanted(("x",)))


def test_hdf5_without_dimensions(tmp_path: Path) -> None:
    """HDF5 that names no dimensions is refused with the shapes it has."""
    shutil.copy(Path(__file__).parents[1] / "data" / "plain.h5", tmp_path / "a.nc")
    with pytest.raises(InputError, match=r"HDF5.*gpp \(3, 4\)"):
        open_grid([str(tmp_path / "a.nc")])
