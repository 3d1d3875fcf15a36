"""The metric sheet without a browser: costs and threshold, own scores, what is kept, what is untrusted."""

from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.governance.evidence import Result
from aipm.governance.metric_sheet import MetricSheet
from aipm.governance.product import Product
from aipm.ui.glossary import SWITCH
from aipm.ui.lifecycle_metrics_texts import metrics_texts

ROOT = Path(__file__).parents[2]
HOSTILE = "<img src=x onerror=alert(1)> **bold** [a](http://b)"


def opened(view="metrics"):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.session_state[SWITCH] = False
    app.run()
    app.switch_page("pages/lifecycle.py")
    app.query_params["view"] = view
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    return app


def shown(app):
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def sheet(app):
    return app.session_state["governance.forms"].forms.get("metrics", MetricSheet())


def product(app):
    return app.session_state["governance.forms"].forms.get("product", Product())


def number(app, name, value):
    return done(app.number_input(key=f"governance.metrics.{name}").set_value(value).run())


def slider(app):
    return next(each for each in app.slider if each.label == metrics_texts().threshold.slider)


def button(app, start):
    return next(each for each in app.button if each.label.startswith(start))


def test_something_is_to_be_seen_before_anything_is_typed():
    said = shown(opened())
    assert "Saying yes from a score of 0.486 on costs 228 units per 1,000 cases." in said
    assert metrics_texts().answer["example"] in said
    assert metrics_texts().open.gaps["nothing"] in said


def test_dearer_misses_move_the_threshold_down():
    app = opened()
    before = slider(app).value
    app = number(app, "false_no.likely", 50.0)
    assert slider(app).value < before
    assert sheet(app).costs.false_no.likely == 50
    assert metrics_texts().answer["sample"] in shown(app)


def test_a_threshold_of_ones_own_says_what_it_costs():
    app = opened()
    app = done(slider(app).set_value(0.8).run())
    assert sheet(app).threshold == 0.8
    assert "The cheapest threshold, 0.486, would cost" in shown(app)
    app = done(button(app, "To the least cost").click().run())
    assert sheet(app).threshold is None


def test_it_is_taken_for_the_product_in_one_step_and_kept_as_a_result():
    app = opened()
    app = done(slider(app).set_value(0.7).run())
    app = done(button(app, "Use 0.700").click().run())
    assert product(app).threshold == 0.7
    settled = sheet(app).settled
    assert (settled.threshold, settled.cases, settled.data) == (0.7, 4_000, None)
    kept = app.session_state["results.latest"]["lifecycle"]
    assert isinstance(kept, Result)
    assert kept.threshold == 0.7
    first = kept.fingerprint
    app = number(app, "false_no.likely", 9.0)
    assert app.session_state["results.latest"]["lifecycle"].fingerprint != first
    app = done(app.button(key="governance.keep.undo").click().run())
    app = done(app.button(key="governance.keep.undo").click().run())
    assert product(app).threshold is None
    assert sheet(app).settled is None


def test_what_was_typed_is_there_after_a_visit_elsewhere():
    app = opened()
    app = done(app.text_input(key="governance.metrics.guardrail.name").input("Complaints").run())
    app = number(app, "share", 8.0)
    app.switch_page("pages/ethics.py").run()
    app.switch_page("pages/lifecycle.py")
    app.query_params["view"] = "metrics"
    app = done(app.run())
    assert app.text_input(key="governance.metrics.guardrail.name").value == "Complaints"
    assert app.number_input(key="governance.metrics.share").value == 8.0
    assert sheet(app).share_of_yes == 0.08
    assert metrics_texts().open.gaps["guardrail_floor"] in shown(app)


def test_suggestions_follow_the_products_capability():
    app = opened()
    label = metrics_texts().goals.suggestions.format(capability=metrics_texts().goals.any)
    group = next(each for each in app.button_group if each.label == label)
    app = done(group.set_value("Precision").run())
    assert sheet(app).offline.name == "Precision"


def test_scores_of_ones_own():
    app = opened()
    group = next(each for each in app.button_group if each.label == metrics_texts().scores.label)
    app = done(group.set_value("own").run())
    assert not app.slider
    rows = [f"{place / 400:.4f},{'yes' if place % 400 > 300 or place % 7 == 0 else 'no'}" for place in range(400)]
    data = "\n".join(["risk_score,outcome", *rows]).encode()
    app = done(app.file_uploader(key="lifecycle_metrics.file").set_value(("mine.csv", data, "text/csv")).run())
    assert "400 cases" in shown(app)
    assert "From 400 cases of your file." in shown(number(app, "false_no.likely", 7.0))
    app = done(button(app, "Use ").click().run())
    assert sheet(app).settled.data_name == "mine.csv"
    assert len(sheet(app).settled.data) == 64
    app.switch_page("pages/ethics.py").run()
    app.switch_page("pages/lifecycle.py")
    app.query_params["view"] = "metrics"
    assert "400 cases" in shown(done(app.run()))


@pytest.mark.parametrize("data", [b"", b"a,b\nx,1\ny,0\n", b"score,outcome\n0.1,1\n0.2,1\n", b"\x00\x01\x02"])
def test_a_file_that_cannot_be_used_says_so_and_the_page_goes_on(data):
    app = opened()
    group = next(each for each in app.button_group if each.label == metrics_texts().scores.label)
    app = done(group.set_value("own").run())
    app = done(app.file_uploader(key="lifecycle_metrics.file").set_value(("<u>.csv", data, "text/csv")).run())
    assert not app.slider
    assert "<u>" not in shown(app)


def test_a_product_that_answers_with_a_number():
    app = opened()
    group = next(each for each in app.button_group if each.label == metrics_texts().kind.label)
    app = done(group.set_value("number").run())
    assert metrics_texts().number.example_note in shown(app)
    app = done(app.text_area(key="governance.metrics.errors").input("2 -2 2 -2").run())
    assert "A case is off by 2 on average" in shown(app)
    app = done(app.text_area(key="governance.metrics.errors").input("nothing").run())
    assert metrics_texts().number.none in shown(app)


def test_typed_text_is_drawn_as_characters():
    app = opened()
    app = done(app.text_input(key="governance.metrics.unit").input(HOSTILE).run())
    app = done(app.text_input(key="governance.metrics.online.name").input(HOSTILE).run())
    said = shown(app)
    assert "<img" not in said
    assert escape("<img src=x") in said
    assert HOSTILE not in str(app.query_params)
    assert "<img" not in "".join(opened("test").query_params["view"])


def test_every_gap_and_word_has_a_text():
    from typing import get_args

    from aipm.governance.metric_sheet import Gap

    assert set(metrics_texts().open.gaps) == set(get_args(Gap))
    named = " ".join(item.name for item in metrics_texts().words.items)
    for word in ("Accuracy", "Precision", "Recall", "F1", "MSE", "Loss", "FID", "Perplexity"):
        assert word in named
