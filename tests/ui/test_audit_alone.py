"""The audit's part on the data by itself, without a browser: four views, and what the report carries of them."""

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from aipm.fairness.alone_texts import alone_texts
from aipm.ui.audit_alone_pieces import label_rates
from tests.fairness.build import audited, repeated
from tests.ui.test_pages import ROOT

SAID = alone_texts()
POPULATION = b"language,share\nEnglish,60\nSpanish,20\nPolish,10\nFrench,10\n"


def opened(sample, view):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page("pages/bias_audit.py")
    app.query_params["sample"] = sample
    app.session_state["bias_audit.deeper"] = "alone"
    app.session_state["bias_audit.alone.view"] = view
    return done(app.run())


def done(app):
    assert not app.exception, [each.value for each in app.exception]
    return app


def shown(app):
    return unescape(" ".join(each.proto.body for each in app.get("html")))


def report(app):
    """The section that the report would carry, small groups hidden."""
    _, made = app.session_state["bias_audit.deeper.used"]["alone"]
    return made(11)


def test_before_a_population_is_given_it_says_who_is_in_the_data():
    app = opened("triage", "present")
    assert SAID.present.fill in shown(app)
    assert report(app).tables == ()


def test_typed_shares_are_compared():
    app = opened("triage", "present")
    for field, amount in zip(app.number_input[-3:], (60, 10, 30), strict=True):
        field.set_value(amount)
    done(app.run())
    assert "against 10.0% of the population" in shown(app)
    assert report(app).tables[0].rows[0][:2] == ("English", "5,125")


def test_an_opened_table_names_groups_that_the_data_lacks():
    app = opened("triage", "present")
    app.file_uploader[-1].set_value(("population.csv", POPULATION, "text/csv"))
    done(app.run())
    assert "the data has none of them" in shown(app)


def test_a_population_that_is_no_number_is_refused_in_words():
    app = opened("triage", "present")
    app.text_area[-1].set_value("French, many")
    done(app.run())
    assert "no number" in shown(app)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("gaps", "do not differ in it beyond chance"),
        ("proxies", "do not give sex away"),
        ("labels", "cannot be guessed better than by chance"),
    ],
)
def test_nothing_was_planted_in_the_loans_but_in_the_decision(view, said):
    app = opened("loans", view)
    assert said in shown(app)
    assert said in " ".join(report(app).lines)


def test_without_a_label_the_last_view_says_what_it_needs():
    assert SAID.labels.none in shown(opened("hiring", "labels"))


def test_the_label_s_rate_among_too_few_people_is_grey_and_without_a_label_there_is_none():
    data = repeated((200, "a", "yes"), (200, "a", "no"), (12, "b", "yes"), (8, "b", "no"), names="group true")
    shown = "".join(label_rates(audited(data, groups=("group",), label="true"), "group"))
    assert shown.count('<td class="number few">') == 1
    assert label_rates(audited(data, groups=("group",), prediction="true"), "group") == ()
