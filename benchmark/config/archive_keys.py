"""The keys of an archive file: what the files of one archive are like."""

from benchmark.config.validation import Key
from benchmark.config.values import TEXT, TEXTS, is_text, is_texts
from benchmark.config.variable_keys import VARIABLE_KEYS
from benchmark.harmonise.variables import VARIABLES

# What a variable takes over from an archive, besides its name.
FACTS = (
    "units",
    "fill_value",
    "sign",
    "mass_basis",
    "area_basis",
    "statistic",
    "depth",
    "static",
    "time_stamp",
)
# What changes numbers: where it is unconfirmed, every row says so.
NUMERIC = ("sign", "mass_basis", "area_basis", "units", "depth", "time_stamp")
MEASURES = ("cell_area", "land_area", "land_fraction")

_MAPPING = "a mapping"


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)


_UNCONFIRMED = Key(
    f"a list of names, {', '.join(FACTS)}",
    lambda value: isinstance(value, list),
    free_keys=("names", "layers", "pattern", *FACTS),
)

_SPELLINGS = Key(
    "a mapping of units as files write them to units that are understood",
    lambda value: (
        isinstance(value, dict) and all(map(is_text, [*value, *value.values()]))
    ),
)

_FACT_KEYS = {name: VARIABLE_KEYS[name] for name in FACTS}

_CANDIDATE = Key(
    "a variable of the files, a sum of such, or a mapping with name",
    lambda value: is_text(value) or _is_mapping(value),
    keys={
        "name": Key("a variable of the files", is_text, required=True),
        **_FACT_KEYS,
        "spellings": _SPELLINGS,
        "source": TEXT,
        "unconfirmed": _UNCONFIRMED,
    },
)

_LAYERS = Key(
    "a mapping with name and dimension",
    _is_mapping,
    keys={
        "name": Key("a variable of the files", is_text, required=True),
        "dimension": Key("its dimension in depth", is_text, required=True),
        "bounds": TEXT,
        "thickness": TEXT,
        "units": TEXT,
    },
)

_VARIABLE = Key(
    "a mapping with names",
    lambda value: value is None or _is_mapping(value),
    keys={
        "names": Key(
            "a list of names, the one to prefer first",
            lambda value: isinstance(value, list) and bool(value),
            each=_CANDIDATE,
        ),
        **_FACT_KEYS,
        "spellings": _SPELLINGS,
        "pattern": TEXT,
        "layers": _LAYERS,
        "source": TEXT,
        "unconfirmed": _UNCONFIRMED,
    },
)

_MEASURE = Key(
    "a mapping with names",
    _is_mapping,
    keys={
        "names": Key("a list of names", is_texts, required=True),
        "units": TEXT,
        "beside": TEXT,
        "source": TEXT,
        "unconfirmed": _UNCONFIRMED,
    },
)

ARCHIVE = Key(
    "a mapping with title and variables",
    _is_mapping,
    keys={
        "title": Key("one line", is_text, required=True),
        "archive": TEXT,
        "family": TEXT,
        "reader": TEXT,
        "pattern": TEXT,
        "variables": Key(
            "a mapping of variables",
            _is_mapping,
            each=_VARIABLE,
            free_keys=tuple(VARIABLES),
        ),
        **dict.fromkeys(MEASURES, _MEASURE),
        "looks_like": Key(
            _MAPPING,
            _is_mapping,
            keys={
                "attributes": Key(
                    "a mapping of global attributes to a part of their value",
                    lambda value: (
                        isinstance(value, dict)
                        and all(map(is_text, [*value, *value.values()]))
                    ),
                ),
                "variables": TEXTS,
                "files": TEXT,
            },
        ),
        "source": TEXT,
        "unconfirmed": _UNCONFIRMED,
        "remarks": TEXTS,
    },
    belongs={
        "model": "This is an archive file: a model names it with 'archive:'.",
        "files": "Files belong to a model: 'archive: FILE' there.",
        **dict.fromkeys(VARIABLES, "Put it under 'variables:'."),
        **dict.fromkeys(FACTS, "Put it under a variable."),
    },
)
