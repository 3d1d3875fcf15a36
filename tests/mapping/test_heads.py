"""The two heads: what they learn is what scikit-learn would, and answers can be taken apart into words."""

import numpy as np
import pytest

from aipm.mapping.examples import LABELS
from aipm.mapping.features import word_features, words
from aipm.mapping.heads import Counted, Lesson, heads, lessons, logistic_regression, train
from aipm.mapping.vectors import vectors


def test_lessons_are_the_examples_and_the_cases_which_count_less() -> None:
    taught = lessons()

    assert {lesson.weight for lesson in taught if lesson.source is None} == {1}
    assert all(lesson.weight < 1 for lesson in taught if lesson.source is not None)
    assert {lesson.label for lesson in taught} == set(LABELS)


def test_the_regression_is_scikit_learns() -> None:
    from sklearn.linear_model import LogisticRegression

    random = np.random.default_rng(1)
    table = random.normal(size=(300, 5))
    labels = random.integers(0, len(LABELS), 300)
    table[:, 0] += labels
    weights = random.uniform(0.3, 1, 300)
    theirs = LogisticRegression(C=2, tol=1e-8, max_iter=5_000).fit(table, labels, sample_weight=weights)

    coefficients, intercept = logistic_regression(table, labels, weights, c=2)

    ours = table @ coefficients + intercept
    ours -= ours.mean(axis=1, keepdims=True)
    np.testing.assert_allclose(ours, theirs.decision_function(table), rtol=0.02, atol=0.05)


def test_features_are_weighed_by_how_rare_they_are() -> None:
    counted = Counted.fitted(word_features, [["late", "tickets"], ["late", "trains"]], least=1)

    at, values, _ = counted.row(["late", "tickets"])

    found = dict(zip(at, values, strict=True))
    assert np.linalg.norm(values) == pytest.approx(1)
    assert found[counted.places["tickets"]] > found[counted.places["late"]]
    assert counted.row(["unheard", "of"])[1].size == 0


def test_words_add_up_to_what_the_word_head_says() -> None:
    text = "Sort the urgent tickets to the top"
    direction = np.zeros(len(LABELS))
    direction[LABELS.index("rankings")] = 1
    learned = heads()
    none = np.zeros((1, learned.meaning_coefficients.shape[0]), np.float32)

    whole = (learned.logits([text], none)[0] - learned.intercept) @ direction

    assert learned.by_word(text, direction).sum() == pytest.approx(whole)
    assert len(learned.by_word(text, direction)) == len(words(text))


def test_an_edited_example_counts_at_once() -> None:
    taught = [*lessons()[::12], *[Lesson(text=f"Zeppelin {n}", label="clustering", weight=1) for n in range(8)]]
    meanings = vectors([lesson.text for lesson in taught])

    learned = train(taught, meanings)

    asked = "zeppelin"
    assert LABELS[int(learned.logits([asked], vectors([asked])).argmax())] == "clustering"
