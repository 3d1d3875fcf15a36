"""Like with like on the page: a factor and a reason are asked for, and both go into the report."""

import pytest
from streamlit.testing.v1 import AppTest

from aipm.ui.audit_like_view import picture
from tests.fairness.test_simpson import told

HOSTILE = "[dept](javascript:alert(1)) <img src=x onerror=alert(1)>"


def page():
    import streamlit as st

    from aipm.fairness.spec import AuditSpec
    from aipm.ui import audit_like
    from aipm.ui.audit_deeper import Asked
    from aipm.ui.audit_work import audited
    from tests.fairness.build import repeated

    rows = [
        ("easy", "men", 320, 400),
        ("hard", "men", 20, 100),
        ("easy", "women", 90, 100),
        ("hard", "women", 120, 400),
    ]
    each = [
        (times, department, sex, answer)
        for department, sex, admitted, applied in rows
        for answer, times in (("yes", admitted), ("no", applied - admitted))
    ]
    table = repeated(*each, names=f"{st.session_state.get('named', 'department')} sex admitted")
    spec = AuditSpec(groups=("sex",), prediction="admitted", prediction_positive=("yes",), reference=(("sex", "men"),))
    if st.session_state.get("alone"):
        spec = AuditSpec(groups=("sex", "department"), prediction="admitted")
    work = audited(table, spec)
    named = {"token": "test", "file_name": "people.csv"}
    asked = Asked(table=table, spec=spec, counts=work.counts, result=work.result, **named)
    st.session_state["made"] = audit_like.draw(asked)


@pytest.fixture
def app():
    return AppTest.from_function(page, default_timeout=300)


def shown(app):
    assert not app.exception
    return " ".join(each.proto.body for each in app.get("html"))


def chosen(app):
    app.multiselect[0].set_value([app.multiselect[0].options[0]]).run()
    return shown(app)


def test_nothing_is_compared_before_a_factor_is_chosen(app):
    app.run()
    assert app.multiselect[0].options == ["department"]
    assert app.session_state["made"] is None
    assert shown(app) == ""


def test_a_reversal_is_said_drawn_and_handed_to_the_report(app):
    app.run()
    said = chosen(app)
    assert "the other way round" in said
    assert "please write it above" in said
    assert said.count('role="rowheader"') == 4  # two departments, taken together, like with like
    app.text_input[0].set_value("Departments decide.").run()
    assert "please write it above" not in shown(app)
    section = app.session_state["made"](0)
    assert section.lines[0].endswith("Departments decide.")
    assert section.tables


def test_the_reference_s_mix_can_be_chosen(app):
    app.run()
    assert "60.0%" in chosen(app)  # women with everybody's mix: half of .9 and half of .3
    app.segmented_control[0].set_value("reference").run()
    assert "78.0%" in shown(app)  # with the men's: .8 of .9 and .2 of .3


def test_berkeley_can_be_looked_at_and_is_not_for_the_report(app):
    app.run()
    app.toggle[0].set_value(True).run()
    assert "82.4%" in shown(app)
    assert app.session_state["made"] is None


def test_where_no_column_is_left_it_says_what_is_needed(app):
    app.session_state["alone"] = True
    app.run()
    assert "no column to compare within" in shown(app)


def test_a_hostile_name_is_characters(app):
    app.session_state["named"] = HOSTILE.replace(" ", "_")
    app.run()
    said = chosen(app)
    assert "the other way round" in said
    assert "<img" not in said


def test_in_the_picture_few_people_are_said_to_be_few_and_fewer_than_ten_are_not_rated():
    found, _ = told(
        ("easy", "men", 320, 400), ("hard", "men", 20, 100), ("easy", "women", 18, 20), ("hard", "women", 5, 8)
    )
    shown = picture(found)
    assert "20 and 400 people; not enough data" in shown
    assert "fewer than 10, not rated" in shown
    assert "62.5%" not in shown  # 5 of 8
