"""What ships or was added: models, references and suites, by name.

A file's stem is its name, so that looking one up reads no other.
"""

from difflib import get_close_matches
from glob import escape, glob
from os.path import expanduser, isfile, join
from pathlib import Path

from benchmark.config.own import own_names, repeated
from benchmark.errors import ConfigError
from benchmark.shipped import folder as shipped_folder


def model_names() -> dict[str, Path]:
    """Return the model configurations that ship, name to path."""
    return _stems(shipped_folder("model_configs"), "*.yaml")


def shipped_references() -> dict[str, Path]:
    """Return the references that ship, name to path."""
    found = _stems(shipped_folder("references"), "*/*.yaml")
    folders = ("regions", "catalogue")
    return {n: path for n, path in found.items() if path.parent.name not in folders}


def reference_names() -> dict[str, Path]:
    """Return the references that ship, and those the user fetched or added.

    Returns
    -------
    dict of str to Path

    Raises
    ------
    ConfigError
        If a name stands for two of them.
    """
    found, own = shipped_references(), own_names()
    twice = sorted(found.keys() & own.keys())
    if twice:
        raise ConfigError([repeated(name, found[name], own[name]) for name in twice])
    return {**found, **own}


def product_names() -> dict[str, Path]:
    """Return the public products of the catalogue, name to path."""
    return _stems(shipped_folder("references") / "catalogue", "*.yaml")


def suite_names() -> dict[str, Path]:
    """Return the suites that ship, name to path."""
    return _stems(shipped_folder("model_configs") / "suites", "*.yaml")


def archive_names() -> dict[str, Path]:
    """Return the archives that ship, name to path."""
    return _stems(shipped_folder("model_configs") / "archives", "*.yaml")


def find_paths(
    text: str, known: dict[str, Path], folder: Path, kind: str
) -> list[Path]:
    """Return the files that a name, a path or a glob stands for.

    Parameters
    ----------
    text : str
        What the user wrote.
    known : dict
        What ships, name to path.
    folder : Path
        The folder that relative paths start from.
    kind : str
        ``model``, ``reference``, ``suite`` or ``archive``, for the message.

    Returns
    -------
    list of Path
        At least one.

    Raises
    ------
    ConfigError
        If nothing is found.
    """
    if text in known:
        return [known[text]]
    candidate = folder / expanduser(text)
    if isfile(candidate):
        return [candidate]
    if any(sign in text for sign in "*?["):
        matches = [Path(found) for found in sorted(_glob(expanduser(text), folder))]
        if matches:
            return matches
        msg = f"{kind} '{text}': the glob matches no file under {folder}."
        raise ConfigError([msg])
    near = get_close_matches(text, known, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    msg = (
        f"{kind} '{text}' is neither a name that ships nor a file ({candidate})."
        f"{hint} Known names: {', '.join(sorted(known))}."
    )
    raise ConfigError([msg])


def _glob(pattern: str, folder: Path) -> list[str]:
    return glob(join(escape(str(folder)), pattern), recursive=True)


def _stems(folder: Path, pattern: str) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob(pattern))}
