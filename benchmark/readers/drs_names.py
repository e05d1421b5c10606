"""What the file names of CMIP6, CMIP5, ISIMIP and TRENDY say."""

import re
from pathlib import Path

_MEMBER6 = r"(?P<member_id>(s\d{4}-)?r\d+i\d+p\d+f\d+)"
_TIMES = r"(_(?P<time_range>\d{4,14}(-\d{4,14})?(-clim)?))?"
_WORD = r"[A-Za-z0-9-]+"
_STEP = r"(?P<table_id>daily|monthly|annual|yearly|fixed)"

_NAMES = tuple(
    re.compile(f"^{pattern}$")
    for pattern in (
        # gpp_Lmon_CanESM5_historical_r1i1p1f1_gn_185001-201412
        rf"(?P<variable_id>{_WORD})_(?P<table_id>{_WORD})_(?P<source_id>{_WORD})_"
        rf"(?P<experiment_id>{_WORD})_{_MEMBER6}_(?P<grid_label>g[a-z0-9]+){_TIMES}",
        # rh_Lmon_HadGEM2-ES_historical_r1i1p1_185912-188411
        rf"(?P<variable_id>{_WORD})_(?P<table_id>{_WORD})_(?P<source_id>{_WORD})_"
        rf"(?P<experiment_id>{_WORD})_(?P<member_id>r\d+i\d+p\d+){_TIMES}",
        # lpjml_gfdl-esm4_w5e5_historical_2015soc_default_gpp_global_monthly_1850_2014
        rf"(?P<source_id>{_WORD})_(?P<forcing>{_WORD})_(?P<experiment_id>\S+)_"
        rf"(?P<variable_id>{_WORD})_(?P<grid_label>global|[a-z-]+)_{_STEP}_"
        r"(?P<time_range>\d{4}_\d{4})",
        # JULES_S3_nbp, ISBA-CTRIP_S3_gpp_monthly
        rf"(?P<source_id>\S+?)_(?P<experiment_id>S\d)_(?P<variable_id>{_WORD})"
        rf"(_{_STEP})?",
    )
)
_VERSION = re.compile(r"^v?\d{1,8}$|^latest$")
_SUFFIXES = (".nc", ".nc4")


def facets_of(path: Path) -> dict[str, str]:
    """Return what the name of a file says, and the version that its folder is.

    Parameters
    ----------
    path : Path
        A NetCDF file.

    Returns
    -------
    dict
        Facets by their CMIP6 names; empty if the name follows no archive.

    Examples
    --------
    >>> facets = facets_of(Path("JULES_S3_nbp.nc"))
    >>> facets["source_id"], facets["experiment_id"], facets["variable_id"]
    ('JULES', 'S3', 'nbp')
    """
    if path.suffix not in _SUFFIXES:
        return {}
    for name in _NAMES:
        found = name.match(path.stem)
        if found:
            facets = {key: text for key, text in found.groupdict().items() if text}
            folder = path.parent.name
            if _VERSION.match(folder):
                facets["version"] = folder
            return facets
    return {}
