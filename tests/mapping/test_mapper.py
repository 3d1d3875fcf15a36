"""From a statement to capabilities, with reasons that can be checked."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm import encoder
from aipm.mapping.capabilities import KEYS, capabilities
from aipm.mapping.examples import LABELS
from aipm.mapping.features import words
from aipm.mapping.heads import heads
from aipm.mapping.mapper import by_word, map_statement, map_statements
from aipm.mapping.result import MappingResult, MappingSpec
from aipm.mapping.texts import mapping_texts


def mapped(text: str, **more: object) -> MappingResult:
    return map_statement(MappingSpec(text=text, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "capability"),
    [
        ("Readers finish a story and leave, because nothing suggests the next one they would love", "recommendations"),
        ("Four hundred leads a day and time for thirty calls: who should be called first?", "rankings"),
        ("We read every incoming letter to decide which department it belongs to", "classification"),
        ("Forecast how many loaves each shop will sell tomorrow", "regression"),
        ("Thousands of survey comments and nobody knows what the common themes are", "clustering"),
        ("A pump behaves oddly for days before it breaks and nobody notices", "anomalies"),
        ("Writing a product description for every new article takes our copywriters all week", "creation"),
    ],
)
def test_plain_pains_are_mapped(text: str, capability: str) -> None:
    found = mapped(text)

    assert found.ranking[0].capability == capability
    assert not found.may_not_need_ai


@pytest.mark.parametrize(
    "text",
    [
        "The export button is missing from the report page",
        "Orders above 500 euros must be approved by two managers",
        "Add 20 % VAT to each line and show the total",
    ],
)
def test_a_rule_a_sum_or_a_missing_feature_may_not_need_ai(text: str) -> None:
    assert mapped(text).may_not_need_ai


def test_all_seven_are_ranked_and_their_shares_add_up_to_one() -> None:
    found = mapped("Sort the inbox")

    assert {candidate.capability for candidate in found.ranking} == set(KEYS)
    assert sum(candidate.score for candidate in found.ranking) == pytest.approx(1)
    scores = [candidate.score for candidate in found.ranking]
    assert scores == sorted(scores, reverse=True)


def test_the_answer_to_the_question_ranks_anew() -> None:
    text = "Wir haben Daten und wissen nicht, was wir mit ihnen machen"
    before = mapped(text)

    assert before.strength == "weak"
    assert before.question == mapping_texts().question.text
    for output, capability in (("groups", "clustering"), ("number", "regression"), ("order", "rankings")):
        after = mapped(text, output=output)
        assert after.ranking[0].capability == capability
        assert after.question is None
    assert mapped(text, output="fix").may_not_need_ai


def test_another_language_is_never_more_than_a_guess() -> None:
    found = mapped("Wir ertrinken in Tickets und die dringenden werden zu spät gelesen")

    assert found.strength == "weak"
    assert found.remarks == ("not_english",)


def test_the_words_that_spoke_stand_in_the_statement() -> None:
    found = mapped("Nobody can tell which invoices look strange before they are paid")

    assert found.phrases
    for phrase in (*found.phrases, *found.against):
        assert set(phrase.text.split()) <= set(words(found.spec.text))
        assert phrase.weight > 0
    assert {phrase.capability for phrase in found.phrases} <= {found.ranking[0].capability}
    assert {phrase.capability for phrase in found.against} <= {found.ranking[1].capability}


def test_what_words_add_is_what_the_answer_rests_on() -> None:
    text = "Sort the urgent tickets (today's) to the top"
    tokens = encoder.in_context([text])[0]
    learned = heads()
    direction = np.zeros(len(LABELS))
    direction[LABELS.index("rankings")], direction[LABELS.index("anomalies")] = 1, -1
    logits = learned.logits([text], encoder.encode([text]))[0]

    weights = by_word(text, tokens, learned, direction)

    # What belongs to no word: the intercept, brackets and the two tokens at the ends.
    pull = tokens @ (learned.meaning_coefficients @ direction) / len(tokens) / np.linalg.norm(tokens.mean(axis=0))
    pieces = encoder.tokens(text).texts
    rest = sum(share for piece, share in zip(pieces, pull, strict=True) if piece in {"[CLS]", "[SEP]", "(", ")"})
    assert weights.sum() + rest + learned.intercept @ direction == pytest.approx(logits @ direction, abs=1e-4)


def test_the_nearest_examples_come_with_label_and_source() -> None:
    found = mapped("Predict the arrival time of a delivery")

    assert len(found.examples) == 3
    cosines = [near.cosine for near in found.examples]
    assert cosines == sorted(cosines, reverse=True)
    assert {near.label for near in found.examples} <= set(LABELS)


def test_how_to_tell_the_first_from_the_second_is_said_where_they_are_confused() -> None:
    found = mapped("Which of these alarms should the night shift look at first?")

    first, second = (candidate.capability for candidate in found.ranking[:2])
    assert found.confused_with == capabilities()[first].confused_with.get(second)


def test_statements_are_mapped_together_as_alone() -> None:
    texts = ["Sort the inbox", "Forecast demand for bread", "The page loads slowly", "x " * 3_000]

    together = map_statements([MappingSpec(text=text) for text in texts])

    for text, found in zip(texts, together, strict=True):
        alone = mapped(text)
        assert alone.ranking[0].capability == found.ranking[0].capability
        assert alone.lead == pytest.approx(found.lead, abs=1e-4)
    assert map_statements([]) == []


@given(st.text(min_size=1, max_size=200).filter(lambda text: text.split()))
@settings(max_examples=40)
def test_any_text_gets_an_answer(text: str) -> None:
    found = mapped(text)

    assert len(found.ranking) == len(KEYS)
    assert np.isfinite(found.lead)
