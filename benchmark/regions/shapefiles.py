"""Read regions from shapefiles, with pyshp, which is optional."""

import struct
import warnings
import zipfile
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.errors import InputError
from benchmark.regions.features import Feature, feature_id, regions_of_features
from benchmark.regions.region_set import Region

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: How the text of a geographic coordinate system begins.
GEOGRAPHIC = ("GEOGCS", "GEOGCRS", "GEODCRS", "GEOGRAPHICCRS")


def read_shapefile(path: Path, attribute: str | None = None) -> dict[str, Region]:
    """Read the regions of a shapefile.

    Parameters
    ----------
    path : Path
        A ``.shp`` with its ``.dbf`` beside it, or a ``.zip`` with both, in
        longitude and latitude. The direction of rings does not matter.
    attribute : str, optional
        The column that names the regions, if it is neither ``id`` nor
        ``name``; shapes that share its value are joined.

    Returns
    -------
    dict of str to Region
        By id, in the order of the file.

    Raises
    ------
    ValueError
        If the file is projected or not usable, a shape is no polygon, a
        column is not there, an id comes twice, or pyshp is not installed.
    """
    pyshp = _pyshp(path)
    _check_geographic(path)
    features = _features(pyshp, path, attribute)
    return regions_of_features(features, path.name, attribute)


def _pyshp(path: Path) -> ModuleType:
    try:
        import shapefile
    except ModuleNotFoundError as error:
        msg = (
            f"{path.name}: reading shapefiles needs pyshp: pip install pyshp. Or "
            f"convert the file to GeoJSON: ogr2ogr {path.stem}.geojson FILE.shp."
        )
        raise InputError(msg) from error
    module: ModuleType = shapefile
    return module


def _features(pyshp: ModuleType, path: Path, attribute: str | None) -> list[Feature]:
    errors = (pyshp.ShapefileException, struct.error, OSError, IndexError, ValueError)
    try:
        items = _items(pyshp, path)
    except errors:
        # Old files do not say that their table is not UTF-8.
        try:
            items = _items(pyshp, path, encoding="latin-1")
        except errors as error:
            msg = (
                f"{path.name}: not a whole shapefile ({' '.join(str(error).split())}). "
                "Expected the files .shp, .dbf and .shx side by side, or one of each "
                "in a .zip."
            )
            raise InputError(msg) from error
    features = []
    for number, item in enumerate(items):
        at = f"{path.name}: feature {number}"
        known = item.record.as_dict()
        id = feature_id(known, at, attribute)
        features.append(Feature(id, known, _polygons(item.shape, at)))
    return features


def _items(pyshp: ModuleType, path: Path, **options: str) -> list[Any]:
    # pyshp warns of wrong headers; what cannot be read is an error all the same.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pyshp.Reader(str(path), **options) as reader:
            return list(reader.iterShapeRecords())


def _polygons(shape: Any, where: str) -> "BaseGeometry":
    """Join the rings of a shape, even-odd: writers differ in their direction."""
    import shapely

    if not shape.shapeTypeName.startswith("POLYGON"):
        msg = f"{where} is a {shape.shapeTypeName}; expected polygons."
        raise InputError(msg)
    points = np.array([point[:2] for point in shape.points])
    rings = [ring for ring in np.split(points, shape.parts[1:]) if len(ring) > 3]
    if len(rings) == 1:
        return shapely.Polygon(rings[0])
    return shapely.build_area(shapely.node(shapely.MultiLineString(rings)))


def _check_geographic(path: Path) -> None:
    text = _projection(path).strip()
    if text and not text.upper().startswith(GEOGRAPHIC):
        name = text.split('"')[1] if '"' in text else text[:40]
        msg = (
            f"{path.name}: has the projection '{name}'; expected longitude and "
            "latitude. Convert it: ogr2ogr -t_srs EPSG:4326 -wrapdateline "
            f"{path.stem}.geojson FILE.shp."
        )
        raise InputError(msg)


def _projection(path: Path) -> str:
    """Return the text of the .prj, empty if there is none."""
    if path.suffix.lower() != ".zip":
        beside = path.with_suffix(".prj")
        return beside.read_text(errors="replace") if beside.is_file() else ""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if n.lower().endswith(".prj")]
            return archive.read(names[0]).decode(errors="replace") if names else ""
    except zipfile.BadZipFile as error:
        msg = f"{path.name}: not a zip archive ({error})."
        raise InputError(msg) from error
