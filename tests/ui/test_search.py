"""Search over every page: by meaning, by a name, honest when nothing is near, and quick because vectors are kept."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm import encoder
from aipm.content.everything import passages
from aipm.encoder import kept
from aipm.encoder.nearness import WORD_WEIGHT, Nearness
from aipm.ui.search_index import EACH, PAGE_MOST, PATH, search, texts, word

MOST_MISSING = 400
"""Texts that start-up may encode: more would take over two seconds of it."""


def pages(text):
    return [found.passage.page for found in search(text)]


@pytest.mark.parametrize(
    ("text", "page", "section"),
    [
        ("the model got worse after release", "resources", "Drift"),
        ("people who shop at an online store", "capabilities", ""),
        ("Airbnb", "capabilities", "Airbnb"),
        ("is the difference between men and women real", "bias_audit", ""),
        ("empty cells in my table", "data_prep", ""),
        ("what does a language model cost per request", "model_scorer", ""),
        ("podcast on vector databases", "resources", "Vector databases"),
    ],
)
def test_other_words_and_names_are_found(text, page, section):
    found = [hit.passage for hit in search(text)]
    assert any(passage.page == page and section in passage.section for passage in found)


@pytest.mark.parametrize("text", ["", "   ", "asdfgh", "football results yesterday", "best pizza in Rome"])
def test_nothing_is_found_where_nothing_is_near(text):
    assert search(text) == ()


@settings(max_examples=10)
@given(st.text(max_size=300))
def test_any_text_can_be_asked(text):
    scores = [found.score for found in search(text)]
    assert scores == sorted(scores, reverse=True)


def test_no_page_and_no_heading_takes_all_the_room():
    found = [hit.passage for hit in search("model")]
    assert found
    assert max(map([passage.page for passage in found].count, {passage.page for passage in found})) <= PAGE_MOST
    under = [(passage.page, passage.section) for passage in found if passage.section]
    assert max(map(under.count, under)) <= EACH


def test_a_word_of_the_glossary_is_known_by_any_of_its_names():
    assert word(" rag ") == "rag"
    assert word("Retrieval-augmented generation") == "rag"
    assert word("ragged") is None


def test_vectors_of_nearly_all_passages_are_kept():
    """Run `python -m aipm.ui.search_index` after editing content: the app starts quickly again."""
    assert len(passages()) > 3_000
    assert len(kept.missing(texts(), PATH)) <= MOST_MISSING


def test_nearness_is_cosine_and_the_share_of_words():
    said = ["red apple", "red car"]
    index = Nearness.of(said, encoder.encode(said), lambda text: frozenset(text.split()))
    rare, common = np.log(3 / 2) + 1, np.log(3 / 3) + 1
    np.testing.assert_allclose(index.overlap("red apple"), [1, common / (common + rare)])
    np.testing.assert_allclose(index.scores("red apple")[0], 1 + WORD_WEIGHT, atol=1e-5)
