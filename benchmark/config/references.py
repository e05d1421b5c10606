"""References from checked YAML."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmark.config import keys
from benchmark.config.catalogue import find_paths, reference_names
from benchmark.config.descriptors import Reference, Scoring
from benchmark.config.kinds import wrong_kind
from benchmark.config.metric_checks import unfit_metrics, unknown_metrics
from benchmark.config.parts import (
    checked,
    pair,
    read_grid,
    read_measure,
    read_source,
    region,
    stated,
    texts,
)
from benchmark.config.region_checks import region_problems
from benchmark.config.regridding import read_regridding
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


def companion_reference(name: str, folder: Path) -> Reference:
    """Return a reference that another one names as its companion.

    Parameters
    ----------
    name : str
        A reference that ships, or a path from `folder`.
    folder : Path
        That of the other reference.

    Returns
    -------
    Reference

    Raises
    ------
    ConfigError
        If there is none, or with every mistake in its file.
    """
    return _reference_in(find_paths(name, reference_names(), folder, "reference")[0])


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
        _refuse(
            unknown_metrics(metrics, place.inside("metrics"))
            + unfit_metrics(reference, metrics, place.inside("metrics"))
        )
        reference = replace(
            reference, scoring=replace(reference.scoring, metrics=metrics)
        )
    if "period" in change:
        change["period"] = pair(change["period"])
    if "regions" in change:
        _refuse(region_problems(change["regions"], place.inside("regions")))
        change["regions"] = region(str(change["regions"]), place.path.parent)
    return replace(reference, **change)


def _reference_in(path: Path) -> Reference:
    data, lines = read_yaml(path)
    place = Place(path, lines)
    _refuse(wrong_kind(data, "reference", place))
    return _build_reference(checked(data, keys.REFERENCE, place), place)


def _refuse(problems: list[str]) -> None:
    if problems:
        raise ConfigError(problems)


def _build_reference(data: dict[str, Any], place: Place) -> Reference:
    folder = place.path.parent
    if not data["data"].get("files"):
        at = place.inside("data")
        msg = f"{at}: 'files:' is missing; expected {keys.FILES.expected}."
        raise ConfigError([msg])
    at = place.inside("scoring").inside("metrics")
    problems = unknown_metrics(texts(data["scoring"]["metrics"]), at)
    if data.get("regions") is not None:
        problems += region_problems(str(data["regions"]), place.inside("regions"))
    data = {**data, "regions": region(data.get("regions"), folder)}
    scoring = stated(data["scoring"])
    scoring["metrics"] = texts(scoring["metrics"])
    plain = [
        "title",
        "label",
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
    reference = Reference(
        name=str(data["reference"]),
        data=read_source(data["data"], folder, data["variable"]),
        scoring=Scoring(**scoring),
        source=place.path,
        period=pair(data.get("period")),
        companions=tuple((data.get("companions") or {}).items()),
        land_fraction=read_measure(data.get("land_fraction"), folder),
        grid=read_grid(data.get("grid"), folder),
        unconfirmed=texts(data.get("unconfirmed")),
        remarks=texts(data.get("remarks")),
        regrid=read_regridding(data.get("regrid"), place),
        **{key: str(data[key]) for key in plain if data.get(key) is not None},  # type: ignore[arg-type]
    )
    problems += unfit_metrics(reference, reference.scoring.metrics, at)
    _refuse(problems)
    return reference
