"""What an entry for a region may refer to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmark.regions.region_set import Region, Regions


@dataclass(frozen=True)
class Scope:
    """What an entry may refer to.

    Parameters
    ----------
    where : str
        What the entry is part of, for messages.
    folder : Path
        What paths of files are relative to.
    open_text : callable
        Opens a built-in set, a region of one, or a file in a folder.
    known : mapping of str to Region
        Regions that can be named by their id alone.
    """

    where: str
    folder: Path
    open_text: Callable[[str, Path], Regions]
    known: Mapping[str, Region] = field(default_factory=dict)
