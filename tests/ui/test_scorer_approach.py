"""The view "Which approach?" without a browser: an answer at once, what moves it, why, and how far to climb."""

import itertools

import pytest
from streamlit.testing.v1 import AppTest

from aipm.selection.approaches import Spec, recommend
from aipm.selection.families import ANSWERS, approach_texts
from aipm.selection.ladder import ladder_texts
from aipm.ui.safe import markup
from aipm.ui.scorer_approach_cards import card, others, shortlist
from aipm.ui.scorer_approach_guide import guide
from aipm.ui.scorer_approach_texts import page_texts

QUESTIONS = approach_texts().questions
FAMILIES = approach_texts().families
STEPS = ladder_texts().ladder.steps
TEXT = page_texts()


def view():
    from aipm.ui import page
    from aipm.ui.scorer_approach import approach

    page.header("model_scorer")
    approach()


def opened(**address):
    app = AppTest.from_function(view, default_timeout=300)
    app.query_params.update(address)
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    assert not app.warning
    return app


def shown(app):
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def question(app, label):
    return next(box for box in app.selectbox if box.label == label)


def choose(app, name, answer):
    return done(question(app, QUESTIONS[name].question).set_value(answer).run())


def climb(app, name, answer):
    return done(question(app, ladder_texts().ladder.questions[name].question).set_value(answer).run())


def count(app, label, value):
    return done(next(box for box in app.number_input if box.label == label).set_value(value).run())


def statuses(app):
    """What the answers of the page say, in order."""
    return [part.split("</div>")[0] for part in shown(app).split('<div class="answer" role="status">')[1:]]


def named(key):
    return f"<b>{markup(FAMILIES[key].name)}</b>"


def test_an_answer_stands_at_once_and_begins_with_the_baseline():
    app = opened()
    found = recommend(Spec(capability="classification", data="tabular"))
    first = statuses(app)[0]
    assert first.index(named(found.baseline.key)) < first.index(named(found.first))
    assert markup(found.baseline.text, limit=2_000) in first
    assert {box.label for box in app.selectbox} == {each.question for each in QUESTIONS.values()}


def test_the_shortlist_stands_in_the_order_of_the_engine():
    app = choose(choose(opened(), "capability", "clustering"), "rows", "under_1k")
    found = recommend(Spec(capability="clustering", data="tabular", rows="under_1k"))
    html = shown(app)
    places = [html.index(f'<span class="rank">{place}</span>') for place in range(1, len(found.shortlist) + 1)]
    heads = [html.index(f'{named(each.key)} <span class="place">') for each in found.shortlist]
    assert sorted(places) == places
    assert sorted(heads) == heads


def test_the_address_says_what_should_come_out_and_the_data_follow():
    app = opened(capability="regression", data="time_series")
    assert question(app, QUESTIONS["capability"].question).value == "regression"
    assert question(app, QUESTIONS["data"].question).value == "time_series"
    alone = opened(capability="recommendations")
    assert question(alone, QUESTIONS["data"].question).value == TEXT.start.data["recommendations"]


@pytest.mark.parametrize("asked", ["none", "nonsense", "<script>"])
def test_an_address_that_names_no_capability_changes_nothing(asked):
    app = opened(capability=asked)
    assert question(app, QUESTIONS["capability"].question).value == TEXT.start.capability
    assert "<script>" not in shown(app)


def test_ones_own_choice_counts_after_the_address():
    app = choose(opened(capability="regression"), "capability", "creation")
    assert app.query_params["capability"] == "creation"
    app = choose(app, "compute", "gpu")
    assert question(app, QUESTIONS["capability"].question).value == "creation"
    assert question(app, QUESTIONS["compute"].question).value == "gpu"


def test_what_is_ruled_out_says_why_without_being_opened():
    app = choose(choose(opened(capability="creation", data="text"), "explainability", "full"), "regulated", "yes")
    found = recommend(Spec(capability="creation", data="text", explainability="full", regulated="yes"))
    assert found.ruled_out
    for each in found.ruled_out:
        drawn = str(card(each, word="Ruled out"))
        summary = drawn.split("</summary>", maxsplit=1)[0]
        assert all(markup(reason.text, limit=2_000) in summary for reason in each.reasons)
        assert named(each.key) in shown(app)


def test_a_card_names_rules_sources_grades_and_what_would_change_it():
    found = recommend(Spec(capability="classification", data="text"))
    first = next(each for each in found.shortlist if each.place == "first")
    drawn = str(card(first, word="First"))
    for reason in first.reasons:
        assert markup(reason.text, limit=2_000) in drawn
        assert f"Grade {reason.source.grade}" in drawn
    assert first.changes
    for change in first.changes:
        assert markup(QUESTIONS[change.question].answers[change.answer]) in drawn
        assert markup(TEXT.card.becomes[change.becomes]) in drawn
    family = FAMILIES[first.key]
    for told in (family.plain, family.costs, family.explainability, family.when_not, *family.risks, *family.good_for):
        assert markup(told, limit=2_000) in drawn


@pytest.mark.parametrize(("capability", "data"), list(itertools.product(ANSWERS["capability"], ANSWERS["data"])))
def test_every_task_can_be_drawn(capability, data):
    found = recommend(Spec(capability=capability, data=data))
    drawn = f"{shortlist(found)}{others(found.possible)}{others(found.ruled_out)}"
    assert drawn.count("<details") == len(found.shortlist) + len(found.possible) + len(found.ruled_out)
    assert "{" not in drawn
    assert " characters)" not in drawn


def test_the_ladder_stands_where_a_language_model_is_on_the_list_and_only_there():
    title = f"<h2>{ladder_texts().ladder.title}</h2>"
    assert title not in shown(opened(capability="regression", data="tabular"))
    app = opened(capability="creation", data="text")
    assert title in shown(app)
    assert f"<h2>{ladder_texts().sourcing.title}</h2>" in shown(app)
    assert STEPS["evaluate"].name in statuses(app)[1]


def test_one_climbs_only_after_a_step_missed_the_bar():
    app = opened(capability="creation", data="text")
    app = climb(climb(app, "examples", "enough"), "failing", "facts")
    assert markup(STEPS["prompt"].name) in statuses(app)[1]
    label = {part: getattr(TEXT.ladder, part).format(step=STEPS["prompt"].name) for part in ("passed", "of")}
    app = count(count(app, label["passed"], 6), label["of"], 20)
    assert markup(STEPS["retrieval"].name) in statuses(app)[1]
    assert "6 of 20 met the bar" in shown(app)
    app = count(app, label["passed"], 18)
    assert markup(STEPS["prompt"].name) in statuses(app)[1]


def test_counts_that_cannot_be_are_refused_in_words():
    app = climb(opened(capability="creation", data="text"), "examples", "enough")
    label = {part: getattr(TEXT.ladder, part).format(step=STEPS["prompt"].name) for part in ("passed", "of")}
    app = count(count(app, label["passed"], 12), label["of"], 10)
    assert TEXT.ladder.refused in shown(app)
    assert 'role="alert"' in shown(app)


def test_sourcing_begins_with_an_api_and_moves_where_texts_must_stay_inside():
    options, questions = ladder_texts().sourcing.options, ladder_texts().sourcing.questions
    app = opened(capability="creation", data="text")
    assert markup(options["api"].name) in statuses(app)[2]
    app = done(question(app, questions["privacy"].question).set_value("inside").run())
    assert markup(options["self_hosted"].name) in statuses(app)[2]
    assert markup(ladder_texts().sourcing.rules["texts_stay_inside"].text) in shown(app)
    app = done(question(app, questions["privacy"].question).set_value(None).run())
    assert markup(options["api"].name) in statuses(app)[2]


def test_the_way_on_leads_to_models_only_where_one_is_needed():
    app = opened(capability="regression", data="tabular")
    assert TEXT.next.models not in [button.label for button in app.button]
    app = opened(capability="creation", data="text")
    done(next(button for button in app.button if button.label == TEXT.next.models).click().run())
    assert app.query_params["view"] == "model"


def test_the_guide_is_whole():
    drawn, about = str(guide()), approach_texts().guide
    told = [each.text for each in (*about.training, *about.factors, *about.language_models, *about.axes.list)]
    told += [text for each in about.measures for text in (each.means, each.fits, each.limit)]
    assert all(markup(each, limit=2_000) in drawn or markup(each) in drawn for each in told)
