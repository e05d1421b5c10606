"""Text tables of cells, as LPJ-GUESS writes them."""

import gzip
from pathlib import Path

import dask.array
import numpy as np
import pytest
import yaml

from benchmark.config import Model, VariableSource, load_models
from benchmark.errors import InputError
from benchmark.harmonise.model import open_variable
from benchmark.readers import cell_rows, open_source

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
MODEL = Model("LPJ-GUESS", {}, Path("m.yaml"))
# (lon, lat): three of four cells of a 0.5 degree grid.
CELLS = ((10.25, 60.25), (10.75, 60.25), (10.25, 60.75))


def monthly(*, cells: tuple[tuple[float, float], ...] = CELLS, years: int = 2) -> str:
    """Return a table whose values are 1000 * cell + 12 * year + month, from 0."""
    lines = [f"     Lon     Lat    Year  {MONTHS}"]
    for number, (lon, lat) in enumerate(cells):
        for year in range(years):
            values = [1000 * number + 12 * year + month for month in range(12)]
            shown = " ".join(f"{value:8.1f}" for value in values)
            lines.append(f" {lon:7.2f} {lat:7.2f} {1990 + year:7d} {shown}")
    return "\n".join(lines) + "\n"


def source(path: Path, **entries: object) -> VariableSource:
    """Return a source of GPP with units."""
    entries = {"units": "kgC m-2 month-1", "variable": "gpp", **entries}
    return VariableSource((str(path),), **entries)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["blanks", "commas", "gz"])
def test_monthly_table(tmp_path: Path, kind: str) -> None:
    """A table of months is a grid, whatever separates its values."""
    text = monthly()
    path = tmp_path / ("mgpp.csv" if kind == "commas" else "mgpp.out")
    if kind == "commas":
        text = "\n".join(",".join(line.split()) for line in text.splitlines())
    if kind == "gz":
        path = tmp_path / "mgpp.out.gz"
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text)
    data = open_source(source(path), MODEL)
    assert data["gpp"].dims == ("time", "lat", "lon")
    assert data["lat"].to_numpy().tolist() == [60.25, 60.75]
    assert data["lon_bnds"].to_numpy().tolist() == [[10.0, 10.5], [10.5, 11.0]]
    values = data["gpp"].to_numpy()
    np.testing.assert_array_equal(values[:, 0, 0], np.arange(24))
    np.testing.assert_array_equal(values[:, 0, 1], 1000 + np.arange(24))
    np.testing.assert_array_equal(values[:, 1, 0], 2000 + np.arange(24))
    assert np.isnan(values[:, 1, 1]).all()
    last = data["time"].to_numpy()[-1]
    assert (last.year, last.month, last.calendar) == (1991, 12, "noleap")


def test_table_is_lazy_and_read_in_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few rows at a time give the same grid, which is not computed at once."""
    path = tmp_path / "mgpp.out"
    path.write_text(monthly(years=5))
    whole = open_source(source(path), MODEL)["gpp"]
    monkeypatch.setattr(cell_rows, "_ROWS", 4)
    blocks = open_source(source(path), MODEL)["gpp"]
    assert isinstance(blocks.data, dask.array.Array)
    np.testing.assert_array_equal(whole.to_numpy(), blocks.to_numpy())


def test_table_of_pools(tmp_path: Path) -> None:
    """A sum of two pools of a yearly table is a field of years."""
    rows = [
        f"{lon} {lat} {y} 1.5 0.5 {y - 1990}"
        for lon, lat in CELLS
        for y in (1990, 1991)
    ]
    path = tmp_path / "cpool.out"
    path.write_text("Lon Lat Year VegC LitterC SoilC\n" + "\n".join(rows))
    config = tmp_path / "m.yaml"
    entry = {"files": "cpool.out", "name": "SoilC + LitterC", "units": "kgC m-2"}
    variables = {"cSoil": {**entry, "depth": "full_column"}}
    config.write_text(yaml.safe_dump({"model": "L", "variables": variables}))
    opened = open_variable(load_models(config)[0], "cSoil")
    assert opened.field["year"].to_numpy().tolist() == [1990, 1991]
    np.testing.assert_array_equal(opened.field.to_numpy()[:, 0, 0], [0.5, 1.5])
    assert any("noleap" in text for text in opened.conversions)


def test_one_of_several_tables(tmp_path: Path) -> None:
    """Of the tables of a run that one is read whose name is the variable's."""
    (tmp_path / "mgpp.out").write_text(monthly())
    (tmp_path / "mnpp.out").write_text(monthly(years=1))
    data = open_source(source(tmp_path / "*.out"), MODEL)
    assert data.sizes["time"] == 24


def test_runs_of_several_processes(tmp_path: Path) -> None:
    """Tables of other cells of the same run are put together."""
    for number, cells in enumerate((CELLS[:1], CELLS[1:])):
        (tmp_path / f"run{number}").mkdir()
        path = tmp_path / f"run{number}" / "mgpp.out"
        path.write_text(monthly(cells=cells))
    data = open_source(source(tmp_path / "run*" / "mgpp.out"), MODEL)
    assert int(data["gpp"].isel(time=0).notnull().sum()) == 3


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (("  60.75    1991", "  60.75    1990"), r"line 7: gives Lon 10\.25, Lat 60\.75"
         r", Year 1990 again, after .*mgpp\.out, line 6; expected"),
        (("  2023.0", ""), r"line 7 has 14 values, but there are 15 columns"),
        (("  2023.0", "  2023.0 9"), r"line 7 has 16 values, but there are 15 columns"),
        (("  2023.0", "  ******"), r"line 7, column 'Dec': found '\*+'; expected"),
        (("  2023.0", "     inf"), r"line 7, column 'Dec': found 'inf'; expected"),
        (("  60.75    1990", "  60.83    1990"), r"lat .* is .* degrees off a grid of"),
    ],
)  # fmt: skip
def test_broken_table(tmp_path: Path, wrong: tuple[str, str], message: str) -> None:
    """What is wrong with a line is said with its file and number."""
    path = tmp_path / "mgpp.out"
    text = monthly()
    assert wrong[0] in text
    path.write_text(text.replace(*wrong))
    with pytest.raises(InputError, match=message):
        open_source(source(path), MODEL)


def test_missing_units(tmp_path: Path) -> None:
    """Units have to be stated; the message has those of LPJ-GUESS."""
    path = tmp_path / "mgpp.out"
    path.write_text(monthly())
    with pytest.raises(InputError, match=r"write 'units:' .* kgC m-2 month-1"):
        open_source(source(path, units=None), MODEL)


def test_unknown_pool(tmp_path: Path) -> None:
    """A pool that is not there is refused with those that are."""
    path = tmp_path / "cpool.out"
    path.write_text("Lon Lat Year VegC SoilC\n10.25 60.25 1990 1 2\n")
    with pytest.raises(InputError, match=r"no column 'Peat'; found VegC, SoilC"):
        open_source(source(path, name="Peat"), MODEL)


def test_rounded_centres(tmp_path: Path) -> None:
    """Centres with one digit after the point are refused: their grid is lost."""
    path = tmp_path / "mgpp.out"
    cells = ((10.2, 60.2), (10.8, 60.8), (11.2, 61.2))
    path.write_text(monthly(cells=cells))
    with pytest.raises(InputError, match=r"two digits or more after the point"):
        open_source(source(path), MODEL)
