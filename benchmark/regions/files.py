"""Read regions from a file of any of the formats."""

from pathlib import Path

from benchmark.errors import InputError
from benchmark.regions.region_set import Region

#: Endings of files that hold shapes.
GEOJSON = (".geojson", ".json")
NETCDF = (".nc", ".nc4", ".cdf")
SHAPEFILE = (".shp", ".zip")
SHAPES = (*GEOJSON, *NETCDF, *SHAPEFILE)
#: Endings of descriptors of region sets.
DESCRIPTORS = (".yaml", ".yml")


def read_shapes(
    path: Path,
    *,
    attribute: str | None = None,
    variable: str | None = None,
    threshold: float | None = None,
    only: tuple[str, ...] | None = None,
) -> dict[str, Region]:
    """Read the regions of a GeoJSON file, a shapefile or a NetCDF mask.

    Parameters
    ----------
    path : Path
        The file.
    attribute : str, optional
        Of GeoJSON and shapefiles: the property that names the regions.
    variable, threshold
        Of NetCDF: see `benchmark.regions.masks.read_mask`.
    only : tuple of str, optional
        The ids that are wanted; a mask does not outline the others.

    Returns
    -------
    dict of str to Region
        By id, in the order of the file.

    Raises
    ------
    ValueError
        If there is no such file, it is not usable, or an option does not
        fit the format.
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        what = "GeoJSON file" if suffix in GEOJSON else "file"
        msg = f"{path.name}: there is no such {what} ({path})."
        raise InputError(msg)
    options = {"attribute": attribute, "variable": variable, "threshold": threshold}
    fit = ("variable", "threshold") if suffix in NETCDF else ("attribute",)
    for key, value in options.items():
        if value is not None and key not in fit:
            useful = " or ".join(fit)
            msg = f"{path.name}: '{key}:' is of no use here; expected {useful}."
            raise InputError(msg)
    if suffix in NETCDF:
        from benchmark.regions.masks import read_mask

        return read_mask(path, variable=variable, threshold=threshold, only=only)
    if suffix in SHAPEFILE:
        from benchmark.regions.shapefiles import read_shapefile

        return read_shapefile(path, attribute)
    if suffix in GEOJSON:
        from benchmark.regions.geojson import read_geojson

        return read_geojson(path, attribute)
    msg = (
        f"{path.name}: the ending '{suffix}' is not known; expected one of "
        f"{', '.join(SHAPES)}. Convert others, such as .gpkg or .tif, to these: "
        f"ogr2ogr {path.stem}.geojson {path.name}."
    )
    raise InputError(msg)
