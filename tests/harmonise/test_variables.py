"""The variables: unique names, units, factors."""

from collections import Counter

import pytest

from benchmark.harmonise.variables import COMPANIONS, SCORED, VARIABLES


def test_aliases_are_unique() -> None:
    """No name of a file can stand for two variables."""
    names = Counter(
        name for v in VARIABLES.values() for name in (*v.aliases, *v.negated)
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_standard_names_are_unique() -> None:
    """No CF standard name stands for two variables."""
    names = [v.standard_name for v in VARIABLES.values() if v.standard_name]
    assert len(set(names)) == len(names)


def test_ids_are_keys() -> None:
    """Each variable is found by its own name, nep as the downward one it is."""
    for name, variable in VARIABLES.items():
        assert variable.name == name
        assert name in (*variable.aliases, *variable.negated)


def test_flux_in_report_units() -> None:
    """1 g C m-2 yr-1 is 3.16887e-11 kg m-2 s-1, year of 365.2425 days."""
    assert VARIABLES["nee"].report_units == "g m-2 yr-1"
    assert 3.16887e-11 * VARIABLES["nee"].report_factor == pytest.approx(1, rel=2e-6)


def test_total_flux_in_report_units() -> None:
    """1 kg s-1 is 31.556952e6 kg a year, 0.031556952 Tg."""
    assert VARIABLES["gpp"].total_units == "Tg yr-1"
    assert VARIABLES["gpp"].total_factor == pytest.approx(0.031556952, rel=1e-12)


def test_stock_in_report_units() -> None:
    """Stocks are reported as kg m-2 and Pg, 1e12 kg."""
    soil = VARIABLES["cSoil"]
    assert (soil.is_stock, soil.report_units, soil.total_units) == (
        True,
        "kg m-2",
        "Pg",
    )
    assert (soil.report_factor, soil.total_factor) == (1.0, 1e-12)


def test_net_fluxes_are_positive_upward() -> None:
    """Net fluxes count a source to the atmosphere as positive."""
    assert {VARIABLES[name].positive for name in ("nee", "nbe", "ch4")} == {"up"}
    assert "nbp" in VARIABLES["nbe"].negated
    assert "nep" in VARIABLES["nep"].negated


def test_states_in_report_units() -> None:
    """Temperatures, depths and fractions are reported as they are; areas in Mkm2."""
    assert [VARIABLES[name].report_units for name in ("tas", "alt", "pfr")] == [
        "K",
        "m",
        "1",
    ]
    assert VARIABLES["alt"].report_factor == 1.0
    assert (VARIABLES["pfr"].canonical_total, VARIABLES["pfr"].total_units) == (
        "m2",
        "Mkm2",
    )
    # 14 million km2 are 14e12 m2.
    assert 14e12 * VARIABLES["pfr"].total_factor == pytest.approx(14.0, rel=1e-12)
    assert [VARIABLES[name].is_per_area for name in ("tas", "wetlandFrac", "gpp")] == [
        False,
        True,
        True,
    ]


def test_parts_are_not_scored() -> None:
    """Only what references are made of can be scored; the rest is asked for by it."""
    assert set(COMPANIONS) == {
        "tas",
        "tsl",
        "wetlandFrac",
        "wtd",
        "ch4_subzero_air",
        "ch4_subzero_soil",
        "reco_subzero_air",
        "reco_subzero_soil",
    }
    assert set(VARIABLES) - set(SCORED) - set(COMPANIONS) == {
        "nep",
        "fHarvest",
        "fGrazing",
        "fLuc",
    }


def test_gross_fluxes_are_positive_magnitudes() -> None:
    """Uptake is positive downward, respiration upward; neither is negative."""
    assert {VARIABLES[name].positive for name in ("gpp", "npp")} == {"down"}
    assert {VARIABLES[name].positive for name in ("ra", "rh", "reco")} == {"up"}
    assert VARIABLES["gpp"].never_negative
    assert not VARIABLES["nee"].never_negative
