"""Cutting a text into pieces, held to the reference: 243 strings of ours through Hugging Face's tokenizers 0.23.3.

tokens.json holds what it made of each with the tokenizer.json of all-MiniLM-L6-v2, cut at 256 tokens, not padded.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.encoder import tokens
from aipm.encoder.wordpiece import LONGEST_WORD, MOST_CHARACTERS, MOST_TOKENS

REFERENCE = json.loads(Path(__file__).with_name("tokens.json").read_text("utf-8"))
UNKNOWN = 100


def pieces(text):
    """Without [CLS] and [SEP]."""
    return tokens(text).texts[1:-1]


def test_there_is_enough_to_compare_with():
    assert len(REFERENCE) >= 200
    assert len({case["text"] for case in REFERENCE}) == len(REFERENCE)


@pytest.mark.parametrize("case", REFERENCE, ids=range(len(REFERENCE)))
def test_the_same_tokens_as_the_reference(case):
    assert list(tokens(case["text"]).ids) == case["ids"]


def test_a_long_word_is_cut_into_the_longest_pieces_known():
    assert tokens("unaffable").texts == ("[CLS]", "una", "##ffa", "##ble", "[SEP]")  # Devlin et al.'s own example


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, World!", ("hello", ",", "world", "!")),
        ("CAFÉ cafe\u0301", ("cafe", "cafe")),
        ("a\u200bb\u0000c\ufffd", ("abc",)),
        ("東京ab", ("東", "京", "ab")),
        ("a\U0002b820b a\U0002b920b", ("[UNK]", "a", "[UNK]", "b")),  # the reference leaves 256 of them out
        ("x" * (LONGEST_WORD + 1), ("[UNK]",)),
        ("I said [MASK]", ("i", "said", "[MASK]")),
        ("\ud800 a\udfffb", ("ab",)),
    ],
    ids=["case and marks", "accents", "controls", "Chinese", "rare Chinese", "very long", "special", "lone surrogates"],
)
def test_steps(text, expected):
    assert pieces(text) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\t\r", "\u0000", "\u200b\ufeff", "\u0301\u0302"])
def test_a_text_of_nothing_has_its_two_ends(text):
    assert tokens(text).texts == ("[CLS]", "[SEP]")
    assert not tokens(text).truncated


@pytest.mark.parametrize("room", [MOST_TOKENS - 3, MOST_TOKENS - 2, MOST_TOKENS - 1, 5000])
def test_what_the_model_does_not_read_is_said(room):
    cut = tokens("word " * room)
    assert len(cut.ids) == min(room + 2, MOST_TOKENS)
    assert cut.texts[-1] == "[SEP]"
    assert cut.truncated == (room > MOST_TOKENS - 2)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "e" + "\u0301\u0316" * 500_000,  # sorting these accents would take hours
        "字" * 1_000_000,
        "[MASK]" * 200_000,
        "".join(map(chr, range(0x20000, 0x20000 + 40_000))),
    ],
    ids=["one word", "accents", "Chinese", "special", "rare"],
)
def test_a_hostile_text_is_cut_short(text):
    assert len(text) > MOST_CHARACTERS
    cut = tokens(text)
    assert cut.truncated
    assert len(cut.ids) <= MOST_TOKENS


@given(st.text(st.characters(), max_size=300))
def test_any_text_has_tokens_that_say_what_they_are(text):
    cut = tokens(text)
    assert len(cut.ids) == len(cut.texts) <= MOST_TOKENS
    assert (cut.texts[0], cut.texts[-1]) == ("[CLS]", "[SEP]")
    assert all((one == "[UNK]") == (number == UNKNOWN) for one, number in zip(cut.texts, cut.ids, strict=True))


@given(
    st.text(st.sampled_from("abyzäß .,-'!中1"), max_size=60), st.text(st.sampled_from("abyzäß .,-'!中1"), max_size=60)
)
def test_words_are_cut_apart_from_one_another(one, other):
    assert pieces(f"{one} {other}") == pieces(one) + pieces(other)
