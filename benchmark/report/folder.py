"""A folder that may have an earlier report, or somebody else's pages."""

import json
import re
from collections.abc import Collection
from pathlib import Path

# Every page has it (base.html), so that nobody else's page is removed.
MARK = '<meta name="generator" content="permabench">'
FIGURE = re.compile(
    r"(map|cycle|regions?|annual|scatter|relationship|models|ensemble)-.+"
    r"\.(svg|png|webp|csv)"
)
PAGES = ("models/*.html", "regions/*.html", "benchmarks/*.html", "benchmarks/*/*.html")


def check_folder(folder: Path) -> None:
    """Refuse a folder whose ``index.html`` is not of an earlier report.

    Parameters
    ----------
    folder : Path
        Where a report is to be written; it need not exist.

    Raises
    ------
    FileExistsError
        If it has an ``index.html`` that no report wrote.
    """
    index = Path(folder) / "index.html"
    if index.exists() and not _is_ours(index):
        msg = (
            f"{index}: not written by permabench, so it is not replaced; "
            "name another folder for the report"
        )
        raise FileExistsError(msg)


def is_report(folder: Path) -> bool:
    """Return whether a folder has the first page and the manifest of a report."""
    index = Path(folder) / "index.html"
    return index.is_file() and _is_ours(index)


def remove_stale(folder: Path, written: Collection[Path]) -> None:
    """Remove pages and figures of an earlier report that this one has not.

    Parameters
    ----------
    folder : Path
        Top of the report.
    written : collection of Path
        Pages and figures of this report, below `folder`. Pages and figures
        that no report wrote stay.
    """
    kept = {path.resolve() for path in written}
    pages = [page for pattern in PAGES for page in folder.glob(pattern)]
    stale = [path for path in pages if path.resolve() not in kept and _marked(path)]
    stale += [
        path
        for path in folder.glob("figures/*")
        if FIGURE.fullmatch(path.name) and path.resolve() not in kept
    ]
    stale += [path for path in (folder / "report.html",) if _has_mark(path)]
    changes = folder / "changes.csv"
    stale += [changes] if changes.is_file() and changes.resolve() not in kept else []
    for path in stale:
        path.unlink()
    for empty in folder.glob("benchmarks/*/"):
        if not any(empty.iterdir()):
            empty.rmdir()


def _has_mark(page: Path) -> bool:
    return page.is_file() and _marked(page)


def _marked(page: Path) -> bool:
    return MARK in page.read_text(encoding="utf-8", errors="replace")[:4000]


def _is_ours(index: Path) -> bool:
    path = index.with_name("manifest.json")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    # Web applications have a manifest.json too.
    return isinstance(manifest, dict) and ("permabench" in manifest or _marked(index))
