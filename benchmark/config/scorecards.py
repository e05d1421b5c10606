"""The scorecard of a suite: subjects, what counts in them, and how much."""

from dataclasses import replace
from difflib import get_close_matches
from os.path import expanduser, isfile, join
from typing import Any

from benchmark.config.catalogue import reference_names
from benchmark.config.descriptors import Counted, Reference, Subject
from benchmark.config.layers import Layer
from benchmark.config.metric_checks import unfit_metrics, unknown_metrics
from benchmark.config.parts import texts
from benchmark.config.references import reference_of
from benchmark.config.validation import Place
from benchmark.errors import ConfigError

EXTRAS = (
    *("wetland_classes", "cold_season", "productivity", "permafrost", "trend"),
    *("relationship", "fire"),
)
"""Subjects that are shown beside the score and do not count, unless weighed."""


def read_scorecard(
    layers: list[Layer], references: dict[str, Reference]
) -> tuple[Subject, ...]:
    """Return the subjects of a suite; references they name are added.

    Parameters
    ----------
    layers : list of Layer
        The suite and those it extends. A later one changes single keys of a
        subject (``{nee: {weight: 2}}``), and adds subjects.
    references : dict
        Those of the suite by name. References that only the scorecard names
        are added, and metrics that only it names are added to theirs.

    Returns
    -------
    tuple of Subject
        In the order they are first named.

    Raises
    ------
    ConfigError
        If a reference or a metric is unknown, or a subject has no benchmarks.
    """
    merged: dict[str, dict[str, Any]] = {}
    places: dict[str, Place] = {}
    for layer in layers:
        at = layer.place.inside("scorecard")
        for name, entry in (layer.data.get("scorecard") or {}).items():
            stated = {key: value for key, value in entry.items() if value is not None}
            merged.setdefault(str(name), {}).update(stated)
            if "benchmarks" in stated or name not in places:
                places[str(name)] = at.inside(name)
    problems: list[str] = []
    subjects = [
        _subject(name, entry, places[name], references, problems)
        for name, entry in merged.items()
    ]
    if problems:
        raise ConfigError(problems)
    return tuple(subjects)


def _subject(
    name: str,
    entry: dict[str, Any],
    place: Place,
    references: dict[str, Reference],
    problems: list[str],
) -> Subject:
    if "benchmarks" not in entry:
        msg = f"{place}: 'benchmarks:' is missing; expected a list of references."
        problems.append(msg)
    counted = []
    for index, item in enumerate(entry.get("benchmarks", ())):
        at = place.inside("benchmarks").inside(index)
        try:
            counted.append(_counted(item, at, references))
        except ConfigError as error:
            problems += error.problems
    weight = entry.get("weight", 0.0 if name in EXTRAS else 1.0)
    title = str(entry.get("title") or name.replace("_", " ").capitalize())
    return Subject(name, title, float(weight), tuple(counted))


def _counted(item: object, place: Place, references: dict[str, Reference]) -> Counted:
    entry: dict[str, Any] = item if isinstance(item, dict) else {"reference": item}
    reference = _reference(str(entry["reference"]), place, references)
    metrics = texts(entry.get("metrics"))
    at = place.inside("metrics")
    missing = [name for name in metrics if name not in reference.scoring.metrics]
    problems = unknown_metrics(missing, at) or unfit_metrics(reference, missing, at)
    if problems:
        raise ConfigError(problems)
    if missing:
        scoring = reference.scoring
        reference = replace(
            reference, scoring=replace(scoring, metrics=(*scoring.metrics, *missing))
        )
    references[reference.name] = reference
    weight = entry.get("weight")
    return Counted(reference.name, metrics, 1.0 if weight is None else float(weight))


def _reference(name: str, place: Place, references: dict[str, Reference]) -> Reference:
    if name in references:
        return references[name]
    ships = reference_names()
    path = join(place.path.parent, expanduser(name))
    if name not in ships and not isfile(path):
        known = [*references, *ships]
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean '{near[0]}'? " if near else ""
        msg = (
            f"{place}: reference '{name}' is neither one of the suite, nor one that "
            f"ships, nor a file. {hint}Known: {', '.join(sorted(set(known)))}."
        )
        raise ConfigError([msg])
    found = reference_of(name, place)
    return references.get(found.name, found)
