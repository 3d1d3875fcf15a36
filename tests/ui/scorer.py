"""The Model scorer page for tests without a browser: opening it, and what stands on it."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from aipm.ui.registry import FILES

ROOT = Path(__file__).parents[2]


def opened(**address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(FILES["model_scorer"])
    app.query_params.update(address)
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    assert not app.warning
    return app


def shown(app):
    """All HTML on the page, beside the sidebar."""
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def labelled(elements, label):
    return next(each for each in elements if each.label == label)


def where(app):
    """The address: AppTest keeps what it was given as text, and what the app sets as lists."""
    said = dict(app.query_params.items())
    return {name: value if isinstance(value, str) else value[0] for name, value in said.items()}


def held(app, name):
    return app.session_state[f"model_scorer.held.{name}"]
