"""The register on the Ethics page, without a browser: what is filled in stays, and the answer follows from it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml
from streamlit.testing.v1 import AppTest

from aipm.governance.evidence import Evidence
from aipm.governance.product import Product
from aipm.governance.question_bank import bank
from aipm.governance.register import Item, Register, find
from aipm.governance.risk_texts import register_texts
from aipm.governance.triage import Triage
from aipm.ui.clock import DAY
from aipm.ui.governance_state import KEPT, Kept
from aipm.ui.governance_texts import governance_texts

ROOT = Path(__file__).parents[2]
TEXTS = register_texts()
HOSTILE = "[x](javascript:alert(1)) <img src=x onerror=alert(1)> :smile: $x$ **bold** ![y](http://127.0.0.1:9/a.png)"
TODAY = date(2026, 11, 21)
LINK = Evidence(kind="link", added=date(2026, 11, 1), link="minutes")


def opened(forms=None, **address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.session_state[DAY] = TODAY
    app.session_state[KEPT] = Kept(forms=dict(forms or {}))
    app.switch_page("pages/ethics.py")
    app.query_params.update({"view": "register", **address})
    return done(app.run())


def done(app):
    assert not app.exception
    return app


def shown(app):
    return "\n".join(each.proto.body for each in app.main if each.type == "html")


def register(app):
    return app.session_state[KEPT].forms["register"]


def field(app, name):
    """The widget of a field of the open row."""
    return next(
        each
        for kind in (app.text_input, app.text_area, app.checkbox, app.multiselect, app.button_group)
        for each in kind
        if each.key == f"governance.register.{name}"
    )


def fill(app, name, value):
    return done(field(app, name).set_value(value).run())


def press(app, key):
    return done(app.button(key=f"ethics.register.{key}").click().run())


def part(app, name):
    app.query_params["part"] = name
    return done(app.run())


def test_at_first_it_says_what_is_asked_and_asks_the_gravest():
    app = opened()
    assert TEXTS.gate.names["not_begun"] in shown(app)
    severe = [each for each in bank().questions.values() if each.severe]
    highest = max(each.severity * each.likelihood for each in severe)
    assert any(each.question in shown(app) for each in severe if each.severity * each.likelihood == highest)
    assert not app.error


def test_a_yes_is_a_claim_until_there_is_evidence():
    app = fill(opened(question="bia_audit"), "bia_audit.answer", "yes")
    assert TEXTS.states["claimed"] in shown(app)
    assert TEXTS.problems["no_evidence"] in shown(app)
    found = register(app)
    app.session_state[KEPT] = Kept(forms={"register": replace(found, items=(replace(found.items[0], evidence=LINK),))})
    assert TEXTS.states["evidenced"] in shown(done(app.run()))


def test_a_no_brings_a_risk_whose_fields_can_be_filled_in():
    app = fill(opened(question="bia_audit"), "bia_audit.answer", "no")
    question = bank().questions["bia_audit"]
    assert register(app).items == (
        Item(
            id="r1",
            question="bia_audit",
            answer="no",
            **{each: getattr(question, each) for each in ("who", "harm", "severity", "likelihood", "reversible")},
        ),
    )
    app = fill(app, "bia_audit.who", "Applicants under 25")
    app = fill(app, "bia_audit.mitigations", ["threshold"])
    app = fill(app, "bia_audit.done", True)
    app = fill(app, "bia_audit.residual_severity", 2)
    app = fill(app, "bia_audit.residual_likelihood", 2)
    app = fill(app, "bia_audit.owner", "Ines Moreau")
    app = fill(app, "bia_audit.reviewer", "ines  moreau")
    assert TEXTS.problems["own_reviewer"] in shown(app)
    app = fill(app, "bia_audit.due", "1 December 2026")
    item = find(register(app), "bia_audit")
    assert (item.who, item.due, item.mitigations) == ("Applicants under 25", date(2026, 12, 1), ("threshold",))
    assert (item.residual_severity, item.residual_likelihood, item.done) == (2, 2, True)


def test_what_was_filled_in_is_there_after_another_page():
    app = fill(opened(question="rel_drift"), "rel_drift.answer", "unsure")
    app = fill(app, "rel_drift.note", "Ask Lena")
    app.switch_page("pages/home.py")
    done(app.run())
    app.switch_page("pages/ethics.py")
    app.query_params.update({"view": "register", "question": "rel_drift"})
    app = done(app.run())
    assert field(app, "rel_drift.note").value == "Ask Lena"
    assert field(app, "rel_drift.answer").value == "unsure"


def test_seeding_is_one_step_and_undo_takes_it_back():
    app = press(opened(), "seed")
    assert len(register(app).items) == len(bank().questions)
    done(app.button(key="governance.keep.undo").click().run())
    assert not app.session_state[KEPT].forms.get("register", Register()).items


def test_the_triage_and_the_kind_of_ai_pick_the_questions():
    forms = {"triage": Triage(people="yes", decides="yes"), "product": Product(capability="classification")}
    app = opened(forms)
    assert "rac_proxies" not in shown(app)
    assert TEXTS.pick.from_triage.split("{")[0] in shown(app)
    count = len(bank().questions)
    assert f"of {count} questions apply" in shown(app)
    assert f"{count} of {count} questions apply" not in shown(app)
    app = done(
        next(each for each in app.button_group if each.key == "governance.register.tags").set_value(["nyc"]).run()
    )
    assert register(app).tags == ("nyc",)
    app = press(app, "again")
    assert register(app).tags is None


def test_a_question_that_does_not_apply_can_be_opened_and_answered_all_the_same():
    forms = {"triage": Triage(people="yes"), "product": Product(capability="regression")}
    app = opened(forms, question="rel_invents")
    assert TEXTS.item.not_asked in shown(app)
    app = fill(app, "rel_invents.answer", "yes")
    assert find(register(app), "rel_invents").answer == "yes"


def test_an_own_risk_is_added_opened_and_taken_out_with_a_reason():
    app = opened()
    done(app.text_input(key="ethics.register.own").set_value(HOSTILE).run())
    app = press(app, "add.risk")
    assert register(app).items == (Item(id="r1", text=HOSTILE, severe=False, answer="no"),)
    assert app.query_params["question"] == "r1"
    assert app.button(key="ethics.register.remove_now.r1").disabled
    done(app.text_input(key="ethics.register.remove.r1").set_value("Doubled").run())
    app = press(app, "remove_now.r1")
    assert register(app).items[0].removed == "Doubled"
    app = part(app, "out")
    assert "Doubled" in shown(app)
    app = press(app, "back.0")
    assert register(app).items[0].removed is None


@pytest.mark.parametrize("name", ["work", "risks", "tasks", "out"])
@pytest.mark.parametrize("mode", ["one", "list"])
def test_what_people_type_is_drawn_as_characters(name, mode):
    item = Item(
        id="r1",
        text=HOSTILE,
        answer="no",
        severe=True,
        who=HOSTILE,
        harm=HOSTILE,
        severity=3,
        likelihood=3,
        tags=HOSTILE,
        mitigation=HOSTILE,
        owner=HOSTILE,
        reviewer=HOSTILE,
        mitigations=("no such one",),
    )
    forms = {"register": Register(items=(item, Item(id="r2", text=HOSTILE, removed=HOSTILE)))}
    app = opened(forms, question="r1", part=name, mode=mode)
    assert "<img" not in shown(app)
    for button in app.button:
        assert "![y](" not in button.label
        assert "javascript" not in button.label or "\\[" in button.label


def test_the_worked_example_is_drawn_in_every_part():
    raw = yaml.safe_load((ROOT / "content" / "governance_example.yaml").read_text(encoding="utf-8"))
    forms = {
        "register": msgspec.convert(raw["register"], Register),
        "product": msgspec.convert(raw["product"], Product),
        "triage": Triage(people="yes", decides="yes"),
    }
    app = opened(forms)
    assert TEXTS.gate.names["not_ready"] in shown(app)
    for each in forms["register"].items:
        app.query_params["question"] = each.question or each.id
        done(app.run())
    assert "high" in shown(part(app, "risks"))
    tasks = shown(part(app, "tasks"))
    assert "Wei Chen" in tasks
    assert TEXTS.tasks.days_over.format(days=7) in tasks
    assert "Agreed on 3 November" in shown(part(app, "out"))


def test_two_hundred_items_are_drawn_ten_at_a_time():
    items = tuple(Item(id=f"r{place + 1}", text=f"Risk {place}", answer="unsure") for place in range(200))
    app = opened({"register": Register(items=items), "triage": Triage(people="no")}, mode="list")
    assert shown(app).count("register-row") == 10
    app = press(app, "later")
    assert shown(app).count("register-row") == 10
    app = press(app, "row.3")
    assert sum(each.label == TEXTS.item.owner for each in app.text_input) == 1


def test_the_answer_is_one_of_four():
    app = opened(question="bia_audit")
    assert len(field(app, "bia_audit.answer").options) == len(governance_texts().answers)
