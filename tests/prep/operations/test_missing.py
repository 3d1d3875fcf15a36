import numpy as np
import pandas as pd
import pytest
from sklearn.impute import SimpleImputer

from aipm.tables import Refusal
from tests.prep.operations.steps import cells, described, learn, run, texts


def test_tokens_become_missing():
    frame = texts(a=["?", " n/a", "N/A", "NA", "x"])
    assert cells(run("mark_missing", frame, ["a"], values=["?", "N/A"])["a"]) == [None, " n/a", None, "NA", "x"]
    assert cells(run("mark_missing", frame, ["a"], values=["?", "N/A"], any_case=True)["a"]) == [
        None,
        None,
        None,
        "NA",
        "x",
    ]


def test_sentinels_in_numbers():
    frame = pd.DataFrame({"a": pd.array([1, -999, None], dtype="Int64"), "b": [1.5, -999.0, 9.0]})
    after = run("mark_missing", frame, ["a", "b"], values=["-999"])
    assert cells(after["a"]) == [1, None, None]
    assert cells(after["b"]) == [1.5, None, 9.0]
    assert list(after.dtypes) == list(frame.dtypes)


def test_not_applicable_is_no_gap():
    frame = texts(internet=["No", "Yes", "No", None], router=[None, None, "x", None])
    assert cells(run("not_applicable", frame, ["router"])["router"]) == [
        "Not applicable",
        "Not applicable",
        "x",
        "Not applicable",
    ]
    after = run("not_applicable", frame, ["router"], label="none", condition='[internet] = "No"')
    assert cells(after["router"]) == ["none", None, "x", None]
    with pytest.raises(Refusal, match="no text"):
        run("not_applicable", pd.DataFrame({"a": [1.0]}), ["a"])


def test_a_constant_of_each_type():
    frame = pd.DataFrame(
        {
            "text": pd.array(["x", None], dtype="str"),
            "whole": pd.array([1, None], dtype="Int64"),
            "float": [1.5, np.nan],
            "yes_no": pd.array([True, None], dtype="boolean"),
            "date": pd.Series([pd.Timestamp(2024, 1, 1), pd.NaT]).astype("datetime64[us]"),
        }
    )
    assert run("fill_constant", frame, ["text", "whole", "float"], value="7").iloc[1, :3].tolist() == ["7", 7, 7.0]
    assert cells(run("fill_constant", frame, ["whole"], value="2.5")["whole"]) == [1.0, 2.5]
    assert cells(run("fill_constant", frame, ["yes_no"], value="No")["yes_no"]) == [True, False]
    assert cells(run("fill_constant", frame, ["date"], value="2024-01-31")["date"])[1] == pd.Timestamp(2024, 1, 31)
    for column in ("whole", "float", "yes_no", "date"):
        with pytest.raises(Refusal, match=column):
            run("fill_constant", frame, [column], value="dunno")


@pytest.mark.parametrize(("ours", "theirs"), [("mean", "mean"), ("median", "median"), ("mode", "most_frequent")])
def test_statistics_are_those_of_scikit_learn(ours, theirs):
    rng = np.random.default_rng(1)
    train = pd.DataFrame({"a": rng.integers(0, 9, 50).astype(float), "b": rng.normal(size=50)}).mask(
        rng.random((50, 2)) < 0.3
    )
    test = train.sample(frac=0.5, random_state=1)
    after = run("fill_statistic", test, ["a", "b"], train=train, statistic=ours)
    np.testing.assert_allclose(after, SimpleImputer(strategy=theirs).fit(train.to_numpy()).transform(test.to_numpy()))
    assert list(after.index) == list(test.index)


def test_the_training_part_decides():
    train, test = texts(a=["1", "3"]), texts(a=["100", None])
    assert cells(run("fill_statistic", test, ["a"], train=train)["a"]) == [100, 2]
    assert described("fill_statistic", learn("fill_statistic", train, ["a"])) == {"a": 2.0}


def test_whole_numbers_become_floats_only_where_they_must():
    whole = run("to_number", texts(a=["1", "2", "2", None]), ["a"])
    assert cells(run("fill_statistic", whole, ["a"])["a"]) == [1, 2, 2, 2]
    assert run("fill_statistic", whole, ["a"])["a"].dtype == "Int64"
    assert run("fill_statistic", whole, ["a"], statistic="mean")["a"].dtype == "float64"


def test_the_most_frequent_category_and_ties():
    assert cells(run("fill_statistic", texts(a=["b", "a", None, "b"]), ["a"], statistic="mode")["a"])[2] == "b"
    assert cells(run("fill_statistic", texts(a=["b", "a", None]), ["a"], statistic="mode")["a"])[2] == "a"


@pytest.mark.parametrize("statistic", ["mean", "median", "mode"])
def test_nothing_to_learn_from_is_said(statistic):
    with pytest.raises(Refusal, match="'a' has no value"):
        run("fill_statistic", texts(a=[None, None]), ["a"], statistic=statistic)


def test_the_mean_of_words_is_refused_without_quoting_one():
    with pytest.raises(Refusal) as refused:
        run("fill_statistic", texts(a=["1", "secret"]), ["a"])
    assert "1 cells" in refused.value.message
    assert "secret" not in refused.value.message + refused.value.advice


def test_indicators_and_rows():
    frame = texts(a=["x", None, None], b=["1", None, "2"])
    assert run("missing_indicator", frame, ["a", "b"]).iloc[:, 2:].to_dict("list") == {
        "a_missing": [0, 1, 1],
        "b_missing": [0, 1, 0],
    }
    assert list(run("drop_rows_missing", frame, ["a", "b"]).index) == [0]
    assert list(run("drop_rows_missing", frame, ["a", "b"], when="all").index) == [0, 2]
