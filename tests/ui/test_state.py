"""Widgets that show what is kept elsewhere, while the browser hears late of what was drawn."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.shown_now import now


def page():
    from functools import partial

    import streamlit as st

    from aipm.ui.state import shows

    kept = st.session_state.setdefault("kept", {"one": "a", "several": ["a"]})
    log = st.session_state.setdefault("log", [])

    def take(name, chosen):
        log.append(chosen)
        if chosen != "refused":
            kept[name] = sorted(chosen) if isinstance(chosen, list) else chosen

    options = ("a", "b", "c", "refused")
    st.selectbox("One", options, **shows("one", kept["one"], partial(take, "one")))
    several = shows("several", kept["several"], partial(take, "several"))
    st.pills("Several", options, selection_mode="multi", **several)
    st.button("Deal", key="deal", on_click=kept.update, kwargs={"one": "b", "several": ["b", "c"]})


@pytest.fixture
def app():
    return AppTest.from_function(page, default_timeout=300).run()


def values(app):
    return now(app.selectbox, "one").value, now(app.button_group, "several").value


def test_what_a_person_chooses_is_kept(app):
    now(app.selectbox, "one").set_value("c").run()
    assert app.session_state["kept"]["one"] == "c"
    assert values(app) == ("c", ["a"])


def test_a_change_from_elsewhere_is_shown_and_calls_nobody(app):
    app.button(key="deal").click().run()
    assert values(app) == ("b", ["b", "c"])
    assert app.session_state["log"] == []


def test_what_a_browser_sends_before_it_heard_of_a_change_is_no_choice(app):
    before = app._tree.get_widget_states()
    app.button(key="deal").click().run()
    late = app._run(before)
    assert late.session_state["log"] == []
    assert values(late) == ("b", ["b", "c"])


def test_a_choice_made_before_the_browser_heard_of_a_change_counts(app):
    app.selectbox[0].set_value("c")
    before = app._tree.get_widget_states()
    app.selectbox[0].set_value("a")
    app.button(key="deal").click().run()
    late = app._run(before)
    assert values(late) == ("c", ["b", "c"])


def test_a_choice_after_a_change_counts_even_if_it_was_the_value_before(app):
    app.button(key="deal").click().run()
    now(app.selectbox, "one").set_value("a").run()
    assert app.session_state["kept"]["one"] == "a"


def test_the_browser_is_not_told_what_it_knows(app):
    assert not now(app.run().selectbox, "one").proto.set_value
    now(app.selectbox, "one").set_value("c").run()
    assert not now(app.selectbox, "one").proto.set_value
    assert not now(app.button_group, "several").proto.set_value


def test_a_choice_that_was_refused_is_taken_back_in_the_same_widget(app):
    now(app.selectbox, "one").set_value("refused").run()
    assert [each.key for each in app.selectbox] == ["one"]
    assert values(app)[0] == "a"
    assert now(app.selectbox, "one").proto.set_value


def test_the_order_in_which_several_were_pressed_says_nothing(app):
    now(app.button_group, "several").set_value(["c", "a"]).run()
    assert app.session_state["kept"]["several"] == ["a", "c"]
    assert not now(app.run().button_group, "several").proto.set_value
