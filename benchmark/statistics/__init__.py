"""Statistics of fields and tables over time, made before any scoring."""
