"""Who is affected: groups to begin with, what is missing, where each stands between gain and harm."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.governance.fields import next_id
from aipm.governance.forms import from_json, to_json
from aipm.governance.harms import LEVELS, Group, HarmCanvas, assess, begun, harm_texts, proposals
from aipm.governance.register import Register, add_risk

APPLICANTS = Group(
    id="r1",
    kind="decided",
    who="Applicants",
    benefit="A quick answer",
    benefit_level="high",
    harm="A wrong refusal",
    harm_level="middle",
    mitigation="A clerk looks first",
    asked_how="Six interviews",
    asked_on=date(2026, 9, 17),
    outside="yes",
    changed="The letter names two reasons",
)


def canvas(*groups):
    return HarmCanvas(groups=groups)


def codes(*groups, capability=None):
    return [gap.code for gap in assess(canvas(*groups), capability=capability).gaps]


def test_nobody_named_is_the_only_gap_of_an_empty_canvas():
    assert codes() == ["no_groups"]


def test_a_group_that_is_described_rated_asked_and_answered_has_no_gap_of_its_own():
    assert set(codes(APPLICANTS)) == {"missing"}


def test_colleagues_who_speak_for_others_do_not_count_as_asked():
    assert "nobody_asked" in codes(replace(APPLICANTS, outside="no"))
    why = HarmCanvas(groups=(replace(APPLICANTS, outside="no"),), not_asked_why="Booked for December")
    assert "nobody_asked_yet" in [gap.code for gap in assess(why, capability=None).gaps]


def test_a_harm_needs_an_answer_unless_it_is_small():
    assert "no_mitigation" in codes(replace(APPLICANTS, mitigation=None))
    assert "no_mitigation" not in codes(replace(APPLICANTS, mitigation=None, harm_level="low"))


def test_gain_for_some_and_harm_for_others_is_named():
    clerks = Group(id="r2", kind="staff", benefit_level="high", harm_level="low")
    newcomers = Group(id="r3", kind="left_out", benefit_level="low", harm_level="high")
    found = assess(canvas(clerks, newcomers), capability=None)
    assert (found.gain, found.bear) == (("r2",), ("r3",))
    assert ("split", "r3") in [(gap.code, gap.row) for gap in found.gaps]
    assert "split" not in codes(clerks)
    assert "split" not in codes(newcomers)


def test_who_could_be_hit_hard_and_was_not_asked_stands_before_what_is_merely_not_rated():
    hard = Group(id="r1", who="Newcomers", harm_level="high", harm="They wait every time")
    found = codes(hard)
    assert found.index("high_not_asked") < found.index("unrated")


def test_the_map_places_who_is_rated_and_names_who_is_not():
    found = assess(canvas(APPLICANTS, Group(id="r2", who="Guarantors")), capability=None)
    assert found.placed == {("high", "middle"): ("r1",)}
    assert found.unplaced == ("r2",)


@pytest.mark.parametrize("purpose", ["credit", "hiring", "health", "children"])
def test_a_purpose_proposes_its_own_groups(purpose):
    own = {key for key, start in harm_texts().starts.items() if purpose in start.purposes}
    assert own
    assert own <= set(proposals(HarmCanvas(purposes=(purpose,)), capability=None))
    assert not own & set(proposals(HarmCanvas(), capability=None))


def test_what_was_taken_over_is_not_proposed_again_and_no_longer_missing():
    before = HarmCanvas(purposes=("credit",))
    name = next(key for key in proposals(before, capability=None) if harm_texts().starts[key].kind == "decided")
    after = replace(before, groups=(begun(name, row="r1"),))
    assert name not in proposals(after, capability=None)
    missing = [gap.values["who"] for gap in assess(after, capability=None).gaps if gap.code == "missing"]
    assert harm_texts().starts[name].who not in missing


def test_every_gap_has_its_sentence():
    found = assess(canvas(APPLICANTS, Group(id="r2"), Group(id="r3", harm_level="high")), capability="creation")
    assert all(harm_texts().said(gap) for gap in found.gaps)


@given(st.lists(st.tuples(st.sampled_from([None, *LEVELS]), st.sampled_from([None, *LEVELS])), max_size=12))
def test_every_group_is_either_on_the_map_or_named_beside_it(levels):
    groups = [Group(id=f"r{n}", benefit_level=one, harm_level=two) for n, (one, two) in enumerate(levels)]
    found = assess(canvas(*groups), capability=None)
    assert sorted([*found.unplaced, *(row for rows in found.placed.values() for row in rows)]) == sorted(
        group.id for group in groups
    )


def test_rows_get_the_next_free_name():
    assert next_id(()) == "r1"
    assert next_id((Group(id="r1"), Group(id="r3"))) == "r4"


def test_a_harm_goes_into_the_register_with_who_bears_it():
    found = add_risk(Register(), who="Applicants", harm="A wrong refusal")
    assert found != Register()
    assert "A wrong refusal" in repr(found)
    assert "Applicants" in repr(found)


def test_it_is_kept_in_the_file_as_it_was():
    form = HarmCanvas(purposes=("credit", "decides"), groups=(APPLICANTS, Group(id="r2", harms=("privacy",))))
    assert from_json(to_json({"harms": form}, saved="")).forms["harms"] == form
