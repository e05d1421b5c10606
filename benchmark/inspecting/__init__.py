"""Looks at files nobody has described, and writes a model configuration."""

from benchmark.inspecting.inspection import Inspection, inspect_files

__all__ = ["Inspection", "inspect_files"]
