"""Labels that a quick model, which has not seen them, finds very unlikely: suspects for a person to look at."""

from collections.abc import Iterator

import numpy as np

from aipm.content import number
from aipm.prep.finding import Finding
from aipm.prep.profile.sheet import Sheet, found
from aipm.tables import Refusal

MOST_ROWS = 5_000
MOST_CLASSES = 10
UNLIKELY = 0.05
"""Most of what a model finds unlikely is merely unusual; a finding is made of what it hardly believes at all."""
BETTER = 0.1
"""A model that is right hardly more often than a guess has no say."""


def label_suspects(sheet: Sheet, skip: frozenset[int]) -> Iterator[Finding]:
    """Suspected label errors, cross-validated on a sample of the rows. `skip`: positions of identifiers and leaks."""
    target = sheet.target
    if target is None or not 2 <= target.distinct <= MOST_CLASSES or target.kind == "number":
        return
    import pandas as pd

    from aipm.prep.frames import TEXT
    from aipm.prep.label_errors import label_errors

    rows = np.flatnonzero(target.is_valid[target.codes])
    if len(rows) > MOST_ROWS:
        rows = np.sort(np.random.default_rng(0).choice(rows, MOST_ROWS, replace=False))
    frame = pd.DataFrame(
        {
            column.name: pd.Series(column.texts.take(column.codes[rows]).to_pylist(), index=rows, dtype=TEXT).where(
                column.is_valid[column.codes[rows]]
            )
            for column in sheet.columns
            if column.position not in skip and (column is target or column.distinct > 1)
        }
    )
    if frame.shape[1] < 2:
        return
    try:
        judged = label_errors(frame, target.name)
    except Refusal:
        return
    suspects = [suspect for suspect in judged.suspects if suspect.confidence < UNLIKELY]
    if suspects and judged.agreement >= judged.guessing + BETTER:
        yield found(
            "label_error_suspect",
            [target],
            rows=judged.rows,
            count=len(suspects),
            where=[suspect.row for suspect in suspects[:10]],
            said={"sample": number.count(judged.rows)},
        )
