"""The facilitator's care for cards: what seems alike, merging, tags, hiding, and many cards a few at a time."""

import pytest

from aipm.workshop import proposed_tags, similar
from tests.ui.shown_now import now
from tests.ui.workshop_made import HOSTILE, drawn, room, text_of

PAINS = [
    "Customers wait three weeks for a claim to be paid",
    "Paying out a claim takes three weeks of waiting",
    "The call centre does not know who is calling",
    HOSTILE,
]


@pytest.fixture
def made():
    found = room("pains_only", 2)
    found.numbers = found.write("pains", PAINS)
    return found


def page(made):
    shown = drawn(made, "cards.pains").run()
    assert not shown.exception
    return shown


def press(shown, made, name):
    shown.button(key=f"room.{made.code}.0.pains.{name}").click().run()
    assert not shown.exception


def cards(made):
    return {each.id: each for each in made.seen().activity("pains").cards}


def test_alike_cards_are_put_together_by_one_press(made):
    one, other, *_ = made.numbers
    shown = page(made)
    assert "Proposals: 1." in text_of(shown)
    press(shown, made, f"similar.{one}-{other}.merge")
    assert cards(made)[other].into == one
    assert "No two cards seem to say the same" in text_of(shown)
    press(shown, made, f"out.{other}")
    assert cards(made)[other].into is None


def test_what_is_left_apart_is_not_proposed_again_until_it_is_wanted(made):
    one, other, *_ = made.numbers
    shown = page(made)
    press(shown, made, f"similar.{one}-{other}.apart")
    assert "Proposals: 0." in text_of(shown)
    press(shown, made, "apart.again")
    assert "Proposals: 1." in text_of(shown)


def test_two_are_put_together_by_hand(made):
    *_, third, last = made.numbers
    shown = page(made)
    shown.selectbox(key=f"room.{made.code}.0.pains.which").set_value(last).run()
    shown.selectbox(key=f"room.{made.code}.0.pains.into").set_value(third).run()
    press(shown, made, "by_hand")
    assert cards(made)[last].into == third
    assert shown.selectbox(key=f"room.{made.code}.0.pains.which").value is None


def test_proposed_tags_are_taken_by_one_press_and_changed_by_hand(made):
    shown = page(made)
    press(shown, made, "tags.take")
    tagged = [each for each in cards(made).values() if each.tag]
    assert tagged
    first = tagged[0].id
    name = f"room.{made.code}.0.pains.tag.{first}"
    now(shown.selectbox, name).set_value("clustering").run()
    assert cards(made)[first].tag == "clustering"
    now(shown.selectbox, name).set_value("").run()
    assert cards(made)[first].tag is None


def test_a_card_is_hidden_and_shown_again(made):
    last = made.numbers[-1]
    shown = page(made)
    press(shown, made, f"hide.{last}")
    assert cards(made)[last].hidden
    assert HOSTILE[:3] not in text_of(shown)
    shown.segmented_control(key=f"room.{made.code}.0.pains.show").set_value("hidden").run()
    press(shown, made, f"hide.{last}")
    assert not cards(made)[last].hidden


def test_what_people_wrote_is_only_text(made):
    shown = page(made)
    assert "&lt;b&gt;Bold&lt;/b&gt;" in text_of(shown)
    assert "<b>Bold" not in text_of(shown)
    labels = [each.label for each in shown.selectbox]
    assert not any("![](" in each or ":red[" in each for each in labels)


def test_comparing_happens_once_a_set_of_cards(made, monkeypatch):
    asked = []
    monkeypatch.setattr(similar, "proposals", lambda _: asked.append("alike") or ())
    monkeypatch.setattr(proposed_tags, "proposed_tags", lambda _: asked.append("tags") or {})
    shown = page(made)
    shown.run()
    assert asked == ["alike", "tags"]
    press(shown, made, f"hide.{made.numbers[-1]}")
    assert asked == ["alike", "tags"] * 2


def test_two_hundred_cards_are_a_page_at_a_time_and_found_by_words(monkeypatch):
    monkeypatch.setattr(similar, "proposals", lambda _: ())
    monkeypatch.setattr(proposed_tags, "proposed_tags", lambda _: {})
    made = room("pains_only", 20)
    made.write("pains", [f"Pain number {place} of many" for place in range(200)])
    shown = page(made)
    assert "1 to 8 of 200" in text_of(shown)
    assert len(shown.button) < 20
    press(shown, made, "page.later")
    assert "9 to 16 of 200" in text_of(shown)
    shown.text_input(key=f"room.{made.code}.0.pains.find").set_value("NUMBER 17 many").run()
    assert "1 to 8 of 12" in text_of(shown)
    shown.text_input(key=f"room.{made.code}.0.pains.find").set_value("elephant").run()
    assert "No card is like that" in text_of(shown)


def test_a_pre_mortem_has_tags_of_its_own_and_no_proposals():
    made = room("premortem_only", 1)
    (number,) = made.write("premortem", ["The data were old"])
    shown = drawn(made, "cards.premortem").run()
    assert "Take the proposals" not in [each.label for each in shown.button]
    shown.selectbox(key=f"room.{made.code}.0.premortem.tag.{number}").set_value("data").run()
    assert made.seen().activity("premortem").cards[0].tag == "data"


def test_a_locked_result_is_left_alone(made):
    made.steps("pains", "reveal", "lock")
    shown = page(made)
    assert "The result is locked" in text_of(shown)
    assert not shown.button


def test_without_cards_there_is_nothing_to_draw():
    made = room("pains_only", 1)
    made.write("pains", [])
    assert text_of(page(made)) == ""
