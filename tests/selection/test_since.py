"""What has changed from one decision record to the next, checked by hand."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from aipm.selection.record import DecisionRecord
from aipm.selection.since import since


def record(ranks, costs=(), versions=None):
    return DecisionRecord.from_dict(
        {
            "question": "Which?",
            "ranking": [{"name": name, "rank": rank} for name, rank in ranks],
            "cost": [{"item": item, "value": value, "unit": "USD"} for item, value in costs],
            "versions": versions or {},
        }
    )


def test_the_winner_then_and_now():
    found = since(record([("A", 1), ("B", 2)]), record([("B", 1), ("A", 2)]))
    assert (found.first_then, found.first_now, found.same_first) == (("A",), ("B",), False)
    assert [(each.name, each.then, each.now) for each in found.moved] == [("A", 1, 2), ("B", 2, 1)]


def test_two_that_share_the_first_place_are_the_same_two_in_any_order():
    assert since(record([("A", 1), ("B", 1)]), record([("B", 1), ("A", 1)])).same_first


def test_who_is_gone_and_who_is_new():
    found = since(record([("A", 1), ("B", 2)]), record([("A", 1), ("C", 2)]))
    assert (found.gone, found.new) == (("B",), ("C",))


def test_a_price_that_fell_by_a_fifth_and_one_that_was_free():
    before = record([], [("A", "100.00"), ("B", "0"), ("C", "5"), ("D", None)])
    now = record([], [("A", "80.00"), ("B", "1"), ("C", "5.00"), ("D", "1")])
    found = since(before, now).prices
    assert [(each.item, each.then, each.now) for each in found] == [
        ("A", Decimal(100), Decimal(80)),
        ("B", Decimal(0), Decimal(1)),
    ]
    assert round(found[0].relative, 6) == -0.2
    assert found[1].relative is None


def test_versions_that_differ_or_are_only_on_one_side():
    found = since(record([], versions={"a": "1", "b": "1"}), record([], versions={"a": "2", "b": "1", "c": "3"}))
    assert [(each.name, each.then, each.now) for each in found.versions] == [("a", "1", "2"), ("c", None, "3")]


@given(st.dictionaries(st.text(max_size=4), st.integers(1, 5), max_size=6))
def test_nothing_changes_from_a_record_to_itself(ranks):
    one = record(ranks.items(), [("A", "1.5")], {"v": "1"})
    assert since(one, one).nothing
