"""The words of the forms that are filled in step by step fit the forms, and the documents hold what was filled in."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
import yaml

from aipm.governance import dpia, harms, incident, notice
from aipm.governance.dpia import dpia_texts
from aipm.governance.form_texts import Gap
from aipm.governance.forms import FORMS
from aipm.governance.harms import harm_texts
from aipm.governance.incident import incident_texts
from aipm.governance.notice_texts import notice_texts
from aipm.governance.paper import markdown
from aipm.governance.product import Product

CONTENT = Path(__file__).parents[2] / "content"
EXAMPLE = yaml.safe_load((CONTENT / "governance_example.yaml").read_text(encoding="utf-8"))
FILES = ("ethics_people", "ethics_privacy", "ethics_dpia", "ethics_notice", "ethics_incident", "ethics_steps")
STEPPED = {
    "harms": (harms.HarmCanvas, harm_texts, {"capability", "starts", "engage"}),
    "dpia": (dpia.Dpia, dpia_texts, set()),
    "notice": (notice.Notice, notice_texts, set()),
    "incident": (incident.IncidentPlan, incident_texts, {"duties", "exercise"}),
}


def literals(kind, name):
    """The answers that a field's type allows; None where it is free."""
    for each in (hint := get_type_hints(kind)[name], *get_args(hint)):
        inner = get_args(each)[0] if get_origin(each) is tuple else each
        if get_origin(inner) is Literal:
            return set(get_args(inner))
    return None


@pytest.mark.parametrize("name", STEPPED)
def test_steps_fields_and_answers_are_those_of_the_form(name):
    kind, texts, parts = STEPPED[name]
    said, names = texts(), {each.name for each in fields(kind)}
    asked = [each for step in said.steps.values() for each in step.fields]
    assert len(asked) == len(set(asked))
    assert set(asked) - parts <= names
    assert names - {"played", "groups"} <= set(asked) | set(said.rows)
    assert set(said.fields) <= names
    assert {gap.step for gap in said.gaps.values()} <= set(said.steps)
    checked = [(kind, said.fields)]
    for rows, text in said.rows.items():
        row = get_args(get_type_hints(kind)[rows])[0]
        assert set(text.fields) <= {each.name for each in fields(row)}
        checked.append((row, text.fields))
    for owner, shown in checked:
        for field, text in shown.items():
            if text.options:
                assert set(text.options) == literals(owner, field), field


@pytest.mark.parametrize("name", FILES)
def test_no_value_is_empty_by_a_comma_or_a_colon_too_many(name):
    def blank(value):
        if isinstance(value, dict):
            return any(map(blank, value.values()))
        return any(map(blank, value)) if isinstance(value, list) else value is None

    text = (CONTENT / f"{name}.yaml").read_text(encoding="utf-8")
    assert not blank(yaml.safe_load(text))


@pytest.mark.parametrize("name", ["harms", "dpia", "privacy", "notice", "incident"])
def test_the_worked_example_reads_as_a_form_and_is_not_finished(name):
    assert msgspec.convert(EXAMPLE[name], FORMS[name]) != FORMS[name]()


@pytest.mark.parametrize("name", STEPPED)
def test_a_document_holds_what_was_filled_in_and_what_is_missing(name):
    texts = STEPPED[name][1]()
    form = msgspec.convert(EXAMPLE[name], FORMS[name])
    code = next(code for code, gap in texts.gaps.items() if "{" not in gap.text)
    said = markdown(texts, form, [Gap(code=code)], product=Product(name="Loans"), day=date(2026, 11, 21))
    assert texts.gaps[code].text in said
    assert "2026-11-21" in said
    assert all(step.name in said for step in texts.steps.values() if set(step.fields) & set(texts.fields))
    assert "not legal advice" in said


def test_hostile_text_is_drawn_as_characters_in_a_document():
    form = harms.HarmCanvas(groups=(harms.Group(id="r1", who="<img src=x> [a](http://b.example)\n# c"),))
    said = markdown(harm_texts(), form, [], product=Product(name="|x|"), day=date(2026, 11, 21))
    assert "\\<img" in said
    assert "\\](http:\u2060" in said
    assert "\n# c" not in said
