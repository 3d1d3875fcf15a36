"""What the tests of the page Brief share: a session with a brief in it, a second one at its address."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.ui import brief_page, brief_state
from aipm.ui.glossary import SWITCH
from aipm.ui.governance_state import KEPT as FORMS
from aipm.ui.governance_state import Kept
from aipm.ui.registry import FILES
from tests.brief.made_up import whole

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def framed(monkeypatch):
    """AppTest runs a page without what surrounds it: what the shell does for the brief is done here."""
    drawn = brief_page.draw

    def draw():
        brief_state.begin("brief")
        drawn()
        brief_state.save()

    monkeypatch.setattr(brief_page, "draw", draw)


def opened(brief=None, /, page="brief", **address):
    """A session at a page, with this brief in it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.session_state[SWITCH] = False
    if brief is not None:
        app.session_state[brief_state.KEPT] = brief_state.Held(entries=replace(brief, forms={}))
        app.session_state[FORMS] = Kept(forms=dict(brief.forms))
    app.query_params.update(address)
    done(app.run())
    app.switch_page(FILES[page])
    return at(app, **address)


def at(app, **address):
    """The same session at another address of the page."""
    token = held(app).token
    app.query_params.clear()
    app.query_params.update(address or ({"brief": token} if token else {}))
    return done(app.run())


def view(app, name):
    token = held(app).token
    return at(app, view=name, **({"brief": token} if token else {}))


def filled(**parts):
    return opened(whole(), **parts)


def another(app):
    """Another browser at the same address."""
    return opened(brief=held(app).token)


def held(app):
    return app.session_state[brief_state.KEPT] if brief_state.KEPT in app.session_state else brief_state.Held()


def done(app):
    assert not app.exception
    return app


def shown(app):
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def plain(label):
    """A label without the marks that keep it from being read as Markdown."""
    return label.replace("\u2060", "").replace("\\", "")


def visit_home(app):
    """Away from the page: what comes next comes to it again."""
    held(app).page = "home"
    return app


def widget(app, kind, label):
    return next(each for each in getattr(app, kind) if plain(each.label) == label)


def write(app, label, text, *, kind="text_input"):
    return done(widget(app, kind, label).set_value(text).run())


def press(app, label):
    return done(widget(app, "button", label).click().run())
