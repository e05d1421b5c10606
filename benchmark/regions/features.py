"""Regions from features: polygons with properties, one of which names them."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmark.regions.combine import union
from benchmark.regions.geometry import normalise
from benchmark.regions.region_set import Region, unknown

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: What can be said about a region besides its shape.
ABOUT = tuple(item.name for item in fields(Region) if item.name != "geometry")


class Feature(NamedTuple):
    """A polygon of a file, and the table row that belongs to it."""

    id: str
    properties: Mapping[str, Any]
    geometry: "BaseGeometry"


def regions_of_features(
    features: Iterable[Feature], where: str, attribute: str | None = None
) -> dict[str, Region]:
    """Make regions of the features of a file.

    Parameters
    ----------
    features : iterable of Feature
        Polygons in longitude and latitude.
    where : str
        File, for messages.
    attribute : str, optional
        The property that names the region; features that share its value
        are joined. Without it no two may have the same id.

    Returns
    -------
    dict of str to Region
        By id, in the order of the file.

    Raises
    ------
    ValueError
        If an id comes twice or a geometry is not usable.
    """
    regions: dict[str, list[Region]] = {}
    for number, feature in enumerate(features):
        at = f"{where}: feature {number}"
        id = feature.id
        if id in regions and attribute is None:
            msg = (
                f"{at} repeats the id '{id}'. To join features write 'attribute:', "
                f"the property they share, one of {', '.join(feature.properties)}."
            )
            raise ValueError(msg)
        geometry = normalise(feature.geometry, f"{at} ('{id}')")
        made = Region(
            **{"name": id, **about(feature.properties), "id": id}, geometry=geometry
        )
        regions.setdefault(id, []).append(made)
    return {id: _joined(parts) for id, parts in regions.items()}


def about(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an entry or a feature says about its region, shape aside.

    Parameters
    ----------
    entry : mapping
        Of any keys.

    Returns
    -------
    dict
        Arguments of `Region`.
    """
    return {
        key: value if key.endswith("_Mkm2") or value is None else str(value)
        for key, value in entry.items()
        if key in ABOUT
    }


def _joined(parts: list[Region]) -> Region:
    if len(parts) == 1:
        return parts[0]
    return replace(parts[0], geometry=union(part.geometry for part in parts))


def feature_id(
    known: Mapping[str, Any], where: str, attribute: str | None, own: object = None
) -> str:
    """Return what names a feature.

    Parameters
    ----------
    known : mapping
        Its properties.
    where : str
        File and feature, for messages.
    attribute : str or None
        The property that names it. If none is given it is ``id``, or else the
        id of the feature itself, or ``name``; capitals do not matter.
    own : object, optional
        The id of the feature itself.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If there is no such property.

    Examples
    --------
    >>> feature_id({"Name": "Lena", "extent": "C"}, "zones.shp", None)
    'Lena'
    """
    if attribute is not None:
        if attribute not in known:
            raise ValueError(unknown(f"{where}: attribute", attribute, known))
        return str(known[attribute])
    lower = {key.lower(): value for key, value in known.items()}
    for id in (lower.get("id"), own, lower.get("name")):
        if id is not None:
            return str(id)
    msg = (
        f"{where} has no property 'id' or 'name'; found {sorted(known)}. Write "
        "'attribute:', the property that names the regions."
    )
    raise ValueError(msg)


def check_keys(entry: object, known: tuple[str, ...], where: str) -> None:
    """Refuse what is no mapping, or has a key that is not known.

    Parameters
    ----------
    entry : object
        As written in a configuration.
    known : tuple of str
        The keys it may have.
    where : str
        What it is part of, for messages.

    Raises
    ------
    ValueError
        If it is not usable.
    """
    if not isinstance(entry, Mapping):
        msg = f"{where}: expected a mapping with an 'id', found {entry!r}."
        raise ValueError(msg)
    for key in entry:
        if key not in known:
            raise ValueError(unknown(f"{where}: key", str(key), known))
