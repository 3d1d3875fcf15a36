"""The view "Which rules" as a person uses it: by keyboard and on a phone, there and back; nothing axe calls serious."""

from playwright.sync_api import expect

from tests.browser.test_accessibility import looks, violations

PEOPLE = "Does what it says or does touch people?"
UNION = "Are any of them in the European Union, or is its output used there?"
AREA = "Is it used in one of the areas below?"


def main(page):
    return page.get_by_test_id("stMain")


def say(page, question, answer):
    """Answer one of the questions by mouse, and wait until it is pressed."""
    button = main(page).get_by_role("radiogroup", name=question).get_by_role("radio", name=answer, exact=True)
    button.click()
    expect(button).to_have_attribute("aria-checked", "true")


def test_the_answer_follows_on_a_phone_and_is_there_after_a_visit_elsewhere(app, visit, watch, ready):
    page = visit(app, "/ethics?view=triage", width=390)
    expect(main(page).get_by_text("Nothing is answered yet")).to_be_visible()
    say(page, PEOPLE, "Yes")
    say(page, "Does it decide about people, or sway a decision about them?", "Yes")
    say(page, UNION, "Yes")
    say(page, AREA, "Yes")
    main(page).get_by_role("button", name="Credit", exact=True).click()
    say(page, "Does it do one of these, or could it easily be made to?", "No")
    expect(main(page).locator(".answer").first).to_contain_text("this points to: high-risk")
    expect(main(page).get_by_role("heading", name="From 2 December 2027")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    main(page).get_by_role("button", name="Go through the questions of the register").click()
    ready(page)
    main(page).get_by_role("radio", name="Which rules", exact=True).click()
    expect(main(page).locator(".answer").first).to_contain_text("this points to: high-risk")
    assert watch.complaints == []


def test_questions_are_answered_by_keyboard(app, visit):
    page = visit(app, "/ethics?view=triage")
    first = main(page).get_by_role("radiogroup", name=PEOPLE).get_by_role("radio").first
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_have_attribute("aria-checked", "true")
    expect(main(page).get_by_role("radiogroup", name="Do children use it, or is it about them?")).to_be_visible()


def test_nothing_serious_once_it_is_filled_in(app, visit):
    page = visit(app, "/ethics?view=triage")
    say(page, PEOPLE, "Yes")
    say(page, UNION, "Yes")
    say(page, AREA, "Not sure")
    expect(main(page).get_by_role("heading", name="What that asks for")).to_be_visible()
    for look in looks(page):
        assert violations(page) == [], look
