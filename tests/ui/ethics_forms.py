"""What the tests of the Ethics page's forms share: open a view, read it, fill in, move away and back."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from aipm.ui.glossary import SWITCH
from aipm.ui.governance_state import KEPT
from aipm.ui.registry import FILES

ROOT = Path(__file__).parents[2]
HOSTILE = "<img src=x onerror=alert(1)> **b** [l](http://x.example) $a$ :red[x]"


def opened(view, **address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.session_state[SWITCH] = False
    app.run()
    app.switch_page(FILES["ethics"])
    return at(app, view, **address)


def at(app, view, **address):
    """The same session at another view or step."""
    app.query_params.clear()
    app.query_params.update({"view": view, **address})
    return done(app.run())


def done(app):
    assert not app.exception
    return app


def shown(app):
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def plain(label):
    """A label without the marks that keep it from being read as Markdown."""
    return label.replace("\u2060", "").replace("\\", "")


def widget(app, kind, label):
    return next(each for each in getattr(app, kind) if plain(each.label) == label)


def choose(app, label, value):
    """Press one of a few answers; by its question."""
    group = next(each for each in app.button_group if plain(each.label) == label)
    return done(group.set_value(value).run())


def write(app, label, text, *, kind="text_input"):
    return done(widget(app, kind, label).set_value(text).run())


def press(app, label):
    return done(next(each for each in app.button if each.label == label).click().run())


def kept(app, name):
    return app.session_state[KEPT].forms[name]


def away_and_back(app, view, **address):
    app.switch_page(FILES["home"])
    done(app.run())
    app.switch_page(FILES["ethics"])
    return at(app, view, **address)
