"""The cycle: a stage is pressed and shown, the address says which; every way on leads somewhere."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.ui.governance_page import frame
from aipm.ui.lifecycle_cycle_texts import cycle_texts
from aipm.ui.registry import FILES

ROOT = Path(__file__).parents[2]


@pytest.fixture
def app():
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()


def cycle(app, **parts):
    app.switch_page("pages/lifecycle.py")
    for name, value in parts.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def shown(app):
    return " ".join(each.proto.body for each in app.get("html"))


def test_the_first_stage_is_shown_and_another_one_when_it_is_pressed(app):
    cycle(app)
    assert cycle_texts().product.stages["discovery"].question in shown(app)
    app.button(key="lifecycle.go.cycle.product.delivery").click().run()
    assert app.query_params["stage"] in ("delivery", ["delivery"])
    assert cycle_texts().product.stages["delivery"].question in shown(app)
    app.button(key="lifecycle.go.cycle.product.discovery").click().run()
    assert "stage" not in app.query_params


@pytest.mark.parametrize("step", list(cycle_texts().model.stages))
def test_each_stage_of_the_model_leads_to_its_tools(app, step):
    cycle(app, part="model", step=step)
    assert "cycle-arrows" in shown(app)
    app.button(key=f"lifecycle.go.cycle.model.{step}.0").click().run()
    assert not app.exception
    assert app.segmented_control(key="lifecycle.step").value == step


def test_what_keeps_it_going_names_measures_tests_and_feedback(app):
    cycle(app, part="running")
    for name in ("mean squared error", "A/B test", "interviews", "GraphQL", "Quantise", "Distil", "Meesho"):
        assert name in shown(app)


def test_nonsense_in_the_address_shows_the_first(app):
    cycle(app, part="<script>", stage="nowhere", step="x")
    assert "<script>" not in shown(app)
    assert cycle_texts().product.stages["discovery"].question in shown(app)


def test_every_way_on_is_a_view_of_this_page_or_a_page():
    texts = cycle_texts()
    ways = [way for stage in texts.product.stages.values() for way in stage.onward]
    ways += [stage.onward for stage in texts.model.stages.values()]
    ways += [turn.onward for loop in (texts.product.loop, texts.model.loop) for turn in loop.turns]
    for group in texts.running.groups:
        ways += [*group.onward, *(item.onward for item in group.items if item.onward)]
    assert len(ways) > 30
    for way in ways:
        if way.page is None:
            assert way.view in frame("lifecycle").views
        else:
            assert way.page in FILES
            if way.page == "ethics":
                assert way.view in frame("ethics").views


def test_ways_back_go_back_and_sources_are_known():
    texts = cycle_texts()
    for part in (texts.product, texts.model):
        order = list(part.stages)
        assert all(order.index(turn.end) < order.index(turn.start) for turn in part.loop.turns)
    assert {name for group in texts.running.groups for item in group.items for name in item.sources} == set(
        texts.sources
    )
