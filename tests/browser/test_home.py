"""Home in a real browser: what is said, where links lead, that it works by keyboard and on a phone."""

import re

import pytest
from playwright.sync_api import expect


def test_home_says_what_the_product_decides_and_links_to_what_there_is(app, visit, watch):
    page = visit(app)
    expect(page).to_have_title("Home · AIPM")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("heading", name="Start here")).to_be_visible()
    links = page.get_by_test_id("stMain").get_by_test_id("stPageLink-NavLink")
    assert links.count() >= 4
    assert watch.complaints == []


def test_a_sample_is_one_click_away(app, visit):
    page = visit(app)
    page.get_by_role("link", name="Look at a worked example").click()
    expect(page).to_have_url(re.compile(r"/bias-audit\?sample=loans$"))
    expect(page.get_by_role("heading", level=1, name="Bias audit")).to_be_visible()


def test_an_unknown_address_leads_home(app, visit):
    page = visit(app, "/no-such-page")
    expect(page.get_by_role("heading", name="Start here")).to_be_visible()


def test_the_sidebar_leads_to_another_page_by_keyboard_alone(app, visit):
    page = visit(app)
    link = page.get_by_test_id("stSidebar").get_by_role("link", name="Bias audit")
    for _ in range(20):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Bias audit")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/bias-audit?sample=loans"])
def test_on_a_phone_nothing_runs_over_the_edge_and_the_sidebar_opens(app, visit, path):
    page = visit(app, path, width=390)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth")
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar).to_have_attribute("data-collapsed", "true")
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(sidebar).to_have_attribute("data-collapsed", "false")
    sidebar.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Start here")).to_be_visible()
