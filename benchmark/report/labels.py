"""The words a report uses for variables, subjects, families and states."""

import re

from benchmark.regions.site_classes import is_class

VARIABLES = {
    "nee": "net ecosystem exchange (NEE)",
    "nbe": "net biome exchange (NBE)",
    "gpp": "gross primary production (GPP)",
    "npp": "net primary production (NPP)",
    "ra": "autotrophic respiration",
    "rh": "heterotrophic respiration",
    "reco": "ecosystem respiration",
    "cSoil": "soil carbon",
    "cVeg": "vegetation carbon",
    "ch4": "methane emission (CH₄)",
    "alt": "active layer thickness",
    "pfr": "permafrost extent",
    "zero_curtain": "zero curtain in autumn",
    "tas": "air temperature",
    "tsl": "soil temperature",
    "wetlandFrac": "wetland extent",
    "wtd": "water table depth",
    "fFire": "carbon emission of fires",
}
SHORT = {
    "nee": "NEE",
    "nbe": "NBE",
    "gpp": "GPP",
    "npp": "NPP",
    "ra": "Ra",
    "rh": "Rh",
    "reco": "respiration",
    "cSoil": "soil carbon",
    "cVeg": "vegetation carbon",
    "ch4": "CH₄",
    "alt": "active layer",
    "pfr": "permafrost",
    "zero_curtain": "zero curtain",
    "tas": "air temperature",
    "tsl": "soil temperature",
    "wetlandFrac": "wetland extent",
    "wtd": "water table",
    "fFire": "fire emission",
}
SIGNED = frozenset({"nee", "nbe", "ch4"})
STOCKS = frozenset({"cSoil", "cVeg"})

SUBJECTS = {
    "nee": "Net carbon exchange",
    "productivity": "Productivity",
    "fire": "Fire",
    "respiration": "Respiration",
    "soil_carbon": "Soil carbon",
    "seasonal_cycle": "Seasonal cycle",
    "vegetation_carbon": "Vegetation carbon",
    "ch4": "Methane",
    "permafrost": "Permafrost and thaw",
    "cold_season": "Cold season",
    "relationship": "Relationships",
    "trend": "Trends",
    "": "Other",
}
FAMILIES = {
    "": "Models",
    "in_situ": "in situ",
    "upscaling": "upscaling",
    "inversion": "inversion",
    "cmip6": "CMIP6",
    "isimip": "ISIMIP",
    "mapping": "soil map",
    "mixed": "mixed",
    "process_based": "Process models",
}
GRADES = {
    "A": "gridded reference with its uncertainty, matched period",
    "B": "regional numbers from the literature, with their spread",
    "C": "a range, a threshold or a sign only",
}
# state: (symbol, name, what it means, why in a sentence)
STATES = {
    "scored": ("", "scored", "a score, 0 to 1, where 1 is best", ""),
    "not_assessed": (
        "·",
        "not assessed",
        "a score would mean nothing here",
        "where a score would mean nothing",
    ),
    "no_model_data": (
        "\N{EN DASH}",
        "no model data",
        "the model has no such output",
        "for which a model has no output",
    ),
    "no_overlap": (
        "⌀",
        "no overlap",
        "no common period or area",
        "without a common period or area",
    ),
    "failed": (
        "!",
        "failed",
        "the files could not be used",
        "whose files could not be used",
    ),
}
# What a cell without any score shows, when its rows disagree.
SEVERITY = ("failed", "no_overlap", "not_assessed", "no_model_data", "scored")
METRICS = {
    "permafrost_area": "Permafrost area",
    "permafrost_iou": "Permafrost extent (overlap)",
    "active_layer_thickness": "Active layer thickness",
    "zero_curtain_duration": "Zero curtain (days)",
    "bias": "Bias",
    "rmse": "RMSE of the cycle",
    "rmse_series": "RMSE of the series",
    "iav": "Interannual variability",
    "phase": "Month of the peak",
    "space": "Spatial distribution",
    "seasonal_phase": "Timing of the peak",
    "seasonal_amplitude": "Seasonal amplitude (ratio)",
    "interannual_variability": "Interannual variability (ratio)",
    "spatial_std_ratio": "Spatial spread (ratio)",
    "regional_mean_interval": "Regional mean, within range",
    "regional_total_interval": "Regional total, within range",
    "regional_mean": "Regional mean",
    "regional_total": "Regional total",
    "stock_total": "Total stock",
}
GROUPS = {
    "regions": "regions",
    "domain": "permafrost domain",
    "boreal_tundra": "boreal-tundra regions",
    "boreal_tundra_domain": "boreal-tundra domain",
    "global": "globe",
    "site_classes": "classes of sites",
    "other": "other regions",
}
SUFFIX = "_boreal_tundra"
NO_LIMIT = "(no permafrost limit)"
ACRONYMS = {name: name.upper() for name in ("gpp", "npp", "nee", "nbe", "gbaf", "hwsd")}
ACRONYMS |= {name: name.upper() for name in ("reccap2", "cmip6", "isimip", "soc")}
ACRONYMS |= {"ch4": "CH₄", "ncscdv22": "NCSCDv2.2", "reco": "respiration"}


def variable(id: str) -> str:
    """Return the long name of a variable, or its id.

    Examples
    --------
    >>> variable("cSoil"), variable("tsl")
    ('soil carbon', 'soil temperature')
    """
    return VARIABLES.get(id, id)


def short(id: str) -> str:
    """Return the short name of a variable, or its id."""
    return SHORT.get(id, id)


def subject(id: str) -> str:
    """Return the heading of a subject.

    Examples
    --------
    >>> subject("soil_carbon"), subject("snow_cover")
    ('Soil carbon', 'Snow cover')
    """
    return SUBJECTS.get(id, sentence(id.replace("_", " ")))


def metric(name: str) -> str:
    """Return what a metric is called in a table.

    Examples
    --------
    >>> metric("regional_mean"), metric("ilamb_bias"), metric("depth_of_thaw")
    ('Regional mean', 'Bias (ILAMB)', 'Depth of thaw')
    """
    if name.startswith("ilamb_"):
        return f"{metric(name.removeprefix('ilamb_'))} (ILAMB)"
    return METRICS.get(name) or sentence(" ".join(map(_word, name.split("_"))))


def region_group(region: str) -> str:
    """Return the group a region is scored with.

    A domain is a group of its own: a model that has nothing but the domain
    must not be compared with one that has every region.

    Examples
    --------
    >>> region_group("alaska"), region_group("alaska_boreal_tundra")
    ('regions', 'boreal_tundra')
    """
    if region in {"global", "boreal_tundra_domain"}:
        return region
    if region == "permafrost_domain":
        return "domain"
    if is_class(region):
        return "site_classes"
    return "boreal_tundra" if region.endswith(SUFFIX) else "regions"


def severity(status: str) -> int:
    """Rank a status, the gravest first; what is not known is as grave.

    Examples
    --------
    >>> sorted(["scored", "failed", "not_assessed"], key=severity)
    ['failed', 'not_assessed', 'scored']
    """
    return SEVERITY.index(status) if status in SEVERITY else 0


def unlimited(region: str) -> bool:
    """Return whether a region is of the set without a permafrost limit.

    Examples
    --------
    >>> unlimited("boreal_tundra_domain"), unlimited("permafrost_domain")
    (True, False)
    """
    return region_group(region).startswith("boreal_tundra")


def sentence(text: str) -> str:
    """Return the text with a capital first letter and nothing else changed."""
    return text[:1].upper() + text[1:]


def reference(id: str) -> str:
    """Name a reference by its id, where it brings no label of its own.

    Examples
    --------
    >>> reference("sanderman2017_0_30cm")
    'Sanderman 2017, 0 to 30 cm'
    >>> reference("gbaf_gpp")
    'GBAF GPP'
    """
    depth = re.search(r"_(\d+)_(\d+)cm$", id)
    words = (id[: depth.start()] if depth else id).split("_")
    name = sentence(" ".join(map(_word, words)))
    return f"{name}, {depth[1]} to {depth[2]} cm" if depth else name


def _word(part: str) -> str:
    if part in ACRONYMS:
        return ACRONYMS[part]
    cited = re.fullmatch(r"([a-z]+)(\d{4})", part)
    return f"{sentence(cited[1])} {cited[2]}" if cited else part
