"""Units as people write them, against factors worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.harmonise.unit_text import clean, is_per_month
from benchmark.harmonise.units import conversion_factor, dimensional_factor

FLUX, STOCK = "kg m-2 s-1", "kg m-2"

# Seconds: a day has 86400, a year of 365.2425 days 31556952, a month 2629746.
PER_DAY = 1.1574074074e-5
PER_YEAR = 3.1688738507e-8
PER_MONTH = 3.8026486208e-7
CO2_TO_C = 0.27292144789  # 12.011 / 44.009

FLUXES = {
    "kg m-2 s-1": 1.0,
    "kg C $m^{-2}$ s$^{-1}$": 1.0,
    "kg m^-2 s^-1": 1.0,
    "kg m**-2 s**-1": 1.0,
    "kg/m2/s": 1.0,
    "kg/m^2/s": 1.0,
    "kg / (m2 s)": 1.0,
    "kg.m-2.s-1": 1.0,
    "kg*m-2*s-1": 1.0,
    "kg m⁻² s⁻¹": 1.0,
    "kg m−2 s−1": 1.0,  # noqa: RUF001
    "kg m-2 sec-1": 1.0,
    "  kg  m-2   s-1 ": 1.0,
    "kgC/m2/s": 1.0,
    "KgC/m2/s": 1.0,
    "Kg m-2 s-1": 1.0,
    "kg(C) m-2 s-1": 1.0,
    "kg [C] m-2 s-1": 1.0,
    "kg-C m-2 s-1": 1.0,
    "kg carbon m-2 s-1": 1.0,
    "g m-2 s-1": 1e-3,
    "gC m-2 s-1": 1e-3,
    "\\mathrm{gC\\,m^{-2}\\,s^{-1}}": 1e-3,
    "gC/m2/day": 1e-3 * PER_DAY,
    "gC m-2 d-1": 1e-3 * PER_DAY,
    "g C day-1 m-2": 1e-3 * PER_DAY,
    "mg C m-2 d-1": 1e-6 * PER_DAY,
    "mgC m-2 h-1": 1e-6 / 3600,
    "g CO2-C m-2 d-1": 1e-3 * PER_DAY,
    "gC m-2 yr-1": 1e-3 * PER_YEAR,
    "g C m^{-2} yr^{-1}": 1e-3 * PER_YEAR,
    "gC/m2/year": 1e-3 * PER_YEAR,
    "g C m-2 a-1": 1e-3 * PER_YEAR,
    "gC m-2 month-1": 1e-3 * PER_MONTH,
    "gC/m2/mon": 1e-3 * PER_MONTH,
    "tC ha-1 yr-1": 0.1 * PER_YEAR,
    "Mg C ha-1 yr-1": 0.1 * PER_YEAR,
    "t/ha/yr": 0.1 * PER_YEAR,
    "kg CO2 m-2 s-1": CO2_TO_C,
    "gCO2/m2/s": 1e-3 * CO2_TO_C,
    "g CO2 m-2 d-1": 1e-3 * PER_DAY * CO2_TO_C,
    "mol m-2 s-1": 0.012011,
    "mol CO2 m-2 s-1": 0.012011,
    "umol m-2 s-1": 1.2011e-8,
    "umolCO2 m-2 s-1": 1.2011e-8,
    "µmol CO2 m⁻² s⁻¹": 1.2011e-8,
    "μmol m-2 s-1": 1.2011e-8,
    "nmol CH4 m-2 s-1": 1.2011e-11,
    "micromol/m2/s": 1.2011e-8,
    "micromoles m-2 s-1": 1.2011e-8,
    "mol C m-2 yr-1": 0.012011 * PER_YEAR,
    "kg C/m^2/yr": PER_YEAR,
    "kg/m2/sec": 1.0,
    "gC/m^2/month": 1e-3 * PER_MONTH,
    "gC m-2 mon-1": 1e-3 * PER_MONTH,
    "kg m-2 day-1 ": PER_DAY,
    '"kg m-2 day-1"': PER_DAY,
    "'kg m-2 s-1'": 1.0,
    "[kg m-2 s-1]": 1.0,
    "(kg m-2 s-1)": 1.0,
    "kg C m-2 a-1": PER_YEAR,
    "gC.m-2.s-1": 1e-3,
    "gC*m-2*yr-1": 1e-3 * PER_YEAR,
    "1e-3 kg m-2 s-1": 1e-3,
    "10^-6 kg m-2 s-1": 1e-6,
    "gC m-2 y-1": 1e-3 * PER_YEAR,
    "Mg C ha-1 y-1": 0.1 * PER_YEAR,
    "g C-CO2 m-2 d-1": 1e-3 * PER_DAY,
    "gC_m-2_d-1": 1e-3 * PER_DAY,
    "kg of C per m2 per s": 1.0,
    "g C per m2 per day": 1e-3 * PER_DAY,
    "grams of carbon per square meter per year": 1e-3 * PER_YEAR,
    "µgC/m2/hr": 1e-9 / 3600,
}
STOCKS = {
    "kg C/$m^2$\u200b": 1.0,
    "kgC m-2": 1.0,
    "g/m^2": 1e-3,
    "tC/ha": 0.1,
    "Mg ha-1": 0.1,
    "hg m-2": 0.1,
    "hg C m-2": 0.1,
    "hectograms per square meter": 0.1,
    "hectograms C m-2": 0.1,
    "kilograms of carbon per square meter": 1.0,
    "t C ha-1": 0.1,
    "tonnes C / hectare": 0.1,
    "kgC/m²": 1.0,
    "Kg/m2": 1.0,
    "KgC m-2": 1.0,
    "kg C $m^{-2}$": 1.0,
    "g cm-2": 10.0,
    "1e-3 kg m-2": 1e-3,
    "10**3 g m-2": 1.0,
    "kg CO2 m-2": CO2_TO_C,
}


@pytest.mark.parametrize(("written", "factor"), FLUXES.items())
def test_fluxes(written: str, factor: float) -> None:
    """Units of a carbon flux become kg C m-2 s-1."""
    found = conversion_factor(written, FLUX, mass_basis="C")
    assert found == pytest.approx(factor, rel=1e-9)


@pytest.mark.parametrize(("written", "factor"), STOCKS.items())
def test_stocks(written: str, factor: float) -> None:
    """Units of a carbon stock become kg C m-2."""
    found = conversion_factor(written, STOCK, mass_basis="C")
    assert found == pytest.approx(factor, rel=1e-9)


@pytest.mark.parametrize(
    ("written", "factor"),
    [
        ("kg CH4 m-2 s-1", 1.0),
        ("kg m-2 s-1", 1.0),
        ("kgC m-2 s-1", 1.3356922821),  # 16.043 / 12.011
        ("nmol m-2 s-1", 1.6043e-11),
        ("mg CH4 m-2 d-1", 1e-6 * PER_DAY),
        ("mg CH4/m2/day", 1e-6 * PER_DAY),
        ("g CH4 m-2 yr-1", 1e-3 * PER_YEAR),
        ("nmol CH4 m-2 s-1", 1.6043e-11),
        ("umol m-2 s-1", 1.6043e-8),
        ("mol CH4 m-2 s-1", 0.016043),
        ("mol C m-2 s-1", 0.016043),  # a mole of C is a mole of CH4
        ("g C-CH4 m-2 d-1", 1e-3 * PER_DAY * 1.3356922821),
        ("g CH4-C m-2 d-1", 1e-3 * PER_DAY * 1.3356922821),
    ],
)
def test_methane(written: str, factor: float) -> None:
    """Units of a methane flux become kg CH4 m-2 s-1."""
    found = conversion_factor(written, FLUX, mass_basis="CH4")
    assert found == pytest.approx(factor, rel=1e-9)


def test_numbers_of_the_brief() -> None:
    """1 g C m-2 yr-1 is 3.16887e-11 kg m-2 s-1 and 2.6383e-3 umol CO2 m-2 s-1."""
    gram = conversion_factor("gC m-2 yr-1", FLUX, mass_basis="C")
    micromole = conversion_factor("umol CO2 m-2 s-1", FLUX, mass_basis="C")
    assert gram == pytest.approx(3.16887e-11, rel=1e-5)
    assert gram / micromole == pytest.approx(2.6383e-3, rel=1e-4)


@pytest.mark.parametrize(
    ("written", "canonical", "factor"),
    [
        ("Pg yr-1", "kg s-1", 1e12 * PER_YEAR),
        ("PgC/yr", "kg s-1", 1e12 * PER_YEAR),
        ("Gt C yr-1", "kg s-1", 1e12 * PER_YEAR),
        ("TgC yr-1", "kg s-1", 1e9 * PER_YEAR),
        ("Pg C yr^-1", "kg s-1", 1e12 * PER_YEAR),
        ("petagrams C per year", "kg s-1", 1e12 * PER_YEAR),
        ("TgCH4/yr", "kg s-1", 1e9 * PER_YEAR * 0.74867543477),
        ("Mt CO2 yr-1", "kg s-1", 1e9 * PER_YEAR * CO2_TO_C),
        ("10^12 g C yr-1", "kg s-1", 1e9 * PER_YEAR),
        ("Pg", "kg", 1e12),
        ("GtC", "kg", 1e12),
    ],
)
def test_totals(written: str, canonical: str, factor: float) -> None:
    """Totals of regions become kg s-1 and kg."""
    found = conversion_factor(written, canonical, mass_basis="C")
    assert found == pytest.approx(factor, rel=1e-9)


@pytest.mark.parametrize(
    ("declared", "factor"), [("C", 1.0), ("CO2", CO2_TO_C), ("CH4", 0.74867543477)]
)
def test_declared_basis(declared: str, factor: float) -> None:
    """Where the units name no species, the declared one counts."""
    found = conversion_factor(
        "kg m-2 s-1", FLUX, mass_basis="C", declared_basis=declared
    )
    assert found == pytest.approx(factor, rel=1e-9)


@pytest.mark.parametrize(
    ("written", "declared"), [("gC m-2 d-1", "CO2"), ("g CO2 m-2 d-1", "C")]
)
def test_contradiction(written: str, declared: str) -> None:
    """A species in the units that is not the declared one is refused, both named."""
    with pytest.raises(ValueError, match=f"'{written}' say .* says {declared}"):
        conversion_factor(written, FLUX, mass_basis="C", declared_basis=declared)


@pytest.mark.parametrize(
    "written",
    ["", "1", "unitless", "W m-2", "degC", "kg m-2", "kg s-1", "kg m-3 s-1", "bananas",
     "kg N m-2 s-1", "g DM m-2 yr-1", "gCO2-eq m-2 d-1", "()", "kg m-2 s-1)", "m2 kg",
     "10-6 g m-2 yr-1", "0 kg m-2 s-1",
     "gC m-2 8d-1", "-", "none", "ppm",
     "g C m-2 season-1", "__import__('os')", "\x00",
     "tons C ha-1 yr-1", "9**9**9**9", "kg m-2 s-1**99999999"],
)  # fmt: skip
def test_what_is_no_carbon_flux(written: str) -> None:
    """Anything else is refused with the units quoted, and at once."""
    with pytest.raises(ValueError, match="units '") as caught:
        conversion_factor(written, FLUX, mass_basis="C")
    assert f"'{written}'" in str(caught.value)


@pytest.mark.parametrize(
    ("written", "why"),
    [("g C m-2 season-1", "'season'"), ("gDM m-2 yr-1", "'gDM'"), ("-", "say nothing"),
     ("none", "say nothing"), ("ppm", "a pure number"), ("1", "a pure number"),
     ("g C m-2 d-1 (mean of month)", "'mean', 'of'"),
     ("kg m2 s-1", r"length\^2 mass\^1 time\^-1")],
)  # fmt: skip
def test_what_was_not_understood(written: str, why: str) -> None:
    """The word that is no unit is quoted, or what the units are instead."""
    with pytest.raises(ValueError, match=why):
        conversion_factor(written, FLUX, mass_basis="C")


def test_ambiguous_ton() -> None:
    """A ton of 907 or of 1000 kg is asked about, not guessed."""
    with pytest.raises(ValueError, match="write tonne or Mg"):
        conversion_factor("ton C ha-1", STOCK, mass_basis="C")
    assert conversion_factor("tonne C ha-1", STOCK, mass_basis="C") == pytest.approx(
        0.1
    )


MASSES = st.sampled_from(["kg", "g", "mg", "Mg", "Pg", "t", "kgC", "gC", "kg CO2"])
AREAS = st.sampled_from(["m-2", "km-2", "ha-1", "cm-2"])
TIMES = st.sampled_from(["s-1", "h-1", "d-1", "day-1", "month-1", "yr-1", "year-1"])
UNITS = st.builds(lambda *parts: " ".join(parts), MASSES, AREAS, TIMES)


@given(UNITS, UNITS)
def test_there_and_back(one: str, other: str) -> None:
    """Factors of one way and the other multiply to one."""
    one, other = clean(one)[0], clean(other)[0]
    there, back = dimensional_factor(one, other), dimensional_factor(other, one)
    assert there * back == pytest.approx(1.0, rel=1e-12)


@given(MASSES, AREAS, TIMES)
def test_order_does_not_matter(mass: str, area: str, time: str) -> None:
    """The parts of a unit may stand in any order."""
    one = conversion_factor(f"{mass} {area} {time}", FLUX, mass_basis="C")
    two = conversion_factor(f"{mass} {time} {area}", FLUX, mass_basis="C")
    assert one == pytest.approx(two, rel=1e-12)


@given(st.text(max_size=40))
def test_any_text_gives_a_factor_or_a_value_error(written: str) -> None:
    """Units of a stranger's file never raise anything else."""
    try:
        factor = conversion_factor(written, FLUX, mass_basis="C")
    except ValueError:
        return
    assert factor > 0


@pytest.mark.parametrize(
    ("written", "per_month"),
    [("gC m-2 month-1", True), ("gC/m2/mon", True), ("g m-2 months-1", True),
     ("g m-2 s-1", False), ("kg m-2", False), ("mmol m-2 s-1", False)],
)  # fmt: skip
def test_per_month(written: str, per_month: bool) -> None:
    """Rates per month are recognised, because months differ in length."""
    assert is_per_month(written) is per_month


@pytest.mark.parametrize(
    ("written", "canonical", "factor"),
    [("%", "1", 0.01), ("percent", "1", 0.01), ("1", "1", 1.0), ("", "1", 1.0),
     ("-", "1", 1.0),
     ("10^6 km2", "m2", 1e12),
     ("km2", "m2", 1e6), ("km^2", "m2", 1e6), ("m**2", "m2", 1.0), ("ha", "m2", 1e4)],
)  # fmt: skip
def test_areas_and_fractions(written: str, canonical: str, factor: float) -> None:
    """Areas become m2 and percentages fractions."""
    assert dimensional_factor(written, canonical) == pytest.approx(factor)
