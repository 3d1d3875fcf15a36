"""Collect, Format and Guard in a real browser: work that is stopped, a split, codes with a secret, axe on all of it."""

import random

from playwright.sync_api import expect

from aipm.ui.prep_panel_texts import collect_texts, format_texts, guard_page_texts
from tests.browser.test_accessibility import looks, violations

CURVE, ERRORS, SPLIT = collect_texts().curve, format_texts().errors, format_texts().split
PERSONAL, SECRET, CROWD = guard_page_texts().personal, guard_page_texts().secret, guard_page_texts().crowd


def press(page, ready, label):
    page.get_by_role("button", name=label).first.click()
    ready(page)


def to(page, ready, step):
    page.get_by_test_id("stButtonGroup").get_by_text(step).first.click()
    ready(page)


def large():
    """Rows enough for a curve that takes some seconds."""
    draw = random.Random(5)
    numbers = (",".join(f"{draw.gauss(0, 1):.4f}" for _ in range(8)) for _ in range(20_000))
    rows = "".join(f"{row},{draw.choice(['yes', 'no'])}\n" for row in numbers)
    return f"a,b,c,d,e,f,g,h,y\n{rows}".encode()


def test_the_curve_is_stopped_between_two_sizes_and_says_so(app, visit, ready):
    page = visit(app, "/data-prep?step=collect")
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
        {"name": "large.csv", "mimeType": "text/csv", "buffer": large()}
    )
    expect(page.get_by_text("20,000 rows").first).to_be_visible()
    ready(page)
    page.get_by_role("combobox", name="Column to predict").click()
    page.get_by_role("option", name="y", exact=True).click()
    ready(page)
    page.get_by_role("button", name=CURVE.start).click()
    page.get_by_role("button", name=CURVE.stop).dispatch_event("click")  # at once, while it is at work
    expect(page.get_by_text("Stopped after")).to_be_visible()
    expect(page.get_by_role("button", name=CURVE.again)).to_be_visible()


def test_nothing_serious_while_the_three_steps_are_worked_through(app, visit, ready):
    page = visit(app, "/data-prep?sample=customers&step=collect")
    page.get_by_text("Your own", exact=True).click()
    ready(page)
    press(page, ready, CURVE.start)
    expect(page.get_by_text(CURVE.limits)).to_be_visible()
    ready(page)
    for look in looks(page):
        assert violations(page) == [], look

    to(page, ready, "Format")
    press(page, ready, SPLIT.add)
    press(page, ready, ERRORS.start)
    expect(page.get_by_text(ERRORS.look)).to_be_visible()
    ready(page)
    for look in looks(page):
        assert violations(page) == [], look
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look

    to(page, ready, "Guard")
    press(page, ready, PERSONAL.ways["hash_text"])
    press(page, ready, SECRET.make)
    expect(page.get_by_text(SECRET.made)).to_be_visible()
    press(page, ready, CROWD.find)
    press(page, ready, CROWD.accept)
    expect(page.get_by_text("Everybody shares these values")).to_be_visible()
    for look in looks(page):
        assert violations(page) == [], look
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look


def test_this_file_goes_along_to_the_bias_audit(app, visit, ready):
    page = visit(app, "/data-prep?sample=customers&step=collect")
    press(page, ready, collect_texts().enough.to_audit)
    expect(page).to_have_url(f"{app.url}/bias-audit")
    expect(page.get_by_text("2,024 rows").first).to_be_visible()
