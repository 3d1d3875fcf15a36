"""The Model scorer in a real browser: pieces of a bar, sources by keyboard, a record taken along and opened again."""

import json
import re

from playwright.sync_api import expect

from aipm.ui.capabilities_texts import page_texts
from aipm.ui.mapper_texts import mapper_page
from aipm.ui.scorer_texts import scorer_page
from tests.browser.conftest import listening

PATH = "/model-scorer?view=model"
TEXT = scorer_page()


def test_a_piece_is_pressed_and_its_source_stands_below(app, visit, ready, watch):
    page = visit(app, PATH)
    pieces = page.locator(".bars .point path")
    listening(page.locator(".js-plotly-plot", has=pieces))
    pieces.nth(2).click(force=True)
    ready(page)
    row = page.locator("tr[aria-current=true]")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("%")
    box = page.get_by_role("combobox", name=TEXT.bars["model"])
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    ready(page)
    expect(row).to_have_count(0)
    assert watch.complaints == []


def test_sources_open_by_keyboard_and_link_away_safely(app, visit):
    page = visit(app, PATH, width=390)
    card = page.locator(".facts-of details").first
    expect(page.locator(".known")).to_be_hidden()
    expect(card.locator(".plain")).to_be_visible()
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    link = card.get_by_role("link").first
    expect(link).to_be_visible()
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_record_is_opened_again_and_undone(app, visit, ready, tmp_path):
    page = visit(app, f"{PATH}&prefer=output,cost")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=TEXT.export["json"]).click()
    saved = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert saved["record"]["asked"]["needs"]["order"] == ["output", "cost"]
    for line in saved["record"]["cost"]:
        line["value"] = str(float(line["value"]) * 2)
    file = tmp_path / "record.json"
    file.write_text(json.dumps(saved), encoding="utf-8")

    later = visit(app, PATH)
    later.get_by_text(TEXT.reopen["title"]).click()
    later.get_by_test_id("stFileUploaderDropzoneInput").last.set_input_files(file)
    expect(later.get_by_role("heading", name=TEXT.since["title"])).to_be_visible()
    ready(later)
    expect(later).to_have_url(re.compile("prefer=output%2Ccost"))
    expect(later.locator("ul.notes", has_text="(−50%)")).to_have_count(1)
    later.get_by_role("button", name=TEXT.taken["undo"], exact=True).click()
    expect(later.get_by_role("heading", name=TEXT.since["title"])).to_have_count(0)
    ready(later)
    expect(later).not_to_have_url(re.compile("prefer"))


def test_from_a_capability_to_the_scorer_and_back_to_what_was(app, visit, ready):
    page = visit(app, "/capabilities?capability=creation")
    page.get_by_role("link", name=page_texts().next["models_for"]).click()
    expect(page.get_by_text("Prefilled from Capabilities")).to_be_visible()
    ready(page)
    assert "from=" not in page.url
    expect(page.get_by_role("link", name=TEXT.taken["change"])).to_be_visible()
    page.get_by_role("button", name=TEXT.taken["undo"], exact=True).click()
    expect(page.get_by_text("Prefilled from Capabilities")).to_have_count(0)


def test_from_a_pain_through_the_mapper_to_the_scorer(app, visit, ready):
    page = visit(app, "/use-case-mapper")
    page.get_by_test_id("stMain").get_by_role("textbox").first.fill(
        "Ana sorts four hundred complaints a week by hand into the right folder."
    )
    page.keyboard.press("Control+Enter")
    ready(page)
    page.get_by_role("link", name=mapper_page().next["model"]).click()
    expect(page.get_by_text("Prefilled from Use-case mapper")).to_contain_text("Ana sorts four hundred complaints")
    ready(page)
    assert "Ana" not in page.url
    assert "capability=" in page.url
