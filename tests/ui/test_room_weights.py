"""Weights at a phone: a draft until a hundred points are shared out, or an order by buttons."""

from hypothesis import given
from hypothesis import strategies as st

from aipm.ui.room_answer_texts import answer_texts
from aipm.ui.room_weights import evenly
from aipm.workshop.weights import ITEM
from tests.ui.room_answers import HOSTILE, drawn_as_they_are, options, phone

NAMES = ("Quality", "Cost", "Delay")
SAID = answer_texts().weights


def points(*names):
    return phone("weights", criteria=options(*(names or NAMES)))


def put(at, *values):
    for place, value in enumerate(values):
        at.field("number_input", f"points.o{place}").set_value(value)
        at.run()
    return at


def stand(at):
    return [each.value for each in at.app.number_input]


def test_a_hundred_points_are_kept_as_soon_as_they_add_up():
    at = put(points(), 50, 38)
    assert "12 left" in at.shown
    assert SAID.not_yet in at.shown
    assert at.kept == {}
    put(at, 50, 38, 12)
    assert at.kept == {ITEM: {"o0": 50, "o1": 38, "o2": 12}}
    assert SAID.full in at.shown
    assert answer_texts().kept in at.shown
    assert stand(at.reload()) == [50, 38, 12]


def test_a_draft_outlives_reruns_and_a_reload_falls_back_to_what_was_given():
    at = put(put(points(), 60, 40, 0), 60, 10)
    assert stand(at.run()) == [60, 10, 0]
    assert "30 left" in at.shown
    assert SAID.earlier in at.shown
    assert at.kept == {ITEM: {"o0": 60, "o1": 40, "o2": 0}}
    assert stand(at.reload()) == [60, 40, 0]


def test_one_can_go_back_to_what_was_kept_or_take_it_all_back():
    at = put(put(points(), 60, 40, 0), 60, 10).press("back")
    assert stand(at) == [60, 40, 0]
    at.press("clear")
    assert stand(at) == [0, 0, 0]
    assert at.kept == {}


def test_the_rest_goes_evenly_to_what_has_nothing_yet():
    at = put(points("Quality", "Cost", "Delay", "Data"), 50).press("even")
    assert at.kept == {ITEM: {"o0": 50, "o1": 17, "o2": 17, "o3": 16}}


def test_too_many_are_said_and_reduced():
    at = put(points(), 60, 60, 80)
    assert "100 too many" in at.shown
    assert at.kept == {}
    assert at.press("even").kept == {ITEM: {"o0": 30, "o1": 30, "o2": 40}}


def test_what_is_typed_and_a_press_that_come_in_one_run_both_count():
    at = points()
    at.field("number_input", "points.o0").set_value(40)
    at.field("number_input", "points.o1").set_value(20)
    assert at.press("even").kept == {ITEM: {"o0": 40, "o1": 20, "o2": 40}}


@given(st.dictionaries(st.integers(0, 39).map(str), st.integers(0, 100), min_size=1, max_size=40))
def test_shared_out_it_is_always_a_hundred_and_nobody_loses_what_was_there(given):
    found = evenly(given)
    assert sum(found.values()) == 100
    assert min(found.values()) >= 0
    if sum(given.values()) <= 100:
        assert all(found[key] >= value for key, value in given.items())
    else:
        assert all(found[key] <= value for key, value in given.items())


def test_names_are_characters_and_forty_criteria_fit():
    assert drawn_as_they_are([each.label for each in points(*HOSTILE).app.number_input], HOSTILE)
    at = points(*map(str, range(40))).press("even")
    assert sorted(at.kept[ITEM].values()) == [2] * 20 + [3] * 20


def order(*names):
    return phone("weights", way="order", criteria=options(*(names or NAMES)))


def test_an_order_is_kept_with_every_move():
    at = order()
    assert answer_texts().nothing in at.shown
    assert at.field("button", "upward.o0").disabled
    assert at.field("button", "downward.o2").disabled
    at.press("upward.o2")
    assert at.kept == {ITEM: ["o0", "o2", "o1"]}
    at.press("downward.o0")
    assert at.kept == {ITEM: ["o2", "o0", "o1"]}
    assert [each.key[-2:] for each in at.reload().app.button][:6:2] == ["o2", "o0", "o1"]


def test_the_order_as_it_stands_can_be_kept_and_taken_back():
    at = order().press("keep")
    assert at.kept == {ITEM: ["o0", "o1", "o2"]}
    at.press("clear")
    assert at.kept == {}


def test_an_order_of_hostile_names_and_of_forty():
    at = order(*HOSTILE)
    assert "<script>" not in at.shown
    assert "&lt;script&gt;" in at.shown
    labels = [each.label for each in at.app.button if "upward" in each.key]
    assert labels[0] == r"Move \*\*bold\*\* \[x\](http:⁠//evil.example) :⁠red\[no\] up"
    assert order(*map(str, range(40))).press("upward.o39").kept[ITEM][-2:] == ["o39", "o38"]


def test_the_facilitator_enters_for_somebody_without_a_device():
    at = phone("weights", for_somebody=True, criteria=options(*NAMES)).press("even")
    assert at.kept == {ITEM: {"o0": 34, "o1": 33, "o2": 33}}
