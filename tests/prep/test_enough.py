"""Is it enough: where the truth is known because the data was made so."""

import numpy as np
import pandas as pd
import pytest

from aipm.prep.enough import Curve, Size, learning_curve, rows_of, sizes
from aipm.tables import Refusal


def made(rows, *, signal, seed=0):
    random = np.random.default_rng(seed)
    x = random.normal(size=(rows, 4))
    y = signal * (x[:, 0] + x[:, 1]) + random.normal(size=rows) > 0
    return (
        pd.DataFrame(x, columns=list("abcd"))
        .astype("str")
        .assign(y=np.where(y, "yes", "no"), who=[f"p{at // 2}" for at in range(rows)])
    )


def test_rows_of_each_value_with_what_the_test_part_could_say_of_them():
    found = rows_of(pd.Series(["a"] * 200 + ["b"] * 20 + ["c"] + [None]))
    assert [(each.value, each.rows, each.in_test) for each in found.counts] == [
        ("a", 200, 30),
        ("b", 20, 3),
        ("c", 1, 0),
    ]
    assert (found.ratio, found.missing) == (200, 1)
    assert found.counts[0].margin == pytest.approx(0.168, abs=0.005)  # Wilson, 15 of 30
    assert found.counts[2].margin is None
    assert rows_of(pd.Series([None, None], dtype="str")).counts == ()


def test_the_curve_comes_size_by_size_so_that_it_can_be_stopped():
    steps = sizes(made(400, signal=2), "y")
    first, second = next(steps), next(steps)
    assert isinstance(first, Size)
    assert first.rows < second.rows
    steps.close()


def test_more_rows_do_not_help_where_there_is_nothing_to_learn():
    assert learning_curve(made(600, signal=0), "y", leave_out=["who"]).verdict == "nothing_learned"


def test_an_easy_question_has_levelled_off():
    found = learning_curve(made(4_000, signal=3), "y", leave_out=["who"])
    assert found.verdict == "levelled_off"
    assert (found.score, found.chance) == ("roc_auc", 0.5)
    assert found.sizes[-1].score > 0.9
    assert found.gain_low <= found.gain <= found.gain_high


def test_more_rows_help_where_the_question_is_intricate():
    random = np.random.default_rng(0)
    x = random.normal(size=(1_600, 12))
    frame = pd.DataFrame(x).rename(columns=str).assign(y=np.where(x[:, 0] * x[:, 1] + x[:, 2] > 0, "yes", "no"))
    assert learning_curve(frame, "y").verdict == "more_would_help"


def test_the_same_person_is_not_on_both_sides():
    """Rows repeat: without the group the model knows people by heart, with it there is nothing to learn."""
    random = np.random.default_rng(0)
    people = np.repeat(np.arange(150), 4)
    frame = pd.DataFrame({"trait": random.normal(size=150)[people], "who": people.astype(str)})
    frame["y"] = np.where(random.random(150) < 0.5, "yes", "no")[people]
    assert learning_curve(frame, "y", leave_out=["who"]).sizes[-1].score > 0.85
    assert learning_curve(frame, "y", groups="who").verdict == "nothing_learned"


def test_a_number_as_target_and_text_as_a_column():
    random = np.random.default_rng(0)
    words = random.choice(["good", "bad", "slow", "quick", "dear", "cheap"], (400, 6))
    frame = pd.DataFrame({"note": [" ".join(row) + f" {at}" for at, row in enumerate(words)]})
    frame["y"] = (words == "good").sum(axis=1) + random.normal(0, 0.1, 400)
    found = learning_curve(frame, "y")
    assert isinstance(found, Curve)
    assert (found.task, found.score) == ("regression", "r2")
    assert found.sizes[-1].score > 0.8


def test_many_columns_and_rows_are_sampled_and_said():
    random = np.random.default_rng(0)
    frame = pd.DataFrame(random.normal(size=(3_000, 300)), columns=[f"x{at}" for at in range(300)])
    frame["y"] = np.where(frame["x0"] > 0, "yes", "no")
    first = next(sizes(frame, "y"))
    assert first.rows <= 2_000 // 16
    assert learning_curve(frame.iloc[:, [0, 1, -1]].head(300), "y").sampled is False


@pytest.mark.parametrize(
    "frame",
    [
        made(1, signal=1),
        made(19, signal=1),
        made(300, signal=1).assign(y="yes"),
        made(300, signal=1).assign(y=["yes"] * 4 + ["no"] * 296),
        made(300, signal=1).assign(y=None),
        made(300, signal=1)[["y"]],
        pd.DataFrame({"a": [None] * 50, "y": ["yes", "no"] * 25}),
        pd.DataFrame({"a": ["inf", "-inf"] * 25, "y": ["yes", "no"] * 25}).assign(a=np.inf),
    ],
    ids=["one row", "19 rows", "one class", "four of a class", "no target", "one column", "all missing", "infinite"],
)
def test_what_cannot_be_judged_is_refused_in_words(frame):
    with pytest.raises(Refusal) as refused:
        learning_curve(frame, "y")
    assert refused.value.advice
