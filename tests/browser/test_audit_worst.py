"""Where is it worst, as a person uses it."""

from playwright.sync_api import expect


def test_a_person_finds_who_fares_worst_and_changes_her_mind(app, visit, ready, watch):
    page = visit(app, "/bias-audit?sample=loans")
    ready(page)
    page.get_by_text("Where is it worst", exact=True).click()
    ready(page)
    expect(page.get_by_text("Worst: of people with sex = female and age = under 25")).to_be_visible()
    rows = page.locator(".aipm .worst [role=row]")
    expect(rows.nth(1)).to_contain_text("127 of 267")
    page.get_by_role("combobox", name="Groups of up to").click()
    page.get_by_role("option", name="one column").click()
    ready(page)
    expect(page.get_by_text("Worst: of people with sex = female who should be selected")).to_be_visible()
    page.get_by_text("Each group in detail").click()
    expect(page.get_by_text("after allowing for all of them").first).to_be_visible()
    assert watch.complaints == []
