"""The view "What goes wrong" as a person uses it: a guess, the picture, entries that have an address."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import looks, violations


def main(page):
    return page.get_by_test_id("stMain")


def test_a_guess_on_a_phone_then_the_picture_and_another_entry(app, visit, watch):
    page = visit(app, "/ethics", width=390)
    main(page).get_by_role("radio", name="About 20").click()
    expect(main(page).get_by_text("Not quite.")).to_be_visible()
    expect(main(page).locator(".error-bars").get_by_text("34.7")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    main(page).get_by_role("radio", name="Privacy", exact=True).nth(1).click()
    expect(main(page).get_by_role("heading", name="GoodRx")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]entry=privacy"))
    assert watch.complaints == []


@pytest.mark.parametrize("path", ["/ethics", "/ethics?entry=biases"])
def test_nothing_serious(app, visit, path):
    page = visit(app, path)
    skip = main(page).get_by_role("button", name="Show me without a guess")
    if "entry" not in path:
        skip.click()
        expect(main(page).locator(".error-bars")).to_be_visible()
    for look in looks(page):
        assert violations(page) == [], look
