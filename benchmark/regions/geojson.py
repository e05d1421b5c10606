"""Read regions from GeoJSON."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmark.regions.features import Feature, feature_id, regions_of_features
from benchmark.regions.region_set import Region


def read_geojson(path: Path, attribute: str | None = None) -> dict[str, Region]:
    """Read the regions of a GeoJSON FeatureCollection.

    Parameters
    ----------
    path : Path
        The file; features have polygons in longitude and latitude and a
        property that names them.
    attribute : str, optional
        That property, if it is neither ``id`` nor ``name``; features that
        share its value are joined.

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
    except (ValueError, KeyError, TypeError) as error:
        msg = f"{where}: not a GeoJSON FeatureCollection ({error!r})."
        raise ValueError(msg) from error
    return regions_of_features(_features(features, where, attribute), where, attribute)


def _features(
    items: list[Mapping[str, Any]], where: str, attribute: str | None
) -> Iterator[Feature]:
    import shapely

    for number, item in enumerate(items):
        at = f"{where}: feature {number}"
        known = item.get("properties") or {}
        id = feature_id(known, at, attribute, item.get("id"))
        try:
            geometry = shapely.geometry.shape(item["geometry"])
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            msg = f"{at} ('{id}') has no usable geometry: {error!r}."
            raise ValueError(msg) from error
        yield Feature(id, known, geometry)
