"""The command ``permabench``."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from benchmark import __version__
from benchmark.errors import ConfigError
from benchmark.products.command import references

if TYPE_CHECKING:
    from benchmark.score import RunResult

ALL_SCORED, BAD_CONFIGURATION, NOT_ALL_SCORED, INTERRUPTED = 0, 2, 3, 130
WHAT_IS_LISTED = (
    *("models", "archives", "references", "metrics"),
    *("regions", "suites", "regridders"),
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="permabench")
def main() -> None:
    """Score land models against references of permafrost carbon.

    How to describe a model: model_configs/README.md of the repository; regions:
    references/README.md there.

    Exit codes: 0 if no row of the table is failed or no_overlap and at least
    one is scored (rows of no_model_data and not_assessed are no fault); 2
    usage, configuration or output folder; 3 some row is failed or no_overlap,
    or nothing was scored at all (the table and the report say what and why);
    130 interrupted.
    """


main.add_command(references)


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
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="FILE",
    help="Score this model too: a file, or one that ships. May be repeated.",
)
@click.option("--no-report", is_flag=True, help="Write scores.csv only, no pages.")
@click.option("--quiet", is_flag=True, help="No progress bar and no table.")
def run(
    suite: str,
    output: Path | None,
    models: tuple[str, ...],
    no_report: bool,
    quiet: bool,
) -> None:
    """Score SUITE, a suite that ships or a YAML file of your own.

    A suite without models, as permafrost-carbon, needs --model.
    """
    folder = output or Path("reports") / Path(suite).stem
    _run(suite, folder, models, quiet=quiet, pages=not no_report)


@main.command()
@click.argument("config")
def check(config: str) -> None:
    """Test CONFIG, a model or a suite, against its files before a run.

    Exit codes: 0 if every variable can be scored, some perhaps to confirm; 2
    if CONFIG is wrong; 3 if a variable is refused.
    """
    from benchmark.checking import REFUSED, check_models, models_in
    from benchmark.checking.lines import check_lines

    refused = False
    try:
        models = models_in(config)
        for item in check_models(models):
            for line in check_lines(item):
                click.echo(line)
            refused |= item.status == REFUSED
    except ConfigError as error:
        _stop(error)
    sys.exit(NOT_ALL_SCORED if refused else ALL_SCORED)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--name", default="", help="Name of the model, if files do not say it.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Write the model configuration here; it must not exist. Of several "
    "models each gets a file, named after it.",
)
@click.option("--quick", is_flag=True, help="Read headers only, no values.")
@click.option("--all", "every", is_flag=True, help="Do not fold long lists.")
def inspect(
    paths: tuple[str, ...], name: str, output: Path | None, quick: bool, every: bool
) -> None:
    """Look at files below PATHS, and suggest a model configuration."""
    from benchmark.inspecting.writing import inspect_and_write

    try:
        for line in inspect_and_write(
            paths, name=name, output=output, quick=quick, every=every
        ):
            click.echo(line)
    except ConfigError as error:
        _stop(error)


@main.command(name="list")
@click.argument("what", type=click.Choice(WHAT_IS_LISTED))
@click.argument("name", required=False)
def list_(what: str, name: str | None) -> None:
    """List what ships: models, archives, references, metrics, regions and more.

    With NAME, a set of regions or a file of them: its regions and their areas.
    """
    from benchmark.listing import LISTINGS, region_lines

    if name is not None and what != "regions":
        _stop(ConfigError([f"'{name}': only 'list regions' takes a name."]))
    try:
        for line in region_lines(name) if name is not None else LISTINGS[what]():
            click.echo(line)
    except ConfigError as error:
        _stop(error)


def _run(
    name: str, folder: Path, models: tuple[str, ...] = (), *, quiet: bool, pages: bool
) -> None:
    try:
        result = _scored(name, folder, models, quiet=quiet, pages=pages)
    except ConfigError as error:
        _stop(error)
    except KeyboardInterrupt as error:
        click.echo(str(error) or "Interrupted: nothing was written.", err=True)
        sys.exit(INTERRUPTED)
    if not quiet:
        from benchmark.listing import summary_lines, warning_lines

        for line in summary_lines(result):
            click.echo(line)
        for line in warning_lines(result):
            click.echo(line, err=True)
    target = folder / ("index.html" if pages else "scores.csv")
    click.echo(f"Report: {target}" if pages else f"Scores: {target}")
    sys.exit(_exit_code(result))


def _scored(
    name: str, folder: Path, models: tuple[str, ...], *, quiet: bool, pages: bool
) -> "RunResult":
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
        _write(result, folder, pages=pages, tell=bar.set_postfix_str)
        bar.update()
    return result


def _write(
    result: "RunResult", folder: Path, *, pages: bool, tell: Callable[[str], None]
) -> None:
    from benchmark.output import unwritable
    from benchmark.score import write_scores

    written = "nothing was written"
    try:
        write_scores(result, folder)
        written = f"the scores are in {folder / 'scores.csv'}"
        if pages:
            written += ", the pages are not complete"
            from benchmark.report import write_report

            write_report(result, folder, progress=tell)
    except OSError as error:
        raise ConfigError([unwritable(folder, error)]) from error
    except KeyboardInterrupt:
        msg = f"Interrupted: {written}."
        raise KeyboardInterrupt(msg) from None


def _exit_code(result: "RunResult") -> int:
    status = result.scores["status"]
    broken = status.isin(["failed", "no_overlap"]).any()
    if broken:
        from benchmark.faults import broken_lines

        for line in broken_lines(result):
            click.echo(line, err=True)
    nothing = not (status == "scored").any()
    if nothing:
        click.echo("Nothing was scored.", err=True)
    return NOT_ALL_SCORED if broken or nothing else ALL_SCORED


def _stop(error: ConfigError) -> NoReturn:
    for problem in error.problems:
        click.echo(f"Error: {problem}", err=True)
    sys.exit(BAD_CONFIGURATION)
