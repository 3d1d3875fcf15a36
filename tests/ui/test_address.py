"""What stands in the address without a browser: two quick choices, and the way back."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from aipm.ui import address
from aipm.ui.registry import FILES
from tests.ui.shown_now import now

ROOT = Path(__file__).parents[2]


def plan(**asked):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(FILES["resources"])
    return arrives(app, {"view": "plan", **asked})


def arrives(app, asked):
    """The browser sends its address with whatever is pressed; it learns of a new one only by the answer."""
    app.query_params.clear()
    app.query_params.update(asked)
    app.run()
    assert not app.exception
    return app


def where(app):
    return {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}


def choose(app, name, value):
    now(app.button_group, f"resources.{name}").set_value(value)


def test_two_quick_choices_are_both_kept():
    app = plan()
    choose(app, "aim", "care")
    arrives(app, {"view": "plan"})
    choose(app, "hours", "5")
    arrives(app, {"view": "plan"})  # pressed before the address of the first choice had come
    assert where(app) == {"view": "plan", "aim": "care", "hours": "5"}


def test_a_run_that_a_clock_asked_for_before_the_browser_had_the_address_takes_nothing_back():
    app = plan()
    choose(app, "aim", "care")
    arrives(app, {"view": "plan"})
    arrives(app, {"view": "plan"})  # the old address, and nothing pressed
    assert where(app) == {"view": "plan", "aim": "care"}
    assert now(app.button_group, "resources.aim").value == "care"


def test_the_way_back_undoes_a_choice_and_the_next_does_not_bring_it_again(monkeypatch):
    app = plan()
    choose(app, "aim", "care")
    arrives(app, {"view": "plan"})
    with monkeypatch.context() as back:
        back.setattr(address, "_went_back", lambda: True)
        arrives(app, {"view": "plan"})
    assert where(app) == {"view": "plan"}
    assert now(app.button_group, "resources.aim").value == "basics"
    choose(app, "hours", "5")
    arrives(app, {"view": "plan"})
    assert where(app) == {"view": "plan", "hours": "5"}


def test_a_choice_on_one_page_does_not_go_along_to_another():
    app = plan()
    choose(app, "aim", "care")
    arrives(app, {"view": "plan"})
    app.switch_page(FILES["landscape"])
    arrives(app, {})
    app.switch_page(FILES["resources"])
    arrives(app, {"view": "plan"})
    choose(app, "hours", "5")
    arrives(app, {"view": "plan"})
    assert where(app) == {"view": "plan", "hours": "5"}
