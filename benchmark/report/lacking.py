"""Which output or reference is missing where an error cannot be split."""

from collections.abc import Collection, Sequence

from benchmark.config.descriptors import Model
from benchmark.harmonise.model import offers as can_open
from benchmark.report import labels
from benchmark.report.rows import Row
from benchmark.report.site import Site

NAMES = {"wetlandFrac": "wetland extent (wetlandFrac)"}


def offers(model: Model | None, variable: str) -> bool:
    """Return whether a model declares an output, or what it is made of.

    Parameters
    ----------
    model : Model or None
        The model; of one that is not known nothing is said to be missing.
    variable : str
        Its id.

    Returns
    -------
    bool
    """
    return model is None or can_open(model, variable)


def lacking(
    rows: Sequence[Row],
    needs: Sequence[str],
    site: Site,
    *,
    metrics: Collection[str] = (),
    wants: str = "",
) -> str:
    """Say in a sentence why an error cannot be split.

    Parameters
    ----------
    rows : sequence of Row
        Rows of one model.
    needs : sequence of str
        Variables that the split is made of.
    site : Site
        What the model declares.
    metrics : collection of str
        Metrics that the split is made of, if it is made of metrics.
    wants : str
        What a reference has to give; the names of the variables if empty.

    Returns
    -------
    str
        The outputs that the model does not offer; else the reason of the
        score table; else that no reference of the run has what it needs.
    """
    model = site.result.models.get(rows[0].model) if rows else None
    absent = [name for name in needs if not offers(model, name)]
    if absent:
        names = " and ".join(NAMES.get(name, labels.variable(name)) for name in absent)
        return f"Cannot be split: the model offers no {names}."
    reasons = [
        row.message
        for row in rows
        if row.status != "scored"
        and row.message
        and row.variable in needs
        and (not metrics or row.metric in metrics)
    ]
    if reasons:
        return f"Cannot be split: {reasons[0].rstrip('.')}."
    names = ", ".join(NAMES.get(name, labels.short(name)) for name in needs)
    return f"Cannot be split: no reference of this run gives {wants or names}."
