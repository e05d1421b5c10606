"""How much each reference counts in the scorecard of a run."""

import pandas as pd


def card_weights(subjects: pd.DataFrame) -> dict[str, float]:
    """Return the weight of each reference of a scorecard, 0.5 to 1.

    Half is for being compared at all; the other half is the weight of its
    subject times its own in it, each as a part of the largest there is.

    Parameters
    ----------
    subjects : DataFrame
        With `benchmark.scorecard.SUBJECT_COLUMNS`.

    Returns
    -------
    dict of str to float
        Empty without a scorecard.
    """
    if not len(subjects):
        return {}
    first = subjects[subjects["model"] == subjects["model"].iloc[0]]
    weights = first[first["level"] == "subject"].set_index("subject")["weight"]
    most = float(weights.max()) or 1.0
    found: dict[str, float] = {}
    for name, rows in first[first["level"] == "benchmark"].groupby("subject"):
        largest = float(rows["weight"].max()) or 1.0
        for reference, weight in zip(rows["reference"], rows["weight"], strict=True):
            counted = float(weights[name]) / most * float(weight) / largest
            found[reference] = max(found.get(reference, 0.0), 0.5 + counted / 2)
    return found
