"""The notice, without a browser: seen at once, in three lengths, with what it lacks."""

from aipm.governance.notice_texts import notice_texts
from tests.ui.ethics_forms import HOSTILE, at, away_and_back, choose, kept, opened, shown, widget, write

TEXT = notice_texts()


def test_the_notice_is_shown_before_anything_is_typed():
    app = opened("notice")
    assert TEXT.start in shown(app)
    assert shown(app).count('<div class="notice ') == 3
    assert "<mark>[to be written: who runs it]</mark>" in shown(app)


def test_what_is_typed_stands_in_all_three_as_characters_and_stays():
    app = write(opened("notice"), TEXT.fields["who"].label, HOSTILE)
    assert shown(app).count("&lt;img src=x") >= 3
    assert "<img src=x" not in shown(app)
    app = away_and_back(app, "notice")
    assert kept(app, "notice").who == HOSTILE
    assert widget(app, "text_input", TEXT.fields["who"].label).value == HOSTILE


def test_a_chat_points_to_the_duty_to_say_so():
    app = choose(opened("notice"), TEXT.fields["kind"].label, "chat")
    assert TEXT.duties["ai_50_1"].law in shown(app)
    assert "Since 2 August 2026" in shown(app)
    assert "not with a person" in shown(app)
    app = choose(at(app, "notice", step="law"), TEXT.fields["eu"].label, "no")
    assert TEXT.duties["ai_50_1"].law not in shown(app)


def test_long_sentences_and_vague_words_are_named():
    long = "We may " + "look at many things " * 8 + "in your application."
    app = write(opened("notice"), TEXT.fields["does"].label, long, kind="text_area")
    assert TEXT.vague["may"] in shown(app)
    assert "37 words: We may look" in shown(app)


def test_reading_ease_shows_its_formula_and_its_source():
    assert "206.835" in shown(opened("notice"))
    assert "Rudolf Flesch" in shown(opened("notice"))


def test_days_until_an_answer_are_a_number():
    app = opened("notice", step="human")
    widget(app, "number_input", TEXT.fields["answer_days"].label).set_value(10).run()
    assert kept(app, "notice").answer_days == 10
    assert "within 10 days" in shown(app)


def test_expectations_are_set_where_people_see_them():
    assert TEXT.expectations_title in shown(opened("notice"))
