"""Filters: who is left, who is not and why, and what giving one up would bring back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.selection.needs import Needs, need_texts
from aipm.selection.screening import screen
from aipm.tables import Refusal


def model(name, **facts):
    return {"name": name, "facts": facts}


def known(value, evidence="vendor"):
    return {"value": value, "evidence": evidence}


LARGE = model("Large", commercial_use=known("yes"), context_window=known(1_000_000), monthly_usd=known(900))
SMALL = model("Small", commercial_use=known("yes"), context_window=known(8_000), monthly_usd=known(20))
LISTED = model(
    "Listed", commercial_use=known("yes", "assumed"), context_window=known(1_000_000), monthly_usd=known(100)
)
CLAIMED = model("Claimed", commercial_use=known("yes", "unverified"), context_window=known(1_000_000))
UNREAD = model("Unread", commercial_use=known("unverified"), context_window=known(200_000), monthly_usd=known(50))
ALL = [LARGE, SMALL, LISTED, CLAIMED, UNREAD]


def names(found):
    return [ALL[place]["name"] for place in found.left]


def test_without_a_must_everybody_is_left():
    assert screen(ALL, Needs(order=("cost",))).sentence == "5 of 5 left"


@pytest.mark.parametrize(
    ("licence", "left"),
    [
        ("commercial", ["Large", "Small", "Listed"]),
        ("checked", ["Large", "Small"]),
        ("conditions", ["Large", "Small", "Listed"]),
        ("open", []),
    ],
)
def test_a_licence_that_nobody_verified_never_passes(licence, left):
    assert names(screen(ALL, Needs(musts=(("licence", licence),)))) == left


def test_a_yes_without_any_evidence_is_as_good_as_unverified():
    bare = model("Bare", commercial_use="yes")
    assert screen([bare], Needs(musts=(("licence", "commercial"),))).left == ()


def test_filters_say_how_many_are_left_and_whom_they_alone_keep_out():
    found = screen(ALL, Needs(musts=(("cost", 200), ("context", 32_000), ("licence", "commercial"))))
    assert names(found) == ["Listed"]
    cost, context, licence = found.filters
    assert [each.left for each in found.filters] == [3, 2, 1]
    assert (cost.excludes, cost.brings_back) == (("Large", "Claimed"), ("Large",))
    assert (context.excludes, context.brings_back) == (("Small",), ("Small",))
    assert (licence.excludes, licence.brings_back) == (("Claimed", "Unread"), ("Unread",))


def test_the_excluded_are_told_every_reason():
    found = screen(ALL, Needs(musts=(("cost", 200), ("licence", "commercial"))))
    reasons = {each.name: [failure.text for failure in each.failures] for each in found.excluded}
    assert reasons == {
        "Large": ["cost a month: 900, wanted at most 200"],
        "Claimed": ["cost a month: not known", "use for business: yes, but only unverified"],
        "Unread": ["use for business: not known"],
    }


def test_when_nobody_is_left_the_fewest_filters_to_give_up_are_named():
    found = screen(ALL, Needs(musts=(("cost", 10), ("context", 32_000), ("licence", "checked"))))
    assert found.left == ()
    assert [(each.questions, each.brings_back) for each in found.relaxations] == [(("cost",), ("Large",))]
    assert found.sentence == (
        "None of 5 is left. Giving up “What may it cost a month at your volume?” brings back Large."
    )


def test_two_filters_are_named_where_one_is_not_enough():
    found = screen([CLAIMED], Needs(musts=(("cost", 10), ("licence", "commercial"))))
    assert found.relaxations[0].questions == ("cost", "licence")


def test_no_candidates_is_said():
    assert screen([], Needs(musts=(("cost", 10),))).sentence == "There are no candidates yet."


def test_own_machines_are_a_place_for_data():
    vendor, weights = model("Vendor"), model("Weights", open_weights=known("yes"))
    promised = model("Promised", data_place=known("agreed"))
    assert screen([vendor, weights, promised], Needs(musts=(("residency", "agreed"),))).left == (1, 2)
    assert screen([vendor, weights, promised], Needs(musts=(("residency", "inside"),))).left == (1,)


def test_no_known_date_of_withdrawal_passes_but_no_known_age_does_not():
    new = model("New", months_since_release=known(1))
    going = model("Going", months_since_release=known(30), days_to_deprecation=known(40))
    staying = model("Staying", months_since_release=known(30))
    undated = model("Undated")
    everybody = [new, going, staying, undated]
    assert screen(everybody, Needs(musts=(("maturity", "settled"),))).left == (2,)
    assert screen(everybody, Needs(musts=(("maturity", "staying"),))).left == (0, 2, 3)


def test_what_goes_in_is_a_list():
    llm = {"kind": known("llm"), "out_modalities": known(["text"])}
    reads, looks = ({**llm, "in_modalities": known(each)} for each in (["text"], ["image", "pdf", "text"]))
    assert screen([model("Reads", **reads), model("Looks", **looks)], Needs(musts=(("task", "look"),))).left == (1,)
    assert screen([model("Reads", **reads), model("Looks", **looks)], Needs(musts=(("task", "text"),))).left == (0, 1)


def test_names_may_be_the_same_since_places_are_not():
    twins = [model("Twin", monthly_usd=known(5)), model("Twin", monthly_usd=known(50))]
    found = screen(twins, Needs(musts=(("cost", 10),)))
    assert (found.left, found.excluded[0].place) == ((0,), 1)


def test_a_candidate_without_a_name_is_refused():
    with pytest.raises(Refusal, match="no name"):
        screen([{"facts": {}}], Needs())


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.sampled_from(["yes", "no", "conditional", "unverified", "llm", "agreed", "passed", ""]),
    st.lists(st.sampled_from(["text", "image"])),
)
EVIDENCE = st.sampled_from([None, "vendor", "assumed", "secondary", "unverified"])
FACTS = st.dictionaries(
    st.sampled_from(list(need_texts().facts)), st.fixed_dictionaries({"value": VALUES, "evidence": EVIDENCE})
)
CANDIDATES = st.lists(st.builds(lambda facts: {"name": "M", "facts": facts}, FACTS), max_size=6)
MUSTS = st.fixed_dictionaries(
    {},
    optional={
        key: st.sampled_from(list(asked.options)) if asked.options else st.just(asked.number.suggest)
        for key, asked in need_texts().questions.items()
    },
)


@given(CANDIDATES, MUSTS)
def test_whatever_the_facts_everybody_is_in_or_out_for_a_reason(candidates, musts):
    needs = Needs.from_dict({"musts": musts})
    found = screen(candidates, needs)
    assert sorted([*found.left, *(each.place for each in found.excluded)]) == list(range(len(candidates)))
    assert all(each.failures for each in found.excluded)
    for filtered in found.filters:
        without = Needs.from_dict({"musts": {key: value for key, value in musts.items() if key != filtered.question}})
        assert len(screen(candidates, without).left) == len(found.left) + len(filtered.brings_back)
    for each in found.relaxations:
        given_up = Needs.from_dict({"musts": {key: value for key, value in musts.items() if key not in each.questions}})
        assert len(screen(candidates, given_up).left) == len(found.left) + len(each.brings_back)
    for place in found.left:
        facts = candidates[place]["facts"].get("commercial_use", {})
        if "licence" in musts:
            assert facts.get("value") in ("yes", "conditional", True)
            assert facts.get("evidence") not in (None, "unverified")
