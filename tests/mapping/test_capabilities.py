"""Each capability is complete, said in plain words, and told apart from those it is confused with."""

import dataclasses
import re
from collections import Counter

import pytest

import aipm.content
from aipm.content import ContentError
from aipm.mapping import cases
from aipm.mapping.capabilities import KEYS, NO_AI_KEYS, capabilities, no_ai, texts

TECHNICAL = re.compile(r"\b(API|SaaS|leverage|utilize|stakeholders?|paradigm|state-of-the-art)\b", re.IGNORECASE)
MARKUP = re.compile(r"[<>`*|\\]|__|\]\(|^#|https?:", re.MULTILINE)
MOST_AT_ONE_GO = 480
AMERICAN = re.compile(r"\b(colors?|behaviors?|labeled|labeling|analyz\w*|catalogs?|gray|center)\b", re.IGNORECASE)


def prose(value, where=""):
    """Every text within a value and where it stands; links, and titles of other people's articles, left out."""
    if isinstance(value, str):
        yield where, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("url", "title", "source"):
                yield from prose(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from prose(item, f"{where}.{key}")
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from prose(item, f"{where}[{place}]")


def test_there_are_seven_and_the_case_for_none():
    assert tuple(capabilities()) == KEYS
    assert len(KEYS) == 7
    assert tuple(no_ai().kinds) == NO_AI_KEYS


def test_what_comes_out_tells_the_eight_answers_apart():
    phrases = [each.comes_out for each in (*capabilities().values(), no_ai())]
    assert len(set(phrases)) == 8
    assert all(len(phrase.split()) <= 5 for phrase in phrases)


@pytest.mark.parametrize("key", KEYS)
def test_each_capability_is_complete(key):
    capability = capabilities()[key]
    for measures in (capability.metrics.offline, capability.metrics.product, capability.metrics.guardrail):
        assert len({metric.name for metric in measures}) == len(measures) >= 2
    assert len({family.name for family in capability.models}) == len(capability.models) >= 4
    assert all(family.enough_when for family in capability.models)
    assert capability.errors.false_yes.name != capability.errors.false_no.name
    assert all(each.question.endswith("?") for each in capability.ethics)
    assert all(question.endswith("?") for question in capability.questions)
    assert capability.definition.count(".") == 1


@pytest.mark.parametrize("key", KEYS)
def test_the_ai_act_is_asked_about_and_never_judged(key):
    asked = capabilities()[key].eu_ai_act
    assert "?" in asked
    assert "check with legal" in asked.lower()
    assert not re.search(r"\b(is|are) (high[- ]risk|legal|illegal|allowed|compliant)\b", asked)


@pytest.mark.parametrize("key", KEYS)
def test_examples_are_six_different_companies_from_the_case_studies(key):
    examples = capabilities()[key].examples
    found = {case.url: case for case in cases.cases(key)}
    assert len({example.company for example in examples}) == 6
    for example in examples:
        case = found[example.url]
        assert (example.company, example.source) == (case.company, f"{case.title} ({case.year})")
        assert example.does != case.line


def test_confusions_are_told_from_both_sides_in_words_of_their_own():
    told = {(key, other): how for key, each in capabilities().items() for other, how in each.confused_with.items()}
    assert all((other, key) in told for key, other in told)
    assert len(set(told.values())) == len(told)
    for pair in (
        ("recommendations", "rankings"),
        ("rankings", "classification"),
        ("rankings", "regression"),
        ("classification", "regression"),
        ("classification", "clustering"),
        ("classification", "anomalies"),
        ("classification", "creation"),
        ("rankings", "creation"),
    ):
        assert pair in told
    assert all(len(how) <= 260 for how in told.values())


def test_no_signal_speaks_for_two_answers():
    signals = [signal for each in (*capabilities().values(), no_ai()) for signal in each.signals]
    assert len(set(signals)) == len(signals)
    assert all(signal == signal.strip().rstrip(".?") for signal in signals)


def test_every_reason_against_ai_asks_and_says_what_to_do_instead():
    for kind in no_ai().kinds.values():
        assert kind.question.endswith("?")
        assert kind.instead.endswith(".")


def test_what_can_age_says_when_and_how_it_was_checked():
    found = texts()
    assert found.as_of in found.law.state
    assert re.search(r"\b20\d\d\b", found.names)
    assert all(re.search(r"\b20\d\d\b", story.state) for story in found.start.stories)


def test_words_are_plain():
    def wrong(text):
        return (
            any(pattern.search(text) for pattern in (MARKUP, TECHNICAL, AMERICAN))
            or "!" in text
            or "  " in text
            or text != text.strip()
            or len(text) > MOST_AT_ONE_GO
        )

    assert [(where, text) for where, text in prose(texts()) if wrong(text)] == []


def test_no_text_is_there_twice():
    counted = Counter(
        text
        for where, text in prose(capabilities())
        if not re.search(r"\.(evidence|company|name|comes_out)$", where) and len(text) > 20
    )
    assert [text for text, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("    comes_out: an order\n", "", r"comes_out.*\$\.capabilities"),
        ("evidence: index", "evidence: hearsay", r"hearsay.*evidence"),
        ("  rankings:\n    name: Rankings", "  ranking:\n    name: Rankings", r"'ranking'"),
        ("    fixed_rule:\n", "    a_fixed_rule:\n", r"'a_fixed_rule'"),
        ("url: https://arxiv.org/abs/2508.03670", "url: http://arxiv.org/abs/2508.03670", r"examples\[3\]\.url"),
        ("      regression: If somebody uses", "      rankings: If somebody uses", r"confused_with"),
        ("as_of: November 2026", "as_of: [November", "not valid YAML"),
    ],
)
def test_a_broken_file_is_refused_with_file_key_and_reason(tmp_path, monkeypatch, old, new, where):
    whole = (aipm.content.FOLDER / "capabilities.yaml").read_text("utf-8")
    assert old in whole
    (tmp_path / "capabilities.yaml").write_text(whole.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(aipm.content, "FOLDER", tmp_path)
    aipm.content.load.cache_clear()
    texts.cache_clear()
    try:
        with pytest.raises(ContentError, match=rf"capabilities\.yaml[\s\S]*{where}"):
            texts()
    finally:
        aipm.content.load.cache_clear()
        texts.cache_clear()
