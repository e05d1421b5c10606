"""Find the files that ship with the package."""

from importlib.resources.abc import Traversable

from benchmark.shipped import folder


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
    return folder("references").joinpath(*parts)
