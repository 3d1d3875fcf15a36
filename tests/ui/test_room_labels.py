"""What is chosen by its label is what is kept, however alike the names are."""

from hypothesis import given
from hypothesis import strategies as st

from aipm.ui.room_labels import told_apart
from aipm.ui.safe import markdown, visible
from tests.ui.workshop_made import drawn, room


def test_names_that_look_alike_are_numbered_in_turn():
    assert told_apart({1: "Same", 2: "Other", 3: "Same", 4: "Same"}) == {
        1: "Same",
        2: "Other",
        3: "Same (2)",
        4: "Same (3)",
    }


def test_a_name_that_is_numbered_already_keeps_its_number_to_itself():
    assert [*told_apart({1: "Same (2)", 2: "Same", 3: "Same"}).values()] == ["Same (2)", "Same", "Same (3)"]


def test_names_that_are_alike_as_far_as_they_are_drawn_are_told_apart():
    assert [*told_apart({1: "long " * 50 + "a", 2: "long " * 50 + "b"}, limit=9).values()] == [
        "long long… (+242 characters)",
        "long long… (+242 characters) (2)",
    ]


def test_a_person_called_like_the_choice_of_nobody_is_another_choice():
    assert told_apart({None: "Nobody", 7: "Nobody"}) == {None: "Nobody", 7: "Nobody (2)"}


@given(st.lists(st.sampled_from(["a", "a ", "a (2)", "*a*", "<b>", "\u202ea", "a\n"]) | st.text(max_size=5)))
def test_every_label_stands_for_one_name_and_is_drawn_as_text(names):
    for written in (visible, markdown):
        found = told_apart(dict(enumerate(names)), written=written)
        assert len(set(found.values())) == len(names)
        assert all(label.startswith(written(name)) for label, name in zip(found.values(), names, strict=True))


def test_of_two_cards_with_the_same_words_the_one_that_was_chosen_is_merged():
    made = room("pains_only", 3)
    one, other, third = made.write("pains", ["Too slow", "Too slow", "Nobody answers the phone"])
    shown = drawn(made, "cards.pains").run()
    for name, card in (("which", other), ("into", third)):
        shown.selectbox(key=f"room.{made.code}.0.pains.{name}").set_value(card).run()
    shown.button(key=f"room.{made.code}.0.pains.by_hand").click().run()
    assert not shown.exception
    cards = {each.id: each for each in made.seen().activity("pains").cards}
    assert (cards[one].into, cards[other].into) == (None, third)
