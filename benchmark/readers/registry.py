"""The registry of readers: a function of (source, model) to a Dataset."""

from collections.abc import Callable

import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.plugins import Registry

Reader = Callable[[VariableSource, Model], xr.Dataset]

readers: Registry[Reader] = Registry("permabench.readers")
