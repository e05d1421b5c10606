"""Write files so that a reader never meets half of one."""

from pathlib import Path
from tempfile import NamedTemporaryFile


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file under a temporary name, then rename it.

    Parameters
    ----------
    path : Path
        Where to write; missing folders are made.
    content : bytes
        What to write.

    Returns
    -------
    Path
        `path`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False, suffix=".part") as part:
        written = Path(part.name)
    try:
        written.write_bytes(content)
        # Temporary files are private; a report is meant to be shared.
        written.chmod(0o644)
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    return path


def write_text(path: Path, text: str) -> Path:
    """Write a text file in UTF-8 under a temporary name, then rename it.

    Parameters
    ----------
    path : Path
        Where to write; missing folders are made.
    text : str
        What to write.

    Returns
    -------
    Path
        `path`.
    """
    return write_bytes(path, text.encode("utf-8", errors="replace"))
