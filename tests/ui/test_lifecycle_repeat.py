"""Varying answers: four questions sort the practices, checks are kept, the runs follow, and hostile text stays text."""

from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.content.practices import practice_texts
from aipm.governance.practices import Mark, Practices, mark
from aipm.governance.practices_texts import repeat_texts
from aipm.ui.governance_state import KEPT, Kept

ROOT = Path(__file__).parents[2]
HOSTILE = "[x](javascript:alert(1)) <img src=x onerror=alert(1)> **bold** $x$ =1+1"


@pytest.fixture
def app():
    found = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    found.session_state[KEPT] = Kept()
    return found.run()


def repeat(app, *opened):
    for each in opened:
        app.session_state[f"lifecycle.repeat.{each}.card"] = True
    app.switch_page("pages/lifecycle.py")
    app.query_params["view"] = "repeat"
    app.run()
    assert not app.exception
    return app


def shown(app):
    return " ".join(each.proto.body for each in app.get("html"))


def form(app):
    return app.session_state[KEPT].forms.get("practices", Practices())


def names(app):
    """The practices in the order of the page."""
    every = {text.name for text in practice_texts().every.values()}
    return [each.label for each in app.expander if each.label in every]


def test_the_empty_view_begins_with_four_questions_and_shows_all_eleven(app):
    repeat(app)
    assert repeat_texts().answer.start in shown(app)
    assert len(names(app)) == 11
    assert practice_texts().evidence in shown(app)


def test_one_answer_sorts_and_says_why(app):
    repeat(app)
    app.segmented_control(key="governance.practices.repeat").set_value("exact").run()
    assert form(app).repeat == "exact"
    assert repeat_texts().reasons["exact_save"] in shown(app)
    assert practice_texts().every["save"].name in names(app)[:3]
    app.get("button_group")  # who needs it is asked now
    assert "Not answered yet: what it makes" in shown(app)


def test_every_practice_says_what_it_does_not_do_and_leads_to_its_lab(app):
    every = practice_texts().every
    repeat(app, *every)
    for text in every.values():
        assert escape(text.does_not) in shown(app)
    links = [each.proto.label for each in app.get("page_link")] + [each.label for each in app.button]
    assert {lab.text for lab in repeat_texts().labs.values()} <= set(links)


def test_a_check_is_kept_with_its_note_after_another_page(app):
    repeat(app, "notice")
    app.segmented_control(key="governance.practices.notice.told").set_value("not_applicable").run()
    assert repeat_texts().needs_reason in shown(app)
    app.text_input(key="governance.practices.notice.told.note").set_value(HOSTILE).run()
    app.text_input(key="governance.practices.notice.told.owner").set_value("Ada").run()
    app.switch_page("pages/home.py").run()
    repeat(app, "notice")
    assert mark(form(app), "told") == Mark(id="told", state="not_applicable", note=HOSTILE, owner="Ada")
    assert app.text_input(key="governance.practices.notice.told.note").value == HOSTILE
    assert "1 of 3 checks" in shown(app)


def test_hostile_text_is_drawn_as_text(app):
    repeat(app)
    app.text_input(key="governance.practices.feature").set_value(HOSTILE).run()
    assert "<img" not in shown(app)
    assert form(app).feature == HOSTILE


def test_the_number_of_runs_follows_from_share_and_exactness(app):
    repeat(app)
    assert "141 runs" in shown(app)
    app.number_input(key="governance.practices.share").set_value(50.0).run()
    assert "381 runs" in shown(app)
    app.number_input(key="governance.practices.half_width").set_value(10.0).run()
    assert "93 runs" in shown(app)
    app.number_input(key="governance.practices.share").set_value(100.0).run()
    assert "Even if every run is right" in shown(app)
