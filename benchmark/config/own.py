"""Where references that a user fetched or added are kept."""

import os
from pathlib import Path

from benchmark.errors import ConfigError

VARIABLE = "PERMABENCH_DATA"


def data_folder() -> Path | None:
    """Return the folder of the user's data, None if there is to be none.

    Returns
    -------
    Path or None
        ``PERMABENCH_DATA`` if that is set (empty: none), else the folder that
        the system has for the data of programs. It may not exist yet.

    Examples
    --------
    >>> from unittest.mock import patch
    >>> with patch.dict("os.environ", {"PERMABENCH_DATA": "/data/mine"}):
    ...     print(data_folder().as_posix())
    /data/mine
    """
    chosen = os.environ.get(VARIABLE)
    if chosen is not None:
        return Path(chosen).expanduser().absolute() if chosen.strip() else None
    from platformdirs import user_data_path

    return user_data_path("permabench", appauthor=False)


def own_folder() -> Path:
    """Return the folder of the user's references, one folder for each.

    Returns
    -------
    Path

    Raises
    ------
    ConfigError
        If the user wants none.
    """
    folder = data_folder()
    if folder is None:
        msg = (
            f"{VARIABLE} is empty, so that no folder is there for references of your "
            f"own; set it to a folder: export {VARIABLE}=FOLDER."
        )
        raise ConfigError([msg])
    return folder / "references"


def own_names() -> dict[str, Path]:
    """Return the descriptors that a user fetched or added, name to path.

    Returns
    -------
    dict of str to Path

    Raises
    ------
    ConfigError
        If two of them have one name.
    """
    folder = data_folder()
    if folder is None:
        return {}
    found: dict[str, Path] = {}
    problems = []
    for path in sorted((folder / "references").glob("*/*.yaml")):
        if path.stem in found:
            problems.append(repeated(path.stem, found[path.stem], path))
        found[path.stem] = path
    if problems:
        raise ConfigError(problems)
    return found


def repeated(name: str, first: Path, second: Path) -> str:
    """Return the message for a name that stands for two references."""
    return (
        f"reference '{name}' is there twice, {first} and {second}: a name has to stand "
        "for one. Remove the folder of the second, or add it anew under another "
        "'--name'."
    )
