"""The Use-case mapper in a real browser: from typing to a canvas in hand, a journey, an order; also on a phone."""

import csv
import io
import json
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from aipm.mapping.canvas import Canvas
from aipm.mapping.exports import from_json
from aipm.ui.mapper_texts import mapper_page
from tests.browser.conftest import drawn
from tests.browser.test_accessibility import PHONES, looks, violations

PATH = "/use-case-mapper"
BREAD = mapper_page().pain.examples["bread"].text
HOSTILE = (
    "![x](http://127.0.0.1:9/p.png) <img src=x onerror=alert(1)> <script>alert(1)</script> $x$ :smile: tickets wait"
)


def box(page):
    return page.get_by_role("textbox", name="What hurts, and whom?", exact=True)


def mapped(page, text, ready):
    box(page).fill(text)
    page.get_by_role("button", name="See what fits").click()
    expect(page.locator(".aipm .answer").first).to_be_visible()
    ready(page)
    return page


def downloaded(page, name):
    drawn(page)  # a press while the page is still at work is not heard
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.path().read_text(encoding="utf-8-sig")


def test_from_typing_to_a_canvas_in_hand(app, visit, ready, watch):
    page = mapped(visit(app, PATH), BREAD, ready)
    expect(page.locator(".aipm .answer").first).to_contain_text("This calls for regression")
    page.get_by_role("textbox", name="Who hurts", exact=True).fill("Bakers | on *Saturdays*")
    page.get_by_role("button", name="Next: capability").click()
    expect(page.get_by_role("textbox", name="Without AI", exact=True)).not_to_be_empty()
    ready(page)
    text = downloaded(page, "Text (Markdown)")
    assert "# Opportunity canvas" in text
    assert "Bakers \\| on \\*Saturdays\\*" in text
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "Table (CSV)"))))
    assert {row["field"]: row["value"] for row in rows}["who_hurts"] == "Bakers | on *Saturdays*"
    canvas = from_json(downloaded(page, "To open again (JSON)"))
    assert isinstance(canvas, Canvas)
    assert (canvas.pain, canvas.who_hurts, canvas.capability) == (BREAD, "Bakers | on *Saturdays*", "regression")
    assert BREAD[:20] not in page.url
    assert list(parse_qs(urlsplit(page.url).query)) == ["brief"]
    assert watch.complaints == []


def test_what_was_typed_is_there_after_a_visit_to_another_page(app, visit, ready):
    page = mapped(visit(app, PATH), BREAD, ready)
    page.get_by_role("textbox", name="How often", exact=True).fill("Every Saturday")
    page.get_by_role("link", name="All about regression").click(delay=90)
    expect(page.get_by_role("heading", name="Regression", level=2)).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Use-case mapper").click()
    expect(box(page)).to_have_value(BREAD)
    expect(page.get_by_role("textbox", name="How often", exact=True)).to_have_value("Every Saturday")


def test_hostile_text_is_characters_in_every_part_and_calls_nobody(app, visit, ready):
    page = mapped(visit(app, PATH), HOSTILE, ready)
    expect(box(page)).to_have_value(HOSTILE)
    page.get_by_role("button", name="Put it in order with others").click()
    ready(page)
    page.get_by_role("radio", name="A journey").click()
    page.get_by_role("textbox", name="Stages and pains", exact=True).fill(f"<b>Pay</b>\t{HOSTILE}")
    page.get_by_role("button", name="Map these rows").click()
    expect(page.get_by_role("rowheader", name="<b>Pay</b>")).to_be_visible()
    ready(page)
    assert HOSTILE in page.get_by_test_id("stMain").inner_text().replace("\u2060", "")
    page.get_by_role("radio", name="Prioritise").click()
    expect(page.get_by_role("heading", name="The order")).to_be_visible()
    ready(page)
    assert page.locator("[data-testid=stMain] :is(img, script)").count() == 0


def test_a_journey_is_mapped_and_a_pain_of_it_taken_up(app, visit, ready):
    page = visit(app, f"{PATH}?sample=shop")
    expect(page.get_by_text("13 pains over 5 stages")).to_be_visible()
    page.get_by_role("button", name="The voucher field").click()
    expect(box(page)).to_have_value("The voucher field is under the pay button. I saw it when it was too late.")
    ready(page)
    expect(page.get_by_role("heading", name="Opportunity canvas")).to_be_visible()


def test_a_file_of_pains_is_read_and_mapped(app, visit, tmp_path):
    path = tmp_path / "pains.csv"
    path.write_text("Stage;Pain\nPaying;The voucher field is hidden\nWaiting;Nobody knows when it comes\n")
    page = visit(app, f"{PATH}?view=journey")
    page.get_by_role("radio", name="Open a file").click()
    expect(page.get_by_text("A table with a column of stages")).to_be_visible()
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(path)
    expect(page.get_by_text("2 pains over 2 stages")).to_be_visible()
    answers = json.loads(downloaded(page, "To open again (JSON)"))["answers"]
    assert [answer["row"] for answer in answers] == [1, 2]


def test_a_row_that_is_edited_is_mapped_and_stays(app, visit):
    page = visit(app, f"{PATH}?sample=shop")
    page.get_by_text("Edit the rows").click()
    table = page.get_by_test_id("stDataFrame")
    table.locator("canvas").first.focus()
    cell = page.locator("td[role=gridcell]:focus")  # the grid is a picture: it answers once it is drawn
    expect(cell).to_have_attribute("aria-colindex", "1")
    page.keyboard.press("ArrowRight")
    expect(cell).to_have_attribute("aria-colindex", "2")
    page.keyboard.press("Enter")
    page.locator("textarea.gdg-input").fill("Fraud with stolen cards")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Fraud with stolen cards")).to_be_visible()
    page.get_by_role("radio", name="One pain").click()
    expect(box(page)).to_be_visible()
    page.get_by_role("radio", name="A journey").click()
    expect(page.get_by_role("button", name="Fraud with stolen cards")).to_be_visible()


def test_what_is_typed_last_is_kept_whatever_is_pressed_next(app, visit, ready):
    page = visit(app, PATH)
    box(page).fill(BREAD)
    page.get_by_role("radio", name="A journey").click()
    page.get_by_role("textbox", name="Stages and pains", exact=True).fill("Paying\tIt is slow")
    page.get_by_role("radio", name="One pain").click()
    expect(box(page)).to_have_value(BREAD)
    ready(page)
    page.get_by_role("textbox", name="Who hurts", exact=True).fill("Bakers")
    page.get_by_role("radio", name="2. Capability").click()
    expect(page.get_by_role("textbox", name="Without AI", exact=True)).to_be_visible()
    ready(page)
    assert "Bakers" in downloaded(page, "Text (Markdown)")
    page.get_by_role("radio", name="1. Who and outcome").click()
    page.get_by_role("textbox", name="How often", exact=True).fill("On Saturdays")
    page.get_by_role("radio", name="A journey").click()
    expect(page.get_by_role("textbox", name="Stages and pains", exact=True)).to_have_value("Paying\tIt is slow")
    page.get_by_role("radio", name="One pain").click()
    expect(page.get_by_role("textbox", name="How often", exact=True)).to_have_value("On Saturdays")


def test_ranges_by_keyboard_make_an_order(app, visit, ready):
    page = mapped(visit(app, PATH), BREAD, ready)
    page.get_by_role("button", name="Put it in order with others").click()
    expect(page.get_by_text("It stands in the order now")).to_be_visible()
    mapped(page, "The urgent tickets wait while we answer the easy ones", ready)
    page.get_by_role("button", name="Put it in order with others").click()
    expect(page.get_by_text("It stands in the order now")).to_be_visible()
    page.get_by_role("radio", name="Prioritise").click()
    ready(page)  # until then the other view's answer may stand there as well
    expect(page.locator(".aipm .answer")).to_contain_text("No clear first")
    for _ in range(10):
        page.get_by_role("slider").nth(5).press("ArrowLeft")  # the most effort, down to the least
    expect(page.locator(".aipm .answer")).to_contain_text("comes first")


def nothing_serious(page, *wanted):
    for look in looks(page, *wanted):
        assert violations(page) == [], look
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth"), look


def test_nothing_serious_in_a_canvas(app, visit, ready):
    page = visit(app, f"{PATH}?view=pain")
    page.get_by_role("button", name="Slow refunds").click()
    expect(page.get_by_role("heading", name="Would a plain fix do?")).to_be_visible()
    ready(page)
    page.get_by_role("radio", name="5. People and law").click()
    ready(page)
    page.get_by_role("radio", name="Yes", exact=True).first.click()
    expect(page.get_by_text("Check with legal").first).to_be_visible()
    ready(page)
    nothing_serious(page)


def test_nothing_serious_in_the_order_and_in_the_picture_of_a_journey(app, visit, ready):
    page = visit(app, f"{PATH}?sample=shop", width=390)
    page.get_by_role("button", name="Put the clear ones").click()
    expect(page.get_by_role("heading", name="The order")).to_be_visible()
    ready(page)
    nothing_serious(page, *PHONES)
    page.get_by_role("radio", name="A journey").click()
    expect(page.get_by_role("heading", name="The picture")).to_be_visible()
    ready(page)
    nothing_serious(page)


def test_nothing_serious_in_an_empty_order(app, visit):
    nothing_serious(visit(app, f"{PATH}?view=order"))
