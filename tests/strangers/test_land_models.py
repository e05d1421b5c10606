"""History files of land models outside of any intercomparison."""

import calendar
from collections.abc import Callable
from pathlib import Path
from typing import Any

import netCDF4
import numpy as np
import pytest
import xarray as xr

Flux = Callable[..., np.ndarray]
Judge = Callable[..., Any]
LAT, LON = np.arange(-88.75, 90, 2.5), np.arange(1.25, 360, 2.5)
MESH = np.meshgrid(LAT, LON, indexing="ij")
NOLEAP = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def noleap_edges() -> np.ndarray:
    """Return days since the first of 2000, at the edges of 24 months."""
    return np.r_[0, np.cumsum(np.tile(NOLEAP, 2))].astype(float)


def jules_points() -> np.ndarray:
    """Return which cells of the grid are JULES's land points."""
    return (MESH[0] > 30) & (MESH[0] < 85)


def jules(folder: Path, flux: Flux) -> None:
    """Write gpp_gb on land points, (time, y, x) with y of length one."""
    points = jules_points()
    lat, lon = MESH[0][points][None], MESH[1][points][None]
    months = np.datetime64("2000-01") + np.arange(25)
    edges = (months.astype("datetime64[s]") - np.datetime64("2000-01-01")).astype(float)
    data = xr.Dataset(
        {
            "gpp_gb": (
                ("time", "y", "x"),
                flux(lat, lon).astype("float32"),
                {
                    "units": "kg m-2 s-1",
                    "long_name": "Gridbox gross primary productivity",
                    "cell_methods": "time : mean",
                    "coordinates": "latitude longitude",
                },
            ),
            "latitude": (("y", "x"), lat.astype("float32"), {"units": "degrees_north"}),
            "longitude": (("y", "x"), lon.astype("float32"), {"units": "degrees_east"}),
            "time_bounds": (("time", "nt"), np.stack([edges[:-1], edges[1:]], 1)),
        },
        {
            "time": (
                "time",
                edges[1:],
                {
                    "units": "seconds since 2000-01-01 00:00:00",
                    "calendar": "standard",
                    "bounds": "time_bounds",
                    "standard_name": "time",
                },
            )
        },
    )
    data["gpp_gb"].encoding = {"_FillValue": np.float32(-1e20)}
    data.to_netcdf(folder / "run1.monthly.nc")


def test_jules_on_land_points(tmp_path: Path, write_flux: Flux, judge: Judge) -> None:
    """JULES points on a lattice, stamped at the end of months, need three lines."""
    jules(tmp_path, write_flux)
    found = judge("model: JULES\narchive: jules\nfiles: run1.monthly.nc")
    assert found.is_right()


def orchidee(folder: Path, flux: Flux, name: str, values: np.ndarray) -> Path:
    """Write a history file of ORCHIDEE: 2-D nav_lat and nav_lon, time_counter."""
    lat, lon = LAT[::-1], np.arange(-178.75, 180, 2.5)
    edges = np.r_[0, np.cumsum(np.tile(NOLEAP, 2))] * 86400.0
    dims = ("time_counter", "veget", "lat", "lon")
    dims = dims if values.ndim == 4 else (dims[0], *dims[2:])
    attrs = {"units": "kg m-2 s-1", "online_operation": "average"}
    data = xr.Dataset(
        {
            name: (dims, values.astype("float32"), attrs),
            "nav_lat": (("lat", "lon"), np.broadcast_to(lat[:, None], (72, 144))),
            "nav_lon": (("lat", "lon"), np.broadcast_to(lon, (72, 144))),
            "time_counter": (
                "time_counter",
                (edges[1:] + edges[:-1]) / 2,
                {
                    "units": "seconds since 2000-01-01 00:00:00",
                    "calendar": "noleap",
                    "title": "Time",
                    "time_origin": "2000-JAN-01 00:00:00",
                },
            ),
        },
        attrs={"title": "ORCHIDEE history", "Production": "An IOIPSL model"},
    )
    data["nav_lat"].attrs["units"] = "degrees_north"
    data["nav_lon"].attrs["units"] = "degrees_east"
    data[name].encoding = {"_FillValue": np.float32(1e20)}
    path = folder / "sechiba_history.nc"
    data.to_netcdf(path)
    return path


def orchidee_values(flux: Flux) -> np.ndarray:
    """Return the field on the rows of ORCHIDEE, from north to south."""
    mesh = np.meshgrid(LAT[::-1], np.arange(-178.75, 180, 2.5), indexing="ij")
    return flux(*mesh)


def test_orchidee_with_positions_in_two_dimensions(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """ORCHIDEE's time_counter and nav_lat need three lines."""
    orchidee(tmp_path, write_flux, "gpp", orchidee_values(write_flux))
    found = judge("model: ORCHIDEE\nfiles: sechiba_history.nc\nvariables: [gpp]")
    assert found.is_right()


def test_orchidee_by_plant_types_is_refused(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """A variable by plant type is never scored, and the message names the axis."""
    values = np.repeat(orchidee_values(write_flux)[:, None], 15, axis=1)
    orchidee(tmp_path, write_flux, "gpp", values)
    found = judge("model: ORCHIDEE\nfiles: sechiba_history.nc\nvariables: [gpp]")
    assert found.worst == 0
    assert "veget" in found.problem
    assert "fraction" in found.problem


def clm(
    folder: Path, flux: Flux, lat: np.ndarray, lon: np.ndarray, *, mesh: bool
) -> None:
    """Write one h0 file per month; time is the end of the month."""
    edges = noleap_edges()
    dims = ("lndgrid",) if mesh else ("lat", "lon")
    shape = lat.shape if mesh else (lat.size, lon.size)
    where = (lat, lon) if mesh else np.meshgrid(lat, lon, indexing="ij")
    fields = {
        "GPP": (1e3 * flux(*where), "gC/m^2/s"),
        "HR": (1e3 * flux(*where, "rh"), "gC/m^2/s"),
        "AR": (1e3 * flux(*where, "ra"), "gC/m^2/s"),
        "NEP": (
            1e3 * (flux(*where) - flux(*where, "ra") - flux(*where, "rh")),
            "gC/m^2/s",
        ),
        "NEE": (
            1e3 * (flux(*where, "ra") + flux(*where, "rh") - flux(*where)) + 1e-6,
            "gC/m^2/s",
        ),
    }
    for k in range(24):
        data = xr.Dataset(
            attrs={
                "title": "CLM History file information",
                "source": "Community Land Model CLM4.0",
                "Conventions": "CF-1.0",
            }
        )
        data["time"] = (
            "time",
            [edges[k + 1]],
            {
                "units": "days since 2000-01-01 00:00:00",
                "calendar": "noleap",
                "bounds": "time_bounds",
                "long_name": "time",
            },
        )
        bounds = (("time", "hist_interval"), [[edges[k], edges[k + 1]]])
        data["time_bounds"] = (*bounds, {"long_name": "history time interval"})
        data["mcdate"] = ("time", np.array([20000101 + k], "int32"))
        data["nstep"] = ("time", np.array([48 * k], "int32"), {"long_name": "steps"})
        axes = ("lndgrid", "lndgrid") if mesh else ("lat", "lon")
        data["lat"] = (axes[0], lat.astype("float32"), {"units": "degrees_north"})
        data["lon"] = (axes[1], lon.astype("float32"), {"units": "degrees_east"})
        area = 6371.22**2 * np.full(shape, 4 * np.pi / lat.size)
        if not mesh:
            half = np.radians(90 / (lat.size - 1))
            strip = np.sin(np.clip(np.radians(lat) + half, -np.pi / 2, np.pi / 2))
            strip -= np.sin(np.clip(np.radians(lat) - half, -np.pi / 2, np.pi / 2))
            area = np.broadcast_to(
                6371.22**2 * strip[:, None] * 2 * np.pi / lon.size, shape
            )
        data["area"] = (dims, area.astype("float32"), {"units": "km^2"})
        fraction = np.where(where[0] > 78, 0.0, 0.7).astype("float32")
        data["landfrac"] = (dims, fraction, {"long_name": "land fraction"})
        for name, (values, units) in fields.items():
            month = np.where(fraction > 0, values[k], np.nan)[None].astype("float32")
            attrs = {"units": units, "cell_methods": "time: mean"}
            data[name] = (("time", *dims), month, attrs)
            data[name].encoding = {"_FillValue": np.float32(1e36)}
        stamp = f"{2000 + k // 12}-{k % 12 + 1:02d}"
        data.to_netcdf(folder / f"case.clm2.h0.{stamp}.nc", unlimited_dims=["time"])


@pytest.mark.parametrize("variable", ["gpp", "nee"])
def test_clm_one_file_per_month(
    tmp_path: Path, write_flux: Flux, judge: Judge, variable: str
) -> None:
    """CLM5 h0 files, stamped at the end of each month, need three lines."""
    lat, lon = np.linspace(-90, 90, 49), np.arange(72) * 5.0
    clm(tmp_path, write_flux, lat, lon, mesh=False)
    found = judge("model: CLM5\narchive: clm\nfiles: case.clm2.h0.*.nc", variable)
    assert found.is_right(score=0.95)


def cube_cells(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return centres and corners of an equiangular cubed sphere of n cells a side."""
    edge = np.linspace(-np.pi / 4, np.pi / 4, n + 1)
    a, b = np.meshgrid(np.tan(edge), np.tan(edge), indexing="ij")
    one = np.ones_like(a)
    faces = [
        (one, a, b), (-a, one, b), (-one, -a, b),
        (a, -one, b), (-b, a, one), (b, a, -one),
    ]  # fmt: skip
    lats, lons, mid_lat, mid_lon = [], [], [], []
    for face in faces:
        xyz = np.stack(face, -1)
        xyz /= np.linalg.norm(xyz, axis=-1, keepdims=True)
        quad = np.stack(
            [xyz[:-1, :-1], xyz[1:, :-1], xyz[1:, 1:], xyz[:-1, 1:]], 2
        ).reshape(-1, 4, 3)
        middle = quad.mean(1)
        middle /= np.linalg.norm(middle, axis=1, keepdims=True)
        for out, v in ((lats, quad), (mid_lat, middle)):
            out.append(np.degrees(np.arcsin(v[..., 2])))
        for out, v in ((lons, quad), (mid_lon, middle)):
            out.append(np.degrees(np.arctan2(v[..., 1], v[..., 0])) % 360)
    return tuple(np.concatenate(v) for v in (mid_lat, mid_lon, lats, lons))


def test_clm_on_lndgrid_without_corners(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """A list of cells without corners is refused with the line to write."""
    lat, lon, *_ = cube_cells(20)
    clm(tmp_path, write_flux, lat, lon, mesh=True)
    text = "model: CLM5\narchive: clm\nfiles: case.clm2.h0.*.nc"
    refused = judge(text)
    assert refused.worst == 0
    assert "grid: {cells: voronoi}" in refused.problem
    found = judge(f"{text}\ngrid: {{cells: voronoi}}")
    assert found.is_right(score=0.94, error=0.02)


def test_elm_with_a_scrip_file(tmp_path: Path, write_flux: Flux, judge: Judge) -> None:
    """ELM ne30pg2 takes its corners from a SCRIP file with one more line."""
    lat, lon, corner_lat, corner_lon = cube_cells(20)
    clm(tmp_path, write_flux, lat, lon, mesh=True)
    grid = xr.Dataset(
        {
            "grid_center_lat": ("grid_size", lat, {"units": "degrees"}),
            "grid_center_lon": ("grid_size", lon, {"units": "degrees"}),
            "grid_corner_lat": (
                ("grid_size", "grid_corners"),
                corner_lat,
                {"units": "degrees"},
            ),
            "grid_corner_lon": (
                ("grid_size", "grid_corners"),
                corner_lon,
                {"units": "degrees"},
            ),
            "grid_imask": ("grid_size", np.ones(lat.size, "int32")),
            "grid_area": ("grid_size", np.full(lat.size, 4 * np.pi / lat.size)),
            "grid_dims": ("grid_rank", np.array([lat.size], "int32")),
        }
    )
    grid.to_netcdf(tmp_path / "ne20pg2_scrip.nc")
    text = "model: ELM\narchive: elm\nfiles: case.clm2.h0.*.nc"
    found = judge(f"{text}\ngrid: {{files: ne20pg2_scrip.nc}}")
    assert found.is_right(score=0.95)


def test_lpj_guess_tables(
    tmp_path: Path, write_flux: Flux, write_stock: Flux, judge: Judge
) -> None:
    """LPJ-GUESS tables of months and pools need three lines."""
    points = (MESH[0] > 40) & (MESH[0] < 85)
    lat, lon = MESH[0][points], (MESH[1][points] + 180) % 360 - 180
    values = write_flux(lat, lon).reshape(2, 12, -1)
    days = NOLEAP[:, None] * 86400.0
    months = list(calendar.month_abbr)[1:]
    with (tmp_path / "mgpp.out").open("w") as file:
        file.write("     Lon     Lat    Year" + "".join(f"{m:>9}" for m in months))
        for c in range(lat.size):
            for y in range(2):
                row = "".join(f"{v:9.5f}" for v in (values[y] * days)[:, c])
                file.write(f"\n{lon[c]:8.2f}{lat[c]:8.2f}{2000 + y:8d}{row}")
        file.write("\n")
    with (tmp_path / "cpool.out").open("w") as file:
        file.write("     Lon     Lat    Year    VegC   LitterC    SoilC    Total\n")
        for a, o, soil in zip(lat, lon, write_stock(lat, lon), strict=True):
            for y in (2000, 2001):
                file.write(
                    f"{o:8.2f}{a:8.2f}{y:8d} 1.00 0.50 {soil:9.3f} {soil + 1.5:9.3f}\n"
                )
    text = "model: LPJ-GUESS\narchive: lpj-guess\nfiles: ."
    assert judge(text).is_right(score=0.95)
    assert judge(text, "cSoil").is_right(score=0.95)


def test_lpjml_in_grams_per_month(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """LPJmL's gC/m2/month since 1901, positions as latitude, needs three lines."""
    points = (MESH[0] > 30) & (MESH[0] < 85)
    values = write_flux(*MESH) * 1e3 * np.tile(NOLEAP, 2)[:, None, None] * 86400.0
    data = xr.Dataset(
        {
            "GPP": (
                ("time", "latitude", "longitude"),
                np.where(points, values, np.nan).astype("float32"),
                {"units": "gC/m2/month", "standard_name": "GPP", "long_name": "gpp"},
            )
        },
        {
            "latitude": ("latitude", LAT, {"units": "degrees_north"}),
            "longitude": ("longitude", LON, {"units": "degrees_east"}),
            "time": (
                "time",
                noleap_edges()[:-1] + 99 * 365,
                {"units": "days since 1901-1-1 0:0:0", "calendar": "noleap"},
            ),
        },
    )
    data["GPP"].encoding = {"_FillValue": np.float32(-9999.99)}
    data.to_netcdf(tmp_path / "mgpp.nc")
    found = judge("model: LPJmL\nfiles: mgpp.nc\nvariables: {gpp: GPP}")
    assert found.is_right()


def test_dvm_dos_tem_on_a_projection(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """DVM-DOS-TEM over Alaska in EPSG:3338 metres needs three lines."""
    pyproj = pytest.importorskip("pyproj", reason="the extra 'projections'")
    x = np.arange(-900e3, 1400e3, 20e3)
    y = np.arange(500e3, 2400e3, 20e3)
    to_degrees = pyproj.Transformer.from_crs(3338, 4326, always_xy=True)
    lon, lat = to_degrees.transform(*np.meshgrid(x, y))
    values = write_flux(lat, lon) * 1e3 * np.tile(NOLEAP, 2)[:, None, None] * 86400
    path = tmp_path / "GPP_monthly_tr.nc"
    with netCDF4.Dataset(path, "w") as file:
        for name, size in (("y", y.size), ("x", x.size), ("time", None)):
            file.createDimension(name, size)
        time = file.createVariable("time", "f8", ("time",))
        time.units, time.calendar = "days since 2000-1-1 0:0:0", "365_day"
        time[:] = noleap_edges()[:-1]
        for name, axis in (("x", x), ("y", y)):
            var = file.createVariable(name, "f8", (name,))
            var.standard_name, var.units = f"projection_{name}_coordinate", "m"
            var[:] = axis
        crs = file.createVariable("albers_conical_equal_area", "i4", ())
        crs.setncatts(pyproj.CRS.from_epsg(3338).to_cf())
        gpp = file.createVariable("GPP", "f4", ("time", "y", "x"), fill_value=-9999)
        gpp.units, gpp.grid_mapping = "g/m2/month", "albers_conical_equal_area"
        gpp[:] = values
    box = [{"id": "alaska", "lat": [63, 68], "lon": [-157, -143]}]
    text = "model: DVM-DOS-TEM\narchive: dvm-dos-tem\nfiles: ."
    assert judge(text, regions=box).is_right(score=0.95)
