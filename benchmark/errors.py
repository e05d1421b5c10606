"""The two errors a caller catches: a bad configuration and a bad input file."""


class ConfigError(ValueError):
    """A configuration file that cannot be used, with all its mistakes.

    Parameters
    ----------
    problems : list of str
        One line each: file, place, what was found, what to write.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class InputError(ValueError):
    """A file or variable that cannot be scored as it is.

    The message is one line: file, variable, what was found, what was
    expected, what to write. Scoring turns it into a row of the table.
    """


class NotCoveredError(InputError):
    """The model has no soil carbon of the depths of a reference: not assessed."""


class NoOverlapError(InputError):
    """Model and reference share no months, years or cells."""
