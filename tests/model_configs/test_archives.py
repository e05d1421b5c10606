"""Files written as each archive writes them open with four lines and right values."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cftime
import numpy as np
import pytest
import xarray as xr
import yaml

from benchmark.checking import check_models
from benchmark.config import load_models
from benchmark.config.archive_keys import FACTS
from benchmark.config.archives import load_archive
from benchmark.config.catalogue import archive_names
from benchmark.config.descriptors import Model
from benchmark.harmonise.model import open_variable
from benchmark.harmonise.variables import VARIABLES

LAT = np.array([55.0, 65.0, 75.0])
LON = np.array([-5.0, 5.0, 15.0, 25.0])

Write = Callable[..., Path]


def dates(calendar: str, day: int = 15, hour: int = 12) -> list[cftime.datetime]:
    """Return stamps of the twelve months of 2000."""
    return [
        cftime.datetime(2000, month, day, hour, calendar=calendar)
        for month in range(1, 13)
    ]


def month_ends(calendar: str) -> list[cftime.datetime]:
    """Return 00:00 of the day after each month of 2000, and the first day."""
    edges = [
        cftime.datetime(2000, month, 1, calendar=calendar) for month in range(1, 13)
    ]
    return [*edges, cftime.datetime(2001, 1, 1, calendar=calendar)]


def grid(
    values: dict[str, tuple[float, str | None]],
    calendar: str = "noleap",
    stamps: list[cftime.datetime] | None = None,
    attrs: dict[str, str] | None = None,
) -> xr.Dataset:
    """Return monthly fields of one value each, with their units."""
    times = dates(calendar) if stamps is None else stamps
    data = xr.Dataset(
        coords={
            "time": times,
            "lat": ("lat", LAT, {"units": "degrees_north"}),
            "lon": ("lon", LON, {"units": "degrees_east"}),
        },
        attrs=attrs or {},
    )
    for name, (value, units) in values.items():
        field = np.full((len(times), LAT.size, LON.size), value)
        stated = {} if units is None else {"units": units}
        data[name] = (("time", "lat", "lon"), field, stated)
    return data


def opened(model: Model, variable: str) -> tuple[float, str]:
    """Return the one value of a variable, and what every row about it says."""
    found = open_variable(model, variable)
    field = found.field.to_numpy()
    assert np.isfinite(field).all()
    assert float(np.ptp(field)) <= 1e-9 * abs(float(field.flat[0]))
    return float(field.flat[0]), found.remark


@pytest.fixture
def model(tmp_path: Path) -> Callable[..., Model]:
    """Write a model of four lines, or more, and load it."""

    def load(archive: str, **keys: Any) -> Model:
        text = {"model": "M1", "archive": archive, "files": ".", **keys}
        path = tmp_path / "m.yaml"
        path.write_text(yaml.safe_dump(text), "utf-8")
        (found,) = load_models(path)
        return found

    return load


@pytest.mark.parametrize("name", archive_names())
def test_every_fact_has_a_source(name: str) -> None:
    """Each fact of each archive has a source, or is marked as unconfirmed."""
    archive = load_archive(name, Path())
    assert archive.title
    for variable, candidates in archive.variables.items():
        for candidate in candidates:
            said = {"names", *candidate.facts} - set(candidate.unconfirmed)
            assert candidate.source or not said, candidate.name
            assert set(candidate.facts) <= set(FACTS)
            has_mass = bool(VARIABLES[variable].mass_basis)
            assert ("mass_basis" in candidate.facts) == has_mass, candidate.name
            per_area = VARIABLES[variable].is_per_area
            assert ("area_basis" in candidate.facts) == per_area, candidate.name


@pytest.mark.parametrize("name", archive_names())
@pytest.mark.parametrize("variable", ["nee", "nbe", "ch4"])
def test_net_fluxes_have_a_sign(name: str, variable: str) -> None:
    """No archive leaves the sign of a net flux to be guessed."""
    for candidate in load_archive(name, Path()).variables.get(variable, ()):
        assert candidate.facts["sign"] in ("up", "down")


def test_cmip6(tmp_path: Path, model: Callable[..., Model]) -> None:
    """CMIP6's nbp counts into the land, and sftlf beside it is found and used."""
    edges = month_ends("proleptic_gregorian")
    attrs = {"mip_era": "CMIP6"}
    data = grid({"nbp": (1e-8, "kg m-2 s-1")}, "proleptic_gregorian", attrs=attrs)
    data["nbp"].attrs["cell_methods"] = "area: mean where land time: mean"
    data["time_bnds"] = (("time", "bnds"), np.array([edges[:-1], edges[1:]]).T)
    data["time"].attrs["bounds"] = "time_bnds"
    data["time"].encoding["units"] = "days since 1850-01-01"
    data.to_netcdf(tmp_path / "nbp_Lmon_M1_historical_r1i1p1f1_gn_200001-200012.nc")
    soil = grid({"cSoil": (12.0, "kg m-2")}, "proleptic_gregorian")
    soil.to_netcdf(tmp_path / "cSoil_Emon_M1_historical_r1i1p1f1_gn_200001-200012.nc")
    land = xr.Dataset(
        {"sftlf": (("lat", "lon"), np.full((3, 4), 60.0), {"units": "%"})},
        {"lat": data["lat"], "lon": data["lon"]},
    )
    land.to_netcdf(tmp_path / "sftlf_fx_M1_historical_r1i1p1f1_gn.nc")
    found = model("cmip6")
    assert set(found.variables) == {"nbe", "cSoil"}
    assert found.family == "cmip6"
    assert found.land_fraction is not None
    assert opened(found, "nbe") == (-1e-8, "")
    assert opened(found, "cSoil") == (12.0, "")
    assert found.variables["cSoil"].depth == "full_column"
    fraction = open_variable(found, "nbe").field["land_fraction"].to_numpy()
    np.testing.assert_allclose(fraction, 0.6)


def test_cmip5(tmp_path: Path, model: Callable[..., Model]) -> None:
    """CMIP5's rh opens in a 360-day calendar, and the depth of cSoil is unsure."""
    name = "{}_Lmon_M1_historical_r1i1p1_200001-200012.nc"
    rh = grid({"rh": (2e-8, "kg m-2 s-1")}, "360_day", dates("360_day", 16, 0))
    rh.to_netcdf(tmp_path / name.format("rh"))
    grid({"cSoil": (9.0, "kg m-2")}, "360_day").to_netcdf(
        tmp_path / name.format("cSoil")
    )
    found = model("cmip5")
    assert opened(found, "rh") == (2e-8, "")
    assert open_variable(found, "rh").field["days"].to_numpy().tolist() == [30] * 12
    value, remark = opened(found, "cSoil")
    assert value == 9.0
    assert "'depth: full_column' under variables.cSoil" in remark


def test_isimip3(tmp_path: Path, model: Callable[..., Model]) -> None:
    """ISIMIP3's ch4 is carbon, 12.011 of 16.043 parts, and nbp-total counts down."""
    name = "m1_gswp3-w5e5_obsclim_histsoc_default_{}_global_monthly_2000_2000.nc"
    for variable, value in (("ch4", 12.011e-10), ("nbp-total", 3e-9)):
        data = grid({variable: (value, "kg m-2 s-1")}, "proleptic_gregorian")
        data.to_netcdf(tmp_path / name.format(variable))
    found = model("isimip3")
    assert set(found.variables) == {"ch4", "nbe"}
    value, remark = opened(found, "ch4")
    assert value == pytest.approx(16.043e-10, rel=1e-12)
    assert "sign 'up' is taken from archive isimip3" in remark
    assert opened(found, "nbe") == (-3e-9, "")


def test_isimip3_methane_first(tmp_path: Path, model: Callable[..., Model]) -> None:
    """Where ISIMIP files hold wetlandch4 too, that is taken: a mass of methane."""
    for variable, value in (("ch4", 1e-10), ("wetlandch4", 4e-10)):
        data = grid({variable: (value, "kg m-2 s-1")})
        data.to_netcdf(tmp_path / f"{variable}.nc")
    assert opened(model("isimip3"), "ch4") == (4e-10, "")


def test_isimip2b(tmp_path: Path, model: Callable[..., Model]) -> None:
    """ISIMIP2b's .nc4 files open from their folder; their area basis is unsure."""
    data = grid({"gpp": (5e-8, "kg m-2 s-1")}, "proleptic_gregorian")
    data.to_netcdf(
        tmp_path / "m1_ipsl_hist_histsoc_co2_gpp_global_monthly_2000_2000.nc4"
    )
    found = model("isimip2b")
    value, remark = opened(found, "gpp")
    assert value == 5e-8
    assert remark.startswith("area basis 'land' is taken from archive isimip2b")


def test_trendy(tmp_path: Path, model: Callable[..., Model]) -> None:
    """Of a TRENDY folder the S3 files of the model are taken; nbp is unsure."""
    for name, value in (("M1_S3", 2e-9), ("M1_S0", 7e-9), ("M2_S3", 8e-9)):
        data = grid({"nbp": (value, "kg m-2 s-1")})
        data.to_netcdf(tmp_path / f"{name}_nbp.nc")
    found = model("trendy")
    assert len(found.variables["nbe"].files) == 1
    value, remark = opened(found, "nbe")
    assert value == -2e-9
    assert "sign 'down'" in remark
    assert "'sign: down'" in remark
    stated = model(
        "trendy",
        variables={"nbe": {"sign": "down", "mass_basis": "C", "area_basis": "land"}},
    )
    assert opened(stated, "nbe") == (-2e-9, "")


def test_trendy_in_grams(tmp_path: Path, model: Callable[..., Model]) -> None:
    """A TRENDY file in g C is read in g C, and the difference is said."""
    grid({"gpp": (1e-5, "gC m-2 s-1")}).to_netcdf(tmp_path / "M1_S3_gpp.nc")
    value, remark = opened(model("trendy"), "gpp")
    assert value == pytest.approx(1e-8)
    assert "the file has units 'gC m-2 s-1', archive trendy 'kg m-2 s-1'" in remark


def test_trendy_without_units(tmp_path: Path, model: Callable[..., Model]) -> None:
    """Units that a TRENDY file lacks come from the archive, and that is said."""
    grid({"gpp": (3e-8, None)}).to_netcdf(tmp_path / "M1_S3_gpp.nc")
    value, remark = opened(model("trendy"), "gpp")
    assert value == 3e-8
    assert "the file has no units; 'kg m-2 s-1' is taken from archive trendy" in remark


def test_mstmip(tmp_path: Path, model: Callable[..., Model]) -> None:
    """MsTMIP's NEE counts upward; that of its NEP is turned, and both are unsure."""
    grid({"NEE": (4e-9, "kg m-2 s-1")}).to_netcdf(tmp_path / "M1_SG3_Monthly_NEE.nc4")
    value, remark = opened(model("mstmip", files="*NEE.nc4"), "nee")
    assert value == 4e-9
    assert "sign 'up'" in remark
    grid({"NEP": (4e-9, "kg m-2 s-1")}).to_netcdf(tmp_path / "M1_SG3_Monthly_NEP.nc4")
    assert opened(model("mstmip", files="*NEP.nc4"), "nee")[0] == -4e-9


def test_gcp_ch4(tmp_path: Path, model: Callable[..., Model]) -> None:
    """Monthly g CH4 per cell becomes kg per second and per area of its land."""
    data = grid({"mch4_e": (0.031, "g CH4 m-2 month-1")}, "standard")
    data["land_fraction"] = (("lat", "lon"), np.full((3, 4), 0.5), {"units": "1"})
    data.to_netcdf(tmp_path / "M1_exp2_mch4_e.nc")
    found = open_variable(model("gcp-ch4"), "ch4")
    january = float(found.field.isel(time=0, lat=0, lon=0))
    assert january == pytest.approx(0.031e-3 / (31 * 86400) / 0.5, rel=1e-6)


def test_clm(tmp_path: Path, model: Callable[..., Model]) -> None:
    """CLM's NBP is g of carbon into the land, FCH4 kg of carbon upward."""
    edges = month_ends("noleap")
    data = grid(
        {
            "NBP": (2e-6, "gC/m^2/s"),
            "NEP": (5e-6, "gC/m^2/s"),
            "NEE": (-4e-6, "gC/m^2/s"),
            "ER": (9e-6, "gC/m^2/s"),
            "FCH4": (12.011e-11, "kgC/m2/s"),
            "TOTSOMC": (30000.0, "gC/m^2"),
            "TOTSOMC_1m": (10000.0, "gC/m^2"),
        },
        stamps=edges[1:],
        attrs={"title": "CLM History file information"},
    )
    data["time_bounds"] = (
        ("time", "hist_interval"),
        np.array([edges[:-1], edges[1:]]).T,
    )
    data["time"].attrs["bounds"] = "time_bounds"
    data["time"].encoding["units"] = "days since 2000-01-01"
    data["landfrac"] = (("lat", "lon"), np.full((3, 4), 0.7))
    data.to_netcdf(tmp_path / "case.clm2.h0.2000-01.nc")
    found = model("clm")
    assert set(found.variables) == {"nbe", "nee", "reco", "ch4", "cSoil"}
    for variable, value in (
        ("nbe", -2e-9),
        ("nee", -5e-9),
        ("reco", 9e-9),
        ("ch4", 16.043e-11),
        ("cSoil", 30.0),
    ):
        assert opened(found, variable) == (pytest.approx(value, rel=1e-12), "")
    field = open_variable(found, "nbe").field
    assert field["month"].to_numpy().tolist() == list(range(1, 13))
    np.testing.assert_allclose(field["land_fraction"], 0.7)


def test_elm(tmp_path: Path, model: Callable[..., Model]) -> None:
    """ELM's names are CLM's; that its values are per land is said to be unsure."""
    grid({"NEP": (5e-6, "gC/m^2/s")}).to_netcdf(tmp_path / "case.elm.h0.2000-01.nc")
    value, remark = opened(model("elm"), "nee")
    assert value == pytest.approx(-5e-9)
    assert remark.startswith("area basis 'land' is taken from archive elm")


def test_classic(tmp_path: Path, model: Callable[..., Model]) -> None:
    """CLASSIC's typeset units and end-of-month stamps are read as they are."""
    ends = [d.replace(hour=0) for d in dates("noleap", 28)]
    units = "kg C $m^{-2}$ s$^{-1}$"
    grid({"gpp": (6e-8, units)}, stamps=ends).to_netcdf(tmp_path / "gpp_monthly.nc")
    value, remark = opened(model("classic"), "gpp")
    assert value == 6e-8
    assert "mass basis" not in remark


def test_jules(tmp_path: Path, model: Callable[..., Model]) -> None:
    """JULES counts fch4_wetl in 1e-9 kg of carbon, as its metadata say."""
    data = grid(
        {"fch4_wetl": (12.011, "10^-9 kg m-2 s-1"), "cs_gb": (20.0, "kg m-2")},
        "standard",
    )
    data = data.rename(lat="latitude", lon="longitude")
    data.to_netcdf(tmp_path / "run.monthly.2000.nc")
    found = model("jules")
    value, remark = opened(found, "ch4")
    assert value == pytest.approx(16.043e-9)
    assert "mass basis 'C'" in remark
    assert opened(found, "cSoil")[0] == 20.0


def test_orchidee(tmp_path: Path, model: Callable[..., Model]) -> None:
    """ORCHIDEE's stomate_ipcc_history has CMIP names; others are left alone."""
    values = {"gpp": (7e-8, "kg m-2 s-1"), "nbp": (1e-9, "kg m-2 s-1")}
    data = grid(values, "noleap")
    data.to_netcdf(tmp_path / "stomate_ipcc_history.nc")
    grid({"gpp": (1.0, "gC m-2 d-1")}).to_netcdf(tmp_path / "stomate_history.nc")
    found = model("orchidee")
    assert opened(found, "gpp")[0] == 7e-8
    assert opened(found, "nbe")[0] == -1e-9


def test_lpj_guess(tmp_path: Path, model: Callable[..., Model]) -> None:
    """LPJ-GUESS has kg of carbon a month without units: NEE is mra + mrh - mgpp."""
    values = {"mgpp": (0.31, None), "mra": (0.155, None), "mrh": (0.031, None)}
    grid(values).to_netcdf(tmp_path / "lpjg.nc")
    found = open_variable(model("lpj-guess"), "nee")
    january = float(found.field.isel(time=0, lat=0, lon=0))
    assert january == pytest.approx(-0.124 / (31 * 86400), rel=1e-6)
    assert "the file has no units; 'kg m-2 month-1'" in found.remark


def test_dvm_dos_tem(tmp_path: Path, model: Callable[..., Model]) -> None:
    """DVM-DOS-TEM has one file per variable, sums of g a month, fill -9999."""
    for name, value in (("GPP", 31.0), ("RHSOM", 3.1), ("RHDWD", 3.1), ("SOC", 4e4)):
        units = "g/m2" if name == "SOC" else "g/m2/month"
        data = grid({name: (value, units)}, "365_day")
        encoding = {name: {"_FillValue": -9999.0}}
        data.to_netcdf(tmp_path / f"{name}_monthly_tr.nc", encoding=encoding)
    found = model("dvm-dos-tem")
    assert set(found.variables) == {"gpp", "rh", "cSoil"}
    for variable, grams in (("gpp", 31.0), ("rh", 6.2)):
        field = open_variable(found, variable).field
        january = float(field.isel(time=0, lat=0, lon=0))
        assert january == pytest.approx(grams * 1e-3 / (31 * 86400), rel=1e-6)
    assert opened(found, "cSoil")[0] == 40.0


def test_generic(tmp_path: Path, model: Callable[..., Model]) -> None:
    """The generic archive takes NEE in mol of CO2 as carbon, all of it unsure."""
    grid({"NEE": (1.0, "umol m-2 s-1")}).to_netcdf(tmp_path / "sibcasa.nc")
    value, remark = opened(model("generic"), "nee")
    assert value == pytest.approx(12.011e-9)
    assert "sign 'up'" in remark


def test_check_says_what_is_unconfirmed(
    tmp_path: Path, model: Callable[..., Model]
) -> None:
    """What `permabench check` prints names the archive and what to write."""
    grid({"nbp": (2e-9, "kg m-2 s-1")}).to_netcdf(tmp_path / "M1_S3_nbp.nc")
    item, derived = check_models([model("trendy")])
    assert derived.variable == "nee" or item.variable == "nee"
    item = item if item.variable == "nbe" else derived
    assert not item.problem
    assert any(
        "which is unconfirmed: confirm with 'sign: down'" in w for w in item.warnings
    )
