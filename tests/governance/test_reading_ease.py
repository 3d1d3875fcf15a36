"""Reading ease: Flesch's formula, and how sentences, words and syllables are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.governance.reading_ease import flesch, measure, sentences, syllables, vague

SIX = "The cat sat on the mat. "


def test_the_formula_on_a_sentence_that_is_counted_by_hand():
    """Six words, one sentence, six syllables: 206.835 - 1.015 * 6 - 84.6 = 116.145."""
    assert flesch(words=6, sentences=1, syllables=6) == pytest.approx(116.145)
    assert measure(SIX * 6).score == pytest.approx(116.145)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("cat", 1), ("the", 1), ("make", 1), ("table", 2), ("people", 2), ("decided", 3), ("looked", 1)),
        *(("decision", 3), ("application", 4), ("places", 2), ("AI", 1), ("rhythm", 1), ("you're", 1)),
    ],
)
def test_syllables_of_common_words(word, count):
    assert syllables(word) == count


def test_sentences_end_at_marks_and_lines_but_not_within_numbers():
    assert sentences("It costs 2.50 today. Ask us!\nNo full stop here") == (
        "It costs 2.50 today.",
        "Ask us!",
        "No full stop here",
    )


def test_a_short_text_has_no_score():
    assert measure(SIX).score is None
    assert measure("").sentences == 0


def test_long_sentences_are_named_the_longest_first():
    long, longer = "word " * 26 + "end. ", "word " * 40 + "end. "
    assert [count for _, count in measure(SIX + long + longer).long] == [41, 27]
    assert measure(SIX * 9).long == ()


def test_bands_go_from_easy_to_hard():
    assert measure(SIX * 6).band == "easy"
    assert measure("Organisational accountability necessitates comprehensive documentation. " * 8).band == "hard"


def test_listed_words_are_found_as_words_only():
    assert vague("We may ask. In Mayfair. State-of-the-art!", ("may", "state-of-the-art", "fully")) == (
        "may",
        "state-of-the-art",
    )
    assert vague("Maybe, mayor", ("may",)) == ()


@given(st.text(max_size=400))
def test_any_text_can_be_measured(text):
    found = measure(text)
    assert (found.score is None) == (found.words < 30)
    assert all(count > 25 for _, count in found.long)
