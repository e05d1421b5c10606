"""Find the files that ship with the package."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def shipped(*parts: str) -> Traversable:
    """Return a file or folder inside ``references``.

    Parameters
    ----------
    *parts : str
        Path inside the folder, such as ``"regions", "global.yaml"``.

    Returns
    -------
    importlib.resources.abc.Traversable
        The file, which may not exist.
    """
    try:
        root = files("benchmark.references")
    except ModuleNotFoundError:  # a checkout that is used without installing it
        root = Path(__file__).parents[2] / "references"
    return root.joinpath(*parts)
