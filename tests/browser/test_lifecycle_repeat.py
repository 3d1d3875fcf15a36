"""Varying answers in a browser: by keyboard on a telephone's width; nothing axe calls serious."""

from playwright.sync_api import expect

from tests.browser.test_accessibility import looks, violations


def main(page):
    return page.get_by_test_id("stMain")


def test_answers_sort_and_a_check_is_ticked_by_keyboard_on_a_narrow_screen(app, visit):
    page = visit(app, "/lifecycle?view=repeat", width=390)
    for question, answer in (
        ("Must the same question get the same answer?", "To the letter"),
        ("What does one wrong answer cost?", "Harm, or cannot be undone"),
    ):
        button = main(page).get_by_role("radiogroup", name=question).get_by_role("radio", name=answer)
        button.focus()
        page.keyboard.press("Space")
        expect(button).to_have_attribute("aria-checked", "true")
    expect(main(page).locator(".answer").first).to_contain_text("practices that matter most here are done")
    card = main(page).get_by_test_id("stExpander").filter(has_text="Save what has to be the same")
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    for check in (
        "It is known which answers have to be the same, and for whom",
        "A saved answer has a day on which it is looked at again",
    ):
        done = card.get_by_role("radiogroup", name=check).get_by_role("radio", name="Done")
        done.focus()
        page.keyboard.press("Space")
        expect(done).to_have_attribute("aria-checked", "true")
    expect(main(page).locator(".answer").first).to_contain_text("1 of ")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_lab_opens_as_it_is_meant(app, visit, ready):
    page = visit(app, "/lifecycle?view=repeat")
    card = main(page).get_by_test_id("stExpander").filter(has_text="Let rules check the model")
    card.locator("summary").click()
    card.get_by_role("link", name="See what a missing rule lets through").click()
    ready(page)
    expect(main(page).get_by_role("heading", name="What came back, the commonest first")).to_be_visible()
    expect(main(page).get_by_role("button", name="Names the right item")).to_have_attribute("aria-pressed", "false")


def test_nothing_serious_once_a_practice_is_open(app, visit):
    page = visit(app, "/lifecycle?view=repeat")
    button = main(page).get_by_role("radio", name="The same in meaning")
    button.click()
    expect(button).to_have_attribute("aria-checked", "true")
    card = main(page).get_by_test_id("stExpander").filter(has_text="Set temperature, top-k and top-p")
    card.locator("summary").click()
    expect(card.get_by_text("Checks for your feature")).to_be_visible()
    for look in looks(page):
        assert violations(page) == [], look
