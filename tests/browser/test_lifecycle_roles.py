"""Who does what in a browser: a team, a fault and its mending by keyboard on a telephone's width; nothing serious."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import looks, violations


def main(page):
    return page.get_by_test_id("stMain")


def start(page, name="Product team, 6 people"):
    button = main(page).get_by_role("button", name=name)
    button.focus()
    page.keyboard.press("Enter")
    expect(main(page).get_by_role("heading", name="The twelve activities")).to_be_visible()


def test_a_part_is_changed_in_its_card_and_mended_by_keyboard_on_a_narrow_screen(app, visit):
    page = visit(app, "/lifecycle?view=roles", width=390)
    start(page)
    answer = main(page).locator(".answer").first
    expect(answer).to_contain_text("All 12 activities")
    card = main(page).get_by_test_id("stExpander").filter(has_text="Release")
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    second = card.get_by_role("toolbar", name="Accountable: Who answers for it?").get_by_role("button", name="Designer")
    second.focus()
    page.keyboard.press("Space")
    expect(answer).to_contain_text("1 to mend. First: Release")
    mend = main(page).get_by_role("button", name="Keep Product manager")
    mend.focus()
    page.keyboard.press("Enter")
    expect(answer).to_contain_text("All 12 activities")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_was_set_is_there_after_a_visit_elsewhere(app, visit):
    page = visit(app, "/lifecycle?view=roles&show=person")
    start(page)
    part = main(page).get_by_role("toolbar", name="Release").get_by_role("button", name="Responsible")
    part.click()
    expect(part).to_have_attribute("aria-pressed", "true")
    main(page).get_by_role("radio", name="The roles", exact=True).click()
    expect(main(page).get_by_role("heading", name="Data scientist")).to_be_visible()
    main(page).get_by_role("radio", name="Your team", exact=True).click()
    expect(part).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("show", ["activity", "person", "grid"])
def test_nothing_serious_in_any_way_of_looking_at_the_team(app, visit, show):
    page = visit(app, f"/lifecycle?view=roles&show={show}")
    start(page, "Start-up, 3 people")
    for look in looks(page):
        assert violations(page) == [], look


def test_nothing_serious_in_two_roles_side_by_side(app, visit):
    page = visit(app, "/lifecycle?view=roles&part=roles&with=ml_engineer")
    expect(main(page).get_by_role("heading", name="ML engineer")).to_be_visible()
    for look in looks(page):
        assert violations(page) == [], look
