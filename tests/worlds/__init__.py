"""Worlds whose answers are known: files as models write them, and what is in them.

A `World` is a few regions on a grid, in a calendar, with a `Cycle` for each
variable, perhaps `Soil` and `Ground`. `World.write` writes NetCDF files and the
model's YAML; `World.reference` the descriptor of a reference. What a metric has
to find is computed here by plain sums over cells and months, never with the
package, and in its canonical units (kg m-2 s-1, kg m-2, K, m):

    from worlds import Cycle, World, regular

    world = World({"nee": Cycle(mean=-20.0, amplitude=400.0, peak=20.0)})
    later = world.shifted("nee", days=30)
    path = later.write(tmp_path, "later", units={"nee": "g C m-2 d-1"})
    world.mean("nee"), world.climatology("nee"), world.share("nee", (10, 11, 12))
"""

from worlds.answers import report_factor
from worlds.cycles import Calendar, Cycle
from worlds.grids import BOXES, Grid, mesh, regular
from worlds.soil import Ground, Soil
from worlds.towers import Tower, measured, write_sites
from worlds.world import World

__all__ = [
    "BOXES",
    "Calendar",
    "Cycle",
    "Grid",
    "Ground",
    "Soil",
    "Tower",
    "World",
    "measured",
    "mesh",
    "regular",
    "report_factor",
    "write_sites",
]
