"""Reasons and descriptions as a reader should see them."""

import re
from collections.abc import Mapping

from benchmark.report import labels
from benchmark.report.numbers import MINUS, NOTHING, raised

# Statistics that a metric asks for, and what a file must have to give them.
_NEEDS = (
    (re.compile(r"_annual|_iav"), "needs the values of several years"),
    (re.compile(r"_climatology|_crms|series_|_month"), "needs monthly values"),
    (re.compile(r""), "needs values that these data do not give"),
)
_MISSING = re.compile(r"needs ([\w, ]+?), which these data do not give")
_DECLARES = re.compile(r"the model declares no (\w+); it has (\w+(?:, \w+)*)")
_FAMILIES = re.compile(r"own family left out: (\w+(?:, \w+)*)")
_POWER = re.compile(r"(?<![\w-])(k?m|yr|s|d|g|kg)(-\d)(?![\w-])")
_NEGATIVE = re.compile(r"(?<![\w.,/-])-(?=\d)")
_DEPTHS = re.compile(r"(?<=\d)-(?=\d+(?:\.\d+)? ?c?m\b)")
_BAND = re.compile(r"^(\d.*\d) ([NS])$")
# Where a disk is mounted says nothing to a reader; the folder and the file do.
_PATH = re.compile(
    r"(?<![\w.:/-])(?:[A-Za-z]:)?(?:/[^\s/:;,]+)+/([^\s/:;,]+/[^\s/:;,]+)"
)
_SHARE = re.compile(r"(?<=\d)%")
# Descriptors are plain ASCII, and point to fields that a page does not show.
_GAS = re.compile(r"(?<![\w-])(CH4|CO2|N2O)(?![\w])")
_LOWERED = str.maketrans("24", "₂₄")
_WRITTEN = (
    ("+-", "±"),
    ("Koppen", "Köppen"),
    (" (see method and sources)", ""),
)


def plain(message: str, regions: Mapping[str, str]) -> str:
    """Write a message of the score table without names of the program.

    Parameters
    ----------
    message : str
        As in the score table.
    regions : mapping of str to str
        Ids of regions to their names.

    Returns
    -------
    str
        With names of regions, variables and families instead of ids, and
        with what data lack instead of what a function lacks.

    Examples
    --------
    >>> plain("/home/someone/models/casa/mean.nc: cSoil: no depth", {})
    'casa/mean.nc: cSoil: no depth'
    >>> plain("needs series_crmse, which these data do not give", {})
    'needs monthly values'
    >>> names = {"alaska_boreal_tundra": "Alaska", "east_boreal_tundra": "East"}
    >>> plain("it has alaska_boreal_tundra, east_boreal_tundra", names)
    'it has Alaska, East (no permafrost limit)'
    """
    if not message:
        return message
    message = _PATH.sub(r"\1", message)
    message = _MISSING.sub(_need, message)
    message = _DECLARES.sub(_declared, message)
    message = _FAMILIES.sub(_families, message)
    message = _DEPTHS.sub(NOTHING, _SHARE.sub(" %", message))
    return _with_names(message, regions)


def prose(text: str | None) -> str:
    """Write the text of a descriptor with its signs and powers.

    Examples
    --------
    >>> prose("0.65 +- 1.15 Pg C yr-1"), prose("-2").replace(MINUS, "minus ")
    ('0.65 ± 1.15 Pg C yr⁻¹', 'minus 2')
    >>> prose("CH4 and CO2 of BAWLD-CH4")
    'CH₄ and CO₂ of BAWLD-CH4'
    """
    text = text or ""
    for written, meant in _WRITTEN:
        text = text.replace(written, meant)
    text = _NEGATIVE.sub(MINUS, _DEPTHS.sub(NOTHING, text))
    text = _GAS.sub(lambda found: found[0].translate(_LOWERED), text)
    return _POWER.sub(lambda found: raised(found[0]), text)


def degrees(name: str) -> str:
    """Write the name of a band of latitude with its degrees.

    Examples
    --------
    >>> degrees("30 to 60 N"), degrees("Alaska")
    ('30 to 60° N', 'Alaska')
    """
    return _BAND.sub(r"\1° \2", name)


def closed(text: str | None) -> str:
    """End a text with one full stop, whether or not it came with one.

    Examples
    --------
    >>> closed("CC BY 4.0"), closed("no licence of its own."), closed("")
    ('CC BY 4.0.', 'no licence of its own.', '')
    """
    text = prose(text).strip()
    return text if not text or text[-1] in ".!?" else text + "."


def _need(found: re.Match[str]) -> str:
    return next(words for asked, words in _NEEDS if asked.search(found[1]))


def _declared(found: re.Match[str]) -> str:
    has = ", ".join(labels.short(id) for id in found[2].split(", "))
    return f"the model has no {labels.short(found[1])}; it has {has}"


def _families(found: re.Match[str]) -> str:
    names = (labels.FAMILIES.get(id, id) for id in found[1].split(", "))
    return f"own family left out: {', '.join(names)}"


def _with_names(message: str, regions: Mapping[str, str]) -> str:
    # The globe's id is an ordinary word.
    ids = sorted((id for id in regions if id != "global"), key=len, reverse=True)
    if not any(id in message for id in ids):
        return message
    # Not within a path or a longer name.
    one = rf"(?<![\w./-])(?:{'|'.join(map(re.escape, ids))})(?![\w/-]|\.\w)"

    def named(found: re.Match[str]) -> str:
        listed = found[0].split(", ")
        names = ", ".join(regions[id] for id in listed)
        groups = {labels.region_group(id) for id in listed}
        twins = "boreal_tundra" in groups
        return f"{names} {labels.NO_LIMIT}" if twins else names

    return re.sub(rf"{one}(?:, {one})*", named, message)
