"""File names and anchors that are safe for any text."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

LONGEST = 48


def slugs(names: Iterable[str]) -> dict[str, str]:
    """Give every name a distinct slug of ASCII letters, digits and hyphens.

    Parameters
    ----------
    names : iterable of str
        Any text: slashes, quotes, markup, other scripts.

    Returns
    -------
    dict of str to str
        Name to slug. A name that loses something essential on the way, or
        shares its slug with an earlier one, gets a piece of its hash, so a
        name keeps its slug whatever else is in the run.

    Examples
    --------
    >>> slugs(["CLASSIC", "MPI-ESM1-2-LR"])
    {'CLASSIC': 'classic', 'MPI-ESM1-2-LR': 'mpi-esm1-2-lr'}
    >>> sorted(slugs(["a/b", "a b"]).values())
    ['a-b', 'a-b-c8687a08']
    """
    found: dict[str, str] = {}
    for name in names:
        if name in found:
            continue
        slug = _plain(name)
        if not slug or slug in found.values() or len(slug) > LONGEST:
            slug = f"{slug[:LONGEST]}-{_hash(name)}".lstrip("-")
        found[name] = slug
    return found


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _hash(name: str) -> str:
    return sha256(name.encode("utf-8", errors="replace")).hexdigest()[:8]
