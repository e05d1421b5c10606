"""Tables of sites: one for all, or one for each."""

from pathlib import Path

import numpy as np
import pytest

from benchmark.config import Model, VariableSource
from benchmark.errors import InputError
from benchmark.readers import open_sites, open_source

HEADER = "site,lat,lon,year,month,NEE,class\n"


def written(tmp_path: Path, text: str, name: str = "a.csv") -> str:
    """Write a table and return its path."""
    (tmp_path / name).write_text(text)
    return str(tmp_path / name)


def test_one_file_for_all(tmp_path: Path) -> None:
    """Months are whole between the first and the last; gaps are NaN."""
    rows = (
        "A,68,161,2004,11,1,bog\nA,68,161,2005,1,3,bog\nB,70,-150,2004,12,-9999,fen\n"
    )
    data = open_sites([written(tmp_path, HEADER + rows)])
    expected = [[1.0, np.nan], [np.nan, np.nan], [3.0, np.nan]]
    np.testing.assert_array_equal(data["NEE"], expected)
    assert data["NEE"].dims == ("time", "site")
    assert [(d.year, d.month) for d in data["time"].to_numpy()] == [
        (2004, 11), (2004, 12), (2005, 1),
    ]  # fmt: skip
    assert data["lat"].to_numpy().tolist() == [68.0, 70.0]
    assert [*data.data_vars] == ["NEE"]


def test_one_file_for_each(tmp_path: Path) -> None:
    """A table without the site is of the site that its name holds."""
    listed = "flux_site,Lat,lon\nRU-Ch,68,161\nRU-Che,68.6,161.3\nDE-X,50,10\n"
    files = [
        written(tmp_path, listed, "location.csv"),
        written(tmp_path, "Date,GPP\n200407,2\n2004-08-01,3\n", "v_RU-Che.csv"),
    ]
    data = open_sites(files)
    assert data["site"].to_numpy().tolist() == ["RU-Che"]
    assert data["GPP"].to_numpy().tolist() == [[2.0], [3.0]]
    assert float(data["lon"][0]) == 161.3


def test_rows_without_dates(tmp_path: Path) -> None:
    """A table without months is a set of sites, a row each."""
    text = (
        "Site_Name,Latitude,Longitude,Year,CH4\nA,60,10,1994-1995,5\nA,60,10,1996,6\n"
    )
    data = open_sites([written(tmp_path, text)])
    assert data["CH4"].dims == ("site",)
    assert data["CH4"].to_numpy().tolist() == [5.0, 6.0]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("A,6,1,2004,1,1,x\nA,6,1,2004,1,2,x\n", "line 3 gives A in 2004-01 again"),
        ("A,68,161,2004,13,1,x\n", r"line 2: expected a whole year and a month"),
        ("A,98,161,2004,1,1,x\n", r"line 2: lat 98, lon 161; expected degrees"),
        ("A,,,2004,1,1,x\n", r"no lat and lon of site A"),
        ("A,6,1,2004,1,1,x\nA,6,1,2004,2,1,x\nA,6,1,2004,3,1o,x\n",
         r"column 'NEE', line 4: found '1o'"),
    ],
)  # fmt: skip
def test_broken_table(rows: str, message: str, tmp_path: Path) -> None:
    """What is wrong is said with the line."""
    with pytest.raises(InputError, match=message):
        open_sites([written(tmp_path, HEADER + rows)])


def test_months_without_years(tmp_path: Path) -> None:
    """Calendar months of no year are refused."""
    text = "site,lat,lon,calendar_month,CH4\nA,60,10,7,1\n"
    with pytest.raises(InputError, match="has months but no years"):
        open_sites([written(tmp_path, text)])


def test_file_of_no_site(tmp_path: Path) -> None:
    """A table of no known site is refused."""
    path = written(tmp_path, "date,GPP\n200407,2\n")
    with pytest.raises(InputError, match="no site of a list of sites in the file's"):
        open_sites([path])


def test_sites_are_no_map(tmp_path: Path) -> None:
    """A model of sites is found, and refused plainly."""
    path = written(tmp_path, HEADER + "A,68,161,2004,1,1,x\n")
    source = VariableSource((path,), variable="nee", units="gC m-2 day-1")
    with pytest.raises(InputError, match=r"holds 1 sites; .* cannot be scored on maps"):
        open_source(source, Model("A", {}, tmp_path / "m.yaml"))


def test_class_and_flag_are_texts_of_the_sites(tmp_path: Path) -> None:
    """A class is that of all months of a site, from either table."""
    listed = "site,lat,lon,site_class\nA,68,161,bog\nB,70,10,NA\n"
    months = "site,year,month,NEE,flag\nA,2004,7,1,x\nA,2004,8,2,y\nB,2004,7,3,\n"
    files = [
        written(tmp_path, listed, "sites.csv"),
        written(tmp_path, months, "months.csv"),
    ]
    data = open_sites(files)
    assert data["site_class"].to_numpy().tolist() == ["bog", ""]
    assert data["flag"].to_numpy().tolist() == ["x; y", ""]
    assert [*data.data_vars] == ["NEE"]


def test_two_classes_of_one_tower_are_refused(tmp_path: Path) -> None:
    """A series is of one class; which of two is not guessed."""
    text = (
        "site,lat,lon,year,month,NEE,site_class\n"
        "A,6,1,2004,7,1,bog\nA,6,1,2004,8,2,fen\n"
    )
    with pytest.raises(InputError, match="line 3 gives A the site_class 'fen'"):
        open_sites([written(tmp_path, text)])
