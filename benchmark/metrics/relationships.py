"""How a variable depends on a driver: means of the one in bins of the other."""
