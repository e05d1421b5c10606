"""Opens files as their writers left them: grids from NetCDF, tables from CSV."""

from benchmark.readers.netcdf import open_grid
from benchmark.readers.paths import expand
from benchmark.readers.regional_table import open_regional_table, table_columns
from benchmark.readers.registry import readers

__all__ = ["expand", "open_grid", "open_regional_table", "readers", "table_columns"]
