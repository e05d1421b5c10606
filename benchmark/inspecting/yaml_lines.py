"""A draft as YAML, with the evidence and what is to be confirmed behind the lines."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmark.checking import Checked
from benchmark.checking.confirming import Question
from benchmark.checking.lines import printable
from benchmark.inspecting.draft import Draft
from benchmark.urls import is_url

_HEAD = (
    "# Written by permabench inspect.",
    "# Look at the lines marked '# confirm:'. Remove the '#' before a key that is",
    "# right. 'permabench check' tells what is left to confirm, and why.",
)
# Longer lists are written one item a line.
_ROW = 70
_MESSAGE = 240


def yaml_text(draft: Draft, checked: Iterable[Checked], folder: Path) -> str:
    """Return a model configuration, commented.

    Parameters
    ----------
    draft : Draft
        The configuration.
    checked : iterable of Checked
        What the tests of its variables ask for.
    folder : Path
        Where it will stand: paths are relative to it where they can be.

    Returns
    -------
    str
        YAML that loads as the draft did.
    """
    items = list(checked)
    asked = [question for item in items for question in item.asked]
    refused = {item.variable: item.problem for item in items if item.problem}
    lines = [*_HEAD]
    entry = {key: value for key, value in draft.entry.items() if key != "variables"}
    for key, value in entry.items():
        lines += _lines(key, _shown(key, value, folder), draft, (key,), 0)
    variables = dict(_with_questions(draft, asked))
    keys = [
        line
        for name, value in variables.items()
        for line in _variable(draft, name, value, asked, refused, folder)
    ]
    if any(not line.lstrip().startswith("#") for line in keys):
        lines.append("variables:")
    elif keys:
        lines.append("# variables:")
    return "\n".join([*lines, *keys]) + "\n"


def _with_questions(draft: Draft, asked: list[Question]) -> Iterator[tuple[str, Any]]:
    """Yield the variables of the draft, and those that are only asked about."""
    variables = draft.entry.get("variables") or {}
    yield from variables.items()
    for name in dict.fromkeys(question.variable for question in asked):
        if name not in variables:
            yield name, None


def _variable(
    draft: Draft,
    name: str,
    value: Any,
    asked: list[Question],
    refused: dict[str, str],
    folder: Path,
) -> Iterator[str]:
    questions = [q for q in asked if q.variable == name]
    where = ("variables", name)
    if name in refused:
        yield f"  # {name} is refused: {_short(refused[name])}"
    if isinstance(value, str) and questions:
        value = {"name": value}
    if isinstance(value, str):
        yield from _lines(name, value, draft, (*where, "name"), 2)
        return
    entry = value or {}
    yield f"  {name}:"
    for key, inner in entry.items():
        yield from _lines(key, _shown(key, inner, folder), draft, (*where, key), 4)
    for question in dict.fromkeys(questions):
        first, *others = question.choices or ("",)
        told = [f"or {', or '.join(others)}"] if others else []
        if question.why != refused.get(name):
            told.append(_short(question.why))
        why = ": ".join(told) or "if that is so"
        yield f"    # {question.key}: {first}  # confirm: {why}"


def _lines(
    key: str, value: Any, draft: Draft, where: tuple[str, ...], indent: int
) -> Iterator[str]:
    comment = draft.comments.get(where, "")
    behind = f"  # {_one_line(comment)}" if comment else ""
    blank = " " * indent
    if isinstance(value, list) and len(str(value)) > _ROW:
        yield f"{blank}{key}:{behind}"
        yield from (f"{blank}  - {_flow(item)}" for item in value)
        return
    yield f"{blank}{key}: {_flow(value)}{behind}"


def _shown(key: str, value: Any, folder: Path) -> Any:
    if isinstance(value, dict):
        return {name: _shown(name, item, folder) for name, item in value.items()}
    if key != "files":
        return value
    texts = [value] if isinstance(value, str) else value
    relative = [_relative(text, folder) for text in texts]
    return relative[0] if len(relative) == 1 else relative


def _relative(text: str, folder: Path) -> str:
    if is_url(text) or not Path(text).is_relative_to(folder):
        return text
    return Path(text).relative_to(folder).as_posix()


def _flow(value: Any) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, width=10**6, sort_keys=False)
    return text.removesuffix("...\n").strip()


def _short(text: str) -> str:
    """Return a message without the path it begins with, which stands above."""
    line = _one_line(text)
    head, _, rest = line.partition(": ")
    line = rest if "/" in head and rest else line
    return line if len(line) <= _MESSAGE else f"{line[:_MESSAGE]} ..."


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))
