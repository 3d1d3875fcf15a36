"""Who goes into which part: nobody twice, nobody left over, no person on two sides, no future in training."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.prep.operations.split import split
from aipm.tables import Refusal


def parts(frame, columns=(), *, how="random", validation=0.15, test=0.15, seed=0):
    return split(frame, list(columns), how=how, validation=validation, test=test, seed=seed)


def frame(rows=100, **columns):
    return pd.DataFrame({"x": np.arange(rows)} | columns).astype({"x": "str"})


def test_shares_are_kept_to_within_a_row():
    found = parts(frame(200), validation=0.1, test=0.25).value_counts()
    assert found.to_dict() == {"train": 130, "test": 50, "validation": 20}


def test_a_part_of_no_share_is_left_out():
    assert set(parts(frame(), validation=0)) == {"train", "test"}


@given(rows=st.integers(10, 80), validation=st.floats(0, 0.45), test=st.floats(0, 0.45), seed=st.integers(0, 2**32 - 1))
def test_every_row_has_one_part_and_the_order_of_rows_makes_no_difference(rows, validation, test, seed):
    table = frame(rows)
    found = parts(table, validation=validation, test=test, seed=seed)
    assert set(found) <= {"train", "validation", "test"}
    assert list(found.index) == list(table.index)
    for part, share in (("validation", validation), ("test", test)):
        assert abs((found == part).sum() - share * rows) <= 1
    turned = parts(table.sample(frac=1, random_state=1), validation=validation, test=test, seed=seed)
    pd.testing.assert_series_equal(turned.sort_index(), found)


def test_a_stratified_split_has_the_same_share_of_each_label_in_every_part():
    table = frame(200, label=["yes"] * 40 + ["no"] * 160)
    found = parts(table, ["label"], how="stratified", validation=0.2, test=0.2)
    assert table.groupby(found)["label"].apply(lambda part: (part == "yes").mean()).eq(0.2).all()


def test_a_label_with_a_single_row_stays_in_training_and_blank_labels_are_shared_out_like_any_other():
    table = frame(101, label=["yes"] * 50 + [None] * 50 + ["odd"])
    found = parts(table, ["label"], how="stratified", validation=0, test=0.2)
    assert found[100] == "train"
    assert (found[50:100] == "test").sum() == 10


def test_a_numeric_target_is_spread_by_bands():
    table = frame(1_000, y=np.arange(1_000.0))
    found = parts(table, ["y"], how="stratified", validation=0, test=0.1)
    assert all((found[low : low + 99] == "test").sum() in range(9, 12) for low in range(0, 1_000, 100))


@given(
    owners=st.lists(st.sampled_from("abcdefghijklmnop"), min_size=30, max_size=90),
    how=st.sampled_from(["group", "stratified_group"]),
)
def test_nobody_is_on_two_sides(owners, how):
    table = frame(len(owners), who=owners, label=["yes" if at % 5 else "no" for at in range(len(owners))])
    columns = ["who"] if how == "group" else ["who", "label"]
    try:
        found = parts(table, columns, how=how)
    except Refusal as refusal:
        assert refusal.code == "too_few_rows"  # noqa: PT017 - too few people for the parts is an answer
        return
    assert found.groupby(table["who"]).nunique().max() == 1
    assert found.notna().all()


def test_shares_by_group_are_shares_of_people_and_a_rare_label_reaches_every_part():
    people = [f"p{at // 3}" for at in range(300)]
    labels = ["yes" if at % 15 == 0 else "no" for at in range(300)]
    table = frame(300, who=people, label=labels)
    found = parts(table, ["who", "label"], how="stratified_group", validation=0.2, test=0.2)
    assert table["who"].groupby(found).nunique().to_dict() == {"train": 60, "validation": 20, "test": 20}
    assert (table["label"] == "yes").groupby(found).sum().to_dict() == {"train": 12, "validation": 4, "test": 4}


def test_rows_that_do_not_say_whose_they_are_stay_in_training():
    table = frame(100, who=[None] * 50 + [f"p{at}" for at in range(50)])
    assert set(parts(table, ["who"], how="group")[:50]) == {"train"}


@given(days=st.lists(st.integers(0, 40) | st.none(), min_size=20, max_size=80))
def test_training_is_older_than_validation_and_validation_older_than_the_test(days):
    when = pd.Series(pd.Timestamp("2024-01-01") + pd.to_timedelta(pd.Series(days, dtype="float64"), unit="D"))
    table = frame(len(days), when=when)
    try:
        found = parts(table, ["when"], how="time")
    except Refusal as refusal:
        assert refusal.code in ("too_few_rows", "too_few_times")  # noqa: PT017 - as above
        return
    newest, oldest = when.groupby(found).max(), when.groupby(found).min()
    assert newest["train"] < oldest["validation"]
    assert newest["validation"] < oldest["test"]
    assert set(found[when.isna()]) <= {"train"}


def test_dates_written_as_text_and_years_as_numbers_will_do_but_no_other_text():
    years = pd.Series([2000 + at // 10 for at in range(100)])
    by_number = parts(frame(100, when=years), ["when"], how="time", validation=0, test=0.2)
    assert set(years[by_number == "test"]) == {2008, 2009}
    assert parts(frame(100, when=years.astype("str") + "-01-31"), ["when"], how="time", validation=0, test=0.2).equals(
        by_number
    )
    with pytest.raises(Refusal) as refused:
        parts(frame(100, when="soon"), ["when"], how="time")
    assert "soon" not in refused.value.message


@pytest.mark.parametrize(
    ("table", "columns", "how"),
    [
        (frame(1), (), "random"),
        (frame(50, label=[f"l{at // 2}" for at in range(50)]), ["label"], "stratified"),
        (frame(50, who="the same"), ["who"], "group"),
        (frame(50, who=None), ["who"], "group"),
        (frame(50, when=pd.Timestamp("2024-01-01")), ["when"], "time"),
        (frame(50, when=pd.NaT), ["when"], "time"),
        (frame(50), ["x"], "random"),
        (frame(50), (), "stratified"),
    ],
    ids=["one row", "labels by twos", "one group", "no group", "one day", "no day", "a column", "no column"],
)
def test_what_cannot_be_split_is_refused_in_words(table, columns, how):
    with pytest.raises(Refusal) as refused:
        parts(table, columns, how=how)
    assert refused.value.advice
