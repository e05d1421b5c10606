"""References from checked YAML."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmark.config import keys
from benchmark.config.catalogue import find_paths, reference_names
from benchmark.config.descriptors import Reference, Scoring
from benchmark.config.parts import (
    checked,
    pair,
    read_measure,
    read_source,
    region,
    stated,
    texts,
)
from benchmark.config.validation import Place
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import ConfigError


def load_reference(name_or_path: str | Path) -> Reference:
    """Read one reference descriptor.

    Parameters
    ----------
    name_or_path : str or Path
        A reference that ships (``treat2024_nee``), or a path.

    Returns
    -------
    Reference

    Raises
    ------
    ConfigError
        With every mistake in the file.

    Examples
    --------
    >>> load_reference("treat2024_nee").variable
    'nee'
    """
    found = find_paths(str(name_or_path), reference_names(), Path.cwd(), "reference")
    return _reference_in(found[0])


def reference_of(entry: object, place: Place) -> Reference:
    """Return the reference of one entry of a suite, with what it changes."""
    if isinstance(entry, dict) and "reference" in entry:
        return _build_reference(checked(entry, keys.REFERENCE, place), place)
    change: dict[str, Any] = {}
    if isinstance(entry, dict):
        change = stated(checked(entry, keys.CHOICE_KEYS, place))
        entry = change.pop("name")
    found = find_paths(str(entry), reference_names(), place.path.parent, "reference")
    reference = _reference_in(found[0])
    if "metrics" in change:
        metrics = texts(change.pop("metrics"))
        reference = replace(
            reference, scoring=replace(reference.scoring, metrics=metrics)
        )
    if "period" in change:
        change["period"] = pair(change["period"])
    if "regions" in change:
        change["regions"] = region(str(change["regions"]), place.path.parent)
    return replace(reference, **change)


def _reference_in(path: Path) -> Reference:
    data, lines = read_yaml(path)
    place = Place(path, lines)
    return _build_reference(checked(data, keys.REFERENCE, place), place)


def _build_reference(data: dict[str, Any], place: Place) -> Reference:
    folder = place.path.parent
    if not data["data"].get("files"):
        at = place.inside("data")
        msg = f"{at}: 'files:' is missing; expected {keys.FILES.expected}."
        raise ConfigError([msg])
    data = {**data, "regions": region(data.get("regions"), folder)}
    scoring = stated(data["scoring"])
    scoring["metrics"] = texts(scoring["metrics"])
    plain = [
        "title",
        "variable",
        "kind",
        "subject",
        "role",
        "family",
        "grade",
        "regions",
        "version",
        "uncertainty",
        "measures",
        "leaves_out",
        "citation",
        "doi",
        "licence",
    ]
    return Reference(
        name=data["reference"],
        data=read_source(data["data"], folder),
        scoring=Scoring(**scoring),
        source=place.path,
        period=pair(data.get("period")),
        land_fraction=read_measure(data.get("land_fraction"), folder),
        unconfirmed=texts(data.get("unconfirmed")),
        remarks=texts(data.get("remarks")),
        **{key: str(data[key]) for key in plain if data.get(key) is not None},  # type: ignore[arg-type]
    )
