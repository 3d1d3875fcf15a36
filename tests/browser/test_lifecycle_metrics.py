"""The metric sheet in a browser on a phone: an error made dearer, the threshold moved by keyboard and taken over."""

import re

from playwright.sync_api import expect

from tests.browser.test_accessibility import violations


def test_from_costs_to_a_threshold_for_the_product(app, visit, ready):
    page = visit(app, "/lifecycle?view=metrics", width=390)
    main = page.get_by_test_id("stMain")
    answer = main.locator(".answer").first
    expect(answer).to_contain_text("Saying yes from a score of 0.486 on costs")
    field = main.get_by_label("A false no costs", exact=True)
    field.fill("20")
    field.press("Tab")
    expect(answer).not_to_contain_text("0.486")
    ready(page)
    use = main.get_by_role("button", name=re.compile(r"^Use 0\.\d+ for the product"))
    before = float(re.search(r"0\.\d+", use.inner_text()).group())
    main.get_by_role("slider").first.press("ArrowRight")
    expect(use).to_contain_text(f"Use {before + 0.001:.3f} for the product")
    ready(page)
    use.press("Enter")
    expect(main).to_contain_text("The product uses this threshold")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_serious_in_the_sheet(app, visit):
    page = visit(app, "/lifecycle?view=metrics", width=390, scheme="dark")
    assert violations(page) == []
