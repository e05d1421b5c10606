"""What the key `time:` may say: units with a date, and a calendar."""

from benchmark.config.validation import Key
from benchmark.harmonise.time.calendar import CALENDARS, calendar_of
from benchmark.harmonise.time.units import decoder_of


def _is_units(value: object) -> bool:
    try:
        return isinstance(value, str) and decoder_of(value, "standard") is not None
    except ValueError:
        return False


def _is_calendar(value: object) -> bool:
    try:
        calendar_of(value)
    except ValueError:
        return False
    # YAML reads 360 as a number and null as nothing stated.
    return isinstance(value, str) and bool(value.strip())


TIME = Key(
    "a mapping with units, calendar or both",
    lambda value: isinstance(value, dict) and bool(value),
    keys={
        "units": Key("such as 'months since 1901-01-01'", _is_units),
        "calendar": Key(f"one of {', '.join(CALENDARS)}", _is_calendar),
    },
)
