"""Cards that are put together and taken apart, and the dots on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.tables import Refusal
from aipm.workshop.cards import card_targets, cards_result, dots_result, groups, merge_into, root
from aipm.workshop.entries import Card, Dot
from aipm.workshop.specs import Cards, Dots, Option

IDEAS = Cards(title="Pains", question="What hurts?", tags=(Option(key="rankings", name="Rankings"),))
ON_CARDS = Dots(title="Dots", question="Which?", source="pains")


def card(number, text="slow", **more):
    return Card(id=number, person=number, text=text, **more)


def dot(person, target):
    return Dot(person=person, target=str(target))


def test_merged_cards_are_one_group_under_the_first():
    cards = [card(1), card(2, into=1), card(3, into=2, tag="rankings"), card(4)]
    assert [[each.id for each in group.members] for group in groups(cards)] == [[1, 2, 3], [4]]
    found = cards_result(IDEAS, cards)
    assert (found.answered, found.cards, found.tags, found.leading) == (4, 4, {"rankings": 1}, ("rankings",))
    assert {each.person for group in found.groups for each in group.members} == {0}  # nobody wrote it


def test_dots_count_for_the_group_and_hidden_cards_have_none():
    cards = [card(1), card(2, into=1), card(3, hidden=True)]
    found = dots_result(ON_CARDS, [dot(1, 1), dot(2, 2), dot(2, 2), dot(3, 3), dot(4, 99)], cards=cards)
    assert [(each.target, each.dots, each.people) for each in found.totals] == [("1", 3, 2)]
    assert (found.answered, found.dots, found.leading) == (2, 3, ("1",))


def test_a_group_whose_first_card_is_hidden_keeps_its_dots():
    cards = [card(1, "rude", hidden=True), card(2, "polite", into=1)]
    found = dots_result(ON_CARDS, [dot(1, 1), dot(2, 2)], cards=cards)
    assert [(each.target, each.name, each.dots) for each in found.totals] == [("1", "polite", 2)]


def test_what_is_together_cannot_be_put_together_again():
    with pytest.raises(Refusal) as told:
        merge_into([card(1), card(2, into=1)], 1, 2)
    assert told.value.code == "already_together"


def put(cards, number, into):
    return [
        Card(id=each.id, person=each.person, text=each.text, into=into if each.id == number else each.into)
        for each in cards
    ]


merges = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=20)
placed = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 12)), max_size=40)


@given(merges, placed)
def test_merging_keeps_every_dot_and_taking_apart_is_its_undo(pairs, given_dots):
    cards = [card(number) for number in range(1, 13)]
    dots = [dot(*each) for each in given_dots]
    for moved, target in pairs:
        before = dots_result(ON_CARDS, dots, cards=cards)
        try:
            first, second = merge_into(cards, moved, target)
        except Refusal:
            continue
        merged = put(cards, first, second)
        after = dots_result(ON_CARDS, dots, cards=merged)
        assert after.dots == before.dots == len(dots)
        assert {each.target: each.dots for each in after.totals}[str(second)] == sum(
            each.dots for each in before.totals if each.target in (str(first), str(second))
        )
        assert put(merged, first, None) == cards
        cards = merged
    known = {each.id: each for each in cards}
    assert {str(root(known, each.id)) for each in cards} == card_targets(cards).keys()


@given(placed, st.permutations(range(1, 10)))
def test_it_does_not_matter_who_is_who(given_dots, others):
    cards = [card(number) for number in range(1, 13)]
    renamed = [dot(others[person - 1], target) for person, target in given_dots]
    assert dots_result(ON_CARDS, [dot(*each) for each in given_dots], cards=cards) == dots_result(
        ON_CARDS, renamed, cards=cards
    )


def test_a_full_room_of_cards():
    """Two hundred people, three hundred cards, three dots each."""
    cards = [
        Card(id=number, person=number % 200, text=f"card {number}", into=number - 1 if number % 3 == 0 else None)
        for number in range(1, 301)
    ]
    dots = [
        Dot(person=person, target=str(1 + (7 * person + place) % 300)) for person in range(200) for place in range(3)
    ]
    found = dots_result(ON_CARDS, dots, cards=cards)
    assert (found.dots, found.answered, len(found.totals)) == (600, 200, 200)
    assert cards_result(IDEAS, cards).answered == 200
