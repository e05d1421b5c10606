"""Pages of benchmarks: one for each reference, one for each pair with a number."""
