"""Tests a configuration against its files before a long run."""

from benchmark.checking.check import (
    REFUSED,
    Checked,
    check_models,
    check_variable,
    models_in,
)

__all__ = ["REFUSED", "Checked", "check_models", "check_variable", "models_in"]
