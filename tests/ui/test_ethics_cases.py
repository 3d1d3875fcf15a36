"""The view "What goes wrong" without a browser: entries by address, the guess, sources, the tools."""

from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.ui.ethics_cases_texts import cases_texts
from aipm.ui.glossary import SWITCH
from aipm.ui.registry import FILES
from tests.ui.light import heavy_after_reading

ROOT = Path(__file__).parents[2]


def opened(**address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.session_state[SWITCH] = False
    app.run()
    app.switch_page(FILES["ethics"])
    app.query_params.update(address)
    return done(app.run())


def done(app):
    assert not app.exception
    return app


def shown(app):
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def press(app, name):
    next(button for button in app.button if button.label == name).click()
    return done(app.run())


@pytest.mark.parametrize("entry", list(cases_texts().entries))
def test_each_entry_tells_its_cases_with_sources_and_what_to_do(entry):
    app = opened(entry=entry)
    text = cases_texts().entries[entry]
    if text.guess:
        app = press(app, cases_texts().guess.skip)
    drawn = shown(app)
    for case in text.cases:
        assert escape(case.name) in drawn
        assert escape(case.mistake) in drawn
        for source in case.sources:
            assert f'href="{escape(source.url)}"' in drawn
            assert escape(source.state) in drawn
    for action in text.actions:
        assert escape(action.name) in drawn
    assert escape(text.question) in drawn


def test_the_rates_are_shown_after_a_guess_only():
    app = opened()
    assert "error-bars" not in shown(app)
    next(each for each in app.button_group if each.key == "ethics.cases.guess").set_value("b")
    drawn = shown(done(app.run()))
    assert "error-bars" in drawn
    assert "Not quite." in drawn
    assert "About 35 of 100 at IBM, and fewer than 1 of 100" in drawn
    assert "a gap of 34 points" in drawn


def test_a_right_guess_is_told_so():
    app = opened()
    next(each for each in app.button_group if each.key == "ethics.cases.guess").set_value("d")
    assert "Right." in shown(done(app.run()))


def test_what_is_no_entry_shows_the_first():
    assert escape(cases_texts().entries["racism"].sentence) in shown(opened(entry="<b>"))


def test_the_guard_rails_come_first():
    drawn = shown(opened(entry="privacy"))
    rails = cases_texts().guard_rails
    assert escape(rails.sentence) in drawn
    assert drawn.index(escape(rails.sentence)) < drawn.index(escape(cases_texts().entries["privacy"].sentence))


def test_the_way_to_the_register():
    app = press(opened(entry="privacy"), cases_texts().entry.register)
    assert dict(app.query_params)["view"] in ("register", ["register"])


def test_ibm_did_not_leave_because_of_the_study():
    told = cases_texts().entries["racism"].cases[0].happened
    assert "does not rest on the study" in told
    assert "2018" in cases_texts().entries["racism"].cases[0].when


def test_reading_loads_no_heavy_library():
    assert heavy_after_reading("ethics", ["cases", "triage"]) == []
