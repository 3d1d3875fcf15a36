"""Resources and glossary as a person uses it: look a word up, search from anywhere, plan, and read words explained."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import looks, violations

VIEWS = (
    "/resources",
    "/resources?term=overfitting",
    "/resources?view=read&kind=podcast",
    "/resources?view=plan&aim=language&hours=3",
    "/resources?view=career",
    "/resources?view=search",
)


def test_a_word_is_looked_up_by_typing_and_its_neighbour_by_a_press(app, visit, ready, watch):
    page = visit(app, "/resources")
    page.get_by_role("combobox", name="Look up a word").fill("overfit")
    page.get_by_role("option", name="Overfitting").click()
    ready(page)
    expect(page).to_have_url(re.compile(r"term=overfitting$"))
    page.get_by_role("button", name="Regularisation", exact=True).click()
    expect(page.get_by_role("heading", level=2, name="Regularisation")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=2, name="Overfitting")).to_be_visible()
    assert watch.complaints == []


def test_search_from_a_tool_leads_to_passages_and_on_and_leaves_no_text_in_the_address(app, visit, watch):
    page = visit(app, "/bias-audit")
    box = page.get_by_role("textbox", name="Search all pages")
    box.fill('what is overfitting of a model in training <img src="//127.0.0.1:9/x.png">')
    box.press("Enter")
    expect(page.get_by_text("passages on")).to_be_visible()
    assert "overfitting" not in page.url
    assert page.locator("[data-testid=stMain] img").count() == 0
    page.get_by_role("textbox", name="What are you looking for?").fill("Airbnb")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Open Capabilities").first.click()
    expect(page.get_by_role("heading", level=1, name="Capabilities")).to_be_visible()
    assert "Airbnb" not in page.url
    assert watch.complaints == []


def test_what_is_found_is_opened_at_its_own_part_of_a_page(app, visit):
    page = visit(app, "/resources?view=search")
    page.get_by_role("textbox", name="What are you looking for?").fill("same question, temperature 0 is no guarantee")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("^Open Language models: ")).first.click()
    expect(page.get_by_role("heading", level=1, name="Language models")).to_be_visible()
    expect(page).to_have_url(re.compile("view=(sampling|twice)"))


def test_a_link_that_has_the_focus_shows_it(app, visit):
    page = visit(app, "/resources?view=plan")
    link = page.get_by_role("link", name="Begin now")
    style = "link => getComputedStyle(link).outlineStyle"
    assert link.evaluate(style) == "none"
    page.get_by_role("radio", name="more than 20").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    assert link.evaluate(style) == "solid"


def test_a_plan_has_an_address_that_can_be_shared(app, visit, ready):
    page = visit(app, "/resources?view=plan")
    page.get_by_text("Understand language models", exact=True).click()
    ready(page)
    page.get_by_text("5 h", exact=True).click()
    ready(page)
    expect(page).to_have_url(re.compile("aim=language.*hours=5"))
    told = page.locator(".answer p").first.inner_text()
    other = visit(app, page.url.removeprefix(app.url))
    expect(other.locator(".answer p").first).to_have_text(told)


def test_a_word_is_explained_by_pointing_and_by_key_and_the_switch_ends_it(app, visit, ready):
    page = visit(app, "/landscape")
    term = page.locator(".term").first
    meaning = term.locator("[popover]")
    expect(meaning).to_be_hidden()
    term.hover()
    expect(meaning).to_be_visible()
    page.mouse.move(2, 2)
    expect(meaning).to_be_hidden()
    term.get_by_role("button").press("Enter")
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    page.get_by_test_id("stSidebar").get_by_text("Explain words").click()
    ready(page)
    expect(page.locator(".term")).to_have_count(0)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Language models").click()
    expect(page.get_by_role("heading", level=1, name="Language models")).to_be_visible()
    ready(page)
    expect(page.locator(".term")).to_have_count(0)


@pytest.mark.parametrize("path", VIEWS)
def test_nothing_serious_and_nothing_over_the_edge(app, visit, path):
    page = visit(app, path)
    for look in looks(page):
        assert violations(page) == [], look
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth"), look
