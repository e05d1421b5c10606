"""Inversions by latitude band: the tables, their sums, and how they are made."""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

FOLDER = Path(__file__).parents[2] / "references/co2_inversions_zonal"
#: Pg C yr-1, 2000-2016, from the raw files by plain loops and days of months.
MEANS = {
    ("band_50_90n", "MIROC"): -0.612,
    ("band_50_90n", "CT2019B"): -1.094,
    ("band_60_90n", "CT2017"): -0.429,
    ("band_60_90n", "s99oc_v2020"): -0.153,
    ("band_30_90n", "CTE2020"): -1.339,
    ("band_30_60n", "CAMSv20r1"): -1.866,
}


@pytest.fixture(name="annual")
def fixture_annual():
    """Return the shipped yearly table."""
    return pd.read_csv(FOLDER / "nbe_annual.csv", comment="#")


@pytest.fixture(name="derive")
def fixture_derive():
    """Return the script as a module."""
    spec = importlib.util.spec_from_file_location("derive", FOLDER / "derive.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("band", "name"), MEANS)
def test_means_are_those_of_the_raw_files(annual, band, name):
    """Typed from an independent computation, to a thousandth of Pg."""
    chosen = (annual["region"] == band) & (annual["approach"] == name)
    mean = annual.loc[chosen, "value"].mean() / 1e3
    assert mean == pytest.approx(MEANS[band, name], abs=6e-4)


def test_every_inversion_has_every_year(annual):
    """Seven inversions, four bands, 2000-2016, none missing."""
    assert len(annual) == 7 * 4 * 17
    assert annual.groupby(["region", "approach"])["year"].nunique().eq(17).all()
    assert (annual["year"].min(), annual["year"].max()) == (2000, 2016)
    assert set(annual["family"]) == {"inversion"}


def test_bands_add_up(annual):
    """30-60 and 60-90 N make 30-90 N in every year of every inversion."""
    wide = annual.pivot_table(
        index=["approach", "year"], columns="region", values="value"
    )
    parts = wide["band_30_60n"] + wide["band_60_90n"]
    assert (parts - wide["band_30_90n"]).abs().max() <= 0.02


def test_scale_is_the_spread_of_the_inversions(annual):
    """Standard deviations of 289, 435, 276 and 216 Tg yr-1 pool to 315."""
    means = annual.groupby(["region", "approach"])["value"].mean()
    spread = means.groupby("region").std()
    assert spread.round().tolist() == [289, 435, 276, 216]
    assert np.sqrt((spread**2).mean()) == pytest.approx(315, abs=0.5)


def test_the_cycle_has_the_mean_of_the_years(annual):
    """Months weighted by their days give the mean of 2000-2016."""
    months = pd.read_csv(FOLDER / "nbe_monthly_climatology.csv", comment="#")
    assert len(months) == 7 * 4 * 12
    # Five leap years among the seventeen.
    days = [31, 28 + 5 / 17, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    months["days"] = months["month"].map(dict(enumerate(days, 1)))
    months["weighted"] = months["value"] * months["days"]
    keys = ["region", "approach"]
    sums = months.groupby(keys)[["weighted", "days"]].sum()
    mean = sums["weighted"] / sums["days"]
    difference = mean - annual.groupby(keys)["value"].mean()
    # A year counts as one here, whether it has 365 days or 366.
    assert difference.abs().max() < 5
    peak = months.loc[months.groupby(keys)["value"].idxmin(), "month"]
    assert peak.isin([6, 7]).all()


def test_strips_are_split_at_the_end_of_a_band(derive, tmp_path):
    """1 Pg per degree on strips of 4 degrees: 30 degrees are 30 Pg, 10 are 10."""
    lat = np.arange(-90, 91, 4.0)
    time = pd.date_range("2000-01-15", "2016-12-15", freq="MS") + pd.Timedelta(days=14)
    time = time.insert(0, pd.Timestamp("2000-01-15"))
    values = np.ones((time.size, lat.size))
    values[time.month == 2] = 3.0
    units = {"units": "Pg C yr$^{-1}$ degree$^{-1}$"}
    flux = xr.DataArray(
        values, {"time": time, "lat": lat}, ("time", "lat"), attrs=units
    )
    for name in derive.INVERSIONS:
        (tmp_path / name).mkdir()
        flux.to_dataset(name="SFCO2_LND").to_netcdf(
            tmp_path / name / "fluxes_za_ts_monthly.nc"
        )
    derive.main(str(tmp_path), tmp_path)
    table = pd.read_csv(tmp_path / "nbe_annual.csv", comment="#")
    first = table[(table["approach"] == "MIROC") & (table["year"] == 2001)]
    # February counts three times: (337 + 3 x 28) / 365 of the rest.
    year = (337 + 3 * 28) / 365
    by_band = dict(zip(first["region"], first["value"] / 1e3 / year, strict=True))
    assert by_band["band_30_60n"] == pytest.approx(30, abs=1e-4)
    assert by_band["band_60_90n"] == pytest.approx(30, abs=1e-4)
    assert by_band["band_50_90n"] == pytest.approx(40, abs=1e-4)
    months = pd.read_csv(tmp_path / "nbe_monthly_climatology.csv", comment="#")
    february = months[(months["month"] == 2) & (months["region"] == "band_30_60n")]
    assert february["value"].tolist() == [90000.0] * 7


def test_other_units_are_refused(derive, tmp_path):
    """A file per grid cell would be off by the width of the strip."""
    flux = xr.DataArray([[1.0, 1.0]], dims=("time", "lat"), attrs={"units": "PgC/yr"})
    flux.to_dataset(name="SFCO2_LND").to_netcdf(tmp_path / "fluxes_za_ts_monthly.nc")
    with pytest.raises(ValueError, match="SFCO2_LND is in PgC/yr"):
        derive.read(tmp_path)
