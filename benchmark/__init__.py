"""permabench: score land models against permafrost-carbon references."""

__version__ = "0.1.0"
