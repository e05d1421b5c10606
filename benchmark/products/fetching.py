"""Products with a direct link: downloaded, tested, and ready by name in suites."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.atomic import write_text
from benchmark.config import load_reference
from benchmark.config.catalogue import reference_names
from benchmark.config.own import own_folder
from benchmark.errors import ConfigError, InputError
from benchmark.products.checksums import Kept, read_record, sha256_of, write_record
from benchmark.products.download import LIMIT, download
from benchmark.products.drafting import text_of
from benchmark.products.examining import examine
from benchmark.products.keys import MARK, unconfirmed_page
from benchmark.products.product import Product, RemoteFile
from benchmark.products.unpacking import is_archive, unpack

UNVERIFIED = "not verified: no checksum is published; recorded now"


@dataclass(frozen=True)
class Fetched:
    """What fetching a product gave: files, names for suites, what to know."""

    folder: Path
    names: tuple[str, ...]
    told: tuple[str, ...]


def fetch(
    product: Product,
    *,
    to: Path | None = None,
    limit: int = LIMIT,
    pause: float = 1.0,
    tell: Callable[[int, int | None], None] = lambda done, total: None,
) -> Fetched:
    """Download the files of a product and make its references ready by name.

    Parameters
    ----------
    product : Product
        With a direct link.
    to : Path, optional
        Folder of the files; by default that of the user's references, where the
        descriptors are in any case.
    limit : int
        Largest size of a file, and of what an archive unpacks to, bytes.
    pause : float
        Seconds to wait before a second try.
    tell : callable
        See `benchmark.products.download.download`.

    Returns
    -------
    Fetched

    Raises
    ------
    ConfigError
        If a name that the product gives is taken.
    InputError
        If a file cannot be had, or is not what it should be.
    """
    home = own_folder() / product.name
    folder = home if to is None else (to / product.name).absolute()
    _refuse_taken(product, home)
    record = read_record(home)
    if any(kept.how == "added" for kept in record.values()):
        msg = f"'{product.name}' was added by hand; remove {home} to fetch it."
        raise ConfigError([msg])
    told = []
    try:
        for remote in product.files:
            kept = record.get(_key(folder / remote.name, home))
            known = remote.checksum or (f"sha256:{kept.sha256}" if kept else None)
            path = download(remote, folder, known, limit=limit, pause=pause, tell=tell)
            verified = _verified(remote, kept)
            told.append(f"{path}: {verified}")
            for file in (path, *_unpacked(path, folder, limit)):
                key = _key(file, home)
                record[key] = Kept(
                    key, sha256_of(file), "fetched", verified, remote.url
                )
            write_record(home, record)
    finally:
        # Of a download that brought nothing no empty folder is left either.
        with suppress(OSError):
            folder.rmdir()
    names = tuple(
        ready(entry, home, folder, f"permabench references fetch {product.name}")
        for entry in product.descriptors
    )
    return Fetched(folder, names, tuple(told))


def _unpacked(path: Path, folder: Path, limit: int) -> list[Path]:
    return unpack(path, folder, limit) if is_archive(path) else []


def ready(entry: dict[str, Any], home: Path, folder: Path, command: str) -> str:
    """Write a descriptor, once its data are seen to be scored against.

    Parameters
    ----------
    entry : dict
        The descriptor, paths of its data relative to `folder`.
    home : Path
        Where to write it.
    folder : Path
        Of its data.
    command : str
        What made it, for its first line.

    Returns
    -------
    str
        Its name.

    Raises
    ------
    InputError
        If its data cannot be scored against, with the reason.
    ConfigError
        If it is wrong itself.
    """
    name = str(entry["reference"])
    made = _with_paths(entry, folder, home)
    path = home / f"{name}.yaml"
    write_text(path, f"# Made by: {command}\n{text_of(made)}")
    try:
        found = examine(load_reference(path))
        if found.problem:
            msg = f"{name}: cannot be scored against: {found.problem}"
            raise InputError(msg)
        if found.missing:
            raise ConfigError(
                [
                    f"{name}: nothing says {line}, under 'data:'"
                    for line in found.missing
                ]
            )
    except (InputError, ConfigError):
        path.unlink(missing_ok=True)
        raise
    return name


def _with_paths(entry: dict[str, Any], folder: Path, home: Path) -> dict[str, Any]:
    """Return a descriptor with paths that hold where it is written."""

    def there(part: Any) -> Any:
        files = part["files"]
        several = [files] if isinstance(files, str) else files
        found = [_key(folder / file, home) for file in several]
        return {**part, "files": found[0] if isinstance(files, str) else found}

    made = {**entry}
    for key in ("data", "land_fraction", "grid"):
        if made.get(key) and made[key].get("files"):
            made[key] = there(made[key])
    (path, *more) = _listed(made["data"]["files"])
    if not more and (home / path).is_file():
        made["data"] = {**made["data"], "sha256": sha256_of(home / path)}
    return made


def _listed(files: str | list[str]) -> list[str]:
    return [files] if isinstance(files, str) else files


def _key(path: Path, home: Path) -> str:
    """Return a path as the record has it: from its folder, or the whole of it."""
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else str(path)


def _verified(remote: RemoteFile, kept: Kept | None) -> str:
    if remote.checksum:
        by = f" of {remote.by}" if remote.by else ""
        return f"verified against the {remote.checksum.partition(':')[0]}{by}"
    if kept is None:
        return UNVERIFIED
    return "the same as when it was first fetched; no checksum is published"


def _refuse_taken(product: Product, home: Path) -> None:
    known = reference_names()
    names = [str(entry["reference"]) for entry in product.descriptors]
    problems = [
        f"'{name}' of product '{product.name}' is the name of {known[name]} already; "
        "remove that, or add it anew under another '--name'."
        for name in names
        if name in known and known[name].parent != home
    ]
    if problems:
        raise ConfigError(problems)


def by_hand(product: Product) -> str:
    """Return in one line how to get a product that no link leads to.

    Parameters
    ----------
    product : Product
        Any.

    Returns
    -------
    str
    """
    get = product.about["get"]
    steps = " ".join(str(get["steps"]).split())
    then = " ".join(str(get["then"]).split())
    mark = f" {MARK}" if unconfirmed_page(product.about, product.unconfirmed) else ""
    return f"{product.name}: go to {get['page']}{mark}: {steps}; then {then}"
