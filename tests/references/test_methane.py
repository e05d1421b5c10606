"""Methane references against their sources, by another way than derive.py."""

import importlib.util
from calendar import monthrange
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from benchmark.references.site_tables import WETLANDS, by_region, reduced
from scipy import stats

from benchmark.config import load_reference
from benchmark.regions import open_regions, regions_of_points

FOLDER = Path(__file__).parents[2] / "references"


def read(path):
    """Return a shipped table."""
    return pd.read_csv(FOLDER / path, comment="#", keep_default_na=True)


def derive(name):
    """Return a script as a module."""
    spec = importlib.util.spec_from_file_location(name, FOLDER / name / "derive.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(name="treat", scope="module")
def fixture_treat():
    """Sites of Treat et al. with a class, the measured row where there is one."""
    both = [read(f"treat2018_ch4/sites_{f}.csv") for f in ("measured", "estimated")]
    keys = ["site", "lat", "lon", "site_class"]
    return pd.concat(both).drop_duplicates(keys).dropna(subset=["site_class"])


def inside(sites, name):
    """Return which sites lie in any region of a set."""
    regions = open_regions(name)
    found = regions_of_points(regions, sites["lat"].values, sites["lon"].values)
    return found.any("region").to_numpy()


def groups(sites):
    """Return the values of each class."""
    return {
        name: rows["value"].to_numpy() for name, rows in sites.groupby("site_class")
    }


def test_only_fens_are_above_permafrost_bogs_and_upland_tundra(treat):
    """The statement of the source paper, with marshes too once BAWLD-CH4 is added."""
    kept = groups(treat[inside(treat, "treat2024_boreal_tundra")])
    assert stats.f_oneway(*kept.values()).statistic == pytest.approx(4.5, abs=0.1)
    assert larger(kept) == {("fen", "permafrost_bog"), ("fen", "upland_tundra")}
    every = pd.concat([treat, read("bawld_ch4/sites.csv")])
    kept = groups(every[inside(every, "treat2024_boreal_tundra")])
    # The article has F(6, 202) = 6.0 with a sample it does not list.
    assert stats.f_oneway(*kept.values()).statistic == pytest.approx(6.0, abs=0.5)
    said = {(wet, dry) for wet in ("marsh", "fen") for dry in DRY}
    assert said <= larger(kept)


DRY = ("permafrost_bog", "upland_tundra")


def larger(kept):
    """Return the pairs (wet, dry) that differ at 0.05 by Tukey and Kramer."""
    names = list(kept)
    table = stats.tukey_hsd(*kept.values()).pvalue
    return {
        (one, other)
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if table[i, j] < 0.05 and kept[one].mean() > kept[other].mean()
    }


def test_class_ratios_depend_on_the_statistic(treat):
    """Means give 6.3 and 13, medians 6.5 and 15: grade C."""
    kept = groups(treat[inside(treat, "treat2024_boreal_tundra")])
    wet = np.concatenate([kept["marsh"], kept["fen"]])
    for statistic, expected in ((np.mean, (6.3, 12.8)), (np.median, (6.5, 15.2))):
        found = [statistic(wet) / statistic(kept[dry]) for dry in DRY]
        assert found == pytest.approx(expected, rel=0.02)


def test_regional_medians_are_those_of_the_site_tables(treat):
    """Counted again with a polygon test of another library, region by region."""
    import shapely

    wetlands = treat[treat["site_class"].isin(WETLANDS)]
    table = read("treat2018_ch4/density_treat2024_permafrost.csv").set_index("region")
    points = shapely.points(wetlands["lon"], wetlands["lat"])
    for name in ("western_eurasia", "eastern_canada", "alaska"):
        region = open_regions("treat2024_permafrost")[name].geometry
        values = wetlands["value"][shapely.contains(region, points)]
        assert len(values) == table.loc[name, "n_sites"]
        assert values.median() == pytest.approx(table.loc[name, "value"], rel=1e-5)


def test_measured_medians_agree_with_the_first_look():
    """Western Eurasia 17.3 and Eastern Canada 4.65 g m-2 yr-1, of other polygons."""
    name = "treat2018_ch4/density_measured_treat2024_permafrost.csv"
    table = read(name).set_index("region")
    assert table.loc["eastern_canada", "value"] == pytest.approx(4.65)
    assert table.loc["western_eurasia", "value"] == pytest.approx(17.3, rel=0.1)
    assert table.loc["western_siberia", "value"] < 0
    assert table.loc["western_siberia", "flag"] == "few_sites"


PLOTS = pd.DataFrame(
    {
        "site": ["A", "A", "A", "A", "B"],
        "lat": [68.0] * 4 + [62.0],
        "lon": [-150.0] * 4 + [-120.0],
        "site_class": ["fen", "fen", "fen", "bog", "fen"],
        "flag": ["measured", "measured", "estimated", "measured", "measured"],
        "value": [1.0, 4.0, 9.0, -2.0, np.nan],
    }
)


def test_plots_become_sites():
    """Medians of a site, class and flag; a plot without flux is none."""
    found = reduced(PLOTS)
    assert found["value"].tolist() == [-2.0, 9.0, 2.5]
    assert found["n"].tolist() == [1, 1, 2]


def test_regions_count_their_sites():
    """Three rows in Alaska and in the domain, and no others."""
    found = by_region(reduced(PLOTS), "treat2024_permafrost", "x")
    assert found["region"].tolist() == ["alaska", "permafrost_domain"]
    assert found["value"].tolist() == [2.5, 2.5]
    assert found["flag"].tolist() == ["few_sites"] * 2


RAW = {
    "Remove_QC": [False, True, False, False, False],
    "Latitude": [62.8, 62.8, 70.0, 64.82, None],
    "Longitude": [30.9, 30.9, 25.0, 147.87, 3.0],
    "Site_Name": ["Fen, one", "Fen, one", "U", "APEX", "lost"],
    "Reference": ["r"] * 5,
    "Annual_Flux_Type": ["Measured", "Measured", "Modeled", "Estimated", "Measured"],
    "Wetland_Class": ["Fen", "Fen", "Upland", "Bog", "Fen"],
    "Permafrost": [False, False, True, True, False],
    "Biome": ["Boreal/Taiga"] * 2 + ["Tundra"] * 3,
    "Standardized_Ecosystem_Type": ["Fen", "Fen", "Tundra", "Bog", "Fen"],
    "Annual_CH4_Flux_g_m2_y": [5.0, 99.0, -0.2, 2.0, 7.0],
    "Seasonal_CH4_g_m2": [4.0, 90.0, -0.1, 1.0, 6.0],
    "Non_Growing_Season_Flux_g_m2": [1.0, 9.0, -0.1, 1.0, 1.0],
}


def test_derive_reads_the_synthesis(tmp_path):
    """Bad rows and places go, signs and flags stay, permafrost makes the class."""
    module = derive("treat2018_ch4")
    pd.DataFrame(RAW).to_csv(tmp_path / module.RAW, index=False)
    rows = module.read_plots(tmp_path / module.RAW)
    assert rows["value"].tolist() == [5.0, -0.2, 2.0]
    assert rows["site"].tolist() == ["Fen one", "U", "APEX"]
    assert rows["site_class"].tolist() == ["fen", "upland_tundra", "permafrost_bog"]
    assert rows["flag"].tolist() == ["measured", "estimated", "estimated"]
    assert rows["lon"].tolist() == [30.9, 25.0, -147.87]
    assert module.share(rows).tolist() == pytest.approx([0.2, np.nan, 0.5], nan_ok=True)


def test_inversions_are_left_for_a_land_model():
    """60-90 N, 2008-2017: 22 inversions of 12.3 (7.2 to 15.9), 13 models of 8.6."""
    table = read("gcp_ch4/latitude_bands_2008_2017.csv")
    rows = table[table["region"] == "band_60_90n"].groupby("family")["value"]
    assert rows.count().to_dict() == {"inversion": 22, "process_based": 13}
    assert rows.mean().to_dict() == pytest.approx(
        {"inversion": 12.3, "process_based": 8.6}, abs=0.05
    )
    ends = [rows.min()["inversion"], rows.max()["inversion"]]
    assert ends == pytest.approx([7.2, 15.9], abs=0.05)


def test_wetcharts_totals_and_peak():
    """8.3 Tg CH4 yr-1 north of 60 N, most in July, and bands that add up."""
    table = read("wetcharts/monthly.csv")
    assert len(table) == 6 * 15 * 12
    days = [
        monthrange(*ym)[1] for ym in zip(table["year"], table["month"], strict=True)
    ]
    table["Tg"] = table["value"] * days / 365.2425 / 15
    means = table.groupby("region")["Tg"].sum()
    assert means["band_60_90n"] == pytest.approx(8.3, abs=0.05)
    assert means["band_50_90n"] == pytest.approx(23.0, abs=0.1)
    parts = means["band_30_60n"] + means["band_60_90n"]
    assert parts == pytest.approx(means["band_30_90n"])
    assert parts + means["band_90s_30n"] == pytest.approx(157.8, abs=0.1)
    north = table[table["region"] == "band_60_90n"]
    assert north.groupby("month")["value"].mean().idxmax() == 7


def test_derive_of_wetcharts_makes_rates(tmp_path):
    """1 Tg a month north of 60 N is 365.2425 / 31 Tg yr-1 in January."""
    module = derive("wetcharts")
    lat = np.arange(-89.75, 90, 0.5)
    grams = np.where((lat > 60) & (lat < 60.5), 1e12, 0.0) * np.ones((12, 1))
    data = xr.Dataset({"wetland_emissions": (("time", "lat"), grams)}, {"lat": lat})
    data.to_netcdf(tmp_path / module.RAW)
    module.main(str(tmp_path), tmp_path)
    table = pd.read_csv(tmp_path / "monthly.csv", comment="#")
    north = table[table["region"] == "band_60_90n"]
    assert north["value"].iloc[0] == pytest.approx(365.2425 / 31, rel=1e-5)
    assert (table[table["region"] == "band_30_60n"]["value"] == 0).all()


def test_masses_of_carbon_and_of_methane_are_apart():
    """5.3 to 37.5 is carbon, 10 to 50 is methane: 16.043 / 12.011 between them."""
    basis = {
        name: load_reference(f"treat2024_ch4_budget_{name}").data.mass_basis
        for name in ("literature", "majority", "conclusion")
    }
    assert basis == {"literature": "C", "majority": "C", "conclusion": "CH4"}


def test_densities_are_per_wetland_and_totals_per_land():
    """No descriptor mixes them."""
    folders = ("*_ch4", "treat2024", "ch4_literature", "wetcharts")
    paths = [path for name in folders for path in FOLDER.glob(f"{name}/*.yaml")]
    assert len(paths) > 28
    for path in paths:
        found = load_reference(path)
        if "ch4_density" in found.scoring.metrics:
            assert found.data.area_basis == "wetland", path.stem
        if "ch4_total" in found.scoring.metrics:
            assert found.data.area_basis == "land", path.stem
