"""Prints what is found, and writes the configuration of each model."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmark.atomic import write_text
from benchmark.errors import ConfigError, InputError
from benchmark.inspecting.draft import Draft
from benchmark.inspecting.inspection import inspect_files
from benchmark.report.slugs import slugs


def inspect_and_write(
    paths: Iterable[str], *, name: str, output: Path | None, quick: bool, every: bool
) -> Iterator[str]:
    """Yield what to print about some files; write what they suggest.

    Parameters
    ----------
    paths : iterable of str
        Files, globs, folders or addresses.
    name : str
        Of the model, where the files do not say it.
    output : Path or None
        Where to write; the configuration is printed without it.
    quick : bool
        Read headers only.
    every : bool
        Do not fold long lists.

    Yields
    ------
    str

    Raises
    ------
    ConfigError
        If nothing is there or nothing is scored, or a file exists already.
    """
    if output is not None and output.exists():
        raise ConfigError([f"{output}: exists; name another file with -o."])
    folder = (output.parent if output else Path.cwd()).absolute()
    try:
        found = inspect_files(paths, name=name, folder=folder, quick=quick)
    except InputError as error:
        raise ConfigError([str(error)]) from error
    yield from found.lines(every=every)
    useful = [draft for draft in found.drafts if draft.model is not None]
    if not useful:
        msg = "no variable that is scored here was found by its name."
        raise ConfigError([msg])
    if output is None:
        yield from (f"\n{found.yaml(draft, folder).rstrip()}" for draft in useful)
        return
    for path, draft in targets(output, useful).items():
        write_text(path, found.yaml(draft, folder))
        yield f"Wrote {path}: look at what is marked, then check it."


def targets(output: Path, drafts: Iterable[Draft]) -> dict[Path, Draft]:
    """Return the file of each draft: the one that is named, or one beside it.

    Parameters
    ----------
    output : Path
        As the user named it.
    drafts : iterable of Draft
        What is to be written.

    Returns
    -------
    dict of Path to Draft

    Raises
    ------
    ConfigError
        If one exists: nothing is overwritten, and then nothing is written.
    """
    drafts = list(drafts)
    if len(drafts) == 1:
        return {output: drafts[0]}
    named = slugs(str(draft.entry["model"]) for draft in drafts)
    found = {
        output.with_name(
            f"{output.stem}-{named[str(draft.entry['model'])]}{output.suffix}"
        ): draft
        for draft in drafts
    }
    there = [path for path in found if path.exists()]
    if there:
        raise ConfigError([f"{path}: exists; name another with -o." for path in there])
    return found
