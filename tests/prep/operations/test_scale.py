import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

from aipm.tables import Refusal
from tests.prep.operations.steps import cells, run, texts

SCALERS = {"min_max": MinMaxScaler(), "z_score": StandardScaler(), "robust_scale": RobustScaler()}


@pytest.mark.parametrize("op", SCALERS)
def test_scales_are_those_of_scikit_learn(op):
    rng = np.random.default_rng(1)
    train, test = (pd.DataFrame(rng.normal(5, 3, (30, 2)), columns=["a", "b"]) for _ in range(2))
    train.loc[3, "a"] = np.nan
    theirs = SCALERS[op].fit(train.to_numpy()).transform(test.to_numpy())
    np.testing.assert_array_equal(run(op, test, ["a", "b"], train=train), theirs)


def test_by_hand():
    assert cells(run("min_max", texts(a=["0", "5", None, "10"]), ["a"])["a"]) == [0, 0.5, None, 1]
    assert cells(run("z_score", texts(a=["0", "10"]), ["a"])["a"]) == [-1, 1]
    assert cells(run("robust_scale", texts(a=["1", "2", "3", "4", "5"]), ["a"])["a"]) == [-1, -0.5, 0, 0.5, 1]


def test_clipping_is_chosen():
    train, test = texts(a=["0", "10"]), texts(a=["20"])
    assert cells(run("min_max", test, ["a"], train=train)["a"]) == [2]
    assert cells(run("min_max", test, ["a"], train=train, clip=True)["a"]) == [1]


@pytest.mark.parametrize("op", SCALERS)
def test_hard_parts(op):
    assert cells(run(op, texts(a=["7", "7"]), ["a"])["a"]) == [0, 0]
    assert cells(run(op, texts(a=["7"]), ["a"])["a"]) == [0]
    assert run(op, texts(a=[]), ["a"], train=texts(a=["1", "2"]))["a"].dtype == "float64"
    with pytest.raises(Refusal, match="no value"):
        run(op, texts(a=[None, None]), ["a"])
    with pytest.raises(Refusal, match="1 cells"):
        run(op, texts(a=["inf", "1"]), ["a"])
    with pytest.raises(Refusal, match="dates"):
        run(op, pd.DataFrame({"a": [pd.Timestamp(2024, 1, 1)]}), ["a"])
    assert cells(run(op, pd.DataFrame({"a": [1.0, np.inf, 1e308]}), ["a"])["a"]) == [0, None, None]
