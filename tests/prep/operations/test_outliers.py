import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import IsolationForest

from aipm.tables import Refusal
from tests.prep.operations.steps import cells, described, learn, run, texts

FIVE = pd.DataFrame({"a": [1.0, 2, 3, 4, 100], "b": [1.0, 1, 1, 1, 2]})


def test_tukeys_fences():
    # Quartiles 2 and 4, so the fences are 2 - 1.5 x 2 = -1 and 4 + 1.5 x 2 = 7.
    assert described("flag_outliers", learn("flag_outliers", FIVE, ["a"])) == {"a": [-1, 7]}
    assert cells(run("flag_outliers", FIVE, ["a"])["a_outlier"]) == [0, 0, 0, 0, 1]
    assert cells(run("cap_outliers", FIVE, ["a"])["a"]) == [1, 2, 3, 4, 7]
    assert list(run("remove_outliers", FIVE, ["a"]).index) == [0, 1, 2, 3]


def test_a_column_without_a_spread_has_no_outliers():
    assert described("cap_outliers", learn("cap_outliers", FIVE, ["b"])) == {"b": [None, None]}
    assert cells(run("cap_outliers", FIVE, ["b"])["b"]) == [1, 1, 1, 1, 2]
    for method in ("iqr", "z_score"):
        assert run("flag_outliers", FIVE.assign(b=1.0), ["b"], method=method)["b_outlier"].sum() == 0


def test_z_scores_divide_by_n():
    frame = pd.DataFrame({"a": [0.0] * 9 + [10.0]})  # mean 1, standard deviation 3
    assert described("cap_outliers", learn("cap_outliers", frame, ["a"], method="z_score", deviations=2)) == {
        "a": [-5.0, 7.0]
    }


def test_percentiles():
    frame = pd.DataFrame({"a": np.arange(101.0)})
    after = run("cap_outliers", frame, ["a"], method="percentile", percent=5)["a"]
    assert (after.min(), after.max()) == (5, 95)


def test_the_forest_is_scikit_learns_and_judges_rows():
    rng = np.random.default_rng(2)
    frame = pd.DataFrame(rng.normal(size=(200, 2)), columns=["a", "b"])
    frame.loc[0] = [9, -9]
    flags = run("flag_outliers", frame, ["a", "b"], method="isolation_forest", share=0.05, seed=3)["outlier"]
    theirs = IsolationForest(contamination=0.05, random_state=3).fit_predict(frame.to_numpy())
    assert (flags.to_numpy() == (theirs < 0)).all()
    assert flags[0] == 1
    kept = run("remove_outliers", frame, ["a", "b"], method="isolation_forest", share=0.05, seed=3)
    assert len(kept) == 200 - flags.sum()


def test_the_training_part_sets_the_limits():
    unseen = pd.DataFrame({"a": [6.0, 8, np.nan]})
    assert cells(run("flag_outliers", unseen, ["a"], train=FIVE)["a_outlier"]) == [0, 1, 0]
    assert cells(run("cap_outliers", unseen, ["a"], train=FIVE)["a"]) == [6, 7, None]


def test_whole_numbers_stay_whole_where_the_limits_are():
    whole = run("to_number", texts(a=["1", "2", "3", "4", "100"]), ["a"])
    assert run("cap_outliers", whole, ["a"])["a"].dtype == "Int64"
    same = run("to_number", texts(a=["7", "7", None]), ["a"])
    pd.testing.assert_frame_equal(run("cap_outliers", same, ["a"]), same)
    assert run("cap_outliers", whole, ["a"], method="percentile")["a"].dtype == "float64"


@pytest.mark.parametrize("op", ["flag_outliers", "remove_outliers", "cap_outliers"])
def test_hard_parts(op):
    with pytest.raises(Refusal, match="no value"):
        run(op, texts(a=[None]), ["a"])
    assert len(run(op, texts(a=["1"]), ["a"])) == 1
    assert run(op, FIVE.iloc[:0], ["a"], train=FIVE).empty


@pytest.mark.parametrize("method", ["iqr", "isolation_forest"])
def test_removing_every_row_is_refused(method):
    unseen = pd.DataFrame({"a": [1000.0, 1000.0]})
    with pytest.raises(Refusal, match="Every row"):
        run("remove_outliers", unseen, ["a"], train=FIVE[["a"]], method=method, share=0.3)
