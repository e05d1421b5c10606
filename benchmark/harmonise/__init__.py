"""From a model's own files to CF names, canonical units and an upward sign."""
