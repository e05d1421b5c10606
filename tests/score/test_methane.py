"""A model of known methane from its files to rows, against references that ship."""

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
import yaml

from benchmark import load_suite, score_suite
from benchmark.config import load_reference
from benchmark.errors import ConfigError

MONTH = np.tile(np.arange(1, 13), 15)
DAYS = np.tile([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], 15)
# 1 in each month of winter, 3 from June to August; frost from October to April.
CYCLE = np.where(np.isin(MONTH, [6, 7, 8]), 3.0, 1.0)
FROST = np.where(np.isin(MONTH, [10, 11, 12, 1, 2, 3, 4]), 260.0, 285.0)
SUMMER, YEAR = 3 * 92.0, 3 * 92.0 + 273.0
PER_YEAR = 1e-3 / (365 * 86400)


@pytest.fixture(name="model", scope="module")
def fixture_model(tmp_path_factory):
    """1 g CH4 m-2 of land north of 20 N, on a tenth of wetland, less in winter."""
    folder = tmp_path_factory.mktemp("methane")
    lat, lon = np.arange(22.5, 90, 5.0), np.arange(-177.5, 180, 5.0)
    time = xr.date_range("2000-01-01", periods=180, freq="MS", calendar="noleap")
    shape = (MONTH.size, lat.size, lon.size)

    def field(series, units, methods):
        values = np.broadcast_to(np.asarray(series)[:, None, None], shape)
        about = {"units": units, "cell_methods": methods}
        return (("time", "lat", "lon"), values, about)

    mean = (CYCLE * DAYS).sum() / DAYS.sum()
    of_land = "area: mean where land time: mean"
    of_all = "area: mean where land over all_area_types time: mean"
    data = xr.Dataset(
        {
            "wetlandCH4": field(CYCLE / mean * PER_YEAR, "kg m-2 s-1", of_land),
            "wetlandFrac": field(np.where(FROST < 273, 3.0, 10.0), "%", of_all),
            "tas": field(FROST, "K", "area: time: mean"),
            "sftlf": (("lat", "lon"), np.full(shape[1:], 100.0), {"units": "%"}),
        },
        {
            "time": time,
            "lat": ("lat", lat, {"units": "degrees_north"}),
            "lon": ("lon", lon, {"units": "degrees_east"}),
        },
    )
    data.to_netcdf(folder / "m.nc")
    entry = {"files": "m.nc", "name": "wetlandCH4", "mass_basis": "CH4"}
    text = {
        "model": "M",
        "variables": {
            "ch4": {**entry, "area_basis": "land", "time_stamp": "start"},
            "wetlandFrac": {"files": "m.nc", "time_stamp": "start"},
            "tas": {"files": "m.nc", "time_stamp": "start"},
        },
        "land_fraction": {"files": "m.nc", "name": "sftlf"},
    }
    (folder / "m.yaml").write_text(yaml.safe_dump(text))
    return str(folder / "m.yaml")


@pytest.fixture(name="rows", scope="module")
def fixture_rows(model):
    """The score table of the model against four references."""
    names = [
        "treat2018_ch4_density",
        "treat2024_ch4_density_ec_upscaling",
        "ito2023_ch4_share_sep_may",
        "ito2023_ch4_share_subzero_air",
        "treat2024_ch4_budget_literature",
    ]
    suite = {"suite": "s", "models": [model], "references": names}
    scores = score_suite(load_suite(suite)).scores
    return scores.set_index(["reference", "region"]).sort_index()


def test_density_is_per_area_of_the_largest_wetland(rows):
    """1 g per land on 10 % is 10 g per wetland; towers have 5.7 to 13."""
    found = rows.loc[("treat2024_ch4_density_ec_upscaling", "alaska")]
    assert found["value"] == pytest.approx(10.0, rel=1e-3)
    assert (found["reference_low"], found["reference_high"]) == pytest.approx((5.7, 13))
    assert found["score"] == 1.0


def test_density_against_the_median_of_sites(rows):
    """10 against 7.4 is within 1.29; a negative median is not assessed."""
    found = rows.loc[("treat2018_ch4_density", "alaska")]
    ratio = 10.0 / found["reference_value"]
    expected = np.exp(-max(0, np.log(ratio) - np.log(1.29)) / np.log(2))
    assert found["score"] == pytest.approx(expected, rel=1e-3)
    found = rows.loc[("treat2018_ch4_density", "western_siberia")]
    assert found["status"] == "not_assessed"
    assert "reference is not positive" in found["message"]


def test_shares_of_the_cold_season(rows):
    """273 of 549 days' worth from September to May, 212 in frost."""
    found = rows.loc[("ito2023_ch4_share_sep_may", "band_60_90n")]
    assert found["value"] == pytest.approx(1 - SUMMER / YEAR, rel=1e-6)
    assert found["reference_value"] == pytest.approx(0.45)
    assert found["score"] == pytest.approx(
        np.exp(-abs(1 - SUMMER / YEAR - 0.45) / 0.15), rel=1e-6
    )
    found = rows.loc[("ito2023_ch4_share_subzero_air", "band_60_90n")]
    assert found["value"] == pytest.approx(212.0 / YEAR, rel=1e-3)


def test_a_budget_of_carbon_is_compared_as_methane(rows):
    """5.3 to 37.5 Tg of carbon are 7.08 to 50.09 Tg of methane."""
    found = rows.loc[("treat2024_ch4_budget_literature", "permafrost_domain")]
    ends = (5.3 * 16.043 / 12.011, 37.5 * 16.043 / 12.011)
    assert (found["reference_low"], found["reference_high"]) == pytest.approx(
        ends, rel=1e-4
    )


def test_a_model_without_wetlands_is_told_what_it_lacks(model):
    """The metric is not assessed, and the row names the variable."""
    path = Path(model).with_name("dry.yaml")
    text = yaml.safe_load(Path(model).read_text())
    del text["variables"]["wetlandFrac"]
    path.write_text(yaml.safe_dump(text))
    suite = {
        "suite": "s",
        "models": [str(path)],
        "references": ["treat2024_ch4_density_chambers"],
    }
    rows = score_suite(load_suite(suite)).scores
    assert set(rows["status"]) == {"not_assessed"}
    assert rows["message"].str.contains("needs wetlandFrac of the model").all()


def test_wetlands_that_cannot_be_read_are_a_fault(model):
    """A declared companion is not passed over as one the model does not have."""
    path = Path(model).with_name("refused.yaml")
    text = yaml.safe_load(Path(model).read_text())
    text["variables"]["wetlandFrac"]["name"] = "no_such_name"
    path.write_text(yaml.safe_dump(text))
    reference = "treat2024_ch4_density_chambers"
    suite = {"suite": "s", "models": [str(path)], "references": [reference]}
    rows = score_suite(load_suite(suite)).scores
    assert set(rows["status"]) == {"failed"}
    assert rows["message"].str.contains("no_such_name").all()


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("ito2023_ch4_share_sep_may", {"metrics": ["share_oct_apr"]}, "value_of"),
        ("treat2018_ch4_density", {"metrics": ["regional_mean"]}, "ch4_density"),
        ("treat2024_nee", {"metrics": ["share_oct_apr"]}, "use cold_season_amount"),
        ("treat2024_nee", {"metrics": ["ch4_total"]}, "is for ch4"),
    ],
)
def test_metrics_of_another_kind_are_refused(name, changes, said, tmp_path):
    """A share of other months, a mean per land, a share of a net flux."""
    found = load_reference(name)
    text = yaml.safe_load(found.source.read_text())
    text["data"]["files"] = found.data.files[0]
    text["scoring"] |= {**changes, "tolerance": 1.0, "scale": 1.0}
    path = tmp_path / "changed.yaml"
    path.write_text(yaml.safe_dump(text))
    with pytest.raises(ConfigError, match=said):
        load_reference(path)
