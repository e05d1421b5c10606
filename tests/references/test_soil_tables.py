"""Soil carbon by depth, pool and map, pedons and active layers, and their scripts."""

import io
import math
import runpy
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml

from benchmark.readers.sites import open_sites

FOLDER = Path(__file__).parents[2] / "references"

# Treat et al. (2024), lines 204-226; the abstract of the discussion version of
# Hugelius et al. (2014); and 1-3 m by hand: 1035 - 472, sqrt(150^2 + 34^2) = 153.8.
TOTALS = {
    "hugelius2014/soil_carbon_0_30cm": (217, 202, 232),
    "hugelius2014/soil_carbon_0_1m": (472, 438, 506),
    "hugelius2014/soil_carbon_1_3m": (563, 409, 717),
    "treat2024/soil_carbon_total_deep": (1307, math.nan, math.nan),
    "treat2024/soil_carbon_peat_northern": (415, 268, 562),
    "treat2024/soil_carbon_peat_permafrost": (185, 119, 251),
    "treat2024/soil_carbon_yedoma": (115, 83, 129),
    "treat2024/soil_carbon_yedoma_domain": (400, 327, 466),
    "treat2024/soil_carbon_deltas": (67, math.nan, math.nan),
}


def read(name: str) -> pd.DataFrame:
    """Read a shipped table."""
    return pd.read_csv(FOLDER / f"{name}.csv", comment="#")


def script(name: str) -> dict:
    """Return the functions of a script that made a table."""
    return runpy.run_path(str(FOLDER / name / "derive.py"))


@pytest.mark.parametrize("name", TOTALS)
def test_totals_are_the_printed_ones(name):
    """Value and bounds, as typed from the sources."""
    row = read(name).iloc[0]
    found = (row["value"], row["low"], row["high"])
    np.testing.assert_array_equal(found, TOTALS[name])


@pytest.mark.parametrize("name", ["0_30cm", "0_1m", "1_3m"])
def test_tolerances_follow_from_the_intervals(name):
    """Half the width in the logarithm, to two digits."""
    row = read(f"hugelius2014/soil_carbon_{name}").iloc[0]
    path = FOLDER / f"hugelius2014/hugelius2014_soil_carbon_{name}.yaml"
    stated = yaml.safe_load(path.read_text())["scoring"]["relative_tolerance"]
    assert stated == pytest.approx(math.sqrt(row["high"] / row["low"]) - 1, abs=0.006)


def test_deep_pools_are_context():
    """What no model of the upper metres has is never scored."""
    for path in FOLDER.glob("treat2024/treat2024_soil_carbon_*.yaml"):
        descriptor = yaml.safe_load(path.read_text())
        if "depth" not in descriptor["data"]:
            assert descriptor["role"] == "context"


def test_maps_disagree_north_of_50n():
    """462 (475 in all of NCSCD), 473 and 826 Pg C: a factor of 1.8."""
    table = read("soil_carbon_range/north_of_50n_0_1m").set_index("approach")
    assert table["value"].round().to_dict() == {
        "ncscdv22": 462,
        "hwsd": 473,
        "sanderman2017": 826,
    }
    text = (FOLDER / "soil_carbon_range/north_of_50n_0_1m.csv").read_text()
    assert "all of ncscdv22: 475.4 Pg C on 20.96 Mkm2" in text


def test_sanderman_totals_are_those_of_the_map():
    """Rows of half a degree are summed north of 50 N without region weights."""
    with xr.open_dataset(FOLDER / "sanderman2017/sanderman2017_soc_0.5deg.nc") as file:
        north = file.sel(lat=slice(50, 90)).load()
    edges = np.radians(np.stack([north["lat"] - 0.25, north["lat"] + 0.25]))
    strip = 6371000.0**2 * np.radians(0.5) * np.diff(np.sin(edges), axis=0)[0]
    area = xr.DataArray(strip, {"lat": north["lat"]}) * north["mapped_fraction"]
    total = float((north["soc_0_100cm"] * area).sum()) / 1e12
    table = read("soil_carbon_range/north_of_50n_0_1m").set_index("approach")
    assert table.loc["sanderman2017", "value"] == pytest.approx(total, abs=0.2)


def test_deeper_holds_more():
    """0-30 cm < 0-1 m < 0-2 m in every region."""
    depths = ("0_30cm", "0_100cm", "0_200cm")
    tables = [read(f"soil_carbon_range/sanderman2017_{d}")["value"] for d in depths]
    assert (tables[0] < tables[1]).all()
    assert (tables[1] < tables[2]).all()


def test_the_ncscd_rows_are_those_of_its_own_table():
    """Two scripts, one number."""
    own = read("ncscdv22/soil_carbon_0_1m_treat2024_permafrost").set_index("region")
    table = read("soil_carbon_range/permafrost_0_1m")
    rows = table[table["approach"] == "ncscdv22"].set_index("region")
    pd.testing.assert_series_equal(rows["value"], own["value"])


def test_hwsd_fills_are_no_carbon(tmp_path):
    """Both fill values become missing, 0 and more stay."""
    values = np.array([[-999.0, -3.4e38], [0.0, 12.5]], dtype="float32")
    axes = {"lat": [60.25, 60.75], "lon": [10.25, 10.75]}
    path = tmp_path / "hwsd.nc"
    xr.Dataset({"soilc": (("lat", "lon"), values)}, axes).to_netcdf(path)
    stock = script("soil_carbon_range")["read_hwsd"](str(path))
    np.testing.assert_array_equal(stock, [[np.nan, np.nan], [0.0, 12.5]])


def pedon(number, lat="68.5", values=("5", "12", "7", "3"), order="Gelisol "):
    """Return one row of the database."""
    names = ("0-30", "0-100", "100-200", "200-300")
    columns = {f"SOCC {n} cm (kg C m-2)": v for n, v in zip(names, values, strict=True)}
    about = {"Pedon_Id_nr": number, "Lat": lat, "Long ": "-150.1", "Basal_Depth": "90"}
    return {**about, "Soil_Order": order, **columns}


def test_pedons_that_cannot_be_are_left_out(tmp_path):
    """An empty row, one entered twice, 280 kg in a metre, 0-30 cm above 0-1 m."""
    rows = [
        pedon("1"),
        pedon("2"),
        pedon("", lat="", values=[""] * 4),
        pedon("3", lat="69", values=("5", "280.3", "7", "")),
        pedon("4", lat="69.5", values=("50", "20", "7", "3")),
    ]
    text = io.StringIO()
    pd.DataFrame(rows).to_csv(text, sep="\t", index=False)
    derive = script("ncscd_pedons")
    archive = tmp_path / derive["ARCHIVE"]
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr(f"folder/{derive['TEXT']}", text.getvalue().encode("cp1252"))
    table, left_out = derive["cleaned"](derive["read_database"](archive))
    assert table["site"].tolist() == ["pedon_1", "pedon_3", "pedon_4"]
    assert table["soc_0_1m"].isna().tolist() == [False, True, True]
    assert table["soc_0_30cm"].tolist() == [5.0, 5.0, 50.0]
    assert set(table["site_class"]) == {"Gelisol"}
    assert len(left_out) == 4
    assert "280.3" in left_out[1]
    assert "pedon_2" in left_out[3]


def test_pedons_are_sites():
    """518 pedons with four depths, the first as in the database."""
    data = open_sites([str(FOLDER / "ncscd_pedons/pedons.csv")])
    assert data.sizes["site"] == 518
    first = data.sel(site="pedon_1")
    names = ("soc_0_30cm", "soc_0_1m", "soc_1_2m", "soc_2_3m")
    assert [first[name].item() for name in names] == [10.6, 55.8, 20.2, 10.5]
    assert (first["lat"].item(), first["lon"].item()) == (55.917, -98.418)
    assert float(data["soc_0_1m"].max()) < 200
    below = data["soc_0_1m"] < data["soc_0_30cm"] - 0.06
    assert not below.any()


@pytest.mark.parametrize(
    ("cell", "value", "left_out"),
    [
        (36.0, 36.0, False),
        ("49\xa0", 49.0, False),
        ("-\xa0", None, False),
        ("", None, False),
        ("inactive", None, False),
        (">260 ", None, True),
        ("<66", None, True),
        ("98*", None, True),
        ("*", None, True),
        ("dry", None, True),
    ],
)
def test_cells_of_the_calm_table(cell, value, left_out):
    """Numbers are taken; a limit or a star is not a thaw depth, and is counted."""
    found, reason = script("calm")["number"](cell)
    assert found == value
    assert bool(reason) == left_out


def test_calm_means_and_trends_by_hand():
    """30 cm in 1990 and 1 cm more each year: 37.5 and 1 over 16 years."""
    derive = script("calm")
    heading = ["", "", "LAT", "LONG", "", *map(float, range(1990, 2022))]
    years = [30.0 + n for n in range(16)] + ["-"] * 15 + [1.45]
    rows = [
        ["Alaska", *[""] * 36],
        heading,
        ["U 1", "Barrow", 71.3, -156.6, "1000", *years],
        ["U2", "short", 71.3, -156.6, "1000", 30.0, *[""] * 31],
    ]
    depths, left_out = derive["read_sites"](rows)
    assert left_out == {"less than 10 cm": 1}
    means = derive["long_term"](depths)
    assert means.to_numpy().tolist() == [["U1", 71.3, -156.6, 37.5, 16, 1.0]]
    with pytest.raises(ValueError, match="1990 is in column 4"):
        derive["read_sites"]([heading[1:]])


def test_active_layers_are_sites():
    """215 sites, the first as its 29 years in the summary table."""
    data = open_sites([str(FOLDER / "calm/alt.csv")])
    assert data.sizes["site"] == 215
    barrow = data.sel(site="U1")
    years = [30, 35, 35, 36, 37, 41, 37, 34, 31, 31, 29, 42, 33, 32, 32, 34, 34, 41, 41]
    years += [38, 41, 34, 40, 40, 39, 38, 47, 45, 31]
    assert barrow["n_years"].item() == len(years)
    assert barrow["alt"].item() == pytest.approx(np.mean(years), abs=0.05)
    assert float(data["alt"].min()) >= 10
    assert int(data["n_years"].min()) >= 5
    trends = np.isfinite(data["trend"].to_numpy())
    np.testing.assert_array_equal(trends, data["n_years"].to_numpy() >= 15)


def test_every_table_is_of_the_stated_size():
    """Small tables only."""
    for folder in ("hugelius2014", "soil_carbon_range", "ncscd_pedons", "calm"):
        assert all(p.stat().st_size < 300e3 for p in (FOLDER / folder).iterdir())
