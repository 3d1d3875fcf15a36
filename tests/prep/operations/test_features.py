import pandas as pd
import pytest

from aipm.tables import Refusal
from tests.prep.operations.steps import cells, run, texts


def test_parts_of_a_date():
    parts = ["year", "quarter", "month", "day", "weekday", "hour", "is_weekend", "days_since"]
    after = run("date_parts", texts(d=["2024-02-03 10:30:00", None]), ["d"], parts=parts, since="2024-01-01")
    assert list(after) == [f"d_{part}" for part in parts]
    assert after.iloc[0].tolist() == [2024, 1, 2, 3, 6, 10, 1, 33]  # a Saturday
    assert after.iloc[1].isna().all()
    assert list(run("date_parts", texts(d=["2024-02-03"]), ["d"], parts=["day"], drop=False)) == ["d", "d_day"]


def test_what_is_no_date():
    with pytest.raises(Refusal, match="2 cells") as refused:
        run("date_parts", texts(d=["01/02/2024", "2024-13-01", "2024-01-01"]), ["d"])
    assert refused.value.advice == "Turn it into dates first."
    with pytest.raises(Refusal, match="not a date"):
        run("date_parts", texts(d=["2024-01-01"]), ["d"], since="yesterday")


def test_ratio():
    after = run("ratio", texts(debt=["1", "2", None], income=["0", "4", "1"]), ["debt", "income"])
    assert cells(after["debt_per_income"]) == [None, 0.5, None]


def test_lengths():
    frame = texts(a=["one two", "", None])
    assert cells(run("text_length", frame, ["a"])["a_characters"]) == [7, 0, None]
    assert cells(run("text_length", frame, ["a"], unit="words")["a_words"]) == [2, 0, None]


def test_interactions():
    frame = texts(a=["2", "3"], b=["5", None])
    assert cells(run("interaction", frame, ["a", "b"])["a_x_b"]) == [10, None]
    assert cells(run("interaction", frame, ["a", "b"], kind="combination", name="both")["both"]) == ["2 | 5", None]
    huge = pd.DataFrame({"a": [1e300], "b": [1e300]})
    assert cells(run("interaction", huge, ["a", "b"])["a_x_b"]) == [None]


def test_a_name_in_use_is_refused_when_chosen_and_numbered_when_not():
    frame = texts(a=["1"], b=["2"], a_per_b=["3"])
    assert list(run("ratio", frame, ["a", "b"])) == ["a", "b", "a_per_b", "a_per_b_2"]
    with pytest.raises(Refusal, match="already"):
        run("ratio", frame, ["a", "b"], name="a")
    with pytest.raises(Refusal, match="already"):
        run("formula", frame, name="a", expression="1")
