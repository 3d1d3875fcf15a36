"""The Capabilities page without a browser: what each address shows, what clicks lead to, what is carried along."""

import dataclasses
from html import escape
from itertools import permutations
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.mapping.capabilities import KEYS, Capability, NoAi, capabilities
from aipm.mapping.cases import cases, texts
from aipm.mapping.examples import LABELS
from aipm.mapping.quiz import ROUND, questions
from aipm.mapping.search import passages
from aipm.ui.capabilities_texts import page_texts
from aipm.ui.registry import FILES
from tests.ui.light import heavy_after_reading

ROOT = Path(__file__).parents[2]
PAGE = FILES["capabilities"]


def opened(**address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(PAGE)
    app.query_params.update(address)
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    return app


def shown(app):
    """All HTML on the page, beside the sidebar."""
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def press(app, name):
    return done(next(button for button in app.button if button.label == name).click().run())


def where(app):
    """The address: AppTest keeps what it was given as text, and what the app sets as lists."""
    said = dict(app.query_params.items())
    return {name: value if isinstance(value, str) else value[0] for name, value in said.items()}


def test_at_a_glance_all_eight_stand_with_what_comes_out_and_an_example():
    app = opened()
    drawn = shown(app)
    for capability in capabilities().values():
        assert f"<dd>{capability.comes_out}</dd>" in drawn
    assert drawn.count('<dl class="glance">') == len(LABELS)
    names = [button.label for button in app.button]
    assert names[: len(LABELS)] == [*(each.name for each in capabilities().values()), "May not need AI"]
    assert "problem, not with a model" in drawn


def test_a_name_leads_to_its_entry_and_back():
    app = press(opened(), "Rankings")
    assert where(app) == {"capability": "rankings"}
    assert "<h2>Rankings</h2>" in shown(app)
    app = press(app, "All at a glance")
    assert where(app) == {}
    assert "<h2>Rankings</h2>" not in shown(app)


@pytest.mark.parametrize("label", LABELS)
def test_every_entry_is_shown_whole(label):
    drawn, said = shown(opened(capability=label)), page_texts().entry.parts
    kind = NoAi if label == "none" else Capability
    apart = {"name", "definition", "comes_out"} | ({"signals"} if kind is Capability else set())
    for field in dataclasses.fields(kind):
        if field.name not in apart:
            part = said["metrics" if field.name == "metrics" else field.name]
            assert f"<h3>{part}</h3>" in drawn


def test_every_passage_that_search_finds_has_a_name_for_its_part():
    assert {passage.part for passage in passages() if passage.part} <= set(page_texts().entry.parts)


@pytest.mark.parametrize("address", [{"view": "nowhere"}, {"capability": "magic"}, {"view": "", "industry": "x"}])
def test_an_address_that_means_nothing_shows_the_cheat_sheet(address):
    assert '<dl class="glance">' in shown(opened(**address))


def test_any_two_can_be_compared_and_told_apart():
    app = opened(view="compare")
    for one, other in list(permutations(KEYS, 2))[::5]:
        app.query_params["capability"], app.query_params["other"] = one, other
        drawn = shown(done(app.run()))
        assert "How to tell them apart" in drawn
        told = capabilities()[one].confused_with.get(other)
        assert ("seldom confused" in drawn) is (told is None)


def test_choosing_another_to_compare_is_in_the_address_and_never_the_same_twice():
    app = opened(view="compare", capability="rankings", other="creation")
    app = done(app.selectbox[0].set_value("creation").run())
    assert where(app)["capability"] == "creation"
    assert app.selectbox[1].value != "creation"
    app = done(app.selectbox[1].set_value("regression").run())
    assert where(app) == {"view": "compare", "capability": "creation", "other": "regression"}


def test_cases_are_filtered_newest_first_and_their_origin_is_said_once():
    app = opened(view="cases", capability="anomalies", industry="finance")
    drawn = shown(app)
    found = cases("anomalies", texts().industries["finance"])
    assert drawn.count("<li>") == len(found) < page_texts().cases.first
    years = [int(part[:4]) for part in drawn.split(" · ")[1::2] if part[:4].isdigit()]
    assert years == sorted(years, reverse=True)
    assert drawn.count(texts().index.licence) == 1
    assert drawn.count('rel="noopener noreferrer"') == len(found) + 1
    app = done(app.selectbox[0].set_value(None).run())
    assert where(app) == {"view": "cases", "industry": "finance"}


def test_all_cases_are_one_click_away():
    app = opened(view="cases")
    assert shown(app).count("<li>") == page_texts().cases.first
    app = press(app, page_texts().cases.more.format(count=len(cases())))
    assert shown(app).count("<li>") == len(cases())


def test_two_filters_that_leave_nothing_say_so():
    industries = texts().industries
    empty = next((key, name) for key in KEYS for name in industries if not cases(key, industries[name]))
    drawn = shown(opened(view="cases", capability=empty[0], industry=empty[1]))
    assert "No case in this collection" in drawn


def test_an_example_search_finds_cases_entries_and_statements():
    app = press(opened(view="find"), page_texts().find.examples["fraud"])
    drawn = shown(app)
    assert all(title in drawn for title in ("Cases", "Statements like it", "From the entries"))
    assert 'class="cases"' in drawn
    assert where(app) == {"view": "find"}  # what is typed may be private


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("What is the capital of Mongolia", "Nothing here comes close"),
        ("Wie spät ist es bei euch", "only knows English"),
    ],
)
def test_a_search_that_finds_nothing_is_honest(typed, said):
    app = opened(view="find")
    assert said in shown(done(app.text_input[0].set_value(typed).run()))


def test_what_was_typed_is_kept_and_carried_to_the_mapper():
    app = opened(view="find")
    typed = "<b>Lorries</b> ![x](http://127.0.0.1) wait at the ramp"
    app = done(app.text_input[0].set_value(typed).run())
    assert typed not in shown(app)
    app = press(app, page_texts().next["typed"])
    assert app.session_state["use_case_mapper.pain"] == typed
    app.switch_page(PAGE)
    app.query_params["view"] = "find"
    assert done(app.run()).text_input[0].value == typed


def test_a_quiz_is_played_to_its_end_and_says_what_was_mixed_up():
    app = opened(view="quiz")
    app.session_state["capabilities.quiz.seed"] = 11
    app.run()
    for place, question in enumerate(questions(11)):
        assert escape(question.text) in shown(app)
        chosen = "rankings" if place else question.label
        app = done(app.button_group[-1].set_value(chosen).run())
        assert ("Not quite" in shown(app)) is (chosen != question.label)
        app = press(app, "See how you did" if place + 1 == ROUND else "Next statement")
    wrong = {question.label for question in questions(11)[1:]} - {"rankings"}
    right = ROUND - sum(question.label != "rankings" for question in questions(11)[1:])
    drawn = shown(app)
    assert f"{right} of {ROUND} right" in drawn
    assert drawn.count("taken for Rankings") == len(wrong)
    compare = next(button for button in app.button if button.label.startswith("Compare"))
    app = done(compare.click().run())
    assert where(app)["view"] == "compare"


def test_a_quiz_goes_on_where_it_was_left_and_starts_afresh_when_asked():
    app = opened(view="quiz")
    app.session_state["capabilities.quiz.answers"] = ("creation",)
    app.switch_page(FILES["home"]).run()
    app.switch_page(PAGE)
    app.query_params["view"] = "quiz"
    app = press(done(app.run()), "Next statement")
    assert "2 of 8" in shown(app)
    app.session_state["capabilities.quiz.answers"] = ("creation",) * ROUND
    app.session_state["capabilities.quiz.seen"] = ROUND
    app = press(done(app.run()), "Another eight")
    assert "1 of 8" in shown(app)
    assert app.session_state["capabilities.quiz.round"] == 1


def test_a_capability_in_view_goes_along_to_the_mapper():
    link = next(element for element in opened(capability="clustering").main if element.type == "page_link")
    assert link.proto.query_string == "capability=clustering"


def test_reading_the_page_loads_no_heavy_library():
    assert heavy_after_reading("capabilities", ("compare", "cases", "find", "quiz", "glance")) == []
