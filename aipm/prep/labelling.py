"""A sheet on which people write labels, and the labels of several such sheets side by side."""

import csv
import io
from collections.abc import Mapping, Sequence

import pandas as pd

from aipm.tables import Refusal
from aipm.tables.formula import formula_safe

ROW, LABEL, GUIDELINE = "row", "label", "guideline"
MOST_ROWS = 10_000


def sheet(
    frame: pd.DataFrame, columns: Sequence[str], *, labels: Sequence[str], guideline: str, rows: int, seed: int = 0
) -> str:
    """A CSV with the number of each row in the file, the columns to go by, an empty label, and what to write in it.

    `rows` of the file are drawn, in their order; the same for every person who gets the sheet, so that agreement can be
    measured. Text that a spreadsheet would calculate is made harmless. Raises Refusal: no columns, fewer than two
    labels, a column named as one of the sheet's own.
    """
    if not columns or len(set(labels)) < 2:
        raise Refusal("no_columns", "A sheet needs columns to go by and at least two labels.", advice="Choose both.")
    if taken := {ROW, LABEL, GUIDELINE} & set(columns):
        raise Refusal("name_taken", f"The sheet has a column {min(taken)!r} of its own.", advice="Rename that column.")
    drawn = frame[list(columns)].sort_index()
    if len(drawn) > (count := min(rows, MOST_ROWS)):
        drawn = drawn.sample(count, random_state=seed).sort_index()
    said = f"{guideline} ({' | '.join(labels)})"
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n")
    write.writerow([ROW, *map(formula_safe, columns), LABEL, GUIDELINE])
    for number, cells in zip(drawn.index, drawn.itertuples(index=False), strict=True):
        shown = ("" if pd.isna(cell) else formula_safe(str(cell)) for cell in cells)
        write.writerow([number + 1, *shown, "", formula_safe(said)])
    return text.getvalue()


def labels_of(frame: pd.DataFrame, sheets: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The frame with a column of labels for each person whose filled-in sheet there is, by the row's number.

    Raises Refusal: a sheet without the two columns, with a row twice, with a row that the file does not have, or a
    person named as a column is.
    """
    added = {}
    for person, filled in sheets.items():
        if person in frame.columns:
            raise Refusal("name_taken", f"There is a column {person!r} already.", advice="Name the sheet differently.")
        if not {ROW, LABEL} <= set(filled.columns):
            raise Refusal(
                "no_such_column", "The sheet has no columns row and label.", advice="Use the sheet as it was."
            )
        numbers = pd.to_numeric(filled[ROW], errors="coerce") - 1
        if numbers.isna().any() or numbers.duplicated().any() or not numbers.isin(frame.index).all():
            raise Refusal(
                "other_rows",
                "The sheet's row numbers are not those of this file, or one stands twice.",
                advice="Use the sheet made from this file, and keep its column row as it was.",
            )
        text = filled[LABEL].astype("str").str.strip()
        added[person] = text.where(text != "").set_axis(numbers.astype("int64")).reindex(frame.index)
    return frame.assign(**added)
