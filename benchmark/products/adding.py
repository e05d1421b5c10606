"""A file or descriptor of the user, tested and given a name for suites."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.config import Reference, load_reference
from benchmark.config.catalogue import product_names, reference_names
from benchmark.config.kinds import wrong_kind
from benchmark.config.own import own_folder
from benchmark.config.validation import Place
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import ConfigError, InputError
from benchmark.products.checksums import digest_of
from benchmark.products.drafting import draft
from benchmark.products.examining import examine
from benchmark.products.keeping import keep
from benchmark.products.product import Product, load_product

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True)
class Added:
    """What was added: the name for suites, its descriptor, and what to know."""

    name: str
    path: Path
    told: tuple[str, ...]


def add(
    path: Path,
    given: Mapping[str, Any],
    *,
    product: str | None = None,
    link: bool = False,
) -> Added:
    """Give a file or a descriptor a name that suites know.

    Parameters
    ----------
    path : Path
        A descriptor (YAML), NetCDF, or a CSV of sites.
    given : mapping
        What the user says of a file, see `benchmark.products.drafting.draft`.
    product : str, optional
        The product it is a file of; a file name that the catalogue knows tells it.
    link : bool
        Whether the data stay where they are rather than be copied.

    Returns
    -------
    Added

    Raises
    ------
    ConfigError
        If something is missing or wrong, or the name is taken.
    InputError
        If the data cannot be scored against.
    """
    if not path.is_file():
        raise ConfigError([f"{path}: no such file."])
    told: list[str] = []
    if path.suffix.lower() in (".yaml", ".yml"):
        entry = _descriptor(path, given)
    else:
        of = _product_of(path, product)
        known = _known_descriptor(of, path, given, told) if of else None
        entry = known or draft(path, given, of)
    name = str(entry["reference"])
    _refuse_name(name)
    reference, summary = _tested(entry, path)
    told += summary
    return Added(name, keep(entry, reference, path, link=link), tuple(told))


def _descriptor(path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    data, lines = read_yaml(path)
    problems = wrong_kind(data, "reference", Place(path, lines))
    if problems:
        raise ConfigError(problems)
    load_reference(path)  # with all that is wrong with it
    surplus = [key for key, value in given.items() if value and key != "name"]
    if surplus:
        told = ", ".join(f"'{key}:'" for key in surplus)
        raise ConfigError([f"{path}: is a descriptor; write {told} in it."])
    entry: dict[str, Any] = dict(data)  # type: ignore[call-overload]
    return {**entry, "reference": given.get("name") or entry["reference"]}


def _product_of(path: Path, name: str | None) -> Product | None:
    """Return the product of a file: the one that is named, or knows its name."""
    if name is not None:
        return load_product(name)
    for product in map(load_product, product_names()):
        files = [f for entry in product.descriptors for f in _files(entry["data"])]
        if path.name.lower() in {file.lower() for file in files}:
            return product
    return None


def _files(part: Mapping[str, Any]) -> list[str]:
    files = part["files"]
    return [files] if isinstance(files, str) else list(files)


def _known_descriptor(
    product: Product, path: Path, given: Mapping[str, Any], told: list[str]
) -> dict[str, Any] | None:
    """Return the descriptor that the catalogue has for a file of this name."""
    for entry in product.descriptors:
        if [file.lower() for file in _files(entry["data"])] != [path.name.lower()]:
            continue
        surplus = [key for key, value in given.items() if value and key != "name"]
        if surplus:
            msg = (
                f"{path}: the catalogue describes it ({product.name}); '--"
                f"{surplus[0].replace('_', '-')}' would change that. Rename the file "
                "to describe it yourself."
            )
            raise ConfigError([msg])
        told.append(f"described by the catalogue as {product.name}")
        told += _compared(product, path)
        data = {**entry["data"], "files": path.name}
        name = given.get("name") or entry["reference"]
        return {**entry, "data": data, "reference": name}
    return None


def _compared(product: Product, path: Path) -> list[str]:
    for remote in product.files:
        if remote.name.lower() == path.name.lower() and remote.checksum:
            algorithm, _, digits = remote.checksum.partition(":")
            if digest_of(path, algorithm) == digits:
                return [f"its {algorithm} is that of the catalogue"]
            return [
                f"its {algorithm} is not that of the catalogue: another edition of the "
                "file. Its values were tested as those of any."
            ]
    return []


def _refuse_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        msg = (
            f"'{name}' cannot be the name of a reference; write '--name' with letters, "
            "digits, '_', '-' and '.'."
        )
        raise ConfigError([msg])
    known = reference_names()
    if name in known or (own_folder() / name).exists():
        where = known.get(name, own_folder() / name)
        msg = (
            f"reference '{name}' is there already ({where}); nothing was changed. "
            "Write '--name' with another name, or remove that one."
        )
        raise ConfigError([msg])


def _tested(entry: dict[str, Any], path: Path) -> tuple[Reference, list[str]]:
    """Read and examine a descriptor as it will be, beside the data it names."""
    from benchmark.config.references import reference_of

    place = Place(path.absolute(), {}, label=str(path))
    reference = reference_of(entry, place)
    found = examine(reference)
    if found.problem:
        msg = f"{reference.name}: cannot be scored against: {found.problem}"
        raise InputError(msg)
    if found.missing:
        where = f"under 'data:' of {path}" if "YAML" in _kind(path) else "(options)"
        raise ConfigError(
            [
                f"{path}: nothing says {line}; write it {where}."
                for line in found.missing
            ]
        )
    return reference, [found.summary, *found.told]


def _kind(path: Path) -> str:
    return "YAML" if path.suffix.lower() in (".yaml", ".yml") else "data"
