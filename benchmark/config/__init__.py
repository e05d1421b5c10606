"""From YAML to a suite: models, references, regions, metrics, periods."""

from benchmark.config.catalogue import model_names, reference_names
from benchmark.config.descriptors import (
    GridFile,
    GridMeasure,
    Model,
    Reference,
    Scoring,
    Suite,
    VariableSource,
)
from benchmark.config.models import load_models
from benchmark.config.references import companion_reference, load_reference
from benchmark.config.suites import load_suite

__all__ = [
    "GridFile",
    "GridMeasure",
    "Model",
    "Reference",
    "Scoring",
    "Suite",
    "VariableSource",
    "companion_reference",
    "load_models",
    "load_reference",
    "load_suite",
    "model_names",
    "reference_names",
]
