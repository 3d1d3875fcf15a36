"""How well people hide in a crowd: k-anonymity and l-diversity of the columns that outsiders may know.

Sweeney, L. (2002), k-anonymity: a model for protecting privacy, IJUFKS 10(5). Machanavajjhala, A. et al. (2007),
l-diversity: privacy beyond k-anonymity, ACM TKDD 1(1); here its plainest form, l different sensitive values.
A missing value counts as a value: somebody whose postcode is blank stands out among those whose is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymity:
    """`classes`: different combinations; `smallest`: rows of the rarest one, the k that is reached.

    `below`: rows whose combination fewer than k share; `unique`: rows that are alone. With a sensitive column,
    `diversity` is the smallest number of its values within a combination, and `uniform` the rows of combinations with
    fewer than l: who is known to be among them is known to have one of so few values.
    """

    rows: int
    k: int
    classes: int
    smallest: int | None
    below: int
    unique: int
    l: int | None = None  # noqa: E741 - the name of the measure
    diversity: int | None = None
    uniform: int | None = None


def anonymity(
    frame: pd.DataFrame,
    columns: Sequence[str],
    *,
    k: int = 5,
    sensitive: str | None = None,
    l: int = 2,  # noqa: E741 - the name of the measure
) -> Anonymity:
    """The crowd that each row has among those with the same values in `columns`."""
    checked(frame, columns, sensitive)
    groups = frame.groupby(list(columns), dropna=False, sort=False, observed=True)
    sizes = groups.size().to_numpy()
    found: dict[str, Any] = {
        "rows": len(frame),
        "k": k,
        "classes": len(sizes),
        "smallest": int(sizes.min()) if len(sizes) else None,
        "below": int(sizes[sizes < k].sum()),
        "unique": int((sizes == 1).sum()),
    }
    if sensitive is None:
        return Anonymity(**found)
    different = groups[sensitive].nunique(dropna=False).to_numpy()
    return Anonymity(
        **found,
        l=l,
        diversity=int(different.min()) if len(different) else None,
        uniform=int(sizes[different < l].sum()),
    )


def checked(frame: pd.DataFrame, columns: Sequence[str], sensitive: str | None) -> None:
    if not columns:
        raise Refusal("no_columns", "No columns were chosen.", advice="Choose what outsiders may know of a person.")
    if sensitive in columns or len(set(columns)) < len(columns):
        raise Refusal(
            "same_column", "A column was chosen twice.", advice="The sensitive column is not one of the others."
        )
    absent = [column for column in (*columns, *([sensitive] if sensitive else [])) if column not in frame.columns]
    if absent:
        raise Refusal("no_such_column", f"There is no column {absent[0]!r}.", advice="Choose from those there are.")
