"""The model configuration that files suggest, and what the user has to confirm."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmark.config import GridMeasure, Model
from benchmark.config.archives import load_archive
from benchmark.config.models import models_of
from benchmark.config.validation import Place
from benchmark.errors import ConfigError, InputError
from benchmark.harmonise.nee_ladder import rungs
from benchmark.inspecting.matching import (
    ABOVE_1M,
    LAYERED,
    Matched,
    candidates,
    match,
)
from benchmark.inspecting.runs import Run
from benchmark.inspecting.sources import Series

Where = tuple[str, ...]


@dataclass
class Draft:
    """A model configuration to be.

    Parameters
    ----------
    entry : dict
        As YAML would give it.
    run : Run
        Its files.
    matched : Matched
        What they hold.
    comments : dict
        Keys, such as ``("variables", "gpp", "name")``, to what is written
        behind that line.
    model : Model or None
        What it loads as; None where nothing is scored.
    problems : list of str
        Why it does not load.
    """

    entry: dict[str, Any]
    run: Run
    matched: Matched
    comments: dict[Where, str] = field(default_factory=dict)
    model: Model | None = None
    problems: list[str] = field(default_factory=list)


def draft_of(run: Run, name: str, folder: Path) -> Draft:
    """Return the configuration that the files of a run suggest.

    Parameters
    ----------
    run : Run
        From `runs_of`.
    name : str
        What to call the model.
    folder : Path
        Where the file will stand.

    Returns
    -------
    Draft
        Loaded as a model, as it would be from its file.
    """
    matched = match(run.series)
    entry: dict[str, Any] = {"model": name}
    if run.version:
        entry["version"] = run.version
    draft = Draft(entry, run, matched)
    if run.facts:
        told = run.facts.get("title") or run.facts.get("source", "")
        if told:
            draft.comments[("model",)] = f"title of the files: {told}"
    by_archive = _with_archive(draft, folder) if matched.archives else None
    if by_archive is None and matched.names:
        _without_archive(draft)
        _load(draft, folder)
    _add_measures(draft, folder)
    return draft


def _with_archive(draft: Draft, folder: Path) -> Model | None:
    """Take what an archive knows; None if nothing of it loads."""
    archives = draft.matched.archives
    best = max(archives, key=lambda name: archives[name])
    archive = load_archive(best, folder)
    used = [
        one
        for names in draft.matched.names.values()
        for s in names.values()
        for one in s
    ]
    if not used:
        used = draft.run.series
    trial = {
        **draft.entry,
        "archive": best,
        "files": _unique(used),
    }
    if not archive.family:
        trial["family"] = "process_based"
    saved, draft.entry = draft.entry, trial
    model = _load(draft, folder)
    if model is None:
        draft.entry, draft.problems = saved, []
        return None
    count = archives[best]
    draft.comments[("archive",)] = (
        f"{count} {'file looks' if count == 1 else 'files look'} like {archive.title}"
    )
    extra = {
        variable: _entry(draft, variable)
        for variable in draft.matched.names
        if variable not in model.variables and not _needless(variable, model)
    }
    soil = _soil(draft.matched.names.get("cSoil", {}))
    if soil:
        extra["cSoil"] = soil
    if extra:
        draft.entry["variables"] = extra
        again = _load(draft, folder)
        if again is None:
            draft.entry.pop("variables")
            again = _load(draft, folder)
        model = again or model
    return model


def _needless(variable: str, model: Model) -> bool:
    """Whether it is nep, which archives leave out, for models differ in it."""
    return variable == "nep" and bool(rungs(model.variables))


def _without_archive(draft: Draft) -> None:
    names = draft.matched.names
    held = [
        one for found in names.values() for series in found.values() for one in series
    ]
    draft.entry["family"] = "process_based"
    draft.comments[("family",)] = (
        "confirm: a reference made of models of the same family is not used"
    )
    shared = _unique(held)
    whole = len({id(one) for one in held}) == 1
    if whole:
        draft.entry["files"] = shared
    variables = {}
    for variable in names:
        entry = _entry(draft, variable)
        if whole:
            entry.pop("files")
        variables[variable] = entry["name"] if set(entry) == {"name"} else entry
    draft.entry["variables"] = variables


def _entry(draft: Draft, variable: str) -> dict[str, Any]:
    found = draft.matched.names[variable]
    both = _soil(found) if variable == "cSoil" else {}
    if both:
        return both
    first, *others = candidates(found)
    entry: dict[str, Any] = {"files": _unique(found[first])}
    entry["name"] = first
    if others:
        told = ", ".join(f"{name} of {found[name][0].name}" for name in others)
        draft.comments[("variables", variable, "name")] = f"confirm: or {told}"
    return entry


def _soil(found: dict[str, list[Series]]) -> dict[str, Any]:
    """Return soil carbon by layers, or of two depths, where there is that."""
    layered = [name for name in found if name in LAYERED]
    if layered:
        return {"files": _unique(found[layered[0]]), "name": layered[0]}
    plain = [name for name in found if name != ABOVE_1M]
    if ABOVE_1M in found and plain:
        return {
            "files": _unique([*found[plain[0]], *found[ABOVE_1M]]),
            "depths": {"full_column": plain[0], "0-1": ABOVE_1M},
        }
    return {}


def _add_measures(draft: Draft, folder: Path) -> None:
    """Add the areas and fractions that the archive does not find itself."""
    model = draft.model
    if model is None:
        return
    found = draft.matched.measures
    added = {
        key: _as_entry(measure)
        for key, measure in found.items()
        if getattr(model, key) is None
    }
    if "land_fraction" in found or model.land_fraction is not None:
        # Both would say the same; the fraction is what archives define.
        added.pop("land_area", None)
    if not added:
        return
    kept = draft.entry
    variables = {key: kept[key] for key in ("variables",) if key in kept}
    rest = {key: value for key, value in kept.items() if key not in variables}
    draft.entry = {**rest, **added, **variables}
    if _load(draft, folder) is None:
        draft.entry = kept
        _load(draft, folder)


def _as_entry(measure: GridMeasure) -> dict[str, Any]:
    entry: dict[str, Any] = {"files": measure.files[0], "name": measure.name}
    return entry | ({"units": measure.units} if measure.units else {})


def _load(draft: Draft, folder: Path) -> Model | None:
    """Load the draft as its file would be."""
    try:
        (draft.model,) = models_of(draft.entry, Place(folder / "inspected.yaml", {}))
    except ConfigError as error:
        draft.model, draft.problems = None, list(error.problems)
    except InputError as error:
        draft.model, draft.problems = None, [str(error)]
    return draft.model


def _unique(series: list[Series]) -> list[str]:
    return list(dict.fromkeys(text for one in series for text in one.files))
