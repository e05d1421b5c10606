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
