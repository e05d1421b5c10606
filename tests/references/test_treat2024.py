"""Numbers of Treat et al. (2024) against values typed by hand."""

import math
from pathlib import Path

import pandas as pd
import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "references/treat2024"
# Median, mean, minimum, maximum, range, standard deviation over the approaches.
SPREAD = {
    "alaska": (-6, -11.0, -39, 6, 45, 17.07),
    "canadian_tundra": (-9, -6.6, -22, 13, 35, 12.66),
    "western_canada": (-52, -43.2, -74, -12, 62, 24.63),
    "eastern_canada": (-40, -38.4, -44, -30, 14, 5.18),
    "western_eurasia": (-33, -36.2, -56, -21, 35, 13.95),
    "siberian_tundra": (-5, -6.2, -17, 4, 21, 7.85),
    "eastern_siberia": (-33, -35.8, -64, -17, 47, 19.99),
    "western_siberia": (-40.5, -40.25, -74, -6, 68, 29.87),
}
# Median, minimum, maximum, standard deviation without process-based models.
SPREAD_OBSERVED = {
    "alaska": (-3, -6, 6, 6.24),
    "canadian_tundra": (-10, -22, 13, 17.79),
    "western_canada": (-53, -74, -12, 31.53),
    "eastern_canada": (-40, -40, -38, 1.15),
    "western_eurasia": (-33, -44, -27, 8.62),
    "siberian_tundra": (-3, -10, 4, 7.00),
    "eastern_siberia": (-47, -64, -17, 23.80),
    "western_siberia": (-40, -74, -6, 48.08),
}


def read(name):
    """Read a shipped table."""
    return pd.read_csv(FOLDER / name, comment="#")


@pytest.fixture
def table3():
    """Return the regional rows of Table 3 that have a value."""
    table = read("nee_table3.csv").dropna(subset="value")
    return table[table["region"] != "permafrost_domain"]


@pytest.mark.parametrize("region", SPREAD)
def test_spread_over_all_approaches(table3, region):
    """Medians, ranges and spread are those computed from the printed table."""
    value = table3.loc[table3["region"] == region, "value"]
    low, high = value.min(), value.max()
    found = (value.median(), value.mean(), low, high, high - low, value.std())
    assert found == pytest.approx(SPREAD[region], abs=0.0051)


@pytest.mark.parametrize("region", SPREAD_OBSERVED)
def test_spread_over_observations(table3, region):
    """The rows that are left for a process-based model give the known spread."""
    chosen = (table3["region"] == region) & (table3["family"] != "process_based")
    value = table3.loc[chosen, "value"]
    found = (value.median(), value.min(), value.max(), value.std())
    assert found == pytest.approx(SPREAD_OBSERVED[region], abs=0.0051)


def test_mean_range_is_the_41_of_the_text(table3):
    """The article prints a mean range of 41 g m-2 yr-1."""
    value = table3.groupby("region")["value"]
    assert (value.max() - value.min()).mean() == 40.875


def test_western_siberia_has_no_in_situ_value():
    """A missing estimate is a row without a value, not a zero."""
    table = read("nee_table3.csv").set_index(["region", "approach"])
    assert math.isnan(table.loc[("western_siberia", "in_situ"), "value"])
    assert math.isnan(table.loc[("canadian_tundra", "in_situ"), "sd_spatial"])


def test_isimip_rows_state_their_own_period():
    """ISIMIP covers 2002-2005, everything else 2002-2014."""
    table = read("nee_table3.csv")
    isimip = table["approach"] == "isimip"
    assert set(table.loc[isimip, "period"]) == {"2002-2005"}
    assert set(table.loc[~isimip, "period"]) == {"2002-2014"}


@pytest.mark.parametrize(
    ("approach", "total"),
    [
        ("upscaling", -295),
        ("cmip6", -332),
        ("isimip", -690),
        ("inversion", -710),
        ("in_situ", -650),
    ],
)
def test_domain_totals(approach, total):
    """Derived rows times their area are the published-area totals, Tg yr-1."""
    table = read("nee_table3.csv")
    row = table[(table["region"] == "permafrost_domain")].set_index("approach")
    row = row.loc[approach]
    assert row["value"] * row["area_Mkm2"] == pytest.approx(total, abs=0.7)
    assert row["flag"].startswith("derived")


def test_domain_mean_by_hand():
    """The upscaling row is the area-weighted mean of the eight regions."""
    by_hand = (
        -6 * 1.316
        + 13 * 2.341
        - 12 * 2.947
        - 38 * 1.999
        - 44 * 3.267
        - 3 * 2.438
        - 17 * 6.535
        - 6 * 1.679
    ) / 22.522
    table = read("nee_table3.csv").set_index(["region", "approach"])
    found = table.loc[("permafrost_domain", "upscaling"), "value"]
    assert found == pytest.approx(by_hand, abs=0.005)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nee_budget_literature.csv", (math.nan, -1800, 600)),
        ("nee_budget_conclusion.csv", (math.nan, -700, -100)),
        ("nee_budget_recent.csv", (-300, math.nan, math.nan)),
        ("soil_carbon_mishra2021.csv", (1014, 839, 1208)),
        ("soil_carbon_hugelius2014.csv", (1035, 885, 1185)),
    ],
)
def test_single_numbers(name, expected):
    """Budgets and stocks are those printed, for the whole domain."""
    (row,) = read(name).itertuples()
    assert row.region == "permafrost_domain"
    assert (row.value, row.low, row.high) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("stem", ["mishra2021", "hugelius2014"])
def test_stock_tolerance_is_half_the_interval(stem):
    """The relative tolerance is half the interval in the logarithm."""
    (row,) = read(f"soil_carbon_{stem}.csv").itertuples()
    file = FOLDER / f"treat2024_soil_carbon_{stem}.yaml"
    tolerance = yaml.safe_load(file.read_text())["scoring"]["relative_tolerance"]
    assert math.sqrt(row.high / row.low) - 1 == pytest.approx(tolerance, abs=0.005)


ORDER = [*SPREAD]
#: Table 3 as printed: mean and spatial standard deviation, in its order.
PRINTED = {
    "in_situ": [
        *((6, 52), (-22, None), (-53, 84), (-40, 16)),
        *((-33, 51), (4, 27), (-64, 85), (None, None)),
    ],
    "upscaling": [
        *((-6, 27), (13, 19), (-12, 27), (-38, 35)),
        *((-44, 45), (-3, 29), (-17, 27), (-6, 26)),
    ],
    "inversion": [
        *((-3, 66), (-10, 30), (-74, 86), (-40, 79)),
        *((-27, 88), (-10, 72), (-47, 81), (-74, 86)),
    ],
    "cmip6": [
        *((-13, 32), (-5, 20), (-25, 43), (-30, 40)),
        *((-21, 37), (-5, 26), (-18, 19), (-27, 40)),
    ],
    "isimip": [
        *((-39, 104), (-9, 24), (-52, 82), (-44, 43)),
        *((-56, 55), (-17, 34), (-33, 17), (-54, 50)),
    ],
}


@pytest.mark.parametrize("approach", PRINTED)
def test_every_number_of_table_3(approach):
    """Means and spatial standard deviations, cell by cell."""
    table = read("nee_table3.csv")
    rows = table[table["approach"] == approach].set_index("region").loc[ORDER]
    found = [
        tuple(None if pd.isna(x) else x for x in pair)
        for pair in rows[["value", "sd_spatial"]].to_numpy()
    ]
    assert found == PRINTED[approach]


def test_sites_periods_and_flags():
    """14, 2, 9, 3, 11, 2, 3 and no sites; ISIMIP has a window of its own."""
    table = read("nee_table3.csv")
    table = table[table["region"] != "permafrost_domain"]
    towers = table[table["approach"] == "in_situ"].set_index("region").loc[ORDER]
    assert towers["n_sites"].tolist() == [14, 2, 9, 3, 11, 2, 3, 0]
    window = table.groupby("approach")["period"].unique()
    assert window["isimip"].tolist() == ["2002-2005"]
    assert window.drop("isimip").map(list).tolist() == [["2002-2014"]] * 4
    flags = table.set_index(["approach", "region"])["flag"].fillna("")
    assert flags["inversion"].str.contains("includes_lake_co2").all()
    assert (flags["upscaling"] == "single_model").all()
    assert "identical" in flags["inversion", "western_canada"]
    assert "identical" in flags["inversion", "western_siberia"]
    assert "not_directly_measured" in flags["in_situ", "canadian_tundra"]
    assert flags["in_situ", "western_siberia"] == "no_in_situ_estimate"


def test_classes_of_the_approaches(table3):
    """Sinks below -10, sources above +10, and what is between, by region."""
    value = table3.assign(
        sink=table3["value"] < -10, source=table3["value"] > 10
    ).groupby("region")[["sink", "source"]]
    count = table3.groupby("region").size()
    found = value.sum()
    found["neutral"] = count - found["sink"] - found["source"]
    expected = {
        "alaska": [2, 3, 0],
        "canadian_tundra": [1, 3, 1],
        "western_canada": [5, 0, 0],
        "eastern_canada": [5, 0, 0],
        "western_eurasia": [5, 0, 0],
        "siberian_tundra": [1, 4, 0],
        "eastern_siberia": [5, 0, 0],
        "western_siberia": [3, 1, 0],
    }
    counts = found.loc[ORDER, ["sink", "neutral", "source"]].to_numpy().tolist()
    assert counts == [expected[region] for region in ORDER]


@pytest.mark.parametrize(
    ("families", "pooled"), [(["process_based"], 20.6), ([], 17.6)]
)
def test_the_scales_are_pooled_standard_deviations(table3, families, pooled):
    """Squares about the regional means over degrees of freedom: 20.6 and 17.6."""
    rows = table3[~table3["family"].isin(families)]
    value = rows.groupby("region")["value"]
    squares = ((rows["value"] - value.transform("mean")) ** 2).sum()
    found = math.sqrt(squares / (len(rows) - rows["region"].nunique()))
    assert found == pytest.approx(pooled, abs=0.05)
    scoring = yaml.safe_load((FOLDER / "treat2024_nee.yaml").read_text())["scoring"]
    end = "" if families else "_all_rows"
    assert scoring[f"scale{end}"] == pooled
    assert scoring[f"tolerance{end}"] == pytest.approx(pooled / 2)


def test_means_over_regions(table3):
    """CMIP6 is weaker than ISIMIP by 20 and than inversions by 17.6 g m-2 yr-1."""
    mean = table3.groupby("approach")["value"].mean()
    assert mean["in_situ"] == pytest.approx(-28.9, abs=0.05)
    assert mean["upscaling"] == pytest.approx(-14.1, abs=0.05)
    assert mean["cmip6"] - mean["isimip"] == pytest.approx(20.0, abs=0.05)
    assert mean["cmip6"] - mean["inversion"] == pytest.approx(17.6, abs=0.05)
