"""The small form for a piece of evidence: choose it, describe it, see it go stale, take it away."""

from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from aipm.governance.evidence import Evidence, Result
from aipm.ui.clock import DAY

HOSTILE = "[x](javascript:alert(1)) <img src=x onerror=alert(1)> **bold** $x$"


def page():
    import streamlit as st

    from aipm.ui import governance_evidence, results

    for each in st.session_state.get("found", ()):
        results.keep(each)
    governance_evidence.editor(
        "one", st.session_state.get("kept"), lambda changed: st.session_state.__setitem__("kept", changed)
    )


def result(**parts):
    known = {"tool": "bias_audit", "said": "A gap of 0.71.", "at": datetime(2026, 11, 3, 9, tzinfo=UTC)}
    return Result(**{**known, "settings": "a" * 64, "data": "b" * 64, "against": False, **parts})


@pytest.fixture
def app():
    found = AppTest.from_function(page, default_timeout=300)
    found.session_state[DAY], found.session_state["kept"] = date(2026, 11, 21), None
    return found


def kind(app, chosen):
    app.segmented_control[0].set_value(chosen).run()
    assert not app.exception
    return app


def shown(app):
    return " ".join(each.proto.body for each in app.get("html"))


def kept(app):
    return app.session_state["kept"]


def test_a_result_is_taken_by_one_press_with_its_sentence_and_fingerprint(app):
    app.session_state["found"] = (result(),)
    kind(app.run(), "result")
    assert result().fingerprint in shown(app)
    app.button(key="governance.one.evidence.take").click().run()
    assert kept(app) == Evidence(kind="result", added=date(2026, 11, 21), result=result())
    assert "Fresh" in shown(app)


def test_it_goes_stale_when_the_tool_sees_other_data_and_can_be_renewed(app):
    app.session_state["found"] = (result(data="c" * 64, said="Now it is 0.79."),)
    app.session_state["kept"] = Evidence(kind="result", added=date(2026, 11, 3), result=result(), says="Our audit")
    app.run()
    assert "Stale" in shown(app)
    assert "the data are no longer the same" in shown(app)
    app.button(key="governance.one.evidence.renew").click().run()
    assert kept(app).result.said == "Now it is 0.79."
    assert kept(app).says == "Our audit"
    assert "Fresh" in shown(app)


def test_of_a_file_its_name_and_fingerprint_are_kept(app):
    kind(app.run(), "file")
    app.get("file_uploader")[0].set_value(("plan.pdf", b"abc", "application/pdf")).run()
    assert kept(app).file_name == "plan.pdf"
    assert kept(app).file_sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2
    again = app.get("file_uploader")[0]
    again.set_value(("copy.pdf", b"abc", "application/pdf")).run()
    assert "the very same file" in shown(app)
    app.get("file_uploader")[0].set_value(("plan.pdf", b"abcd", "application/pdf")).run()
    assert "another file" in shown(app)
    app.button(key="governance.one.evidence.renew").click().run()
    assert kept(app).file_sha256.startswith("88d4266f")


def test_a_place_is_text_and_its_day_of_review_makes_it_stale(app):
    kind(app.run(), "link")
    app.text_input(key="governance.one.link").set_value(HOSTILE).run()
    assert kept(app).link == HOSTILE
    assert "<img" not in shown(app)
    app.text_input(key="governance.one.review_by").set_value("20 November 2026").run()
    assert kept(app).review_by == date(2026, 11, 20)
    assert "its day of review is past" in shown(app)
    app.text_input(key="governance.one.by").set_value("Ines Moreau").run()
    assert kept(app).by == "Ines Moreau"
    app.button(key="governance.one.evidence.none").click().run()
    assert kept(app) is None


def test_two_fields_in_one_run_are_both_kept(app):
    app.session_state["kept"] = Evidence(kind="link", added=date(2026, 11, 3), link="here")
    app.run()
    app.text_input(key="governance.one.says").set_value("What it shows")
    app.text_input(key="governance.one.by").set_value("Lena Fischer")
    app.run()
    assert (kept(app).says, kept(app).by) == ("What it shows", "Lena Fischer")
