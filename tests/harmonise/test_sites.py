"""Tables of sites in canonical units: decided once, refused where nothing says it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmark.config import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.sites import harmonise_sites
from benchmark.harmonise.variables import VARIABLES
from benchmark.readers import open_sites

SECONDS = 365.2425 * 86400.0
METHANE = VariableSource(
    (), name="value", units="g m-2 yr-1", mass_basis="CH4", area_basis="wetland",
    sign="up",
)  # fmt: skip


def opened(folder: Path, text: str, source: VariableSource, name: str) -> Harmonised:
    """Write a table, and harmonise a variable of it."""
    path = folder / "sites.csv"
    path.write_text(text)
    return harmonise_sites(open_sites([str(path)]), source, VARIABLES[name])


def test_months_become_rates_upward_with_class_and_count(tmp_path: Path) -> None:
    """g C m-2 of a month, positive down, is a rate by the month's own length."""
    text = (
        "site,lat,lon,year,month,flux,site_class,flag\n"
        "A,65,10,2004,2,2.9,fen,gap filled\nA,65,10,2004,3,,fen,\n"
        "B,66,20,2004,3,-3.1,,\n"
    )
    source = VariableSource((), name="flux", units="g m-2 month-1", sign="down")
    field = opened(tmp_path, text, replace(source, mass_basis="C"), "nee").field
    expected = np.array(
        [[-2.9e-3 / (29 * 86400), np.nan], [np.nan, 3.1e-3 / 31 / 86400]]
    )
    np.testing.assert_allclose(field, expected, rtol=1e-12)
    assert field["site_class"].to_numpy().tolist() == ["fen", ""]
    assert field["flag"].to_numpy().tolist() == ["gap filled", ""]
    assert field["n"].to_numpy().tolist() == [1.0, 1.0]
    assert field["days"].to_numpy().tolist() == [29.0, 31.0]


def test_methane_as_carbon_is_methane(tmp_path: Path) -> None:
    """The mass basis is settled once, and the area stays that of the wetland."""
    text = "site,lat,lon,site_class,value,n\nA,65,10,fen,12.011,4\n"
    field = opened(tmp_path, text, replace(METHANE, mass_basis="C"), "ch4").field
    assert float(field[0]) * 1e3 * SECONDS == pytest.approx(16.043, rel=1e-4)
    assert field.attrs["area_basis"] == "wetland"
    assert float(field["n"][0]) == 4.0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"area_basis": None}, "area_basis: wetland"),
        ({"area_basis": "cell"}, "a site is in no cell"),
        ({"sign": None}, "sign: up"),
        ({"units": "furlong"}, "units:"),
        ({"name": "flux"}, "no such variable"),
    ],
)
def test_what_nothing_says_is_refused_with_the_line_to_write(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    """Area, sign, units and column are never guessed."""
    text = "site,lat,lon,value\nA,65,10,12\n"
    with pytest.raises(InputError, match=message):
        opened(tmp_path, text, replace(METHANE, **change), "ch4")  # type: ignore[arg-type]
