"""A public product, as ``references/catalogue/*.yaml`` describes it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.config.catalogue import find_paths, product_names
from benchmark.config.parts import checked, texts
from benchmark.config.validation import Place
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import ConfigError
from benchmark.products.keys import FLUXES, NET_FLUXES, PRODUCT, STOCKS, VARIABLE


@dataclass(frozen=True)
class RemoteFile:
    """A file of a product that can be downloaded without logging in anywhere.

    `checksum` is one that its publisher, or who described it, gives; `by` says
    who. `bytes` is its size where that is known.
    """

    url: str
    name: str
    checksum: str | None = None
    by: str = ""
    bytes: int | None = None


@dataclass(frozen=True)
class Product:
    """A public product: what is known of it, and how to get it.

    `about` holds everything the file says, as it says it; `unconfirmed` the keys
    of it that nobody has confirmed; `descriptors` the references that its files
    make, their paths relative to the folder of the files.
    """

    name: str
    title: str
    subject: str
    kind: str
    variables: tuple[dict[str, str], ...]
    files: tuple[RemoteFile, ...]
    unconfirmed: tuple[str, ...]
    descriptors: tuple[dict[str, Any], ...]
    about: dict[str, Any]
    source: Path

    @property
    def quantities(self) -> tuple[str, ...]:
        """Short names of what it holds."""
        return tuple(dict.fromkeys(entry["variable"] for entry in self.variables))


def load_product(name_or_path: str | Path) -> Product:
    """Read one product of the catalogue.

    Parameters
    ----------
    name_or_path : str or Path
        A product's name (``ncscd_v2``), or the path of a file like those.

    Returns
    -------
    Product

    Raises
    ------
    ConfigError
        With every mistake in the file.

    Examples
    --------
    >>> load_product("obu2018").about["doi_data"]
    '10.1594/PANGAEA.888600'
    """
    (path, *_) = find_paths(str(name_or_path), product_names(), Path.cwd(), "product")
    data, lines = read_yaml(path)
    place = Place(path, lines)
    entry = checked(data, PRODUCT, place)
    problems = _unstated(entry, place) + _misnamed(entry, place)
    if problems:
        raise ConfigError(problems)
    files = entry["get"].get("files") or ()
    return Product(
        name=str(entry["product"]),
        title=entry["title"],
        subject=entry["subject"],
        kind=entry["kind"],
        variables=tuple(entry["variables"]),
        files=tuple(_remote(file) for file in files),
        unconfirmed=texts(entry["unconfirmed"]),
        descriptors=tuple(entry.get("descriptors") or ()),
        about=entry,
        source=path,
    )


def _remote(entry: dict[str, Any]) -> RemoteFile:
    return RemoteFile(
        entry["url"],
        entry["name"],
        entry.get("checksum"),
        str(entry.get("checksum_by") or ""),
        entry.get("bytes"),
    )


def _unstated(entry: dict[str, Any], place: Place) -> list[str]:
    """Return a line for each basis that a flux or a stock has to state."""
    problems = []
    for index, variable in enumerate(entry["variables"]):
        name, needed = variable["variable"], []
        if name in (*FLUXES, *STOCKS):
            needed += ["units", "mass_basis", "area_basis"]
        if name in NET_FLUXES:
            needed.append("sign")
        if name in STOCKS:
            needed.append("depth")
        at = place.inside("variables").inside(index)
        problems += [
            f"{at}: '{key}:' is missing, which {name} needs; write what the product "
            f"says, or '{key}: unknown'."
            for key in needed
            if variable.get(key) is None
        ]
    return problems


def _misnamed(entry: dict[str, Any], place: Place) -> list[str]:
    """Return a line for each unconfirmed key that the file does not have."""
    given = set(entry) | {key for item in entry["variables"] for key in item}
    known = set(PRODUCT.keys or ()) | set(VARIABLE.keys or ())
    at = place.inside("unconfirmed")
    return [
        f"{at}: '{key}' is no key of this file; expected one that it has."
        for key in texts(entry["unconfirmed"])
        if key not in given & known
    ]
