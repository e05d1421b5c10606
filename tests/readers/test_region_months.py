"""Long tables of regions."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from benchmark.config import load_models
from benchmark.errors import InputError
from benchmark.harmonise.model import open_variable


def opened(tmp_path: Path, text: str, **entries: object) -> np.ndarray:
    """Return a variable of a table, as a run would open it, in Pg C per year."""
    (tmp_path / "r.csv").write_text(text)
    variable = {"units": "PgC yr-1", "statistic": "total", "name": "gpp"}
    config = {
        "model": "A",
        "files": "r.csv",
        "variables": {"gpp": {**variable, **entries}},
    }
    (tmp_path / "m.yaml").write_text(yaml.safe_dump(config))
    field = open_variable(load_models(tmp_path / "m.yaml")[0], "gpp").field
    assert field.dims == ("time", "region")
    return field.to_numpy() * 365.2425 * 86400 / 1e12


def test_years(tmp_path: Path) -> None:
    """Rows in any order are a series by year and region, NaN where none is."""
    text = "region,year,gpp\nb,2001,4\na,2000,1\nb,2000,3\n"
    np.testing.assert_allclose(opened(tmp_path, text), [[1, 3], [np.nan, 4]])


def test_months(tmp_path: Path) -> None:
    """Months stay months; a year that lacks one is left out."""
    rows = [f"a,2000,{m},{31.0 if m == 1 else 0.0}" for m in range(1, 13)]
    text = "\n".join(["region,year,month,gpp", *rows, "a,2001,1,5"])
    np.testing.assert_allclose(opened(tmp_path, text)[:, 0], [31.0] + 11 * [0.0])


def test_amounts_of_months_are_rates_by_the_length_of_each(tmp_path: Path) -> None:
    """31 in January and 30 in June are the same rate of one a day."""
    lengths = [31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    rows = [f"a,2000,{m},{days}" for m, days in enumerate(lengths, 1)]
    text = "\n".join(["region,year,month,gpp", *rows])
    found = opened(tmp_path, text, units="PgC month-1")
    np.testing.assert_allclose(found[:, 0], 365.2425, rtol=1e-6)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("region,year,gpp\na,2000,1\na,2000,2\n", "line 3 gives a 2000 again"),
        ("region,year,gpp\na,2000.5,1\n", "line 2: expected whole year"),
        ("region,year,value\na,2000,1\n", "no column 'gpp'; found region, year, value"),
        ("region,year,month,gpp\na,2000,1,1\n", "no year has all twelve months"),
    ],
)
def test_broken_table(text: str, message: str, tmp_path: Path) -> None:
    """What is wrong is said with the line."""
    with pytest.raises(InputError, match=message):
        opened(tmp_path, text)
