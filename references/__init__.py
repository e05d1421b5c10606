"""Reference data, region sets and their descriptors, shipped with the package."""
