"""Feedback and drift as a person uses them: by keyboard, on a phone; the files; nothing serious for axe."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import looks, violations

VIEWS = ("", "&part=drift", "&part=drift&guess_drift=16&selective=yes&explored=0.05")


def test_a_plan_on_a_phone(app, visit, ready, watch):
    page = visit(app, "/lifecycle?view=feedback", width=390)
    main = page.get_by_test_id("stMain")
    drop = main.get_by_role("spinbutton", name="Drop to be seen, in points")
    drop.fill("2")
    drop.press("Enter")
    expect(main.locator(".answer").first).to_contain_text("from 90% to 88%")
    main.get_by_text("Add a signal", exact=True).click()
    main.get_by_role("button", name="Sample checked by hand").click()
    ready(page)
    owner = main.get_by_role("textbox", name="Who looks at it")
    owner.fill("Wei Chen")
    owner.press("Enter")
    expect(main.get_by_text("Drawn by lot, it speaks for all uses")).to_be_visible()
    expect(main.locator("ul.found").last).to_contain_text("Wei Chen, first on")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "Wei" not in page.url
    assert watch.complaints == []


def test_the_calendar_can_be_taken_along(app, visit):
    page = visit(app, "/lifecycle?view=feedback")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Calendar file").click()
    text = waiting.value.path().read_text(encoding="utf-8")
    assert waiting.value.suggested_filename == "product-feedback-plan.ics"
    assert text.startswith("BEGIN:VCALENDAR")
    assert text.count("BEGIN:VEVENT") == 2


def test_the_simulator_by_keyboard(app, visit, ready):
    page = visit(app, "/lifecycle?view=feedback&part=drift")
    page.get_by_role("radio", name="Weeks 19 to 26").focus()
    page.keyboard.press("Enter")
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("Two teams, the same applicants")).to_be_visible()
    ready(page)
    before = main.locator(".answer").last.inner_text()
    page.get_by_role("slider", name="Weeks until the truth is known").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("delay=13"))
    expect(main.locator(".answer").last).not_to_have_text(before)


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_serious(app, visit, view):
    page = visit(app, f"/lifecycle?view=feedback{view}")
    for look in looks(page):
        assert violations(page) == [], look
