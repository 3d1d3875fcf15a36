"""The statements that teach the mapper: enough of each kind, none twice, good to read."""

import re
from collections import Counter

import pytest

from aipm import content
from aipm.mapping.examples import LABELS, examples
from aipm.mapping.features import words


def test_there_are_at_least_120_statements_of_each_kind_half_of_them_complaints() -> None:
    found = Counter((example.label, example.voice) for example in examples())

    for label in LABELS:
        assert found[label, "complaint"] >= 60
        assert found[label, "product"] >= 60
        assert found[label, "complaint"] + found[label, "product"] >= 120


def test_no_statement_stands_there_twice() -> None:
    said = Counter(" ".join(words(example.text)).lower() for example in examples())

    assert [text for text, count in said.items() if count > 1] == []


def test_statements_are_short_plain_text() -> None:
    for example in examples():
        assert len(words(example.text)) <= 45, example.text
        assert not re.search(r"[!<>*_`\[\]]|https?:", example.text), example.text


def test_a_file_without_one_of_the_kinds_fails_at_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "load", lambda _name, _kind: {"none": None})

    with pytest.raises(content.ContentError, match="keys must be recommendations"):
        examples.__wrapped__()
