"""CMIP6 files as four centres write them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cftime
import netCDF4
import numpy as np
import pytest
import xarray as xr

Flux = Callable[..., np.ndarray]
ATTRS = {
    "standard_name": "gross_primary_productivity_of_biomass_expressed_as_carbon",
    "units": "kg m-2 s-1",
    "cell_methods": "area: mean where land time: mean",
    "cell_measures": "area: areacella",
}


def cmor(
    path: Path,
    values: np.ndarray,
    coords: dict[str, Any],
    calendar: str,
    dims: tuple[str, ...] = ("time", "lat", "lon"),
    **attrs: str,
) -> Path:
    """Write gpp with a time axis with bounds, fill value and global attributes."""
    edges = [
        cftime.datetime(2000 + k // 12, k % 12 + 1, 1, calendar=calendar)
        for k in range(25)
    ]
    units = "days since 1850-01-01 00:00:00"
    days = np.asarray(cftime.date2num(edges, units, calendar), dtype=float)
    data = xr.Dataset({"gpp": (dims, values.astype("float32"), ATTRS)}, coords=coords)
    data["time"] = (
        "time",
        (days[1:] + days[:-1]) / 2,
        {
            "units": units,
            "calendar": calendar,
            "bounds": "time_bnds",
            "axis": "T",
            "standard_name": "time",
        },
    )
    data["time_bnds"] = (("time", "bnds"), np.stack([days[:-1], days[1:]], 1))
    # A coordinate of text, as CMOR writes the area type.
    data["type"] = ((), b"land", {"standard_name": "area_type"})
    data["gpp"].attrs["coordinates"] = "type"
    data["gpp"].encoding = {"_FillValue": 1e20, "missing_value": np.float32(1e20)}
    data.attrs = {"mip_era": "CMIP6", "Conventions": "CF-1.7 CMIP-6.2", **attrs}
    path.parent.mkdir(parents=True, exist_ok=True)
    data.to_netcdf(path)
    return path


def axis(values: np.ndarray, edges: np.ndarray, name: str) -> dict[str, Any]:
    """Return a coordinate with its bounds."""
    units = "degrees_north" if name == "lat" else "degrees_east"
    return {
        name: (name, values, {"units": units, "bounds": f"{name}_bnds"}),
        f"{name}_bnds": ((name, "bnds"), np.stack([edges[:-1], edges[1:]], 1)),
    }


def pole_centred(rows: int, columns: int) -> dict[str, Any]:
    """Return the grid of CAM: rows centred on the poles, half a cell there."""
    lat = np.linspace(-90, 90, rows)
    middle = (lat[1:] + lat[:-1]) / 2
    lon = np.arange(columns) * 360.0 / columns
    half = 180.0 / columns
    return {
        **axis(lat, np.r_[-90.0, middle, 90.0], "lat"),
        **axis(lon, np.r_[lon - half, lon[-1] + half], "lon"),
    }


def land(path: Path, coords: dict[str, Any]) -> None:
    """Write land fractions in percent: 60 everywhere."""
    shape = coords["lat"][1].size, coords["lon"][1].size
    data = xr.Dataset(
        {"sftlf": (("lat", "lon"), np.full(shape, 60.0), {"units": "%"})},
        coords=coords,
        attrs={"mip_era": "CMIP6"},
    )
    data.to_netcdf(path)


def test_cesm2_on_rows_centred_on_the_poles(
    tmp_path: Path, write_flux: Flux, judge: Callable[..., Any]
) -> None:
    """CESM2 (noleap, type strings, half rows at the poles) needs three lines."""
    coords = pole_centred(96, 144)
    mesh = np.meshgrid(coords["lat"][1], coords["lon"][1], indexing="ij")
    name = "gpp_Lmon_CESM2_historical_r1i1p1f1_gn_200001-200112.nc"
    cmor(tmp_path / name, write_flux(*mesh), coords, "noleap", source_id="CESM2")
    land(tmp_path / "sftlf_fx_CESM2_historical_r1i1p1f1_gn.nc", coords)
    found = judge("model: CESM2\narchive: cmip6\nfiles: .")
    assert found.is_right()
    assert not found.warnings


def test_ukesm_with_months_of_thirty_days(
    tmp_path: Path, write_flux: Flux, judge: Callable[..., Any]
) -> None:
    """UKESM1 (360_day, cells from 0 to 1.875) needs three lines."""
    lon = np.arange(192) * 1.875 + 0.9375
    lat = np.arange(144) * 1.25 - 89.375
    coords = {
        **axis(lat, np.linspace(-90, 90, 145), "lat"),
        **axis(lon, np.arange(193) * 1.875, "lon"),
    }
    values = write_flux(*np.meshgrid(lat, lon, indexing="ij"))
    name = "gpp_Lmon_UKESM1-0-LL_historical_r1i1p1f2_gn_200001-200112.nc"
    cmor(tmp_path / name, values, coords, "360_day", source_id="UKESM1-0-LL")
    land(tmp_path / "sftlf_fx_UKESM1-0-LL_piControl_r1i1p1f2_gn.nc", coords)
    found = judge("model: UKESM1-0-LL\narchive: cmip6\nfiles: .")
    assert found.is_right()


def test_a_reduced_grid_put_on_gaussian_latitudes(
    tmp_path: Path, write_flux: Flux, judge: Callable[..., Any]
) -> None:
    """EC-Earth3-Veg's gr (gaussian rows, no bounds of rows) needs three lines."""
    nodes, weights = np.polynomial.legendre.leggauss(128)
    lat = np.degrees(np.arcsin(nodes))
    lon = np.arange(256) * 360.0 / 256
    edges = np.degrees(np.arcsin(np.clip(np.r_[-1, np.cumsum(weights) - 1], -1, 1)))
    coords = {
        **axis(lat, edges, "lat"),
        **axis(lon, np.r_[lon, 360.0] - 0.703125, "lon"),
    }
    values = write_flux(*np.meshgrid(lat, lon, indexing="ij"))
    name = "gpp_Lmon_EC-Earth3-Veg_historical_r1i1p1f1_gr_200001-200112.nc"
    cmor(tmp_path / name, values, coords, "proleptic_gregorian")
    found = judge("model: EC-Earth3-Veg\narchive: cmip6\nfiles: .")
    assert found.is_right()


def test_a_tripolar_like_grid_with_j_and_i(
    tmp_path: Path, write_flux: Flux, judge: Callable[..., Any]
) -> None:
    """NorESM-style j, i with latitude, longitude and vertices needs three lines."""
    lon1, lat1 = np.arange(0.5, 360, 3.0), np.arange(-79.0, 89, 2.0)
    lat, lon = np.meshgrid(lat1, lon1, indexing="ij")

    def corner(v: np.ndarray, off: list[float]) -> np.ndarray:
        return np.stack([v + o for o in off], -1)

    coords: dict[str, Any] = {
        "latitude": (
            ("j", "i"),
            lat,
            {"units": "degrees_north", "bounds": "vertices_latitude"},
        ),
        "longitude": (
            ("j", "i"),
            lon,
            {"units": "degrees_east", "bounds": "vertices_longitude"},
        ),
        "vertices_latitude": (("j", "i", "vertices"), corner(lat, [-1, -1, 1, 1])),
        "vertices_longitude": (
            ("j", "i", "vertices"),
            corner(lon, [-1.5, 1.5, 1.5, -1.5]),
        ),
        "j": ("j", np.arange(84, dtype="int32"), {"units": "1"}),
        "i": ("i", np.arange(120, dtype="int32"), {"units": "1"}),
    }
    name = "gpp_Lmon_NorESM2-LM_historical_r1i1p1f1_gn_200001-200112.nc"
    path = tmp_path / name
    cmor(path, write_flux(lat, lon), coords, "noleap", ("time", "j", "i"))
    with netCDF4.Dataset(path, "a") as file:
        file["gpp"].coordinates = "latitude longitude type"
    found = judge("model: NorESM2-LM\narchive: cmip6\nfiles: .")
    assert found.is_right()


@pytest.mark.parametrize("lines", ["files: CMIP6", "archive: cmip6\nfiles: CMIP6"])
def test_a_drs_tree_with_two_members_and_two_versions(
    tmp_path: Path, write_flux: Flux, judge: Callable[..., Any], lines: str
) -> None:
    """Two members are refused with the line that chooses; the newest version counts."""
    coords = pole_centred(46, 72)
    values = write_flux(*np.meshgrid(coords["lat"][1], coords["lon"][1], indexing="ij"))
    root = tmp_path / "CMIP6/CMIP/CCCma/CanESM5/historical"
    for member, factor in (("r1i1p1f1", 1.0), ("r2i1p1f1", 1.7)):
        for version, wrong in (("v20190306", 0.5), ("v20190429", 1.0)):
            name = f"gpp_Lmon_CanESM5_historical_{member}_gn_200001-200112.nc"
            path = root / member / "Lmon/gpp/gn" / version / name
            cmor(path, factor * wrong * values, coords, "noleap")
    text = f"model: CanESM5\n{lines}\nvariables: [gpp]"
    found = judge(text)
    assert found.worst == 0
    assert "select:" in found.told
    assert "r2i1p1f1" in found.told
    chosen = judge(f"{text}\nselect: {{member_id: r1i1p1f1}}")
    assert chosen.is_right()


def test_two_experiments_of_an_archive_are_not_joined_by_themselves(
    tmp_path: Path, write_flux: Flux, judge: Callable[..., Any]
) -> None:
    """A scenario beside the historical run is asked about, and can be added."""
    coords = pole_centred(46, 72)
    values = write_flux(*np.meshgrid(coords["lat"][1], coords["lon"][1], indexing="ij"))
    root = tmp_path / "CMIP6"
    for experiment in ("historical", "ssp585"):
        name = f"gpp_Lmon_CanESM5_{experiment}_r1i1p1f1_gn_200001-200112.nc"
        cmor(root / name, values, coords, "noleap")
    text = "model: CanESM5\narchive: cmip6\nfiles: CMIP6\nvariables: [gpp]"
    found = judge(text)
    assert found.worst == 0
    assert "experiment_id: historical, ssp585" in found.told
    assert judge(f"{text}\nselect: {{experiment_id: historical}}").is_right()
