"""Answers to plain questions point to areas of law: a reason to ask, never a verdict."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aipm.content
from aipm.content import ContentError
from aipm.mapping.risks import ANSWERS, flags, open_questions, risk_texts
from aipm.tables import Refusal

KEYS = tuple(risk_texts().questions)
ANSWERED = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(ANSWERS))
VERDICT = re.compile(
    r"\b(is|are) (a )?(high[- ]risk|illegal|unlawful|forbidden|compliant|legal)\b|\byou (must|may not|are required)\b",
    re.IGNORECASE,
)


def areas(**answers):
    return [flag.area for flag in flags(answers).flags]


def test_hiring_points_to_annex_iii_and_to_new_york():
    found = flags({"jobs": "yes"})
    assert [flag.area for flag in found.flags] == [
        "AI Act, Annex III, point 4 (employment and workers)",
        "New York City, Local Law 144",
    ]
    assert "2 December 2027" in found.flags[0].applies
    assert found.flags[0].advice == "Check with legal."
    assert found.tasks == ()


@pytest.mark.parametrize(
    ("key", "area", "date"),
    [
        ("schools", "Annex III, point 3", "2 December 2027"),
        ("credit", "Annex III, point 5", "2 December 2027"),
        ("services", "Article 5", "2 February 2025"),
        ("health", "Annex I", "2 August 2028"),
        ("justice", "points 6 to 8", "2 December 2027"),
        ("biometrics", "Annex III, point 1", "2 December 2027"),
        ("biometrics", "Article 50", "2 August 2026"),
        ("children", "Article 5", "2 February 2025"),
        ("infrastructure", "Annex III, point 2", "2 December 2027"),
        ("safety", "Annex I", "2 August 2028"),
        ("talks", "Article 50", "2 August 2026"),
        ("personal_data", "GDPR, Article 35", "2018"),
        ("price", "Consumer law", "2022"),
    ],
)
def test_each_question_points_where_it_should_with_the_dates_as_amended_in_2026(key, area, date):
    assert any(area in flag.area and date in flag.applies for flag in flags({key: "yes"}).flags)


def test_no_and_no_answer_give_nothing():
    assert flags({}) == flags(dict.fromkeys(KEYS, "no"))
    assert (flags({}).flags, flags({}).tasks) == ((), ())


def test_unsure_is_a_task_and_never_a_pass():
    found = flags({"children": "unsure"})
    assert found.flags == ()
    assert [task.text for task in found.tasks] == ["Find out: Do children use it, or is it about them?"]


@given(ANSWERED)
def test_every_answer_is_seen_once(answers):
    found = flags(answers)
    assert {flag.key for flag in found.flags} == {key for key, answer in answers.items() if answer == "yes"}
    assert [task.key for task in found.tasks] == [key for key in KEYS if answers.get(key) == "unsure"]
    assert set(open_questions(answers)) == set(KEYS) - set(answers)


@pytest.mark.parametrize("answers", [{"jobs": "perhaps"}, {"weather": "yes"}])
def test_what_is_no_answer_is_refused(answers):
    with pytest.raises(Refusal):
        flags(answers)


def test_rules_carry_source_and_date_and_no_verdict():
    said = risk_texts()
    for asked in said.questions.values():
        assert asked.question.endswith("?")
        assert not VERDICT.search(asked.question + asked.examples)
        for rule in asked.flags:
            assert rule.as_of == said.as_of == "2026-11"
            assert not VERDICT.search(f"{rule.area} {rule.why}")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("          applies: new_york", "          applies: old_york", "jobs.*applies"),
        ("          source: ll144", "          source: ll", "jobs.*source"),
        ('          as_of: "2026-11"', '          as_of: "2026"', "flags"),
        ("unsure: Not sure", "perhaps: Not sure", "risks"),
    ],
)
def test_a_broken_file_is_refused_with_file_key_and_reason(tmp_path, monkeypatch, old, new, where):
    whole = (aipm.content.FOLDER / "canvas.yaml").read_text("utf-8")
    assert old in whole
    (tmp_path / "canvas.yaml").write_text(whole.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(aipm.content, "FOLDER", tmp_path)
    aipm.content.load.cache_clear()
    risk_texts.cache_clear()
    try:
        with pytest.raises(ContentError, match=rf"canvas\.yaml[\s\S]*{where}"):
            risk_texts()
    finally:
        aipm.content.load.cache_clear()
        risk_texts.cache_clear()
