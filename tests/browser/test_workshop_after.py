"""What a workshop leaves behind, in a real browser: every file opened again, and the tools that took something up."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pptx
import pytest
from playwright.sync_api import expect

from aipm.brief.database import Database
from aipm.ui.workshop_after_files import KINDS
from aipm.ui.workshop_after_texts import after_texts
from aipm.workshop.commands import Begin, NextPhase
from tests.browser.conftest import drawn
from tests.browser.test_accessibility import violations
from tests.ui.workshop_made import HOSTILE, whole

TEXT = after_texts()
TOOLS = TEXT.tools


@pytest.fixture(scope="module")
def made(app):
    """A whole workshop in the app's own store, ended early."""
    store = Database(f"sqlite:///{app.temporary.parent / 'data' / 'aipm.sqlite'}")
    yield whole(12, ended=True, store=store)
    store.close()


@pytest.fixture
def after(app, visit, made):
    return visit(app, f"/workshop?room={made.code}&host={made.host}&turn=after")


def press(page, name):
    page.get_by_test_id("stMain").get_by_role("button", name=name).click()
    drawn(page)  # what it does is done


def downloaded(page, kind):
    with page.expect_download() as found:
        press(page, TEXT.files.names[kind])
    assert found.value.suggested_filename.endswith(f"-record{KINDS[kind][0]}")
    return Path(found.value.path()).read_bytes()


def test_every_file_opens_again(after, tmp_path, watch):
    slides = pptx.Presentation(io.BytesIO(downloaded(after, "pptx")))
    assert any("<b>care</b>" in each.text_frame.text for each in slides.slides[0].shapes if each.has_text_frame)
    paper = docx.Document(io.BytesIO(downloaded(after, "docx")))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert {HOSTILE, "Ada", "The data were from another country"} <= set(cells)
    assert downloaded(after, "markdown").decode().startswith("# Claims")
    held = json.loads(downloaded(after, "json"))
    assert (held["kind"], held["people"], len(held["activities"])) == ("aipm-room", 12, 13)
    with zipfile.ZipFile(io.BytesIO(downloaded(after, "csv"))) as archive:
        files = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }
    assert files.keys() == {"answers.csv", "cards.csv", "dots.csv", "checks.csv", "run-sheet.csv"}
    assert [each["dots"] for each in files["dots.csv"]][:3] == ["8", "4", "0"]
    printed = tmp_path / "record.html"
    printed.write_bytes(downloaded(after, "html"))
    page = after.context.new_page()
    page.on("request", lambda sent: watch.left.append(sent.url) if not sent.url.startswith("file:") else None)
    page.goto(printed.as_uri())
    expect(page.get_by_text("Claims & <b>care</b>").first).to_be_visible()
    assert page.locator("img[src^=http], script, link[href^=http]").count() == 0


def test_results_go_into_the_brief_and_the_tools(after):
    assert violations(after) == []
    press(after, TEXT.brief.add_all.format(count=9))
    expect(after.get_by_text(TEXT.brief.all_in)).to_be_visible()
    expect(after).to_have_url(re.compile("brief="))
    for tool in (TOOLS.model_scorer, TOOLS.use_case_mapper, TOOLS.lifecycle, TOOLS.ethics):
        press(after, tool.press)
        expect(after.get_by_role("button", name=tool.press)).to_have_count(0)
    expect(after.get_by_text(TOOLS.done)).to_have_count(4)

    after.get_by_role("link", name=TOOLS.ethics.link).click()
    expect(after.get_by_text("2 of 85 answered")).to_be_visible()  # three of them are the room's own
    after.go_back()
    after.get_by_role("link", name=TOOLS.lifecycle.link).click()
    expect(after.get_by_text("1 claimed, 5 open")).to_be_visible()
    after.go_back()
    after.get_by_role("link", name=TOOLS.use_case_mapper.link).click()
    expect(after.get_by_test_id("stMain").get_by_text("Nobody knows what happened to a claim").first).to_be_visible()
    after.go_back()
    after.get_by_role("link", name=TOOLS.model_scorer.link).click()
    expect(after.get_by_text("Weights of the workshop “Claims & <b>care</b>”.")).to_be_visible()
    press(after, "Undo")
    expect(after.get_by_text("Weights of the workshop")).to_have_count(0)


def test_cards_are_put_together_and_weights_are_tried_on_a_phone(app, visit, made):
    room = whole(3, store=made.store)
    room.lead(Begin(), *[NextPhase()] * 4)
    page = visit(app, f"/workshop?room={room.code}&host={room.host}", width=390)
    expect(page.get_by_text(TEXT.cards.title)).to_be_visible()
    press(page, TEXT.cards.take)
    expect(page.get_by_role("button", name=TEXT.cards.take)).to_have_count(0)
    assert any(each.tag for each in room.seen().activity("pains").cards)
    assert violations(page) == []
    room.lead(*[NextPhase()] * 5)
    expect(page.get_by_text("“Buy a model by the call” stays first.")).to_be_visible()
    slider = page.get_by_role("slider", name="Cost")
    slider.press("End")
    expect(page.get_by_text("takes the first place from")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
