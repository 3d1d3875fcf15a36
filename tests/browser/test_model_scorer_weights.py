"""Weighing on the Model scorer in a real browser: a slider by keyboard, people from a file, nothing serious for axe."""

import re

from playwright.sync_api import expect

from aipm.ui.scorer_texts import scorer_page
from tests.browser.test_accessibility import looks, violations

PATH = "/model-scorer?view=model"
SAID = scorer_page().weights


def weighing(page, ready):
    page.get_by_text(SAID.title, exact=True).click()
    ready(page)
    return page.locator("[data-testid=stExpander]", has_text=SAID.title).first


def by(box, page, ready, way):
    box.get_by_role("radio", name=SAID.ways[way].name, exact=True).click()
    ready(page)


def counts(box, name):
    return box.locator("ul.weights li", has_text=name).locator(".number")


def test_a_slider_moves_by_keyboard_and_the_answer_says_where_the_weights_come_from(app, visit, ready):
    page = visit(app, PATH)
    box = weighing(page, ready)
    by(box, page, ready, "sliders")
    expect(counts(box, "Cost")).to_have_text("61.0%")
    slider = box.get_by_role("slider", name="Cost")
    slider.focus()
    for _ in range(5):
        slider.press("ArrowRight")
    ready(page)
    expect(counts(box, "Cost")).to_have_text("62.9%")  # 66 of 105
    expect(page.locator(".aipm ul.notes").filter(has_text=SAID.ways["sliders"].sentence)).to_be_visible()


def test_people_come_from_a_file_and_a_bad_one_changes_nothing(app, visit, ready):
    page = visit(app, PATH)
    box = weighing(page, ready)
    by(box, page, ready, "group")
    box.get_by_role("button", name=SAID.people.several).click()
    head = "person,Cost,How much it can read,How much it can write"
    give(page, ready, f"{head}\nAda,3,0,1\n<b>Bo</b>,1,2,1\n")
    expect(counts(box, "Cost")).to_have_text("50.0%")
    expect(box.get_by_text(re.compile("^<b>Bo</b> would pick|^Everybody would pick"))).to_be_visible()
    give(page, ready, f"{head}\nAda,3,0,x\nBo,1,2,1\n")
    expect(box.get_by_role("alert")).to_contain_text("Row 1, column “How much it can write”")
    expect(counts(box, "Cost")).to_have_text("50.0%")


def give(page, ready, text):
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label(re.compile("^A file with a row a person")).locator("input").or_(
        page.locator("[data-testid=stPopoverBody] [data-testid=stFileUploaderDropzoneInput]")
    ).first.set_input_files(file)
    ready(page)


def test_nothing_serious(app, visit, ready):
    page = visit(app, PATH)
    box = weighing(page, ready)
    page.get_by_text(scorer_page().methods.title).click()
    for way in ("sliders", "swing", "pairs", "data", "group"):
        by(box, page, ready, way)
        for look in looks(page):
            assert violations(page) == [], (way, look)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (way, look)
