"""Upscaled regional fluxes against sums and values typed by hand."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

FOLDER = Path(__file__).parents[2] / "references/virkkala_upscaled"
REGIONS = [
    "alaska_boreal_tundra",
    "canadian_tundra_boreal_tundra",
    "western_canada_boreal_tundra",
    "eastern_canada_boreal_tundra",
    "western_eurasia_boreal_tundra",
    "siberian_tundra_boreal_tundra",
    "eastern_siberia_boreal_tundra",
    "western_siberia_boreal_tundra",
]
DOMAIN = "boreal_tundra_domain"


def read(name):
    """Read a shipped table."""
    return pd.read_csv(FOLDER / name, comment="#")


@pytest.mark.parametrize("flux", ["nee", "gpp", "reco"])
def test_every_region_has_every_year(flux):
    """Eight regions and their union have 1990-2016 without a gap."""
    table = read(f"{flux}_annual.csv").pivot_table(
        index="year", columns="region", values="value"
    )
    assert list(table.index) == list(range(1990, 2017))
    assert set(table) == {*REGIONS, DOMAIN}
    assert not table.isna().any(axis=None)


@pytest.mark.parametrize(("flux", "gap"), [("nee", 0.2), ("gpp", 5), ("reco", 5.2)])
def test_regions_add_up_to_the_domain(flux, gap):
    """The eight totals close to the domain within 0.06 % of gross fluxes, Tg yr-1."""
    table = read(f"{flux}_annual.csv").pivot_table(
        index="year", columns="region", values="value"
    )
    assert (table[REGIONS].sum(axis=1) - table[DOMAIN]).abs().max() < gap


@pytest.mark.parametrize(
    ("flux", "total"), [("nee", -66.15), ("gpp", 8906.79), ("reco", 8891.95)]
)
def test_domain_totals_of_1990(flux, total):
    """The first year is that of the source, to the rounding."""
    table = read(f"{flux}_annual.csv").set_index(["region", "year"])
    assert table.loc[(DOMAIN, 1990), "value"] == total


def test_nee_is_not_reco_minus_gpp():
    """NEE is modelled on its own: -66 against -15 Tg yr-1 in 1990."""
    first = {
        flux: read(f"{flux}_annual.csv").set_index(["region", "year"])["value"]
        for flux in ("nee", "gpp", "reco")
    }
    residual = first["reco"] - first["gpp"]
    assert residual[(DOMAIN, 1990)] == pytest.approx(-14.84, abs=0.01)


def test_density_times_area_is_the_budget():
    """The climatology (per m2) times the area gives the 2000-2009 budget.

    Eastern Siberia closes within 1.2 %, all others within 0.5 %.
    """
    cycle = read("nee_monthly_climatology.csv")
    density = cycle.groupby("region")["value"].sum()
    area = cycle.groupby("region")["area_Mkm2"].first()
    annual = read("nee_annual.csv")
    decade = annual[annual["year"].between(2000, 2009)]
    budget = decade.groupby("region")["value"].mean()
    error = (density * area / budget - 1).abs()
    assert error["eastern_siberia_boreal_tundra"] < 0.012
    assert error.drop("eastern_siberia_boreal_tundra").max() < 0.005


def test_areas():
    """The regions are the whole boreal-tundra domain, 22.5 million km2."""
    area = read("gpp_annual.csv").groupby("region")["area_Mkm2"].first()
    assert area[REGIONS].sum() == pytest.approx(22.52, abs=0.01)
    assert area[DOMAIN] == pytest.approx(22.49, abs=0.01)
    assert area["alaska_boreal_tundra"] == pytest.approx(1.32, abs=0.005)


def test_cycle_takes_up_carbon_in_summer():
    """Positive is a source: uptake in July, release in January, everywhere."""
    cycle = read("nee_monthly_climatology.csv").pivot_table(
        index="month", columns="region", values="value"
    )
    assert list(cycle.index) == list(range(1, 13))
    assert (cycle.loc[7] < 0).all()
    assert (cycle.loc[1] > 0).all()


@pytest.mark.parametrize(
    ("decade", "july", "january"),
    [("_1990s", -28.8, 8.1), ("", -29.5, 8.2), ("_2010s", -31.8, 8.7)],
)
def test_the_cycle_grows_from_decade_to_decade(decade, july, january):
    """Alaska in July and January, typed from the source (values / 100)."""
    table = read(f"nee_monthly_climatology{decade}.csv")
    assert len(table) == 9 * 12
    alaska = table[table["region"] == "alaska_boreal_tundra"].set_index("month")
    assert alaska.loc[7, "value"] == pytest.approx(july, abs=0.051)
    assert alaska.loc[1, "value"] == pytest.approx(january, abs=0.051)


def test_temperature():
    """Western Canada -3.0 degC in the mean of 1990-2016, the tundra of Canada -11.8."""
    table = read("tas_annual.csv")
    mean = table.groupby("region")["value"].mean() - 273.15
    assert len(table) == 9 * 27
    assert mean["western_canada_boreal_tundra"] == pytest.approx(-3.004, abs=0.001)
    assert mean["canadian_tundra_boreal_tundra"] == pytest.approx(-11.826, abs=0.001)


def test_the_script_makes_the_tables(tmp_path):
    """Two regions of 2 and 4 million km2 come out of their budgets and densities."""
    spec = importlib.util.spec_from_file_location("derive", FOLDER / "derive.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.REGIONS = {"alaska": "alaska_boreal_tundra", "full": DOMAIN}
    size = {"alaska": 2.0, "full": 4.0}
    years = range(1990, 2017)
    rows = [(name, area * -12.0, year) for name, area in size.items() for year in years]
    for flux in ("GPP", "NEE", "Reco"):
        pd.DataFrame(rows, columns=["area", "budget", "year"]).to_csv(
            tmp_path / f"{flux}_gC_m2_8km_budgets.csv"
        )
    months = [
        (name, -100.0, decade, month)
        for name in size
        for decade in (1990, 2000, 2010)
        for month in range(1, 13)
    ]
    columns = ["area", "mean", "year", "month"]
    pd.DataFrame(months, columns=columns).to_csv(tmp_path / script.MONTHS)
    warm = [(name, -315.0, year) for name in size for year in years]
    pd.DataFrame(warm, columns=columns[:3]).to_csv(tmp_path / script.WARMTH)
    out = tmp_path / "out"
    out.mkdir()
    script.main(str(tmp_path), out)
    start = "alaska_boreal_tundra,virkkala_upscaling,upscaling"
    annual = (out / "nee_annual.csv").read_text()
    assert f"{start},2016,-24.00,2.000\n" in annual
    cycle = (out / "nee_monthly_climatology_2010s.csv").read_text()
    assert f"{start},12,-1.000,2.000\n" in cycle
    assert f"{start},1990,270.000,2.000\n" in (out / "tas_annual.csv").read_text()
