"""The rank files are OpenAI's own, are read offline, and cut text as tiktoken does."""

import hashlib
import socket

import pytest

from aipm.encoder import vocabularies
from aipm.encoder.vocabularies import FOLDER, PATTERNS, SHA256, VOCABULARIES, ranks, vocabulary
from aipm.encoder.weights import ModelFileError


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_ranks_and_patterns_are_tiktoken_s_own(name, monkeypatch):
    from tiktoken_ext import openai_public

    asked = []

    def given_hash(_, expected_hash):
        asked.append(expected_hash)
        return {}

    monkeypatch.setattr(openai_public, "load_tiktoken_bpe", given_hash)
    assert getattr(openai_public, name)()["pat_str"] == PATTERNS[name]
    assert asked == [SHA256[name]]
    assert hashlib.sha256((FOLDER / f"{name}.tiktoken").read_bytes()).hexdigest() == SHA256[name]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("o200k_base", [5444, 1308, 382, 69254, 296]),
        ("cl100k_base", [5159, 836, 374, 61071, 301]),
        ("p50k_base", [3666, 1438, 318, 35553, 417]),
    ],
)
def test_the_ids_of_a_sentence(name, ids):
    """Check values taken with tiktoken 0.14.0 from its own downloads."""
    tokenizer = vocabulary(name)
    assert tokenizer.encode_ordinary("My name is Pawel") == ids
    assert [tokenizer.decode_single_token_bytes(each) for each in ids] == [b"My", b" name", b" is", b" Paw", b"el"]
    assert [ranks(name)[piece] for piece in (b"My", b" name", b" is", b" Paw", b"el")] == ids


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_byte_is_a_piece_so_any_text_has_ids(name):
    assert all(bytes([each]) in ranks(name) for each in range(256))


def test_a_wrong_rank_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "o200k_base.tiktoken").write_bytes(b"YQ== 0\n")
    monkeypatch.setattr(vocabularies, "FOLDER", tmp_path)
    vocabularies._ranks.cache_clear()
    with pytest.raises(ModelFileError, match="o200k_base"):
        ranks("o200k_base")
    vocabularies._ranks.cache_clear()
