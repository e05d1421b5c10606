"""Numbers, intervals and units as people write them."""

import pytest

from benchmark.report import numbers

MINUS, THIN = "\N{MINUS SIGN}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.345, "12.3"),
        (0.0012345, "0.00123"),
        (-40.875, f"{MINUS}40.9"),
        (999.6, f"1{THIN}000"),
        (12345.0, f"12{THIN}300"),
        (-0.0, "0"),
        (float("nan"), "\N{EN DASH}"),
        (float("-inf"), f"{MINUS}∞"),
        (1.5e-7, f"1.50{THIN}\N{MULTIPLICATION SIGN}{THIN}10⁻⁷"),
    ],
)
def test_number(value, text):
    """Three significant digits, a real minus sign, thin groups."""
    assert numbers.number(value) == text


def test_interval():
    """A range is written low to high; a range that is not known is nothing."""
    assert numbers.interval(-74.0, -12.0) == f"{MINUS}74.0 to {MINUS}12.0"
    assert numbers.interval(None, float("nan")) == ""


@pytest.mark.parametrize(
    ("units", "basis", "text"),
    [
        ("g m-2 yr-1", "C", "g C m⁻² yr⁻¹"),
        ("kg m-2", "C", "kg C m⁻²"),
        ("Pg", "C", "Pg C"),
        ("g m-2 yr-1", "CH4", "g CH₄ m⁻² yr⁻¹"),
        ("day", "C", "day"),
        ("1", "C", ""),
        (None, None, ""),
    ],
)
def test_unit(units, basis, text):
    """The unit names the element it counts; a pure number has none."""
    assert numbers.unit(units, basis) == text
