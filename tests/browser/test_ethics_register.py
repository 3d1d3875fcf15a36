"""The register in a real browser, on a phone's width: answer, risk, task, number in the matrix, and the way back."""

from playwright.sync_api import expect

from aipm.governance.question_bank import bank
from aipm.governance.risk_texts import register_texts
from tests.browser.test_accessibility import PHONES, looks, violations

TEXTS = register_texts()
QUESTION = "bia_audit"
PATH = f"/ethics?view=register&question={QUESTION}"


def main(page):
    return page.get_by_test_id("stMain")


def pick(page, name):
    main(page).get_by_role("radio", name=name, exact=True).first.click()


def test_a_no_becomes_a_risk_that_is_found_again_by_its_number(app, visit, ready):
    page = visit(app, PATH, width=390)
    here = main(page)
    pick(page, "No")
    expect(here.get_by_text(TEXTS.item.risk_title, exact=True)).to_be_visible()
    who = here.get_by_label(TEXTS.item.who)
    expect(who).to_have_value(bank().questions[QUESTION].who)
    who.fill("Applicants <b>under 25</b>")
    who.press("Tab")
    owner = here.get_by_label(TEXTS.item.owner, exact=True)
    owner.fill("Ines Moreau")
    owner.press("Tab")
    reviewer = here.get_by_label(TEXTS.item.reviewer, exact=True)
    reviewer.fill("ines moreau")
    reviewer.press("Tab")
    expect(here.get_by_text(TEXTS.problems["own_reviewer"])).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    pick(page, TEXTS.parts["risks"])
    cell = TEXTS.risks.cell.format(severity=4, likelihood=3, count="").rstrip(": ")
    here.get_by_role("radio", name=cell).click()
    here.locator(".st-key-ethics-register-cell-0 button").click()
    expect(here.get_by_label(TEXTS.item.who)).to_have_value("Applicants <b>under 25</b>")
    ready(page)


def test_by_keyboard_and_what_is_chosen_stays_while_one_answers(app, visit, ready):
    page = visit(app, "/ethics?view=register&mode=list")
    here = main(page)
    row = here.locator(".st-key-ethics-register-row-0 button")
    row.focus()
    page.keyboard.press("Enter")
    answers = here.get_by_role("radiogroup", name=TEXTS.item.answer)
    expect(answers).to_be_visible()
    answers.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    expect(here.get_by_text(TEXTS.problems["no_evidence"])).to_be_visible()
    claimed = here.get_by_role("radio", name=f"{TEXTS.states['claimed']} 1")
    claimed.click()
    expect(claimed).to_be_checked()
    expect(here.get_by_text(TEXTS.work.count_one, exact=True)).to_be_visible()
    row.click()
    answers.get_by_role("radio").nth(2).click()
    expect(here.get_by_text(TEXTS.item.unsure_note)).to_be_visible()  # it no longer is a claim, and does not vanish
    ready(page)


def test_the_view_has_no_serious_fault(app, visit, ready):
    page = visit(app, PATH, width=390)
    for look in looks(page, *PHONES):
        assert violations(page) == [], look
    pick(page, "No")
    expect(main(page).get_by_text(TEXTS.item.risk_title, exact=True)).to_be_visible()
    ready(page)
    for look in looks(page, *PHONES):
        assert violations(page) == [], look
    for part in ("risks", "tasks", "out"):
        pick(page, TEXTS.parts[part])
        ready(page)
        for look in looks(page, *PHONES):
            assert violations(page) == [], (part, look)
