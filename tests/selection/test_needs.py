"""Needs in plain questions: what is preferred becomes weights, and facts become numbers between fixed ends."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.selection import catalogue
from aipm.selection.candidates import candidates_from_rows, problem
from aipm.selection.criteria import criteria_from_plain
from aipm.selection.facts import candidate_of, fact, number_of
from aipm.selection.needs import Needs, cell, criteria, ends, need_texts, rows, weights
from aipm.selection.screening import screen
from aipm.tables import Refusal

QUESTIONS = need_texts().questions
ORDERS = st.lists(st.sampled_from(list(QUESTIONS)), unique=True)


def answers(key):
    asked = QUESTIONS[key]
    return st.sampled_from(list(asked.options)) if asked.options else st.floats(asked.number.low, asked.number.high)


NEEDS = st.builds(
    lambda musts, order: Needs.from_dict({"musts": musts, "order": order}),
    st.fixed_dictionaries({}, optional={key: answers(key) for key in QUESTIONS}),
    ORDERS,
)


def test_eight_to_twelve_questions_cover_every_criterion_once():
    assert 8 <= len(QUESTIONS) <= 12
    asked = [key for question in QUESTIONS.values() for key in question.criteria]
    assert sorted(asked) == sorted(need_texts().criteria)


def test_an_order_of_four_weighs_as_published():
    # Rank-order centroid of four: .52 .27 .15 .06 (Barron & Barrett 1996).
    found = weights(Needs(order=("cost", "quality", "latency", "context")))
    assert list(found) == ["cost", "quality", "latency", "context"]
    assert list(found.values()) == pytest.approx([25 / 48, 13 / 48, 7 / 48, 3 / 48])


def test_two_criteria_of_one_question_share_their_places():
    found = weights(Needs(order=("cost", "abilities")))
    assert found["cost"] == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)
    assert found["tools"] == found["tuning"] == pytest.approx(((1 / 2 + 1 / 3) / 3 + (1 / 3) / 3) / 2)


def test_nothing_preferred_weighs_nothing():
    assert weights(Needs()) == {}
    assert criteria(Needs()) == []


@given(ORDERS)
def test_weights_add_up_to_one_and_keep_the_order(order):
    found = weights(Needs(order=tuple(order)))
    assert sum(found.values()) == pytest.approx(1 if order else 0)
    heaviest = [found[QUESTIONS[key].criteria[0]] for key in order]
    assert heaviest == sorted(heaviest, reverse=True)
    assert len(set(heaviest)) == len(heaviest)


@given(NEEDS)
def test_needs_come_back_from_plain_data(needs):
    assert Needs.from_dict(needs.to_dict()) == needs


def test_criteria_are_in_the_form_the_ranking_takes_with_both_ends():
    assert criteria(Needs(order=("cost",))) == [
        {
            "name": "cost",
            "column": "cost",
            "direction": "min",
            "weight": 1.0,
            "worst": 100.0,
            "best": 0.1,
            "scale": "log",
        }
    ]


def test_both_ends_are_said_in_real_units_or_in_words():
    assert ends("cost") == ("100 USD per 1,000 requests", "0.1 USD per 1,000 requests")
    assert ends("context") == ("8,000 tokens", "1,000,000 tokens")
    assert ends("licence") == ("no", "yes")


def test_facts_become_numbers_and_what_is_not_known_stays_unknown():
    candidate = {
        "name": "A",
        "facts": {
            "commercial_use": {"value": "conditional", "evidence": "vendor"},
            "usd_per_1000_requests": {"value": Decimal("2.5")},
            "tool_use": True,
            "context_window": {"value": None},
            "pass_rate": float("nan"),
        },
    }
    assert cell("licence", candidate) == 0.5
    assert cell("cost", candidate) == 2.5
    assert cell("tools", candidate) == 1
    assert [cell(key, candidate) for key in ("context", "quality", "output")] == [None, None, None]
    assert cell("licence", {"name": "B", "facts": {"commercial_use": {"value": "unverified"}}}) is None
    assert rows([candidate], Needs(order=("licence", "context"))) == [{"name": "A", "licence": 0.5, "context": None}]


def test_what_counts_as_not_known():
    def value(plain):
        return fact({"facts": {"x": plain}}, "x").value

    assert [value(plain) for plain in (None, "", "Unknown", "UNVERIFIED", [], float("inf"), {"value": None})] == [
        None
    ] * 7
    assert [value(plain) for plain in (0, "no", False, ["text"])] == [0, "no", "no", ["text"]]
    assert fact({}, "x").value is None
    assert [number_of(plain) for plain in (True, "3", 10**400, None)] == [None] * 4


def test_a_model_of_the_catalogue_has_an_age_and_the_time_it_has_left():
    released = next(each for each in catalogue.models() if each.value("release_date"))
    ending = next(each for each in catalogue.models() if each.value("deprecation_date"))
    first, last = (
        catalogue.first_day(released.value("release_date")),
        catalogue.first_day(ending.value("deprecation_date")),
    )
    assert candidate_of(released, today=first + timedelta(days=365))["facts"]["months_since_release"]["value"] == 12.0
    assert candidate_of(ending, today=last - timedelta(days=9))["facts"]["days_to_deprecation"]["value"] == 9
    entered = candidate_of(ending, today=last, entered={"pass_rate": 0.9})["facts"]
    assert (entered["pass_rate"], entered["kind"]) == (0.9, ending.kind)


def test_no_model_of_the_catalogue_passes_a_strict_licence_unverified():
    everybody = [candidate_of(model, today=date(2026, 11, 20)) for model in catalogue.models()]
    found = screen(everybody, Needs.from_dict({"musts": {"licence": "commercial"}}))
    uses = [catalogue.models()[place].facts["commercial_use"] for place in found.left]
    assert uses
    assert {use.value for use in uses} == {"yes"}
    assert "unverified" not in {use.evidence for use in uses}
    assert len(found.left) + len(found.excluded) == len(everybody)


def test_what_is_preferred_can_be_ranked_as_it_is():
    models = [
        {"name": "Dear", "facts": {"usd_per_1000_requests": 100, "pass_rate": 1.0}},
        {"name": "Cheap", "facts": {"usd_per_1000_requests": 0.1, "pass_rate": 0.5}},
        {"name": "Untested", "facts": {"usd_per_1000_requests": 1}},
    ]
    needs = Needs(order=("quality", "cost"))
    asked = criteria_from_plain(criteria(needs)).criteria
    found = problem(candidates_from_rows(rows(models, needs)), asked)
    assert [each.anchored for each in asked] == [True, True]
    assert found.names == ("Dear", "Cheap")
    assert found.values.tolist() == [[1.0, 100.0], [0.5, 0.1]]
    assert [(each.name, each.criteria) for each in found.excluded] == [("Untested", ("quality",))]


@pytest.mark.parametrize(
    "plain",
    [
        [],
        {"wishes": {}},
        {"musts": {"colour": "blue"}},
        {"musts": {"licence": "free beer"}},
        {"musts": {"licence": 1}},
        {"musts": {"cost": "cheap"}},
        {"musts": {"cost": -1}},
        {"musts": {"cost": float("nan")}},
        {"musts": {"cost": True}},
        {"order": ["cost", "cost"]},
        {"order": ["beauty"]},
        {"order": [["cost"]]},
        {"order": "cost"},
    ],
)
def test_needs_that_nobody_can_have_are_refused(plain):
    with pytest.raises(Refusal, match="needs cannot be used"):
        Needs.from_dict(plain)
