"""Whether the metrics of a reference exist, fit it, and have their numbers."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from benchmark.config.descriptors import Reference
from benchmark.config.validation import Place
from benchmark.harmonise.variables import VARIABLES

if TYPE_CHECKING:
    from benchmark.metrics import Metric


def unknown_metrics(names: Iterable[str], place: Place) -> list[str]:
    """Return a line for each name that no metric has.

    Parameters
    ----------
    names : iterable of str
        As the YAML has them.
    place : Place
        Of the list.

    Returns
    -------
    list of str
    """
    from benchmark.metrics import metrics

    known = metrics.names()
    problems = []
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"Did you mean '{near[0]}'? " if near else ""
            problems.append(
                f"{place}: metric '{name}' is unknown. {hint}Known: {', '.join(known)}."
            )
    return problems


def unfit_metrics(
    reference: Reference, names: Iterable[str], place: Place
) -> list[str]:
    """Return a line for each known metric that cannot score a reference.

    Parameters
    ----------
    reference : Reference
        With the tolerance and scale of its descriptor.
    names : iterable of str
        Metrics it is to be scored by.
    place : Place
        Where they are named.

    Returns
    -------
    list of str
        What does not fit, or which key is missing and where to write it.
        Empty for a reference that is shown only.
    """
    from benchmark.metrics import metrics

    if reference.role == "context":
        return []
    problems = []
    for name in names:
        try:
            metric = metrics.get(name)
        except KeyError as error:
            # Unknown ones are told apart; this is one that cannot be loaded.
            if name in metrics.names():
                problems.append(f"{place}: {error.args[0]}")
            continue
        problems += [
            f"{place}: metric '{name}' {reason}."
            for reason in _reasons(reference, metric)
        ]
    return problems


def _reasons(reference: Reference, metric: "Metric[...]") -> list[str]:
    variable, kinds = VARIABLES[reference.variable], metric.kinds
    other = _of_another_kind(reference, metric)
    if other:
        return [other]
    if metric.relative and not variable.is_stock and not metric.variables:
        # A ratio of net fluxes, or of anything that may be 0, says nothing.
        kind = "a flux; use regional_total" if variable.is_flux else "no stock"
        return [f"compares stocks, and {variable.name} is {kind}"]
    kind = "map" if reference.kind == "field" else reference.kind
    if not {kind, "composite", "pattern"} & set(kinds):
        return [f"takes {' or '.join(kinds)} data; '{reference.name}' is {kind}"]
    scoring = reference.scoring
    wanted = {"tolerance": scoring.tolerance, "scale": scoring.scale}
    wanted = {key: value for key, value in wanted.items() if key in metric.needs}
    if metric.relative:
        wanted = {"relative_tolerance": scoring.relative_tolerance}
    return [
        f"needs '{key}:'; write it under 'scoring:' of '{reference.name}'"
        for key, value in wanted.items()
        if value is None
    ]


def _of_another_kind(reference: Reference, metric: "Metric[...]") -> str:
    """Say why a metric is not for what a reference measures, or nothing."""
    name, source = reference.variable, reference.data
    if metric.variables and name not in metric.variables:
        reason = (
            f"is for {' and '.join(metric.variables)}; '{reference.name}' is {name}"
        )
        if name in ("nee", "nbe") and "share" in metric.name:
            reason += (
                ". The annual sum of a net flux crosses zero, so its share is "
                "undefined: use cold_season_amount"
            )
        return reason
    if source.value_of and source.value_of != metric.name:
        return f"is not '{source.value_of}', which 'value_of:' says the numbers are"
    per_land = metric.units in ("variable", "total") and metric.name != "ch4_density"
    if source.area_basis == "wetland" and per_land:
        return "compares fluxes per land area; write 'metrics: [ch4_density]'"
    return ""
