"""Find the files that ship with the package."""

from pathlib import Path

from benchmark.shipped import folder


def shipped(*parts: str) -> Path:
    """Return a file or folder inside ``references``.

    Parameters
    ----------
    *parts : str
        Path inside the folder, such as ``"regions", "global.yaml"``.

    Returns
    -------
    Path
        The file, which may not exist.
    """
    return folder("references").joinpath(*parts)
