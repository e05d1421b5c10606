"""The lines of `permabench references`: lists, and all that is known of one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmark.checking.lines import entry, printable
from benchmark.config.parts import texts
from benchmark.products.keys import MARK, unconfirmed_page
from benchmark.products.listed import FETCH, Item
from benchmark.products.verifying import OK, Verified

_HEAD = ("name", "variable", "kind", "where", "unconfirmed", "licence")
_SHORT = {1: 22, 5: 44}
# Shown by themselves, or of no interest to a reader.
_APART = ("product", "reference", "variables", "get", "descriptors", "unconfirmed")
_LABELS = {"doi_data": "DOI of data", "doi_paper": "DOI of paper", "doi": "DOI"}


def list_lines(found: Sequence[Item]) -> Iterator[str]:
    """Yield a table of references and products, and what its words mean.

    Parameters
    ----------
    found : sequence of Item
        From `benchmark.products.listed.items`.

    Yields
    ------
    str
    """
    rows = [_HEAD, *(_row(item) for item in found)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield "  ".join(f"{cell:<{width}}" for cell, width in cells).rstrip()
    yield (
        f"{len(found)} found. ships, added, fetched: a suite can name it. fetch: first "
        "'permabench references fetch NAME'. manual: 'permabench references show NAME' "
        "says where to go. unconfirmed: fields that nobody has confirmed."
    )


def _row(item: Item) -> tuple[str, ...]:
    cells = (
        item.name,
        ", ".join(item.variables),
        item.kind,
        item.where,
        str(len(item.unconfirmed)),
        item.licence,
    )
    mark = f" {MARK}" if "licence" in item.unconfirmed else ""
    short = [_cut(cell, _SHORT.get(number, 60)) for number, cell in enumerate(cells)]
    return tuple(printable(cell) for cell in (*short[:-1], short[-1] + mark))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 3]}..."


def show_lines(item: Item) -> Iterator[str]:
    """Yield everything that is known of a reference or a product.

    Parameters
    ----------
    item : Item
        From `benchmark.products.listed.find_item`.

    Yields
    ------
    str
        What nobody has confirmed says so.
    """
    yield f"{item.name}: {item.title}"
    known = {"where": item.where, **item.entry}
    for key, value in known.items():
        if key in _APART or key == "title" or value in (None, "", []):
            continue
        yield from _told(_LABELS.get(key, key), value, key in item.unconfirmed)
    for variable in item.entry.get("variables") or ():
        yield from entry("variable", _variable(variable, item.unconfirmed))
    if "variables" in item.unconfirmed:
        yield from entry("", f"all of the variables {MARK}")
    yield from entry("unconfirmed", ", ".join(item.unconfirmed) or "nothing")
    yield from _getting(item)
    yield from _scoring(item)
    yield from entry("file", str(item.path))


def _told(label: str, value: object, unconfirmed: bool) -> Iterator[str]:
    mark = f" {MARK}" if unconfirmed else ""
    if isinstance(value, Mapping):
        told = "; ".join(f"{key}: {_text(part)}" for key, part in value.items())
        yield from entry(label, told + mark)
    elif isinstance(value, list):
        if all(isinstance(text, str) for text in value):
            for text in texts(value):
                yield from entry(label, text + mark)
        else:
            yield from entry(label, _text(value) + mark)
    else:
        yield from entry(label, f"{value}{mark}")


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _variable(variable: Mapping[str, Any], unconfirmed: Sequence[str]) -> str:
    parts = []
    for key, value in variable.items():
        mark = f" {MARK}" if key in unconfirmed and value != "unknown" else ""
        parts.append(f"{value}{mark}" if key == "variable" else f"{key}: {value}{mark}")
    return "; ".join(parts)


def _getting(item: Item) -> Iterator[str]:
    get = item.entry.get("get")
    if not isinstance(get, Mapping):
        return
    mark = f" {MARK}" if unconfirmed_page(item.entry, item.unconfirmed) else ""
    yield from entry("page", f"{get['page']}{mark}")
    for file in get.get("files") or ():
        checksum = file.get("checksum", "no checksum is published")
        by = f", by {file['checksum_by']}" if file.get("checksum_by") else ""
        yield from entry("link", f"{file['url']} as {file['name']} ({checksum}{by})")
    yield from entry("steps", str(get["steps"]))
    yield from entry("then", str(get["then"]))


def _scoring(item: Item) -> Iterator[str]:
    if item.usable:
        yield from entry("to score", f"in a suite: references: [{item.name}]")
        return
    names = [str(e["reference"]) for e in item.entry.get("descriptors") or ()]
    if item.where == FETCH and names:
        yield from entry(
            "to score",
            f"permabench references fetch {item.name}, then in a suite: references: "
            f"[{', '.join(names)}]",
        )
    elif item.kind in ("map", "text"):
        yield from entry("to score", "not as it is: see 'then'")
    else:
        yield from entry(
            "to score",
            f"{'fetch it' if item.where == FETCH else 'get it by hand'}, then "
            f"permabench references add FILE --product {item.name} --name NAME, then "
            "in a suite: references: [NAME]",
        )


def verify_lines(found: Sequence[Verified]) -> Iterator[str]:
    """Yield a line for each file that is not as recorded, and a count.

    Parameters
    ----------
    found : sequence of Verified
        From `benchmark.products.verifying.verify`.

    Yields
    ------
    str
    """
    for item in found:
        if item.status == OK:
            continue
        told = f"{item.status}: {item.name} ({item.where}): {item.file}"
        if item.found:
            told += f" has the sha256 {item.found}, expected {item.expected}"
        yield printable(told)
    counts = {status: 0 for status in dict.fromkeys(item.status for item in found)}
    for item in found:
        counts[item.status] += 1
    yield "; ".join(f"{status}: {n}" for status, n in counts.items()) or "no files"
