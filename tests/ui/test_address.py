"""What stands in the address without a browser: two quick choices, and the way back."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from aipm.ui.registry import FILES

ROOT = Path(__file__).parents[2]


def plan(**address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(FILES["resources"])
    return arrives(app, {"view": "plan", **address})


def arrives(app, address):
    """The browser sends its address with whatever is pressed; it learns of a new one only by the answer."""
    app.query_params.clear()
    app.query_params.update(address)
    app.run()
    assert not app.exception
    return app


def where(app):
    return {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}


def choose(app, name, value):
    next(each for each in app.button_group if each.key == f"resources.{name}").set_value(value)


def test_two_quick_choices_are_both_kept():
    app = plan()
    choose(app, "aim", "care")
    arrives(app, {"view": "plan"})
    choose(app, "hours", "5")
    arrives(app, {"view": "plan"})  # pressed before the address of the first choice had come
    assert where(app) == {"view": "plan", "aim": "care", "hours": "5"}


def test_the_way_back_undoes_a_choice_and_the_next_does_not_bring_it_again():
    app = plan()
    choose(app, "aim", "care")
    arrives(app, {"view": "plan"})
    arrives(app, {"view": "plan"})  # back: the old address, and nothing pressed
    assert where(app) == {"view": "plan"}
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
