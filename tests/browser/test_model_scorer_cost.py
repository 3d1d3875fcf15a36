"""The cost view in a real browser: numbers typed by keyboard, own machines, the bill in hand."""

import csv
import io

from playwright.sync_api import expect

from aipm.selection.assumptions import cost_texts
from aipm.ui.scorer_cost_texts import cost_page
from tests.browser.test_accessibility import violations
from tests.browser.test_model_scorer import PATH, downloaded

TEXT = cost_page()
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SAY = cost_texts().bill


def fill(page, ready, label, value):
    field = page.get_by_label(label, exact=True)
    field.fill(value)
    field.press("Enter")
    ready(page)


def test_from_a_workload_to_a_bill_in_hand(app, visit, ready):
    page = visit(app, f"{PATH}?view=cost", width=390)
    box = page.get_by_label(TEXT.bill.models)
    box.scroll_into_view_if_needed()
    page.evaluate(TWO_FRAMES)  # what scrolls closes the list, and with it goes what was typed
    box.focus()
    box.fill("gpt-oss-120b")
    expect(page.get_by_role("option")).to_have_text("gpt-oss-120b")
    box.press("Enter")
    ready(page)
    fill(page, ready, TEXT.inputs["requests"].label, "1000000")
    page.get_by_text(TEXT.range.title).click()
    fill(page, ready, TEXT.range.ends["high"].format(name=TEXT.inputs["requests"].label), "3000000")
    expect(page.locator(".aipm .answer").first).to_contain_text("between")
    people = page.get_by_label(TEXT.own.inputs["people"].label, exact=True)
    expect(people).to_have_value("")
    expect(page.get_by_text(TEXT.own.open_question).first).to_be_visible()
    fill(page, ready, TEXT.own.inputs["people"].label, "5000")
    expect(page.locator(".aipm .answer").nth(1)).to_contain_text("Today")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    rows = list(csv.DictReader(io.StringIO(downloaded(page, TEXT.export.csv))))
    asked = next(row for row in rows if row["Item"] == "Requests a month")
    assert (asked["Likely"], asked["High"]) == ("1000000", "3000000")
    assert [row["Likely"] for row in rows if row["Item"] == "People and the rest"] == ["5000"]
    assert downloaded(page, TEXT.export.markdown).startswith(f"# {SAY.title}")
