"""Files sorted by the model that wrote them, and one run chosen of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmark.inspecting.matching import scored_names
from benchmark.inspecting.sources import GRIDDED, Series
from benchmark.readers.joining import one_line

_MODEL = ("source_id", "model_id", "model", "model_name")
_EXPERIMENT = ("experiment_id", "experiment")
_MEMBER = ("variant_label", "member_id", "ensemble_member")
_RUN = ("forcing", "experiment_id", "member_id", "grid_label")
_FIRST = ("historical", "obsclim", "S3")


@dataclass
class Run:
    """The files of one run of one model.

    Parameters
    ----------
    model, version : str
        What the files call it; empty if they do not.
    series : list of Series
        Files.
    others : list of str
        Other runs of the model that are there.
    facts : dict
        Global attributes that say what it is.
    """

    model: str
    series: list[Series]
    version: str = ""
    others: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


def runs_of(series: Iterable[Series]) -> list[Run]:
    """Return the models whose files these are, and of each one run.

    Parameters
    ----------
    series : iterable of Series
        All that were found. Files that hold the same variable are those of
        several models, and told apart by their names or folders.

    Returns
    -------
    list of Run
    """
    groups: dict[tuple[str, str], list[Series]] = {}
    for one in series:
        kind = "" if one.kind in GRIDDED else one.kind
        groups.setdefault((kind, _stated_model(one)), []).append(one)
    runs = []
    for (_, model), members in groups.items():
        if model:
            runs.append(_one_run(model, members))
            continue
        if members[0].kind == "sites":
            runs.append(Run("sites", members))
            continue
        runs += [_described(Run(name, part)) for name, part in _apart(members).items()]
    return runs


def _stated_model(one: Series) -> str:
    by_name = one.facets.get("source_id", "")
    return by_name or _text(one.attrs, _MODEL).split(":")[0]


def _text(attrs: Mapping[str, object], keys: Iterable[str]) -> str:
    found = (str(attrs[key]).strip() for key in keys if key in attrs)
    return next((one_line(ValueError(text))[:60] for text in found if text), "")


def _one_run(model: str, members: list[Series]) -> Run:
    """Keep the run to score, and what does not change from run to run."""
    by_run: dict[tuple[str, ...], list[Series]] = {}
    for one in members:
        by_run.setdefault(_key(one), []).append(one)
    fixed = [one for part in by_run.values() for one in part if _is_fixed(one)]
    by_run = {
        key: kept
        for key, part in by_run.items()
        if (kept := [one for one in part if not _is_fixed(one)])
    }
    if not by_run:
        return _described(Run(model, fixed))
    chosen = min(by_run, key=lambda key: (_rank(key), -len(by_run[key]), key))
    others = [" ".join(filter(None, key)) for key in by_run if key != chosen]
    return _described(
        Run(model, [*_latest(by_run[chosen]), *_latest(fixed)], others=others)
    )


def _key(one: Series) -> tuple[str, ...]:
    if not one.facets:
        return "", _text(one.attrs, _EXPERIMENT), _text(one.attrs, _MEMBER), ""
    return tuple(one.facets.get(name, "") for name in _RUN)


def _rank(key: tuple[str, ...]) -> int:
    known = (n for n, name in enumerate(_FIRST) if any(name in k for k in key))
    return next(known, len(_FIRST))


def _is_fixed(one: Series) -> bool:
    return one.facets.get("table_id", "").endswith(("fx", "fixed"))


def _latest(members: list[Series]) -> list[Series]:
    """Keep the newest version, and of several steps the monthly one."""
    best: dict[str, Series] = {}
    unnamed = []
    for one in members:
        name = one.facets.get("variable_id")
        if name is None:
            unnamed.append(one)
        elif name not in best or _order(one) > _order(best[name]):
            best[name] = one
    return [*best.values(), *unnamed]


def _order(one: Series) -> tuple[bool, str]:
    return "mon" in one.facets.get("table_id", ""), one.facets.get("version", "")


def _apart(members: list[Series]) -> dict[str, list[Series]]:
    """Split files of which several hold the same variable, by name or folder."""
    if not _clash([members]):
        return {"": members}
    for label in (_by_name, _by_folder, _by_both):
        groups: dict[str, list[Series]] = {}
        for one in members:
            groups.setdefault(label(one), []).append(one)
        if len(groups) > 1 and not _clash(groups.values()):
            return _without_common(groups)
    return {"": members}


def _clash(groups: Iterable[list[Series]]) -> bool:
    """Whether files hold the same variable, or the same by titles that differ."""
    for members in groups:
        names = [name for one in members for name in scored_names(one)]
        if len(names) > len(set(names)):
            return True
        titles: dict[str, set[str]] = {}
        for one in members:
            for variable in scored_names(one).values():
                about = _text(one.attrs, ("source", "title"))
                titles.setdefault(variable, set()).add(about)
        if any(len(different) > 1 for different in titles.values()):
            return True
    return False


def _without_common(groups: dict[str, list[Series]]) -> dict[str, list[Series]]:
    """Leave out the words at the end of names that all of them share."""
    split = [label.split("_") for label in groups]
    common = 0
    while all(len(words) > common + 1 for words in split) and (
        len({words[-1 - common] for words in split}) == 1
    ):
        common += 1
    return {
        "_".join(words[: len(words) - common]): part
        for words, part in zip(split, groups.values(), strict=True)
    }


def _by_name(one: Series) -> str:
    """Return a file name without its variables: that of the model, perhaps."""
    words = one.name.split(".nc")[0].removesuffix(".zarr").split("_")
    return "_".join(word for word in words if word not in one.variables)


def _by_folder(one: Series) -> str:
    return Path(str(one.places[0])).parent.name


def _by_both(one: Series) -> str:
    return "_".join(filter(None, (_by_folder(one), _by_name(one))))


def _described(run: Run) -> Run:
    """Return the run with what its global attributes say."""
    attrs = next((one.attrs for one in run.series if one.attrs), {})
    told = {
        "experiment": _text(attrs, _EXPERIMENT),
        "member": _text(attrs, _MEMBER),
        "title": _text(attrs, ("title",)),
        "source": _text(attrs, ("source",)),
        "institution": _text(attrs, ("institution_id", "institution")),
    }
    run.facts = {key: text for key, text in told.items() if text}
    key = next((_key(one) for one in run.series if one.facets), ())
    words = [word for word in key if word]
    stated = (told["experiment"], told["member"])
    run.version = " ".join(words or [text for text in stated if text])
    return run
