"""Running one operation as a recipe would: settings checked and completed, learned on one part, applied to another."""

import numpy as np
import pandas as pd

from aipm.prep.operations import operations
from aipm.prep.recipe import Step
from aipm.prep.settings import settings


def texts(**columns):
    """A frame as it comes from a file: text, None where a cell was blank."""
    return pd.DataFrame(columns, dtype="str")


def learn(op, train, columns, **params):
    operation = operations()[op]
    whole = settings(Step(id="step", op=op, columns=tuple(columns), params=params), operation)
    return operation.learn(train, list(columns), **whole)


def run(op, frame, columns=(), *, train=None, **params):
    """What the operation makes of a frame, learned on `train`, or on the frame itself."""
    operation = operations()[op]
    whole = settings(Step(id="step", op=op, columns=tuple(columns), params=params), operation)
    before = frame.copy()
    if operation.learn is None:
        after = operation.apply(frame, list(columns), **whole)
    else:
        learned = operation.learn(frame if train is None else train, list(columns), **whole)
        after = operation.apply(frame, list(columns), learned, **whole)
    pd.testing.assert_frame_equal(frame, before)
    return after


def cells(series):
    """A column as a plain list, None where it is missing."""
    return [None if pd.isna(cell) else cell.item() if isinstance(cell, np.generic) else cell for cell in series]


def described(op, learned):
    return operations()[op].describe(learned)
