"""The audit in depth on the page: one part at a time, nothing serious for axe, and in the report what was looked at."""

import pytest
from lxml import html
from playwright.sync_api import expect

from aipm.fairness.law_texts import law_texts
from aipm.ui.audit_deeper import PARTS
from aipm.ui.audit_texts import audit_page
from tests.browser.test_accessibility import looks, violations

TEXT = audit_page().deeper


def choose(page, part):
    """The part is there as soon as what it is about is said."""
    page.get_by_role("radio", name=TEXT.parts[part], exact=True).or_(
        page.get_by_role("button", name=TEXT.parts[part], exact=True)
    ).click()
    expect(page.get_by_text(TEXT.about[part], exact=True)).to_be_visible()


@pytest.mark.parametrize("part", PARTS)
def test_nothing_serious(app, visit, ready, watch, part):
    page = visit(app, "/bias-audit?sample=loans")
    choose(page, part)
    ready(page)
    for look in looks(page):
        assert violations(page) == [], look
        width = page.viewport_size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, look
    assert watch.complaints == []


def test_the_address_says_which_part_is_open(app, visit, ready):
    page = visit(app, "/bias-audit?sample=loans&deeper=law")
    expect(page.get_by_text(TEXT.about["law"], exact=True)).to_be_visible()
    choose(page, "like")
    page.wait_for_url("**deeper=like**")
    ready(page)
    page.reload()
    expect(page.get_by_text(TEXT.about["like"], exact=True)).to_be_visible()


def titles_of_the_report(page):
    """Its parts, and the text of each."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=audit_page().download["report"], exact=True).click()
    report = html.fromstring(waiting.value.path().read_text(encoding="utf-8"))
    return {each.text_content(): each.getparent().text_content() for each in report.iter("h2")}


def test_the_report_carries_what_was_looked_at_as_it_was_left(app, visit, ready):
    page = visit(app, "/bias-audit?sample=loans")
    before = {*titles_of_the_report(page)}
    choose(page, "scores")
    ready(page)
    choose(page, "worst")
    ready(page)
    page.get_by_role("combobox", name="Groups of up to").click()
    page.get_by_role("option", name="one column", exact=True).click()
    expect(page.get_by_text("Worst: of people with sex = female who should be selected")).to_be_visible()
    ready(page)
    parts = titles_of_the_report(page)
    assert {*parts} - before == {TEXT.parts["scores"], TEXT.parts["worst"]}
    assert "groups of up to one column were looked at" in parts[TEXT.parts["worst"]]


def test_another_question_leaves_what_was_looked_at_before_out_of_the_report(app, visit, ready):
    page = visit(app, "/bias-audit?sample=loans")
    four_fifths = law_texts().four_fifths.title
    choose(page, "law")
    ready(page)
    assert four_fifths in titles_of_the_report(page)
    choose(page, "scores")
    ready(page)
    assert {four_fifths, TEXT.parts["scores"]} <= {*titles_of_the_report(page)}
    page.get_by_role("radio", name=audit_page().roles.favourable_options["negative"], exact=True).click()
    ready(page)
    parts = titles_of_the_report(page)
    assert TEXT.parts["scores"] in parts
    assert four_fifths not in parts


PRESSED = """[data-testid=stButtonGroup] [role] button, [data-testid=stExpander] summary,
    [data-testid=stSelectbox] [role=group], [data-testid=stMultiSelect] [role=group]:has(input),
    [data-testid=stNumberInputContainer], [data-testid=stBaseButton-secondary], [data-testid=stCheckbox] label"""
HEIGHTS = """([pressed, first]) => {
    const all = [...document.querySelectorAll(pressed)];
    const from = all.findIndex((each) => each.textContent.includes(first));
    return all.slice(from).filter((each) => each.checkVisibility())
        .map((each) => [each.textContent, each.getBoundingClientRect().height]);
}"""


@pytest.mark.parametrize("part", PARTS)
def test_a_finger_finds_what_it_presses_on_a_telephone(app, visit, ready, part):
    page = visit(app, f"/bias-audit?sample=loans&deeper={part}")
    page.set_viewport_size({"width": 390, "height": 844})
    ready(page)
    heights = page.evaluate(HEIGHTS, [PRESSED, TEXT.parts["scores"]])
    assert len(heights) > len(PARTS)
    assert [name for name, height in heights if height < 44] == []
