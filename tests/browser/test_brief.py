"""The page Brief in a real browser: kept through a reload and a killed server, shared, taken along, deleted."""

import json
import os
import signal
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import docx
import pptx
import pytest
from playwright.sync_api import expect

from aipm.brief import brief as briefs
from aipm.brief.database import Database
from aipm.brief.json_file import from_json, to_plain
from aipm.brief.settings import FILE
from aipm.brief.store import Briefs
from aipm.governance.hand_on_texts import hand_on_texts
from aipm.governance.product import Product
from aipm.ui.brief_page_texts import brief_page_texts
from tests.brief.made_up import entry, whole
from tests.browser.conftest import ROOT, drawn, fresh, running
from tests.browser.test_accessibility import violations

TEXTS = brief_page_texts()
NOTE = "What we say about “The pain”"
PAIN = "Clerks read every application twice."


@pytest.fixture(scope="module")
def kept(app):
    """Put a whole brief into the store of the app: its token."""
    directory = app.temporary.parent / "data"

    def call():
        database = Database(f"sqlite:///{directory / FILE}")
        try:
            store = Briefs(database)
            token = store.create()
            full = briefs.form(whole(), "product", Product(name="Loan pre-check", purpose="Sorts applications."))
            full = briefs.add(full, entry("bias_audit", title="Stale one", threshold=0.5, versions={"rules": "old"}))
            store.save(token, to_plain(full), client_key="first")
        finally:
            database.close()
        return token

    return call


def main(page):
    return page.get_by_test_id("stMain")


def write(page, label, text):
    field = main(page).get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")
    drawn(page)


def press(page, name):
    main(page).get_by_role("button", name=name).click()
    drawn(page)


def turn(page, name):
    main(page).get_by_role("radio", name=name).click()
    drawn(page)


def says(page, text):
    expect(main(page).get_by_text(text).first).to_be_visible()


def token_of(page):
    return parse_qs(urlsplit(page.url).query)["brief"][0]


def test_what_was_filled_in_elsewhere_stands_here_and_after_a_reload(app, visit, watch):
    page = visit(app, "/ethics?view=hand_on")
    asked = hand_on_texts().product
    main(page).locator("summary", has_text=asked.title).click()
    write(page, asked.fields["name"].label, "Loan pre-check")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Brief").click()
    drawn(page)
    write(page, NOTE, "We asked nine clerks.")
    says(page, "Kept at")
    page.reload()
    drawn(page)
    expect(main(page).get_by_label(NOTE, exact=True)).to_have_value("We asked nine clerks.")
    turn(page, "Take it along")
    with page.expect_download() as download:
        main(page).get_by_role("button", name=TEXTS.take.names["json"]).click()
    assert from_json(Path(download.value.path()).read_bytes()).brief.product.name == "Loan pre-check"
    assert not watch.complaints


def test_a_server_that_was_killed_loses_nothing(browser, tmp_path):
    context = []
    with running(ROOT / "app.py", data=tmp_path / "data") as first:
        page = fresh(browser, viewport={"width": 1280, "height": 900})
        context.append(page.context)
        page.goto(first.url + "/brief")
        drawn(page)
        write(page, NOTE, "Before the fall.")
        says(page, "Kept at")
        token = token_of(page)
        os.kill(first.pid, signal.SIGKILL)
    with running(ROOT / "app.py", data=tmp_path / "data") as second:
        page.goto(f"{second.url}/brief?brief={token}")
        drawn(page)
        expect(main(page).get_by_label(NOTE, exact=True)).to_have_value("Before the fall.")
    for each in context:
        each.close()


def test_another_device_goes_on_and_neither_loses_what_it_wrote(app, visit, kept):
    token = kept()
    one = visit(app, f"/brief?brief={token}")
    other = visit(app, f"/brief?brief={token}", width=390)
    write(one, NOTE, "From the first.")
    write(other, TEXTS.mind.new, "From the second.")
    says(other, "Somebody else saved")
    press(other, TEXTS.state.versions)
    main(other).get_by_role("button", name="Go back to version 2").click()
    drawn(other)
    turn(other, "The story")
    expect(main(other).get_by_label(NOTE, exact=True)).to_have_value("From the first.")


def test_a_link_that_only_reads_cannot_change_anything(app, visit, kept):
    page = visit(app, f"/brief?brief={kept()}&view=share")
    press(page, TEXTS.share.make)
    link = next(each for each in page.get_by_test_id("stCode").all_inner_texts() if "read=" in each).strip()
    reader = visit(app, link.removeprefix(app.url))
    says(reader, PAIN)
    says(reader, "You are reading a brief")
    expect(main(reader).locator("input:not([type=file]), textarea")).to_have_count(0)
    assert "brief=" not in reader.url
    with reader.expect_download() as download:
        main(reader).get_by_role("button", name=TEXTS.take.names["json"]).click()
    said = Path(download.value.path()).read_text(encoding="utf-8")
    assert PAIN in said
    assert link.partition("read=")[2] not in said
    press(page, TEXTS.share.end)
    reader.reload()
    drawn(reader)
    says(reader, TEXTS.read.refused)


def test_deleted_for_good_is_gone_for_everybody(app, visit, kept):
    token = kept()
    page = visit(app, f"/brief?brief={token}&view=share")
    main(page).get_by_test_id("stCheckbox").locator("label").click()
    drawn(page)
    press(page, TEXTS.share.delete_button)
    says(page, TEXTS.share.deleted)
    assert token not in page.url
    other = visit(app, f"/brief?brief={token}")
    says(other, "There is no brief at this address.")


def test_the_way_back_is_not_a_trap(app, visit):
    page = visit(app, "/")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Brief").click()
    drawn(page)
    write(page, NOTE, "Typed.")
    says(page, "Kept at")
    for _ in range(3):
        page.go_back()
        drawn(page)
        if urlsplit(page.url).path == "/":
            break
    assert urlsplit(page.url).path == "/"


def test_every_file_opens_again(app, visit, kept):
    page = visit(app, f"/brief?brief={kept()}&view=take")
    found = {}
    for name, label in TEXTS.take.names.items():
        with page.expect_download() as download:
            main(page).get_by_role("button", name=label, exact=False).click()
        assert download.value.suggested_filename.startswith("Loan-pre-check-brief.")
        found[name] = Path(download.value.path()).read_bytes()
    slides = pptx.Presentation(BytesIO(found["pptx"]))
    assert any(shape.has_chart for slide in slides.slides for shape in slide.shapes)
    assert any(PAIN in each.text for each in docx.Document(BytesIO(found["docx"])).paragraphs)
    assert PAIN in found["html"].decode()
    assert PAIN in found["markdown"].decode()
    assert from_json(found["json"]).brief.of("use_case_mapper.pain").summary == PAIN
    assert token_of(page) not in "".join(found[each].decode() for each in ("html", "markdown", "json"))
    other = visit(app, "/brief?view=take")
    other.locator("input[type=file]").set_input_files(
        {"name": "aipm-brief.json", "mimeType": "application/json", "buffer": found["json"]}
    )
    says(other, "The file was opened")
    turn(other, "The story")
    says(other, PAIN)
    assert json.loads(found["json"])["kind"] == "aipm-brief"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_nothing_serious(app, visit, kept, scheme, width):
    token = kept()
    page = visit(app, f"/brief?brief={token}", scheme=scheme, width=width)
    says(page, PAIN)
    assert violations(page) == []
    for view in ("Take it along", "Versions", "Share and delete"):
        turn(page, view)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for path in ("/brief", "/brief?example=yes"):
        assert violations(visit(app, path, scheme=scheme, width=width)) == []
