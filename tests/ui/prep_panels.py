"""Driving the Data prep page without a browser: opened on the sample, or on a file of one's own."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from aipm.prep.recipe import Recipe

ROOT = Path(__file__).parents[2]
PAGE = "pages/data_prep.py"


def opened(step, *, data=None, name="mine.csv"):
    """The page at a step of the wizard."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(PAGE)
    app.query_params.update({"step": step} | ({"sample": "customers"} if data is None else {}))
    app.run()
    if data is not None:
        app.file_uploader(key="data_prep.file").set_value((name, data.encode(), "text/csv")).run()
    return done(app)


def done(app):
    assert not app.exception
    assert not app.error
    return app


def recipe(app) -> Recipe:
    token = app.session_state["data_prep.held.file"]
    return app.session_state[f"data_prep.held.{token}.history"].recipe


def held(app, name):
    """What is held for the open file."""
    return app.session_state[f"data_prep.held.{app.session_state['data_prep.held.file']}.{name}"]


def html(app) -> str:
    """Everything that is drawn as HTML, the style sheet aside."""
    return " ".join(each.proto.body for each in app.get("html") if "<style>" not in each.proto.body)


def press(app, label):
    """The first button that begins with these words."""
    next(each for each in app.button if each.label.startswith(label)).click()
    return done(app.run())


def box(app, label):
    """The box to choose from, or to type in, with that label."""
    kinds = (app.selectbox, app.multiselect, app.text_input, app.number_input, app.text_area, app.button_group)
    return next(each for kind in kinds for each in kind if each.label == label)


def steps(app):
    return [step.op for step in recipe(app).steps]
