"""The keys of a product in the catalogue, and what each has to be."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from benchmark.config.keys import REFERENCE
from benchmark.config.validation import Key
from benchmark.config.values import TEXT, TEXTS, is_name, is_text, one_of

#: What nobody found out is written so, or left away.
UNKNOWN = "unknown"
#: Stands beside what nobody has confirmed, wherever it is shown.
MARK = "(unconfirmed)"

SUBJECTS = (
    *("nee", "ch4", "soil_carbon", "seasonal_cycle", "cold_season", "productivity"),
    *("permafrost", "trend", "relationship", "wetland", "biome", "fire"),
)
FLUXES = ("nee", "nbe", "gpp", "npp", "reco", "ch4", "fFire")
NET_FLUXES = ("nee", "nbe", "ch4")
STOCKS = ("cSoil",)
# Also what is no variable of models, so that a search by variable finds it.
QUANTITIES = (
    *FLUXES,
    *STOCKS,
    *("tas", "tsl", "alt", "pfr", "wetlandFrac", "pet", "burned_area"),
    *("wetland_class", "biome", "peat_depth", "peat_fraction", "soil_class"),
    *("ground_ice", "thermokarst", "yedoma", "subsea_permafrost", "permafrost_zone"),
)

_HEX = re.compile(r"(sha256:[0-9a-f]{64}|sha1:[0-9a-f]{40}|md5:[0-9a-f]{32})")
_LOCAL = ("localhost", "127.0.0.1", "::1")


def is_fetchable(url: object) -> bool:
    """Return whether a text is an address that is downloaded from.

    Parameters
    ----------
    url : object
        A text of a descriptor.

    Returns
    -------
    bool
        Of https, and of http on this machine.

    Examples
    --------
    >>> is_fetchable("https://a.org/b.nc"), is_fetchable("http://a.org/b.nc")
    (True, False)
    """
    if not isinstance(url, str):
        return False
    parts = urlsplit(url)
    local = parts.scheme == "http" and is_local(parts.hostname)
    return bool(parts.hostname) and (parts.scheme == "https" or local)


def is_local(host: str | None) -> bool:
    """Return whether a host is this machine."""
    return host in _LOCAL


def is_file_name(name: object) -> bool:
    """Return whether a text names a file, and no path out of its folder."""
    return (
        is_text(name) and re.fullmatch(r"[A-Za-z0-9_][\w.+-]*", str(name)) is not None
    )


def unconfirmed_page(entry: Mapping[str, Any], unconfirmed: Sequence[str]) -> bool:
    """Return whether a product's page is the address of a DOI nobody has confirmed.

    Parameters
    ----------
    entry : mapping
        What the file of the product says.
    unconfirmed : sequence of str
        Its keys that nobody has confirmed.

    Returns
    -------
    bool
    """
    page = str(entry["get"]["page"])
    return any(
        str(entry.get(key)) in page
        for key in ("doi_data", "doi_paper")
        if key in unconfirmed and entry.get(key) not in (None, UNKNOWN)
    )


VARIABLE = Key(
    "a mapping with variable, name and units",
    lambda value: isinstance(value, dict),
    keys={
        "variable": Key(
            f"one of {', '.join(QUANTITIES)}",
            lambda value: value in QUANTITIES,
            required=True,
        ),
        "name": TEXT,
        "units": TEXT,
        "sign": one_of("up", "down", UNKNOWN),
        "mass_basis": one_of("C", "CO2", "CH4", UNKNOWN),
        "area_basis": one_of("land", "cell", "wetland", UNKNOWN),
        "depth": TEXT,
    },
)

FILE = Key(
    "a mapping with url and name",
    lambda value: isinstance(value, dict),
    keys={
        "url": Key("an address that starts with https://", is_fetchable, required=True),
        "name": Key("a file name", is_file_name, required=True),
        "checksum": Key(
            "sha256:, sha1: or md5: and its digits",
            lambda value: isinstance(value, str) and bool(_HEX.fullmatch(value)),
        ),
        "checksum_by": TEXT,
        "bytes": Key("a number of bytes", lambda value: isinstance(value, int)),
    },
)

GET = Key(
    "a mapping with page and steps, and files where there is a direct link",
    lambda value: isinstance(value, dict),
    required=True,
    keys={
        "page": Key("an address, or unknown", is_text, required=True),
        "steps": Key("one line: what to do there", is_text, required=True),
        "then": Key("one line: what to drop where", is_text, required=True),
        "files": Key(
            "a list of files",
            lambda value: isinstance(value, list) and bool(value),
            each=FILE,
        ),
    },
)

_STATED = Key("a text, or unknown", lambda value: is_text(value), required=True)

PRODUCT = Key(
    "a mapping with product, title, subject and variables",
    lambda value: isinstance(value, dict),
    keys={
        "product": Key("the product's name", is_name, required=True),
        "title": Key("a title", is_text, required=True),
        "subject": Key(
            f"one of {', '.join(SUBJECTS)}",
            lambda value: value in SUBJECTS,
            required=True,
        ),
        "kind": Key(
            "field, regional, sites, map or text",
            lambda value: value in ("field", "regional", "sites", "map", "text"),
            required=True,
        ),
        "variables": Key(
            "a list of variables",
            lambda value: isinstance(value, list) and bool(value),
            required=True,
            each=VARIABLE,
        ),
        "measures": _STATED,
        "leaves_out": _STATED,
        "uncertainty": _STATED,
        "grade": Key(
            "A, B or C", lambda value: value in ("A", "B", "C"), required=True
        ),
        "extent": _STATED,
        "grid": _STATED,
        "period": _STATED,
        "format": _STATED,
        "licence": _STATED,
        "citation": _STATED,
        "doi_data": _STATED,
        "doi_paper": _STATED,
        "as_printed": Key(
            "a mapping of the columns of a table",
            lambda value: isinstance(value, dict),
            each=TEXT,
        ),
        "get": GET,
        "unconfirmed": Key(
            "a list of keys of this file, perhaps empty", TEXTS.accepts, required=True
        ),
        "remarks": TEXTS,
        "descriptors": Key(
            "a list of references",
            lambda value: isinstance(value, list) and bool(value),
            each=REFERENCE,
        ),
    },
)
