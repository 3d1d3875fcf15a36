"""Who is affected, Privacy, Notice, When it goes wrong: filled in by hand and by keyboard on a narrow screen."""

import pytest
from playwright.sync_api import expect

from aipm.governance.forms import from_json
from tests.browser.test_accessibility import looks, violations

VIEWS = (
    "/ethics?view=people",
    "/ethics?view=privacy",
    "/ethics?view=privacy&part=dpia",
    "/ethics?view=notice&step=law",
    "/ethics?view=incident&step=tell",
    "/ethics?view=incident&step=drill",
)


def main(page):
    return page.get_by_test_id("stMain")


def write(page, label, text):
    """Type into a field and leave it by the keyboard."""
    field = main(page).get_by_role("textbox", name=label, exact=True)
    field.fill(text)
    field.press("Tab")


def test_a_harm_is_found_rated_and_taken_into_the_register(app, visit, ready, watch):
    page = visit(app, "/ethics?view=people", width=390)
    main(page).get_by_role("button", name="Loans or insurance").click()
    main(page).get_by_role("button", name="Take over these").click()
    expect(main(page).get_by_role("button", name="Take over these")).to_have_count(0)
    write(page, "Who are they?", "People who ask for a loan <b>today</b>")
    expect(main(page).get_by_role("radio", name="1. People who ask for a loan <b>today</b>")).to_be_visible()
    main(page).get_by_role("radio", name="A lot", exact=True).click()
    ready(page)
    main(page).get_by_role("radio", name="It changes a life", exact=True).click()
    expect(main(page).locator("table.stakes")).to_contain_text("People who ask for a loan <b>today</b>")
    main(page).get_by_role("button", name="Take this harm into the register").click()
    expect(main(page).get_by_text("This harm is in the register.")).to_be_visible()
    assert watch.complaints == []


def test_rows_open_by_keyboard_and_keep_what_was_typed_through_another_view(app, visit, ready):
    page = visit(app, "/ethics?view=incident&step=steps", width=390)
    add = main(page).get_by_role("button", name="Add a step")
    for said in ("Switch it off", "Tell the clerks"):
        add.focus()
        page.keyboard.press("Enter")
        expect(main(page).get_by_role("textbox", name="What is done?", exact=True)).to_have_value("")
        write(page, "What is done?", said)
        expect(main(page).get_by_role("radio", name=said)).to_be_visible()
    main(page).get_by_role("radio", name="Notice", exact=True).click()
    ready(page)
    main(page).get_by_role("radio", name="When it goes wrong", exact=True).click()
    ready(page)
    main(page).get_by_role("radio", name="4. Who does what").click()
    first = main(page).get_by_role("radio", name="1. Switch it off")
    expect(first).to_be_visible()
    first.click()
    expect(main(page).get_by_role("textbox", name="What is done?", exact=True)).to_have_value("Switch it off")


def test_a_notice_is_seen_while_it_is_written_and_taken_along(app, visit, ready, tmp_path):
    page = visit(app, "/ethics?view=notice", width=390)
    write(page, "Who runs it?", "Marble <i>Lending</i>")
    expect(main(page).locator(".notice.line")).to_contain_text("Marble <i>Lending</i>")
    ready(page)
    with page.expect_download() as waiting:
        main(page).get_by_role("button", name="Download as HTML").click()
    waiting.value.save_as(tmp_path / "notice.html")
    said = (tmp_path / "notice.html").read_text(encoding="utf-8")
    assert "Marble &lt;i&gt;Lending&lt;/i&gt;" in said
    assert "<i>" not in said
    with page.expect_download() as waiting:
        main(page).get_by_role("button", name="Download all forms").click()
    waiting.value.save_as(tmp_path / "all.json")
    forms = from_json((tmp_path / "all.json").read_bytes()).forms
    assert forms["notice"].who == "Marble <i>Lending</i>"


def test_twelve_questions_say_whether_an_assessment_is_needed(app, visit):
    page = visit(app, "/ethics?view=privacy&part=dpia", width=390)
    group = main(page).get_by_role("radiogroup", name="Are sensitive data used on a large scale?")
    group.get_by_role("radio", name="Yes").click()
    expect(main(page).locator(".answer").first).to_contain_text("An assessment is required before you start")


@pytest.mark.parametrize("path", VIEWS)
def test_nothing_serious_and_nothing_over_the_edge(app, visit, path):
    page = visit(app, path)
    for look in looks(page):
        assert violations(page) == [], look
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look
