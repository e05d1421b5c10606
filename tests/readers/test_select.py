"""Of several files, those that hold what is wanted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import InputError
from benchmark.readers.netcdf import read_netcdf
from benchmark.readers.select import wanted_of

Make = Callable[..., Any]
Names = Callable[..., list[str]]

MODEL = Model("m", {}, Path("m.yaml"))


@pytest.fixture
def folder(tmp_path: Path, gridded: Make, gpp_values: Make) -> Path:
    """Three years of four variables, one file each, and one year more of GPP."""
    values = gpp_values(48)
    for name, factor in (("GPP", 1), ("A", 2), ("B", 3), ("unused", 4)):
        data = gridded(factor * values, name=name)
        data.isel(time=slice(0, 36)).to_netcdf(tmp_path / f"{name}.nc")
        if name == "GPP":
            data.isel(time=slice(36, 48)).to_netcdf(tmp_path / "GPP_2003.nc")
    return tmp_path


def read(folder: Path, pattern: str = "*.nc", **source: object) -> Any:
    entry = VariableSource(files=(str(folder / pattern),), **source)  # type: ignore[arg-type]
    return read_netcdf(entry, MODEL)


def names(data: Any) -> list[str]:
    return [Path(file).name for file in data.attrs["files"]]


def test_by_name(folder: Path, gpp_values: Make) -> None:
    """Of one file per variable those of the name are joined in time."""
    data = read(folder, name="GPP")
    assert names(data) == ["GPP.nc", "GPP_2003.nc"]
    np.testing.assert_array_equal(data["GPP"].to_numpy(), gpp_values(48))
    assert "unused" not in data


def test_by_alias(folder: Path) -> None:
    """Without a name the aliases of the variable say which files are meant."""
    assert names(read(folder, variable="gpp")) == ["GPP.nc", "GPP_2003.nc"]


def test_by_standard_name(folder: Path, gridded: Make, gpp_values: Make) -> None:
    """Without a known name the standard name says which file is meant."""
    data = gridded(gpp_values(12), name="x")
    data["x"].attrs["standard_name"] = "soil_mass_content_of_carbon"
    data.to_netcdf(folder / "x.nc")
    assert names(read(folder, variable="cSoil")) == ["x.nc"]


def test_sum_over_files(folder: Path, gpp_values: Make) -> None:
    """The variables of a sum may each be in a file of their own."""
    data = read(folder, name="A + B")
    assert names(data) == ["A.nc", "B.nc"]
    total = (data["A"] + data["B"]).to_numpy()
    np.testing.assert_allclose(total, 5 * gpp_values(36), rtol=1e-6)


def test_name_that_looks_like_a_sum(
    folder: Path, gridded: Make, gpp_values: Make
) -> None:
    """A variable may be called like an expression."""
    gridded(gpp_values(12), name="A-B").to_netcdf(folder / "difference.nc")
    assert names(read(folder, name="A-B")) == ["difference.nc"]


def test_broken_time_of_another_variable(folder: Path, gridded: Make) -> None:
    """A file that is not needed is not decoded."""
    data = gridded(np.ones((12, 10, 72)), name="odd").isel(time=[0])
    data = data.assign_coords(time=("time", [0.0], {"units": "day as %Y%m%d.%f"}))
    data.to_netcdf(folder / "odd.nc")
    assert names(read(folder, name="A")) == ["A.nc"]


def test_none_holds_it(folder: Path) -> None:
    """Where no file has the variable, what each has is told, and the nearest."""
    with pytest.raises(InputError) as caught:
        read(folder, name="Gpp")
    assert str(caught.value) == (
        f"{folder}: none of 5 files has Gpp: A.nc has A; B.nc has B; GPP.nc has GPP; "
        "GPP_2003.nc has GPP; unused.nc has unused. Did you mean 'GPP'? Write 'name:', "
        "or correct 'files:'."
    )


def test_part_of_a_sum_is_missing(folder: Path) -> None:
    """Of a sum the missing variable is named."""
    with pytest.raises(InputError, match=r"none of 5 files has C: A\.nc has A"):
        read(folder, name="A + C")


def test_same_months_twice(folder: Path, gridded: Make, gpp_values: Make) -> None:
    """Two files of the same months are both named, and the first month."""
    gridded(gpp_values(24), name="GPP", start=2003).to_netcdf(folder / "GPP_other.nc")
    with pytest.raises(InputError) as caught:
        read(folder, name="GPP")
    message = str(caught.value)
    assert str(folder / "GPP_other.nc") in message
    assert "GPP_2003.nc" in message
    assert "GPP of 2003-01" in message


def test_days_of_one_month(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """Files of single days share a month, which is no mistake; a day twice is."""
    import cftime

    data = gridded(gpp_values(12)).isel(time=[0])
    for day in (1, 2, 3):
        time = [cftime.datetime(2000, 1, day, 12, calendar="noleap")]
        data.assign_coords(time=time).to_netcdf(tmp_path / f"gpp_{day}.nc")
    assert read(tmp_path, name="gpp").sizes["time"] == 3
    data.assign_coords(time=time).to_netcdf(tmp_path / "gpp_again.nc")
    with pytest.raises(InputError, match=r"gpp_again\.nc: .* so does .*gpp_3\.nc"):
        read(tmp_path, name="gpp")


def test_two_files_without_time(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """Two maps of one variable cannot be told apart, so both are named."""
    data = gridded(gpp_values(12), name="cSoil").isel(time=0, drop=True)
    for name in ("a", "b"):
        data.to_netcdf(tmp_path / f"{name}.nc")
    with pytest.raises(InputError, match=r"a\.nc: holds cSoil, and so does .*b\.nc"):
        read(tmp_path, variable="cSoil", static=True)


def test_parts_of_a_sum_on_two_grids(
    folder: Path, gridded: Make, gpp_values: Make
) -> None:
    """Parts of a sum on different grids are refused with both files."""
    part = gridded(gpp_values(36), name="C").isel(lon=slice(0, 70))
    part.to_netcdf(folder / "C.nc")
    with pytest.raises(InputError, match=r"A\.nc, C\.nc do not fit side by side"):
        read(folder, name="A + C")


def test_parts_of_a_sum_spread_unevenly(
    folder: Path, gridded: Make, gpp_values: Make
) -> None:
    """A part of a sum that is in two kinds of files is refused with both."""
    both = gridded(gpp_values(36), name="A")
    both["B"] = both["A"]
    both.to_netcdf(folder / "both.nc")
    with pytest.raises(InputError, match=r"holds [AB], and so does"):
        read(folder, name="A + B")


def test_what_is_wanted() -> None:
    """A source without a name and a variable takes every file."""
    assert wanted_of(VariableSource(("a.nc",))) is None
    wanted = wanted_of(VariableSource(("a.nc",), name="a*(b+c)"))
    assert wanted is not None
    assert wanted.names == ("a", "b", "c")


def test_two_names_of_one_variable(
    folder: Path, gridded: Make, gpp_values: Make
) -> None:
    """Files that could all be meant are told apart, with what to write."""
    gridded(gpp_values(24), name="cgpp").to_netcdf(folder / "other.nc")
    with pytest.raises(InputError, match=r"GPP\.nc has GPP; other\.nc has cgpp.*name"):
        read(folder, variable="gpp")
