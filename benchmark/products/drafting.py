"""A descriptor for a data file that has none: what it says, and what is missing."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmark.config.values import is_text
from benchmark.errors import ConfigError
from benchmark.harmonise.variable import Variable
from benchmark.products.contents import columns_of, variables_of, which_variable
from benchmark.products.keys import UNKNOWN
from benchmark.products.product import Product

# What to write on the command line for what is missing, and what else may stand there.
_OPTIONS = {
    "units": ("--units 'g m-2 yr-1'", ", or what they are"),
    "mass_basis": ("--mass-basis C", " (or CO2, or CH4)"),
    "area_basis": ("--area-basis land", " (or cell, or wetland)"),
    "sign": ("--sign up", " (or down: positive into the land)"),
    "depth": ("--depth 0 1", " (top and bottom in metres) or '--full-column'"),
}
_ABOUT = ("licence", "citation", "measures", "leaves_out", "grade")


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
    >>> from benchmark.harmonise.variables import VARIABLES
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
    kind, held = columns_of(path) if table else ("field", variables_of(path))
    name, variable = which_variable(path, held, given, product)
    data: dict[str, Any] = {"files": path.name}
    if kind != "regional":
        data["name"] = name
    data |= _known(product, variable.name, name)
    attrs = held[name].attrs if name in held else {}
    if is_text(attrs.get("units")) and not is_text(given.get("units")):
        # The file's own word for its units comes before that of a catalogue.
        data.pop("units", None)
    stated = (*needed_keys(variable), "fill_value", "valid_min")
    data |= {key: given[key] for key in stated if given.get(key) is not None}
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
            "metrics": _metrics(kind, variable, held),
            "source": "the metrics' own scales",
        },
    }
    entry = {key: value for key, value in entry.items() if value is not None}
    _refuse(path, entry, _missing(variable, data, attrs))
    return entry


def text_of(entry: Mapping[str, Any]) -> str:
    """Return a descriptor as YAML."""
    return yaml.safe_dump(dict(entry), sort_keys=False, allow_unicode=True, width=88)


def _known(product: Product | None, variable: str, name: str) -> dict[str, Any]:
    """Return what the catalogue says of the variable, and is confirmed."""
    if product is None:
        return {}
    for entry in product.variables:
        if entry["variable"] == variable and entry.get("name") in (None, UNKNOWN, name):
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
    about = product.about
    cited = "doi_paper" if about["doi_data"] == UNKNOWN else "doi_data"
    entry = {key: about[key] for key in _ABOUT if key in about}
    # Doubts go along with what they are about, under its name in a reference.
    doubts = ["doi" if key == cited else key for key in product.unconfirmed]
    return {**entry, "doi": about[cited], "unconfirmed": doubts}


def _metrics(kind: str, variable: Variable, held: Mapping[str, object]) -> list[str]:
    """Return metrics that need no number of the user."""
    from benchmark.metrics import metrics

    if kind != "field":
        seasonal = kind == "sites" and {"month", "date"} & set(held)
        names = ("seasonal_phase", "seasonal_amplitude") if seasonal else ()
        return [name for name in names if "sites" in metrics.get(name).kinds]
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
            f"{path}: which metrics? Those of tables need a 'tolerance:' and a "
            "'scale:' of your own; write a descriptor (references/README.md has one) "
            "and add it."
        )
    if problems:
        raise ConfigError(problems)
