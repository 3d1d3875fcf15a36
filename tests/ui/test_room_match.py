"""The match quiz at a phone: all statements at once, each answer kept as it is pressed."""

from aipm.ui.room_answer_texts import answer_texts
from tests.ui.room_answers import HOSTILE, drawn_as_they_are, options, phone


def quiz(count=3, names=("Classification", "Regression"), text="Statement"):
    statements = [{"key": f"s{place}", "text": f"{text} {place}", "label": "o1"} for place in range(count)]
    return phone("match", statements=statements, options=options(*names))


def test_each_answer_is_kept_by_itself():
    game = quiz().choose("s0", "o1").choose("s2", "o0")
    assert game.kept == {"s0": "o1", "s2": "o0"}
    assert "2 of 3 answered and kept" in game.shown
    again = game.reload()
    assert [again.choice(f"s{place}").value for place in range(3)] == ["o1", None, "o0"]


def test_when_all_are_answered_it_says_so_and_one_can_be_taken_back():
    done = answer_texts().match.done.format(count=2)
    game = quiz(2).choose("s0", "o1").choose("s1", "o1")
    assert done in game.shown
    game.choose("s0", None)
    assert game.kept == {"s1": "o1"}
    assert done not in game.shown


def test_two_answers_that_come_in_one_run_are_both_kept():
    game = quiz()
    game.choice("s0").set_value("o0")
    game.choose("s1", "o1")
    assert game.kept == {"s0": "o0", "s1": "o1"}


def test_names_and_statements_are_characters():
    game = quiz(1, HOSTILE, "[x](http://evil.example) :red[no]")
    field = game.choice("s0")
    assert drawn_as_they_are([each.content for each in field.proto.options], HOSTILE)
    assert "](" not in field.label.replace("\\]", "").replace("\\[", "")
    assert game.choose("s0", "o5").kept == {"s0": "o5"}


def test_the_most_statements_that_a_room_takes():
    game = quiz(40)
    assert len(game.app.button_group) == 40
    assert game.choose("s39", "o0").kept == {"s39": "o0"}
