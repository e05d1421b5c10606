"""Scores a suite and writes what came of it, as the command line does."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmark.errors import ConfigError
from benchmark.report.command import INTERRUPTED, Pages, stop

if TYPE_CHECKING:
    from tqdm import tqdm

    from benchmark.score import RunResult

ALL_SCORED, NOT_ALL_SCORED = 0, 3


def run_suite(
    name: str,
    folder: Path,
    options: dict[str, Any] | None,
    models: tuple[str, ...] = (),
    *,
    quiet: bool,
) -> None:
    """Score a suite, write its tables and pages, say what came of it, and exit.

    Parameters
    ----------
    name : str
        A suite that ships, or a YAML file.
    folder : Path
        Of the report.
    options : dict or None
        Those of `Pages.of`; None writes no pages.
    models : tuple of str
        Models to score besides those of the suite.
    quiet : bool
        No progress bar and no table.
    """
    try:
        pages = None if options is None else Pages.of(**options)
        result, target = _scored(name, folder, models, pages, quiet=quiet)
    except ConfigError as error:
        stop(error)
    except KeyboardInterrupt as error:
        click.echo(str(error) or "Interrupted: nothing was written.", err=True)
        sys.exit(INTERRUPTED)
    if not quiet:
        from benchmark.listing import summary_lines, warning_lines

        changed = pages.changed(result) if pages else []
        for line in [*summary_lines(result), *changed]:
            click.echo(line)
        for line in warning_lines(result):
            click.echo(line, err=True)
    click.echo(f"Report: {target}" if pages else f"Scores: {target}")
    sys.exit(_exit_code(result))


def _scored(
    name: str,
    folder: Path,
    models: tuple[str, ...],
    pages: Pages | None,
    *,
    quiet: bool,
) -> "tuple[RunResult, Path]":
    from tqdm import tqdm

    from benchmark.config import load_suite
    from benchmark.output import prepare_folder
    from benchmark.score import score_suite

    suite = load_suite(name, models=models)
    prepare_folder(folder)
    # None: only where there is a terminal to draw the bar on.
    disable = True if quiet else None
    total = len(suite.models) + (1 if pages else 0)
    with tqdm(total=total, disable=disable, unit="model", leave=False) as bar:

        def show(text: str) -> None:
            bar.set_description(text[:40])
            bar.update()

        try:
            result = score_suite(suite, progress=show)
        except OSError as error:
            what = error.filename or suite.name
            reason = (error.strerror or str(error)).lower()
            raise ConfigError([f"{what}: cannot be read ({reason})."]) from error
        bar.set_description("pages" if pages else "tables")
        target = _write(result, folder, pages, bar)
        bar.update()
    return result, target


def _write(
    result: "RunResult", folder: Path, pages: Pages | None, bar: "tqdm[Any]"
) -> Path:
    from benchmark.output import unwritable
    from benchmark.saved.writing import save_run

    target = folder / "scores.csv"
    written = "nothing was written"
    try:
        kept = save_run(result, folder)
        written = f"the scores are in {target}"
        if pages:
            written += ", the pages are not complete"
            target = pages.write(kept, folder, bar.set_postfix_str)
    except OSError as error:
        raise ConfigError([unwritable(folder, error)]) from error
    except KeyboardInterrupt:
        msg = f"Interrupted: {written}."
        raise KeyboardInterrupt(msg) from None
    return target


def _exit_code(result: "RunResult") -> int:
    from benchmark.faults import broken_lines, broken_rows

    broken = len(broken_rows(result.scores)) > 0
    if broken:
        for line in broken_lines(result):
            click.echo(line, err=True)
    nothing = not (result.scores["status"] == "scored").any()
    if nothing:
        click.echo("Nothing was scored.", err=True)
    return NOT_ALL_SCORED if broken or nothing else ALL_SCORED
