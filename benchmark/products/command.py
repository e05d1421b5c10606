"""The command ``permabench references``: list, show, add, fetch, verify."""

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from benchmark.errors import ConfigError, InputError

DONE, BAD_CONFIGURATION, WRONG, BY_HAND = 0, 2, 3, 4


@click.group()
def references() -> None:
    """Find, fetch, add and verify references.

    Exit codes: 0 done; 2 usage, an unknown name, a name that is taken, or a line
    that is missing; 3 a download or a file that is not what it should be, or data
    that cannot be scored against; 4 no direct link is known: the line that is
    printed says where to go and what to drop where.

    What is fetched and added goes to the folder PERMABENCH_DATA, by default the one
    that the system has for the data of programs.
    """


@references.command(name="list")
@click.option("--variable", help="Only of this variable, such as cSoil.")
@click.option("--subject", help="Only of this subject, such as ch4.")
def list_(variable: str | None, subject: str | None) -> None:
    """List references that ship, your own, and public products."""
    from benchmark.products.lines import list_lines
    from benchmark.products.listed import items

    try:
        found = items(variable, subject)
        if not found:
            _none(variable, subject)
        for line in list_lines(found):
            click.echo(line)
    except ConfigError as error:
        _stop(error, BAD_CONFIGURATION)


def _none(variable: str | None, subject: str | None) -> NoReturn:
    from benchmark.products.listed import items

    every = items()
    variables = sorted({name for item in every for name in item.variables})
    subjects = sorted({item.subject for item in every})
    wanted = " and ".join(text for text in (variable, subject) if text)
    msg = (
        f"nothing of {wanted}. Variables: {', '.join(variables)}. Subjects: "
        f"{', '.join(subjects)}."
    )
    raise ConfigError([msg])


@references.command()
@click.argument("name")
def show(name: str) -> None:
    """Show all that is known of NAME, a reference or a product."""
    from benchmark.products.lines import show_lines
    from benchmark.products.listed import find_item

    try:
        for line in show_lines(find_item(name)):
            click.echo(line)
    except ConfigError as error:
        _stop(error, BAD_CONFIGURATION)


@references.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--name", help="Its name in suites [that of the descriptor or file].")
@click.option("--product", help="The product of the catalogue that it is a file of.")
@click.option("--link", is_flag=True, help="Leave the data where they are.")
@click.option("--variable", help="What it is of, such as gpp.")
@click.option("--inside", help="The variable's name in the file.")
@click.option("--units", help="Where the file does not say them, such as 'g m-2 yr-1'.")
@click.option("--sign", type=click.Choice(["up", "down"]), help="Positive where to.")
@click.option("--mass-basis", type=click.Choice(["C", "CO2", "CH4"]))
@click.option("--area-basis", type=click.Choice(["land", "cell", "wetland"]))
@click.option("--depth", type=float, nargs=2, help="Top and bottom, metres.")
@click.option("--full-column", is_flag=True, help="Depth: the whole of the soil.")
@click.option("--fill-value", type=float, multiple=True, help="Stands for nothing.")
@click.option("--valid-min", type=float, help="What is below stands for nothing.")
@click.option("--regions", help="Set of regions [treat2024_permafrost].")
@click.option("--title", help="For headings.")
def add(
    path: Path,
    name: str | None,
    product: str | None,
    link: bool,
    full_column: bool,
    depth: tuple[float, float] | None,
    fill_value: tuple[float, ...],
    **given: Any,
) -> None:
    """Add PATH, a descriptor (YAML) or a data file, so that suites know it by name.

    It is opened and tested as by 'permabench check', then copied. What neither the
    file nor the options say, and nobody may guess, is asked for in a line each.
    """
    from benchmark.products.adding import add as added

    said = {"name": name, **given}
    said["fill_value"] = list(fill_value) or None
    said["depth"] = "full_column" if full_column else (list(depth) if depth else None)
    try:
        done = added(path, said, product=product, link=link)
    except ConfigError as error:
        _stop(error, BAD_CONFIGURATION)
    except InputError as error:
        _stop(error, WRONG)
    for text in done.told:
        click.echo(f"  {text}")
    click.echo(f"Added: {done.path}. In a suite: references: [{done.name}]")


@references.command()
@click.argument("name")
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the files [PERMABENCH_DATA/references].",
)
@click.option(
    "--max-size",
    type=click.FloatRange(min=0, min_open=True),
    default=20.0,
    show_default=True,
    help="Largest file, GiB.",
)
def fetch(name: str, to: Path | None, max_size: float) -> None:
    """Download NAME, a product with a direct link, or say where to go.

    A download that breaks off goes on where it was. A file is used once its
    checksum is the published one, or the one that was recorded the first time.
    """
    from benchmark.products.fetching import by_hand
    from benchmark.products.fetching import fetch as fetched
    from benchmark.products.listed import find_item
    from benchmark.products.product import load_product

    try:
        item = find_item(name)
        if item.usable and item.where != "fetched":
            click.echo(f"{name}: {item.where}, nothing to fetch.")
            return
        product = load_product(name if item.where != "fetched" else _product_of(item))
        if not product.files:
            click.echo(by_hand(product))
            sys.exit(BY_HAND)
        with _bar(name) as tell:
            done = fetched(product, to=to, limit=int(max_size * 2**30), tell=tell)
    except ConfigError as error:
        _stop(error, BAD_CONFIGURATION)
    except (InputError, OSError) as error:
        _stop(error, WRONG)
    for text in done.told:
        click.echo(text)
    if done.names:
        click.echo(f"In a suite: references: [{', '.join(done.names)}]")
    else:
        click.echo(f"It is in {done.folder}; {product.about['get']['then']}")


def _product_of(item: Any) -> str:
    """Return the product that a fetched reference came with: its folder's name."""
    return str(item.path.parent.name)


def _bar(name: str) -> Any:
    """Return a context that gives a function to tell of progress, on a terminal."""
    from contextlib import contextmanager

    from tqdm import tqdm

    @contextmanager
    def shown() -> Any:
        with tqdm(
            desc=name, unit="B", unit_scale=True, disable=None, leave=False
        ) as bar:

            def tell(done: int, total: int | None) -> None:
                bar.total = total
                bar.update(done - bar.n)

            yield tell

    return shown()


@references.command()
def verify() -> None:
    """Compare the sha256 of all reference data with those on record."""
    from benchmark.products.lines import verify_lines
    from benchmark.products.verifying import verify as verified

    try:
        found = list(verified())
    except ConfigError as error:
        _stop(error, BAD_CONFIGURATION)
    for line in verify_lines(found):
        click.echo(line)
    sys.exit(WRONG if any(item.wrong for item in found) else DONE)


def _stop(error: Exception, code: int) -> NoReturn:
    problems = error.problems if isinstance(error, ConfigError) else [str(error)]
    for problem in problems:
        click.echo(f"Error: {problem}", err=True)
    sys.exit(code)
