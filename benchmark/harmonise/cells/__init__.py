"""The cells of a file's grid, whatever kind of grid it is."""
