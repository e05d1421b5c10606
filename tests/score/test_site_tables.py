"""What references of sites say, against the tables that ship."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmark.config import Suite, load_reference
from benchmark.regions.shipped import shipped
from benchmark.score.references import OpenedReference, open_reference
from benchmark.score.site_tables import sites_of

FOLDER = shipped()


def opened(name: str) -> OpenedReference:
    """Open a reference that ships."""
    reference = load_reference(name)
    return open_reference(reference, Suite("s", "S", (), (reference,), source=None))


def test_pedons_are_the_rows_of_the_table() -> None:
    """Each pedon with a value stands with its class, place and value."""
    raw = pd.read_csv(FOLDER / "ncscd_pedons/pedons.csv", comment="#")
    raw = raw[raw["soc_0_1m"].notna()]
    found = sites_of([opened("ncscd_pedons_0_1m")])["ncscd_pedons_0_1m"]
    assert found["site"].tolist() == raw["site"].tolist()
    assert found["site_class"].tolist() == raw["site_class"].tolist()
    np.testing.assert_allclose(found["value"], raw["soc_0_1m"])
    assert (found["region"] == "alaska").sum() == 181
    assert (found["region"] == "").sum() == 8


def test_a_tower_without_winters_has_no_annual_value() -> None:
    """The mean of summers is no annual mean; of twelve months it is one."""
    raw = pd.read_csv(FOLDER / "fluxnet2015_north/monthly.csv", comment="#")
    found = sites_of([opened("fluxnet2015_north_nee")])["fluxnet2015_north_nee"]
    found = found.set_index("site")
    months = raw.groupby("site")["month"].nunique()
    assert set(found.index[found["value"].notna()]) == set(months.index[months == 12])
    assert found.loc["US-Prr", "n"] == (raw["site"] == "US-Prr").sum()
    cycle = raw[raw["site"] == "FI-Sod"].groupby("month")["nee"].mean()
    days = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    expected = float((cycle * days).sum() / days.sum() * 365.2425)
    assert found.loc["FI-Sod", "value"] == pytest.approx(expected, rel=2e-3)


def test_context_is_a_table_too() -> None:
    """References that are only shown have their sites drawn."""
    found = sites_of([opened("treat2018_ch4_sites_estimated")])
    assert len(found["treat2018_ch4_sites_estimated"]) == 167


def test_a_broken_table_is_a_problem_of_the_reference(tmp_path: Path) -> None:
    """Values that no land has are refused as those of a model are."""
    (tmp_path / "a.csv").write_text("site,lat,lon,soc\nA,65,10,16000\n")
    (tmp_path / "mine.yaml").write_text(
        "reference: mine\ntitle: Mine\nvariable: cSoil\nkind: sites\n"
        "data: {files: a.csv, name: soc, units: kg m-2, mass_basis: C, static: true}\n"
        "scoring: {metrics: [stock_density], relative_tolerance: 0.1, source: test}\n"
    )
    reference = load_reference(str(tmp_path / "mine.yaml"))
    item = open_reference(reference, Suite("s", "S", (), (reference,), source=None))
    assert "16000" in item.problem or "1.6e+04" in item.problem
    assert sites_of([item]) == {}


def test_towers_of_july_alone_are_no_implausible_region(tmp_path: Path) -> None:
    """A strong sink is one of summer, though no region has it over a year."""
    rows = "".join(f"A,65,10,{year},7,-3.0\n" for year in range(2001, 2006))
    (tmp_path / "a.csv").write_text("site,lat,lon,year,month,nee\n" + rows)
    (tmp_path / "mine.yaml").write_text(
        "reference: mine\ntitle: Mine\nvariable: nee\nkind: sites\n"
        "data: {files: a.csv, name: nee, units: g m-2 day-1, mass_basis: C, sign: up}\n"
        "scoring: {metrics: [seasonal_amplitude], source: test}\n"
    )
    reference = load_reference(str(tmp_path / "mine.yaml"))
    item = open_reference(reference, Suite("s", "S", (), (reference,), source=None))
    assert not item.problem
    table = sites_of([item])["mine"]
    assert table[["site", "n"]].to_numpy().tolist() == [["A", 5.0]]
    assert table["value"].isna().all()
