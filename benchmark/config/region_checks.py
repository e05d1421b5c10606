"""Whether the regions that a suite or a reference names can be opened."""

from benchmark.config.parts import region
from benchmark.config.validation import Place


def region_problems(entry: object, place: Place) -> list[str]:
    """Return what is wrong with a region: a name, a file, a box, or a list.

    Parameters
    ----------
    entry : object
        As the YAML has it.
    place : Place
        Where it stands.

    Returns
    -------
    list of str
        One line for each mistake.
    """
    from benchmark.regions import open_regions

    if isinstance(entry, list):
        problems = [
            problem
            for index, item in enumerate(entry)
            for problem in region_problems(item, place.inside(index))
        ]
        if problems:
            return problems
        entry = [region(item, place.path.parent) for item in entry]
    advice = _northward(entry, place)
    if advice:
        return [advice]
    try:
        open_regions(region(entry, place.path.parent))  # type: ignore[arg-type]
    except (ValueError, KeyError, TypeError, OSError) as error:
        return [f"{place}: {' '.join(str(error).split())}"]
    return []


def _northward(entry: object, place: Place) -> str:
    lat = entry.get("lat") if isinstance(entry, dict) else None
    try:
        south, north = lat  # type: ignore[misc]
        swapped = south > north
    except (TypeError, ValueError):
        return ""
    if not swapped:
        return ""
    at = place.inside("lat")
    return f"{at}: found {lat}; south first: write [{north}, {south}]."
