"""The feedback planner and the drift simulator: fill in, move about, come back; hostile text; the address."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from aipm.governance.feedback import FeedbackPlan, Signal
from aipm.ui.clock import DAY
from aipm.ui.governance_state import KEPT, Kept
from tests.ui.light import ROOT
from tests.ui.shown_now import now

HOSTILE = "[x](javascript:alert(1)) <img src=x onerror=alert(1)> **bold** $x$ =1+1"
FIELD = "governance.feedback."


@pytest.fixture
def app():
    found = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    found.session_state[DAY] = date(2026, 11, 21)
    found.session_state[KEPT] = Kept()
    return found.run()


def feedback(app, **asked):
    app.switch_page("pages/lifecycle.py")
    for name, value in {"view": "feedback", **asked}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def shown(app):
    return " ".join(each.proto.body for each in app.get("html"))


def plan(app):
    return app.session_state[KEPT].forms.get("feedback", FeedbackPlan())


def test_an_answer_stands_before_anything_is_typed(app):
    feedback(app)
    assert "Your plan would show a drop from 90% to 85% after about 8 days" in shown(app)
    assert "example numbers" in shown(app)
    assert "feedback" not in app.session_state[KEPT].forms


def test_a_figure_changes_the_answer_and_stays(app):
    feedback(app)
    app.number_input(key=FIELD + "drop").set_value(2.0).run()
    assert plan(app).drop == 0.02
    assert "from 90% to 88%" in shown(app)
    app.switch_page("pages/home.py").run()
    feedback(app)
    assert app.number_input(key=FIELD + "drop").value == 2.0
    app.button(key="governance.keep.undo").click().run()
    assert plan(app) == FeedbackPlan()
    assert now(app.number_input, FIELD + "drop").value == 5.0


def test_a_signal_is_added_opened_filled_in_and_removed(app):
    feedback(app)
    app.button(key="lifecycle.feedback.add.sample").click().run()
    assert plan(app).signals[-1] == Signal(id="r3", kind="sample", rate=0.01, delay=3, cadence="weekly")
    row = FIELD + "signals.r3."
    app.text_input(key=row + "owner").set_value("Wei Chen").run()
    app.number_input(key=row + "delay").set_value(6.0).run()
    app.segmented_control(key=row + "cadence").set_value("monthly").run()
    assert plan(app).signals[-1].delay == 6
    assert isinstance(plan(app).signals[-1].delay, int)
    assert "Wei Chen" in shown(app)
    assert "First Monday of the month" in shown(app)
    assert "Drawn by lot" in shown(app)
    app.button(key="lifecycle.feedback.remove").click().run()
    assert [each.id for each in plan(app).signals] == ["r1", "r2"]
    assert not app.exception


def test_a_widget_keeps_to_its_signal_when_another_is_removed(app):
    feedback(app)
    app.pills(key=FIELD + "opened").set_value("r2").run()
    app.text_input(key=FIELD + "signals.r2.owner").set_value("Priya Nair").run()
    app.pills(key=FIELD + "opened").set_value("r1").run()
    app.button(key="lifecycle.feedback.remove").click().run()
    assert app.text_input(key=FIELD + "signals.r2.owner").value == "Priya Nair"


def test_without_signals_it_says_what_to_do(app):
    app.session_state[KEPT] = Kept(forms={"feedback": FeedbackPlan(signals=())})
    feedback(app)
    assert "There is no signal yet" in shown(app)
    assert "Nothing is planned yet" in shown(app)


def test_the_ground_is_asked_for_once_data_are_personal(app):
    feedback(app)
    assert not [each for each in app.get("button_group") if "basis" in str(each.key)]
    app.segmented_control(key=FIELD + "signals.r1.personal").set_value("yes").run()
    assert "the ground on which it is kept is not settled" in shown(app)
    app.segmented_control(key=FIELD + "signals.r1.basis").set_value("consent").run()
    assert plan(app).signals[0].basis == "consent"
    assert "is not settled" not in shown(app)


def test_what_was_typed_is_drawn_as_text(app):
    feedback(app)
    for part in ("name", "where", "silent", "stored", "owner"):
        app.text_input(key=f"{FIELD}signals.r1.{part}").set_value(HOSTILE)
    app.text_area(key=FIELD + "signals.r1.stop").set_value(HOSTILE)
    app.text_input(key=FIELD + "channel").set_value(HOSTILE)
    app.text_input(key=FIELD + "reader").set_value(HOSTILE)
    app.run()
    assert not app.exception
    assert plan(app).signals[0].name == HOSTILE
    assert "<img" not in shown(app)
    assert "&lt;img" in shown(app)
    assert HOSTILE not in str(app.query_params)


def test_the_simulator_asks_before_it_shows(app):
    feedback(app, part="drift")
    assert "Two teams, the same applicants" not in shown(app)
    feedback(app, part="drift", guess_drift="22")
    assert "<b>Right.</b>" in shown(app)
    assert "Two teams, the same applicants" in shown(app)
    assert len(app.get("plotly_chart")) == 3


def test_settings_of_the_simulator_stand_in_the_address(app):
    feedback(app, part="drift", guess_drift="show", selective="yes", explored="0.05", delay="26", train="alarm")
    assert app.select_slider(key="lifecycle.drift.explored").value == 0.05
    assert "trained again on alarm" in shown(app)
    assert len(app.get("plotly_chart")) == 4
    app.segmented_control(key="lifecycle.drift.shift").set_value("none").run()
    assert app.query_params["shift"] == "none"
    assert "Nothing changes in this year" in shown(app)


@pytest.mark.parametrize("broken", [{"delay": "7"}, {"seed": "x"}, {"train": "<b>"}, {"part": "nothing"}])
def test_an_address_that_names_nothing_shows_the_start(app, broken):
    feedback(app, **{"part": "drift", "guess_drift": "show"} | broken)


def test_each_chart_is_told_in_words(app):
    feedback(app, part="drift", guess_drift="show", selective="yes")
    told = [each.proto.alt for each in app.get("plotly_chart")]
    assert "Team A (never trained again): share answered right by week." in told[0]
    assert "Team B (trained again every 4 weeks)" in told[1]
    assert told[2].startswith("Population stability index by week")
    assert all("{" not in each for each in told)
