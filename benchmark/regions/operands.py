"""What a region is made of: boxes, files, other regions, and how they combine."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.regions import combine
from benchmark.regions.features import check_keys
from benchmark.regions.files import read_shapes
from benchmark.regions.region_set import Region, box, unknown
from benchmark.regions.scope import Scope
from benchmark.regions.sets import set_ids

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: The ways to say what shape a region has.
_KINDS = ("lat", "file", "union_of", "intersection_of", "rule")
OF_FILES = ("class", "attribute", "variable", "threshold")
SHAPE_KEYS = ("lat", "lon", *_KINDS[1:], *OF_FILES, "without")
#: What a rule may name, and the set in which names are looked up first.
RULE = {
    "country": "countries",
    "biome": "biomes_whittaker",
    "permafrost": "",
    "within": "",
}


def shape(entry: Mapping[str, Any], scope: Scope, label: str, id: str) -> Region:
    """Return the region that the keys about the shape of an entry give.

    Parameters
    ----------
    entry : mapping
        See `benchmark.regions.entries.region_of_entry`.
    scope : Scope
        What it may refer to.
    label : str
        The region, for messages.
    id : str
        Its id.

    Returns
    -------
    Region
        With the id and name of what it comes from, if that is one region.

    Raises
    ------
    ValueError
        If the shape is not usable.
    """
    kinds = [k for k in _KINDS if k in entry or (k == "lat" and "lon" in entry)]
    if len(kinds) > 1:
        msg = (
            f"{label}: has both {' and '.join(kinds)}; expected one of them. Put them "
            "as mappings inside a list, intersection_of: or union_of:."
        )
        raise ValueError(msg)
    kind = kinds[0] if kinds else ""
    whole = _SHAPES[kind](entry, scope, label, id)
    if "without" not in entry:
        return whole
    cut = _joined("", _operands(entry["without"], scope, label, "without"))
    left = combine.difference(whole.geometry, cut.geometry)
    return replace(whole, geometry=_not_empty(left, label, "without: takes all of it"))


def file_regions(entry: Mapping[str, Any], scope: Scope) -> list[Region]:
    """Return the regions of the file of an entry, or those `class` names.

    Parameters
    ----------
    entry : mapping
        With ``file``, and what says how to read it.
    scope : Scope
        What the path is relative to.

    Returns
    -------
    list of Region
        In the order of the file, or of ``class``.

    Raises
    ------
    ValueError
        If the file or a class is not usable.
    """
    path = scope.folder / Path(str(entry["file"])).expanduser()
    only = tuple(map(str, _listed(entry["class"]))) if "class" in entry else None
    options = {key: entry[key] for key in OF_FILES[1:] if key in entry}
    regions = read_shapes(path, **options, only=only)
    for id in only or ():
        if id not in regions:
            raise ValueError(unknown(f"{path.name}: class", id, regions))
    return [regions[id] for id in only or regions]


def _box(entry: Mapping[str, Any], scope: Scope, label: str, id: str) -> Region:
    missing = [key for key in ("lat", "lon") if key not in entry]
    if missing:
        msg = (
            f"{label}: a box needs 'id', 'lat' and 'lon'; {missing} missing in "
            f"{dict(entry)}. Write e.g. {{id: siberia_box, lat: [60, 75], "
            "lon: [160, -170]}."
        )
        raise ValueError(msg)
    return box(id, lat=entry["lat"], lon=entry["lon"])


def _of_file(entry: Mapping[str, Any], scope: Scope, label: str, id: str) -> Region:
    found = file_regions(entry, scope)
    same = [region for region in found if region.id == id]
    if len(found) == 1 or "class" in entry or not id:
        return _joined(id, found)
    if same:
        return same[0]
    msg = (
        f"{label}: {Path(str(entry['file'])).name} has {len(found)} regions "
        f"({', '.join(region.id for region in found[:40])}). Write 'class:', one of "
        "them or a list."
    )
    raise ValueError(msg)


def _of_scope(entry: Mapping[str, Any], scope: Scope, label: str, id: str) -> Region:
    """Return regions of the geometry file of a descriptor, by class or id."""
    for key in ("attribute", "variable", "threshold"):
        if key in entry:
            msg = f"{label}: has '{key}:' without 'file:'. Write which file."
            raise ValueError(msg)
    names = [str(name) for name in _listed(entry.get("class", id))]
    for name in names:
        if name not in scope.known:
            what = f"{scope.where}: shape of region '{id}':"
            raise ValueError(unknown(what, name, scope.known))
    return _joined(id, [scope.known[name] for name in names])


def _union(entry: Mapping[str, Any], scope: Scope, label: str, id: str) -> Region:
    joined = _joined(id, _operands(entry["union_of"], scope, label, "union_of"))
    return _derived(id, joined.geometry, [joined])


def _intersection(
    entry: Mapping[str, Any], scope: Scope, label: str, id: str
) -> Region:
    parts = _operands(entry["intersection_of"], scope, label, "intersection_of")
    return _common(id, parts, label)


def _rule(entry: Mapping[str, Any], scope: Scope, label: str, id: str) -> Region:
    rule = entry["rule"]
    if not isinstance(rule, Mapping) or not rule:
        example = "{country: russia, biome: tundra}"
        msg = f"{label}: rule: expected such as {example}, found {rule!r}."
        raise ValueError(msg)
    check_keys(rule, tuple(RULE), f"{label}: rule")
    parts = []
    for key, value in rule.items():
        ids = set_ids(RULE[key]) if RULE[key] else []
        named = [f"{RULE[key]}/{v}" if v in ids else v for v in _listed(value)]
        parts.append(_joined("", _operands(named, scope, label, f"rule: {key}")))
    return _common(id, parts, label)


_SHAPES = {
    "lat": _box,
    "file": _of_file,
    "union_of": _union,
    "intersection_of": _intersection,
    "rule": _rule,
    "": _of_scope,
}


def _operands(items: object, scope: Scope, label: str, key: str) -> list[Region]:
    """Return one region for each item of a list."""
    if not isinstance(items, list) or not items:
        msg = f"{label}: {key}: expected a list of regions, found {items!r}."
        raise ValueError(msg)
    return [_operand(item, scope, f"{label}: {key}") for item in items]


def _operand(item: object, scope: Scope, label: str) -> Region:
    if isinstance(item, Mapping):
        check_keys(item, ("id", *SHAPE_KEYS), label)
        return shape(item, scope, label, str(item.get("id", "")))
    text = str(item)
    if text in scope.known:
        return scope.known[text]
    try:
        return _joined(text, scope.open_text(text, scope.folder))
    except (ValueError, KeyError, OSError) as error:
        reason = error.args[0] if isinstance(error, KeyError) else error
        msg = f"{label}: {reason}"
        raise ValueError(msg) from error


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _joined(id: str, regions: Iterable[Region]) -> Region:
    """Return regions as one; one alone stays as it is."""
    parts = list(regions)
    if len(parts) == 1:
        return parts[0]
    id = id or " or ".join(part.id for part in parts)
    return _derived(id, combine.union(part.geometry for part in parts), parts)


def _common(id: str, parts: list[Region], label: str) -> Region:
    geometry = combine.intersection(part.geometry for part in parts)
    names = " and ".join(part.id for part in parts)
    why = f"{names} have no place in common"
    return _derived(id, _not_empty(geometry, label, why), parts)


def _derived(id: str, geometry: "BaseGeometry", parts: list[Region]) -> Region:
    """Return a region that says where the shapes it is made of come from."""
    sources = "; ".join(dict.fromkeys(p.source for p in parts if p.source))
    licences = "; ".join(dict.fromkeys(p.licence for p in parts if p.licence))
    return Region(id, id, geometry, source=sources, licence=licences)


def _not_empty(geometry: "BaseGeometry", label: str, why: str) -> "BaseGeometry":
    if geometry.is_empty:
        msg = (
            f"{label}: nothing of 1 km2 or more is left: {why}. Leave the region out, "
            "or name others."
        )
        raise ValueError(msg)
    return geometry
