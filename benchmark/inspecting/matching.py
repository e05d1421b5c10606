"""Which variables of files are scored, which are areas, and which are neither."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmark.config import GridMeasure
from benchmark.config.recognising import recognise
from benchmark.harmonise.soil.layers import NAMES as SOIL_DIMENSIONS
from benchmark.harmonise.variable import Variable
from benchmark.harmonise.variables import VARIABLES
from benchmark.inspecting.sources import GRIDDED, Held, Series

MEASURES = {
    "land_fraction": ("sftlf", "landfrac", "land_fraction", "land_area_fraction"),
    "ice_fraction": ("sftgif", "land_ice_area_fraction"),
    "cell_area": ("areacella", "cell_area"),
    "land_area": ("landarea", "land_area"),
}
# Soil carbon by layers, which no alias is: alone it serves every depth.
LAYERED = ("cSoilLevels", "cSoilLayers", "SOILC_vr")
ABOVE_1M = "cSoilAbove1m"
_EDGES = ("_bnds", "_bounds", "_vertices")


@dataclass
class Matched:
    """What the files of a run hold.

    Parameters
    ----------
    names : dict
        Scored variable to its names in the files, each with the series that
        hold it.
    measures : dict
        Key of a model file to the area or fraction.
    others : list of str
        What is not scored, with units.
    pools : dict
        Stocks with soil in their name, which could be parts of soil carbon.
    archives : dict
        Archive that files look like to how many do.
    """

    names: dict[str, dict[str, list[Series]]] = field(default_factory=dict)
    measures: dict[str, GridMeasure] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    pools: dict[str, list[Series]] = field(default_factory=dict)
    archives: dict[str, int] = field(default_factory=dict)


def scored_names(one: Series) -> dict[str, str]:
    """Return the variables of files that are scored, as they are called there.

    Parameters
    ----------
    one : Series
        Files.

    Returns
    -------
    dict of str to str
        To their short names.
    """
    found = ((name, meaning(name, about)) for name, about in one.variables.items())
    return {name: variable.name for name, variable in found if variable is not None}


def meaning(name: str, held: Held) -> Variable | None:
    """Return the scored variable that a variable of a file is.

    Parameters
    ----------
    name : str
        In the file.
    held : Held
        Its attributes.

    Returns
    -------
    Variable or None

    Examples
    --------
    >>> meaning("nbp", Held(("time", "lat", "lon"), {})).name
    'nbe'
    """
    if name.endswith(_EDGES) or len(held.dims) == 1:
        return None
    if name in LAYERED:
        return VARIABLES["cSoil"]
    standard = held.attrs.get("standard_name") or None
    by_name = [v for v in VARIABLES.values() if name in (*v.aliases, *v.negated)]
    by_standard = [v for v in VARIABLES.values() if standard == v.standard_name]
    return next(iter((*by_name, *by_standard)), None)


def match(series: Iterable[Series]) -> Matched:
    """Sort the variables of the files of a run.

    Parameters
    ----------
    series : iterable of Series
        Its files.

    Returns
    -------
    Matched
    """
    found = Matched()
    for one in series:
        if one.kind == "sites":
            # No map: `open_source` refuses them for now.
            continue
        archive = recognise(one.attrs, _told(one), one.name)
        if archive:
            count = found.archives.get(archive, 0)
            found.archives[archive] = count + len(one.places)
        for name, held in one.variables.items():
            _sort(name, held, one, found)
    return found


def candidates(names: dict[str, list[Series]]) -> list[str]:
    """Return the names of one variable, the one to prefer first.

    Parameters
    ----------
    names : dict
        Name to the files that hold it.

    Returns
    -------
    list of str

    Examples
    --------
    >>> candidates({"cSoilAbove1m": [], "cSoil": [], "cSoilLevels": []})
    ['cSoilLevels', 'cSoil', 'cSoilAbove1m']
    """

    def order(name: str) -> tuple[bool, bool]:
        return name not in LAYERED, name == ABOVE_1M

    return sorted(names, key=order)


def _told(one: Series) -> list[str]:
    """Return names of variables; of a table also that of its file."""
    stem = [one.name.split(".")[0]] if one.kind == "text_cells" else []
    return [*stem, *one.variables]


def _sort(name: str, held: Held, one: Series, found: Matched) -> None:
    units = str(held.attrs.get("units", "")).strip()
    for key, names in MEASURES.items():
        if name in names or held.attrs.get("standard_name") in names:
            files = (str(one.places[0]),)
            measure = GridMeasure(files, name, None if units else _usual(key))
            # A file of its own is surer than a copy beside some variable.
            if key not in found.measures or len(one.variables) < 3:
                found.measures[key] = measure
            return
    variable = meaning(name, held)
    if variable is not None:
        found.names.setdefault(variable.name, {}).setdefault(name, []).append(one)
        return
    if one.kind not in GRIDDED:
        return
    if len(held.dims) < 2 or name.endswith(_EDGES):
        return
    if _is_soil_stock(name, held, units):
        found.pools.setdefault(name, []).append(one)
    found.others.append(f"{name} [{units or 'no units'}]")


def _usual(key: str) -> str:
    return "1" if key.endswith("fraction") else "m2"


def _is_soil_stock(name: str, held: Held, units: str) -> bool:
    """Whether a variable is soil carbon per area, or per layer, by what it says."""
    text = f"{name} {held.attrs.get('long_name', '')}".lower()
    carbon = "carbon" in text or "c" in units.split()[0:1] or "gC" in units
    layered = any(dim.lower() in SOIL_DIMENSIONS for dim in held.dims)
    per_area = "m-2" in units or "m^2" in units or "m2" in units
    rate = any(word in units for word in ("s-1", "day", "yr", "month", "/s"))
    return "soil" in text and carbon and (per_area or layered) and not rate
