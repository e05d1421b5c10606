"""Opens files as their writers left them: grids, stores, archives and tables."""

from benchmark.readers import (  # noqa: F401  (each registers its reader)
    auto,
    drs,
    esm_catalogue,
    region_months,
    text_cells,
)
from benchmark.readers.netcdf import open_grid
from benchmark.readers.opening import open_reference_source, open_source
from benchmark.readers.paths import expand
from benchmark.readers.regional_table import open_regional_table, table_columns
from benchmark.readers.registry import readers
from benchmark.readers.sites import open_sites

__all__ = [
    "expand",
    "open_grid",
    "open_reference_source",
    "open_regional_table",
    "open_sites",
    "open_source",
    "readers",
    "table_columns",
]
