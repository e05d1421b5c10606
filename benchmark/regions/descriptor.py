"""Read region sets from YAML descriptors and GeoJSON files."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.regions.geometry import normalise
from benchmark.regions.region_set import Region, Regions, box, unknown

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: What an entry may say about a region besides its shape.
_ABOUT = tuple(item.name for item in fields(Region) if item.name != "geometry")
_ENTRY_KEYS = (*_ABOUT, "lat", "lon", "union_of", "ratio", "remarks")
_SET_KEYS = (
    *("id", "name", "description", "geometry", "method", "source", "sources"),
    *("licence", "tolerance", "limits", "regions"),
)


def read_descriptor(path: Path | Traversable, folder: Path | Traversable) -> Regions:
    """Read a region set from its YAML descriptor.

    The descriptor has ``id``, ``regions`` and usually ``geometry`` (a
    GeoJSON file beside it), ``source`` and ``licence``, which hold for
    every region that does not state its own. Each entry of ``regions``
    has an ``id``; its shape is the feature of that id, or the box given
    by ``lat`` and ``lon``, or the union of the entries in ``union_of``.

    Parameters
    ----------
    path : Path or Traversable
        The YAML file.
    folder : Path or Traversable
        The folder `geometry` is relative to.

    Returns
    -------
    Regions
        In the order of the descriptor.

    Raises
    ------
    ValueError
        If the descriptor or its geometry is not usable; the message names
        the file and the region.
    """
    import yaml

    where = path.name
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        msg = f"{where}: not valid YAML: {error}"
        raise ValueError(msg) from error
    if not isinstance(content, Mapping) or not isinstance(content.get("regions"), list):
        msg = f"{where}: expected a list 'regions', each entry with an 'id'."
        raise ValueError(msg)
    _check_keys(content, _SET_KEYS, where)
    shapes = (
        read_geojson(folder.joinpath(content["geometry"]))
        if "geometry" in content
        else {}
    )
    common = {key: content[key] for key in ("source", "licence") if key in content}
    members: dict[str, Region] = {}
    for entry in content["regions"]:
        _check_keys(entry, _ENTRY_KEYS, where)
        region = _region({**common, **entry}, {**shapes, **members}, where)
        members[region.id] = region
    return Regions(str(content.get("id", where)), tuple(members.values()))


def read_geojson(path: Path | Traversable) -> dict[str, Region]:
    """Read the regions of a GeoJSON FeatureCollection.

    Parameters
    ----------
    path : Path or Traversable
        The file; features have polygons in longitude and latitude and a
        property ``id`` or ``name``.

    Returns
    -------
    dict of str to Region
        By id, in the order of the file.

    Raises
    ------
    ValueError
        If the file is not a FeatureCollection, a feature has no id, an id
        comes twice or a geometry is not usable.
    """
    where = path.name
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (FileNotFoundError, IsADirectoryError) as error:
        msg = f"{where}: there is no such GeoJSON file ({path})."
        raise ValueError(msg) from error
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        msg = f"{where}: not a GeoJSON FeatureCollection ({error!r})."
        raise ValueError(msg) from error
    regions: dict[str, Region] = {}
    for number, feature in enumerate(features):
        region = _feature(feature, f"{where}: feature {number}")
        if region.id in regions:
            msg = f"{where}: feature {number} repeats the id '{region.id}'."
            raise ValueError(msg)
        regions[region.id] = region
    return regions


def box_from_entry(entry: Mapping[str, Any], where: str) -> Region:
    """Make a box from a mapping with id, lat, lon and an optional name.

    Parameters
    ----------
    entry : mapping
        As written in a configuration.
    where : str
        What it is part of, for messages.

    Returns
    -------
    Region
        The box.

    Raises
    ------
    ValueError
        If a key is missing or unknown, or the limits are not usable.
    """
    _check_keys(entry, (*_ABOUT, "lat", "lon", "remarks"), where)
    missing = [key for key in ("id", "lat", "lon") if key not in entry]
    if missing:
        msg = (
            f"{where}: a box needs 'id', 'lat' and 'lon'; {missing} missing in "
            f"{dict(entry)}. Write e.g. {{id: siberia_box, lat: [60, 75], "
            "lon: [160, -170]}."
        )
        raise ValueError(msg)
    region = box(str(entry["id"]), lat=entry["lat"], lon=entry["lon"])
    return replace(region, **_about(entry))


def _region(entry: Mapping[str, Any], known: dict[str, Region], where: str) -> Region:
    """Make a region from an entry and the regions it may refer to by id."""
    if "lat" in entry or "lon" in entry:
        return box_from_entry(entry, where)
    if "id" not in entry:
        msg = f"{where}: a region has no 'id': {dict(entry)}."
        raise ValueError(msg)
    id = str(entry["id"])
    for source in entry.get("union_of", [id]):
        if source not in known:
            msg = unknown(f"{where}: shape of region '{id}':", source, known)
            raise ValueError(msg)
    if "union_of" not in entry:
        return replace(known[id], **_about(entry))
    geometry = _union([known[source].geometry for source in entry["union_of"]])
    return Region(**{"name": id, **_about(entry), "geometry": geometry})


def _union(shapes: list["BaseGeometry"]) -> "BaseGeometry":
    import shapely

    return shapely.union_all(shapes)


def _feature(feature: Mapping[str, Any], where: str) -> Region:
    import shapely

    properties = feature.get("properties") or {}
    id = properties.get("id", feature.get("id", properties.get("name")))
    if id is None:
        msg = f"{where} has no property 'id' or 'name'; found {sorted(properties)}."
        raise ValueError(msg)
    try:
        geometry = shapely.geometry.shape(feature["geometry"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        msg = f"{where} ('{id}') has no usable geometry: {error!r}."
        raise ValueError(msg) from error
    known = {key: properties[key] for key in _ABOUT if key in properties}
    about = {"name": str(id), **_about(known), "id": str(id)}
    return Region(**about, geometry=normalise(geometry, f"{where} ('{id}')"))


def _about(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value if key.endswith("_Mkm2") or value is None else str(value)
        for key, value in entry.items()
        if key in _ABOUT
    }


def _check_keys(entry: object, known: tuple[str, ...], where: str) -> None:
    if not isinstance(entry, Mapping):
        msg = f"{where}: expected a mapping with an 'id', found {entry!r}."
        raise ValueError(msg)
    for key in entry:
        if key not in known:
            raise ValueError(unknown(f"{where}: key", str(key), known))
