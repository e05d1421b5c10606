"""The record beside fetched and added data: which files, and their sha256."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmark.atomic import write_text
from benchmark.errors import InputError

RECORD = "checksums.json"
_BLOCK = 2**20


@dataclass(frozen=True)
class Kept:
    """One file of a reference of the user.

    `file` is its path from the folder of the record, or an absolute one; `how`
    is ``fetched`` or ``added``; `verified` says against what it was tested.
    """

    file: str
    sha256: str
    how: str
    verified: str
    source: str = ""


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    return digest_of(path, "sha256")


def digest_of(path: Path, algorithm: str) -> str:
    """Return the digits of a checksum of a file, read block by block."""
    digest = hashlib.new(algorithm)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def read_record(folder: Path) -> dict[str, Kept]:
    """Return what is recorded in a folder, file to entry; empty without a record.

    Parameters
    ----------
    folder : Path
        Of one product or reference.

    Returns
    -------
    dict of str to Kept

    Raises
    ------
    InputError
        If the record is not one.
    """
    path = folder / RECORD
    if not path.is_file():
        return {}
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        kept = [Kept(**entry) for entry in entries]
    except (OSError, ValueError, TypeError) as error:
        msg = (
            f"{path}: is not a record of checksums ({error}); fetch or add the "
            "reference again after removing its folder."
        )
        raise InputError(msg) from error
    return {entry.file: entry for entry in kept}


def write_record(folder: Path, kept: dict[str, Kept]) -> None:
    """Write the record of a folder.

    Parameters
    ----------
    folder : Path
        Of one product or reference.
    kept : dict of str to Kept
        All its files.
    """
    entries = [asdict(kept[file]) for file in sorted(kept)]
    write_text(folder / RECORD, json.dumps(entries, indent=2) + "\n")
