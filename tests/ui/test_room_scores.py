"""Scores at a phone: one criterion at a time, two rounds, a note by whoever sees it otherwise."""

from html import escape

from aipm.ui.room_answer_texts import answer_texts
from aipm.workshop.scores import DISSENT
from tests.ui.room_answers import HOSTILE, drawn_as_they_are, options, phone

SAID = answer_texts().scores


def scores(candidates=("Buy", "Build"), criteria=("Cost", "Quality"), **more):
    return phone("scores", candidates=options(*candidates), criteria=options(*criteria), **more)


def test_all_options_are_scored_by_one_criterion_at_a_time():
    at = scores()
    assert "Criterion 1 of 2" in at.shown
    at.choose("1.o0.o0", "4").choose("1.o1.o0", "2")
    assert at.kept == {"1/o0/o0": 4, "1/o1/o0": 2}
    assert "2 of 4 scores kept" in at.shown
    at.press("1.at.next")
    assert "Criterion 2 of 2" in at.shown
    at.choose("1.o0.o1", "5").choose("1.o1.o1", "1")
    assert SAID.done.format(count=4) in at.shown
    assert at.press("1.at.back").choice("1.o0.o0").value == "4"


def test_a_score_can_be_taken_back_and_a_reload_begins_with_what_is_missing():
    at = scores().choose("1.o0.o0", "4").choose("1.o1.o0", "2")
    assert "Criterion 2 of 2" in at.reload().shown
    at.press("1.at.back").choose("1.o0.o0", None)
    assert at.kept == {"1/o1/o0": 2}


def test_from_the_last_criterion_there_is_a_way_to_what_was_left_out():
    at = scores().press("1.at.next")
    assert at.field("button", "1.at.next").label == SAID.missing
    assert "Criterion 1 of 2" in at.press("1.at.next").shown


def test_in_the_second_round_the_first_score_stands_beside_and_can_be_kept():
    at = scores().choose("1.o0.o0", "4").choose("1.o1.o0", "2").second_round()
    assert SAID.second in at.shown
    assert [each.label for each in at.app.button_group] == ["Buy (4 in round 1)", "Build (2 in round 1)"]
    assert [each.value for each in at.app.button_group] == [None, None]
    at.choose("2.o0.o0", "3").press("same")
    assert at.kept == {"1/o0/o0": 4, "1/o1/o0": 2, "2/o0/o0": 3, "2/o1/o0": 2}
    assert "same" not in at.buttons


def test_more_scores_than_one_command_takes_are_kept_from_the_first_round():
    many = tuple(map(str, range(23)))
    at = scores(many, many)
    values = {f"o{row}/o{column}": 3 for row in range(23) for column in range(23)}
    for start in (0, 300):
        at.give(dict(list(values.items())[start : start + 300]))
    at.second_round().press("same")
    assert at.kept == {f"{number}/{pair}": 3 for number in (1, 2) for pair in values}


def test_a_note_of_dissent_is_kept_and_a_blank_one_taken_back():
    at = scores()
    at.field("text_area", "dissent").set_value("  <b>Too dear</b> ")
    at.run()
    assert at.kept == {DISSENT: "<b>Too dear</b>"}
    assert escape(SAID.dissent_kept) in at.shown
    at.field("text_area", "dissent").set_value("   ")
    assert at.run().kept == {}


def test_names_are_characters():
    at = scores(HOSTILE, HOSTILE, low=0, high=10)
    assert drawn_as_they_are([each.label for each in at.app.button_group], HOSTILE)
    at.press("1.at.next")
    assert "<h3>&lt;script&gt;" in at.shown
    at.choose("1.o5.o1", "0")
    assert at.kept == {"1/o5/o1": 0}
    assert len(at.second_round().app.button_group) == len(HOSTILE)


def test_the_most_that_a_room_takes_is_drawn_criterion_by_criterion():
    forty = tuple(map(str, range(40)))
    at = scores(forty, forty)
    assert len(at.app.button_group) == 40
    assert "0 of 1600 scores kept" in at.shown


def test_the_facilitator_enters_for_somebody_without_a_device():
    assert scores(for_somebody=True).choose("1.o0.o0", "1").kept == {"1/o0/o0": 1}
