"""Grids of weather and ocean models, stores, catalogues and tables."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import netCDF4
import numpy as np
import pandas as pd
import pytest
import xarray as xr

from benchmark.harmonise.cells.healpix import healpix_pixels

Flux = Callable[..., np.ndarray]
Judge = Callable[..., Any]
DAYS = np.cumsum(np.tile([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], 2))
SCANDINAVIA = [{"id": "scandinavia", "lat": [58, 68], "lon": [10, 30]}]


def timed(data: xr.Dataset) -> xr.Dataset:
    """Add mid-month dates of two years to a variable along time."""
    attrs = {"units": "days since 2000-01-01", "calendar": "365_day"}
    return data.assign_coords(time=("time", DAYS - 15.0, attrs))


def sphere(
    rings: int = 36,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return cells of an unstructured mesh: rings of four-cornered cells, shifted."""
    lat_edges = np.linspace(-90, 90, rings + 1)
    parts = []
    for k in range(rings):
        south, north = lat_edges[k : k + 2]
        count = 2 * rings
        edges = np.arange(count + 1) * 360 / count + (k % 5) * 0.7
        west, east = edges[:-1], edges[1:]
        lat_c = np.stack([0 * west + v for v in (south, south, north, north)], 1)
        lon_c = np.stack([west, east, east, west], 1)
        parts.append((lat_c.mean(1), lon_c.mean(1) % 360, lat_c, lon_c % 360))
    return tuple(np.concatenate(p) for p in zip(*parts, strict=True))


def test_icon_as_cmip6(tmp_path: Path, write_flux: Flux, judge: Judge) -> None:
    """ICON-ESM's i with latitude, longitude and vertices needs three lines."""
    lat, lon, corner_lat, corner_lon = sphere()
    data = xr.Dataset({"gpp": (("time", "i"), write_flux(lat, lon))})
    data["gpp"].attrs = {"units": "kg m-2 s-1", "coordinates": "latitude longitude"}
    data["i"] = ("i", np.arange(lat.size), {"units": "1"})
    for name, middle, corner in (
        ("latitude", lat, corner_lat),
        ("longitude", lon, corner_lon),
    ):
        units = "degrees_north" if name == "latitude" else "degrees_east"
        attrs = {"units": units, "bounds": f"vertices_{name}", "standard_name": name}
        data[name] = ("i", middle, attrs)
        data[f"vertices_{name}"] = (("i", "vertices"), corner)
    file = "gpp_Lmon_ICON-ESM-LR_historical_r1i1p1f1_gn_200001-200112.nc"
    timed(data).to_netcdf(tmp_path / file)
    found = judge("model: ICON-ESM-LR\narchive: cmip6\nfiles: .")
    assert found.is_right(score=0.95)


def test_wrf(tmp_path: Path, write_flux: Flux, judge: Judge) -> None:
    """WRF's Times of characters and XLAT along time need three lines."""
    pyproj = pytest.importorskip("pyproj", reason="the extra 'projections'")
    lambert = pyproj.Proj(proj="lcc", lat_1=60, lat_2=66, lat_0=63, lon_0=20, R=6370000)
    axis = np.arange(-750e3, 751e3, 30e3)
    lon, lat = lambert(*np.meshgrid(axis, axis), inverse=True)
    with netCDF4.Dataset(tmp_path / "wrfout_monthly.nc", "w") as file:
        file.setncatts({"MAP_PROJ": 1, "TRUELAT1": 60.0, "TRUELAT2": 66.0})
        file.setncatts({"STAND_LON": 20.0, "DX": 30000.0, "DY": 30000.0})
        for name, size in (
            ("Time", None),
            ("DateStrLen", 19),
            ("south_north", axis.size),
            ("west_east", axis.size),
        ):
            file.createDimension(name, size)
        times = file.createVariable("Times", "S1", ("Time", "DateStrLen"))
        dims = ("Time", "south_north", "west_east")
        for name, values, units in (
            ("XLAT", lat, "degree_north"),
            ("XLONG", lon, "degree_east"),
        ):
            var = file.createVariable(name, "f4", dims)
            var.units = units
            var[:] = np.repeat(values[None], 24, axis=0)
        var = file.createVariable("GPP", "f4", dims)
        var.units, var.coordinates = "g C m-2 d-1", "XLONG XLAT"
        var.MemoryOrder = "XY "
        var[:] = write_flux(lat, lon) * 1e3 * 86400
        for k in range(24):
            stamp = f"{2000 + k // 12}-{k % 12 + 1:02d}-15_00:00:00"
            times[k] = np.array(list(stamp), "S1")
    text = "model: WRF\nfiles: wrfout_monthly.nc\nvariables: [gpp]"
    assert judge(text, regions=SCANDINAVIA).is_right(score=0.95)


def test_cordex(tmp_path: Path, write_flux: Flux, judge: Judge) -> None:
    """CORDEX's rotated pole as a character variable needs three lines."""
    rlat, rlon = np.arange(-2, 22, 0.44), np.arange(-10, 14, 0.44)
    y, x = np.radians(np.meshgrid(rlat, rlon, indexing="ij"))
    pole = np.radians(39.25)
    lat = np.degrees(
        np.arcsin(np.sin(pole) * np.sin(y) + np.cos(pole) * np.cos(y) * np.cos(x))
    )
    east = np.cos(y) * np.sin(x)
    north = np.sin(pole) * np.cos(y) * np.cos(x) - np.cos(pole) * np.sin(y)
    lon = 18.0 + np.degrees(np.arctan2(east, north))
    data = xr.Dataset(
        {
            "gpp": (
                ("time", "rlat", "rlon"),
                write_flux(lat, lon).astype("float32"),
                {
                    "units": "kg m-2 s-1",
                    "grid_mapping": "rotated_pole",
                    "coordinates": "lat lon",
                    "cell_methods": "time: mean area: mean where land",
                },
            ),
            "rotated_pole": (
                (),
                b"",
                {
                    "grid_mapping_name": "rotated_latitude_longitude",
                    "grid_north_pole_latitude": 39.25,
                    "grid_north_pole_longitude": -162.0,
                },
            ),
            "lat": (("rlat", "rlon"), lat, {"units": "degrees_north"}),
            "lon": (("rlat", "rlon"), lon, {"units": "degrees_east"}),
        },
        {
            "rlat": (
                "rlat",
                rlat,
                {"standard_name": "grid_latitude", "units": "degrees"},
            ),
            "rlon": (
                "rlon",
                rlon,
                {"standard_name": "grid_longitude", "units": "degrees"},
            ),
        },
        {"project_id": "CORDEX", "CORDEX_domain": "EUR-44"},
    )
    name = "gpp_EUR-44_ECMWF-ERAINT_evaluation_r1i1p1_CLMcom_v1_mon_200001-200112.nc"
    timed(data).to_netcdf(tmp_path / name)
    text = "model: CCLM\nfiles: gpp_EUR*.nc\nvariables: [gpp]"
    assert judge(text, regions=SCANDINAVIA).is_right(score=0.95)


def test_healpix_in_a_store(tmp_path: Path, write_flux: Flux, judge: Judge) -> None:
    """NextGEMS's HEALPix in Zarr, positions unsaid, needs three lines."""
    pytest.importorskip("zarr", reason="the extra 'zarr'")
    nside = 16
    lat, lon, _, _ = healpix_pixels(np.arange(12 * nside**2), nside, "nested")
    data = xr.Dataset({"gpp": (("time", "cell"), write_flux(lat, lon))})
    data["gpp"].attrs = {"units": "kg m-2 s-1", "grid_mapping": "crs"}
    data["crs"] = ("crs", [np.nan])
    data["crs"].attrs = {
        "grid_mapping_name": "healpix",
        "healpix_nside": nside,
        "healpix_order": "nest",
    }
    times = pd.date_range("2000-01-01", periods=24, freq="MS") + pd.Timedelta(days=14)
    data["time"] = ("time", times)
    data.to_zarr(tmp_path / "P1M_mean_z4.zarr", zarr_format=2, consolidated=True)
    text = "model: ICON\nfiles: P1M_mean_z4.zarr\nvariables: [gpp]"
    assert judge(text).is_right(score=0.93, error=0.02)


def test_lfric(tmp_path: Path, write_flux: Flux, judge: Judge) -> None:
    """LFRic's UGRID faces need three lines."""
    lat, lon, corner_lat, corner_lon = sphere()
    nodes, index = np.unique(
        np.round(np.column_stack([corner_lat.ravel(), corner_lon.ravel()]), 6),
        axis=0,
        return_inverse=True,
    )
    data = xr.Dataset(
        {
            "gpp": (
                ("time", "nMesh2d_face"),
                write_flux(lat, lon),
                {
                    "units": "kg m-2 s-1",
                    "mesh": "Mesh2d",
                    "location": "face",
                    "coordinates": "Mesh2d_face_y Mesh2d_face_x",
                },
            ),
            "Mesh2d": (
                (),
                0,
                {
                    "cf_role": "mesh_topology",
                    "topology_dimension": 2,
                    "node_coordinates": "Mesh2d_node_x Mesh2d_node_y",
                    "face_coordinates": "Mesh2d_face_x Mesh2d_face_y",
                    "face_node_connectivity": "Mesh2d_face_nodes",
                },
            ),
            "Mesh2d_face_nodes": (
                ("nMesh2d_face", "Four"),
                index.reshape(-1, 4).astype("int32"),
                {"start_index": 0, "cf_role": "face_node_connectivity"},
            ),
        }
    )
    for name, dim, values in (
        ("node_y", "nMesh2d_node", nodes[:, 0]),
        ("node_x", "nMesh2d_node", nodes[:, 1]),
        ("face_y", "nMesh2d_face", lat),
        ("face_x", "nMesh2d_face", lon),
    ):
        north = name.endswith("y")
        attrs = {
            "standard_name": "latitude" if north else "longitude",
            "units": "degrees_north" if north else "degrees_east",
        }
        data[f"Mesh2d_{name}"] = (dim, values, attrs)
    timed(data).to_netcdf(tmp_path / "lfric_diag.nc")
    text = "model: LFRic\nfiles: lfric_diag.nc\nvariables: [gpp]"
    assert judge(text).is_right(score=0.95)


def test_mpas_with_its_mesh_apart(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """MPAS output with xtime and a mesh file of radians needs four lines."""
    lat, lon, corner_lat, corner_lon = sphere()
    nodes, index = np.unique(
        np.round(np.column_stack([corner_lat.ravel(), corner_lon.ravel()]), 6),
        axis=0,
        return_inverse=True,
    )
    mesh = xr.Dataset(
        {
            "latCell": ("nCells", np.radians(lat)),
            "lonCell": ("nCells", np.radians(lon)),
            "latVertex": ("nVertices", np.radians(nodes[:, 0])),
            "lonVertex": ("nVertices", np.radians(nodes[:, 1])),
            "verticesOnCell": (
                ("nCells", "maxEdges"),
                index.reshape(-1, 4).astype("int32") + 1,
            ),
            "nEdgesOnCell": ("nCells", np.full(lat.size, 4, "int32")),
        },
        attrs={"mesh_spec": "1.0", "on_a_sphere": "YES"},
    )
    mesh.to_netcdf(tmp_path / "x1.grid.nc")
    with netCDF4.Dataset(tmp_path / "history.nc", "w") as file:
        for name, size in (("Time", None), ("StrLen", 64), ("nCells", lat.size)):
            file.createDimension(name, size)
        xtime = file.createVariable("xtime", "S1", ("Time", "StrLen"))
        gpp = file.createVariable("gpp", "f4", ("Time", "nCells"))
        gpp.units = "kg m^{-2} s^{-1}"
        gpp[:] = write_flux(lat, lon)
        for k in range(24):
            stamp = f"{2000 + k // 12}-{k % 12 + 1:02d}-15_00:00:00".ljust(64)
            xtime[k] = np.array(list(stamp), "S1")
    text = "model: MPAS\nfiles: history.nc\nvariables: [gpp]"
    refused = judge(text)
    assert "grid: {files:" in refused.problem
    assert judge(f"{text}\ngrid: {{files: x1.grid.nc}}").is_right(score=0.95)


def half(values: np.ndarray, first: int) -> xr.Dataset:
    """Return one of two years on a regular grid."""
    lat, lon = np.arange(42.5, 90, 5), np.arange(2.5, 360, 5)
    data = xr.Dataset(
        {"gpp": (("time", "lat", "lon"), values, {"units": "kg m-2 s-1"})},
        {"lat": ("lat", lat), "lon": ("lon", lon)},
    )
    data["time"] = pd.date_range(f"{first}-01-01", periods=12, freq="MS")
    data["time"] = data["time"] + pd.Timedelta(days=14)
    return data


def test_an_esm_catalogue(tmp_path: Path, write_flux: Flux, judge: Judge) -> None:
    """An intake-esm catalogue of two files and two models needs four lines."""
    lat, lon = np.arange(42.5, 90, 5), np.arange(2.5, 360, 5)
    values = write_flux(*np.meshgrid(lat, lon, indexing="ij"))
    rows = []
    for source, factor in (("A-ESM", 1.0), ("B-ESM", 2.0)):
        for k in range(2):
            path = tmp_path / f"{source}_{2000 + k}.nc"
            half(factor * values[12 * k : 12 * k + 12], 2000 + k).to_netcdf(path)
            rows.append(
                {
                    "source_id": source,
                    "member_id": "r1i1p1f1",
                    "table_id": "Lmon",
                    "variable_id": "gpp",
                    "path": str(path),
                }
            )
    pd.DataFrame(rows).to_csv(tmp_path / "cat.csv", index=False)
    (tmp_path / "cat.json").write_text(
        json.dumps(
            {
                "esmcat_version": "0.1.0",
                "id": "cat",
                "description": "",
                "catalog_file": "cat.csv",
                "attributes": [{"column_name": "variable_id", "vocabulary": ""}],
                "assets": {"column_name": "path", "format": "netcdf"},
            }
        )
    )
    text = "model: A-ESM\nfiles: cat.json\nvariables: [gpp]"
    refused = judge(text)
    assert "select: {source_id:" in refused.problem
    found = judge(f"{text}\nselect: {{source_id: A-ESM}}")
    assert found.is_right(score=0.94)


def test_sites_as_fluxnet_writes_them(tmp_path: Path, judge: Judge) -> None:
    """A FLUXNET monthly file is refused as a site, not taken for a map."""
    path = tmp_path / "FLX_FI-Hyy_FLUXNET2015_SUBSET_MM_1996-2014_1-4.csv"
    path.write_text(
        "TIMESTAMP,TA_F,GPP_NT_VUT_REF,NEE_VUT_REF,NEE_VUT_REF_QC\n"
        "200001,-5.1,0.1,0.5,0.9\n200002,-6.0,-9999,0.4,0.8\n"
    )
    text = f"model: S\nfiles: {path.name}\nvariables: {{gpp: GPP_NT_VUT_REF}}"
    found = judge(text)
    assert found.worst == 0
    assert "site" in found.problem


def test_yearly_totals_of_regions(tmp_path: Path, judge: Judge) -> None:
    """A CSV of yearly totals needs its units and 'statistic: total', and says so."""
    (tmp_path / "totals.csv").write_text(
        "Region,Year,GPP (PgC/yr)\nnorth,2000,3.1\nnorth,2001,3.2\n"
    )
    text = "model: T\nfiles: totals.csv\nvariables: {gpp: {name: GPP (PgC/yr)%s}}"
    refused = judge(text % "")
    assert refused.worst == 0
    assert "Write 'units:'" in refused.problem
    refused = judge(text % ", units: PgC yr-1")
    assert "statistic: total" in refused.problem
    found = judge(text % ", units: PgC yr-1, statistic: total")
    assert not found.problem
