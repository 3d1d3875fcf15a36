"""Resources and glossary without a browser: words, filters, plans, the search of everything, and words explained."""

import re
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.content.glossary import glossary
from aipm.content.resources import AIMS, resources
from aipm.ui import glossary as marks
from aipm.ui.registry import FILES
from aipm.ui.resources_family import steps
from aipm.ui.resources_glossary import CHOICES, question
from aipm.ui.resources_texts import page_texts
from aipm.ui.safe import Html
from tests.ui.light import heavy_after_reading

ROOT = Path(__file__).parents[2]
PAGE = FILES["resources"]


def opened(page=PAGE, **address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(page)
    app.query_params.update(address)
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    return app


def shown(app):
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def where(app):
    said = dict(app.query_params.items())
    return {name: value if isinstance(value, str) else value[0] for name, value in said.items()}


def press(app, name):
    return done(next(button for button in app.button if button.label == name).click().run())


@pytest.mark.parametrize("address", [{}, {"view": "nowhere"}, {"term": "zeppelin", "letter": "ß", "theme": "x"}])
def test_first_comes_the_glossary_whatever_a_broken_address_says(address):
    drawn = shown(opened(**address))
    assert f"{len(glossary().terms)} words" in drawn
    assert drawn.count("<dt>") == page_texts().glossary.first


def test_a_word_has_its_meaning_its_source_its_pages_and_leads_on():
    app = opened(term="four_fifths_rule")
    drawn, term = shown(app), glossary().terms["four_fifths_rule"]
    assert f"<h2>{term.name}</h2>" in drawn
    assert "29 CFR" in drawn
    assert "November 2026" in drawn
    links = {element.proto.page for element in app.main if element.type == "page_link"}
    assert any("bias" in page for page in links)
    app = press(app, "Impact ratio")
    assert where(app) == {"term": "impact_ratio"}
    assert "<h2>Impact ratio</h2>" in shown(app)


def test_the_picture_shows_each_word_once():
    for key in list(glossary().terms)[::10]:
        drawn = [key, *steps(key), *(far for each in steps(key).values() for far in each)]
        assert len(drawn) == len(set(drawn)) > 1


def test_words_are_narrowed_by_letter_theme_and_typing_and_typing_stays_out_of_the_address():
    app = opened(letter="R", theme="law")
    assert re.findall(r"<dt>(\w+)", shown(app)) == ["RACI"]
    app = opened()
    box = next(each for each in app.text_input if each.label == page_texts().glossary.narrow)
    app = done(box.set_value("<b>drift</b>").run())
    assert page_texts().glossary.nothing in shown(app)
    assert "<b>drift" not in shown(app)
    assert where(app) == {}


def test_a_guess_is_answered_and_another_can_be_asked_for():
    app = opened()
    app.session_state["resources.guess.seed"] = 5
    done(app.run())
    right, options = question(5)
    wrong = next(each for each in options if each != right)
    guess = next(
        each for each in app.button_group if set(each.options) == {glossary().terms[key].name for key in options}
    )
    drawn = shown(done(guess.set_value(wrong).run()))
    assert escape(glossary().terms[right].name) in drawn
    assert "Not quite" in drawn
    press(app, page_texts().glossary.guess_next)
    assert app.session_state["resources.guess.seed"] != 5


def test_a_question_never_gives_its_word_away():
    for seed in range(40):
        right, options = question(seed)
        term = glossary().terms[right]
        assert right in options
        assert len(set(options)) == CHOICES
        assert all(name.casefold() not in term.means.casefold() for name in term.names)


def test_resources_are_filtered_and_say_how_far_they_were_checked():
    app = opened(view="read")
    drawn = shown(app)
    external = [item for item in resources().items.values() if item.page is None]
    assert drawn.count("<li>") == len(external)
    assert drawn.count('rel="noopener noreferrer"') == sum(item.url is not None for item in external)
    assert drawn.count(resources().checked["unknown"]) == sum(item.checked == "unknown" for item in external)
    drawn = shown(opened(view="read", kind="podcast", time="hour"))
    assert 0 < drawn.count("<li>") == drawn.count("Podcast ·")


@pytest.mark.parametrize("aim", AIMS)
def test_every_plan_has_an_answer_a_picture_and_a_way_on(aim):
    app = opened(view="plan", aim=aim, hours="3")
    drawn = shown(app)
    assert "This week" in drawn
    assert drawn.count('class="bars"') >= 1
    assert escape(resources().plan.aims[aim].so_what) in re.sub(
        r"<span class=\"term\">.*?</button>.*?</span></span>", "", drawn
    ) or ("So what" in drawn)
    assert any(element.type == "page_link" for element in app.main)


def test_a_plan_follows_the_hours_and_a_guess_is_judged():
    app = opened(view="plan", aim="care", hours="8")
    guess = next(each for each in app.button_group if list(each.options) == list(page_texts().plan.guess_options))
    assert page_texts().plan.guess_low in shown(done(guess.set_value("more than 20").run()))
    weeks = [int(re.search(r"hours: (\d+) weeks", shown(opened(view="plan", hours=hours)))[1]) for hours in "125"]
    assert weeks == sorted(weeks, reverse=True)


def test_career_steps_lead_into_the_tools():
    app = opened(view="career")
    assert shown(app).count('class="step"') == len(resources().career.steps)
    press(app, "Make a plan")
    assert where(app) == {"view": "plan"}


def test_what_is_typed_beside_any_page_is_searched_and_stays_out_of_the_address():
    app = opened(FILES["bias_audit"])
    box = next(each for each in app.sidebar.text_input if each.label == page_texts().search.box)
    app = done(box.set_value("<i>overfitting</i>").run())
    drawn = shown(app)
    assert "<h2>Search everything</h2>" in drawn
    assert "Learning the examples by heart" in drawn
    assert "<i>overfitting" not in drawn
    assert where(app) == {"view": "search"}


def test_a_search_without_an_answer_says_so_and_leads_on():
    app = opened(view="search")
    box = next(each for each in app.main.text_input if each.label == page_texts().search.label)
    drawn = shown(done(box.set_value("best pizza in Rome").run()))
    assert page_texts().search.nothing in drawn


def test_an_example_can_be_tried_and_its_word_opened():
    app = press(opened(view="search"), page_texts().search.examples["drift"])
    assert "passages on" in shown(app)
    app = press(app, "Open Resources and glossary: Drift")
    assert where(app) == {"view": "glossary", "term": "drift"}


def explained(*, reading=True, on=True):
    def script(reading, on):
        import streamlit as st

        from aipm.ui import glossary, page
        from aipm.ui.safe import Html

        st.session_state[glossary.SWITCH] = on
        glossary.begin(reading=reading)
        page.section("A heading", sentence="It is about overfitting.")
        page.draw(Html("<p>Overfitting again, and leakage</p>"))
        page.draw(Html("<p>An embedding, and drift, and a guardrail</p>"))

    app = done(AppTest.from_function(script, args=(reading, on), default_timeout=300).run())
    return re.findall(r'popovertarget="word-([\w-]+)"', shown(app))


def test_words_are_explained_once_a_few_on_a_reading_page_only_under_headings_on_a_tool_and_not_when_off():
    assert explained() == ["overfitting", "leakage", "embedding", "drift"]
    assert explained(reading=False) == ["overfitting"]
    assert explained(on=False) == []


def test_marks_leave_live_answers_and_escaped_signs_alone():
    marked = marks.Marked(reading=True)
    text = Html("a &lt;b&gt; about overfitting &amp; overfitting")
    drawn = marks.defined(text, marked)
    assert drawn.count("<button") == 1
    assert drawn.startswith("a &lt;b&gt; about <span")
    assert marks.defined(Html("more overfitting"), marked) == "more overfitting"
    assert marks.defined(text, marked) == drawn
    assert marks.explained(Html('<p role="status">overfitting</p>')) == '<p role="status">overfitting</p>'


def test_reading_the_page_loads_no_heavy_library():
    assert heavy_after_reading("resources", ("read", "plan", "career", "search", "glossary")) == []
