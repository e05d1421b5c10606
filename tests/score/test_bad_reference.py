"""References are tested as models are: a bad one scores nobody."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmark.config import load_suite
from benchmark.score import score_suite

Make = Callable[..., Any]
Write = Callable[..., Path]


def negate(values: np.ndarray) -> np.ndarray:
    return -values


def enlarge(values: np.ndarray) -> np.ndarray:
    return values * 1000


def fill(values: np.ndarray) -> np.ndarray:
    values[:, :, :7] = -9999.0
    return values


def spike(values: np.ndarray) -> np.ndarray:
    values[3, 4, 5] = 1e30
    return values


@pytest.mark.parametrize(
    ("spoil", "word"),
    [(negate, "sign"), (enlarge, "kg"), (fill, "-9999"), (spike, "1e+30")],
)
def test_bad_gridded_reference(
    write_suite: Write,
    tmp_path: Path,
    gridded: Make,
    gpp_values: Make,
    spoil: Make,
    word: str,
) -> None:
    """A reference with a defect fails its rows, with what is wrong in it."""
    suite = write_suite(None)
    gridded(gpp_values(36)).to_netcdf(tmp_path / "model.nc")
    text = suite.read_text().replace("good.nc", "model.nc")
    suite.write_text(text)
    gridded(spoil(gpp_values(36))).to_netcdf(tmp_path / "good.nc")
    result = score_suite(load_suite(suite))
    assert set(result.scores["status"]) == {"failed"}
    message = result.scores["message"].iloc[0]
    assert message.startswith("reference: ")
    assert word in message
    assert any(note.kind == "warning" and not note.model for note in result.notes)


def test_bad_regional_reference(write_suite: Write, tmp_path: Path) -> None:
    """A table of a thousandfold size fails its rows."""
    suite = write_suite(None)
    (tmp_path / "table.csv").write_text(
        "region,approach,family,value\nalaska,a,upscaling,400000\n"
    )
    (tmp_path / "reference.yaml").write_text(
        "reference: itself\ntitle: x\nvariable: gpp\nkind: regional\n"
        "data: {files: table.csv, units: g m-2 yr-1}\n"
        "scoring: {metrics: [regional_mean], tolerance: 1, scale: 1}\n"
    )
    rows = score_suite(load_suite(suite)).scores
    assert set(rows["status"]) == {"failed"}
    assert rows["message"].str.contains("the mean is 4e\\+05").all()


def test_calendars_do_not_matter_for_maps(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """Equal monthly values in different calendars score exactly 1."""
    suite = write_suite(None)
    gridded(gpp_values(36), calendar="360_day").to_netcdf(tmp_path / "model.nc")
    text = suite.read_text().replace("good.nc", "model.nc")
    suite.write_text(text)
    gridded(gpp_values(36), calendar="standard").to_netcdf(tmp_path / "good.nc")
    scores = score_suite(load_suite(suite)).scores
    assert scores["score"].to_numpy() == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("stated", [None, "start", "end"])
def test_stamps_on_the_first_of_the_month(
    write_suite: Write,
    tmp_path: Path,
    gridded: Make,
    gpp_values: Make,
    stated: str | None,
) -> None:
    """Dates that could be either end of a month are said, and can be stated."""
    import cftime

    data = gridded(gpp_values(36))
    stamps = [
        cftime.datetime(2000 + m // 12, m % 12 + 1, 1, calendar="noleap")
        for m in range(1, 37)
    ]
    data.assign_coords(time=stamps).to_netcdf(tmp_path / "end.nc")
    options = {} if stated is None else {"time_stamp": stated}
    rows = score_suite(load_suite(write_suite(tmp_path / "end.nc", **options))).scores
    bad = rows[(rows["model"] == "bad") & (rows["metric"] == "seasonal_phase")]
    if stated == "end":
        assert bad["score"].to_numpy() == pytest.approx(1.0)
    else:
        assert (bad["score"] < 0.95).all()
    said = bad["message"].str.contains("'time_stamp: start', or 'end'")
    assert said.all() == (stated is None)
