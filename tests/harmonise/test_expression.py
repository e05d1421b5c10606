"""Sums of variables as text: right values, and nothing but sums."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from benchmark.harmonise.expression import evaluate, variable_names

VALUES = {
    name: xr.DataArray([float(n), 8.0])
    for name, n in zip("abc", (2, 3, 4), strict=True)
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", 2.0),
        ("a + b - c", 1.0),
        ("a - b - c", -5.0),
        ("a - (b - c)", 3.0),
        ("a + b * c", 14.0),
        ("(a + b) * c", 20.0),
        ("c / a / 2", 1.0),
        ("-a + b", 1.0),
        ("1e3 * a", 2000.0),
        ("a\n+ b", None),
    ],
)
def test_values(text: str, value: float | None) -> None:
    """Sums, differences, products and quotients bind as in arithmetic."""
    if value is None:
        with pytest.raises(ValueError, match="not a variable or a sum"):
            evaluate(text, VALUES)
        return
    assert float(evaluate(text, VALUES)[0]) == value


def test_names_in_order() -> None:
    """Each variable is named once, in the order of the text."""
    assert variable_names("soil_fast + soil_slow*2 - (litter + soil_fast)") == [
        "soil_fast",
        "soil_slow",
        "litter",
    ]


def test_unknown_variable() -> None:
    """A variable that is not there is a KeyError, for the caller to explain."""
    with pytest.raises(KeyError):
        evaluate("a + x", VALUES)


@pytest.mark.parametrize(
    "text",
    ["f(a)", "__import__('os').getcwd()", "a.values", "a[0]", "[x for x in a]",
     "{x: 1 for x in a}", "(x for x in a)", "lambda: a", "a if b else c", "a and b",
     "not a", "~a", "a < b", "'a'", "b'a'", "f'{a}'", "1j", "None", "...", "a ** b",
     "9**9**9", "a // b", "a % b", "a @ b", "a << b", "a | b", "(a := b)", "*a",
     "a, b", "a; b", "a = b", "import os", "await a", "yield a", "a +", ")", "", " ",
     "\x00", "a" * 501, "(" * 250 + "a" + ")" * 250],
)  # fmt: skip
def test_what_is_refused(text: str) -> None:
    """Calls, attributes, texts, powers, statements and huge texts are refused."""
    with pytest.raises(ValueError, match=r"expression|variable|allowed"):
        variable_names(text)
    with pytest.raises(ValueError, match=r"expression|variable|allowed"):
        evaluate(text, VALUES)


@pytest.mark.parametrize(
    "text", ["-" * 499 + "a", "a" + "+a" * 249, "(" * 99 + "a" + ")" * 99]
)
def test_long_but_right(text: str) -> None:
    """An expression of 500 characters is worked out, however it nests."""
    assert np.isfinite(evaluate(text, VALUES)).all()


@given(st.text(max_size=60))
def test_any_text_is_names_or_a_value_error(text: str) -> None:
    """Whatever a configuration says, nothing else is raised."""
    try:
        assert all(name.isidentifier() for name in variable_names(text))
    except ValueError:
        return


def test_lazy_stays_lazy() -> None:
    """A sum of dask arrays is a dask array."""
    lazy = {name: array.chunk() for name, array in VALUES.items()}
    assert evaluate("a + b", lazy).chunks is not None
