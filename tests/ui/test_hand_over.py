"""What the tools hand over to be evidence: a sentence and fingerprints, never a cell of anybody's file."""

import hashlib
from pathlib import Path

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from aipm.fairness.samples import generate
from aipm.governance.evidence import Evidence
from aipm.governance.fields import Typed
from aipm.ui.mapper_state import PAIN
from aipm.ui.results import KEPT

ROOT = Path(__file__).parents[2]
PEOPLE = "team,label,prediction\n" + "".join(
    f"{team},{label},{prediction}\n"
    for team, label, prediction, times in (
        ("Zebra", 1, 0, 5),
        ("Zebra", 0, 0, 2),
        ("Walrus", 1, 1, 90),
        ("Walrus", 0, 0, 60),
    )
    for _ in range(times)
)
"""Seven of one team, none of whom gets a yes."""


def opened(page, **asked):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(f"pages/{page}.py")
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def results(app):
    return app.session_state[KEPT]


def test_an_audit_hands_over_which_questions_show_a_gap_and_the_file_s_sha256():
    found = results(opened("bias_audit", sample="loans"))["bias_audit"]
    assert found.against is True
    assert found.said.startswith("A gap in ")
    assert found.data == hashlib.sha256(generate("loans")).hexdigest()
    assert msgspec.convert(msgspec.to_builtins(found), type(found)) == found


def test_no_name_or_number_of_a_small_group_is_in_it():
    app = opened("bias_audit")
    app.file_uploader[0].set_value(("people.csv", PEOPLE.encode(), "text/csv")).run()
    found = results(app)["bias_audit"]
    assert found.data_name == "people.csv"
    assert not any(
        word in repr(found).replace(found.data, "").replace(found.settings, "") for word in ("Zebra", "Walrus", "%")
    )
    assert "Compared by: team." in found.said


def test_the_same_audit_keeps_its_time():
    app = opened("bias_audit", sample="loans")
    first = results(app)["bias_audit"]
    app.run()
    assert results(app)["bias_audit"] is first


def test_data_prep_hands_over_its_headline_as_it_stands_on_the_page():
    app = opened("data_prep", sample="customers")
    before = results(app)["data_prep"]
    assert before.against is True
    assert before.said in " ".join(each.proto.body for each in app.get("html")).replace("&#x27;", "'")
    assert len(before.data) == 64


def test_the_scorer_hands_over_both_of_its_answers_apart():
    app = opened("model_scorer", view="model")
    model = results(app)["model_scorer"]
    assert (model.model is None) == (model.against is None)
    app.query_params["view"] = "approach"
    app.run()
    assert results(app)["model_scorer"] is model
    assert results(app)["model_scorer.approach"].against is False


@pytest.mark.parametrize(
    ("pain", "against"),
    [
        ("Support reads 900 e-mails a day by hand to find those that need a refund, zebra", False),
        ("Customers cannot find the button that cancels an order, zebra", True),
    ],
)
def test_the_mapper_hands_over_the_kind_and_never_the_words(pain, against):
    app = opened("use_case_mapper")
    app.text_area(key=PAIN).set_value(pain).run()
    found = results(app)["use_case_mapper"]
    assert "zebra" not in repr(found)
    assert found.against in (against, None)
    assert found.data is None


def test_what_is_handed_over_fits_into_a_form():
    found = results(opened("model_scorer", view="approach"))["model_scorer.approach"]
    assert msgspec.convert(found.said, Typed) == found.said
    shown = Evidence(kind="result", added=found.at.date(), result=found)
    assert msgspec.convert(msgspec.to_builtins(shown), Evidence) == shown
