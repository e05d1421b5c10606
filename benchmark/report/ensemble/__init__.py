"""The ensemble page: how the models of a run differ, and from what is known."""
