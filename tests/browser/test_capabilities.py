"""The Capabilities page as a person uses it: look up, compare, browse, search, play, and go on to the mapper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import looks, violations

VIEWS = (
    "/capabilities",
    "/capabilities?capability=classification",
    "/capabilities?capability=none",
    "/capabilities?view=compare&capability=rankings&other=creation",
    "/capabilities?view=cases&capability=anomalies",
    "/capabilities?view=find",
    "/capabilities?view=quiz",
)


def heading(page, name):
    return page.get_by_role("heading", level=2, name=name, exact=True)


def test_the_cheat_sheet_is_on_one_screen(app, visit, watch):
    page = visit(app, "/capabilities")
    last = page.get_by_role("button", name="May not need AI")
    expect(last).to_be_in_viewport(ratio=1)
    assert watch.complaints == []


def test_an_entry_has_an_address_that_can_be_gone_back_from_and_shared(app, visit, ready):
    page = visit(app, "/capabilities")
    page.get_by_role("button", name="Rankings", exact=True).click()
    expect(heading(page, "Rankings")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?capability=rankings$"))
    page.get_by_role("button", name="Compare with Regression").click()
    expect(heading(page, "Two side by side")).to_be_visible()
    ready(page)
    address = page.url
    page.go_back()
    expect(heading(page, "Rankings")).to_be_visible()
    other = visit(app, address.removeprefix(app.url))
    expect(other.get_by_role("columnheader", name="Regression")).to_be_visible()


def test_links_to_cases_open_elsewhere_and_nothing_is_asked_of_them_before(app, visit):
    page = visit(app, "/capabilities?view=cases&capability=clustering")
    links = page.locator(".cases a")
    expect(links.first).to_be_visible()
    for link in links.all():
        assert link.get_attribute("target") == "_blank"
        assert "noopener" in link.get_attribute("rel")
        assert link.get_attribute("href").startswith("https://")
    # `visit` fails the test if a request left for another host


def test_filters_narrow_the_cases_and_say_so_in_the_address(app, visit, ready):
    page = visit(app, "/capabilities?view=cases")
    page.get_by_role("combobox", name="Industry").click()
    page.get_by_role("option", name="Travel and hospitality").click()
    ready(page)
    expect(page).to_have_url(re.compile("industry=travel"))
    expect(page.locator(".cases li").first).to_contain_text("Travel and hospitality")


def test_a_search_is_answered_and_its_text_goes_along_to_the_mapper(app, visit, watch):
    page = visit(app, "/capabilities?view=find")
    box = page.get_by_role("textbox", name="Describe it in a sentence")
    box.fill('Stolen cards <img src="http://127.0.0.1:9/x.png"> ![y](http://127.0.0.1:9/y.png)')
    box.press("Enter")
    expect(page.locator(".cases li").first).to_be_visible()
    assert "Stolen" not in page.url
    assert page.locator("[data-testid=stMain] img").count() == 0
    page.get_by_role("button", name="Map what you typed").click()
    expect(page.get_by_role("heading", level=1, name="Use-case mapper")).to_be_visible()
    assert "Stolen" not in page.url
    page.get_by_test_id("stSidebar").get_by_role("link", name="Capabilities").click()
    page.get_by_text("Find what others did", exact=True).click()
    expect(box).to_have_value(re.compile("Stolen cards"))
    assert watch.complaints == []


def test_a_round_of_the_quiz_by_keyboard_ends_with_a_comparison(app, visit, ready):
    page = visit(app, "/capabilities?view=quiz")
    for place in range(8):
        expect(page.get_by_text(f"{place + 1} of 8", exact=True)).to_be_visible()
        page.get_by_role("radio", name="Recommendations").focus()
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        expect(page.get_by_role("radio", name="Clustering")).to_be_focused()
        page.keyboard.press("Enter")
        ready(page)
        expect(page.get_by_role("status").filter(has_text=re.compile("Right|Not quite"))).to_be_visible()
        page.get_by_role("button", name="See how you did" if place == 7 else "Next statement").press("Enter")
        ready(page)
    expect(page.get_by_text("What was mixed up")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Compare .*Clustering")).first.click()
    expect(heading(page, "Two side by side")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Clustering")).to_be_visible()


@pytest.mark.parametrize("path", VIEWS)
def test_nothing_serious_and_nothing_over_the_edge(app, visit, path):
    page = visit(app, path)
    for look in looks(page):
        assert violations(page) == [], look
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth"), look
