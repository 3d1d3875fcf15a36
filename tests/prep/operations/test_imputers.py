import json

import numpy as np
import pandas as pd
import pytest
from sklearn.impute import KNNImputer

from aipm.prep.operations.imputers import training_sample
from aipm.tables import Refusal
from tests.prep.operations.steps import described, learn, run, texts

OPS = ("fill_neighbours", "fill_regression")


def lines(rows=60):
    """b is twice a, with gaps in both, never in the same row."""
    a = np.arange(rows, dtype=float)
    frame = pd.DataFrame({"a": a, "b": 2 * a})
    frame.loc[5::20, "a"] = np.nan
    frame.loc[7::20, "b"] = np.nan
    return frame


def test_a_line_is_found_again():
    after = run("fill_regression", lines(), ["a", "b"])
    np.testing.assert_allclose(after["b"], 2 * np.arange(60.0), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(after["a"], np.arange(60.0), rtol=1e-4, atol=1e-4)


def test_neighbours_are_those_of_scikit_learn_on_one_scale():
    frame, before = lines(), lines()
    before = (before - before.mean()) / before.std(ddof=0)
    theirs = KNNImputer(n_neighbors=3).fit_transform(before) * frame.std(ddof=0).to_numpy() + frame.mean().to_numpy()
    np.testing.assert_allclose(run("fill_neighbours", frame, ["a", "b"], neighbours=3), theirs, rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize("op", OPS)
def test_only_gaps_change(op):
    before, after = lines(), run(op, lines(), ["a", "b"])
    known = before.notna()
    assert (after[known].fillna(0) == before[known].fillna(0)).all().all()
    assert after.notna().all().all()


@pytest.mark.parametrize("op", OPS)
def test_learning_twice_is_the_same_and_keeps_no_row(op):
    one, other = (described(op, learn(op, lines(), ["a", "b"])) for _ in range(2))
    assert json.dumps(one) == json.dumps(other)
    assert len(json.dumps(one)) < 500


@pytest.mark.parametrize("op", OPS)
def test_a_row_is_filled_alike_alone_and_among_others(op):
    train, row = lines(), pd.DataFrame({"a": [np.nan], "b": [31.0]}, index=[9])
    many = pd.concat([lines().set_axis(range(100, 160)), row])
    alone = run(op, row, ["a", "b"], train=train)
    pd.testing.assert_frame_equal(run(op, many, ["a", "b"], train=train).loc[[9]], alone)


@pytest.mark.parametrize("op", OPS)
def test_hard_parts(op):
    with pytest.raises(Refusal, match="'b' has no value"):
        run(op, texts(a=["1", "2"], b=[None, None]), ["a", "b"])
    row = run(op, texts(a=["1"], b=["2"]), ["a", "b"])
    assert row.to_numpy().tolist() == [[1, 2]]
    constant = run(op, texts(a=["1", "1", None], b=["2", "2", "2"]), ["a", "b"])
    assert constant["a"].tolist() == [1, 1, 1]
    nothing_known = run(op, pd.DataFrame({"a": [np.nan], "b": [np.nan]}), ["a", "b"], train=lines())
    assert nothing_known.notna().all().all()
    assert run(op, lines().iloc[:0], ["a", "b"], train=lines()).empty


def test_the_sample_is_capped_seeded_and_of_known_rows():
    frame = lines()
    sample = training_sample(frame, ["a", "b"], 20, 3)
    assert len(sample) == 20
    assert set(sample.index) < set(frame.index)
    pd.testing.assert_frame_equal(sample, training_sample(frame, ["a", "b"], 20, 3))


def test_a_billion_neighbours_are_refused():
    with pytest.raises(Refusal, match="neighbours"):
        run("fill_neighbours", lines(), ["a", "b"], neighbours=10**9)


def test_an_estimate_stays_within_what_was_seen():
    train = lines()
    after = run("fill_regression", pd.DataFrame({"a": [np.nan], "b": [1e9]}), ["a", "b"], train=train)
    assert after["a"].tolist() == [59.0]
