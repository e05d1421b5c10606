"""Classes of sites, such as fens or pine forests, in the place of regions.

A score over the sites of a class stands in the score table where others have a
region, under an id that no region has.
"""

PREFIX = "site_class_"


def class_id(name: str) -> str:
    """Return what stands in the column ``region`` for a class of sites.

    Parameters
    ----------
    name : str
        The class as the table of the reference has it.

    Returns
    -------
    str

    Examples
    --------
    >>> class_id("evergreen_needleleaf_forest")
    'site_class_evergreen_needleleaf_forest'
    """
    return PREFIX + name


def is_class(region: str) -> bool:
    """Return whether a region of the score table is a class of sites.

    Examples
    --------
    >>> is_class("site_class_fen"), is_class("alaska")
    (True, False)
    """
    return region.startswith(PREFIX)


def class_name(region: str) -> str:
    """Return what the sites of a class are called, from the id it has.

    Examples
    --------
    >>> class_name("site_class_evergreen_needleleaf_forest")
    'Evergreen needleleaf forest sites'
    """
    words = class_words(region)
    return f"{words[:1].upper()}{words[1:]} sites"


def class_words(region: str) -> str:
    """Return a class of sites as it stands within a sentence.

    Examples
    --------
    >>> class_words("site_class_open_shrubland"), class_words("site_class_Gelisol")
    ('open shrubland', 'Gelisol')
    """
    return region.removeprefix(PREFIX).replace("_", " ").strip()
