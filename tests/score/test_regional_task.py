"""Regional references: medians, ranges, families, periods, tables and grids."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from benchmark.config import load_suite
from benchmark.score import score_suite

Make = Callable[..., Any]
G_PER_YEAR = 1e3 * 365.2425 * 86400


def constant_model(
    gridded: Make, flux: float, years: int = 5, start: int = 2000
) -> Any:
    """Return a field that takes up carbon in summer and has a known mean."""
    season = np.tile([1.0, 1, 1, 1, 1, -3, -3, -3, 1, 1, 1, 2], years)
    days = np.tile([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31.0], years)
    season -= (season * days).sum() / days.sum()
    values = (flux + 100 * season) / G_PER_YEAR
    cells = np.ones((12 * years, 10, 72)) * values[:, None, None]
    return gridded(cells, name="nee", start=start)


@pytest.fixture
def score(tmp_path: Path, gridded: Make) -> Callable[..., pd.DataFrame]:
    """Score a model of a known mean against a table of three approaches."""

    def run(
        flux: float,
        *,
        table: str,
        metrics: list[str],
        family: str = "process_based",
        start: int = 2000,
        years: int = 5,
        **data: Any,
    ) -> pd.DataFrame:
        constant_model(gridded, flux, years, start).to_netcdf(tmp_path / "m.nc")
        (tmp_path / "table.csv").write_text(table)
        reference = {
            "reference": "table",
            "title": "Made up",
            "variable": "nee",
            "kind": "regional",
            "period": [2000, 2004],
            "data": {"files": "table.csv", "units": "g m-2 yr-1", **data},
            "scoring": {"metrics": metrics, "tolerance": 10.0, "scale": 20.0},
        }
        suite = {
            "suite": "s",
            "models": [
                {
                    "model": "m",
                    "family": family,
                    "variables": {"nee": {"files": "m.nc"}},
                }
            ],
            "references": [reference],
        }
        path = tmp_path / "suite.yaml"
        path.write_text(yaml.safe_dump(suite))
        return score_suite(load_suite(path)).scores

    return run


TABLE = """region,approach,family,value,area_Mkm2
alaska,towers,in_situ,-30,1.2
alaska,maps,upscaling,-10,1.2
alaska,models,process_based,50,1.2
eastern_siberia,towers,in_situ,-60,6.3
eastern_siberia,maps,upscaling,-40,6.3
eastern_siberia,models,process_based,50,6.3
"""


def test_median_range_and_scores_by_hand(score: Callable[..., pd.DataFrame]) -> None:
    """Without the model's family the median is -20, and the score follows."""
    row = score(-5.0, table=TABLE, metrics=["regional_mean"]).set_index("region")
    alaska = row.loc["alaska"]
    assert alaska["value"] == pytest.approx(-5.0, abs=1e-6)
    assert alaska["reference_value"] == pytest.approx(-20)
    assert alaska["reference_low"] == pytest.approx(-30)
    assert alaska["reference_high"] == pytest.approx(-10)
    assert alaska["score"] == pytest.approx(np.exp(-(15 - 10) / 20))
    assert alaska["score_u0"] == pytest.approx(np.exp(-15 / 20))
    # Against -30 the distance is 25, against -10 it is 5, within the tolerance.
    assert alaska["score_low"] == pytest.approx(np.exp(-(25 - 10) / 20))
    assert alaska["score_high"] == pytest.approx(1.0)
    assert alaska["u_repr"] == pytest.approx(np.sqrt(200))
    assert alaska["n"] == 2


def test_null_models_by_hand(score: Callable[..., pd.DataFrame]) -> None:
    """The best of 0, -30 and the median everywhere is scored beside."""
    row = score(-5.0, table=TABLE, metrics=["regional_mean"]).set_index("region")
    # References are -20 and -50: -30 scores exp(0) and exp(-0.5), the best mean.
    assert row.loc["alaska", "score_null"] == pytest.approx(1.0)
    assert row.loc["eastern_siberia", "score_null"] == pytest.approx(np.exp(-0.5))


def test_another_family_keeps_all_rows(score: Callable[..., pd.DataFrame]) -> None:
    """An inversion is scored against land models, too."""
    row = score(
        -5.0, table=TABLE, metrics=["regional_mean"], family="inversion"
    ).set_index("region")
    assert row.loc["alaska", "reference_value"] == pytest.approx(-10)
    assert row.loc["alaska", "n"] == 3


def test_only_own_family_is_not_assessed(score: Callable[..., pd.DataFrame]) -> None:
    """A reference of nothing but the model's family scores nothing."""
    table = "region,approach,family,value\nalaska,cmip6,process_based,-20\n"
    rows = score(-5.0, table=table, metrics=["regional_mean"], family="cmip6")
    assert list(rows["status"]) == ["not_assessed"]
    assert "own family" in rows["message"].iloc[0]


def test_interval(score: Callable[..., pd.DataFrame]) -> None:
    """Inside the range the interval scores 1, outside it falls with distance."""
    inside = score(-15.0, table=TABLE, metrics=["regional_mean_interval"])
    assert inside.set_index("region").loc["alaska", "score"] == 1.0
    outside = score(0.0, table=TABLE, metrics=["regional_mean_interval"])
    alaska = outside.set_index("region").loc["alaska"]
    assert alaska["score"] == pytest.approx(np.exp(-10 / 20))


def test_annual_reference_uses_the_common_years(
    score: Callable[..., pd.DataFrame],
) -> None:
    """Years only one side has do not enter."""
    years = "\n".join(
        f"alaska,maps,upscaling,{year},{value},1.5"
        for year, value in zip(
            range(1998, 2004), [9, 9, -10, -20, -30, -40], strict=True
        )
    )
    table = f"region,approach,family,year,value,area_Mkm2\n{years}\n"
    row = score(-5.0, table=table, metrics=["regional_mean"]).iloc[0]
    assert row["reference_value"] == pytest.approx(-25)
    assert row["period"] == "2000-2003"


def test_too_few_years_are_not_assessed(score: Callable[..., pd.DataFrame]) -> None:
    """Two years say nothing of a mean flux."""
    rows = score(-5.0, table=TABLE, metrics=["regional_mean"], years=2)
    assert set(rows["status"]) == {"not_assessed"}
    assert rows["message"].str.contains("2 whole years").all()


def test_no_common_years_is_no_overlap(score: Callable[..., pd.DataFrame]) -> None:
    """A model of another century has no overlap."""
    rows = score(-5.0, table=TABLE, metrics=["regional_mean"], start=1900)
    assert set(rows["status"]) == {"no_overlap"}


def test_totals_of_a_grid(score: Callable[..., pd.DataFrame]) -> None:
    """A regional total is the mean times the land of the region."""
    table = "region,approach,family,low,high,value\nalaska,a,mixed,-20,0,\n"
    rows = score(
        -10.0,
        table=table,
        metrics=["regional_total_interval"],
        statistic="total",
        units="Tg yr-1",
    )
    row = rows.iloc[0]
    # The grid is all land here, so the region's whole shape counts, sea included.
    assert row["units"] == "Tg yr-1"
    assert -40 < row["value"] < -13
    assert row["score"] == pytest.approx(np.exp((row["value"] + 20) / 20), rel=1e-6)


def test_flipped_sign_of_nee_is_refused(
    score: Callable[..., pd.DataFrame], tmp_path: Path, gridded: Make
) -> None:
    """Summer release in the north is a flipped sign, with what to write."""
    score(-5.0, table=TABLE, metrics=["regional_mean"])
    data = constant_model(gridded, -5.0)
    (-data[["nee"]]).assign(lat_bnds=data["lat_bnds"], lon_bnds=data["lon_bnds"]).pipe(
        lambda flipped: flipped.assign(
            nee=flipped["nee"].assign_attrs(data["nee"].attrs)
        )
    ).to_netcdf(tmp_path / "m.nc")
    rows = score_suite(load_suite(tmp_path / "suite.yaml")).scores
    assert set(rows["status"]) == {"failed"}
    assert rows["message"].str.contains("'sign: down'").all()


def gappy(gridded: Make, tmp_path: Path, missing: Any) -> pd.DataFrame:
    """Score the model again with values missing at some times and places."""
    data = constant_model(gridded, -5.0, 5)
    values = data["nee"].to_numpy().copy()
    missing(values)
    data["nee"] = data["nee"].copy(data=values)
    data.to_netcdf(tmp_path / "m.nc")
    return score_suite(load_suite(tmp_path / "suite.yaml")).scores.set_index("region")


def test_years_with_gaps_are_left_out(
    score: Callable[..., pd.DataFrame], tmp_path: Path, gridded: Make
) -> None:
    """A region that lacks one July lacks that year, and the row says so."""
    score(-5.0, table=TABLE, metrics=["regional_mean"])

    def hide(values: np.ndarray) -> None:
        values[30] = np.nan  # July 2002 everywhere

    rows = gappy(gridded, tmp_path, hide)
    assert rows.loc["alaska", "value"] == pytest.approx(-5.0, abs=1e-6)
    assert "2002" in rows.loc["alaska", "message"]
    assert rows.loc["alaska", "period"] == "2000-2004"


def test_a_corner_of_a_region_is_not_the_region(
    score: Callable[..., pd.DataFrame], tmp_path: Path, gridded: Make
) -> None:
    """Months with values in a few cells only do not make a mean of the region."""
    score(-5.0, table=TABLE, metrics=["regional_mean"])

    def hide(values: np.ndarray) -> None:
        values[1:, :, 36:68] = np.nan  # all but January 2000, 0 to 160 E
        values[1:, :, 68:] = values[1:, :, 68:] * 3

    rows = gappy(gridded, tmp_path, hide)
    assert rows.loc["eastern_siberia", "status"] == "not_assessed"
    assert np.isnan(rows.loc["eastern_siberia", "score"])


def test_two_whole_years_are_too_few(
    score: Callable[..., pd.DataFrame], tmp_path: Path, gridded: Make
) -> None:
    """Years on the axis without values do not count."""
    score(-5.0, table=TABLE, metrics=["regional_mean"])

    def hide(values: np.ndarray) -> None:
        values[24:] = np.nan

    rows = gappy(gridded, tmp_path, hide)
    assert set(rows["status"]) == {"not_assessed"}
    assert rows["message"].str.contains("2 whole years").all()


def test_static_model_takes_the_years_it_is_a_mean_of(
    score: Callable[..., pd.DataFrame], tmp_path: Path, gridded: Make
) -> None:
    """An annual reference is cut to the stated period of a mean without time."""
    years = "\n".join(
        f"alaska,maps,upscaling,{year},{value},1.2"
        for year, value in zip(
            range(1998, 2004), [9, 9, -10, -20, -30, -40], strict=True
        )
    )
    table = f"region,approach,family,year,value,area_Mkm2\n{years}\n"
    score(-5.0, table=table, metrics=["regional_mean"])
    data = constant_model(gridded, -5.0).isel(time=[0])
    data["nee"] = data["nee"] * 0 - 5.0 / G_PER_YEAR
    data["nee"].attrs["units"] = "kg m-2 s-1"
    data.to_netcdf(tmp_path / "m.nc")
    path = tmp_path / "suite.yaml"
    suite = yaml.safe_load(path.read_text())
    suite["models"][0]["period"] = [2000, 2001]
    suite["models"][0]["variables"]["nee"]["static"] = True
    path.write_text(yaml.safe_dump(suite))
    row = score_suite(load_suite(path)).scores.iloc[0]
    assert row["reference_value"] == pytest.approx(-15)
    assert "2000-2001" in row["message"]


def test_missing_year_of_a_reference_is_left_out(
    score: Callable[..., pd.DataFrame],
) -> None:
    """A hole in an annual reference takes that year from the model too."""
    years = "\n".join(
        f"alaska,maps,upscaling,{year},-10,1.2" for year in (2000, 2001, 2003, 2004)
    )
    table = f"region,approach,family,year,value,area_Mkm2\n{years}\n"
    row = score(-5.0, table=table, metrics=["regional_mean"]).iloc[0]
    assert row["status"] == "scored"
    assert "2002" in row["message"]


def test_fill_value_inside_the_range_is_refused(
    score: Callable[..., pd.DataFrame], tmp_path: Path, gridded: Make
) -> None:
    """-99 g m-2 yr-1 is a possible flux, but not in a tenth of the cells."""
    score(-5.0, table=TABLE, metrics=["regional_mean"])
    data = constant_model(gridded, -5.0)
    values = data["nee"].to_numpy() * G_PER_YEAR
    values[:, :, :7] = -99.0
    data["nee"] = (data["nee"].dims, values, {"units": "g m-2 yr-1"})
    data.to_netcdf(tmp_path / "m.nc")
    rows = score_suite(load_suite(tmp_path / "suite.yaml")).scores
    assert set(rows["status"]) == {"failed"}
    assert rows["message"].str.contains("'fill_value: -99'").all()
