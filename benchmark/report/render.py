"""Turn a context into a page."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.report import colour, labels, numbers
from benchmark.report.equations import equation
from benchmark.report.file_notes import tail
from benchmark.report.own_templates import current, find_fault
from benchmark.report.reasons import closed, degrees, prose
from benchmark.shipped import folder

if TYPE_CHECKING:
    from jinja2 import Environment


def render(template: str, **context: Any) -> str:
    """Render a template of ``templates/``, or the user's own of that name.

    Parameters
    ----------
    template : str
        File name of the template.
    **context
        What it shows; all text is escaped.

    Returns
    -------
    str
        The page.

    Raises
    ------
    jinja2.UndefinedError
        If the template asks for something the context has not.
    ConfigError
        If a template of the user is at fault; with its file and line.
    """
    own = current()
    try:
        return _environment(own).get_template(template).render(**context)
    except Exception as error:
        fault = find_fault(error, own)
        if fault is None:
            raise
        raise fault from error


def template_file(name: str) -> str:
    """Return the text of a file of ``templates/``, such as ``style.css``.

    That of the user, where `own_templates.templates_from` names a folder with one.
    """
    own = current()
    if own is not None and (own / name).is_file():
        return (own / name).read_text(encoding="utf-8")
    return _shipped(name)


def _shipped(name: str) -> str:
    return folder("templates").joinpath(name).read_text(encoding="utf-8")


@cache
def _environment(own: Path | None) -> "Environment":
    from jinja2 import (
        ChoiceLoader,
        Environment,
        FileSystemLoader,
        FunctionLoader,
        PrefixLoader,
        StrictUndefined,
    )

    shipped = FunctionLoader(_source)
    # A page of the user's may extend the one that it replaces.
    loaders = [shipped, PrefixLoader({"permabench": shipped})]
    if own is not None:
        loaders.insert(0, FileSystemLoader(own))
    environment = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # What a page embeds for its script: small, and in the order it was made.
    environment.policies["json.dumps_kwargs"] = {
        "separators": (",", ":"),
        "allow_nan": False,
    }
    environment.filters.update(
        number=numbers.number,
        fraction=numbers.fraction,
        score=numbers.score,
        unit=numbers.unit,
        years=numbers.years,
        percent=numbers.percent,
        capital=labels.sentence,
        breakable=breakable,
        tail=tail,
        prose=prose,
        closed=closed,
        degrees=degrees,
        metric_name=labels.metric,
    )
    environment.globals.update(
        states=labels.STATES,
        grades=labels.GRADES,
        families=labels.FAMILIES,
        metric_name=labels.metric,
        variable_name=labels.variable,
        short_name=labels.short,
        subject_name=labels.subject,
        interval=numbers.interval,
        equation=equation,
        count=numbers.count,
        score_class=colour.score_class,
        score_colour=colour.score_colour,
        text_colour=colour.text_colour,
        score_ramp=colour.ramp(colour.SCORE_MAP, 11),
    )
    return environment


def _source(name: str) -> tuple[str, str, None] | None:
    try:
        return _shipped(name), name, None
    except OSError:
        return None


def breakable(name: str) -> str:
    """Let a long name break after its marks, and nowhere else.

    Examples
    --------
    >>> breakable("CESM2-WACCM<b>")
    Markup('CESM2-<wbr>WACCM&lt;b&gt;')
    """
    from markupsafe import Markup, escape

    pieces = re.findall(r"[^-_/]+[-_/]*|[-_/]+", name)
    return Markup("<wbr>").join(escape(piece) for piece in pieces)
