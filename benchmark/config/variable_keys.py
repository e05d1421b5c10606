"""The keys of a variable, of its grid and of an area or a fraction."""

from benchmark.config.time_values import TIME
from benchmark.config.validation import Key
from benchmark.config.values import (
    DEPTH,
    DEPTHS,
    FILES,
    FILL,
    NUMBER,
    TEXT,
    is_text,
    is_texts,
    one_of,
)

MEASURE = Key(
    "a mapping with files and name",
    lambda value: isinstance(value, dict),
    keys={
        "files": Key(FILES.expected, is_texts, required=True),
        "name": Key("a variable of the files", is_text, required=True),
        "units": TEXT,
    },
)

GRID = Key(
    "a mapping with files, or with cells",
    lambda value: isinstance(value, dict) and bool(value),
    keys={
        "files": FILES,
        "index": Key("a map (lat, lon) of cell numbers in the files", is_text),
        "mask": Key("a map (lat, lon), not 0 where the index holds", is_text),
        **dict.fromkeys(("lat", "lon", "area"), Key("a variable of them", is_text)),
        "cells": one_of("voronoi"),
    },
)

SELECT = Key(
    "a mapping such as {source_id: CanESM5, member_id: r1i1p1f1}",
    lambda value: isinstance(value, dict),
    each=Key(
        "a text or a list of texts",
        lambda value: is_texts(value) or isinstance(value, int | float),
    ),
)

LAYERS = Key(
    "a mapping with dimension, bounds, thickness or units",
    lambda value: isinstance(value, dict) and bool(value),
    keys={
        "dimension": Key("a dimension of the files", is_text),
        "bounds": Key("a variable of the files", is_text),
        "thickness": Key("a variable of the files", is_text),
        "units": Key("units of depth, such as m or cm", is_text),
    },
)

VARIABLE_KEYS = {
    "files": FILES,
    "name": Key("a variable of the files, or a sum such as a + b", is_text),
    "units": TEXT,
    "fill_value": FILL,
    "sign": one_of("up", "down"),
    "mass_basis": one_of("C", "CO2", "CH4"),
    "area_basis": one_of("land", "cell", "wetland"),
    "statistic": one_of("mean", "total"),
    "depth": DEPTH,
    "static": Key("true or false", lambda value: isinstance(value, bool)),
    "time": TIME,
    "gaps": one_of("allow"),
    "time_stamp": one_of("start", "end"),
    "layers": LAYERS,
    "depths": DEPTHS,
    "includes_fire": Key("true or false", lambda value: isinstance(value, bool)),
    "valid_min": NUMBER,
    "valid_max": NUMBER,
    "sha256": Key(
        "64 hexadecimal digits", lambda value: is_text(value) and len(str(value)) == 64
    ),
}

VARIABLE = Key(
    "a mapping, or the variable's name in the files",
    lambda value: value is None or is_text(value) or isinstance(value, dict),
    keys=VARIABLE_KEYS,
)
