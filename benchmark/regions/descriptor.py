"""Read region sets from YAML descriptors."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from benchmark.regions.entries import region_of_entry
from benchmark.regions.features import check_keys
from benchmark.regions.files import read_shapes
from benchmark.regions.region_set import Region, Regions
from benchmark.regions.scope import Scope

_SET_KEYS = (
    *("id", "name", "description", "geometry", "attribute", "variable", "threshold"),
    *("method", "source", "sources", "licence", "tolerance", "limits", "regions"),
)
#: Descriptors that are being read: one that names itself has no end.
_READING: ContextVar[tuple[Path, ...]] = ContextVar("reading", default=())


def read_descriptor(path: Path, open_text: Callable[[str, Path], Regions]) -> Regions:
    """Read a region set from its YAML descriptor.

    The descriptor has ``id``, ``regions`` and usually ``geometry`` (a
    GeoJSON file, a shapefile or a NetCDF mask beside it, with ``attribute``,
    ``variable`` or ``threshold`` as far as that needs them), ``source`` and
    ``licence``, which hold for every region that does not state its own.
    Each entry of ``regions`` has an ``id``; its shape is the one of that id
    in the file, or as `benchmark.regions.entries.region_of_entry` has it.
    Without ``regions`` the set is the whole file.

    Parameters
    ----------
    path : Path
        The YAML file; other paths are relative to its folder.
    open_text : callable
        Opens a built-in set, a region of one, or a file in a folder.

    Returns
    -------
    Regions
        In the order of the descriptor.

    Raises
    ------
    ValueError
        If the descriptor or a shape is not usable; the message names the
        file and the region.
    """
    where, content = path.name, _content(path)
    _check_set(content, where)
    shapes = _shapes(content, path)
    common = {key: content[key] for key in ("source", "licence") if key in content}
    entries = content.get("regions", [{"id": id} for id in shapes])
    members: dict[str, Region] = {}
    with _reading(path):
        for entry in entries:
            check_keys(entry, tuple(entry) if isinstance(entry, Mapping) else (), where)
            scope = Scope(where, path.parent, open_text, {**shapes, **members})
            region = region_of_entry({**common, **entry}, scope)
            members[region.id] = region
    return Regions(str(content.get("id", where)), tuple(members.values()))


def _content(path: Path) -> Any:
    import yaml

    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        msg = f"{path.name}: not valid YAML: {error}"
        raise ValueError(msg) from error


def _check_set(content: object, where: str) -> None:
    whole = isinstance(content, Mapping) and "geometry" in content
    listed = isinstance(content, Mapping) and isinstance(content.get("regions"), list)
    if not listed and not (whole and "regions" not in content):  # type: ignore[operator]
        msg = f"{where}: expected a list 'regions', each entry with an 'id'."
        raise ValueError(msg)
    check_keys(content, _SET_KEYS, where)


def _shapes(content: Mapping[str, Any], path: Path) -> dict[str, Region]:
    options = ("attribute", "variable", "threshold")
    given = {key: content[key] for key in options if key in content}
    if "geometry" in content:
        return read_shapes(path.parent / str(content["geometry"]), **given)
    if given:
        msg = f"{path.name}: has '{next(iter(given))}:' without 'geometry:', a file."
        raise ValueError(msg)
    return {}


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    above, here = _READING.get(), path.resolve()
    if here in above:
        msg = f"{path.name}: is made of itself, by way of {above[-1].name}."
        raise ValueError(msg)
    token = _READING.set((*above, here))
    try:
        yield
    finally:
        _READING.reset(token)
