"""One list of what can be scored against: what ships, was added, or can be had."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.config.catalogue import product_names, shipped_references
from benchmark.config.own import own_names
from benchmark.config.parts import texts
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import ConfigError, InputError
from benchmark.products.checksums import read_record
from benchmark.products.product import Product, load_product

SHIPS, FETCH, MANUAL = "ships", "fetch", "manual"


@dataclass(frozen=True)
class Item:
    """A reference or a product: what of it, and where it is.

    `where` is ``ships``, ``added``, ``fetched``, ``fetch`` (a direct link is known)
    or ``manual``; `entry` everything its file says.
    """

    name: str
    variables: tuple[str, ...]
    subject: str
    kind: str
    where: str
    licence: str
    unconfirmed: tuple[str, ...]
    title: str
    path: Path
    entry: Mapping[str, Any]

    @property
    def usable(self) -> bool:
        """Whether a suite can name it."""
        return self.where not in (FETCH, MANUAL)


def items(variable: str | None = None, subject: str | None = None) -> list[Item]:
    """Return all references and products.

    Parameters
    ----------
    variable, subject : str, optional
        Only those of a variable or a subject.

    Returns
    -------
    list of Item
        References that ship first, then the user's, then the other products.

    Examples
    --------
    >>> [item.where for item in items("cSoil") if item.name == "ncscdv22_soil_carbon"]
    ['ships']
    """
    found = [_reference(n, path, SHIPS) for n, path in shipped_references().items()]
    own = own_names()
    found += [_reference(name, path, _how(path)) for name, path in own.items()]
    products = [load_product(name) for name in product_names()]
    # One whose references are there already is no other thing to get.
    found += [_product(p) for p in products if not _had(p, own)]
    return [
        item
        for item in found
        if variable in (None, *item.variables) and subject in (None, item.subject)
    ]


def find_item(name: str) -> Item:
    """Return the reference or product of a name.

    Parameters
    ----------
    name : str
        Of a reference that ships, of one of the user's, or of a product.

    Returns
    -------
    Item

    Raises
    ------
    ConfigError
        If there is none, with the nearest names.
    """
    from difflib import get_close_matches

    shipped, own, products = shipped_references(), own_names(), product_names()
    if name in shipped:
        return _reference(name, shipped[name], SHIPS)
    if name in own:
        return _reference(name, own[name], _how(own[name]))
    if name in products:
        return _product(load_product(name))
    near = get_close_matches(name, [*shipped, *own, *products], n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    msg = (
        f"'{name}' is no reference and no product.{hint} 'permabench references list' "
        "has all."
    )
    raise ConfigError([msg])


def _reference(name: str, path: Path, where: str) -> Item:
    try:
        data, _ = read_yaml(path)
    except ConfigError as error:
        data = {"title": f"cannot be read: {error}"}
    entry: dict[str, Any] = data if isinstance(data, dict) else {}
    return Item(
        name=name,
        variables=(str(entry.get("variable") or "unknown"),),
        subject=str(entry.get("subject") or "unknown"),
        kind=str(entry.get("kind") or "unknown"),
        where=where,
        licence=_one_line(entry.get("licence")),
        unconfirmed=texts(entry.get("unconfirmed")),
        title=_one_line(entry.get("title")),
        path=path,
        entry=entry,
    )


def _product(product: Product) -> Item:
    return Item(
        name=product.name,
        variables=product.quantities,
        subject=product.subject,
        kind=product.kind,
        where=FETCH if product.files else MANUAL,
        licence=_one_line(product.about["licence"]),
        unconfirmed=product.unconfirmed,
        title=product.title,
        path=product.source,
        entry=product.about,
    )


def _how(path: Path) -> str:
    try:
        record = read_record(path.parent)
    except InputError:
        return "added"
    return next((kept.how for kept in record.values()), "added")


def _had(product: Product, own: Mapping[str, Path]) -> bool:
    names = [str(entry["reference"]) for entry in product.descriptors]
    return bool(names) and all(name in own for name in names)


def _one_line(value: object) -> str:
    return " ".join(str(value or "unknown").split())
