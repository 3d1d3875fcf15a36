"""The Model scorer in a real browser: from needs to a decision record in hand; nothing serious for axe."""

import json

import pytest
from playwright.sync_api import expect

from aipm.selection.exports import from_json
from aipm.ui.scorer_texts import scorer_page
from tests.browser.conftest import drawn
from tests.browser.test_accessibility import looks, violations

PATH = "/model-scorer"
TEXT = scorer_page()


def downloaded(page, name):
    drawn(page)  # a press while the page is still at work is not heard
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.path().read_text(encoding="utf-8-sig")


def test_from_needs_to_a_decision_record(app, visit, ready):
    page = visit(app, f"{PATH}?view=model")
    expect(page.locator(".aipm .answer").first).to_be_visible()
    expect(page.locator(".aipm .lead").nth(1)).to_contain_text("of 67 left")
    page.get_by_text(TEXT.groups["volume"].title).click()
    ready(page)
    page.get_by_role("radiogroup", name="How much must it read at once?").get_by_text("Must", exact=True).click()
    ready(page)
    text = downloaded(page, TEXT.export["markdown"])
    assert text.startswith("# Decision record")
    assert "at least" in text
    record = from_json(downloaded(page, TEXT.export["json"]))
    assert record.ranking
    assert json.loads(downloaded(page, TEXT.export["json"]))["kind"] == "model_decision"


@pytest.mark.parametrize("view", ["model", "cost"])
def test_nothing_serious(app, visit, ready, view):
    page = visit(app, f"{PATH}?view={view}")
    expect(page.locator(".aipm .answer").first).to_be_visible()
    ready(page)
    for look in looks(page):
        assert violations(page) == [], look
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look
