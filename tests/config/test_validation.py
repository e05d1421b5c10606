"""Mappings against the keys they may have: all mistakes, each with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.config import keys, values
from benchmark.config.validation import Key, Place, find_problems

PLACE = Place(Path("m.yaml"), {("variables", "gpp", "units"): 7})

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["model", "variables", "gpp", "files", "period", "depth"])
            | st.integers()
            | st.none(),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def test_place_names_file_line_and_path() -> None:
    """A place is file, line and the keys that lead there."""
    place = PLACE.inside("variables").inside("gpp").inside("units")
    assert str(place) == "m.yaml, line 7, variables.gpp.units"
    assert str(PLACE.inside("models").inside(2)) == "m.yaml, models[2]"


def test_unknown_key_has_the_nearest() -> None:
    """An unknown key is quoted, with the nearest and all that are known."""
    key = Key("a", lambda value: True, keys={"units": keys.TEXT, "name": keys.TEXT})
    assert find_problems({"unit": "g"}, key, PLACE) == [
        "m.yaml, unit: 'unit' is unknown. Did you mean 'units'? Known: units, name."
    ]


def test_unknown_key_like_no_other() -> None:
    """Without a near name there is no suggestion."""
    key = Key("a", lambda value: True, keys={"units": keys.TEXT})
    assert find_problems({"xyz": 1}, key, PLACE) == [
        "m.yaml, xyz: 'xyz' is unknown. Known: units."
    ]


def test_missing_keys_are_each_named() -> None:
    """Every missing required key is a line with what is expected."""
    problems = find_problems({}, keys.REFERENCE, PLACE)
    assert [p.split(":")[0] + p.split(":")[1] for p in problems] == [
        f"m.yaml '{key}"
        for key in ("reference", "title", "variable", "kind", "data", "scoring")
    ]


def test_empty_value_is_the_default() -> None:
    """A key with nothing after it is as if it were absent, unless required."""
    entry = {"units": None, "sign": None, "files": "a.nc"}
    assert find_problems(entry, keys.VARIABLE, PLACE) == []
    measure = {"files": "a.nc", "name": None}
    (problem,) = find_problems(measure, keys.MEASURE, PLACE)
    assert "name: found None; expected a variable of the files" in problem


def test_long_values_are_cut() -> None:
    """A value is quoted up to 60 characters."""
    (problem,) = find_problems("x" * 500, keys.PERIOD, PLACE)
    assert len(problem) < 130
    assert "..." in problem


@pytest.mark.parametrize("period", [[2000, 2014], [1850, 1850], [-5, 0]])
def test_periods(period: list[int]) -> None:
    """A period is two whole years in order."""
    assert find_problems(period, keys.PERIOD, PLACE) == []


@pytest.mark.parametrize(
    "period",
    [[2000], [2000, 2001, 2002], 2000, "2000-2014", [2000.5, 2001],
     ["2000", "2014"], [True, 2000], {}, []],
)  # fmt: skip
def test_what_is_no_period(period: object) -> None:
    """Anything else is refused with an example."""
    (problem,) = find_problems(period, keys.PERIOD, PLACE)
    assert "such as [2000, 2014]" in problem


def test_years_the_wrong_way_round() -> None:
    """Years in the wrong order are told with the order to write."""
    assert find_problems([2014, 2000], keys.PERIOD, PLACE) == [
        "m.yaml: found [2014, 2000]; first year after last; write [2000, 2014]."
    ]


@pytest.mark.parametrize(
    ("depth", "write"),
    [([0, 100], "[0, 1] for 100 cm"), ([5, 300.0], "[0.05, 3] for 300 cm")],
)
def test_depth_in_centimetres(depth: list[float], write: str) -> None:
    """Depths below 50 m are centimetres, and told so."""
    (problem,) = find_problems(depth, values.DEPTH, PLACE)
    assert f"metres expected; write {write}." in problem


def test_keys_at_the_wrong_level() -> None:
    """A known key that stands too far out is told where it belongs."""
    (problem,) = find_problems(
        {"model": "A", "variables": {"gpp": None}, "units": "g"}, keys.MODEL, PLACE
    )
    assert problem.startswith("m.yaml, units: 'units' is unknown here. Put it under")
    found = find_problems({"files": "a.nc", "scale": 2}, keys.REFERENCE, PLACE)
    assert found[0] == "m.yaml, files: 'files' is unknown here. Put it under 'data:'."
    assert found[1].endswith("Put it under 'scoring:'.")


@pytest.mark.parametrize("depth", [[0, 1.0], [0, 3], [0.3, 1], "full_column"])
def test_depths(depth: object) -> None:
    """A depth is two numbers in order, or full_column."""
    assert find_problems(depth, values.DEPTH, PLACE) == []


@pytest.mark.parametrize("depth", [[1, 0], 1.0, "full", "0-1 m", [0, "1 m"]])
def test_what_is_no_depth(depth: object) -> None:
    """Anything else is refused with both forms."""
    (problem,) = find_problems(depth, values.DEPTH, PLACE)
    assert "[0, 1.0], or full_column" in problem


@pytest.mark.parametrize(
    ("key", "value", "choices"),
    [
        ("sign", "upward", "up, down"),
        ("mass_basis", "carbon", "C, CO2, CH4"),
        ("area_basis", "Land", "land, cell, wetland"),
        ("statistic", "sum", "mean, total"),
        ("static", "yes please", "true or false"),
        ("time_stamp", "middle", "start, end"),
        ("fill_value", "NaN", "a number or a list of numbers"),
        ("fill_value", [1, "x"], "a number or a list of numbers"),
        ("valid_max", "1 m", "a number"),
        ("files", [], "a path, a glob or a list of such"),
        ("sha256", "abc", "64 hexadecimal digits"),
    ],
)
def test_values_of_a_variable(key: str, value: object, choices: str) -> None:
    """A wrong value is quoted with what is expected."""
    place = PLACE.inside("variables").inside("gpp")
    (problem,) = find_problems({key: value}, keys.VARIABLE, place)
    assert problem == (
        f"m.yaml, variables.gpp.{key}: found {value!r}; expected "
        f"{'one of ' if ', ' in choices and 'or' not in choices else ''}{choices}."
    )


@given(VALUES)
def test_nothing_breaks_the_checks(value: object) -> None:
    """Whatever YAML may hold gives a list of one-line problems."""
    for key in (keys.MODEL, keys.REFERENCE, keys.SUITE, keys.CHOICE_KEYS):
        found = find_problems(value, key, PLACE)
        assert all(problem.startswith("m.yaml") for problem in found)
        assert not any("\n" in problem for problem in found)
