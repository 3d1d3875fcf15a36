"""The bands of strength lie where cross-validation puts them, and what the one question is worth."""

import numpy as np
import pytest

from aipm.mapping.bands import Validated, cross_validated, edges, gain
from aipm.mapping.texts import mapping_texts


@pytest.fixture(scope="module")
def found() -> Validated:
    return cross_validated()


def test_the_edges_in_the_content_are_those_of_cross_validation(found: Validated) -> None:
    """Run `python -m aipm.mapping.bands` after a larger change of the examples, and put its edges into mapping.yaml."""
    worked_out, kept = edges(found), mapping_texts().edges

    assert kept.moderate == pytest.approx(worked_out.moderate, abs=0.15)
    assert kept.strong == pytest.approx(worked_out.strong, abs=0.15)
    assert kept.no_ai == pytest.approx(worked_out.no_ai, abs=0.15)


def test_the_question_helps_where_an_answer_is_weak(found: Validated) -> None:
    before, truthful = gain(found, truthful=1, seed=1)
    _, often = gain(found, truthful=0.8, seed=1)

    assert before < 0.6
    assert truthful > 0.95
    assert before + 0.1 < often < truthful


def test_edges_are_found_on_a_made_up_validation() -> None:
    """Answers with a lead below 1 are right half the time, those above always."""
    random = np.random.default_rng(3)
    labels = random.integers(0, 7, 4_000)
    lead = random.uniform(0, 2, 4_000)
    right = (lead > 1) | (random.random(4_000) < 0.5)
    logits = np.zeros((4_000, 8))
    logits[:, 7] = -9
    logits[np.arange(4_000), np.where(right, labels, (labels + 1) % 7)] = lead

    found = edges(Validated(logits, labels))

    assert found.moderate == pytest.approx(1, abs=0.2)
    assert found.strong == pytest.approx(0.9, abs=0.15)
