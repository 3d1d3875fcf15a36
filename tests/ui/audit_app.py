"""The page of the audit as its tests open and read it."""

import re
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

from aipm.ui.glossary import SWITCH
from aipm.ui.registry import FILES
from aipm.ui.state import key

ROOT = Path(__file__).parents[2]


def opened(sample, part):
    """A sample with one of the deeper parts open."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.session_state[SWITCH] = False
    app.session_state[key("bias_audit", "deeper")] = part
    app.run()
    app.switch_page(FILES["bias_audit"])
    app.query_params["sample"] = sample
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    return app


def said(app):
    """Everything drawn, without its tags."""
    return unescape(re.sub(r"<[^>]*>", " ", " ".join(each.proto.body for each in app.get("html"))))
