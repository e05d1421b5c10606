"""Whether reference data are still those that their descriptors speak of."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmark.config.catalogue import shipped_references
from benchmark.config.own import data_folder
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import ConfigError, InputError
from benchmark.products.checksums import RECORD, read_record, sha256_of

OK, ALTERED, MISSING = "ok", "altered", "missing"
BROKEN, UNRECORDED = "cannot be read", "no checksum"


@dataclass(frozen=True)
class Verified:
    """One file of a reference: whether it is the one that is meant."""

    name: str
    file: Path
    status: str
    where: str
    expected: str = ""
    found: str = ""

    @property
    def wrong(self) -> bool:
        """Whether a person has to look at it."""
        return self.status in (ALTERED, MISSING, BROKEN)


def verify() -> Iterator[Verified]:
    """Compare the sha256 of all reference data with those on record.

    Yields
    ------
    Verified
        A file each: of references that ship, then of those fetched or added.

    Examples
    --------
    >>> found = next(verify())
    >>> found.where, found.status
    ('ships', 'ok')
    """
    for name, path in shipped_references().items():
        yield from _shipped(name, path)
    folder = data_folder()
    if folder is not None and (folder / "references").is_dir():
        for home in sorted((folder / "references").iterdir()):
            if home.is_dir():
                yield from _own(home)


def _shipped(name: str, path: Path) -> Iterator[Verified]:
    try:
        data, _ = read_yaml(path)
        source = data["data"]  # type: ignore[index]
        files = source["files"]
    except (ConfigError, KeyError, TypeError):
        yield Verified(name, path, BROKEN, "ships")
        return
    several = [files] if isinstance(files, str) else files
    digits = str(source.get("sha256") or "") if len(several) == 1 else ""
    for file in several:
        yield _compared(name, path.parent / file, digits, "ships")


def _own(home: Path) -> Iterator[Verified]:
    try:
        record = read_record(home)
    except InputError:
        yield Verified(home.name, home / RECORD, BROKEN, "added")
        return
    for key, kept in record.items():
        yield _compared(home.name, home / key, kept.sha256, kept.how)
    if not record and any(home.glob("*.yaml")):
        yield Verified(home.name, home / RECORD, MISSING, "added")


def _compared(name: str, file: Path, expected: str, where: str) -> Verified:
    if not file.is_file():
        return Verified(name, file, MISSING, where, expected)
    if not expected:
        return Verified(name, file, UNRECORDED, where)
    try:
        found = sha256_of(file)
    except OSError:
        return Verified(name, file, BROKEN, where, expected)
    status = OK if found == expected else ALTERED
    return Verified(name, file, status, where, expected, found)
