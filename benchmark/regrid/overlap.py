"""What every regridding engine returns, and where engines are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from benchmark.plugins import Registry
from benchmark.regrid.axis import Grid

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, eq=False)
class Overlap:
    """Areas that the cells of two grids share.

    Cells are numbered in C order of (lat, lon), those of a mesh along cell.
    An engine only says which cells overlap and by how much; masks, land
    fractions and missing values are handled where the overlap is applied, so
    that they are the same for all engines.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array
        Shared areas (n_target, n_source), m2.
    source_area, target_area : numpy.ndarray
        Areas of the source (n_source,) and target (n_target,) cells, m2.
    target : xarray.Dataset
        The target's coordinates, as :func:`benchmark.regrid.grid_of`
        gives them.
    remarks : tuple of str, optional
        What a reader of the results has to know of how it was made.

    Raises
    ------
    ValueError
        If the sizes do not agree.
    """

    matrix: csr_array
    source_area: np.ndarray
    target_area: np.ndarray
    target: xr.Dataset
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the sizes against each other and the target grid."""
        cells = self.target.sizes["lat"] * self.target.sizes["lon"]
        expected = (self.target_area.size, self.source_area.size)
        if self.matrix.shape != expected or self.target_area.size != cells:
            msg = (
                f"Overlap matrix has shape {self.matrix.shape}; expected "
                f"(target cells, source cells) = {expected}, and {cells} "
                f"target cells from the target's lat x lon."
            )
            raise ValueError(msg)


Engine = Callable[[Grid, Grid], Overlap]

regridders: Registry[Engine] = Registry("permabench.regridders")
