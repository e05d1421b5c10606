"""What has arrived of a file, beside a note of which state of it that is."""

import json
from pathlib import Path

from benchmark.atomic import write_text


class Part:
    """What has arrived of a file, and which state of the file it is of.

    Parameters
    ----------
    path : Path
        Of the part; the note lies beside it.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.about = path, path.with_name(f"{path.name}.json")

    def size(self) -> int:
        """Return the bytes that have arrived."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def validator(self, url: str) -> str | None:
        """Return what tells that the file is still the same; None: start anew."""
        try:
            held = json.loads(self.about.read_text(encoding="utf-8"))
            return str(held["validator"]) if held["url"] == url else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def start(self, url: str, validator: str) -> None:
        """Note which state of a file arrives from now on."""
        write_text(self.about, json.dumps({"url": url, "validator": validator}))

    def remove(self) -> None:
        """Remove all of it."""
        self.path.unlink(missing_ok=True)
        self.about.unlink(missing_ok=True)
