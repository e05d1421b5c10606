"""Colours: of a score (absolute), of a field, of text upon either."""

from functools import cache

from benchmark.report.labels import SIGNED

SCORE_MAP = "viridis"
INK, PAPER = "#000000", "#ffffff"


def score_colour(score: float) -> str:
    """Return the colour of a score; it depends on nothing but the score.

    Parameters
    ----------
    score : float
        0 (worst) to 1 (best); outside, the nearest of the two.

    Returns
    -------
    str
        ``#rrggbb`` of matplotlib's viridis, perceptually uniform and safe
        for colour-blind readers, at steps of 0.01.

    Examples
    --------
    >>> score_colour(0.0), score_colour(1.0)
    ('#440154', '#fde725')
    """
    return ramp(SCORE_MAP, 101)[round(100 * min(max(score, 0.0), 1.0))]


def score_classes() -> str:
    """Return a style rule for each hundredth of a score: ``.c0`` to ``.c100``.

    They stand in ``style.css``: a class takes less of a page than a colour in
    every cell, and the page's own script needs no map of colours.
    """
    return "\n".join(
        f".c{i} {{ background: {colour}; color: {text_colour(colour)}; }}"
        for i, colour in enumerate(ramp(SCORE_MAP, 101))
    )


def score_class(score: float) -> str:
    """Return the class of `score_classes` that a score has.

    Examples
    --------
    >>> score_class(0.625), score_class(1.0)
    ('c62', 'c100')
    """
    return f"c{round(100 * min(max(score, 0.0), 1.0))}"


@cache
def text_colour(background: str) -> str:
    """Return ink or paper, whichever contrasts more with the background.

    Examples
    --------
    >>> text_colour("#440154"), text_colour("#fde725")
    ('#ffffff', '#000000')
    """
    light = _luminance(background)
    on_paper = (1.0 + 0.05) / (light + 0.05)
    on_ink = (light + 0.05) / (_luminance(INK) + 0.05)
    return PAPER if on_paper > on_ink else INK


@cache
def ramp(name: str, steps: int) -> tuple[str, ...]:
    """Return evenly spaced colours of a matplotlib map.

    Examples
    --------
    >>> len(ramp("BrBG_r", 5))
    5
    """
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    colours = colormaps[name]
    return tuple(to_hex(colours(i / (steps - 1))) for i in range(steps))


def field_map(variable: str, *, difference: bool) -> str:
    """Name the colour map of a field.

    Parameters
    ----------
    variable : str
        Variable id.
    difference : bool
        Whether the field is model minus reference.

    Returns
    -------
    str
        A diverging map for what has a sign (brown is source, teal is
        sink), another for differences, a sequential one for the rest.

    Examples
    --------
    >>> field_map("nee", difference=False), field_map("cSoil", difference=True)
    ('BrBG_r', 'PuOr_r')
    """
    if difference:
        return "PuOr_r"
    if variable in SIGNED:
        return "BrBG_r"
    return {"cSoil": "YlOrBr", "ch4": "PuBu"}.get(variable, "YlGn")


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
