"""Equations of metrics as a browser sets them: MathML from LaTeX."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

# Where a line may break: between formulas.
_BETWEEN = re.compile(r";\s*(?:\\ )?|,\\ ")
_SIGNS = {"<": r"\lt ", ">": r"\gt ", "&": r"\,", r"\arg": r"\mathrm{arg}"}
# What takes text or addresses as they are: no formula needs it.
_UNSAFE = re.compile(r"\\(?:text|href|class|style|begin|hbox|mbox|id)")


@cache
def equation(latex: str) -> "Markup":
    r"""Return an equation as MathML, as code where that cannot be made.

    Parameters
    ----------
    latex : str
        Formulas, with `;` or ``,\ `` between them.

    Returns
    -------
    Markup
        Safe for a page whatever the text was; it may break between formulas.

    Examples
    --------
    >>> "<mfrac>" in equation(r"\frac{a}{b}")
    True
    >>> equation(r"\href{javascript:x}{<b>}")
    Markup('<code>\\href{javascript:x}{&lt;b&gt;}</code>')
    """
    from latex2mathml.converter import convert
    from markupsafe import Markup, escape

    plain = Markup("<code>{}</code>").format(latex) if latex else Markup()
    if not latex or _UNSAFE.search(latex):
        return plain
    text = latex
    for sign, command in _SIGNS.items():
        text = text.replace(sign, command)
    try:
        parts = [convert(part) for part in _BETWEEN.split(text) if part.strip()]
    # The converter has many errors of its own, and more with each release.
    except Exception:
        return plain
    if any("\\" in part for part in parts):
        return plain
    said = escape(latex)
    whole = Markup('<span class="equation" role="math" aria-label="{}">').format(said)
    inner = Markup('<span class="formula">{}</span>')
    return (
        whole
        + Markup(" ").join(inner.format(Markup(part)) for part in parts)
        + Markup("</span>")
    )
