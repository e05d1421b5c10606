"""What a metric is, and the register of metrics."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, signature
from math import isnan
from typing import Generic, ParamSpec

import xarray as xr

from benchmark.metrics.checks import described, prepared
from benchmark.metrics.parameters import PARAMETERS, is_statistic
from benchmark.plugins import Registry

P = ParamSpec("P")

DIRECTIONS = ("zero", "one", "higher", "lower", "reference")
KINDS = ("map", "regional", "sites", "pattern", "composite")


@dataclass(frozen=True, eq=False)
class Metric(Generic[P]):
    """A function that compares statistics, and what a reader must know of it.

    Calling it checks that all statistics share coordinates, units and mass
    basis, calls the function and labels the result with units.

    Parameters
    ----------
    name : str
        The name users write and the score table shows.
    long_name, equation : str
        For people; the report prints them.
    perfect : float
        The value when model equals reference.
    bounds : tuple of float
        Smallest and largest possible value.
    direction : {"zero", "one", "higher", "lower", "reference"}
        Which values are better: near zero, near one, larger, smaller, or near
        the reference value (then `perfect` is NaN).
    units : str
        Units of the value; "variable" means those of the variable, "total"
        those of its sum over an area, "variable yr-1" those of its trend.
    source : str
        Citation with DOI.
    kinds : tuple of str
        "map": takes (lat, lon) statistics and weights; "regional": takes
        (region,) statistics; "sites": takes (site,) statistics and weights
        (region, site); "pattern": takes (region,) statistics and returns one
        number for all regions; "composite": takes the scores of other metrics.
    relative : bool
        Whether its tolerance is a share of the reference.
    totals : bool
        Whether it takes totals of regions although its value is none.
    variables : tuple of str
        The variables it is defined for; empty for any.
    function : callable
        Its parameter names say which statistics it needs.

    Raises
    ------
    ValueError
        If a direction, a kind or a parameter name is unknown.
    """

    name: str
    long_name: str
    equation: str
    perfect: float
    bounds: tuple[float, float]
    direction: str
    units: str
    source: str
    kinds: tuple[str, ...]
    relative: bool
    drawn: bool
    function: Callable[P, xr.Dataset]
    totals: bool = False
    variables: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the description; look like the function to help and doctest."""
        _known(self.name, "direction", [self.direction], DIRECTIONS)
        _known(self.name, "kind", self.kinds, KINDS)
        names = list(signature(self.function).parameters)
        unknown = [name for name in names if not is_statistic(name)]
        _known(self.name, "parameter", unknown, sorted(PARAMETERS))
        for attribute in ("__doc__", "__module__", "__name__", "__qualname__"):
            self.__dict__[attribute] = getattr(self.function, attribute)
        self.__dict__["__wrapped__"] = self.function

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the statistics and numbers that must be given."""
        return self._parameters(optional=False)

    @property
    def optional(self) -> tuple[str, ...]:
        """Names of those that may be given."""
        return self._parameters(optional=True)

    @property
    def compares(self) -> str:
        """Which regional statistics it takes: ``mean`` or ``total``."""
        return "total" if self.totals or self.units == "total" else "mean"

    @property
    def perfect_label(self) -> str:
        """The perfect value in words."""
        return "the reference" if isnan(self.perfect) else f"{self.perfect:g}"

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> xr.Dataset:
        """Compare; see the docstring of the metric."""
        call = signature(self.function).bind(*args, **kwargs)
        call.arguments.update(prepared(self.name, call.arguments))
        result = self.function(*call.args, **call.kwargs)
        return described(result, self.long_name, self.units, call.arguments)

    def _parameters(self, *, optional: bool) -> tuple[str, ...]:
        return tuple(
            parameter.name
            for parameter in signature(self.function).parameters.values()
            if parameter.name != "weights"
            and (parameter.default is not Parameter.empty) == optional
        )


metrics: Registry[Metric[...]] = Registry("permabench.metrics", Metric)


def metric(
    *,
    long_name: str,
    equation: str,
    perfect: float,
    bounds: tuple[float, float],
    direction: str,
    units: str,
    source: str,
    kinds: tuple[str, ...] = ("map", "regional"),
    relative: bool = False,
    drawn: bool = True,
    totals: bool = False,
    variables: tuple[str, ...] = (),
    name: str | None = None,
) -> Callable[[Callable[P, xr.Dataset]], Metric[P]]:
    """Register the decorated function as a metric.

    Parameters
    ----------
    long_name, equation, perfect, bounds, direction, units, source, kinds
        See `Metric`.
    relative, totals, variables
        See `Metric`.
    name : str, optional
        Name in the register; the name of the function if not given.

    Returns
    -------
    callable
        The decorator; it makes the function a `Metric`, called as before.

    Raises
    ------
    ValueError
        If the name is taken, or the description is not valid.
    """

    def register(function: Callable[P, xr.Dataset]) -> Metric[P]:
        made = Metric(
            name=name or function.__name__,
            long_name=long_name,
            equation=equation,
            perfect=perfect,
            bounds=bounds,
            direction=direction,
            units=units,
            source=source,
            kinds=kinds,
            relative=relative,
            drawn=drawn,
            totals=totals,
            variables=variables,
            function=function,
        )
        metrics.register(made.name)(made)
        return made

    return register


def _known(
    metric_name: str, what: str, found: list[str] | tuple[str, ...], known: object
) -> None:
    for name in found:
        if name not in known:  # type: ignore[operator]
            msg = f"metric '{metric_name}': {what} '{name}' is unknown. Use: {known}."
            raise ValueError(msg)
