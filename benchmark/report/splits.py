r"""An error split into its factors or its terms, for a page that draws it.

A factor is a ratio of model to reference, and the product of the factors is
the ratio of the whole, so their logarithms add up. A term is a difference in
the unit of the whole, and the terms add up to the difference of the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, log

from benchmark.report.numbers import MINUS, TIMES, number

# A factor nearer to one than this, or a term under this share, is no cause.
SMALL_FACTOR = 1.05
SMALL_TERM = 0.05


@dataclass(frozen=True)
class Part:
    """A factor or a term: its name and its value."""

    name: str
    value: float


@dataclass(frozen=True)
class Split:
    """One error in one place: the whole, and the parts that it is made of.

    `kind` is ``factors`` or ``terms``; `unit` that of terms; `against` names
    the reference, `anchor` is where that is on the page.
    """

    place: str
    kind: str
    whole: float
    parts: tuple[Part, ...]
    unit: str = ""
    against: str = ""
    anchor: str = ""

    @property
    def sizes(self) -> tuple[float, ...]:
        """How far each part moves the whole: logarithms of factors, or terms."""
        if self.kind == "terms":
            return tuple(part.value for part in self.parts)
        return tuple(log(part.value) if part.value > 0 else -inf for part in self.parts)

    @property
    def total(self) -> float:
        """What the sizes add up to."""
        return sum(self.sizes)


@dataclass(frozen=True)
class Bar:
    """Where a part is drawn, from `left` over `width`, in per cent of an axis."""

    name: str
    left: float
    width: float
    says: str
    up: bool
    whole: bool = False


def words(split: Split) -> str:
    """Say which part makes most of an error, and what works against it.

    Parameters
    ----------
    split : Split
        Of one place.

    Returns
    -------
    str
        A sentence without its stop.

    Examples
    --------
    >>> parts = (Part("extent", 2.0), Part("density", 1.01))
    >>> words(Split("Alaska", "factors", 2.02, parts)).replace(TIMES, "x")
    '2.02 times the reference: extent (x2.00)'
    >>> parts = (Part("GPP", 21.0), Part("respiration", -20.0))
    >>> words(Split("Alaska", "terms", 1.0, parts)).replace(MINUS, "-")
    'difference of +1.00: GPP (+21.0) and respiration (-20.0) cancel'
    """
    head = _head(split)
    sizes = dict(zip((part.name for part in split.parts), split.sizes, strict=True))
    shown = {part.name: f"{part.name} ({_value(split, part)})" for part in split.parts}
    large = sorted(
        (name for name in sizes if abs(sizes[name]) > _small(split)),
        key=lambda name: -abs(sizes[name]),
    )
    if not large:
        return f"{head}: no part stands out"
    first = large[0]
    along = [name for name in large if sizes[name] * sizes[first] > 0]
    back = [name for name in large if name not in along]
    if back and abs(split.total) < abs(sizes[first]) / 4:
        return f"{head}: {_and([shown[n] for n in large])} cancel"
    text = f"{head}: {'mostly ' if len(large) > 1 else ''}{shown[first]}"
    if along[1:]:
        text += f", then {_and([shown[name] for name in along[1:]])}"
    if back:
        text += f", partly made good by {_and([shown[name] for name in back])}"
    return text


def bars(split: Split, reach: float) -> list[Bar]:
    """Lay a split out as a waterfall on an axis from -reach to reach.

    Each part begins where the one before it ended; the whole comes last.

    Parameters
    ----------
    split : Split
        Of one place.
    reach : float
        Largest size on the axis, shared by the places of a figure.

    Returns
    -------
    list of Bar
        The parts in order, then the whole.
    """
    drawn, at = [], 0.0
    for part, size in zip(split.parts, split.sizes, strict=True):
        drawn.append(_bar(part.name, at, at + size, reach, _value(split, part)))
        at += size
    whole = _value(split, Part("all", split.whole))
    last = _bar("all", 0.0, _size(split), reach, whole)
    return [*drawn, Bar(last.name, last.left, last.width, last.says, last.up, True)]


def gravest(splits: Sequence[Split], most: int = 3) -> tuple[list[Split], list[Split]]:
    """Return the splits of the largest errors, and the others, both in order.

    Examples
    --------
    >>> made = [Split(name, "terms", size, ()) for name, size in (("a", 1), ("b", -9))]
    >>> [split.place for split in gravest(made, 1)[0]]
    ['b']
    """
    order = sorted(splits, key=lambda split: -abs(_size(split)))[:most]
    return [s for s in splits if s in order], [s for s in splits if s not in order]


def _size(split: Split) -> float:
    return log(split.whole) if split.kind == "factors" else split.whole


def reach(splits: list[Split]) -> float:
    """Return the size that an axis of several splits has to reach."""
    ends = [1e-9]
    for split in splits:
        at = 0.0
        for size in split.sizes:
            at += size if abs(size) < inf else 0.0
            ends.append(abs(at))
        ends.append(abs(_size(split)))
    return max(ends)


def factor_ticks(reach: float) -> list[tuple[float, str]]:
    """Return where the factors 1/8 to 8 stand on an axis of logarithms.

    Examples
    --------
    >>> [x for x, _ in factor_ticks(1.0)]
    [16.7, 50.0, 83.3]
    """
    names = {1 / 8: "⅛", 1 / 4: "¼", 1 / 2: "½", 1.0: "1", 2.0: "2", 4.0: "4", 8.0: "8"}
    found = []
    for factor, name in names.items():
        if abs(log(factor)) <= reach:
            found.append((round(_place(log(factor), reach), 1), f"{TIMES}{name}"))
    return found


def _head(split: Split) -> str:
    if split.kind == "factors":
        return f"{number(split.whole)} times the reference"
    return f"difference of {_signed(split.whole)} {split.unit}".rstrip()


def _small(split: Split) -> float:
    if split.kind == "factors":
        return log(SMALL_FACTOR)
    return SMALL_TERM * max(abs(size) for size in split.sizes)


def _value(split: Split, part: Part) -> str:
    if split.kind == "factors":
        return f"{TIMES}{number(part.value)}"
    return _signed(part.value)


def _signed(value: float) -> str:
    text = number(value)
    return text if text.startswith(MINUS) or value == 0 else f"+{text}"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _bar(name: str, start: float, end: float, reach: float, says: str) -> Bar:
    left, right = sorted((_place(start, reach), _place(end, reach)))
    return Bar(name, round(left, 2), round(right - left, 2), says, end >= start)


def _place(size: float, reach: float) -> float:
    return 50 + 48 * min(max(size / reach, -1.0), 1.0)


def product(parts: tuple[Part, ...]) -> float:
    """Return the product of factors.

    Examples
    --------
    >>> product((Part("a", 2.0), Part("b", 0.25)))
    0.5
    """
    return exp(sum(log(part.value) for part in parts))
