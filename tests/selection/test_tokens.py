"""Counting tokens offline, bounded, with the range other tokenizers may give."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.encoder import vocabularies
from aipm.selection import tokens
from aipm.selection.assumptions import cost_texts
from aipm.selection.tokens import LONGEST, WINDOW, count_tokens, windows
from aipm.tables import Refusal


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        # the example of OpenAI's cookbook "How to count tokens with tiktoken"
        ("tiktoken is great!", "cl100k_base", 6),
        ("tiktoken is great!", "o200k_base", 6),
        ("antidisestablishmentarianism", "cl100k_base", 6),
        ("2 + 2 = 4", "cl100k_base", 7),
        ("", "o200k_base", 0),
        ("<|endoftext|>", "o200k_base", 7),  # pasted, it is text and no sign
    ],
)
def test_known_counts(text, encoding, expected):
    found = count_tokens(text, encoding=encoding)
    assert (found.tokens, found.exact) == (expected, True)


def test_a_wrong_rank_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "o200k_base.tiktoken").write_bytes(b"YQ== 0\n")
    monkeypatch.setattr(vocabularies, "FOLDER", tmp_path)
    for cached in (vocabularies._ranks, vocabularies._vocabulary):
        cached.cache_clear()
    with pytest.raises(Refusal, match="o200k_base"):
        count_tokens("a")
    for cached in (vocabularies._ranks, vocabularies._vocabulary):
        cached.cache_clear()


@pytest.mark.parametrize("piece", [" ", "\t ", "a", "\n", "字"], ids=repr)
def test_a_megabyte_without_words_is_counted(piece):
    text = piece * (10**6 // len(piece.encode()))
    found = count_tokens(text)
    assert 0 < found.tokens <= len(text)
    assert not found.exact


def test_a_megabyte_of_prose_is_counted_exactly():
    sentence = "The quick brown fox, aged 12, doesn't jump. "
    found = count_tokens(sentence * 20_000)
    assert found.exact
    assert found.tokens == 20_000 * count_tokens(sentence.strip()).tokens + 1  # the last blank has no word


def test_a_longer_text_is_refused():
    with pytest.raises(Refusal) as refusal:
        count_tokens("a" * (LONGEST + 1))
    assert refusal.value.code == "text_too_long"


@given(st.text(alphabet=st.sampled_from("aB1 .,'\n\té中\U0001f642"), max_size=300), st.integers(5, 40))
def test_cutting_at_a_blank_changes_no_count(text, window):
    encoder = tokens._encoding("o200k_base")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "WINDOW", window)
        pieces, exact = windows(text)
    assert "".join(pieces) == text
    assert all(len(piece) <= window for piece in pieces)
    if exact:
        assert sum(len(encoder.encode_ordinary(piece)) for piece in pieces) == len(encoder.encode_ordinary(text))


def test_a_lone_surrogate_is_counted():
    assert count_tokens("a\ud800b").tokens > 0


def test_other_vendors_get_a_range():
    same, claude, other = (count_tokens("word " * 1000, provider=name) for name in ("OpenAI", "Anthropic", "Somebody"))
    assert (same.low, same.high) == (same.tokens, same.tokens)
    assert claude.low <= claude.tokens < claude.high
    assert other.low < other.tokens < other.high
    assert cost_texts().tokenizers.others.source.startswith("https://")
    assert WINDOW < LONGEST
