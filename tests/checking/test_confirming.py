"""What the tests ask for becomes lines that a user can write."""

from benchmark.checking.confirming import questions


def test_line_of_a_message() -> None:
    """The key, what is assumed first, and its other values are offered."""
    text = "area basis 'land' is unconfirmed: confirm with 'area_basis: land'"
    (asked,) = questions("gpp", [text], "", depth_unknown=False)
    assert (asked.variable, asked.key) == ("gpp", "area_basis")
    assert asked.choices == ("land", "cell")


def test_owner_of_a_line() -> None:
    """A message about a part names the part; one that begins with it is its own."""
    fire = "write 'includes_fire: false' under variables.nep if it is npp - rh"
    (asked,) = questions("nee", [fire, "rh: write 'sign: up'"], "", depth_unknown=False)
    assert (asked.variable, asked.key) == ("nep", "includes_fire")
    assert asked.choices == ("false", "true")


def test_units_without_a_value() -> None:
    """Where units are absent, canonical ones and usual ones are offered."""
    said = "has no units; Write 'units:' under variables.ch4."
    (asked,) = questions("ch4", [], said, depth_unknown=False)
    assert asked.choices[0] == "kg m-2 s-1"
    assert "gCH4 m-2 day-1" in asked.choices


def test_nothing_to_choose_from() -> None:
    """A name that only the message can explain is no question."""
    assert questions("gpp", [], "no such variable. Write 'name:'.", False) == ()
