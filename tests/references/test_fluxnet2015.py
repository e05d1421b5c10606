"""Northern flux towers: numbers of the raw files, places, and gaps."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

FOLDER = Path(__file__).parents[2] / "references/fluxnet2015_north"


@pytest.fixture(name="months")
def fixture_months():
    """Return the shipped table."""
    return pd.read_csv(FOLDER / "monthly.csv", comment="#")


@pytest.fixture(name="derive")
def fixture_derive():
    """Return the script as a module."""
    spec = importlib.util.spec_from_file_location("derive", FOLDER / "derive.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("site", "year", "month", "nee", "gpp"),
    [
        ("US-Atq", 2006, 7, -1.26636, 2.68139),
        ("US-Atq", 2005, 9, -0.0989719, 0.542058),
        ("NO-Blv", 2008, 12, 0.0337499, 0.0399337),
    ],
)
def test_values_of_the_raw_files(months, site, year, month, nee, gpp):
    """Typed from the files, to the rounding of four decimals."""
    row = months.set_index(["site", "year", "month"]).loc[(site, year, month)]
    assert row["nee"] == pytest.approx(nee, abs=5.1e-5)
    assert row["gpp"] == pytest.approx(gpp, abs=5.1e-5)


def test_sites_and_their_gaps(months):
    """507 months of 23 sites; four have each calendar month, five no winter."""
    assert len(months) == 507
    assert months["site"].nunique() == 23
    assert not months.duplicated(["site", "year", "month"]).any()
    whole = months.groupby("site")["month"].nunique()
    assert set(whole[whole == 12].index) == {"CA-Man", "CA-Obs", "FI-Sod", "RU-Fyo"}
    winter = months[months["month"].isin([11, 12, 1, 2, 3])]
    bare = set(months["site"]) - set(winter["site"])
    assert bare == {"CA-NS2", "DK-NuF", "RU-Che", "RU-Cok", "US-Atq"}


def test_signs(months):
    """Uptake is negative: NEE falls as GPP rises, and July is a sink nearly always."""
    assert months[["nee", "gpp"]].corr().iloc[0, 1] < -0.5
    july = months[months["month"] == 7]
    assert (july["nee"] < 0).mean() > 0.75
    assert (months["gpp"].dropna() >= 0).all()


def test_no_production_in_february(months):
    """Two impossible months of CA-Man have no GPP and keep their NEE."""
    gone = months[months["gpp"].isna()]
    assert gone[["site", "year", "month"]].to_numpy().tolist() == [
        ["CA-Man", 2004, 2],
        ["CA-Man", 2008, 2],
    ]
    assert gone["nee"].notna().all()


def test_places(months):
    """Zackenberg lies in Greenland, Bayelva on Svalbard, Fyodorovskoye in Russia."""
    place = months.groupby("site")[["lat", "lon"]].first()
    assert place.loc["DK-ZaH"].tolist() == pytest.approx([74.47, -20.55], abs=0.01)
    assert place.loc["NO-Blv"].tolist() == pytest.approx([78.92, 11.83], abs=0.01)
    assert place.loc["RU-Fyo"].tolist() == pytest.approx([56.46, 32.92], abs=0.01)
    once = months.groupby("site")[["lat", "lon", "site_class"]].nunique()
    assert (once == 1).to_numpy().all()


def test_the_script_joins_sites(derive, tmp_path):
    """A Greenland site is found by its newer code; a month twice is an error."""
    (tmp_path / "location_fluxnet.csv").write_text(
        "Flux_name,LC,Lat,lon,flux_site\nGL-ZaH,GRA,74.4733,-20.5503,GL-ZaH\n"
    )
    raw = tmp_path / "validation_DK-ZaH.csv"
    raw.write_text("ID,Date,GPP,NEE,ET\n1,201007,1.5,-0.25,1\n")
    derive.main(str(tmp_path), tmp_path)
    text = (tmp_path / "monthly.csv").read_text(encoding="utf-8")
    assert "DK-ZaH,74.4733,-20.5503,2010,7,-0.2500,1.5000,grassland\n" in text
    raw.write_text(raw.read_text() + "2,201007,1.5,-0.25,1\n")
    with pytest.raises(ValueError, match="a month comes twice"):
        derive.main(str(tmp_path), tmp_path)
