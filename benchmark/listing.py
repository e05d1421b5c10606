"""What ships, and what a run found, as lines for a terminal."""

from collections.abc import Callable, Iterator
from inspect import getdoc
from pathlib import Path

import pandas as pd

from benchmark.score.result import Note, RunResult
from benchmark.scorecard.lines import names_in_short, no_skill_lines, scorecard_lines

RULE = (
    "Each number is the mean of the variable's references, each of them the mean of "
    "its scores over metrics and regions; - means nothing scored."
)

# More warnings than these are left to notes.csv.
_WARNINGS = 10


def summary_lines(result: RunResult) -> list[str]:
    """Return a short table: the scorecard, or the scores by variable without one.

    Parameters
    ----------
    result : RunResult
        A finished run.

    Returns
    -------
    list of str
        A header, a line per model, the rule of the numbers, a line of counts,
        and a line for each model of which nothing was scored.
    """
    head = [*scorecard_lines(result)] if len(result.subjects) else _by_variable(result)
    counts = result.scores["status"].value_counts()
    lines = [*head, *no_skill_lines(result)]
    lines.append("; ".join(f"{status}: {count}" for status, count in counts.items()))
    scored = result.scores["status"] == "scored"
    some = set(result.scores.loc[scored, "model"])
    without = [name for name in result.models if name not in some]
    return lines + [f"{name}: nothing scored: {_why(result, name)}" for name in without]


def _by_variable(result: RunResult) -> list[str]:
    scores = result.scores
    scored = scores[(scores["status"] == "scored") & scores["score"].notna()]
    variables = list(dict.fromkeys(scores["variable"]))
    # The mean over metrics and regions of each reference first, so that a
    # reference with many regions counts no more than one with a single region.
    by_reference = scored.groupby(["model", "variable", "reference"])["score"].mean()
    means = by_reference.reset_index().pivot_table("score", "model", "variable")
    means = means.reindex(index=list(result.models), columns=variables)
    width = max([len(name) for name in result.models] + [len(_HEAD)])
    lines = [f"{_HEAD:<{width}}  " + "  ".join(f"{v:>6}" for v in variables)]
    for model, row in means.iterrows():
        cells = "  ".join(f"{_cell(row[v]):>6}" for v in variables)
        lines.append(f"{model!s:<{width}}  {cells}")
    return [*lines, RULE]


def warning_lines(result: RunResult) -> list[str]:
    """Return what the owners of the files should look at, the first ten.

    What is the same for several models is one line.

    Parameters
    ----------
    result : RunResult
        A finished run.

    Returns
    -------
    list of str
    """
    notes = [note for note in result.notes if note.kind == "warning"]
    groups: dict[tuple[str, str], list[str]] = {}
    # What concerns the whole suite has no file, and comes first.
    for note in sorted(notes, key=lambda note: bool(note.file)):
        names = groups.setdefault((note.variable, note.text), [])
        names.append(note.model or _reference(note))
    lines = [
        f"Warning: {names_in_short(list(dict.fromkeys(names)))}, {variable}: {text}"
        for (variable, text), names in groups.items()
    ]
    if len(lines) > _WARNINGS:
        lines[_WARNINGS:] = [f"and {len(lines) - _WARNINGS} more in notes.csv"]
    return lines


def _reference(note: Note) -> str:
    """Name a reference by its file: the owner of the suite knows it by that."""
    return f"reference {Path(note.file).name}" if note.file else "the suite"


_HEAD = "score, 0 to 1"


def _why(result: RunResult, name: str) -> str:
    """Return the main reason that a model has no score, the gravest first."""
    rows = result.scores[result.scores["model"] == name]
    for status in ("failed", "no_overlap", "not_assessed"):
        some = rows[rows["status"] == status]
        if len(some):
            return str(some["message"].value_counts().index[0])
    declared = ", ".join(result.models[name].variables)
    needed = ", ".join(dict.fromkeys(result.scores["variable"]))
    return f"declares {declared}; the suite needs {needed}"


def _cell(value: float) -> str:
    return "-" if pd.isna(value) else f"{value:.2f}"


def _models() -> Iterator[str]:
    from benchmark.config import load_models, model_names

    for name, path in model_names().items():
        models = load_models(path)
        variables = ", ".join(dict.fromkeys(v for m in models for v in m.variables))
        count = f" ({len(models)} models)" if len(models) > 1 else ""
        yield f"{name:<20} {models[0].ensemble or models[0].name}{count}: {variables}"


def _references() -> Iterator[str]:
    from benchmark.config import load_reference, reference_names

    for name, path in reference_names().items():
        reference = load_reference(path)
        yield (
            f"{name:<40} {reference.variable:<6} {reference.kind:<9} grade "
            f"{reference.grade}  {reference.title}"
        )
    yield "Public products, and adding your own: permabench references list"


def _metrics() -> Iterator[str]:
    from benchmark.metrics import metrics

    for name in metrics.names():
        try:
            metric = metrics.get(name)
        except KeyError as error:
            yield f"{name:<26} cannot be used: {error.args[0]}"
            continue
        yield f"{name:<26} {metric.long_name} [{metric.units}]"


def _regions() -> Iterator[str]:
    """Give each set a line: some have more regions than a screen."""
    from benchmark.regions import region_set_names
    from benchmark.regions.sets import set_descriptor, set_ids

    for name in region_set_names():
        ids = set_ids(name)
        count = f"{len(ids)} region" + ("s" if len(ids) > 1 else "")
        yield f"{name:<24} {count:<12} {set_descriptor(name)['name']}; as {ids[0]}"
    yield (
        "In 'regions:' write a set, or one of its regions (alaska, biomes_koeppen/ET). "
        "'permabench list regions SET' has the regions of a set."
    )


def region_lines(name: str) -> Iterator[str]:
    """Return the regions of a set, a line each, with their areas.

    Parameters
    ----------
    name : str
        A set that ships, or a file of regions.

    Yields
    ------
    str

    Raises
    ------
    ConfigError
        If there is no such set or file, or it cannot be read.
    """
    from benchmark.errors import ConfigError
    from benchmark.regions import open_regions
    from benchmark.regions.geometry import area_km2

    try:
        regions = open_regions(name)
    except (ValueError, OSError) as error:
        raise ConfigError([str(error)]) from error
    width = max(len(id) for id in regions.ids)
    for region in regions:
        area, published = region.land_area_Mkm2, region.published_area_Mkm2
        size = f"{area or area_km2(region.geometry) / 1e6:.2f} million km2"
        size += " of land" if area else ""
        if area and published:
            size += f", published {published:.2f} ({area / published - 1:+.0%})"
        yield f"{region.id:<{width}}  {region.name}  {size}"


def _suites() -> Iterator[str]:
    from benchmark.config.catalogue import suite_names
    from benchmark.config.yaml_text import read_yaml

    for name, path in suite_names().items():
        data, _ = read_yaml(path)
        if not isinstance(data, dict):
            continue
        needs = "" if data.get("models") else "; has no models: needs --model FILE"
        yield f"{name:<20} {data.get('title', '')}{needs}"


def _archives() -> Iterator[str]:
    from benchmark.config.archives import load_archive
    from benchmark.config.catalogue import archive_names

    for name, path in archive_names().items():
        archive = load_archive(name, path.parent)
        count = archive.unconfirmed
        yield f"{name:<12} {count:>3} facts unconfirmed  {archive.title}"


def _regridders() -> Iterator[str]:
    from benchmark.regrid import regridders, why_no_xesmf

    yield f"{'automatic':<14} polygons for a mesh, otherwise conservative (the default)"
    for name in regridders.names():
        try:
            engine = regridders.get(name)
        except KeyError as error:
            yield f"{name:<14} cannot be used: {error.args[0]}"
            continue
        about = (getdoc(engine) or "").partition("\n")[0].rstrip(".")
        state = why_no_xesmf() if name == "xesmf" else ""
        yield f"{name:<14} {about} [{state or 'installed'}]"
    yield "Or 'regrid: {weights: FILE}': weights of ESMF, xESMF, SCRIP, CDO or YAC."


LISTINGS: dict[str, Callable[[], Iterator[str]]] = {
    "models": _models,
    "archives": _archives,
    "references": _references,
    "metrics": _metrics,
    "regions": _regions,
    "suites": _suites,
    "regridders": _regridders,
}
