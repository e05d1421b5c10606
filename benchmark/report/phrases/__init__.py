"""What the numbers of a model say, in words: one module for each kind of finding."""
