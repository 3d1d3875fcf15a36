"""The decision record that the Model scorer makes: everything it rests on, and the same question when opened again."""

import re
from dataclasses import replace
from datetime import date

from streamlit.testing.v1 import AppTest

from aipm.selection.exports import from_json, record_csv, record_json, record_markdown
from aipm.selection.since import since
from aipm.ui.scorer_texts import scorer_page

TEXT = scorer_page()
BY = {"made_by": "AIPM", "day": date(2026, 11, 20)}
OWN = {"=HYPERLINK(1)": {"task": "text", "usd_per_1000_requests": 0.01, "commercial_use": "yes"}}


def view():
    import streamlit as st

    from aipm.ui import scorer_export, scorer_needs
    from aipm.ui.scorer_texts import scorer_page
    from aipm.ui.scorer_work import ranked, screened, workload

    needs, asked = scorer_needs.needs(), workload()
    found = screened(needs, asked)
    st.session_state["record"] = scorer_export.record(needs, found, ranked(found, needs)[0], asked, scorer_page())


def made(**held):
    app = AppTest.from_function(view, default_timeout=300)
    for name, value in held.items():
        app.session_state[f"model_scorer.held.{name}"] = value
    app = app.run()
    assert not app.exception
    return app.session_state["record"]


def test_it_holds_all_that_the_decision_rests_on():
    record = made(**{"for": "Ana | reads claims", "answers.approach": {"capability": "creation"}})
    assert "Ana | reads claims" in record.question
    assert record.approach.startswith("Begin with ")
    assert [each.need for each in record.workload][:2] == ["Requests a month", "Input of a request"]
    assert record.needs
    assert record.filters
    assert record.ranking[0].rank == 1
    assert record.reasons
    assert TEXT.weights.ways["order"].sentence in record.assumptions
    assert any("UTC" in each for each in record.assumptions)
    assert {"genai-prices", TEXT.export["catalogue"]} == set(record.versions)
    first = record.ranking[0].name
    assert any(first in each.models and each.as_of for each in record.sources)
    text = record_markdown(record, **BY)
    for heading in ("What will be asked of it", "Why the first is ahead", "Where the facts come from", "Assumptions"):
        assert f"## {heading}" in text
    assert not re.search(r"\bnan\b", text, re.IGNORECASE)


def test_own_entries_are_named_and_harmless():
    record = made(entered=OWN, order=["cost"])
    assert any("=HYPERLINK(1)" in each for each in record.assumptions)
    assert record.ranking[0].name == "=HYPERLINK(1)"
    assert ",=HYPER" not in record_csv(record, **BY)
    assert "\n=HYPER" not in record_csv(record, **BY)


def test_opened_again_it_asks_the_same_and_nothing_has_changed():
    record = made(entered=OWN)
    again = from_json(record_json(record, **BY))
    assert replace(again, asked=None) == replace(record, asked=None)
    assert since(again, record).nothing
    assert again.asked.entered == OWN
