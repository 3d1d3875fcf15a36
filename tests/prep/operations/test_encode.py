import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import KBinsDiscretizer, OneHotEncoder, OrdinalEncoder

from aipm.tables import Refusal
from tests.prep.operations.steps import cells, described, learn, run, texts

TRAIN = texts(k=["1", "2", "3", "4"], city=["Rome", "Oslo", None, "Rome"])


def test_one_column_for_each_category():
    after = run("one_hot", TRAIN, ["city"])
    assert after.to_dict("list") == {
        "k": ["1", "2", "3", "4"],
        "city_Oslo": [0, 1, 0, 0],
        "city_Rome": [1, 0, 0, 1],
        "city_missing": [0, 0, 1, 0],
    }
    unseen = run("one_hot", texts(k=["9"], city=["Bonn"]), ["city"], train=TRAIN)
    assert unseen.to_numpy().tolist() == [["9", 0, 0, 0]]


def test_one_hot_is_scikit_learns():
    rng = np.random.default_rng(1)
    frame = texts(a=rng.choice(list("xyz"), 40), b=rng.choice(list("uv"), 40))
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(frame.astype(object))
    after = run("one_hot", frame, ["a", "b"])
    assert list(after) == list(encoder.get_feature_names_out())
    assert (after.to_numpy() == encoder.transform(frame.astype(object))).all()


def test_rare_categories_share_a_column():
    frame = texts(a=["x", "x", "x", "y", "y", "z", "w"])
    after = run("one_hot", frame, ["a"], most=3)
    assert list(after) == ["a_x", "a_y", "a_other"]
    assert cells(after["a_other"]) == [0, 0, 0, 0, 0, 1, 1]
    assert described("one_hot", learn("one_hot", frame, ["a"], most=3)) == {
        "a": {"categories": ["x", "y"], "other": True}
    }
    assert run("one_hot", texts(a=["new"]), ["a"], train=frame, most=3).to_numpy().tolist() == [[0, 0, 1]]


def test_dropping_the_first():
    assert list(run("one_hot", texts(a=["x", "y", "z"]), ["a"], drop_first=True)) == ["a_y", "a_z"]


def test_names_that_meet_are_numbered():
    frame = texts(a=["b_c", "x"], a_b=["c", "y"], a_x=["1", "2"])
    assert list(run("one_hot", frame, ["a", "a_b"])) == ["a_x", "a_b_c", "a_x_2", "a_b_c_2", "a_b_y"]


def test_too_many_columns_are_refused():
    frame = texts(**{name: [str(k) for k in range(400)] for name in "abc"})
    with pytest.raises(Refusal, match="1200 columns"):
        run("one_hot", frame, list("abc"), most=500)
    assert run("one_hot", texts(a=[str(k) for k in range(10_000)]), ["a"]).shape == (10_000, 50)


def test_numbers_are_one_category_however_they_are_stored():
    train, test = pd.DataFrame({"a": pd.array([3, 4], dtype="Int64")}), pd.DataFrame({"a": [3.0, 4.5]})
    assert run("one_hot", test, ["a"], train=train).to_dict("list") == {"a_3": [1, 0], "a_4": [0, 0]}
    assert cells(run("ordinal", test, ["a"], train=train)["a"]) == [0, -1]


def test_places_in_order():
    frame = texts(a=["low", "high", None, "mid"])
    assert cells(run("ordinal", frame, ["a"])["a"]) == [1, 0, None, 2]
    assert cells(run("ordinal", frame, ["a"], order=["low", "mid", "high"])["a"]) == [0, 2, None, 1]
    assert cells(run("ordinal", texts(a=["new", None]), ["a"], train=frame)["a"]) == [-1, None]
    with pytest.raises(Refusal, match="twice"):
        run("ordinal", frame, ["a"], order=["low", "low"])


def test_ordinal_is_scikit_learns():
    rng = np.random.default_rng(1)
    train, test = (texts(a=rng.choice(list(letters), 40)) for letters in ("xyz", "wxyz"))
    encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(train.astype(object))
    assert (run("ordinal", test, ["a"], train=train).to_numpy() == encoder.transform(test.astype(object))).all()


def test_how_often():
    assert cells(run("frequency_encode", TRAIN, ["city"])["city"]) == [2 / 3, 1 / 3, None, 2 / 3]
    assert cells(run("frequency_encode", TRAIN, ["city"], count=True)["city"]) == [2, 1, None, 2]
    assert cells(run("frequency_encode", texts(city=["Bonn"]), ["city"], train=TRAIN)["city"]) == [0]


@pytest.mark.parametrize(("how", "strategy"), [("quantile", "quantile"), ("uniform", "uniform")])
def test_bins_are_scikit_learns(how, strategy):
    frame = pd.DataFrame({"a": np.random.default_rng(1).normal(size=101)})
    options = {"quantile_method": "linear"} if strategy == "quantile" else {}
    theirs = KBinsDiscretizer(n_bins=4, encode="ordinal", strategy=strategy, **options).fit_transform(frame)
    assert (run("bins", frame, ["a"], how=how, bins=4).to_numpy() == theirs).all()


def test_bins_by_hand():
    frame = pd.DataFrame({"a": [1.0, 2, np.nan, 5, 10]})
    after = run("bins", frame, ["a"], how="edges", edges=[2, 10])["a"]
    assert cells(after) == [0, 1, None, 1, 2]
    after = run("bins", frame, ["a"], how="edges", edges=[2, 10], label="range")["a"]
    assert cells(after) == ["below 2", "2 to below 10", None, "2 to below 10", "10 and above"]
    with pytest.raises(Refusal, match="larger"):
        run("bins", frame, ["a"], how="edges", edges=[3, 2])
    assert cells(run("bins", pd.DataFrame({"a": [7.0, 7]}), ["a"])["a"]) == [0, 0]
    assert described("bins", learn("bins", pd.DataFrame({"a": [0.0, 0, 0, 0, 9]}), ["a"], bins=2)) == {"a": []}


@pytest.mark.parametrize("op", ["ordinal", "frequency_encode", "bins"])
def test_nothing_to_learn_from(op):
    with pytest.raises(Refusal, match="'a' has no value"):
        run(op, texts(a=[None, None]), ["a"])


@pytest.mark.parametrize("op", ["one_hot", "ordinal", "frequency_encode"])
def test_an_empty_part(op):
    assert len(run(op, TRAIN.iloc[:0], ["city"], train=TRAIN)) == 0
    with pytest.raises(Refusal, match="'city' has no value"):
        run(op, TRAIN.iloc[:0], ["city"])
