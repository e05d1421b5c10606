"""The command ``permabench``."""

import sys
from pathlib import Path
from typing import Any

import click

from benchmark import __version__
from benchmark.errors import ConfigError
from benchmark.products.command import references
from benchmark.report.command import page_options, report, serve, stop
from benchmark.running import ALL_SCORED, NOT_ALL_SCORED, run_suite

DEFAULT_SUITE = "permafrost-carbon"
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

    Exit codes: 0 if at least one row of the table is scored and nothing is
    wrong (rows of no_model_data and not_assessed are no fault); 2 usage,
    configuration or output folder; 3 some row is failed, or a variable of a
    model overlaps with no reference at all, or nothing was scored (the table
    and the report say what and why); 130 interrupted.
    """


main.add_command(references)
main.add_command(report)
main.add_command(serve)


@main.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder of the report [reports/demo].",
)
@page_options
@click.option("--quiet", is_flag=True, help="No progress bar and no table.")
def demo(output: Path | None, quiet: bool, **options: Any) -> None:
    """Score the models that ship, and write reports/demo/index.html."""
    run_suite("demo", output or Path("reports") / "demo", options, quiet=quiet)


@main.command()
@click.argument("suite", default=DEFAULT_SUITE)
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
@click.option("--no-report", is_flag=True, help="Write the scores only, no pages.")
@page_options
@click.option("--quiet", is_flag=True, help="No progress bar and no table.")
def run(
    suite: str,
    output: Path | None,
    models: tuple[str, ...],
    no_report: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Score SUITE, a suite that ships or a YAML file of your own.

    Without SUITE it is permafrost-carbon, the scorecard, which has no models of
    its own: name yours by --model. After --no-report, 'permabench report' makes
    the pages.
    """
    if suite == DEFAULT_SUITE and not models:
        msg = (
            f"{DEFAULT_SUITE} has no models of its own: name yours, '--model FILE', "
            "or a suite that has some."
        )
        raise click.UsageError(msg)
    folder = output or Path("reports") / Path(suite).stem
    run_suite(suite, folder, None if no_report else options, models, quiet=quiet)


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
        stop(error)
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
        stop(error)


@main.command(name="list")
@click.argument("what", type=click.Choice(WHAT_IS_LISTED))
@click.argument("name", required=False)
def list_(what: str, name: str | None) -> None:
    """List what ships: models, archives, references, metrics, regions and more.

    With NAME, a set of regions or a file of them: its regions and their areas.
    """
    from benchmark.listing import LISTINGS, region_lines

    if name is not None and what != "regions":
        stop(ConfigError([f"'{name}': only 'list regions' takes a name."]))
    try:
        for line in region_lines(name) if name is not None else LISTINGS[what]():
            click.echo(line)
    except ConfigError as error:
        stop(error)
