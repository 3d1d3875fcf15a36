"""Like with like as a person uses it: choose a column, say why it may count, see what remains."""

from playwright.sync_api import expect


def opened(app, visit, ready):
    page = visit(app, "/bias-audit?sample=loans")
    expect(page.locator(".aipm .answer").first).to_be_visible()
    page.get_by_test_id("stMain").get_by_text("Like with like", exact=True).click()
    ready(page)
    return page


def test_people_of_like_amounts_are_compared(app, visit, ready, watch):
    page = opened(app, visit, ready)
    page.get_by_role("combobox", name="Compare people who are alike in").click()
    page.get_by_role("option", name="amount").click()
    picture = page.locator(".aipm .like")
    expect(picture).to_contain_text("Taken together")
    expect(picture).to_contain_text("12000 or more")
    ready(page)
    page.get_by_text("False positive rate", exact=True).last.click()
    ready(page)
    expect(page.locator(".like-key")).to_be_visible()
    assert watch.complaints == []


def test_berkeley_s_departments_disagree(app, visit, ready, watch):
    page = opened(app, visit, ready)
    page.get_by_text("See it on Berkeley's admissions of 1973").click()
    picture = page.locator(".aipm .like")
    expect(picture).to_contain_text("82.4%")
    expect(page.get_by_text("not given: parts disagree")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    ready(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watch.complaints == []
