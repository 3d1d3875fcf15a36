"""Laws and rules as a person uses them: choose, read, take the file along."""

import csv
import io

import pytest
from playwright.sync_api import expect

from aipm.fairness.samples import generate

HOSTILE = "=<img src=x onerror=alert(1)> **b**"


def opened(page, ready):
    page.get_by_text("Laws and rules", exact=True).click()
    ready(page)
    return page


def answer(page):
    return page.locator(".aipm .answer").last


@pytest.mark.parametrize("width", [1280, 390])
def test_the_tables_of_new_york_can_be_taken_along(app, visit, ready, width):
    page = opened(visit(app, "/bias-audit?sample=hiring", width=width), ready)
    expect(answer(page)).to_contain_text("lowest impact ratio is 0.70")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="This report (HTML)").click()
    report = waiting.value.path().read_text(encoding="utf-8")
    assert "By race or ethnicity and sex" in report
    assert "to be filled in" in report
    assert "<script" not in report
    with page.expect_download() as waiting:
        page.get_by_role("button", name="These numbers (CSV)").click()
    rows = list(csv.reader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"))))
    assert ["By race or ethnicity", "Borel", "", "900", "189"] in [row[:5] for row in rows]
    assert ["By race or ethnicity", "Farrow", "", "", ""] in [row[:5] for row in rows]  # seven people: not shown
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_another_rule_another_answer_and_the_audits_report_carries_both(app, visit, ready):
    page = opened(visit(app, "/bias-audit?sample=hiring"), ready)
    page.get_by_text("Four-fifths rule", exact=True).first.click()
    ready(page)
    expect(answer(page)).to_contain_text("A four-fifths flag, beyond chance: background = Borel")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Report (HTML)", exact=True).click()
    report = waiting.value.path().read_text(encoding="utf-8")
    assert "The four-fifths rule, and whether chance could explain it" in report
    assert "New York City, Local Law 144: bias audit tables" in report
    assert "AI Act, Article 10: what this data shows" not in report  # nobody looked at it
    assert "--law=nyc" in report
    assert "--law=four-fifths" in report


def test_the_file_can_be_read_on_a_phone(app, visit, ready, browser, tmp_path):
    page = opened(visit(app, "/bias-audit?sample=hiring"), ready)
    for rule in ("New York City, hiring tools", "Four-fifths rule", "AI Act, Article 10"):
        page.get_by_text(rule, exact=True).first.click()
        ready(page)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="This report (HTML)").click()
        path = tmp_path / "report.html"
        waiting.value.save_as(path)
        phone = browser.new_page(viewport={"width": 390, "height": 800})
        phone.goto(path.as_uri())
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
        tallest = phone.evaluate("Math.max(0, ...[...document.querySelectorAll('tr')].map(each => each.offsetHeight))")
        assert tallest < 160  # no column is squeezed to a word a line
        phone.close()


def test_names_in_the_file_are_characters_and_call_nobody(app, visit, ready, tmp_path):
    path = tmp_path / "people.csv"
    rows = (f'{"mf"[k % 2]},"{(HOSTILE, "Aven")[k % 3 == 0]}",{("yes", "no")[k % 5 == 0]}' for k in range(200))
    path.write_text("\n".join(["sex,race,selected", *rows]))
    page = visit(app, "/bias-audit")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    expect(page.get_by_text("Take it with you")).to_be_visible()
    opened(page, ready)
    for rule in ("Four-fifths rule", "AI Act, Article 10"):
        expect(page.get_by_test_id("stMain")).to_contain_text(HOSTILE)
        page.get_by_text(rule, exact=True).first.click()
        ready(page)
    assert page.locator("[data-testid=stMain] img").count() == 0


def test_a_sample_without_such_columns_says_what_is_missing(app, visit, ready, tmp_path):
    path = tmp_path / "triage.csv"
    path.write_bytes(generate("triage"))
    page = visit(app, "/bias-audit")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    expect(page.get_by_text("Take it with you")).to_be_visible()
    opened(page, ready)
    page.get_by_text("New York City, hiring tools", exact=True).first.click()
    ready(page)
    expect(page.get_by_text("Say which column is sex")).to_be_visible()
