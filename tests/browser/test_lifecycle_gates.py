"""The stage-gate board in a browser: a criterion from open to evidenced by keyboard, on a telephone's width."""

import re

from playwright.sync_api import expect

from tests.browser.test_accessibility import violations


def test_a_criterion_is_shown_by_keyboard_on_a_narrow_screen(app, visit):
    page = visit(app, "/lifecycle?view=gates", width=390)
    main = page.get_by_test_id("stMain")
    card = main.get_by_test_id("stExpander").filter(has_text="A plain fix was looked for first")
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    box = card.get_by_role("checkbox", name="This is done")
    expect(box).to_be_visible()
    box.focus()
    page.keyboard.press("Space")
    expect(card.get_by_text("Said to be done, but nothing shows it.")).to_be_visible()
    expect(box).to_be_focused()
    place = card.get_by_role("radio", name="A place to read it")
    place.focus()
    page.keyboard.press("Space")
    field = card.get_by_role("textbox", name="Where it can be read")
    field.fill("Decision paper 4")
    field.press("Enter")
    expect(card.get_by_text("Fresh")).to_be_visible()
    expect(main.get_by_text("1 evidenced, 4 open")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_press_on_a_stage_shows_it_and_the_address_says_so(app, visit, ready):
    page = visit(app, "/lifecycle?view=gates")
    main = page.get_by_test_id("stMain")
    main.get_by_role("button", name="Delivery", exact=True).click()
    expect(main.get_by_role("heading", name="Delivery: not yet")).to_be_visible()
    expect(page).to_have_url(re.compile("stage=delivery"))
    page.reload()
    ready(page)
    expect(main.get_by_role("heading", name="Delivery: not yet")).to_be_visible()


def test_an_audit_s_answer_becomes_evidence_with_its_fingerprint(app, visit):
    page = visit(app, "/bias-audit?sample=loans")
    main = page.get_by_test_id("stMain")
    expect(main.get_by_role("heading", name="What next")).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Lifecycle").click()
    main.get_by_text("Gates", exact=True).click()
    main.get_by_role("button", name="Delivery", exact=True).click()
    card = main.get_by_test_id("stExpander").filter(has_text="Groups of people are treated alike")
    card.locator("summary").click()
    card.get_by_text("A tool or a form here", exact=True).click()
    expect(card.get_by_text("Compared by:")).to_be_visible()
    card.get_by_role("button", name="Take this as evidence").click()
    expect(card.get_by_text("Fingerprint")).to_be_visible()
    expect(main.get_by_text("1 claimed, 5 open").or_(main.get_by_text("1 evidenced, 5 open"))).to_be_visible()


def test_nothing_serious_in_an_open_card(app, visit):
    page = visit(app, "/lifecycle?view=gates", scheme="dark", width=390)
    assert violations(page) == []
    page.get_by_test_id("stMain").get_by_test_id("stExpander").first.locator("summary").click()
    page.get_by_text("This is done", exact=True).wait_for()
    assert violations(page) == []
