"""Parts of a page that the browser draws or does by a script of ours, from the folder browser/."""

from functools import cache
from pathlib import Path

from streamlit.components.v2 import component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

SCRIPTS = "browser"
"""The folder beside this module whose files the server hands out: a script on the page may come from this server only,
and one that is handed over as text would come from nowhere.
"""


def part(name: str, *, html: str = "", css: str = "") -> ComponentRenderer:
    """What draws browser/NAME.js, known to the server that runs at present.

    Give it its data as a list: in a dictionary Streamlit looks for data frames, and loads pandas for that.
    """
    package = f"aipm_{name}"
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(f"{package}.{name}") is None:
        known = ComponentManifest(name=package, version="1", components=[ComponentConfig(name=name, asset_dir=SCRIPTS)])
        manager.register_from_manifest(known, Path(__file__).parent)
    return _mounted(f"{package}.{name}", html, css, f"{name}.js")


@cache  # our own texts only
def _mounted(name: str, html: str, css: str, js: str) -> ComponentRenderer:
    return component(name, html=html or None, css=css or None, js=js)
