"""The A/B planner in a browser on a phone: a smaller difference needs more people, and what came is read."""

from playwright.sync_api import expect

from tests.browser.test_accessibility import violations


def test_from_a_difference_to_a_verdict(app, visit, ready):
    page = visit(app, "/lifecycle?view=test", width=390)
    main = page.get_by_test_id("stMain")
    answer = main.locator(".answer").first
    expect(answer).to_contain_text("You need 3,841 users")
    field = main.get_by_label("Smallest difference that matters, in points", exact=True)
    field.fill("1")
    field.press("Tab")
    expect(answer).to_contain_text("You need 14,751 users")
    ready(page)
    for label, place, value in (
        ("Users measured", 0, "14800"),
        ("Of these, yes", 0, "1480"),
        ("Users measured", 1, "14750"),
        ("Of these, yes", 1, "1720"),
    ):
        field = main.get_by_label(label, exact=True).nth(place)
        field.fill(value)
        field.press("Tab")
        ready(page)
    expect(main).to_contain_text("Ship it, if the guardrail holds.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_serious_in_the_planner(app, visit):
    page = visit(app, "/lifecycle?view=test", width=390, scheme="dark")
    assert violations(page) == []
