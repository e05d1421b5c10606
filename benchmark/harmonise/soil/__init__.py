"""Soil carbon by depth: layers integrated, the right variable taken."""
