"""The brief of a session, without a browser: kept by itself, found again, two at once, and a store that fails."""

from datetime import timedelta

from aipm.brief import store
from aipm.governance.product import Product
from aipm.tables import Refusal
from aipm.ui import brief_state
from aipm.ui.governance_state import KEPT as FORMS
from tests.brief.made_up import HOSTILE, whole
from tests.ui.briefs import another, at, filled, framed, held, opened, press, shown, view, visit_home, widget, write

__all__ = ["framed"]  # a fixture of every test here

NOTE = "What we say about “The pain”"


def test_nothing_is_kept_before_anything_is_said():
    app = opened()
    assert held(app).token is None
    assert "brief" not in app.query_params


def test_what_is_typed_is_kept_at_once_and_found_under_the_address():
    app = write(opened(), NOTE, "We asked nine clerks.", kind="text_area")
    assert app.query_params["brief"] == held(app).token
    assert "Kept at" in shown(app)
    assert widget(another(app), "text_area", NOTE).value == "We asked nine clerks."


def test_forms_come_along():
    app = opened(whole())
    assert another(app).session_state[FORMS].forms["product"] == Product(name="Loan pre-check", owner="Ines Moreau")


def test_the_same_again_makes_no_version():
    app = filled()
    at(app)
    at(app)
    assert brief_state.briefs().number(held(app).token) == held(app).number == 1


def test_hostile_text_comes_back_as_it_was_typed():
    app = opened()
    for text in HOSTILE:
        if text.strip() and "\ud800" not in text:
            app = write(app, NOTE, text, kind="text_area")
            assert widget(another(app), "text_area", NOTE).value == text
    assert "<script>" not in shown(view(app, "take"))


def test_two_at_once_lose_nothing_and_are_told():
    first = write(opened(), NOTE, "The first.", kind="text_area")
    second = another(first)
    write(second, NOTE, "The second.", kind="text_area")
    first = write(first, NOTE, "The third.", kind="text_area")
    assert "Somebody else saved" in shown(first)
    said = [
        brief_state.briefs().load_version(held(first).token, each.number)["notes"]["pain"]
        for each in brief_state.briefs().versions(held(first).token)
    ]
    assert said == ["The third.", "The second.", "The first."]


def test_coming_to_another_page_catches_up_with_another_device():
    first = write(opened(), NOTE, "Here.", kind="text_area")
    write(another(first), NOTE, "There.", kind="text_area")
    assert widget(at(visit_home(first)), "text_area", NOTE).value == "There."


def test_a_token_of_no_brief_is_said_and_what_is_typed_gets_an_address_of_its_own():
    app = opened(brief="no-such-token")
    assert "could not be opened" in shown(app)
    assert "expired or been deleted" in shown(app)
    app = write(app, NOTE, "Still here.", kind="text_area")
    assert held(app).token not in {None, "no-such-token"}
    assert widget(another(app), "text_area", NOTE).value == "Still here."


def test_an_expired_brief_can_be_kept_anew(monkeypatch):
    app = write(opened(), NOTE, "Old.", kind="text_area")
    old = held(app).token
    monkeypatch.setattr(brief_state.briefs(), "_keep", timedelta(days=-1))
    write(another(app), NOTE, "The last of it.", kind="text_area")
    monkeypatch.setattr(brief_state.briefs(), "_keep", timedelta(days=90))
    app = write(app, NOTE, "Newer.", kind="text_area")
    assert "no longer kept" in shown(app)
    app = press(app, "Keep it under a new address")
    assert held(app).token not in {None, old}
    assert widget(another(app), "text_area", NOTE).value == "Newer."


def test_a_read_only_token_in_the_place_of_the_other_leads_to_reading():
    token = brief_state.briefs().share(held(filled()).token)
    app = opened(brief=token)
    assert held(app).token is None
    app = press(app, "Show it")
    assert app.query_params["read"] == token


def test_a_store_that_cannot_be_reached_loses_nothing(monkeypatch):
    app = filled()
    known = held(app).token
    answers = brief_state.briefs

    def gone():
        raise Refusal("unreachable", "The database does not answer.", advice="Try again in a while.")

    monkeypatch.setattr(brief_state, "briefs", gone)
    app = write(app, NOTE, "Typed in between.", kind="text_area")
    assert "The database does not answer." in shown(app)
    assert widget(app, "text_area", NOTE).value == "Typed in between."
    stranger = opened(brief=known)
    assert "could not be opened" in shown(stranger)
    monkeypatch.setattr(brief_state, "briefs", answers)
    assert "Kept at" in shown(at(app))
    assert "Clerks read every application twice." in shown(at(stranger, brief=known))


def test_a_brief_that_could_not_be_reached_stays_at_hand_when_something_was_typed(monkeypatch):
    known = held(filled()).token
    answers = brief_state.briefs

    def gone():
        raise Refusal("unreachable", "The database does not answer.", advice="Try again in a while.")

    monkeypatch.setattr(brief_state, "briefs", gone)
    app = write(opened(brief=known), NOTE, "Typed meanwhile.", kind="text_area")
    monkeypatch.setattr(brief_state, "briefs", answers)
    app = at(app, brief=known)
    assert held(app).token != known
    app = press(app, "Open the brief I came for")
    assert held(app).token == known
    assert "Clerks read every application twice." in shown(app)


def test_a_brief_that_is_too_large_says_so_and_stays(monkeypatch):
    monkeypatch.setattr(store, "LARGEST", 100)
    app = write(opened(), NOTE, "W" * 200, kind="text_area")
    assert "Take something out" in shown(app)
    assert widget(app, "text_area", NOTE).value == "W" * 200
    monkeypatch.setattr(store, "LARGEST", 2_000_000)
    assert "Kept at" in shown(at(app))


def test_the_way_back_in_the_browser_is_not_undone():
    app = write(opened(), NOTE, "Kept.", kind="text_area")
    app.query_params.clear()
    assert "brief" not in app.run().query_params


def test_starting_again_leaves_the_other_where_it_is():
    app = filled()
    before = held(app).token
    app = press(view(app, "share"), "Start a new brief")
    assert held(app).token is None
    assert before in "".join(each.value for each in app.code)
    assert "Clerks read every application twice." in shown(opened(brief=before))


def test_a_version_with_a_name_outlives_those_without(monkeypatch):
    monkeypatch.setattr(store, "KEPT", 2)
    app = write(opened(), NOTE, "1", kind="text_area")
    brief_state.briefs().label(held(app).token, 1, "As shown to the board")
    for text in "23456":
        app = write(app, NOTE, text, kind="text_area")
    numbers = [each.number for each in brief_state.briefs().versions(held(app).token)]
    assert 1 in numbers
    assert 2 not in numbers
