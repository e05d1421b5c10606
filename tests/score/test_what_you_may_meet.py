"""Every row of the table "What you may meet" is a file, and does what it says.

The rows are those of model_configs/README.md, by the identifier in the first
column. A case writes the good model's file with one thing changed; it is then
either put right, and scores 1 as the good model does, or refused with words
that say what to write.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cftime
import netCDF4
import numpy as np
import pandas as pd
import pytest
import xarray as xr

from benchmark.config import load_suite
from benchmark.score import score_suite

Case = Callable[["Desk"], "Outcome"]
CASES: dict[str, Case] = {}
README = Path(__file__).parents[2] / "model_configs" / "README.md"
PLAIN_HDF5 = Path(__file__).parents[1] / "data" / "plain.h5"


@dataclass
class Desk:
    """The good model's data, and where to leave the changed file."""

    data: xr.Dataset
    folder: Path

    @property
    def file(self) -> Path:
        """The changed file."""
        return self.folder / "bad.nc"

    def write(self, data: xr.Dataset, **encoding: Any) -> Path:
        """Write the changed file."""
        data.to_netcdf(self.file, **encoding)
        return self.file


@dataclass
class Outcome:
    """What the configuration says of the file, and what has to come of it.

    `refused` are words of the message of a failure, `told` words of the
    remarks or warnings on a model that is scored; `score` is 1 where the file
    was put right, None where it is scored as it is.
    """

    files: Path | str
    states: dict[str, Any] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    score: float | None = 1.0
    within: float = 1e-3


def case(name: str) -> Callable[[Case], Case]:
    """Register a row of the table."""

    def remember(function: Case) -> Case:
        CASES[name] = function
        return function

    return remember


@case("wrong sign")
def _(desk: Desk) -> Outcome:
    return Outcome(
        desk.write(desk.data.assign(gpp=-desk.data["gpp"]).pipe(_units)),
        refused=("flipped", "'sign: up'"),
    )


@case("wrong sign, stated")
def _(desk: Desk) -> Outcome:
    flipped = desk.data.assign(gpp=-desk.data["gpp"]).pipe(_units)
    return Outcome(desk.write(flipped), {"sign": "up"}, told=("sign",))


@case("wrong mass basis")
def _(desk: Desk) -> Outcome:
    # kg of CO2 under units that do not say so: 44/12 too much of each value.
    data = desk.data.assign(gpp=desk.data["gpp"] * 3 * 44.009 / 12.011).pipe(_units)
    return Outcome(desk.write(data), refused=("mass_basis: CO2",))


@case("wrong mass basis, stated")
def _(desk: Desk) -> Outcome:
    data = desk.data.assign(gpp=desk.data["gpp"] * 44.009 / 12.011).pipe(_units)
    return Outcome(desk.write(data), {"mass_basis": "CO2"}, told=("0.272",))


@case("wrong area basis")
def _(desk: Desk) -> Outcome:
    data = desk.data.copy()
    data["gpp"].attrs["cell_methods"] = "area: time: mean"
    return Outcome(desk.write(data), told=("area_basis",))


@case("missing bounds")
def _(desk: Desk) -> Outcome:
    data = desk.data.drop_vars(["lat_bnds", "lon_bnds"])
    for axis in ("lat", "lon"):
        del data[axis].attrs["bounds"]
    return Outcome(desk.write(data), told=("bounds are absent",))


@case("bounds that disagree with centres")
def _(desk: Desk) -> Outcome:
    data = desk.data.assign(lat_bnds=desk.data["lat_bnds"] + 20.0)
    return Outcome(desk.write(data), refused=("not inside its bounds", "Correct"))


@case("longitude from 0 to 360")
def _(desk: Desk) -> Outcome:
    return Outcome(desk.write(_turned(desk.data, 0.0)))


@case("longitude from -180 to 180")
def _(desk: Desk) -> Outcome:
    return Outcome(desk.write(_turned(desk.data, -180.0)))


@case("longitude from -360 to 0")
def _(desk: Desk) -> Outcome:
    return Outcome(desk.write(_turned(desk.data, -360.0)))


@case("descending latitude")
def _(desk: Desk) -> Outcome:
    return Outcome(desk.write(desk.data.isel(lat=slice(None, None, -1))))


@case("fill value that is not declared")
def _(desk: Desk) -> Outcome:
    return Outcome(
        desk.write(_with_ocean(desk.data, -9999.0)),
        refused=("-9999", "'fill_value: -9999'"),
    )


@case("fill value that is not declared, stated")
def _(desk: Desk) -> Outcome:
    data = _with_ocean(desk.data, -9999.0)
    return Outcome(desk.write(data), {"fill_value": -9999}, told=("-9999",))


@case("NaN")
def _(desk: Desk) -> Outcome:
    return Outcome(desk.write(_with_ocean(desk.data, np.nan)))


@case("infinite values")
def _(desk: Desk) -> Outcome:
    values = desk.data["gpp"].to_numpy().copy()
    values[3, 5, 40] = np.inf
    data = desk.data.assign(gpp=desk.data["gpp"].copy(data=values))
    return Outcome(desk.write(data), refused=("infinite",))


@case("packed integers")
def _(desk: Desk) -> Outcome:
    packing = {"dtype": "i2", "scale_factor": 2e-11, "_FillValue": -32768}
    return Outcome(desk.write(desk.data, encoding={"gpp": packing}))


@case("time given twice, equal values")
def _(desk: Desk) -> Outcome:
    data = desk.data.isel(time=[*range(13), 12, *range(13, 36)])
    return Outcome(desk.write(data), told=("twice",))


@case("time given twice, different values")
def _(desk: Desk) -> Outcome:
    data = desk.data.isel(time=[*range(13), 12, *range(13, 36)]).copy(deep=True)
    data["gpp"][13] += 1e-9
    return Outcome(desk.write(data), refused=("twice", "2001-01"))


@case("overlapping files")
def _(desk: Desk) -> Outcome:
    desk.data.isel(time=slice(0, 24)).to_netcdf(desk.folder / "part_1.nc")
    desk.data.isel(time=slice(12, 36)).to_netcdf(desk.folder / "part_2.nc")
    return Outcome(
        str(desk.folder / "part_*.nc"), refused=("part_1.nc", "part_2.nc", "2001-01")
    )


@case("months missing")
def _(desk: Desk) -> Outcome:
    data = desk.data.isel(time=[*range(15), *range(18, 36)])
    return Outcome(desk.write(data), refused=("3 months are missing", "2001-04"))


@case("months missing, stated")
def _(desk: Desk) -> Outcome:
    data = desk.data.isel(time=[*range(15), *range(18, 36)])
    return Outcome(desk.write(data), {"gaps": "allow"}, told=("left out: 2001",))


@case("mixed calendars")
def _(desk: Desk) -> Outcome:
    return Outcome(_mixed(desk), refused=("calendar", "noleap", "360_day"))


@case("mixed calendars, stated")
def _(desk: Desk) -> Outcome:
    return Outcome(_mixed(desk), {"time": {"calendar": "noleap"}})


@case("axis that is not monotonic")
def _(desk: Desk) -> Outcome:
    order = [0, 2, 1, *range(3, 10)]
    return Outcome(desk.write(desk.data.isel(lat=order)), refused=("not monotonic",))


@case("time that runs backwards")
def _(desk: Desk) -> Outcome:
    data = desk.data.isel(time=[*range(10), 11, 10, *range(12, 36)])
    return Outcome(desk.write(data), refused=("backwards", "2000-11"))


@case("dimensions without names or coordinates")
def _(desk: Desk) -> Outcome:
    values = desk.data["gpp"].to_numpy().reshape(36, -1)
    data = xr.Dataset({"gpp": (("time", "sgrid"), values, {"units": "kg m-2 s-1"})})
    data = data.assign_coords(time=desk.data["time"])
    return Outcome(desk.write(data), refused=("sgrid", "'grid: {files:"))


@case("empty file")
def _(desk: Desk) -> Outcome:
    desk.file.touch()
    return Outcome(desk.file, refused=("empty",))


@case("truncated file")
def _(desk: Desk) -> Outcome:
    content = desk.write(desk.data).read_bytes()
    desk.file.write_bytes(content[: len(content) // 2])
    return Outcome(desk.file, refused=("truncated",))


@case("web page saved as NetCDF")
def _(desk: Desk) -> Outcome:
    desk.file.write_text("<!DOCTYPE html><html><body>Log in</body></html>")
    return Outcome(desk.file, refused=("web page",))


@case("HDF5 that is not NetCDF")
def _(desk: Desk) -> Outcome:
    # One dataset, made by h5py without tracking the order of creation.
    desk.file.write_bytes(PLAIN_HDF5.read_bytes())
    return Outcome(desk.file, refused=("HDF5", "no NetCDF"))


@case("attributes that are not UTF-8")
def _(desk: Desk) -> Outcome:
    desk.write(desk.data, format="NETCDF3_64BIT")
    with netCDF4.Dataset(desk.file, "a") as file:
        file.institution = "XXXXX"
        file["gpp"].long_name = "XXXXX"
    content = desk.file.read_bytes()
    desk.file.write_bytes(content.replace(b"XXXXX", b"M\xfcnch"))
    return Outcome(desk.file)


@case("time in YYYYMM")
def _(desk: Desk) -> Outcome:
    months = [
        200000 + 100 * year + month for year in range(3) for month in range(1, 13)
    ]
    return Outcome(desk.write(_timed(desk.data, months)), told=("YYYYMM",))


@case("months since a date")
def _(desk: Desk) -> Outcome:
    units = "months since 2000-01-01"
    return Outcome(desk.write(_timed(desk.data, range(36), units)))


@case("calendar misspelt")
def _(desk: Desk) -> Outcome:
    desk.write(desk.data)
    with netCDF4.Dataset(desk.file, "a") as file:
        file["time"].calendar = "no_leap"
    return Outcome(desk.file)


@case("stamps at the end of the month")
def _(desk: Desk) -> Outcome:
    return Outcome(desk.write(_ends(desk.data)), told=("time_stamp",), score=None)


@case("stamps at the end of the month, stated")
def _(desk: Desk) -> Outcome:
    return Outcome(desk.write(_ends(desk.data)), {"time_stamp": "end"})


@case("list of the cells of a grid")
def _(desk: Desk) -> Outcome:
    listed = desk.data.drop_vars(["lat_bnds", "lon_bnds"]).stack(cell=["lat", "lon"])  # noqa: PD013
    listed = listed.reset_index("cell")
    for axis in ("lat", "lon"):
        del listed[axis].attrs["bounds"]
    return Outcome(desk.write(listed), told=("list of cells", "rows and columns"))


@case("latitude and longitude in two dimensions, not bent")
def _(desk: Desk) -> Outcome:
    return Outcome(desk.write(_bent(desk.data, 0.0)))


@case("curvilinear grid without corners")
def _(desk: Desk) -> Outcome:
    # Each row a bit further east than the one below: no axis of longitude.
    # Edges between inferred corners are great circles, no parallels.
    path = desk.write(_bent(desk.data, 0.005))
    return Outcome(path, told=("corners are absent",), within=2e-3)


@case("list of scattered places")
def _(desk: Desk) -> Outcome:
    some = desk.data["gpp"].isel(
        lat=xr.DataArray([1, 3, 4], dims="site"),
        lon=xr.DataArray([7, 30, 51], dims="site"),
    )
    some = some.to_dataset().assign_coords(
        lat=("site", [47.61, 58.13, 63.9], {"units": "degrees_north"}),
        lon=("site", [-142.3, -27.4, 77.77], {"units": "degrees_east"}),
    )
    return Outcome(desk.write(some), refused=("3 sites",))


@case("table of sites")
def _(desk: Desk) -> Outcome:
    path = desk.folder / "sites.csv"
    rows = [f"RU-Che,68.6,161.3,2004-{m:02d},1.5" for m in range(1, 13)]
    path.write_text("\n".join(["site,lat,lon,date,GPP", *rows]))
    return Outcome(path, {"name": "GPP", "units": "g m-2 day-1"}, refused=("1 sites",))


def _mixed(desk: Desk) -> str:
    """Write the last year in another calendar, and return both files."""
    desk.data.isel(time=slice(0, 24)).to_netcdf(desk.folder / "part_1.nc")
    later = desk.data.isel(time=slice(24, 36))
    dates = [
        cftime.datetime(d.year, d.month, d.day, calendar="360_day")
        for d in later["time"].to_numpy()
    ]
    later.assign_coords(time=dates).to_netcdf(desk.folder / "part_2.nc")
    return str(desk.folder / "part_*.nc")


def _units(data: xr.Dataset) -> xr.Dataset:
    data["gpp"].attrs["units"] = "kg m-2 s-1"
    return data


def _turned(data: xr.Dataset, west: float) -> xr.Dataset:
    """Count longitudes from another meridian, cells in ascending order."""
    lon = data["lon"].to_numpy()
    turn = (lon - west) % 360.0 + west - lon
    turned = data.assign_coords(lon=("lon", lon + turn, data["lon"].attrs))
    turned["lon_bnds"] = (("lon", "bnds"), data["lon_bnds"].to_numpy() + turn[:, None])
    return turned.sortby("lon")


def _timed(
    data: xr.Dataset, numbers: Iterable[int], units: str | None = None
) -> xr.Dataset:
    attrs = {} if units is None else {"units": units, "calendar": "noleap"}
    return data.assign_coords(time=("time", list(numbers), attrs))


def _ends(data: xr.Dataset) -> xr.Dataset:
    """Give each month the first moment of the next, and no bounds."""
    after = [cftime.DatetimeNoLeap(2000 + m // 12, m % 12 + 1, 1) for m in range(1, 37)]
    return data.assign_coords(time=after)


def _bent(data: xr.Dataset, shift: float) -> xr.Dataset:
    """Give latitude and longitude in two dimensions, rows shifted eastward."""
    lon, lat = np.meshgrid(data["lon"], data["lat"])
    lon = lon + shift * np.arange(len(lat))[:, None]
    values = (("time", "y", "x"), data["gpp"].to_numpy(), {"units": "kg m-2 s-1"})
    return xr.Dataset(
        {"gpp": values},
        coords={
            "time": data["time"],
            "lat": (("y", "x"), lat, {"units": "degrees_north"}),
            "lon": (("y", "x"), lon, {"units": "degrees_east"}),
        },
    )


def _with_ocean(data: xr.Dataset, value: float) -> xr.Dataset:
    values = data["gpp"].to_numpy().copy()
    values[:, :, 50:60] = value
    return data.assign(gpp=data["gpp"].copy(data=values))


def test_every_row_has_a_case() -> None:
    """The first column of the table names the cases, each once."""
    _, table = README.read_text("utf-8").split("\n## What you may meet\n")
    rows = re.findall(r"^\| ([^|]+?) \|", table.split("\n## ")[0], re.MULTILINE)
    assert rows[0] == "what the file has"
    assert sorted(row for row in rows[1:] if row.strip("-")) == sorted(CASES)


@pytest.mark.parametrize("name", sorted(CASES))
def test_case(
    name: str,
    tmp_path: Path,
    write_suite: Callable[..., Path],
    gridded: Callable[..., xr.Dataset],
    gpp_values: Callable[[int], np.ndarray],
) -> None:
    """The file is put right or refused, as the table says."""
    outcome = CASES[name](Desk(gridded(gpp_values(36)), tmp_path))
    suite = write_suite(Path(outcome.files), **outcome.states)
    result = score_suite(load_suite(suite))
    scores = result.scores
    bad, good = (scores[scores["model"] == who] for who in ("bad", "good"))
    assert set(good["status"]) == {"scored"}
    assert good["score"].to_numpy() == pytest.approx(1.0)
    if outcome.refused:
        _assert_refused(bad, outcome.refused)
        return
    assert set(bad["status"]) == {"scored"}, bad["message"].iloc[0]
    if outcome.score is not None:
        assert bad["score"].to_numpy() == pytest.approx(
            outcome.score, abs=outcome.within
        )
    notes = [note.text for note in result.notes if note.model == "bad"]
    told = " ".join([*bad["message"], *notes])
    for word in outcome.told:
        assert word in told, told


def _assert_refused(bad: pd.DataFrame, words: tuple[str, ...]) -> None:
    assert set(bad["status"]) == {"failed"}
    assert bad["score"].isna().all()
    message = bad["message"].iloc[0]
    assert "\n" not in message
    assert "internal error" not in message
    for word in words:
        assert word in message, message
