"""What ships: model configurations, references and suites, by name.

A file's stem is its name, so that looking one up reads no other.
"""

from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from benchmark.errors import ConfigError


def model_names() -> dict[str, Path]:
    """Return the model configurations that ship, name to path."""
    return _stems(Path(str(files("benchmark.model_configs"))), "*.yaml")


def reference_names() -> dict[str, Path]:
    """Return the references that ship, name to path."""
    folder = Path(str(files("benchmark.references")))
    found = _stems(folder, "*/*.yaml")
    return {name: path for name, path in found.items() if path.parent.name != "regions"}


def suite_names() -> dict[str, Path]:
    """Return the suites that ship, name to path."""
    return _stems(Path(str(files("benchmark.model_configs"))) / "suites", "*.yaml")


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
        ``model``, ``reference`` or ``suite``, for the message.

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
    path = Path(text).expanduser()
    if any(sign in text for sign in "*?["):
        base = path.parent if path.is_absolute() else folder / path.parent
        matches = sorted(base.glob(path.name))
        if matches:
            return matches
        msg = f"{kind} '{text}': the glob matches no file under {base}."
        raise ConfigError([msg])
    candidate = path if path.is_absolute() else folder / path
    if candidate.is_file():
        return [candidate]
    near = get_close_matches(text, known, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    msg = (
        f"{kind} '{text}' is neither a name that ships nor a file ({candidate})."
        f"{hint} Known names: {', '.join(sorted(known))}."
    )
    raise ConfigError([msg])


def _stems(folder: Path, pattern: str) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob(pattern))}
