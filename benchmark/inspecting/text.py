"""What was found, as lines of a terminal: a block for each variable."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from benchmark.checking import Checked
from benchmark.checking.lines import LABEL, WIDTH, entry
from benchmark.config.archives import load_archive
from benchmark.inspecting.draft import Draft
from benchmark.inspecting.remaining import missing_lines, other_lines
from benchmark.inspecting.sources import KINDS, Sources

# So many conversions and unread files are told.
_TOLD = 6


def source_lines(
    sources: Sources, drafts: Iterable[Draft], *, every: bool
) -> Iterator[str]:
    """Yield what files there are, and which cannot be read.

    Parameters
    ----------
    sources : Sources
        From `find_sources`.
    drafts : iterable of Draft
        One for each model.
    every : bool
        Whether nothing is folded.

    Yields
    ------
    str
    """
    count = Counter[str]()
    named = 0
    for one in sources.series:
        count[KINDS.get(one.kind, one.kind)] += len(one.places)
        named += len(one.places) if one.facets else 0
    told = ", ".join(f"{number} {kind}" for kind, number in count.items())
    if named:
        told += f" ({named} named as in CMIP, ISIMIP or TRENDY)"
    yield from entry("files", told or "none that can be read")
    for text in sources.unread if every else _folded(sources.unread):
        yield from entry("unread", text)
    names = [str(d.entry["model"]) for d in drafts if d.model is not None]
    if len(names) > 1:
        yield from entry("models", f"{len(names)}: {', '.join(names)}")


def _folded(unread: list[str]) -> Iterator[str]:
    """Yield the first of messages that begin alike, with how many more there are."""
    alike: dict[str, list[str]] = {}
    for text in unread:
        start = " ".join(text.partition(": ")[2].split()[:4])
        alike.setdefault(start, []).append(text)
    for first, *more in alike.values():
        yield f"{first} (and {len(more)} more like it: --all)" if more else first


def draft_lines(
    draft: Draft, checked: Iterable[Checked], *, every: bool
) -> Iterator[str]:
    """Yield what the files of one model hold.

    Parameters
    ----------
    draft : Draft
        Its configuration.
    checked : iterable of Checked
        Its variables.
    every : bool
        Whether nothing is folded.

    Yields
    ------
    str
    """
    yield ""
    version = draft.entry.get("version", "")
    yield f"{draft.entry['model']} {version}".strip()
    for key, text in draft.run.facts.items():
        yield from entry(key, text)
    if draft.run.others:
        told = ", ".join(draft.run.others[:_TOLD])
        more = len(draft.run.others) - _TOLD
        yield from entry(
            "other runs",
            told + (f" and {more} more" if more > 0 else "") + ": not taken",
        )
    for name, count in draft.matched.archives.items():
        title = load_archive(name, Path()).title
        used = draft.entry.get("archive") == name
        line = f"'archive: {name}'" + ("" if used else ", which does not fit")
        files = "file looks" if count == 1 else "files look"
        yield from entry("archive", f"{count} {files} like {title}: {line}")
    model = draft.model
    for key in draft.matched.measures:
        measure = draft.matched.measures[key]
        unused = model is not None and getattr(model, key) is None
        told = f"{measure.name} in {Path(measure.files[0]).name}"
        yield from entry(
            key.replace("_", " "), told + (" (not needed)" if unused else "")
        )
    for item in checked:
        yield from block(item, every=every)
    yield from missing_lines(draft)
    yield from other_lines(draft, every=every)
    for text in draft.problems:
        yield from entry("not loaded", text)


def idle_lines(drafts: list[Draft]) -> Iterator[str]:
    """Yield one line for each of several models that hold nothing to score.

    Parameters
    ----------
    drafts : list of Draft
        All models.

    Yields
    ------
    str
    """
    idle = [d for d in drafts if d.model is None and not d.matched.names]
    if idle and len(drafts) > 1:
        yield ""
        yield "Nothing that is scored here:"
        for draft in idle:
            held = list(dict.fromkeys(draft.matched.others)) or [
                name for one in draft.run.series for name in one.variables
            ]
            told = ", ".join(held[:_TOLD]) + (", ..." if len(held) > _TOLD else "")
            yield from entry(str(draft.entry["model"])[: LABEL - 1], told)


def block(item: Checked, *, every: bool) -> Iterator[str]:
    """Yield the block of one variable.

    Parameters
    ----------
    item : Checked
        The variable.
    every : bool
        Whether nothing is folded.

    Yields
    ------
    str
    """
    yield ""
    yield f"{item.variable:8} {item.status:12} {item.where or item.summary}"[:WIDTH]
    if item.problem:
        yield from entry("refused", item.problem)
    yield from _evidence(item.evidence)
    told = item.conversions if every else item.conversions[:_TOLD]
    for text in told:
        yield from entry("done", text)
    if len(told) < len(item.conversions):
        yield from entry("done", f"and {len(item.conversions) - len(told)} more")
    for text in item.warnings:
        yield from entry("warning", text)
    for question in item.asked:
        choices = ", or ".join(question.choices)
        yield from entry("confirm", f"{question.variable}.{question.key}: {choices}")


def _evidence(evidence: Mapping[str, str]) -> Iterator[str]:
    joined = dict(evidence)
    for first, second in (("time", "stamps"), ("sign", "seasons"), ("grid", "cells")):
        texts = [joined.pop(key, "") for key in (first, second)]
        both = "; ".join(filter(None, texts))
        if both:
            joined[first] = both
    order = ("long name", "units", "area", "sign", "time", "grid", "depth", "values")
    for key in order:
        if key in joined:
            yield from entry(key, joined[key])
