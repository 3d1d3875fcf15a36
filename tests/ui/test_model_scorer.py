"""The Model scorer page without a browser: an answer at first sight, needs that change it, and what it costs."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm import content
from aipm.selection.needs import Needs, need_texts
from aipm.ui import scorer_texts
from aipm.ui.registry import FILES
from aipm.ui.scorer_texts import scorer_page, start_needs
from aipm.ui.scorer_words import money

ROOT = Path(__file__).parents[2]
PAGE = FILES["model_scorer"]
TEXT = scorer_page()
QUESTIONS = need_texts().questions


def opened(**address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(PAGE)
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


def stance(app, question, answer):
    control = labelled(app.button_group, QUESTIONS[question].question)
    return done(control.set_value(answer).run())


def test_there_is_an_answer_at_first_sight():
    html = shown(opened(view="model"))
    assert 'role="status"' in html
    assert TEXT.answer["clear_word"] in html or TEXT.answer["unclear_word"] in html
    for title in (TEXT.left, TEXT.bars, TEXT.why, TEXT.fragile, TEXT.pareto, TEXT.export):
        assert title["title"] in html
    assert "NaN" not in html
    assert ">nan" not in html


def test_the_start_is_one_that_can_be_asked():
    start = start_needs()
    assert start == Needs.from_dict(start.to_dict())
    assert start.musts
    assert start.order


def test_a_must_leaves_fewer_and_giving_it_up_brings_them_back():
    app = opened(view="model")
    before = left(app)
    app = stance(app, "context", "must")
    bound = next(each for each in app.number_input if QUESTIONS["context"].question in each.label)
    app = done(bound.set_value(900_000.0).run())
    fewer = left(app)
    assert fewer < before
    app = stance(app, "context", "prefer")
    assert left(app) == before


def left(app):
    """The first number of "n of N left"."""
    return int(shown(app).split(" left</p>")[0].rsplit(">", 1)[1].split(" of ")[0])


def test_when_nobody_is_left_it_says_what_to_give_up():
    app = stance(opened(view="model"), "quality", "must")
    html = shown(app)
    assert "None of" in html
    assert "Giving up" in html
    assert TEXT.answer["title"] not in html


def test_what_nobody_measured_is_said_not_guessed():
    app = stance(opened(view="model"), "latency", "prefer")
    assert TEXT.left["refused"] in shown(app)


def test_own_findings_count():
    app = stance(opened(view="model"), "quality", "prefer")
    app.session_state["model_scorer.held.entered"] = {
        "GPT-6 Luna": {"pass_rate": 0.7},
        "Claude Haiku 5.5": {"pass_rate": 0.95},
    }
    html = shown(done(app.run()))
    assert "Claude Haiku 5.5" in html
    assert TEXT.answer["no_quality"] not in html


def test_nothing_preferred_ranks_nobody():
    app = opened(view="model")
    for question in start_needs().order:
        app = stance(app, question, "no_matter")
    html = shown(app)
    assert TEXT.needs["nothing"] in html
    assert TEXT.bars["title"] not in html


def test_the_order_can_be_changed():
    app = opened(view="model")
    first, second = start_needs().order[:2]
    named = need_texts().criteria[QUESTIONS[second].criteria[0]].name
    app = done(labelled(app.button, TEXT.needs["up"].format(name=named)).click().run())
    assert app.session_state["model_scorer.held.order"][:2] == [second, first]


def test_answers_outlive_a_look_at_another_view():
    app = stance(opened(view="model"), "context", "no_matter")
    app = show(show(app, "cost"), "model")
    assert labelled(app.button_group, QUESTIONS["context"].question).value == "no_matter"
    assert "context" not in app.session_state["model_scorer.held.order"]


def show(app, view):
    return done(labelled(app.button_group, TEXT.views.label).set_value(view).run())


@pytest.mark.parametrize(("value", "said"), [(None, "–"), (0.0123, "$0.012"), (12.345, "$12.35"), (1234.5, "$1,234")])
def test_money_has_sensible_digits(value, said):
    assert money(value) == said


def test_a_group_that_lacks_a_question_is_refused(monkeypatch):
    groups = dict(TEXT.groups)
    groups.popitem()
    broken = scorer_texts.ScorerPage(**{name: getattr(TEXT, name) for name in TEXT.__slots__} | {"groups": groups})
    monkeypatch.setattr(content, "load", lambda _name, _kind: broken)
    with pytest.raises(content.ContentError, match="groups"):
        scorer_page()
