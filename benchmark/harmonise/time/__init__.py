"""The time axis of a file: dates in the model's calendar, months, gaps."""
