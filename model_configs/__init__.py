"""Models that ship with the program: descriptors and the data of the demo."""
