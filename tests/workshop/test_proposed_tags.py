"""The mapper's word on cards, where it has one."""

from aipm.workshop.cards import groups
from aipm.workshop.entries import Card
from aipm.workshop.proposed_tags import proposed_tags


def test_only_what_has_no_tag_and_is_clear_is_proposed():
    cards = [
        Card(id=1, person=1, text="Forecast how many parcels we will ship next week"),
        Card(id=2, person=1, text="Forecast how many parcels we will ship next month", tag="rankings"),
        Card(id=3, person=1, text="hm"),
    ]
    assert proposed_tags(groups(cards)) == {1: "regression"}
    assert proposed_tags([]) == {}
