"""Results put into the brief in a real browser, and what was typed there again after a reload."""

import pytest
from playwright.sync_api import expect

from aipm.brief.texts import brief_texts
from aipm.ui.brief_add_texts import brief_add_texts
from aipm.ui.registry import registry
from tests.browser.test_accessibility import violations
from tests.browser.test_use_case_mapper import BREAD, PATH, box, mapped

TEXTS = brief_add_texts()
TITLES = TEXTS.titles


def press(page, ready, words):
    page.get_by_role("button", name=words, exact=True).click()
    ready(page)


def said(tool):
    return TEXTS.named.get(tool, TEXTS.offer)


def add(page, ready, tool):
    press(page, ready, said(tool).add)
    expect(page.get_by_role("link", name=said(tool).added, exact=True)).to_be_visible()


def to(page, app, ready, path):
    """Another page of the same brief: its address goes along."""
    token = page.url.partition("brief=")[2].partition("&")[0]
    page.goto(f"{app.url}{path}{'&' if '?' in path else '?'}brief={token}")
    ready(page)


def test_results_of_four_tools_stand_in_the_brief(app, visit, ready):
    page = visit(app, PATH)
    mapped(page, BREAD, ready)
    add(page, ready, "use_case_mapper.pain")
    add(page, ready, "use_case_mapper")
    assert violations(page) == []
    for tool, path in (
        ("model_scorer.approach", "/model-scorer?view=approach"),
        ("model_scorer", "/model-scorer?view=model"),
        ("model_scorer.cost", "/model-scorer?view=cost"),
        ("data_prep", "/data-prep?sample=customers&step=take"),
        ("bias_audit", "/bias-audit?sample=loans"),
    ):
        to(page, app, ready, path)
        add(page, ready, tool)
    page.get_by_role("link", name=TEXTS.offer.added, exact=True).click()
    expect(page.get_by_role("heading", name=registry().pages["brief"].title, exact=True)).to_be_visible()
    ready(page)
    for words in (BREAD, "A gap in 2 of 3 questions", "a month", "Usable after"):
        expect(page.get_by_text(words).first).to_be_attached()


def test_what_was_typed_is_there_after_a_reload_on_a_phone(app, visit, ready):
    page = mapped(visit(app, PATH, width=390), BREAD, ready)
    who = page.get_by_role("textbox", name="Who hurts", exact=True)
    who.fill("Bakers on Saturdays")
    who.press("Tab")
    ready(page)
    page.reload()
    ready(page)
    expect(box(page)).to_have_value(BREAD)
    expect(page.get_by_role("textbox", name="Who hurts", exact=True)).to_have_value("Bakers on Saturdays")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1280, 390])
def test_another_pain_says_that_older_words_are_in_the_brief(app, visit, ready, width):
    page = mapped(visit(app, PATH, width=width), BREAD, ready)
    add(page, ready, "use_case_mapper.pain")
    mapped(page, f"{BREAD} On Saturdays it is worse.", ready)
    older = said("use_case_mapper.pain").older.partition(" {")[0]
    expect(page.get_by_role("link", name=older)).to_be_visible()
    press(page, ready, said("use_case_mapper.pain").renew)
    expect(page.get_by_role("link", name=said("use_case_mapper.pain").added, exact=True)).to_be_visible()


def test_a_result_on_too_few_people_is_refused_in_words(scenes, visit, ready):
    page = visit(scenes, "/?scene=small_group")
    press(page, ready, TEXTS.offer.add)
    reason = brief_texts().refused["small_group"].format(threshold=11)
    expect(page.get_by_role("alert").filter(has_text=reason)).to_be_visible()
    expect(page.get_by_role("button", name=TEXTS.offer.add, exact=True)).to_be_visible()
