"""What approaches, families and probabilities are called in sentences."""

from benchmark.report import labels
from benchmark.report.numbers import number, years


def approach_label(approach: str, flag: str = "") -> str:
    """Return what an approach is called, with its own period if it has one.

    Examples
    --------
    >>> approach_label("isimip", "period_2002-2005"), approach_label("in_situ")
    ('ISIMIP (2002\N{EN DASH}2005)', 'in situ')
    """
    name = labels.FAMILIES.get(approach, approach.replace("_", " "))
    for part in flag.split(";"):
        if part.startswith("period_"):
            return f"{name} ({years(part.removeprefix('period_'))})"
    return name


def p_text(p: float) -> str:
    """Write a probability; what is tiny as a bound.

    Examples
    --------
    >>> p_text(0.0026), p_text(0.2), p_text(1e-9)
    ('0.0026', '0.20', '< 0.0001')
    """
    if p != p:
        return number(None)
    if p < 1e-4:
        return "< 0.0001"
    return f"{p:.4f}" if p < 0.01 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def family_name(family: str) -> str:
    """Return what a family is called inside a sentence.

    Examples
    --------
    >>> family_name("process_based"), family_name("cmip6")
    ('process models', 'CMIP6')
    """
    name = labels.FAMILIES.get(family, family.replace("_", " ")) or "models"
    return (
        name if name.isupper() or name[1:2].isupper() else name[:1].lower() + name[1:]
    )
