"""Where is it worst, on the page without a browser."""

from aipm.fairness.worst_texts import worst_texts
from aipm.fairness.worst_words import left_out
from tests.ui.audit_app import done, opened, said


def chosen(app, field):
    return next(
        each for each in [*app.selectbox, *app.number_input, *app.multiselect, *app.toggle] if each.label == field.label
    )


def test_the_worst_served_people_of_the_sample_are_found_and_explained():
    app = opened("loans", "worst")
    text = said(app)
    assert "Worst: of people with sex = female and age = under 25 who should be selected, 47.6% are not" in text
    assert "127 of 267" in text
    assert "In 200 shuffles, chance alone never made any group stand out like this." in text
    assert worst_texts().limits[0] in text


def test_choices_change_the_answer():
    say = worst_texts().page
    app = opened("loans", "worst")
    done(chosen(app, say.metric).select("selection_rate").run())
    assert "36.8% of people with sex = female and age = under 25 are selected" in said(app)
    done(chosen(app, say.depth).select(1).run())
    assert "Worst: 47.4% of people with age = under 25 are selected" in said(app)
    done(chosen(app, say.support).set_value(1000).run())
    assert "Worst: 55.2% of people with sex = female are selected" in said(app)
    done(chosen(app, say.hold_out).set_value(True).run())
    assert "Confirmed on the other half" in said(app)


def test_without_columns_it_says_what_to_choose():
    say = worst_texts().page
    app = opened("hiring", "worst")
    assert "Worst: 21.0% of people with background = Borel are selected" in said(app)
    done(chosen(app, say.columns).set_value([]).run())
    assert say.nothing_chosen in said(app)


def test_columns_that_are_left_out_are_named_once_a_reason():
    assert left_out({"a": "role", "b": "empty", "c": "role"}) == "a, c (plays a part in the audit); b (empty)"
