"""The incident and appeal plan, without a browser: what it lacks, rows, the exercise."""

from datetime import date

import pytest

from aipm.governance.incident import SCENARIOS, incident_texts
from aipm.ui.clock import DAY
from tests.ui.ethics_forms import HOSTILE, at, away_and_back, kept, opened, press, shown, widget, write

TEXT = incident_texts()


def test_it_begins_with_the_stop_switch():
    app = opened("incident")
    assert TEXT.start in shown(app)
    app = write(app, TEXT.fields["stop_who"].label, HOSTILE)
    app = write(app, TEXT.fields["stop_how"].label, "Flag off", kind="text_area")
    assert "&lt;img src=x" in shown(app)
    assert "<img src=x" not in shown(app)
    app = away_and_back(app, "incident")
    assert kept(app, "incident").stop_who == HOSTILE


@pytest.mark.parametrize("step", TEXT.steps)
def test_every_step_is_drawn(step):
    assert TEXT.steps[step].name in shown(opened("incident", step=step))


def test_a_step_is_added_and_keeps_what_was_typed():
    app = press(opened("incident", step="steps"), TEXT.rows["steps"].add)
    app = write(app, TEXT.rows["steps"].fields["what"].label, "Switch it off")
    app = at(app, "incident", step="stop")
    app = at(app, "incident", step="steps")
    assert widget(app, "text_input", TEXT.rows["steps"].fields["what"].label).value == "Switch it off"
    assert TEXT.gaps["step_owner"].text.format(what="Switch it off") in shown(app) or "And " in shown(app)


def test_time_limits_stand_there_with_their_source():
    drawn = shown(opened("incident", step="tell"))
    assert "72 hours" in drawn
    assert "2 December 2027" in drawn
    assert "ai-act-service-desk.ec.europa.eu" in drawn


@pytest.mark.parametrize("name", SCENARIOS)
def test_an_exercise_shows_gaps_of_an_empty_plan(name):
    app = opened("incident", step="drill", play=name)
    turns = len(TEXT.scenarios[name].asks)
    assert shown(app).count(f"</span>{TEXT.exercise.nothing}") == turns
    assert TEXT.exercise.score.format(answered=0, count=turns) in shown(app)


def test_what_the_plan_says_answers_a_turn_and_the_exercise_can_be_noted():
    app = write(opened("incident"), TEXT.fields["fallback"].label, "A clerk decides", kind="text_area")
    app = at(app, "incident", step="drill", play="wrong_refusals")
    assert f"{TEXT.fields['fallback'].label} A clerk decides" in shown(app)
    app.session_state[DAY] = date(2026, 11, 21)
    app = press(app, TEXT.exercise.record)
    assert kept(app, "incident").played[0].on == date(2026, 11, 21)
    assert kept(app, "incident").played[0].open == 6
