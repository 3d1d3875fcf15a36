"""Where a page's data comes from: what was chosen last wins, and is kept while the person looks elsewhere."""

import pytest
from streamlit.testing.v1 import AppTest


def script():
    import streamlit as st

    from aipm.ui import upload

    offers = {
        "loans": upload.Offer(title="Loans", text="Invented loans", file_name="loans.csv", make=lambda: b"loans"),
        "hiring": upload.Offer(title="Hiring", text="Invented hiring", file_name="hiring.csv", make=lambda: b"hiring"),
    }
    if st.session_state.get("elsewhere"):
        st.text("another page")
    else:
        source = upload.choose("Open a file", page="test", samples=offers, invitation="Or try:")
        st.text(repr(source and (source.name, source.data, source.sample)))


@pytest.fixture
def app():
    return AppTest.from_function(script, default_timeout=300)


def chosen(app):
    assert not app.exception
    return app.text[0].value


def test_nothing_is_chosen_at_first(app):
    assert chosen(app.run()) == "None"


def test_a_sample_is_one_click_away_and_can_be_linked_to(app):
    app.run().button[0].click().run()
    assert chosen(app) == "('loans.csv', b'loans', 'loans')"
    assert app.query_params["sample"] in ("loans", ["loans"])


def test_a_link_opens_a_sample(app):
    app.query_params["sample"] = "hiring"
    assert chosen(app.run()) == "('hiring.csv', b'hiring', 'hiring')"


def test_a_link_to_a_sample_that_does_not_exist_opens_nothing(app):
    app.query_params["sample"] = "<script>"
    assert chosen(app.run()) == "None"


def test_a_file_takes_the_place_of_a_sample_and_a_sample_of_a_file(app):
    app.query_params["sample"] = "hiring"
    app.run().file_uploader[0].set_value(("mine.csv", b"a,b", "text/csv")).run()
    assert chosen(app) == "('mine.csv', b'a,b', None)"
    assert "sample" not in app.query_params
    app.button[0].click().run()
    assert chosen(app) == "('loans.csv', b'loans', 'loans')"


def test_a_file_is_kept_while_the_person_looks_elsewhere(app):
    app.run().file_uploader[0].set_value(("mine.csv", b"a,b", "text/csv")).run()
    app.session_state["elsewhere"] = True
    app.run()
    app.session_state["elsewhere"] = False
    assert chosen(app.run()) == "('mine.csv', b'a,b', None)"
