"""Archives and tools that leave the conventions, each in its own way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

Flux = Callable[..., np.ndarray]
Judge = Callable[..., Any]
LAT, LON = np.arange(-88.75, 90, 2.5), np.arange(-178.75, 180, 2.5)
MESH = np.meshgrid(LAT, LON, indexing="ij")
MONTHS = np.tile([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], 2)
CO2 = 44.0095 / 12.011


def regular(
    values: np.ndarray,
    name: str,
    units: str | None,
    time: np.ndarray,
    time_units: str | None,
    calendar: str | None = None,
    dims: tuple[str, ...] = ("time", "lat", "lon"),
    lat: np.ndarray = LAT,
    lon: np.ndarray = LON,
) -> xr.Dataset:
    """Return a field on latitudes and longitudes with what is stated of it."""
    attrs = {} if units is None else {"units": units}
    data = xr.Dataset({name: (dims, values.astype("float32"), attrs)})
    stated = {"units": time_units, "calendar": calendar}
    data[dims[0]] = (dims[0], time, {k: v for k, v in stated.items() if v})
    data[dims[1]] = (dims[1], lat, {"units": "degrees_north"})
    data[dims[2]] = (dims[2], lon, {"units": "degrees_east"})
    return data


def mid_months(calendar_days: np.ndarray = MONTHS) -> np.ndarray:
    """Return days since the first of 2000 in the middle of 24 months."""
    edges = np.r_[0, np.cumsum(calendar_days)]
    return (edges[1:] + edges[:-1]) / 2.0


def test_trendy_cable_with_its_fill_value(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """CABLE-POP's undeclared -1e33 over the sea is never an amount."""
    values = np.where(MESH[0] > 75, -1e33, write_flux(*MESH))
    data = regular(
        values, "gpp", "kg m-2 s-1", mid_months(), "days since 2000-01-01", "365_day"
    )
    data.to_netcdf(tmp_path / "CABLE-POP_S3_gpp.nc")
    text = "model: CABLE-POP\narchive: trendy\nfiles: ."
    refused = judge(text)
    assert refused.worst == 0
    assert "fill_value: -1e+33" in refused.problem
    text += "\nvariables: {gpp: {fill_value: -1.0e+33}}"
    assert judge(text).is_right()


def test_trendy_dlem_with_a_leap_calendar_over_years_of_365_days(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """DLEM stamps of 365-day years in a standard calendar are refused, not shifted."""
    time = mid_months() + 300 * 365
    data = regular(
        write_flux(*MESH),
        "gpp",
        "kg m-2 s-1",
        time,
        "days since 1700-01-01",
        "standard",
    )
    data.to_netcdf(tmp_path / "DLEM_S3_gpp.nc")
    text = "model: DLEM\narchive: trendy\nfiles: ."
    refused = judge(text)
    assert refused.worst == 0
    assert "time: {calendar: noleap}" in refused.problem
    text += "\nvariables: {gpp: {time: {calendar: noleap}}}"
    assert judge(text).is_right()


def test_trendy_visit_in_grams(tmp_path: Path, write_flux: Flux, judge: Judge) -> None:
    """VISIT's gC m-2 month-1 in kg's place is told, not scored as kg."""
    values = write_flux(*MESH) * 1e3 * 86400 * MONTHS[:, None, None]
    data = regular(
        values, "gpp", "kg m-2 s-1", mid_months(), "days since 2000-01-01", "noleap"
    )
    data.to_netcdf(tmp_path / "VISIT_S3_gpp.nc")
    found = judge("model: VISIT\narchive: trendy\nfiles: .")
    assert found.worst == 0
    right = "variables: {gpp: {units: gC m-2 month-1}}"
    found = judge(f"model: VISIT\narchive: trendy\nfiles: .\n{right}")
    assert found.is_right()


def test_trendy_ibis_without_units(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """IBIS without units takes those of the archive, and every row says so."""
    data = regular(
        write_flux(*MESH), "gpp", None, np.arange(24) + 3600, "months since 1700-01-01"
    )
    data.to_netcdf(tmp_path / "IBIS_S3_gpp.nc")
    found = judge("model: IBIS\narchive: trendy\nfiles: .")
    assert found.is_right()
    assert "units" in found.rows["message"].iloc[0]


def test_trendy_isba_with_absolute_time(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """ISBA-CTRIP's own dimension names and absolute dates need three lines."""
    stamp = np.array([200000 + 100 * (k // 12) + k % 12 + 1 for k in range(24)])
    data = regular(
        write_flux(*MESH),
        "gpp",
        "kg m-2 s-1",
        stamp * 100.0 + 15,
        "day as %Y%m%d.%f",
        None,
        ("time_counter", "lat_FULL", "lon_FULL"),
    )
    data.to_netcdf(tmp_path / "ISBA-CTRIP_S3_gpp.nc")
    found = judge("model: ISBA-CTRIP\narchive: trendy\nfiles: .")
    assert found.is_right()


@pytest.mark.parametrize(
    ("name", "archive", "variable"),
    [
        (
            "lpjml_gswp3_nobc_hist_nosoc_co2_gpp_global_monthly_2000_2001.nc4",
            "isimip2b",
            "gpp",
        ),
        (
            "classic_gfdl-esm4_w5e5_historical_2015soc_default_gpp-total_global_monthly_2000_2001.nc",
            "isimip3",
            "gpp-total",
        ),
    ],
)
def test_isimip(
    tmp_path: Path,
    write_flux: Flux,
    judge: Judge,
    name: str,
    archive: str,
    variable: str,
) -> None:
    """ISIMIP's months since 1601 or 1661 and rows from the north need three lines."""
    base = 1601 if archive == "isimip3" else 1661
    lat, lon = LAT[::-1], LON
    values = write_flux(*np.meshgrid(lat, lon, indexing="ij"))
    time = (2000 - base) * 12.0 + np.arange(24)
    data = regular(
        values,
        variable,
        "kg m-2 s-1",
        time,
        f"months since {base}-01-01 00:00:00",
        "360_day" if archive == "isimip2b" else "proleptic_gregorian",
        lat=lat,
    )
    data.to_netcdf(tmp_path / name)
    model = name.partition("_")[0]
    assert judge(f"model: {model}\narchive: {archive}\nfiles: .").is_right()


def test_mstmip(tmp_path: Path, write_flux: Flux, judge: Judge) -> None:
    """MsTMIP's NEE with dates of a time zone in their units needs three lines."""
    nee = write_flux(*MESH, "ra") + write_flux(*MESH, "rh") - write_flux(*MESH)
    days = pd.date_range("2000-01-01", periods=24, freq="MS") + pd.Timedelta(days=14.5)
    time = (days - pd.Timestamp("1700-01-01")) / pd.Timedelta(days=1)
    data = regular(
        nee,
        "NEE",
        "kg C m-2 s-1",
        np.asarray(time),
        "days since 1700-01-01 00:00:00 -8:00",
        "standard",
    )
    data.attrs["title"] = "MsTMIP: Net Ecosystem Exchange"
    data.to_netcdf(tmp_path / "CLM4_SG1_Monthly_NEE.nc4")
    found = judge("model: CLM4\narchive: mstmip\nfiles: '*.nc4'", "nee")
    assert found.is_right()


def test_gcp_methane(tmp_path: Path, write_flux: Flux, judge: Judge) -> None:
    """Wetland methane in g CH4/m2/month of cells says its basis in every row."""
    values = write_flux(*MESH, "ch4") * 1e3 * 86400 * MONTHS[:, None, None]
    data = regular(
        values,
        "ch4_e",
        "g CH4/m2/month",
        mid_months(),
        "days since 2000-01-01",
        "noleap",
    )
    data["land_fraction"] = (("lat", "lon"), np.ones(MESH[0].shape), {"units": "1"})
    data.to_netcdf(tmp_path / "wetland.nc")
    found = judge("model: WET\narchive: gcp-ch4\nfiles: wetland.nc", "ch4")
    assert found.is_right()


@pytest.mark.parametrize("units", ["molC/m2/s", "PgC/cell/yr", "PgC/yr", "kgC/cell/h"])
def test_an_inversion_on_four_by_five_degrees(
    tmp_path: Path, write_flux: Flux, judge: Judge, units: str
) -> None:
    """Moles are converted; amounts per cell are refused with what to do."""
    lat = np.r_[-89.0, np.arange(-86.0, 87, 4), 89.0]
    lon = np.arange(-180.0, 180, 5)
    mesh = np.meshgrid(lat, lon, indexing="ij")
    nee = write_flux(*mesh, "ra") + write_flux(*mesh, "rh") - write_flux(*mesh)
    data = regular(
        nee / 12.011e-3,
        "flux_apos_bio",
        units,
        mid_months(),
        "days since 2000-01-01",
        "noleap",
        lat=lat,
        lon=lon,
    )
    data.to_netcdf(tmp_path / "inversion.nc")
    text = "model: INV\nfiles: inversion.nc\nvariables: {nee: {name: flux_apos_bio}}"
    found = judge(text, "nee")
    if units == "molC/m2/s":
        assert found.is_right(score=0.9)
    else:
        assert found.worst == 0
        assert "divide them by the area of each cell" in found.problem


def test_a_climatology_of_twelve_months(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """Twelve months with climatology_bounds are no year 2000."""
    values = write_flux(*MESH)[:12]
    data = regular(
        values, "gpp", "kg m-2 s-1", mid_months()[:12], "days since 2000-01-01"
    )
    data["time"].attrs["climatology"] = "climatology_bounds"
    edges = np.r_[0, np.cumsum(MONTHS[:12])].astype(float)
    bounds = np.stack([edges[:-1], edges[1:] + 3653], 1)
    data["climatology_bounds"] = (("time", "nv"), bounds)
    data["gpp"].attrs["cell_methods"] = "time: mean within years time: mean over years"
    data.to_netcdf(tmp_path / "climatology.nc")
    found = judge("model: C\nfiles: climatology.nc\nvariables: [gpp]")
    assert found.is_right()
    assert "climatology" in found.rows["message"].iloc[0]


def test_a_netcdf3_file_without_attributes(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """A record file of a Fortran program says each missing fact in its turn."""
    data = regular(write_flux(*MESH), "gpp", None, np.arange(1.0, 25), None)
    for name in ("lat", "lon"):
        data[name].attrs = {}
    data.to_netcdf(
        tmp_path / "out.nc", format="NETCDF3_CLASSIC", unlimited_dims=["time"]
    )
    text = "model: F\nfiles: out.nc\nvariables: {gpp: {%s}}"
    found = judge(text % "name: gpp")
    assert found.worst == 0
    assert "units:" in found.problem
    found = judge(text % "units: kg m-2 s-1")
    assert found.worst == 0
    assert "time: {units:" in found.problem
    found = judge(text % "units: kg m-2 s-1, time: {units: months since 1999-12-01}")
    assert found.is_right()


def test_daily_values_in_a_file_per_month(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """Daily files of one month each become months without a further line."""
    lat, lon = np.arange(42.5, 90, 5), np.arange(-177.5, 180, 5)
    monthly = write_flux(*np.meshgrid(lat, lon, indexing="ij"))
    edges = np.r_[0, np.cumsum(MONTHS)]
    for k in range(24):
        days = np.arange(edges[k], edges[k + 1]) + 0.5
        values = np.repeat(monthly[k][None], days.size, axis=0)
        data = regular(
            values,
            "gpp",
            "kg m-2 s-1",
            days,
            "days since 2000-01-01",
            "noleap",
            lat=lat,
            lon=lon,
        )
        data.to_netcdf(tmp_path / f"day_{2000 + k // 12}{k % 12 + 1:02d}.nc")
    found = judge("model: D\nfiles: day_*.nc\nvariables: [gpp]")
    assert found.is_right(score=0.94)


def test_names_in_another_language(
    tmp_path: Path, write_flux: Flux, judge: Judge
) -> None:
    """Names with accents, quotes and blanks are read and shown as they are."""
    folder = tmp_path / "Ausgabe für «Müller's» Modell"
    folder.mkdir()
    name = "Bruttoprimärproduktion_" + "sehr_" * 30 + "lang"
    data = regular(
        write_flux(*MESH),
        name,
        "kg m-2 s-1",
        mid_months(),
        "days since 2000-01-01",
        "noleap",
    )
    data[name].attrs["long_name"] = 'Produktion "brutto" <b>'
    data.to_netcdf(folder / "Läufe.nc")
    text = (
        'model: "Müller\'s \\"Modell\\" <1>"\n'
        f'files: "{folder.name}/L*.nc"\nvariables: {{gpp: {name}}}'
    )
    assert judge(text).is_right()
