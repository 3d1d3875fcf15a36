"""Every registered page starts; the registry and its texts agree; content pages load no heavy library."""

import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm import content
from aipm.ui import home, registry, state

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("key", registry.FILES)
def test_every_page_starts_without_an_error(key):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(registry.FILES[key]).run()
    assert not app.exception
    assert not app.error


def test_every_page_file_is_registered_and_every_registered_file_exists():
    assert {f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")} == set(registry.FILES.values())


def test_home_links_only_to_pages_that_exist():
    text = home.home()
    linked = [visitor.page for visitor in text.start.visitors] + [tool.page for tool in text.life.tools if tool.page]
    assert set(linked) <= set(registry.FILES)
    assert all(tool.link for tool in text.life.tools if tool.page)


@pytest.mark.parametrize("change", ["missing page", "unknown section"])
def test_a_registry_that_does_not_add_up_says_so(monkeypatch, change):
    texts = registry.registry()
    pages = dict(texts.pages)
    if change == "missing page":
        del pages["home"]
    else:
        page = pages["home"]
        pages["home"] = registry.PageText(title=page.title, icon=page.icon, section="nowhere", summary=page.summary)
    broken = registry.Registry(product=texts.product, sections=texts.sections, pages=pages, states=texts.states)
    monkeypatch.setattr(content, "load", lambda _name, _kind: broken)
    with pytest.raises(content.ContentError, match=r"pages\.yaml: pages"):
        registry.registry()


def test_starting_the_app_and_drawing_home_load_no_heavy_library():
    script = """
import sys
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
app = AppTest.from_file("app.py", default_timeout=300).run()
assert not app.exception, app.exception
heavy = {"pandas", "numpy", "pyarrow", "duckdb", "sklearn", "scipy"}
print(*heavy & (set(sys.modules) - before))
"""
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []


def test_widgets_of_different_pages_never_share_a_key():
    assert state.key("a", "b") != state.key("b", "a")


def test_an_answer_outlives_a_visit_to_another_page():
    def script():
        import streamlit as st

        from aipm.ui import state

        if st.session_state.get("where", "one") == "one":
            st.text_input("Name", **state.kept("test", "name"))
        else:
            st.text("another page")

    app = AppTest.from_function(script, default_timeout=300).run()
    app.text_input[0].set_value("Ada").run()
    app.session_state["where"] = "two"
    app.run()
    app.session_state["where"] = "one"
    app.run()
    assert app.text_input[0].value == "Ada"
