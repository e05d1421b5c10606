"""Keeps a finished run in a folder, in open formats, and reads it back."""
