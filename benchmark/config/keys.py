"""The keys of a model, a reference and a suite file."""

from datetime import date

from benchmark.config.validation import Key
from benchmark.harmonise.variables import VARIABLES


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_texts(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    return bool(items) and all(_is_text(item) for item in items)


def _is_pair(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(_is_number(item) for item in value)
        and value[0] <= value[1]
    )


def _one_of(*choices: str) -> Key:
    return Key(f"one of {', '.join(choices)}", lambda value: value in choices)


def _anything_text(value: object) -> bool:
    # YAML reads an unquoted 2023-06-26 as a date and 2.2 as a number.
    return isinstance(value, str | int | float | date)


def _is_text_list(value: object) -> bool:
    return _is_texts(value) or value == []


TEXT = Key("a text", _anything_text)
TEXTS = Key("a text or a list of texts", _is_text_list)
NUMBER = Key("a number", _is_number)
FILES = Key("a path, a glob or a list of such", _is_texts)
PERIOD = Key(
    "two years, such as [2000, 2014]",
    lambda value: _is_pair(value) and all(isinstance(y, int) for y in value),  # type: ignore[attr-defined]
)
DEPTH = Key(
    "two depths in metres, such as [0, 1.0], or full_column",
    lambda value: value == "full_column" or _is_pair(value),
)
FILL = Key(
    "a number or a list of numbers",
    lambda value: (
        _is_number(value)
        or (isinstance(value, list) and all(_is_number(item) for item in value))
    ),
)

MEASURE = Key(
    "a mapping with files and name",
    lambda value: isinstance(value, dict),
    keys={
        "files": Key(FILES.expected, _is_texts, required=True),
        "name": Key("a variable of the files", _is_text, required=True),
        "units": TEXT,
    },
)

VARIABLE_KEYS = {
    "files": FILES,
    "name": Key("a variable of the files, or a sum such as a + b", _is_text),
    "units": TEXT,
    "fill_value": FILL,
    "sign": _one_of("up", "down"),
    "mass_basis": _one_of("C", "CO2", "CH4"),
    "area_basis": _one_of("land", "cell", "wetland"),
    "statistic": _one_of("mean", "total"),
    "depth": DEPTH,
    "static": Key("true or false", lambda value: isinstance(value, bool)),
    "valid_min": NUMBER,
    "valid_max": NUMBER,
    "sha256": Key(
        "64 hexadecimal digits", lambda value: _is_text(value) and len(str(value)) == 64
    ),
}

VARIABLE = Key(
    "a mapping, or the variable's name in the files",
    lambda value: value is None or _is_text(value) or isinstance(value, dict),
    keys=VARIABLE_KEYS,
)

_ABOUT = {key: TEXT for key in ("version", "description", "citation", "doi", "licence")}

MODEL = Key(
    "a mapping with model and variables",
    lambda value: isinstance(value, dict),
    keys={
        "model": Key("the model's name", _is_text),
        "ensemble": Key("the ensemble's name", _is_text),
        "family": TEXT,
        "reader": TEXT,
        "region": TEXT,
        "period": PERIOD,
        "files": FILES,
        "variables": Key(
            "a mapping of variables, or a list of their names",
            lambda value: (
                bool(value)
                and (
                    isinstance(value, dict)
                    or (isinstance(value, list) and _is_texts(value))
                )
            ),
            required=True,
            each=VARIABLE,
            free_keys=tuple(VARIABLES),
        ),
        "cell_area": MEASURE,
        "land_area": MEASURE,
        "land_fraction": MEASURE,
        "remarks": TEXTS,
        **_ABOUT,
    },
)

SCORING = Key(
    "a mapping with metrics",
    lambda value: isinstance(value, dict),
    required=True,
    keys={
        "metrics": Key("a list of metrics", _is_texts, required=True),
        "tolerance": NUMBER,
        "scale": NUMBER,
        "relative_tolerance": NUMBER,
        "source": TEXT,
    },
)

REFERENCE = Key(
    "a mapping with reference, variable, kind, data and scoring",
    lambda value: isinstance(value, dict),
    keys={
        "reference": Key("the reference's name", _is_text, required=True),
        "title": Key("a title", _is_text, required=True),
        "variable": Key(
            f"one of {', '.join(VARIABLES)}",
            lambda value: value in VARIABLES,
            required=True,
        ),
        "kind": Key(
            "field or regional",
            lambda value: value in ("field", "regional"),
            required=True,
        ),
        "subject": TEXT,
        "role": _one_of("constraint", "context"),
        "family": TEXT,
        "grade": _one_of("A", "B", "C"),
        "regions": TEXT,
        "period": PERIOD,
        "data": Key(
            "a mapping with files",
            lambda value: isinstance(value, dict),
            required=True,
            keys=VARIABLE_KEYS,
        ),
        "land_fraction": MEASURE,
        "scoring": SCORING,
        "uncertainty": TEXT,
        "measures": TEXT,
        "leaves_out": TEXT,
        "unconfirmed": TEXTS,
        "remarks": TEXTS,
        **_ABOUT,
    },
)

REFERENCE_CHOICE = Key(
    "a reference's name, a path, or a mapping with name and what to change",
    lambda value: _is_text(value) or isinstance(value, dict),
)

SUITE = Key(
    "a mapping with suite, models and references",
    lambda value: isinstance(value, dict),
    keys={
        "suite": Key("the suite's name", _is_text, required=True),
        "title": TEXT,
        "description": TEXT,
        "models": Key(
            "a list of models: names, paths, globs or mappings",
            lambda value: isinstance(value, list) and bool(value),
            required=True,
            each=Key(
                "a name, a path, a glob or a mapping",
                lambda value: _is_text(value) or isinstance(value, dict),
            ),
        ),
        "references": Key(
            "a list of references: names, paths or mappings",
            lambda value: isinstance(value, list) and bool(value),
            required=True,
            each=REFERENCE_CHOICE,
        ),
        "regions": Key(
            "a list of regions: names, paths or boxes",
            lambda value: isinstance(value, list) and bool(value),
        ),
        "metrics": Key("a list of metrics", _is_texts),
        "period": PERIOD,
    },
)

CHOICE_KEYS = Key(
    "a mapping with name",
    lambda value: isinstance(value, dict),
    keys={
        "name": Key("a reference's name or a path", _is_text, required=True),
        "metrics": TEXTS,
        "period": PERIOD,
        "regions": TEXT,
        "role": _one_of("constraint", "context"),
    },
)
