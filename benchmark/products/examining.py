"""Whether the data of a descriptor can be scored against, before it gets a name."""

from dataclasses import dataclass, replace

from benchmark.config.descriptors import Model, Reference, Suite
from benchmark.errors import ConfigError, InputError


@dataclass(frozen=True)
class Examined:
    """What the data of a reference turned out to be.

    `problem` is why it cannot be scored against, `missing` the lines that its
    descriptor lacks, `summary` period and grid, `told` what is done to the data
    and what to look at.
    """

    problem: str = ""
    missing: tuple[str, ...] = ()
    summary: str = ""
    told: tuple[str, ...] = ()


def examine(reference: Reference) -> Examined:
    """Open the data of a reference and test them as `permabench check` does.

    Parameters
    ----------
    reference : Reference
        Field, table of regions, or sites.

    Returns
    -------
    Examined
        Of broken data, too: nothing is raised.

    Examples
    --------
    >>> from benchmark.config import load_reference
    >>> examine(load_reference("gbaf_gpp")).summary
    '36 months 2000-2002, 18 lat x 29 lon'
    """
    if reference.kind == "field":
        return _of_field(reference)
    try:
        if reference.kind == "sites":
            return _of_sites(reference)
        return _of_table(reference)
    except (InputError, ConfigError) as error:
        return Examined(problem=str(error))


def _of_field(reference: Reference) -> Examined:
    from benchmark.checking import check_variable

    variable = reference.variable
    model = Model(
        name=reference.name,
        variables={variable: reference.data},
        source=reference.source,
        grid=reference.grid,
        land_fraction=reference.land_fraction,
    )
    found = check_variable(model, variable)
    missing = tuple(
        f"'{question.key}: {question.choices[0]}'"
        + "".join(f", or '{question.key}: {c}'" for c in question.choices[1:])
        for question in found.asked
        # What cannot be tested is asked of a model, stated or not.
        if getattr(reference.data, question.key, None) is None
    )
    return Examined(
        found.problem, missing, found.summary, (*found.conversions, *found.warnings)
    )


def _of_table(reference: Reference) -> Examined:
    from benchmark.score.references import open_reference

    alone = replace(reference, role="context")
    opened = open_reference(alone, Suite(reference.name, "", (), (alone,), None))
    if opened.problem or opened.rows is None:
        return Examined(problem=opened.problem or "no rows could be read")
    regions = opened.rows["region"].nunique()
    return Examined(
        missing=_unstated(reference),
        summary=f"{len(opened.rows)} rows, {regions} regions of {reference.regions}",
    )


def _of_sites(reference: Reference) -> Examined:
    from benchmark.readers.sites import open_sites
    from benchmark.score.references import open_reference

    opened = open_sites(reference.data.files)
    name = reference.data.name or reference.variable
    if name not in opened.data_vars:
        held = ", ".join(str(found) for found in opened.data_vars)
        msg = f"{reference.data.files[0]}: no column '{name}'; found {held}."
        raise InputError(msg)
    missing, summary = _unstated(reference), f"{opened.sizes['site']} sites"
    if missing:
        return Examined(missing=missing, summary=summary)
    alone = replace(reference, role="context")
    found = open_reference(alone, Suite(reference.name, "", (), (alone,), None))
    if found.problem or found.sites is None:
        return Examined(problem=found.problem or "no sites could be read")
    done = (*found.sites.conversions, *found.sites.warnings)
    return Examined("", (), summary, done)


def _unstated(reference: Reference) -> tuple[str, ...]:
    """Return the lines that a table needs: it has no attributes to say them."""
    from benchmark.harmonise.variables import VARIABLES
    from benchmark.products.drafting import needed_keys

    variable = VARIABLES[reference.variable]
    return tuple(
        f"'{line}'"
        for key, line in needed_keys(variable).items()
        if getattr(reference.data, key, None) is None
    )
