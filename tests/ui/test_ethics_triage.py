"""The view "Which rules" without a browser: answers, the tier, the duties, and what stays when one goes elsewhere."""

import re
from datetime import date
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.content.law import laws
from aipm.governance.triage import QUESTIONS, Triage
from aipm.ui.clock import DAY
from aipm.ui.ethics_triage_texts import triage_texts
from aipm.ui.ethics_triage_timeline import away
from aipm.ui.glossary import SWITCH
from aipm.ui.governance_state import KEPT
from aipm.ui.registry import FILES
from tests.ui.shown_now import now

ROOT = Path(__file__).parents[2]
VERDICT = re.compile(
    r"\b(is|are) (illegal|unlawful|forbidden|compliant|legal)\b|\byou (must|may not|are required)\b", re.IGNORECASE
)


def opened(**address):
    """The view at this address, without the marks for words that the glossary explains."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.session_state[SWITCH] = False
    app.session_state[DAY] = date(2026, 11, 21)
    app.run()
    app.switch_page(FILES["ethics"])
    app.query_params.update({"view": "triage", **address})
    return done(app.run())


def done(app):
    assert not app.exception
    return app


def shown(app):
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def group(app, field):
    return now(app.button_group, f"governance.triage.{field}")


def say(app, **answers):
    for field, said in answers.items():
        group(app, field).set_value(said)
        done(app.run())
    return app


def kept(app):
    return app.session_state[KEPT].forms["triage"]


def test_it_begins_with_everything_possible_and_a_date():
    drawn = shown(opened())
    assert escape(triage_texts().answer.empty) in drawn
    assert "This is not legal advice" in drawn
    assert "as things stood in November 2026" in drawn
    assert "Today, 21 November 2026" in drawn
    assert drawn.index("2 August 2026") < drawn.index("Today, 21 November 2026") < drawn.index("2 December 2026</time>")
    assert triage_texts().duties.title not in drawn


def test_answers_change_the_tier_and_name_the_duties():
    app = say(opened(), people="yes", decides="yes", eu="yes", area="yes")
    assert group(app, "areas")
    group(app, "areas").set_value(["hiring"])
    done(app.run())
    say(app, practice="no", roles=["deployer"])
    drawn = shown(app)
    assert "this points to: high-risk" in drawn
    assert "From 2 December 2027 (in 12 months)" in drawn
    assert escape(triage_texts().list["keep_logs"].title) in drawn
    assert laws().laws["ai_act"].url in drawn
    assert kept(app).areas == ("hiring",)
    assert kept(app).roles == ("deployer",)


def test_not_sure_is_a_task_and_a_range():
    app = say(opened(), people="yes", decides="unsure", eu="yes", area="yes")
    group(app, "areas").set_value(["credit"])
    done(app.run())
    say(app, practice="no")
    drawn = shown(app)
    assert "anything from hardly any duties to high-risk" in drawn
    assert escape(triage_texts().questions["decides"].task) in drawn


def test_it_is_still_there_after_a_visit_elsewhere_and_undo_takes_one_step():
    app = say(opened(), people="yes", eu="no")
    app.switch_page(FILES["lifecycle"])
    done(app.run())
    app.switch_page(FILES["ethics"])
    app.query_params["view"] = "triage"
    done(app.run())
    assert (group(app, "people").value, group(app, "eu").value) == ("yes", "no")
    next(button for button in app.button if button.key == "governance.keep.undo").click()
    done(app.run())
    assert kept(app) == Triage(people="yes")
    assert group(app, "eu").value is None


def test_a_question_hidden_by_an_answer_keeps_its_own_answer():
    app = say(opened(), people="yes", decides="yes", children="yes")
    say(app, people="no")
    assert not [each for each in app.button_group if each.key == "governance.triage.decides"]
    say(app, people="yes")
    assert group(app, "decides").value == "yes"


def test_banned_practices_are_said_at_once():
    app = say(opened(), eu="yes", practice="yes")
    assert "this points to: a banned practice" in shown(app)


def test_every_question_is_on_the_page_once_and_no_text_is_a_verdict():
    texts = triage_texts()
    assert sorted(field for section in texts.sections for field in section.fields) == sorted(QUESTIONS)
    told = " ".join(f"{each.title} {each.says}" for each in texts.list.values())
    told += " ".join(each.question + each.examples + each.task for each in texts.questions.values())
    assert not VERDICT.search(told)
    assert all(each.question.endswith("?") for each in texts.questions.values())


def test_new_york_has_no_pass_mark():
    assert "no pass mark" in triage_texts().list["hiring_audit"].says


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 12, 2), "in 11 days"), (date(2027, 12, 2), "in 12 months"), (date(2030, 8, 2), "in 3.7 years")],
)
def test_how_far_off(day, said):
    assert away(day, today=date(2026, 11, 21)) == said
