"""A model against sites: the cell that contains each, on the months of both."""

import numpy as np

from benchmark.errors import NoOverlapError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.regrid import cells_containing
from benchmark.score.companions import in_period
from benchmark.score.site_bench import SiteBench
from benchmark.score.site_cells import (
    at_cells,
    at_sites,
    distinct,
    place_sites,
)
from benchmark.score.site_pair import (
    ever,
    paired_at_sites,
    same_time_at_sites,
)
from benchmark.score.site_scoring import score_sites
from benchmark.score.task import Lazy, Scored, Task
from benchmark.score.window import years_of


def site_task(model: Harmonised, bench: SiteBench) -> Task:
    """Return the work of scoring a field at sites.

    Parameters
    ----------
    model : Harmonised
        (time, lat, lon), (lat, lon), or on a mesh; only the cells that hold
        sites are taken of it.
    bench : SiteBench
        The rest.

    Returns
    -------
    Task

    Raises
    ------
    NoOverlapError
        If the two share no time, or no site lies on the model's grid.
    NotCoveredError
        If the sites have months and the model has none.
    """
    period = bench.reference.period
    left, right, remark = same_time_at_sites(model, bench.sites, bench.variable, period)
    cells = place_sites(right, left, bench.regions)
    if not cells.on_grid.any():
        msg = f"none of the {cells.cell.size} sites lies on the model's grid"
        raise NoOverlapError(msg)
    years = left["year"].to_numpy() if "year" in left.coords else np.array([])
    span = (int(years[0]), int(years[-1])) if years.size else None
    lazy = {"model": at_cells(left, distinct(cells.cell))}
    where = {"model": cells.cell}
    for name, other in bench.companions.model.items():
        values = in_period(other, span, is_stock=bench.variable.is_stock)
        if "region" in values.dims:
            continue
        where[name] = cells_containing(values, cells.lat, cells.lon)
        if distinct(where[name]).size:
            lazy[name] = at_cells(values, distinct(where[name]))
    known = {"period": years_of(left)} if span else {}
    maker = bench.maker.knowing(remark=remark, **known)

    def finish(computed: Lazy) -> Scored:
        held = {
            name: at_sites(values, where[name]) for name, values in computed.items()
        }
        mine = held.pop("model")
        pair = paired_at_sites(cells, mine, right, held, ever(bench.sites.field))
        return score_sites(bench, pair, maker)

    return Task(finish, lazy)
