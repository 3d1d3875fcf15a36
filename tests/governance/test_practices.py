"""Practices against varying answers: which matter for a feature, when one is done, and how many runs to report."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.content.document import markdown
from aipm.content.practices import PRACTICES, practice_texts
from aipm.governance.forms import from_json, to_json
from aipm.governance.practices import (
    ADVICE,
    LEVELS,
    WEIGHTS,
    Cost,
    Makes,
    Mark,
    Practices,
    Repeat,
    Rule,
    Who,
    assess,
    checks,
    mark,
    runs_needed,
    with_mark,
)
from aipm.governance.practices_paper import answer, document
from aipm.governance.practices_texts import repeat_texts
from aipm.governance.product import Product
from aipm.ui.registry import FILES

ANSWERED = st.builds(
    Practices,
    makes=st.sampled_from((None, *get_args(Makes))),
    repeat=st.sampled_from((None, *get_args(Repeat))),
    cost=st.sampled_from((None, *get_args(Cost))),
    rule=st.sampled_from((None, *get_args(Rule))),
)
DONE = Practices(
    makes="text",
    repeat="exact",
    cost="high",
    rule="most",
    marks=tuple(Mark(id=check, state="done") for found in checks().values() for check in found),
)


def levels(**said):
    return {each.practice: each.level for each in assess(Practices(**said)).practices}


def test_every_practice_has_two_to_four_checks_and_no_name_twice():
    assert {len(found) for found in checks().values()} <= {2, 3, 4}
    every = [check for found in checks().values() for check in found]
    assert len(every) == len(set(every))


def test_every_reason_and_advice_has_words_and_every_word_is_used():
    texts = repeat_texts()
    assert {weight.reason for weights in WEIGHTS.values() for weight in weights} == set(texts.reasons)
    assert {*ADVICE, *(f"for_{who}" for who in get_args(Who))} == set(texts.advice)
    assert {lab.page for lab in texts.labs.values()} <= set(FILES)


def test_nothing_answered_gives_every_practice_without_a_reason():
    found = assess(Practices())
    assert [each.practice for each in found.practices] == list(PRACTICES)
    assert not any(each.reasons for each in found.practices)
    assert answer(Practices(), found) == (repeat_texts().answer.start,)


def test_one_answer_already_sorts():
    first = assess(Practices(repeat="exact"))
    assert {each.practice for each in first.matter} == {"form", "freeze", "save"}
    assert "Not answered yet" in answer(Practices(repeat="exact"), first)[1]


def test_where_it_must_repeat_it_is_saved_and_people_s_judgement_is_no_tool_for_that():
    found = levels(makes="text", repeat="exact", cost="some", rule="some")
    assert found["save"] == "most"
    assert found["human_feedback"] == "little"
    assert found["sampling"] == "helps"


def test_where_variety_is_wanted_it_is_set_and_not_saved():
    found = levels(makes="text", repeat="varied", cost="low", rule="none")
    assert (found["sampling"], found["save"], found["user_loop"]) == ("most", "little", "most")


def test_a_costly_answer_without_a_rule_needs_a_person():
    assert "person" in assess(Practices(cost="high", rule="none")).advice
    assert "person" not in assess(Practices(cost="high", rule="some")).advice
    assert levels(cost="high", rule="none")["compare"] == "little"


def test_a_model_that_only_scores_has_nothing_to_steer():
    found = levels(makes="scores", repeat="exact", cost="high", rule="most")
    assert {name for name, level in found.items() if level == "out"} == {
        "human_feedback",
        "sampling",
        "form",
        "filter_rank",
    }


def test_who_needs_the_repeat_counts_only_where_one_is_needed():
    form = Practices(repeat="exact", repeat_for=("auditors",))
    assert "for_auditors" in assess(form).advice
    assert "for_auditors" not in assess(Practices(repeat="varied", repeat_for=("auditors",))).advice


@given(form=ANSWERED)
def test_those_that_matter_most_come_first_and_every_answered_feature_has_a_sentence(form):
    found = assess(form)
    order = [LEVELS.index(each.level) for each in found.practices]
    assert order == sorted(order)
    assert {each.practice for each in found.practices} == set(PRACTICES)
    assert all(each.reasons for each in found.practices if each.level != "helps")
    assert all(answer(form, found))


@given(form=ANSWERED)
def test_a_check_that_is_done_never_makes_fewer_practices_done(form):
    before = sum(each.done for each in assess(form).practices)
    for found in checks().values():
        form = Practices(**{**_plain(form), "marks": with_mark(form, Mark(id=found[0], state="done"))})
        after = sum(each.done for each in assess(form).practices)
        assert after >= before
        before = after


def _plain(form):
    return {name: getattr(form, name) for name in form.__dataclass_fields__}


def test_what_does_not_apply_counts_only_with_its_reason():
    check = checks()["save"][1]
    bare = Practices(marks=(Mark(id=check, state="not_applicable"),))
    said = Practices(marks=(Mark(id=check, state="not_applicable", note="Nothing is saved"),))
    settled = [
        next(each.settled for each in assess(form).practices if each.practice == "save") for form in (bare, said)
    ]
    assert settled == [0, 1]


def test_all_done_says_so():
    found = assess(DONE)
    assert found.next is None
    assert answer(DONE, found) == (repeat_texts().answer.all_done,)


def test_a_mark_that_says_nothing_is_left_out():
    form = Practices(marks=(Mark(id="told", state="done"),))
    assert with_mark(form, Mark(id="told")) == ()
    assert mark(form, "told").state == "done"


def test_the_form_is_the_same_after_the_file():
    form = Practices(feature="Letters", makes="text", repeat_for=("staff",), marks=(Mark(id="told", owner="Ada"),))
    opened = from_json(to_json({"practices": form}, saved="now"))
    assert opened.forms["practices"] == form
    assert not opened.unread


@pytest.mark.parametrize(
    ("share", "half_width", "runs"),
    # ciss.wilson(p0, d, alpha = 0.05) of the R package binomSamSize, worked out by hand from its line of source
    [(0.5, 0.05, 381), (0.5, 0.1, 93), (0.9, 0.05, 141), (1.0, 0.05, 35), (0.0, 0.05, 35)],
)
def test_runs_by_the_published_formula(share, half_width, runs):
    assert runs_needed(share, half_width).runs == runs


@given(share=st.floats(0, 1), half_width=st.floats(0.005, 0.4))
def test_so_many_runs_are_enough_and_one_fewer_is_not(share, half_width):
    def half(runs):
        z2 = 1.959963984540054**2
        return (z2 * (share * (1 - share) / runs + z2 / (4 * runs**2))) ** 0.5 / (1 + z2 / runs)

    runs = runs_needed(share, half_width).runs
    assert half(runs) <= half_width + 1e-9
    assert runs == 1 or half(runs - 1) > half_width - 1e-9


@pytest.mark.parametrize(("share", "half_width"), [(1.2, 0.1), (0.5, 0), (0.5, 0.5), (-0.1, 0.1)])
def test_shares_and_widths_that_cannot_be_are_refused(share, half_width):
    with pytest.raises(ValueError, match="half_width"):
        runs_needed(share, half_width)


def test_the_document_names_every_practice_that_applies_and_escapes_what_was_typed():
    form = Practices(
        feature="<b>x</b>", makes="text", marks=(Mark(id="told", state="done", note="[a](http://b.example)"),)
    )
    said = markdown(document(form, product=Product(name="# Loans"), day=date(2026, 11, 21)))
    assert "\\<b\\>" in said
    assert "](http" not in said.replace("\\](", "")
    assert all(text.name.split(",")[0] in said for text in practice_texts().every.values())
