"""What strangers' files do: one line, no score, and the others still scored."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from benchmark.config import load_suite
from benchmark.score import score_suite

Write = Callable[..., Path]
Make = Callable[..., Any]


def scores_of(suite: Path) -> pd.DataFrame:
    return score_suite(load_suite(suite)).scores


def assert_refused(scores: pd.DataFrame, status: str, *words: str) -> None:
    """The bad model has no score and a one-line reason; the good one has 1."""
    bad = scores[scores["model"] == "bad"]
    good = scores[scores["model"] == "good"]
    assert set(bad["status"]) == {status}
    assert bad["score"].isna().all()
    assert bad["value"].isna().all()
    message = bad["message"].iloc[0]
    assert "\n" not in message
    for word in words:
        assert word in message, message
    assert set(good["status"]) == {"scored"}
    assert good["score"].to_numpy() == pytest.approx(1.0)


def test_good_model_scores_one(write_suite: Write) -> None:
    """A model against itself has perfect scores in every region."""
    scores = scores_of(write_suite(None))
    assert set(scores["region"]) == {"north", "dateline"}
    assert set(scores["status"]) == {"scored"}
    assert scores["score"].to_numpy() == pytest.approx(1.0)


def test_missing_file(write_suite: Write, tmp_path: Path) -> None:
    """A missing file is named, with the nearest name there is."""
    suite = write_suite(tmp_path / "goood.nc")
    assert_refused(scores_of(suite), "failed", "goood.nc", "no such file", "'good.nc'")


def test_truncated_netcdf(write_suite: Write, tmp_path: Path) -> None:
    """Half a file is refused as truncated."""
    suite = write_suite(tmp_path / "half.nc")
    content = (tmp_path / "good.nc").read_bytes()
    (tmp_path / "half.nc").write_bytes(content[: len(content) // 2])
    assert_refused(scores_of(suite), "failed", "half.nc", "truncated")


def test_html_saved_as_netcdf(write_suite: Write, tmp_path: Path) -> None:
    """A log-in page saved as .nc is called a web page."""
    page = tmp_path / "page.nc"
    page.write_text("<!DOCTYPE html><html><body>Log in</body></html>")
    assert_refused(scores_of(write_suite(page)), "failed", "page.nc", "web page")


def test_empty_file(write_suite: Write, tmp_path: Path) -> None:
    """An empty file is called empty."""
    (tmp_path / "empty.nc").touch()
    assert_refused(scores_of(write_suite(tmp_path / "empty.nc")), "failed", "empty")


@pytest.mark.parametrize("units", ["furlong s-1", "kg m-2", "kg N m-2 s-1", "bananas"])
def test_wrong_units(
    write_suite: Write, tmp_path: Path, units: str, gridded: Make, gpp_values: Make
) -> None:
    """Units that are unknown or no carbon flux are quoted, with what to write."""
    bad = tmp_path / "bad.nc"
    gridded(gpp_values(36), units=units).to_netcdf(bad)
    scores = scores_of(write_suite(bad))
    assert_refused(scores, "failed", "bad.nc: gpp", f"'{units}'", "'units:'")


def test_no_units(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """Absent units are not guessed."""
    bad = tmp_path / "bad.nc"
    gridded(gpp_values(36), units=None).to_netcdf(bad)
    assert_refused(scores_of(write_suite(bad)), "failed", "no units", "'units:'")


def test_missing_variable(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """A missing variable is named, with what the file has."""
    bad = tmp_path / "bad.nc"
    gridded(gpp_values(36), name="gpq").to_netcdf(bad)
    scores = scores_of(write_suite(bad, name="gpp"))
    assert_refused(scores, "failed", "gpp: no such variable", "'gpq'", "'name:'")


def test_flipped_sign(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """A gross flux that is negative is a flipped sign, with what to write."""
    bad = tmp_path / "bad.nc"
    gridded(-1e-2 * gpp_values(36)).to_netcdf(bad)
    assert_refused(scores_of(write_suite(bad)), "failed", "sign", "'sign: up'")


def test_flipped_sign_put_right(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """What the message says to write for a flipped sign works."""
    bad = tmp_path / "bad.nc"
    gridded(-gpp_values(36)).to_netcdf(bad)
    scores = scores_of(write_suite(bad, sign="up"))
    assert scores["score"].to_numpy() == pytest.approx(1.0)


def test_undeclared_fill_value(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """An ocean of -9999 is recognised as a fill value; declaring it mends it."""
    bad = tmp_path / "bad.nc"
    values = gpp_values(36)
    values[:, :, 50:] = -9999.0
    gridded(values).to_netcdf(bad)
    scores = scores_of(write_suite(bad))
    assert_refused(scores, "failed", "-9999", "'fill_value: -9999'")
    mended = scores_of(write_suite(bad, fill_value=-9999))
    assert set(mended[mended["region"] == "north"]["status"]) == {"scored"}


def test_one_cell_of_1e30(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """A single broken cell stops the score of its model."""
    bad = tmp_path / "bad.nc"
    values = gpp_values(36)
    values[17, 5, 11] = 1e30
    gridded(values).to_netcdf(bad)
    assert_refused(scores_of(write_suite(bad)), "failed", "1e+30", "bad.nc: gpp")


def test_no_time_overlap(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """Different years are no overlap; both periods are named."""
    bad = tmp_path / "bad.nc"
    gridded(gpp_values(36), start=1900).to_netcdf(bad)
    assert_refused(scores_of(write_suite(bad)), "no_overlap", "1900-01", "2000-01")


def test_missing_months(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """A gap in the months is named and not scored around."""
    bad = tmp_path / "bad.nc"
    data = gridded(gpp_values(36))
    data.isel(time=[*range(15), *range(18, 36)]).to_netcdf(bad)
    scores = scores_of(write_suite(bad))
    assert_refused(scores, "failed", "3 months are missing", "2001-04")


def test_repeated_month(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """A month given twice with other values is named."""
    bad = tmp_path / "bad.nc"
    data = gridded(gpp_values(36)).isel(time=[*range(7), 6, *range(7, 36)])
    data["gpp"][7] = data["gpp"][7] * 1.5
    data.to_netcdf(bad)
    assert_refused(scores_of(write_suite(bad)), "failed", "twice", "2000-07")


def test_all_nan(write_suite: Write, tmp_path: Path, gridded: Make) -> None:
    """A field without any value is refused."""
    bad = tmp_path / "bad.nc"
    gridded(np.full((36, 10, 72), np.nan, "float32")).to_netcdf(bad)
    assert_refused(scores_of(write_suite(bad)), "failed", "every value is missing")


def test_region_without_data(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """A region where the model has only missing values is a row of its own."""
    bad = tmp_path / "bad.nc"
    values = gpp_values(36)
    values[:, :, :4] = np.nan
    values[:, :, -5:] = np.nan
    gridded(values).to_netcdf(bad)
    scores = scores_of(write_suite(bad))
    bad_rows = scores[scores["model"] == "bad"].set_index("region")
    assert set(bad_rows.loc["dateline", "status"]) == {"no_overlap"}
    messages = bad_rows.loc["dateline", "message"]
    assert messages.str.startswith(f"{bad}: gpp: ").all()
    assert messages.str.contains("no value of the model in region 'dateline'").all()
    assert set(bad_rows.loc["north", "status"]) == {"scored"}
    assert bad_rows.loc["north", "score"].to_numpy() == pytest.approx(1.0)


def test_region_outside_the_grid(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """A region off the model's grid is not assessed, which is no fault."""
    bad = tmp_path / "bad.nc"
    gridded(gpp_values(36)).isel(lon=slice(10, 60)).to_netcdf(bad)
    scores = scores_of(write_suite(bad))
    rows = scores[(scores["model"] == "bad") & (scores["region"] == "dateline")]
    assert set(rows["status"]) == {"not_assessed"}
    assert rows["message"].str.contains("outside the model's grid").all()


def test_bounds_that_disagree_with_centres(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """Bounds of other cells are refused, with the cell."""
    bad = tmp_path / "bad.nc"
    data = gridded(gpp_values(36))
    data["lat_bnds"] = data["lat_bnds"] + 20.0
    data.to_netcdf(bad)
    assert_refused(
        scores_of(write_suite(bad)), "failed", "lat", "not inside its bounds"
    )


def test_files_are_closed_to_names_with_markup(
    write_suite: Write, tmp_path: Path
) -> None:
    """A variable called like a script is quoted, not run."""
    suite = write_suite(tmp_path / "good.nc", name="__import__('os').getcwd()")
    assert_refused(scores_of(suite), "failed", "no such variable")
