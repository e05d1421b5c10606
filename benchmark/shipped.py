"""The folders that ship beside the code: references, model_configs, templates."""

from importlib.resources import files
from pathlib import Path


def folder(name: str) -> Path:
    """Return a folder that ships.

    They are installed inside the package. In a clone they stand beside it, and
    a program that starts in the clone imports the package from there.

    Parameters
    ----------
    name : {"references", "model_configs", "templates"}
        Which folder.

    Returns
    -------
    Path

    Examples
    --------
    >>> (folder("references") / "regions" / "global.yaml").is_file()
    True
    """
    try:
        return Path(str(files(f"benchmark.{name}")))
    except ModuleNotFoundError:
        return Path(__file__).parents[1] / name
