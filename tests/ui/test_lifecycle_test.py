"""The A/B planner without a browser: the plan, looks, the reading, what is kept, what is untrusted."""

from html import escape
from pathlib import Path
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from aipm.governance import ab_plan, ab_reading
from aipm.governance.ab_test import AbTest
from aipm.ui.glossary import SWITCH
from aipm.ui.lifecycle_test_texts import ab_texts

ROOT = Path(__file__).parents[2]
HOSTILE = "<img src=x onerror=alert(1)> **bold**"


def opened():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.session_state[SWITCH] = False
    app.run()
    app.switch_page("pages/lifecycle.py")
    app.query_params["view"] = "test"
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    return app


def shown(app):
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def plan_of(app):
    return app.session_state["governance.forms"].forms.get("ab_test", AbTest())


def number(app, name, value):
    return done(app.number_input(key=f"governance.ab_test.{name}").set_value(value).run())


def pick(app, label, value):
    group = next(each for each in app.button_group if each.label == label)
    return done(group.set_value(value).run())


def test_a_plan_stands_there_at_once():
    said = shown(opened())
    assert "You need 3,841 users in each of 2 variants, 7,682 in all." in said
    assert "that takes 8 days, so run it for 2 full weeks" in said
    assert ab_texts().answer["example"] in said


def test_numbers_change_the_plan():
    app = number(opened(), "baseline.share", 20.0)
    assert plan_of(app).baseline == 0.2
    assert "From 20% to 22%: +2 pts, or +10% of what it is now." in shown(app)
    app = pick(app, ab_texts().form.relative, "yes")
    app = number(app, "difference.share.True", 25.0)
    assert "From 20% to 25%" in shown(app)


def test_what_is_lacking_is_said():
    app = number(opened(), "baseline.share", 0.0)
    assert ab_texts().lacks["edge"].strip() in shown(app)
    app = number(app, "baseline.share", 100.0)
    assert ab_texts().lacks["beyond"] in shown(app)
    app = pick(app, ab_texts().form.kind, "mean")
    assert escape(ab_texts().lacks["spread"]) in shown(app)


def test_a_hopeless_plan_says_what_would_help():
    said = shown(number(opened(), "users", 10.0))
    assert ab_texts().cautions["hopeless"] in said
    assert "Twice the difference:" in said


def test_looking_early_and_the_rule_against_it():
    app = number(opened(), "looks", 5)
    assert "gives a false alarm in 14.2% of cases, not 5%" in shown(app)
    assert ab_texts().cautions["peeking"] in shown(app)
    app = pick(app, ab_texts().looks.spending, "obrien_fleming")
    assert "2.03" in shown(app)
    assert ab_texts().cautions["peeking"] not in shown(app)


def test_a_result_is_read():
    app = opened()
    for name, value in (("arm.0.users", 3900.0), ("arm.0.yes", 390.0), ("arm.1.users", 3950.0), ("arm.1.yes", 500.0)):
        app = number(app, name, value)
    assert ab_texts().read.verdicts["ship"] in shown(app)
    app = number(app, "arm.1.users", 4950.0)
    said = shown(app)
    assert "Do not read the result before that is found." in said
    assert ab_texts().read.verdicts["ship"] not in said
    app = number(number(app, "arm.1.users", 3950.0), "arm.1.yes", 5000.0)
    assert "Row 2: there can be no more yes than users" in shown(app)


def test_the_guardrail():
    app = number(number(opened(), "guardrail_share", 2.0), "margin", 1.0)
    assert "That takes 3,077 users in each variant, which the plan has." in shown(app)
    for name, value in (("users", 4000.0), ("yes", 80.0)):
        for place in (0, 1):
            app = number(app, f"guard.{place}.{name}", value)
    assert ab_texts().read.guards["held"] in shown(app)


def test_what_was_typed_is_there_after_a_visit_elsewhere_and_drawn_as_characters():
    app = opened()
    app = done(app.text_input(key="governance.ab_test.compared").input(HOSTILE).run())
    app = done(app.text_input(key="governance.ab_test.arm.1.name").input(HOSTILE).run())
    for name, value in (("arm.0.users", 100.0), ("arm.0.yes", 10.0), ("arm.1.users", 100.0), ("arm.1.yes", 12.0)):
        app = number(app, name, value)
    app.switch_page("pages/ethics.py").run()
    app.switch_page("pages/lifecycle.py")
    app.query_params["view"] = "test"
    app = done(app.run())
    assert app.text_input(key="governance.ab_test.compared").value == HOSTILE
    said = shown(app)
    assert "<img" not in said
    assert escape("<img src=x") in said
    assert "img" not in str(dict(app.query_params.items()))


@pytest.mark.parametrize("kind", ["mean", "count"])
def test_other_kinds_of_metric(kind):
    app = number(pick(opened(), ab_texts().form.kind, kind), "spread", 2.0)
    app = number(app, f"baseline.{kind}", 5.0)
    app = number(app, f"difference.{kind}.False", 0.5)
    assert "You need" in shown(app)
    values = {"users": (300.0, 300.0), "mean": (5.0, 5.6), "spread": (2.0, 2.0), "yes": (1500.0, 1700.0)}
    for name in ("users", "mean", "spread") if kind == "mean" else ("users", "yes"):
        for place in (0, 1):
            app = number(app, f"arm.{place}.{name}", values[name][place])
    assert "interval" in shown(app)


def test_every_code_has_a_text():
    texts = ab_texts()
    assert {*get_args(ab_plan.Caution)} == set(texts.cautions) - {"title", "none"}
    assert {*get_args(ab_plan.Lacks)} == set(texts.lacks) - {"title"}
    assert {*get_args(ab_reading.Verdict)} == set(texts.read.verdicts) == set(texts.read.words)
    assert {*get_args(ab_reading.Guard)} == set(texts.read.guards) == set(texts.read.guard_words)
