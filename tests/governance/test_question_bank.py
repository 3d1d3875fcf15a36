"""The bank of questions: what it holds, and which questions are asked of which product."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.governance.question_bank import HEADINGS, Capability, applying, bank, labels
from aipm.governance.triage import TAGS
from aipm.mapping.capabilities import KEYS
from aipm.ui.governance_page import frame
from aipm.ui.registry import FILES

QUESTIONS = bank().questions
SETS = st.frozensets(st.sampled_from(TAGS))
KINDS = st.sampled_from([None, "none", *KEYS])


def test_there_are_at_least_sixty_questions_and_every_heading_has_several():
    assert len(QUESTIONS) >= 60
    for heading in HEADINGS:
        assert sum(each.heading == heading for each in QUESTIONS.values()) >= 6


def test_there_are_thirty_mitigations_of_all_four_kinds_and_each_is_suggested_somewhere():
    suggested = {name for each in QUESTIONS.values() for name in each.mitigations}
    assert set(bank().mitigations) == suggested
    assert len(suggested) >= 30
    assert {each.kind for each in bank().mitigations.values()} == {"data", "model", "product", "process"}


def test_no_question_or_reason_is_there_twice():
    assert len({each.question for each in QUESTIONS.values()}) == len(QUESTIONS)
    assert len({each.why for each in QUESTIONS.values()}) == len(QUESTIONS)


def test_the_capabilities_are_those_of_the_mapper():
    assert get_args(Capability) == KEYS


@pytest.mark.parametrize("key", QUESTIONS)
def test_where_it_can_be_looked_at_is_there(key):
    places = [QUESTIONS[key].check, *(bank().mitigations[name].check for name in QUESTIONS[key].mitigations)]
    for place in places:
        assert place.page in FILES
        if place.page in ("ethics", "lifecycle"):
            assert place.query["view"] in frame(place.page).views


def test_every_tag_brings_a_question_and_none_is_unknown():
    brought = {tag for each in QUESTIONS.values() for tag in each.when}
    assert brought == set(TAGS) - {"contestable"}  # that a person can look again calls for no question of its own


def test_nothing_known_asks_everything():
    asked = applying(bank(), tags=None)
    assert set(asked) == set(QUESTIONS)
    assert asked["pri_basis"].unknown
    assert not asked["sec_misuse"].unknown  # asked of every product


def test_a_product_without_people_or_data_is_asked_what_every_product_is_asked():
    asked = applying(bank(), tags=frozenset(), capability="regression")
    assert asked
    assert all(not QUESTIONS[key].when for key in asked)
    assert "sec_misuse" in asked
    assert "pri_basis" not in asked


def test_a_chatbot_is_asked_about_invented_facts_and_a_credit_score_about_proxies():
    chat = applying(bank(), tags={"talks", "third_party_model"}, capability="creation")
    score = applying(bank(), tags={"people", "decides", "credit"}, capability="classification")
    assert {"rel_invents", "tra_machine", "sec_injection"} <= set(chat)
    assert "rac_proxies" not in chat
    assert {"rac_proxies", "tra_reason", "bia_target"} <= set(score)
    assert "rel_invents" not in score
    assert score["rac_proxies"].tags == ("people", "decides", "credit")


def test_new_york_is_asked_of_new_york_alone():
    assert "bia_independent" in applying(bank(), tags={"nyc"})
    assert "bia_independent" not in applying(bank(), tags=set(TAGS) - {"nyc"})


@given(fewer=SETS, more=SETS, kind=KINDS)
def test_what_is_true_besides_never_takes_a_question_away(fewer, more, kind):
    small = applying(bank(), tags=fewer, capability=kind)
    assert set(small) <= set(applying(bank(), tags=fewer | more, capability=kind))
    assert set(small) <= set(applying(bank(), tags=fewer))  # nor does not knowing the kind of AI


@given(tags=SETS, kind=KINDS)
def test_each_question_says_why_it_is_asked(tags, kind):
    for key, asked in applying(bank(), tags=tags, capability=kind).items():
        question = QUESTIONS[key]
        assert set(asked.tags) == set(question.when) & tags
        assert bool(asked.tags) == bool(question.when)
        assert asked.unknown == bool(question.capabilities and kind in (None, "none"))


def test_references_are_written_as_people_read_them():
    said = labels(bank(), {"ai_act": ("10", "15"), "nist": ("measure",), "linddun": ("L", "Dd"), "deon": ("D.2",)})
    assert said == ("AI Act Art. 10, 15", "NIST AI RMF: Measure", "LINDDUN: Linking, Disclosure", "deon D.2")


def test_references_are_of_the_known_kind():
    deon = {
        f"{section}.{item + 1}"
        for section, items in zip("ABCDE", (4, 3, 5, 5, 4), strict=True)
        for item in range(items)
    }
    for key, each in QUESTIONS.items():
        assert set(each.refs.get("deon", ())) <= deon, key
        assert all(1 <= int(article) <= 99 for article in each.refs.get("gdpr", ())), key
