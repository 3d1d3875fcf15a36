"""Who does what: parts that go together, sharing out by role, the rules on hand-made grids, and what mends them."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.content.document import markdown
from aipm.governance.forms import from_json, to_json
from aipm.governance.product import Product
from aipm.governance.roles import (
    ACTIVITIES,
    LETTERS,
    ROLES,
    Person,
    Raci,
    Row,
    add,
    fits,
    give,
    letters,
    load,
    row,
    share_out,
    with_letters,
    with_part,
    with_row,
    without,
)
from aipm.governance.roles_rules import GIVES, MUST, check, legal_in, mend
from aipm.governance.roles_texts import roles_texts
from aipm.governance.roles_words import answer, called, csv, document, fix_said, said, who_does
from aipm.governance.triage import Triage

TODAY = date(2026, 11, 21)
TEAMS = {name: text.people for name, text in roles_texts().team.starts.items()}


def team(*people):
    raci = Raci()
    for roles in people:
        raci = add(raci, *roles)
    return raci


def checked(raci, triage=None):
    return check(raci, triage=triage or Triage(), today=TODAY)


def codes(raci, triage=None, activity=None):
    return [each.code for each in checked(raci, triage).findings if activity in (None, each.activity)]


def good():
    """Six people, shared out: nothing to find."""
    return share_out(team(*TEAMS["six"]))


def of(raci, role):
    return next(each.id for each in raci.people if role in each.roles)


def _grid(sizes, cells):
    raci = team(*sizes)
    for activity, letter, who in cells:
        if who < len(raci.people):
            raci = give(raci, activity, letter, raci.people[who].id)
    return raci


GRIDS = st.builds(
    _grid,
    st.lists(st.lists(st.sampled_from(ROLES), max_size=2, unique=True), min_size=1, max_size=5),
    st.lists(st.tuples(st.sampled_from(ACTIVITIES), st.sampled_from(tuple(LETTERS)), st.integers(0, 4)), max_size=30),
)


def test_every_rule_and_every_fix_has_words():
    texts = roles_texts()
    assert set(texts.findings) >= set(MUST)
    assert set(texts.fixes) == {*GIVES, "remove_person"}
    assert all(fits()[activity].responsible and fits()[activity].accountable for activity in ACTIVITIES)
    assert len(texts.activities) == 12


@pytest.mark.parametrize("name", TEAMS)
def test_a_team_to_begin_with_has_nothing_to_mend(name):
    raci = share_out(team(*TEAMS[name]))
    assert checked(raci).of("must") == ()
    assert set(codes(raci)) <= {"overload"}


def test_six_people_shared_out_are_as_they_should_be():
    assert codes(good()) == []
    assert answer(good(), checked(good()))[0].startswith("All 12 activities")


def test_sharing_out_fills_only_what_is_empty_and_a_second_time_changes_nothing():
    raci = give(team(*TEAMS["six"]), "release", "A", "r5")
    filled = share_out(raci)
    assert row(filled, "release").accountable == ("r5",)
    assert share_out(filled) == filled
    left = with_row(raci, replace(row(raci, "labelling"), left_out="no labels"))
    assert row(share_out(left), "labelling").responsible == ()


def test_an_empty_team_and_an_empty_grid_have_no_findings_but_a_word():
    assert codes(Raci()) == []
    assert answer(Raci(), checked(Raci())) == (roles_texts().team.answer.start,)
    assert "nothing is shared out" in answer(team(["pm"], ["legal"]), checked(team(["pm"], ["legal"])))[0]


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_exactly_one_answers_for_each(activity):
    none = with_part(good(), activity, "A", ())
    assert codes(none, activity=activity) == ["no_accountable"]
    one = row(good(), activity).accountable
    two = with_part(good(), activity, "A", (*one, next(p.id for p in good().people if p.id not in one)))
    assert "two_accountable" in codes(two, activity=activity)


def test_keeping_one_of_two_mends_it():
    raci = give(good(), "release", "A", "r4")
    found = next(each for each in checked(raci).findings if each.code == "two_accountable")
    assert [fix.person for fix in found.fixes] == ["r1", "r4"]
    assert codes(mend(raci, found.fixes[0])) == []


def test_somebody_has_to_do_it_and_whoever_fits_is_proposed():
    raci = with_part(good(), "ux_errors", "R", ())
    found = next(each for each in checked(raci).findings if each.code == "no_responsible")
    assert [fix.person for fix in found.fixes] == ["r2", "r1"]  # the designer, then the product manager
    assert codes(mend(raci, found.fixes[0])) == []


def test_an_activity_for_which_nobody_has_a_role():
    raci = give(team(["pm"], ["designer"]), "framing", "A", "r1")
    assert "nobody_fits" in codes(raci, activity="model_choice")
    settled = with_row(raci, Row(id="model_choice", left_out="bought"))
    assert codes(settled, activity="model_choice") == []


def test_a_role_that_does_not_fit_is_said_and_no_role_at_all_is_another_thing():
    raci = with_part(good(), "model_choice", "R", [of(good(), "designer")])
    assert "unfit" in codes(raci, activity="model_choice")
    nobody = give(add(good()), "model_choice", "R", "r7")
    assert codes(nobody) == ["no_role"]


@pytest.mark.parametrize("activity", ["evaluation_set", "bias_audit"])
def test_a_product_manager_signs_off_on_no_figures(activity):
    raci = with_part(good(), activity, "A", ["r1"])
    found = checked(raci).findings[0]
    assert found.code == "pm_statistical"
    assert "r1" not in [fix.person for fix in found.fixes]
    assert "pm_statistical" not in codes(mend(raci, found.fixes[0]))


def test_a_product_manager_may_sign_off_on_the_release():
    assert row(good(), "release").accountable == ("r1",)


def test_whoever_built_the_model_does_not_sign_off_on_its_audit():
    builder = row(good(), "model_choice").responsible[0]
    raci = with_part(good(), "bias_audit", "A", [builder])
    found = next(each for each in checked(raci).findings if each.code == "not_independent")
    assert builder not in [fix.person for fix in found.fixes]
    assert codes(mend(raci, found.fixes[0])) == []


def test_an_audit_only_by_builders_is_said_and_one_other_is_enough():
    builder = row(good(), "model_choice").responsible[0]
    assert "marks_own" in codes(with_part(good(), "bias_audit", "R", [builder]))
    assert "marks_own" not in codes(with_part(good(), "bias_audit", "R", [builder, "r3"]))


@pytest.mark.parametrize(("role", "code"), [("designer", "no_designer")])
def test_being_told_is_not_being_in_the_room(role, code):
    raci = with_part(good(), "framing", "I", [of(good(), role)])
    found = next(each for each in checked(raci).findings if each.code == code)
    assert codes(mend(raci, found.fixes[0])) == []


def test_engineers_are_in_the_room_when_the_problem_is_framed():
    raci = good()
    for role in ("ml_engineer", "ai_engineer"):
        raci = with_part(raci, "framing", "C", [who for who in row(raci, "framing").consulted if who != of(raci, role)])
    assert codes(raci) == ["no_engineer"]


def test_more_than_forty_per_cent_is_too_much_and_exactly_forty_is_not():
    raci = team(["data_scientist"], ["ml_engineer"], ["ai_engineer"])
    doers = ["r1"] * 4 + ["r2"] * 3 + ["r3"] * 3
    for activity, who in zip(ACTIVITIES, doers, strict=False):
        raci = give(raci, activity, "R", who)
    assert checked(raci).share("r1") == 0.4
    assert "overload" not in codes(raci)
    assert "overload" in codes(give(raci, "monitoring", "R", "r1"))


def test_two_people_can_hardly_share_more_evenly():
    raci = share_out(team(["pm", "designer"], ["ai_engineer", "data_engineer"]))
    assert "overload" not in codes(raci)
    assert "overload_few" in codes(raci)


def test_few_entries_say_nothing_about_shares():
    raci = give(good(), "framing", "C", "r1")
    only = with_part(replace(raci, rows=()), "framing", "R", ["r1"])
    assert checked(only).share("r1") is None
    assert "overload" not in codes(only)


def test_moving_work_makes_the_load_lighter():
    raci = share_out(team(["ml_engineer"], ["data_scientist"], ["pm"], ["designer"]))
    for activity in ACTIVITIES:
        raci = with_part(raci, activity, "R", ["r1"])
    found = next(each for each in checked(raci).findings if each.code == "overload")
    before = load(raci)["r1"]
    assert load(mend(raci, found.fixes[0]))["r1"] == before - 1


def test_somebody_without_any_part_is_named_and_can_be_taken_out():
    raci = add(good(), "support")
    found = checked(raci).findings[0]
    assert (found.code, found.people) == ("idle", ("r7",))
    assert mend(raci, found.fixes[0]) == good()


SENSITIVE = Triage(people="yes", personal_data="yes")
HIRING = Triage(people="yes", decides="yes", eu="yes", area="yes", areas=("hiring",), practice="no")


def test_law_and_privacy_are_asked_where_the_triage_says_so():
    assert legal_in(Triage(), today=TODAY) == {}
    assert legal_in(SENSITIVE, today=TODAY) == {"data_access": "personal_data", "privacy_review": "personal_data"}
    assert set(legal_in(HIRING, today=TODAY)) == {"bias_audit", "privacy_review", "release"}
    assert set(legal_in(Triage(talks="yes"), today=TODAY)) == {"ux_errors"}


def test_nobody_for_law_in_the_team_and_somebody_who_is_not_asked():
    assert codes(good(), SENSITIVE) == ["no_legal"]
    raci = share_out(team(*TEAMS["ten"]))
    assert codes(raci, HIRING) == []
    told = with_part(raci, "release", "I", [of(raci, "legal")])
    found = checked(told, HIRING).findings[0]
    assert (found.code, found.activity, found.why) == ("legal_not_asked", "release", "high_risk")
    assert codes(mend(told, found.fixes[0]), HIRING) == []


def test_parts_that_do_not_go_together_give_way_to_the_last_one():
    raci = team(["pm"])
    raci = give(give(raci, "release", "A", "r1"), "release", "R", "r1")
    assert letters(raci, "release", "r1") == ("A", "R")
    assert letters(give(raci, "release", "I", "r1"), "release", "r1") == ("I",)
    assert letters(with_letters(raci, "release", "r1", ("A", "R", "C")), "release", "r1") == ("C",)
    assert letters(with_letters(raci, "release", "r1", ("R",)), "release", "r1") == ("R",)
    assert with_letters(raci, "release", "r1", ()).rows == ()


def test_whoever_is_taken_out_takes_no_part_and_the_next_one_does_not_inherit():
    raci = without(good(), "r6")
    assert all("r6" not in getattr(each, part) for each in raci.rows for part in LETTERS.values())
    again = add(raci, "domain_expert")
    assert again.people[-1].id == "r6"
    assert "idle" in codes(again)


def test_a_file_with_unknown_people_and_a_row_twice_is_read_with_care():
    odd = Raci(
        people=(Person(id="r1", roles=("pm",)),),
        rows=(Row(id="release", accountable=("r1", "gone", "r1")), Row(id="release", responsible=("r1",))),
    )
    assert row(odd, "release") == Row(id="release", accountable=("r1",))
    assert "two_accountable" not in codes(odd)


@given(grid=GRIDS, seed=st.integers(0, 99))
def test_in_whichever_order_people_stand_the_findings_are_the_same(grid, seed):
    people = list(grid.people)
    Random(seed).shuffle(people)
    turned = replace(grid, people=tuple(people))

    def plain(raci):
        return sorted((each.code, each.activity or "", tuple(sorted(each.people))) for each in checked(raci).findings)

    assert plain(turned) == plain(grid)


@given(grid=GRIDS, activity=st.sampled_from(ACTIVITIES))
def test_one_more_to_answer_where_there_is_one_gives_the_finding(grid, activity):
    one = with_part(grid, activity, "A", [grid.people[0].id])
    assert "two_accountable" not in codes(one, activity=activity)
    more = add(one, "pm")
    assert "two_accountable" in codes(give(more, activity, "A", more.people[-1].id), activity=activity)


@given(grid=GRIDS)
def test_every_fix_takes_its_finding_away_or_makes_it_smaller(grid):
    for finding in checked(grid).findings:
        for fix in finding.fixes:
            after = checked(mend(grid, fix)).findings
            same = [each for each in after if (each.code, each.activity, each.people) == _of(finding)]
            assert not same or finding.code == "overload"
            assert fix_said(grid, fix)
        assert said(grid, finding)


def _of(finding):
    return finding.code, finding.activity, finding.people


@given(grid=GRIDS)
def test_shares_add_up_and_the_form_is_the_same_after_the_file(grid):
    found = checked(grid)
    if found.share(grid.people[0].id) is not None:
        assert sum(found.share(each.id) for each in grid.people) == pytest.approx(1)
    assert from_json(to_json({"roles": grid}, saved="now")).forms.get("roles", Raci()) == grid


def test_people_are_called_by_name_else_by_role_and_alike_ones_are_numbered():
    raci = Raci(
        people=(
            Person(id="r1", name="Ada"),
            Person(id="r2", roles=("pm", "designer")),
            Person(id="r3", roles=("support",)),
            Person(id="r4", roles=("support",)),
            Person(id="r5"),
        )
    )
    names = called(raci)
    assert names["r1"] == "Ada"
    assert names["r2"] == "Product manager + Designer"
    assert (names["r3"], names["r4"]) == ("Customer support 1", "Customer support 2")
    assert names["r5"] == roles_texts().team.unnamed


def test_files_to_hand_on_hold_the_grid_and_no_formula():
    raci = replace(
        good(), people=(replace(good().people[0], name="=1+1 {who} | [x](http://y.example)"), *good().people[1:])
    )
    raci = with_row(raci, replace(row(raci, "labelling"), left_out="@sum"))
    found = checked(raci)
    table = csv(raci)
    assert "'=1+1" in table.splitlines()[0]
    assert "'@sum" in table
    written = markdown(document(raci, found, product=Product(), day=TODAY))
    assert "\\[x\\](" in written
    assert "| Release | A |" in written
    assert "{who}" in who_does(raci, "release")
