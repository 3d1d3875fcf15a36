"""Proposed steps are steps that the operations take."""

import msgspec
import numpy as np

from aipm.prep.operations import operations
from tests.prep.profile.build import findings

RANDOM = np.random.default_rng(4)
ROWS = 200


def test_every_proposed_step_is_one_that_can_be_taken():
    numbers = RANDOM.integers(10, 90, ROWS).tolist()
    columns = {
        "id": [f"A-{i}" for i in range(ROWS)],
        "ticket": [f"T{i % 90} x" for i in range(ROWS)],
        "day": [f"{1 + i // 17:02}/{1 + i % 12:02}/2024" for i in range(ROWS)],
        "income": [*numbers[:-2], "?", 9_999_999],
        "glucose": [*numbers[:-9], *[0] * 9],
        "temperature": [*numbers[:-9], *[-999] * 9],
        "share": ["5%", "7%", "12%", "40%"] * 50,
        "weight": ["5 kg", "7 kg", "12 kg", "40 kg"] * 50,
        "band": ["18-24", "25-34", "35-44", "65+"] * 50,
        "tags": ["a;b", "b", "a;c;b", "c"] * 50,
        "price": ["$1,200.50", "$3,100.00"] * 100,
        "city": ["Rome", "rome", " Paris", ""] * 50,
        "answer": ["Yes", "No"] * 100,
        "email": [f"u{i}@example.org" for i in range(ROWS)],
        "birth date": [f"19{50 + i % 40}-03-11" for i in range(ROWS)],
        "card": ["4111111111111111", "4012888888881881", "5555555555554444"] * 66 + ["4111111111111111"] * 2,
        "empty": [""] * ROWS,
        "same": ["x"] * ROWS,
        "label": ["a"] * 180 + ["b"] * 15 + [""] * 5,
    }
    fixes = [each.fix for each in findings(columns, target="label").values() if each.fix is not None]
    known = operations()
    assert len({fix.op for fix in fixes}) > 12
    for fix in fixes:
        operation = known[fix.op]
        msgspec.convert(dict(fix.params), operation.params)
        assert fix.scope == operation.scope, fix.op
        assert operation.least_columns <= len(fix.columns) <= (operation.most_columns or len(columns)), fix.op
        assert set(fix.columns) <= set(columns)
    assert len({fix.id for fix in fixes}) == len(fixes)
