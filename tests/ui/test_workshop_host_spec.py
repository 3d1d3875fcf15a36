"""An activity typed into a form: lines become options, the same name stays the same thing, what is missing is said."""

import pytest

from aipm.tables import Refusal
from aipm.ui.workshop_host_fields import names_of, usual
from aipm.ui.workshop_host_spec import can_change, fields, fits, known, lines, plain
from aipm.workshop.specs import KINDS, Option, Poll, public, spec_from
from aipm.workshop.templates import filled, templates

TEMPLATES = {each.key: filled(each, seed="B2C3D4") for made in templates().values() for each in made.activities}
WORDS = {"title": "Lunch", "question": "What shall we eat?"}
TYPED = {
    "ideas": {"stages": "Before\n\n After ", "tags": "Clustering\nOdd"},
    "premortem": {},
    "dots": {"options": "Soup\nRice"},
    "match": {"statements": "How much will it cost? = Regression\nWhich come first? = Rankings"},
    "weights": {"criteria": "Price\nTaste"},
    "scores": {"candidates": "Soup\nRice", "criteria": "Price\nTaste"},
    "poll": {"options": "Soup\nRice"},
    "confidence": {},
    "checks": {"checks.data": "Is it fresh?", "checks.roles": "Who cooks?\nWho pays?"},
}


def made(kind, *, others=None, before=None, **given):
    """The spec that a form makes, once the room has accepted it."""
    return spec_from(kind, plain(kind, usual(kind) | WORDS | given, others=others or {}, before=before))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_made_from_its_form(kind):
    spec = made(kind, **TYPED[kind])
    assert (spec.title, spec.question) == ("Lunch", "What shall we eat?")
    assert set(TYPED[kind]) <= set(names_of(kind))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_form_that_nobody_touches_changes_nothing(name):
    held = TEMPLATES[name]
    others = {key: each.spec for key, each in TEMPLATES.items() if key != name}
    typed = {field: value for field, value in fields(held.spec).items() if field in names_of(held.kind)}
    again = spec_from(held.kind, plain(held.kind, typed, others=others, before=held.spec))
    if held.kind == "match":  # its options are those that its statements name, in that order
        assert {each.key for each in again.options} == {each.label for each in held.spec.statements}
        assert again.statements == held.spec.statements
    else:
        assert again == held.spec


def test_the_seven_capabilities_keep_their_keys():
    assert made("ideas", tags="Clustering\nOdd").tags[0].key == "clustering"
    assert made("match", **TYPED["match"]).statements[0].label == "regression"


def test_a_criterion_of_the_same_name_is_the_same_one_all_over_the_room():
    weights = made("weights", criteria="Price\nTaste")
    names = known([weights])
    assert names["Price"] == weights.criteria[0].key
    scores = made("scores", candidates="Soup\nRice", criteria="ignored", weights="own_1", others={"own_1": weights})
    assert scores.criteria == weights.criteria


def test_two_names_that_share_a_key_elsewhere_do_not_become_one():
    others = {name: Poll(**WORDS, options=(Option(key="a", name=name),)) for name in ("Soup", "Stew")}
    assert len({each.key for each in made("poll", options="Soup\nStew", others=others).options}) == 2


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("poll", {"title": " ", "options": "Soup\nRice"}, "missing_title"),
        ("poll", {"question": "", "options": "Soup\nRice"}, "missing_title"),
        ("poll", {"options": "Soup"}, "missing_more"),
        ("dots", {"options": ""}, "missing_more"),
        ("weights", {"criteria": "Price"}, "missing_more"),
        ("checks", {}, "missing_more"),
        ("match", {"statements": "No answer here"}, "missing_statement"),
        ("confidence", {"low": 5, "high": 5}, "missing_numbers"),
        ("poll", {"options": "Soup\nSoup"}, "bad_activity"),
    ],
)
def test_what_is_missing_is_said(kind, given, code):
    with pytest.raises(Refusal) as told:
        made(kind, **given)
    assert told.value.code == code


def test_right_answers_that_are_held_back_are_not_overwritten():
    quiz = TEMPLATES["match_game"].spec
    assert can_change(quiz)
    assert not can_change(public(quiz))


def test_what_can_be_referred_to():
    assert fits(TEMPLATES["pains"].spec, "source")
    assert not fits(TEMPLATES["pains"].spec, "weights")
    assert fits(TEMPLATES["confidence_before"].spec, "before")
    assert lines(" a \n\nb") == ["a", "b"]
