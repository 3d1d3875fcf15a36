"""Tools: the short list follows the answers, which stay when one moves about; an answer can be taken back."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.governance.product import Product
from aipm.governance.stack import StackNeeds
from aipm.ui.governance_state import KEPT, Kept

ROOT = Path(__file__).parents[2]


@pytest.fixture
def app():
    found = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    found.session_state[KEPT] = Kept()
    return found.run()


def tools(app, **parts):
    app.switch_page("pages/lifecycle.py")
    app.query_params["view"] = "stack"
    for name, value in parts.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def shown(app):
    return " ".join(each.proto.body for each in app.get("html"))


def answer(app, part, value):
    app.segmented_control(key=f"governance.stack.{part}").set_value(value).run()
    assert not app.exception


def form(app):
    return app.session_state[KEPT].forms.get("stack", StackNeeds())


def test_without_an_answer_there_is_a_list_all_the_same(app):
    tools(app)
    assert "Nothing is answered yet" in shown(app)
    assert shown(app).count("<tr>") > 7
    assert "TorchServe" in shown(app)


def test_answers_narrow_the_list_and_stay(app):
    tools(app)
    answer(app, "approach", "classical")
    answer(app, "place", "own")
    app.switch_page("pages/home.py").run()
    tools(app)
    assert app.segmented_control(key="governance.stack.approach").value == "classical"
    assert form(app) == StackNeeds(approach="classical", place="own")
    assert "2 of 7 questions are answered" in shown(app)
    assert "scikit-learn" in shown(app)


def test_buying_an_api_hides_training(app):
    tools(app, step="training")
    answer(app, "approach", "api")
    assert "does not train" in shown(app)
    assert "Not needed" in shown(app)


def test_a_stage_without_tools_says_which_answer_to_take_back(app):
    tools(app, step="automation")
    answer(app, "skills", "analyst")
    assert "Nothing fits" in shown(app)
    app.button(key="lifecycle.stack.relax.automation.0").click().run()
    assert form(app) == StackNeeds()
    app.button(key="governance.keep.undo").click().run()
    assert form(app) == StackNeeds(skills="analyst")


def test_all_answers_are_taken_back_at_once(app):
    tools(app)
    answer(app, "approach", "train")
    answer(app, "skills", "analyst")
    assert "Some of your answers hardly go together" in shown(app)
    app.button(key="lifecycle.stack.clear").click().run()
    assert form(app) == StackNeeds()


def test_a_hostile_product_name_reaches_the_files_only(app):
    app.session_state[KEPT] = Kept(forms={"product": Product(name="<img src=x onerror=alert(1)>")})
    tools(app)
    assert "<img" not in shown(app)
    assert len(app.get("download_button")) == 4  # three of the list, one of all forms


def test_the_long_list_can_be_narrowed_to_a_state(app):
    tools(app, state="retired")
    assert "3 tools" in shown(app)
    tools(app, state="<script>")
    assert "<script>" not in shown(app)
