"""Whether a region can be assessed: on the grid, with data, with enough of it."""

from dataclasses import dataclass

import numpy as np

from benchmark.regions import Region

# A region is assessed if at least this share of it is on the grid, and if the
# data cover this share of its land. The science brief asks for 90 %; land of
# coarse grids differs by a few per cent from the true one, hence 80 %.
MINIMUM_EXTENT = 0.9
MINIMUM_COVERAGE = 0.8

# A map of less than half of a region is not scored as that region.
MINIMUM_SHARE = 0.5


@dataclass(frozen=True)
class RegionState:
    """Status of a region for one pair: empty if it can be scored.

    A message without a status is a remark on what is scored.
    """

    coverage: float
    status: str = ""
    message: str = ""
    period: str = ""


def regional_state(
    region: Region,
    *,
    extent: float,
    shape_area: float,
    valid_area: float,
    reference_area: float = float("nan"),
) -> RegionState:
    """Return whether the regional mean of a field can be assessed.

    Parameters
    ----------
    region : Region
        Its land area, where known.
    extent : float
        Area of the region's shape that lies on the grid, m2.
    shape_area : float
        Area of the region's shape, m2.
    valid_area : float
        Land area with values, m2.
    reference_area : float
        Area that the reference's number stands for, m2; NaN if not stated.

    Returns
    -------
    RegionState
    """
    share = extent / shape_area if shape_area > 0 else 0.0
    if share == 0.0:
        return RegionState(
            0.0, "not_assessed", "the region is outside the model's grid"
        )
    land = region.land_area_Mkm2
    coverage = valid_area / (land * 1e12) if land else float("nan")
    if share < MINIMUM_EXTENT:
        msg = f"only {share:.0%} of the region is on the model's grid"
        return RegionState(min(coverage, share), "not_assessed", msg)
    if valid_area == 0.0:
        msg = (
            f"no value in region '{region.id}', which the grid covers; expected data "
            "there. Check the mask, or leave the region out"
        )
        return RegionState(0.0, "failed", msg)
    if coverage < MINIMUM_COVERAGE:
        msg = f"the model has values on only {coverage:.0%} of the region's land"
        return RegionState(coverage, "not_assessed", msg)
    if land and reference_area < MINIMUM_COVERAGE * land * 1e12:
        share = reference_area / (land * 1e12)
        msg = f"the reference stands for only {share:.0%} of the region's land"
        return RegionState(min(coverage, 1.0), "not_assessed", msg)
    return RegionState(min(coverage, 1.0) if np.isfinite(coverage) else coverage)


def map_state(
    region: Region,
    *,
    shared: float,
    reference: float,
    model: float,
    on_grids: tuple[bool, bool],
) -> RegionState:
    """Return whether a region of a pair of maps can be assessed.

    Parameters
    ----------
    region : Region
        Its land area, where known.
    shared, reference, model : float
        Land area in the region with both, with reference and with model
        values, m2.
    on_grids : tuple of bool
        Whether the region touches the grid of the model, of the reference.

    Returns
    -------
    RegionState
    """
    for who, on_grid in zip(("model", "reference"), on_grids, strict=True):
        if not on_grid:
            msg = f"the region is outside the {who}'s grid"
            return RegionState(0.0, "not_assessed", msg)
    if shared == 0.0:
        missing = " and ".join(
            who
            for who, area in (("model", model), ("reference", reference))
            if area == 0.0
        )
        found = (
            f"no value of the {missing}" if missing else "no cell with values of both"
        )
        msg = (
            f"{found} in region '{region.id}', which both grids cover; expected data "
            "there. Check the masks, or leave the region out"
        )
        return RegionState(0.0, "no_overlap", msg)
    coverage = min(shared / reference, 1.0)
    remarks = []
    if coverage < MINIMUM_COVERAGE:
        # Scored on the shared cells, as maps are; totals of them mean little.
        remarks.append(
            f"both have values on only {coverage:.0%} of the reference's land there"
        )
    if region.land_area_Mkm2:
        share = min(reference / (region.land_area_Mkm2 * 1e12), 1.0)
        if share < MINIMUM_SHARE:
            msg = f"the reference has values on only {share:.0%} of the region's land"
            return RegionState(share, "not_assessed", msg)
        if share < MINIMUM_COVERAGE:
            remarks.append(f"the reference has {share:.0%} of the region's land")
        coverage *= share
    return RegionState(coverage, message="; ".join(remarks))
