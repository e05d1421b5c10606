"""The folder of a report: whether it can be written, and may be."""

import json
from pathlib import Path
from tempfile import TemporaryFile

from benchmark.errors import ConfigError


def prepare_folder(folder: Path) -> None:
    """Make the folder of a report and try to write into it.

    Parameters
    ----------
    folder : Path
        Made if it does not exist.

    Raises
    ------
    ConfigError
        If it cannot be written, or holds the pages of something else.
    """
    if _is_foreign(folder):
        msg = (
            f"{folder}: holds an index.html that is no report of permabench (there is "
            "no manifest.json of one). Use -o FOLDER."
        )
        raise ConfigError([msg])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except FileExistsError as error:
        msg = f"{folder}: is a file; expected a folder. Use -o FOLDER."
        raise ConfigError([msg]) from error
    except OSError as error:
        raise ConfigError([unwritable(folder, error)]) from error


def unwritable(folder: Path, error: OSError) -> str:
    """Return the message for a folder that cannot be written."""
    reason = (error.strerror or str(error)).lower()
    return f"{folder}: cannot be written ({reason}). Use -o FOLDER."


def _is_foreign(folder: Path) -> bool:
    try:
        if not (folder / "index.html").exists():
            return False
        text = (folder / "manifest.json").read_text(encoding="utf-8")
        manifest = json.loads(text)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        # One that cannot be looked into is refused by the attempt to write.
        return (folder / "manifest.json").exists()
    return not (isinstance(manifest, dict) and "permabench" in manifest)
