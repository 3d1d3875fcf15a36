"""The cycle and the tools in a browser: a stage is pressed, answers narrow the list, one is taken back by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import looks, violations


def main(page):
    return page.get_by_test_id("stMain")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_stage_is_pressed_by_keyboard_and_keeps_the_focus(app, visit, ready, width):
    page = visit(app, "/lifecycle", width=width)
    button = main(page).get_by_role("button", name="Delivery", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    ready(page)
    expect(main(page).get_by_text("Can it go out, and can it come back?")).to_be_visible()
    expect(page).to_have_url(f"{app.url}/lifecycle?stage=delivery")
    expect(button).to_be_focused()
    arrows = main(page).locator(".cycle-arrows")
    expect(arrows).to_be_visible() if width > 500 else expect(arrows).to_be_hidden()


def test_from_the_models_cycle_to_the_tools_of_a_stage(app, visit, ready):
    page = visit(app, "/lifecycle?part=model&step=monitoring", width=390)
    main(page).get_by_role("button", name="Tools for this stage").click()
    ready(page)
    expect(main(page).get_by_role("heading", name="Evidently")).to_be_visible()


def test_answers_narrow_the_list_and_one_is_taken_back(app, visit, ready):
    page = visit(app, "/lifecycle?view=stack&step=automation", width=390)
    main(page).get_by_role("radio", name="An analyst").click()
    ready(page)
    expect(main(page).get_by_text("Nothing fits at this stage")).to_be_visible()
    back = main(page).get_by_role("button", name="Take back my answer on who can look after it")
    back.focus()
    page.keyboard.press("Enter")
    ready(page)
    expect(main(page).get_by_role("heading", name="GitHub Actions")).to_be_visible()
    expect(main(page).get_by_role("radio", name="An analyst")).not_to_be_checked()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    with page.expect_download() as download:
        main(page).get_by_role("button", name="Short list as CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.startswith("stage,tool,job,proposed")


@pytest.mark.parametrize(
    "path", ["/lifecycle?stage=design", "/lifecycle?part=model", "/lifecycle?part=running", "/lifecycle?view=stack"]
)
def test_nothing_serious(app, visit, path):
    page = visit(app, path)
    if "stack" in path:
        main(page).locator("summary").filter(has_text="tools with licence").click()
    for look in looks(page):
        assert violations(page) == [], look
