"""Merging step by step gives what tiktoken gives; pieces put together again are the text; bills add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.encoder.vocabularies import VOCABULARIES, ranks, vocabulary
from aipm.labs.bpe import LONGEST_WORD, MOST_CHARACTERS, bills, merges, readable, tokenize, words

TEXTS = st.text(alphabet=st.sampled_from("aAbeéłZ 019.,'!\n\t中文\U0001f642हिé"), max_size=40)


def merged(text, name):
    """The ids of a text by our own merging alone."""
    return [ranks(name)[piece] for word in words(text, name) for piece in merges(word.encode(), ranks(name))[-1].pieces]


@pytest.mark.parametrize("name", VOCABULARIES)
@pytest.mark.parametrize(
    "text",
    [
        "My name is Pawel",
        " SolidGoldMagikarp",
        "Order #2024-11-0857 (€1,249.99) for Zoë Krzyżanowska-Müller was re-delivered 🙏🏽",
        "मेरा पार्सल कहाँ है?  我的包裹在哪里\n\n  don't DON'T",
        "",
    ],
)
def test_own_merging_is_tiktoken_s(text, name):
    assert merged(text, name) == vocabulary(name).encode_ordinary(text)


@pytest.mark.parametrize("name", VOCABULARIES)
@given(text=TEXTS)
def test_own_merging_is_tiktoken_s_for_any_text(text, name):
    assert merged(text, name) == vocabulary(name).encode_ordinary(text)


@given(text=TEXTS)
def test_pieces_put_together_are_the_text(text):
    assert b"".join(piece.bytes for piece in tokenize(text, "cl100k_base")) == text.encode()
    assert "".join(words(text, "cl100k_base")) == text


def test_merging_by_hand():
    """A vocabulary of three pairs: the earliest is glued first, wherever it stands, the leftmost of two."""
    steps = merges(b"abab", {b"ab": 1, b"ba": 0, b"aba": 2})
    assert [step.pieces for step in steps] == [(b"a", b"b", b"a", b"b"), (b"a", b"ba", b"b"), (b"aba", b"b")]
    assert [(step.place, step.joined, step.rank) for step in steps[1:]] == [(1, (b"b", b"a"), 0), (0, (b"a", b"ba"), 2)]
    leftmost = merges(b"abab", {b"ab": 1})
    assert leftmost[1].pieces == (b"ab", b"a", b"b")


def test_one_step_joins_one_pair_and_loses_no_byte():
    steps = merges(" Krzyżanowska".encode(), ranks("o200k_base"))
    assert [len(step.pieces) for step in steps] == list(range(len(steps[0].pieces), len(steps[-1].pieces) - 1, -1))
    assert {b"".join(step.pieces).decode() for step in steps} == {" Krzyżanowska"}


def test_the_known_glitch_token_is_one_piece_in_the_old_vocabulary_only():
    """Land & Bartolo 2024 (arXiv 2405.05417)."""
    found = {name: tokenize(" SolidGoldMagikarp", name) for name in VOCABULARIES}
    assert [piece.id for piece in found["p50k_base"]] == [43453]
    assert len(found["cl100k_base"]) == len(found["o200k_base"]) == 5


def test_half_a_letter_is_shown_as_bytes():
    assert [readable(piece) for piece in (b"el", b"\xe2\x82", "ż".encode())] == ["el", "⟨E2 82⟩", "ż"]


def test_the_bill_of_two_languages_by_hand():
    one, other = bills(
        ("My name is Pawel", "My name is Pawel My name is Pawel"),
        "o200k_base",
        price_per_million=Decimal("2.50"),
        messages=1_000_000,
    )
    assert (one.tokens, one.times, one.cost) == (5, 1.0, Decimal("12.5"))
    assert (other.tokens, other.times, other.cost) == (10, 2.0, Decimal(25))


def test_work_is_bounded():
    with pytest.raises(ValueError, match="at most"):
        merges(b"a" * (LONGEST_WORD + 1), {})
    assert len(tokenize("a b" * MOST_CHARACTERS, "p50k_base")) <= MOST_CHARACTERS
