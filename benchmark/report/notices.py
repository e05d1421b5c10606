"""What the report says besides scores: gaps, methods, sources, provenance."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmark.report import labels
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site


@dataclass(frozen=True)
class Gap:
    """Numbers that could not be scored for one reason."""

    model: str
    variable: str
    reference: str
    status: str
    message: str
    regions: tuple[str, ...]
    metrics: tuple[str, ...]


@dataclass(frozen=True)
class SharedGap:
    """Numbers of several models that could not be scored for one reason.

    `labels` are those of the references they were to be scored against.
    """

    models: tuple[str, ...]
    variable: str
    labels: tuple[str, ...]
    status: str
    message: str
    regions: tuple[str, ...]
    metrics: tuple[str, ...]


@dataclass(frozen=True)
class Method:
    """What a metric is, as its plug-in says."""

    name: str
    long_name: str
    equation: str
    perfect: str
    source: str


def gaps(rows: Iterable[Row], site: Site) -> list[Gap]:
    """Gather the rows that could not be scored by their reason.

    Parameters
    ----------
    rows : iterable of Row
        Any rows.
    site : Site
        Names of regions.

    Returns
    -------
    list of Gap
        Every row with a status other than ``scored`` is in one of them;
        failures first.
    """
    missing = [row for row in rows if row.status != "scored"]
    groups = group_by(missing, "model", "variable", "reference", "status", "message")
    found = [
        Gap(
            model,
            variable,
            reference,
            status,
            message,
            _distinct(site.region_label(row.region) for row in group),
            _distinct(labels.metric(row.metric) for row in group),
        )
        for (model, variable, reference, status, message), group in groups.items()
    ]
    return sorted(found, key=lambda gap: labels.severity(gap.status))


def shared_gaps(gaps: Iterable[Gap], site: Site) -> list[SharedGap]:
    """Tell a gap once that models share, and once that references share.

    Parameters
    ----------
    gaps : iterable of Gap
        As `gaps` gives them.
    site : Site
        Labels of references.

    Returns
    -------
    list of SharedGap
        Every gap is in one of them, and none says more than its gaps: each
        of its models has the gap with each of its references.
    """
    by_models: dict[tuple[Any, ...], list[str]] = {}
    for gap in gaps:
        same = (gap.status, gap.message, gap.variable, gap.regions, gap.metrics)
        by_models.setdefault((same, gap.reference), []).append(gap.model)
    by_references: dict[tuple[Any, ...], list[str]] = {}
    for (same, reference), models in by_models.items():
        by_references.setdefault((same, _distinct(models)), []).append(reference)
    found = []
    for (same, models), references in by_references.items():
        status, message, variable, regions, metrics = same
        names = _distinct(map(site.reference_label, references))
        found.append(
            SharedGap(models, variable, names, status, message, regions, metrics)
        )
    return found


def methods(rows: Iterable[Row]) -> list[Method]:
    """Describe the metrics of a report from the register of metrics.

    Parameters
    ----------
    rows : iterable of Row
        Rows of the score table.

    Returns
    -------
    list of Method
        A metric that is not registered has nothing but its name.
    """
    from benchmark.metrics import metrics as registry

    known = set(registry.names())
    found = []
    for name in dict.fromkeys(row.metric for row in rows if row.metric):
        about = registry.get(name) if name in known else None
        found.append(
            Method(
                name=name,
                long_name=about.long_name if about else labels.metric(name),
                equation=about.equation if about else "",
                perfect=_perfect(about.perfect) if about else "",
                source=about.source if about else "",
            )
        )
    return found


def flatten(manifest: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    """Lay a nested manifest out as lines of key and value.

    Examples
    --------
    >>> flatten({"python": "3.11", "inputs": {"a.nc": "1f"}, "years": [1, 2]})
    [('python', '3.11'), ('inputs: a.nc', '1f'), ('years', '1, 2')]
    """
    lines: list[tuple[str, str]] = []
    for key, value in manifest.items():
        name = f"{before}: {key}" if before else str(key)
        if isinstance(value, Mapping):
            lines += flatten(value, name)
        elif isinstance(value, list | tuple):
            lines.append((name, ", ".join(map(str, value))))
        else:
            lines.append((name, str(value)))
    return lines


def _perfect(value: float) -> str:
    return "the reference" if math.isnan(value) else f"{value:g}"


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
