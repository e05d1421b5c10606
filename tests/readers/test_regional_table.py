"""Tables as people write them, by hand and by program."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import ConfigError, InputError
from benchmark.readers import open_regional_table, table_columns
from benchmark.readers.regional_table import read_model_table

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a function that writes a table."""

    def write_table(text: str) -> Path:
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write_table


def model_table(path: Path, column: str | None = "A") -> object:
    source = VariableSource(files=(str(path),))
    model = Model("A", {}, path, column=column, region="permafrost_domain")
    return read_model_table(source, model)


def test_table_written_by_hand(write: Write) -> None:
    """Comments, blank lines, blanks after commas and NA are understood."""
    path = write(
        "# source: me\n"
        "\n"
        "region, approach, value, low, high\n"
        "alaska, in_situ, -5.5, NA, \n"
        "# a remark\n"
        'western_canada, "towers, all", 1e1, nan, 12\n'
    )
    table = open_regional_table(path)
    assert list(table["region"]) == ["alaska", "western_canada"]
    assert list(table["approach"]) == ["in_situ", "towers, all"]
    assert list(table["value"]) == [-5.5, 10.0]
    assert np.isnan(table["low"]).all()
    assert table["high"].iloc[1] == 12.0
    assert list(table.index) == [0, 1]


def test_absent_columns(write: Write) -> None:
    """Absent numbers are NaN, absent texts empty."""
    table = open_regional_table(write("region,value\nalaska,1\n"))
    for column in ("year", "month", "low", "high", "sd_spatial", "area_Mkm2"):
        assert table[column].isna().all()
    for column in ("approach", "family", "flag"):
        assert list(table[column]) == [""]


def test_hash_within_a_line(write: Write) -> None:
    """Only a line that starts with # is a comment; numbers after a # stay."""
    table = open_regional_table(write("region,flag,value\nalaska,site #3,5\n"))
    assert table["flag"].iloc[0] == "site #3"
    assert table["value"].iloc[0] == 5.0


def test_byte_order_mark(write: Write) -> None:
    """What spreadsheets put first in a file does not belong to a column."""
    assert open_regional_table(write("\ufeffregion,value\na,1\n"))["value"].iloc[0] == 1


def test_column_of_row_numbers(write: Write) -> None:
    """A first column without a name is left out."""
    table = open_regional_table(write(",region,value\n0,alaska,7\n"))
    assert (table["region"].iloc[0], table["value"].iloc[0]) == ("alaska", 7.0)


@pytest.mark.parametrize("word", ["five", "1,5 g", "--", "inf", "1.2.3"])
def test_word_among_numbers(word: str, write: Write) -> None:
    """A word in a column of numbers is quoted with column and line of the file."""
    path = write(f'# head\nregion,value\nalaska,1\n\n# more\nwestern,"{word}"\n')
    with pytest.raises(InputError) as caught:
        open_regional_table(path)
    assert str(caught.value) == (
        f"{path}: column 'value', line 6: found '{word}'; expected a number, or NA."
    )


@pytest.mark.parametrize(
    ("row", "count"), [("alaska,1,2", 3), ("alaska", 1), ("alaska,1,", 3)]
)
def test_row_of_another_length(row: str, count: int, write: Write) -> None:
    """A row with more or fewer values is refused: its columns may have shifted."""
    with pytest.raises(InputError, match=f"line 2 has {count} values, .* 2 columns"):
        open_regional_table(write(f"region,value\n{row}\n"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("area,value\na,1\n", "no column 'region'; found area, value"),
        ("region;value\na;1\n", "no column 'region'; found region;value"),
        ("region,val\na,1\n", "no column 'value'"),
        ("region,value,value\na,1,2\n", "columns given twice: value"),
        ("", "the file is empty"),
        ("# only\n# comments\n", "the file is empty"),
    ],
)
def test_what_is_no_table(text: str, words: str, write: Write) -> None:
    """Missing and repeated columns and empty files are named."""
    path = write(text)
    with pytest.raises(InputError) as caught:
        open_regional_table(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)


def test_table_in_another_encoding(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are refused."""
    path = tmp_path / "latin.csv"
    path.write_bytes("region,value\nQuébec,1\n".encode("latin-1"))
    with pytest.raises(InputError, match="cannot be read as CSV"):
        open_regional_table(path)


def test_column_of_a_model(write: Write) -> None:
    """A model's column is (time, region) with its years."""
    data = model_table(write("year, B, A\n2000, 1, 2\n2001, 3, NA\n"))
    assert data["value"].dims == ("time", "region")
    np.testing.assert_array_equal(data["value"].to_numpy(), [[2.0], [np.nan]])
    assert list(data["year"].to_numpy()) == [2000, 2001]
    assert list(data["region"].to_numpy()) == ["permafrost_domain"]


def test_column_that_is_not_there(write: Write) -> None:
    """A missing column is named with those there are."""
    with pytest.raises(InputError, match="no column 'C'; found year, A, B"):
        model_table(write("year,A,B\n2000,1,2\n"), column="C")


@pytest.mark.parametrize("year", ["", "NA", "2000.5"])
def test_years_that_are_none(year: str, write: Write) -> None:
    """A row without a whole year is refused with its line."""
    with pytest.raises(InputError, match="'year', line 3: expected a whole year"):
        model_table(write(f"year,A\n1999,1\n{year},2\n"))


def test_columns_of_a_table(write: Write) -> None:
    """The models of a table are its columns besides the year."""
    path = write("# remark\nyear, B , A,\n2000,1,2,\n")
    assert table_columns(VariableSource(files=(str(path),))) == ["B", "A"]


def test_columns_of_no_table(tmp_path: Path) -> None:
    """A missing table is a mistake of the configuration, found before the run."""
    with pytest.raises(ConfigError, match="no such file"):
        table_columns(VariableSource(files=(str(tmp_path / "none.csv"),)))


def test_the_reader_of_ensembles_named_for_a_long_table_says_to_leave_it_out(
    write: Write,
) -> None:
    """It looked for a column called None before."""
    path = write("region,year,nee\nalaska,2000,1\n")
    with pytest.raises(InputError, match="leave 'reader:' out"):
        model_table(path, column=None)
