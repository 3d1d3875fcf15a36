"""Own candidates in a real browser: typed into the table by keyboard, brought by a file, in the record taken along."""

import csv
import io

from playwright.sync_api import expect

from aipm.content.visible import visible
from aipm.selection.families import ANSWERS, approach_texts
from aipm.selection.own import own_texts
from aipm.ui.scorer_approach_state import NAMES
from aipm.ui.scorer_approach_texts import page_texts
from aipm.ui.scorer_texts import scorer_page
from tests.browser.test_accessibility import SETTLED, violations
from tests.browser.test_model_scorer import PATH, downloaded

TEXT = scorer_page()
OWN = TEXT.own
FILE = b"""Name,USD per 1M tokens in,USD per 1M tokens out,Context window,Max output,Use for business
Ours,0.1,0.4,128k,4k,yes
"""


def opened(visit, app, ready, way, **look):
    page = visit(app, f"{PATH}?view=model", **look)
    section = page.get_by_text(OWN.title, exact=True)
    section.click()
    ready(page)
    by(page, ready, way)
    return page


def by(page, ready, way):
    page.get_by_role("radiogroup", name=OWN.way).get_by_text(OWN.ways[way], exact=True).click()
    ready(page)


def test_a_file_s_candidate_is_ranked_changed_by_keyboard_and_recorded(app, visit, ready):
    page = opened(visit, app, ready, "upload")
    heads = next(csv.reader(io.StringIO(downloaded(page, OWN.template))))
    assert heads[0] == own_texts().name
    assert len(heads) == 1 + len(own_texts().fields)
    page.locator("[data-testid=stFileUploaderDropzoneInput]").first.set_input_files(
        files=[{"name": "ours.csv", "mimeType": "text/csv", "buffer": FILE}]
    )
    expect(page.get_by_text(OWN.takes_part.format(name="Ours"))).to_be_visible()
    expect(page.get_by_text("of 68 left")).to_be_visible()
    ready(page)
    by(page, ready, "table")
    page.locator("[data-testid=stDataFrame] canvas").first.focus()
    expect(page.locator("td[role=gridcell]:focus")).to_have_text("Ours")
    page.keyboard.press("ArrowRight")  # to the first price of the own candidate
    expect(page.locator("td[role=gridcell]:focus")).to_have_text("0.1")
    page.keyboard.press("Enter")
    editor = page.locator("#portal input:focus")
    expect(editor).to_be_visible()
    page.keyboard.press("ControlOrMeta+A")
    editor.press_sequentially("0.7", delay=30)
    expect(editor).to_have_value("0.7")
    editor.press("Enter")
    expect(editor).to_have_count(0)
    expect(page.get_by_role("button", name=OWN.undo.format(what=OWN.did_table))).to_be_visible()
    ready(page)
    record = downloaded(page, TEXT.export["markdown"])
    assert "“Ours” is your own entry" in record
    assert "USD per 1M tokens in: 0.7" in record


def test_nothing_serious(app, visit, ready):
    first, *others = OWN.ways
    page = opened(visit, app, ready, first, scheme="dark", width=390)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for way in others:
        by(page, ready, way)
        assert violations(page) == [], way
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), way


def test_questions_in_pairs_keep_their_order_on_a_narrow_screen(app, visit, ready):
    page = visit(app, f"{PATH}?view=approach", width=390)
    page.get_by_text(page_texts().questions.more, exact=True).click()
    ready(page)
    asked = [visible(approach_texts().questions[name].question) for name in ANSWERS if name not in NAMES]
    expect(page.get_by_text(asked[-1], exact=True).first).to_be_visible()
    page.evaluate(SETTLED)
    heights = [page.get_by_text(question, exact=True).first.bounding_box()["y"] for question in asked]
    assert heights == sorted(heights)
