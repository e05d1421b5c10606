"""The command ``permabench``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmark import __version__
from benchmark.errors import ConfigError

if TYPE_CHECKING:
    from benchmark.config import Suite
    from benchmark.score import RunResult

ALL_SCORED, BAD_CONFIGURATION, NOT_ALL_SCORED = 0, 2, 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="permabench")
def main() -> None:
    """Score land models against references of permafrost carbon.

    Exit codes: 0 all scored, 2 usage or configuration, 3 something could not
    be scored (the table and the report say what and why).
    """


@main.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder of the report [reports/demo].",
)
@click.option("--quiet", is_flag=True, help="No progress bar and no table.")
def demo(output: Path | None, quiet: bool) -> None:
    """Score the models that ship, and write reports/demo/index.html."""
    _run("demo", output or Path("reports") / "demo", quiet=quiet, pages=True)


@main.command()
@click.argument("suite")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder of the report [reports/NAME].",
)
@click.option("--no-report", is_flag=True, help="Write scores.csv only, no pages.")
@click.option("--quiet", is_flag=True, help="No progress bar and no table.")
def run(suite: str, output: Path | None, no_report: bool, quiet: bool) -> None:
    """Score SUITE, a suite that ships or a YAML file of your own."""
    name = Path(suite).stem
    _run(suite, output or Path("reports") / name, quiet=quiet, pages=not no_report)


@main.command(name="list")
@click.argument(
    "what", type=click.Choice(["models", "references", "metrics", "regions", "suites"])
)
def list_(what: str) -> None:
    """List what ships: models, references, metrics, regions or suites."""
    from benchmark.listing import LISTINGS

    try:
        for line in LISTINGS[what]():
            click.echo(line)
    except ConfigError as error:
        _stop(error)


def _run(name: str, folder: Path, *, quiet: bool, pages: bool) -> None:
    from benchmark.config import load_suite

    try:
        suite = load_suite(name)
        result = _scored(suite, folder, quiet=quiet, pages=pages)
    except ConfigError as error:
        _stop(error)
    except OSError as error:
        reason = f"{folder}: cannot be written ({error.strerror or error})"
        _stop(ConfigError([f"{reason}; choose another folder with -o."]))
    if not quiet:
        from benchmark.listing import summary_lines

        for line in summary_lines(result):
            click.echo(line)
    target = folder / ("index.html" if pages else "scores.csv")
    click.echo(f"Report: {target}" if pages else f"Scores: {target}")
    broken = result.scores["status"].isin(["failed", "no_overlap"])
    if broken.any():
        click.echo(_broken(result), err=True)
        sys.exit(NOT_ALL_SCORED)
    sys.exit(ALL_SCORED)


def _scored(suite: "Suite", folder: Path, *, quiet: bool, pages: bool) -> "RunResult":
    from tqdm import tqdm

    from benchmark.score import score_suite, write_scores

    total = len(suite.models) + (1 if pages else 0)
    # None: only where there is a terminal to draw the bar on.
    disable = True if quiet else None
    with tqdm(total=total, disable=disable, unit="model", leave=False) as bar:

        def show(text: str) -> None:
            bar.set_description(text[:40])
            bar.update()

        result = score_suite(suite, progress=show)
        write_scores(result, folder)
        if pages:
            from benchmark.report import write_report

            bar.set_description("pages")
            write_report(result, folder, progress=bar.set_postfix_str)
            bar.update()
    return result


def _broken(result: "RunResult") -> str:
    scores = result.scores
    rows = scores[scores["status"].isin(["failed", "no_overlap"])]
    lines = [f"{len(rows)} rows could not be scored:"]
    seen = rows.drop_duplicates(["model", "message"])
    for row in seen.itertuples():
        lines.append(f"  {row.status}  {row.model}, {row.variable}: {row.message}")
    return "\n".join(lines)


def _stop(error: ConfigError) -> None:
    for problem in error.problems:
        click.echo(f"Error: {problem}", err=True)
    sys.exit(BAD_CONFIGURATION)
