"""A descriptor for a data file that has none: what it says, and what is missing."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from benchmark.config.values import is_text
from benchmark.errors import ConfigError
from benchmark.harmonise.variable import Variable
from benchmark.harmonise.variables import SCORED, VARIABLES
from benchmark.products.keys import UNKNOWN
from benchmark.products.product import Product

if TYPE_CHECKING:
    from benchmark.inspecting.sources import Held

# What to write on the command line for what is missing, and what else may stand there.
_OPTIONS = {
    "units": ("--units 'g m-2 yr-1'", ", or what they are"),
    "mass_basis": ("--mass-basis C", " (or CO2, or CH4)"),
    "area_basis": ("--area-basis land", " (or cell, or wetland)"),
    "sign": ("--sign up", " (or down: positive into the land)"),
    "depth": ("--depth 0 1", " (top and bottom in metres) or '--full-column'"),
}
_ABOUT = ("title", "licence", "citation", "doi", "measures", "leaves_out", "grade")


def needed_keys(variable: Variable) -> dict[str, str]:
    """Return the keys under 'data:' that nobody may guess, each with a line to write.

    Parameters
    ----------
    variable : Variable
        What the data are of.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> list(needed_keys(VARIABLES["nee"]))
    ['units', 'mass_basis', 'area_basis', 'sign']
    """
    needed = {"units": f"units: {variable.report_units}"}
    if variable.units.startswith("kg m-2"):
        needed["mass_basis"] = f"mass_basis: {variable.mass_basis}"
        needed["area_basis"] = "area_basis: land"
    if variable.positive != "none" and not variable.never_negative:
        needed["sign"] = "sign: up"
    if variable.name == "cSoil":
        needed["depth"] = "depth: [0, 1.0]"
    return needed


def draft(
    path: Path, given: Mapping[str, Any], product: Product | None = None
) -> dict[str, Any]:
    """Return a descriptor for a data file.

    Parameters
    ----------
    path : Path
        NetCDF, or a CSV of regions or sites.
    given : mapping
        What the user says: ``name``, ``variable``, ``inside``, ``title``,
        ``regions``, and keys of ``data:``.
    product : Product, optional
        What it is a file of; it gives what the user and the file do not say.

    Returns
    -------
    dict
        As its YAML is read.

    Raises
    ------
    ConfigError
        With a line for all that is missing, and the draft to complete.
    """
    table = path.suffix.lower() in (".csv", ".tsv", ".txt")
    kind, held = _columns(path) if table else ("field", _held(path))
    name, variable = _variable(path, held, given, product)
    data = {"files": path.name, "name": name} if kind != "regional" else {}
    data |= {"files": path.name, **_known(product, variable.name, name)}
    attrs = held[name].attrs if name in held else {}
    if is_text(attrs.get("units")) and not is_text(given.get("units")):
        # The file's own word for its units comes before that of a catalogue.
        data.pop("units", None)
    data |= {key: given[key] for key in needed_keys(variable) if given.get(key)}
    if kind == "field" and "time" not in (held[name].dims if name in held else ()):
        data["static"] = True
    entry = {
        "reference": given.get("name") or path.stem,
        "title": given.get("title") or (product.title if product else path.name),
        "variable": variable.name,
        "kind": kind,
        **_about(product),
        "regions": given.get("regions"),
        "data": data,
        "scoring": {
            "metrics": _metrics(kind, variable),
            "source": "the metrics' own scales",
        },
    }
    entry = {key: value for key, value in entry.items() if value is not None}
    _refuse(path, entry, _missing(variable, data, attrs))
    return entry


def text_of(entry: Mapping[str, Any]) -> str:
    """Return a descriptor as YAML."""
    return yaml.safe_dump(dict(entry), sort_keys=False, allow_unicode=True, width=88)


def _held(path: Path) -> dict[str, "Held"]:
    from benchmark.inspecting.sources import Held
    from benchmark.readers.headers import open_netcdf_header
    from benchmark.readers.paths import check_is_netcdf

    check_is_netcdf(path)
    with open_netcdf_header(path) as data:
        return {
            str(name): Held(tuple(map(str, array.dims)), dict(array.attrs))
            for name, array in data.data_vars.items()
        }


def _columns(path: Path) -> tuple[str, dict[str, "Held"]]:
    from benchmark.inspecting.sources import Held
    from benchmark.readers.regional_table import read_texts

    columns = [str(column) for column in read_texts(path).columns]
    if {"site", "lat", "lon"} <= set(columns):
        kind = "sites"
    elif {"region", "value"} <= set(columns):
        kind = "regional"
    else:
        msg = (
            f"{path}: has the columns {', '.join(columns)}; expected region and value, "
            "or site, lat, lon and one with values."
        )
        raise ConfigError([msg])
    return kind, {column: Held(("row", "column"), {}) for column in columns}


def _variable(
    path: Path,
    held: Mapping[str, "Held"],
    given: Mapping[str, Any],
    product: Product | None,
) -> tuple[str, Variable]:
    """Return the name in the file and what it is; several are never chosen from."""
    from benchmark.inspecting.matching import meaning

    found = {name: meaning(name, about) for name, about in held.items()}
    if product is not None:
        known = {v.get("name"): v["variable"] for v in product.variables}
        found |= {n: VARIABLES.get(known[n]) for n in held if n in known}
    wanted = given.get("variable")
    if wanted is not None and wanted not in SCORED:
        msg = f"--variable {wanted}: is unknown; expected one of {', '.join(SCORED)}."
        raise ConfigError([msg])
    fits = {n: v for n, v in found.items() if v is not None and v.name in SCORED}
    if wanted:
        fits = {n: v for n, v in fits.items() if v.name == wanted}
    inside = given.get("inside")
    if inside is not None:
        if inside not in held:
            msg = f"{path}: has no '{inside}'; found {', '.join(held)}."
            raise ConfigError([msg])
        fits = {n: v for n, v in fits.items() if n == inside}
        if wanted and not fits:
            return inside, VARIABLES[wanted]
    if wanted and not fits and "value" in held:
        return "value", VARIABLES[wanted]
    if len(fits) != 1:
        told = ", ".join(f"{n} ({v.name})" for n, v in fits.items()) or "none"
        msg = (
            f"{path}: which variable is meant? Of {', '.join(held)} these could be "
            f"scored: {told}. Write '--variable NAME' (one of {', '.join(SCORED)}) and "
            "'--inside NAME' (its name in the file)."
        )
        raise ConfigError([msg])
    ((name, variable),) = fits.items()
    return name, variable


def _known(product: Product | None, variable: str, name: str) -> dict[str, Any]:
    """Return what the catalogue says of the variable, and is confirmed."""
    if product is None:
        return {}
    for entry in product.variables:
        if entry["variable"] == variable and entry.get("name") in (None, name):
            keys = ("units", "sign", "mass_basis", "area_basis")
            return {
                key: entry[key]
                for key in keys
                if entry.get(key) not in (None, UNKNOWN)
                and key not in product.unconfirmed
            }
    return {}


def _about(product: Product | None) -> dict[str, Any]:
    if product is None:
        return {}
    about = dict(product.about)
    about["doi"] = about["doi_data"]
    if about["doi"] == UNKNOWN:
        about["doi"] = about["doi_paper"]
    entry = {key: about[key] for key in _ABOUT if key != "title"}
    return {**entry, "unconfirmed": list(product.unconfirmed)}


def _metrics(kind: str, variable: Variable) -> list[str]:
    """Return metrics that need no number of the user."""
    from benchmark.metrics import metrics

    if kind != "field":
        fits = kind == "sites" and "sites" in metrics.get("bias").kinds
        return ["bias"] if fits else []
    plain = ["bias", "ilamb_bias", "spatial_distribution"]
    return plain if variable.is_stock else [*plain, "rmse", "seasonal_phase"]


def _missing(
    variable: Variable, data: Mapping[str, Any], attrs: Mapping[str, object]
) -> list[str]:
    from benchmark.harmonise.cell_methods import stated_basis
    from benchmark.harmonise.unit_text import clean

    told = {key for key, value in data.items() if value is not None}
    units = str(data.get("units") or attrs.get("units") or "").strip()
    if units:
        told.add("units")
    if units and clean(units)[1]:
        told.add("mass_basis")
    # Of a stock of carbon the mass is that of carbon, as of gross fluxes.
    if variable.mass_basis == "C" and (variable.is_stock or variable.never_negative):
        told.add("mass_basis")
    if stated_basis(str(attrs.get("cell_methods", ""))):
        told.add("area_basis")
    return [line for key, line in needed_keys(variable).items() if key not in told]


def _refuse(path: Path, entry: dict[str, Any], missing: list[str]) -> None:
    """Raise what is missing, with a descriptor that has a line for it."""
    problems = []
    for line in missing:
        key = line.partition(":")[0]
        option, others = _OPTIONS[key]
        problems.append(
            f"{path}: nothing says '{key}:'; write '{option}'{others}, or '{line}' "
            "under 'data:' of a descriptor."
        )
    if not entry["scoring"]["metrics"]:
        problems.append(
            f"{path}: which metrics? Those of tables need a 'tolerance:' and a 'scale:' "
            "of your own; write a descriptor (references/README.md has one) and add it."
        )
    if problems:
        raise ConfigError(problems)
