"""Weights and made-up rows: what they weigh, that they are marked, and when they are refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.utils.class_weight import compute_class_weight

from aipm.prep.operations.balance import (
    augment_numbers,
    augment_text,
    class_weights,
    learn_class_weights,
    oversample,
)
from aipm.tables import Refusal


def customers(yes=10, no=90):
    random = np.random.default_rng(0)
    rows = yes + no
    return pd.DataFrame(
        {
            "id": [f"c{at}" for at in range(rows)],
            "age": random.integers(18, 90, rows),
            "fee": random.random(rows).round(2),
            "plan": random.choice(["a", "b"], rows),
            "left": ["yes"] * yes + ["no"] * no,
        }
    ).astype({"id": "str", "plan": "str", "left": "str"})


def more(frame, columns=("left",), *, share=1.0, neighbours=5, seed=0):
    return oversample(frame, list(columns), share=share, neighbours=neighbours, seed=seed)


@given(labels=st.lists(st.sampled_from("abc"), min_size=2, max_size=40).filter(lambda labels: len(set(labels)) > 1))
def test_weights_are_scikit_learns_and_every_class_weighs_the_same_in_all(labels):
    frame = pd.DataFrame({"y": labels})
    learned = learn_class_weights(frame, ["y"], name="weight")
    classes = np.unique(labels)
    assert list(learned.values()) == pytest.approx(list(compute_class_weight("balanced", classes=classes, y=labels)))
    weighed = class_weights(frame, ["y"], learned, name="weight")
    assert weighed.groupby("y")["weight"].sum().to_numpy() == pytest.approx(len(labels) / len(classes))


def test_a_class_never_seen_in_training_has_no_weight():
    learned = learn_class_weights(pd.DataFrame({"y": ["a", "b"]}), ["y"], name="weight")
    assert class_weights(pd.DataFrame({"y": ["c", None]}), ["y"], learned, name="weight")["weight"].isna().all()


def test_new_rows_are_marked_numbered_below_zero_and_nobody():
    frame = customers()
    found = more(frame)
    assert found["left"].value_counts().to_dict() == {"no": 90, "yes": 90}
    new = found[found["synthetic"]]
    assert len(new) == 80
    assert list(new.index) == list(range(-1, -81, -1))
    assert new["id"].isna().all()
    assert new["age"].between(18, 90).all()
    assert set(new["plan"]) <= {"a", "b"}
    pd.testing.assert_frame_equal(found.head(100).drop(columns="synthetic"), frame, check_dtype=False)


def test_only_the_columns_named_are_gone_by_and_the_same_seed_gives_the_same_rows():
    found = more(customers(), ["left", "fee"], share=0.5)
    new = found[found["synthetic"].astype("bool")]
    assert len(new) == 35
    assert new[["age", "plan"]].isna().all(axis=None)
    pd.testing.assert_frame_equal(found, more(customers(), ["left", "fee"], share=0.5))


@pytest.mark.parametrize("columns", [["left", "age", "fee"], ["left", "plan"], ["left", "age", "plan"]])
def test_numbers_names_or_both(columns):
    assert more(customers(), columns)["left"].value_counts().to_dict() == {"no": 90, "yes": 90}


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (customers(yes=0), "one_class"),
        (customers(yes=5), "too_few_rows"),
        (customers().assign(age=np.inf), "infinite_values"),
        (customers()[["id", "left"]], "no_columns"),
        (customers().assign(age=customers()["age"].where(customers().index > 3)), "missing_values"),
    ],
    ids=["one class", "five rows", "infinite", "names", "missing"],
)
def test_what_cannot_be_filled_up_is_refused_in_words(frame, code):
    with pytest.raises(Refusal) as refused:
        more(frame)
    assert refused.value.code == code


def test_moved_numbers_stay_within_what_occurs_and_keep_their_digits():
    found = augment_numbers(customers(), ["fee", "age"], share=1.5, spread=0.1, seed=0)
    new = found[found["synthetic"]]
    assert len(new) == 150
    assert new["fee"].between(0, 1).all()
    assert np.allclose(new["fee"], new["fee"].round(2), atol=0)
    assert (new["age"] == new["age"].astype(int)).all()
    assert set(new["id"]) == set(customers()["id"])
    assert (new["fee"].to_numpy() != customers().set_index("id").loc[new["id"], "fee"].to_numpy()).mean() > 0.5


@pytest.mark.parametrize(
    ("kind", "varied"), [("lower", {"hello"}), ("swap", {"Hlelo", "Hello", "Helol"}), ("drop", {"Hllo", "Helo"})]
)
def test_slips_in_text(kind, varied):
    frame = pd.DataFrame({"text": ["Hello", None]})
    found = augment_text(frame, ["text"], share=5, kinds=(kind,), seed=0)
    new = found[found["synthetic"]]
    assert set(new["text"].dropna()) <= varied
    assert new["text"].isna().sum() == 5


def test_made_up_rows_are_not_copied_again():
    once = augment_text(customers(), ["plan"], share=0.5, kinds=("lower",), seed=0)
    twice = augment_numbers(once, ["fee"], share=1, spread=0.05, seed=0)
    assert len(twice) == 250
    assert twice.index.is_unique
    assert set(twice.index[twice["synthetic"]]) == set(range(-150, 0))


def test_no_rows_give_no_rows():
    assert augment_text(customers().head(0), ["plan"], share=1, kinds=("drop",), seed=0).empty


def test_dates_are_not_gone_by():
    frame = customers().assign(day=pd.Timestamp("2024-01-01"))
    found = more(frame)
    assert found.loc[found["synthetic"], "day"].isna().all()
    with pytest.raises(Refusal):
        more(frame, ["left", "day"])
