"""The stage-gate board: say it, show it, waive it, decide; it stays when one moves about, and goes stale in sight."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.governance.evidence import Evidence, Result
from aipm.governance.gates import Decision, Gates, Item
from aipm.governance.notice import Notice
from aipm.governance.product import Product
from aipm.ui.clock import DAY
from aipm.ui.governance_state import KEPT, Kept
from aipm.ui.results import KEPT as RESULTS
from tests.ui.shown_now import now

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)
HOSTILE = "[x](javascript:alert(1)) <img src=x onerror=alert(1)> **bold** $x$ =1+1"


@pytest.fixture
def app():
    found = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    found.session_state[DAY] = TODAY
    found.session_state[KEPT] = Kept()
    return found.run()


def gates(app, *, stage=None, opened=()):
    for each in opened:
        app.session_state[f"lifecycle.gates.{each}.card"] = True
    app.switch_page("pages/lifecycle.py")
    app.query_params["view"] = "gates"
    if stage:
        app.query_params["stage"] = stage
    app.run()
    assert not app.exception
    return app


def shown(app):
    return " ".join(each.proto.body for each in app.get("html"))


def form(app):
    return app.session_state[KEPT].forms.get("gates", Gates())


def item(app, name):
    return next(each for each in form(app).items if each.id == name)


def test_the_empty_board_says_where_to_begin(app):
    gates(app)
    assert "Begin with Discovery" in shown(app)
    assert shown(app).count('class="gate-mark') == 35 + 4 + 5  # every criterion, the legend, the cards of Discovery


def test_a_word_alone_is_a_claim_and_a_place_to_read_makes_it_evidence(app):
    gates(app, opened=["pain_shown"])
    app.checkbox(key="governance.gates.pain_shown.done").check().run()
    assert item(app, "pain_shown").since == TODAY
    assert "nothing shows it" in shown(app)
    app.segmented_control(key="governance.gates.pain_shown.evidence.kind").set_value("link").run()
    app.text_input(key="governance.gates.pain_shown.link").set_value("Shared folder").run()
    assert "1 evidenced, 4 open" in shown(app)


def test_what_was_filled_in_is_there_after_another_page(app):
    gates(app, stage="delivery", opened=["load_and_cost"])
    app.text_input(key="governance.gates.load_and_cost.owner").set_value(HOSTILE).run()
    app.switch_page("pages/home.py").run()
    gates(app, stage="delivery", opened=["load_and_cost"])
    assert app.text_input(key="governance.gates.load_and_cost.owner").value == HOSTILE
    assert "<img" not in shown(app)


def test_an_added_criterion_is_text_and_counts(app):
    gates(app)
    app.text_input(key="lifecycle.gates.add.discovery.said").set_value(HOSTILE)
    app.checkbox(key="lifecycle.gates.add.discovery.severe").check()
    app.button(key="lifecycle.gates.add.discovery").click().run()
    assert form(app).items == (Item(id="r1", stage="discovery", said=HOSTILE, severe=True),)
    assert "6 open" in shown(app)
    assert "<img" not in shown(app)
    assert not any(re.search(r"(?<!\\)\]\(", each.label) for each in app.expander)
    assert app.text_input(key="lifecycle.gates.add.discovery.said").value == ""


def test_a_severe_criterion_is_not_waived_by_the_owner(app):
    app.session_state[KEPT] = Kept(forms={"product": Product(owner="Ines Moreau")})
    gates(app, stage="delivery", opened=["rollback_rehearsed"])
    app.text_area(key="governance.gates.rollback_rehearsed.waive.reason").set_value("A pilot of ten people").run()
    app.text_input(key="governance.gates.rollback_rehearsed.waive.by").set_value(" ines  moreau").run()
    assert "cannot be waived by the product" in shown(app)
    app.text_input(key="governance.gates.rollback_rehearsed.waive.by").set_value("Jonas Weber").run()
    assert "Waived by Jonas Weber: A pilot of ten people" in shown(app)
    app.button(key="lifecycle.gates.rollback_rehearsed.waive.none").click().run()
    assert item(app, "rollback_rehearsed").waiver is None


def passed():
    """All of Discovery with a place to read each, but for one that rests on the mapper's answer."""
    answer = Result(
        tool="use_case_mapper", said="It calls for", at=datetime(2026, 11, 1, tzinfo=UTC), settings="a" * 64
    )
    names = ("people_named", "today_described", "plain_fix_tried", "room_was_full")
    link = Evidence(kind="link", added=TODAY, link="here")
    rows = (Item(id=name, stage="discovery", done=True, since=TODAY, evidence=link) for name in names)
    first = Evidence(kind="result", added=TODAY, result=answer)
    return answer, Gates(
        items=(Item(id="pain_shown", stage="discovery", done=True, since=TODAY, evidence=first), *rows)
    )


def test_a_gate_is_passed_by_name_and_says_what_has_gone_stale_since(app):
    answer, held = passed()
    app.session_state[KEPT] = Kept(forms={"gates": held})
    gates(app)
    assert "no decision is recorded: Discovery." in shown(app)
    gates(app, stage="discovery")
    app.segmented_control(key="lifecycle.gates.decide.discovery.choice").set_value("go").run()
    assert app.button(key="lifecycle.gates.decide.discovery").disabled
    app.text_input(key="lifecycle.gates.decide.discovery.by").set_value("Ines Moreau").run()
    app.button(key="lifecycle.gates.decide.discovery").click().run()
    assert "Passed on 21 Nov 2026 by Ines Moreau: 5 evidenced, 0 waived." in shown(app)
    assert "All of its evidence still stands" in shown(app)
    app.session_state[RESULTS] = {"use_case_mapper": replace(answer, settings="b" * 64)}
    app.run()
    assert "One piece of its evidence no longer stands: The pain is shown, not assumed" in shown(app)
    assert "Definition: 0 of 6 criteria stand, 6 are missing." in shown(app)
    app.button(key="lifecycle.go.gates.next").click().run()
    assert app.query_params["stage"] == "definition"


def test_going_on_is_not_offered_while_something_is_missing(app):
    gates(app)
    control = app.segmented_control(key="lifecycle.gates.decide.discovery.choice")
    assert control.options == ["Not yet", "Stop"]


def test_undo_takes_a_word_back_as_one_step(app):
    gates(app, opened=["pain_shown"])
    app.checkbox(key="governance.gates.pain_shown.done").check().run()
    app.button(key="governance.keep.undo").click().run()
    assert form(app) == Gates()
    assert not now(app.checkbox, "governance.gates.pain_shown.done").value


def test_the_threshold_of_the_product_is_a_number_or_a_word_on_how_to_write_it(app):
    gates(app)
    app.text_input(key="governance.gates-product.threshold").set_value("0,62").run()
    assert app.session_state[KEPT].forms["product"].threshold == 0.62
    app.text_input(key="governance.gates-product.threshold").set_value("high").run()
    assert "cannot be read as a number" in shown(app)
    assert app.session_state[KEPT].forms["product"].threshold == 0.62


def test_without_a_result_the_editor_leads_to_the_tools(app):
    gates(app, opened=["pain_shown"])
    before = len(app.get("page_link"))
    app.segmented_control(key="governance.gates.pain_shown.evidence.kind").set_value("result").run()
    assert "No tool has given a result" in shown(app)
    assert len(app.get("page_link")) == before + 4
    assert app.button(key="governance.gates.pain_shown.evidence.way.lifecycle").label == "Threshold of the metric sheet"
    assert form(app) == Gates()


def test_a_form_is_evidence_until_it_is_filled_in_otherwise(app):
    app.session_state[KEPT] = Kept(forms={"notice": Notice(does="Sorts applications")})
    gates(app, stage="design", opened=["expectations_set"])
    name = "governance.gates.expectations_set"
    app.segmented_control(key=f"{name}.evidence.kind").set_value("result").run()
    assert app.selectbox(key=f"{name}.evidence.which").value == "ethics.notice"
    app.button(key=f"{name}.evidence.take").click().run()
    assert "1 evidenced, 5 open" in shown(app)
    kept = app.session_state[KEPT]
    kept.forms = {**kept.forms, "notice": Notice(does="Sorts applications and writes letters")}
    app.run()
    assert "what was asked or filled in has changed" in shown(app)
    app.button(key=f"{name}.evidence.renew").click().run()
    assert "1 evidenced, 5 open" in shown(app)


def test_a_file_that_somebody_edited_breaks_nothing(app):
    twice = Item(id="pain_shown", stage="discovery", done=True)
    odd = Evidence(kind="file", added=TODAY, file_sha256="a" * 64, result=passed()[0])
    again = Decision(id="r1", stage="discovery", choice="stop", day=TODAY, by=HOSTILE)
    app.session_state[KEPT] = Kept(
        forms={
            "gates": Gates(
                items=(
                    twice,
                    twice,
                    Item(id="people_named", stage="delivery", evidence=odd),
                    Item(id="add", stage="discovery"),
                ),
                decisions=(again, again),
            )
        }
    )
    gates(app, opened=["pain_shown", "people_named", "add"])
    assert "it was decided to stop" in shown(app)
    assert "<img" not in shown(app)
