"""The commands ``permabench report`` and ``permabench serve``, and their options."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from benchmark.errors import ConfigError

if TYPE_CHECKING:
    from benchmark.report.baseline import Baseline
    from benchmark.score import RunResult

BAD_CONFIGURATION, INTERRUPTED = 2, 130

_OPTIONS = (
    click.option(
        "--single-file",
        is_flag=True,
        help="Write report.html too: all pages and figures in one file.",
    ),
    click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        help="A former run, its folder or scores.csv: say what changed since.",
    ),
    click.option(
        "--templates",
        type=click.Path(path_type=Path),
        help="A folder of your own templates and style.css, used where they exist.",
    ),
)


def page_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of pages, as those of `Pages.of`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True)
class Pages:
    """How the pages of a run are written."""

    single_file: bool = False
    baseline: "Baseline | None" = None
    templates: Path | None = None

    @classmethod
    def of(
        cls, *, single_file: bool, baseline: Path | None, templates: Path | None
    ) -> "Pages":
        """Read the baseline, which the run may overwrite, and test the templates.

        Raises
        ------
        ConfigError
            If either cannot be used: before a run of hours, not after it.
        """
        from benchmark.report.baseline import read_baseline
        from benchmark.report.own_templates import templates_from

        with templates_from(templates):
            before = read_baseline(baseline) if baseline is not None else None
        return cls(single_file, before, templates)

    def changed(self, result: "RunResult") -> list[str]:
        """Return what changed since the baseline, lines for a terminal."""
        if self.baseline is None:
            return []
        from benchmark.report.changed_lines import changed_lines

        return changed_lines(self.baseline, result.scores)

    def write(
        self, result: "RunResult", folder: Path, tell: Callable[[str], None]
    ) -> Path:
        """Write the pages of a kept run; say if the one file is very large."""
        from benchmark.report import write_report
        from benchmark.report.one_file import LARGE

        page = write_report(
            result,
            folder,
            progress=tell,
            baseline=self.baseline,
            templates=self.templates,
            single_file=self.single_file,
            kept=True,
        )
        if self.single_file and (size := page.stat().st_size) > LARGE:
            text = (
                f"Warning: {page} has {size / 1e6:.0f} MB; many mail servers refuse "
                f"more than {LARGE / 1e6:.0f} MB. Zip the folder, or score fewer "
                "models."
            )
            click.echo(text, err=True)
        return page


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder of the report [that of SOURCE].",
)
@page_options
@click.option("--quiet", is_flag=True, help="No progress.")
def report(source: Path, output: Path | None, quiet: bool, **options: Any) -> None:
    """Make the pages of a finished run again, without scoring anything.

    SOURCE is the folder of a run, or the scores.csv in it.
    """
    try:
        pages = Pages.of(**options)
        result, page = _rebuilt(source, output, pages, quiet=quiet)
        for line in [] if quiet else pages.changed(result):
            click.echo(line)
        click.echo(f"Report: {page}")
    except (ConfigError, FileExistsError) as error:
        stop(error)
    except KeyboardInterrupt:
        click.echo("Interrupted: the pages are not complete.", err=True)
        sys.exit(INTERRUPTED)


def _rebuilt(
    source: Path, output: Path | None, pages: Pages, *, quiet: bool
) -> "tuple[RunResult, Path]":
    from tqdm import tqdm

    from benchmark.output import prepare_folder, unwritable
    from benchmark.saved.copying import copy_run
    from benchmark.saved.reading import load_run, run_folder

    folder = run_folder(source)
    target = output or folder
    result = load_run(source)
    elsewhere = target.resolve() != folder.resolve()
    if elsewhere:
        prepare_folder(target)
    try:
        if elsewhere:
            copy_run(folder, target)
        with tqdm(desc="pages", disable=quiet or None, unit="page", leave=False) as bar:

            def tell(_: str) -> None:
                bar.update()

            return result, pages.write(result, target, tell)
    except FileExistsError:
        raise
    except OSError as error:
        raise ConfigError([unwritable(target, error)]) from error


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port on this machine [a free one].",
)
def serve(folder: Path, port: int) -> None:
    """Show the report in FOLDER at an address of this machine, until Ctrl-C.

    Pages open from the file system too; this is for browsers that refuse that.
    """
    from benchmark.serving import serve as serve_report

    def tell(address: str) -> None:
        click.echo(f"Serving {folder} at {address} (Ctrl-C ends it)")

    try:
        serve_report(folder, port, tell)
    except ConfigError as error:
        stop(error)


def stop(error: ConfigError | FileExistsError) -> NoReturn:
    """Print what is wrong, a line each, and exit."""
    problems = error.problems if isinstance(error, ConfigError) else [str(error)]
    for problem in problems:
        click.echo(f"Error: {problem}", err=True)
    sys.exit(BAD_CONFIGURATION)
