"""What a user has to confirm or to state, read from what the tests say to write."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmark.checking.evidence import UNKNOWN_AREA
from benchmark.config.keys import VARIABLE_KEYS
from benchmark.harmonise.variables import VARIABLES

_KEYS = "|".join(sorted(set(VARIABLE_KEYS) - {"files", "sha256", "layers", "depths"}))
# Every message says the line to write, in quotes.
_LINE = re.compile(rf"'({_KEYS}):(?: ([^']*))?'")
_UNDER = re.compile(r"under variables\.(\w+)")
_SIGN_UNTESTED = "sign taken as declared"
_CHOICES = {
    "sign": ("up", "down"),
    "mass_basis": ("C", "CO2", "CH4"),
    "area_basis": ("land", "cell"),
    "time_stamp": ("start", "end"),
    "includes_fire": ("true", "false"),
    "depth": ("full_column", "[0, 1.0]"),
}


@dataclass(frozen=True)
class Question:
    """One line of a model file that nothing but its owner can know.

    Parameters
    ----------
    variable, key : str
        Where it belongs.
    choices : tuple of str
        What may be written, the one that is taken now first.
    why : str
        The message that asks for it.
    """

    variable: str
    key: str
    choices: tuple[str, ...]
    why: str


def questions(
    variable: str, warnings: Iterable[str], problem: str, depth_unknown: bool
) -> tuple[Question, ...]:
    """Return what is still to be confirmed of a variable.

    Parameters
    ----------
    variable : str
        Its short name.
    warnings : iterable of str
        What its tests say; those that ask for a line are taken.
    problem : str
        Why it is refused, empty if it is not.
    depth_unknown : bool
        Whether it is soil carbon of which nobody says how deep.

    Returns
    -------
    tuple of Question
        One for each key.

    Examples
    --------
    >>> questions("gpp", ["write 'time_stamp: start', or 'end'"], "", False)[0].choices
    ('start', 'end')
    """
    found: dict[tuple[str, str], Question] = {}
    for text in (problem, *warnings):
        # What is said of a part stands with that part.
        if text.split(":")[0] in VARIABLES:
            continue
        for question in _asked(variable, text):
            found.setdefault((question.variable, question.key), question)
    if depth_unknown:
        why = "nothing says how deep the soil carbon reaches"
        asked = Question(variable, "depth", _CHOICES["depth"], why)
        found.setdefault((variable, "depth"), asked)
    return tuple(found.values())


def unknown_area(variable: str, evidence: Mapping[str, str]) -> tuple[Question, ...]:
    """Return the question of what area values are per, where nothing says it.

    Parameters
    ----------
    variable : str
        Its short name.
    evidence : mapping
        From `benchmark.checking.evidence.header_evidence`.

    Returns
    -------
    tuple of Question
        Of one or none.
    """
    if evidence.get("area") != UNKNOWN_AREA:
        return ()
    return (Question(variable, "area_basis", _CHOICES["area_basis"], UNKNOWN_AREA),)


def _asked(variable: str, text: str) -> list[Question]:
    if text.startswith(_SIGN_UNTESTED):
        return [Question(variable, "sign", _CHOICES["sign"], text)]
    under = _UNDER.search(text)
    owner = under[1] if under and under[1] in VARIABLES else variable
    first: dict[str, list[str]] = {}
    for found in _LINE.finditer(text):
        if found[2]:
            first.setdefault(found[1], []).append(found[2])
        elif text[: found.start()].lower().endswith(("write ", "state ")):
            # "Correct 'units:'" is of units that the file has.
            first.setdefault(found[1], [])
    asked = [
        Question(owner, key, _choices(owner, key, values), text)
        for key, values in first.items()
    ]
    # Of a name or a fill value there is nothing to choose from.
    return [question for question in asked if question.choices]


def _choices(variable: str, key: str, values: list[str]) -> tuple[str, ...]:
    if key == "units" and not values:
        about = VARIABLES[variable]
        species = about.mass_basis
        rate = (f"g{species} m-2 month-1", f"g{species} m-2 day-1")
        return (about.units, *(rate if about.is_flux else ()))
    other = "CO2" if VARIABLES[variable].mass_basis == "CH4" else "CH4"
    known = (value for value in _CHOICES.get(key, ()) if value != other)
    return tuple(dict.fromkeys((*values, *known)))
