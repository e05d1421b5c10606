"""The keys of a model, a reference and a suite file."""

from benchmark.config.processes import PROCESS_KEY
from benchmark.config.regridding import REGRID
from benchmark.config.validation import Key
from benchmark.config.values import (
    FILES,
    NUMBER,
    PERIOD,
    TEXT,
    TEXTS,
    is_name,
    is_text,
    is_texts,
    is_weight,
    one_of,
)
from benchmark.config.variable_keys import (
    GRID,
    MEASURE,
    SELECT,
    VARIABLE,
    VARIABLE_KEYS,
)
from benchmark.harmonise.soil.depth_names import SOIL_DEPTHS
from benchmark.harmonise.variables import COMPANIONS, SCORED, VARIABLES

_ABOUT = {key: TEXT for key in ("version", "description", "citation", "doi", "licence")}

_NO_MODEL_KEYS = {
    **dict.fromkeys(
        set(VARIABLE_KEYS) - {"files"},
        "Put it under a variable: 'variables: {gpp: {...}}'.",
    ),
    **dict.fromkeys(VARIABLES, "Put it under 'variables:'."),
    "name": "Did you mean 'model'? Or, for one variable, put it under that.",
}

VARIABLES_EXPECTED = "a mapping of variables, or a list of their names"

MODEL = Key(
    "a mapping with model and variables",
    lambda value: isinstance(value, dict),
    keys={
        "model": Key("the model's name", is_name),
        "ensemble": Key("the ensemble's name", is_name),
        "family": TEXT,
        "reader": TEXT,
        "region": TEXT,
        "period": PERIOD,
        "files": FILES,
        "archive": Key("an archive's name, or the path of its file", is_text),
        "variables": Key(
            VARIABLES_EXPECTED,
            lambda value: (
                bool(value)
                and (
                    isinstance(value, dict)
                    or (isinstance(value, list) and is_texts(value))
                )
            ),
            each=VARIABLE,
            free_keys=tuple(VARIABLES),
        ),
        "cell_area": MEASURE,
        "land_area": MEASURE,
        "land_fraction": MEASURE,
        "grid": GRID,
        "select": SELECT,
        "targets": FILES,
        "ice_fraction": MEASURE,
        "regrid": REGRID,
        "remarks": TEXTS,
        "processes": PROCESS_KEY,
        **_ABOUT,
    },
    belongs=_NO_MODEL_KEYS,
)

_SCORING_KEYS = {
    "metrics": Key("a list of metrics", is_texts, required=True),
    "tolerance": NUMBER,
    "scale": NUMBER,
    "relative_tolerance": NUMBER,
    "tolerance_all_rows": NUMBER,
    "scale_all_rows": NUMBER,
    "source": TEXT,
}

SCORING = Key(
    "a mapping with metrics",
    lambda value: isinstance(value, dict),
    required=True,
    keys=_SCORING_KEYS,
)

_NO_REFERENCE_KEYS = {
    **dict.fromkeys(VARIABLE_KEYS, "Put it under 'data:'."),
    **dict.fromkeys(_SCORING_KEYS, "Put it under 'scoring:'."),
}

REFERENCE = Key(
    "a mapping with reference, variable, kind, data and scoring",
    lambda value: isinstance(value, dict),
    keys={
        "reference": Key("the reference's name", is_name, required=True),
        "title": Key("a title", is_text, required=True),
        "label": TEXT,
        "variable": Key(
            f"one of {', '.join((*SCORED, *COMPANIONS))}",
            lambda value: value in (*SCORED, *COMPANIONS),
            required=True,
        ),
        "kind": Key(
            "field, regional or sites",
            lambda value: value in ("field", "regional", "sites"),
            required=True,
        ),
        "subject": TEXT,
        "role": one_of("constraint", "context"),
        "family": TEXT,
        "grade": one_of("A", "B", "C"),
        "regions": TEXT,
        "period": PERIOD,
        "data": Key(
            "a mapping with files",
            lambda value: isinstance(value, dict),
            required=True,
            keys={**VARIABLE_KEYS, "value_of": Key("a metric's name", is_name)},
        ),
        "companions": Key(
            "a mapping from a variable to a reference's name, a path, or 'model'",
            lambda value: isinstance(value, dict) and bool(value),
            each=TEXT,
            free_keys=(*VARIABLES, *SOIL_DEPTHS),
        ),
        "land_fraction": MEASURE,
        "grid": GRID,
        "regrid": REGRID,
        "scoring": SCORING,
        "uncertainty": TEXT,
        "measures": TEXT,
        "leaves_out": TEXT,
        "unconfirmed": TEXTS,
        "remarks": TEXTS,
        **_ABOUT,
    },
    belongs=_NO_REFERENCE_KEYS,
)

REFERENCE_CHOICE = Key(
    "a reference's name, a path, or a mapping with name and what to change",
    lambda value: is_text(value) or isinstance(value, dict),
)

_WEIGHT = Key("a weight, 0 or more", is_weight)

_COUNTED = Key(
    "a reference's name, or a mapping with reference",
    lambda value: is_text(value) or isinstance(value, dict),
    keys={
        "reference": Key("a reference's name or a path", is_text, required=True),
        "metrics": TEXTS,
        "weight": _WEIGHT,
    },
)

SCORECARD = Key(
    "a mapping of subjects, or the name of a suite that has them",
    lambda value: is_text(value) or (isinstance(value, dict) and bool(value)),
    each=Key(
        "a mapping with benchmarks",
        lambda value: isinstance(value, dict),
        keys={
            "title": TEXT,
            "weight": _WEIGHT,
            "benchmarks": Key(
                "a list of references",
                lambda value: isinstance(value, list) and bool(value),
                each=_COUNTED,
            ),
        },
    ),
)

SUITE = Key(
    "a mapping with suite, models and references",
    lambda value: isinstance(value, dict),
    keys={
        "suite": Key("the suite's name", is_name, required=True),
        "title": TEXT,
        "description": TEXT,
        "models": Key(
            "a list of models: names, paths, globs or mappings",
            lambda value: isinstance(value, list) and bool(value),
            each=Key(
                "a name, a path, a glob or a mapping",
                lambda value: is_text(value) or isinstance(value, dict),
            ),
        ),
        "references": Key(
            "a list of references: names, paths or mappings",
            lambda value: isinstance(value, list) and bool(value),
            each=REFERENCE_CHOICE,
        ),
        "extends": Key("the name of a suite, or the path of its file", is_text),
        "scorecard": SCORECARD,
        "draws": Key(
            "a whole number of draws for the intervals of scores, 0 for none",
            lambda value: isinstance(value, int) and value is not True and value >= 0,
        ),
        "regions": Key(
            "a list of regions: names, paths or boxes",
            lambda value: isinstance(value, list) and bool(value),
        ),
        "metrics": Key("a list of metrics", is_texts),
        "period": PERIOD,
        "regrid": REGRID,
    },
)

CHOICE_KEYS = Key(
    "a mapping with name",
    lambda value: isinstance(value, dict),
    keys={
        "name": Key("a reference's name or a path", is_text, required=True),
        "metrics": TEXTS,
        "period": PERIOD,
        "regions": TEXT,
        "role": one_of("constraint", "context"),
    },
)
