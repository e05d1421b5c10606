"""What the region sets that ship are called and have, without their shapes."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from benchmark.regions.shipped import shipped


def region_set_names() -> list[str]:
    """Return the names of the built-in region sets.

    Examples
    --------
    >>> "treat2024_permafrost" in region_set_names()
    True
    """
    return sorted(path.stem for path in shipped("regions").glob("*.yaml"))


def set_path(name: str) -> Path:
    """Return the descriptor of a built-in region set.

    Parameters
    ----------
    name : str
        One of `region_set_names`.

    Returns
    -------
    Path
    """
    return shipped("regions", f"{name}.yaml")


@cache
def set_descriptor(name: str) -> Mapping[str, Any]:
    """Read the descriptor of a built-in region set, but not its shapes.

    Parameters
    ----------
    name : str
        One of `region_set_names`.

    Returns
    -------
    mapping
        As the YAML has it; not to be changed.

    Examples
    --------
    >>> set_descriptor("global")["name"]
    'The whole Earth'
    """
    import yaml

    content: Mapping[str, Any] = yaml.safe_load(
        set_path(name).read_text(encoding="utf-8")
    )
    return content


def set_ids(name: str) -> list[str]:
    """Return the ids of the regions of a built-in set.

    Parameters
    ----------
    name : str
        One of `region_set_names`.

    Returns
    -------
    list of str

    Examples
    --------
    >>> set_ids("global")
    ['global']
    """
    return [str(entry["id"]) for entry in set_descriptor(name)["regions"]]
