"""When something of ours fails: the page says what to do, the log says where, and neither quotes a person's data."""

import re

import pytest
from playwright.sync_api import expect

PERSON = "Ada Lovelace"


@pytest.mark.parametrize("where", ["on the page", "in a part", "in a callback"])
def test_a_failure_is_explained_without_data_or_traceback(scenes, visit, where):
    page = visit(scenes, "/?scene=faulty")
    page.get_by_role("button", name=f"Fail {where}").click()
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_have_count(1)
    reference = re.search(r"E-[0-9A-F]{6}", alert.inner_text()).group()
    assert "try again" in alert.inner_text()
    assert PERSON not in page.content()
    assert "Traceback" not in page.content()
    log = scenes.output.read_text()
    assert re.search(rf"{reference}: KeyError at tests/browser/apps/faulty\.py:\d+ in fail", log)
    assert PERSON not in log
    assert "Traceback" not in log


@pytest.mark.parametrize("control", ["Stop", "Rerun"])
def test_stopping_and_rerunning_are_no_failures(scenes, visit, control):
    page = visit(scenes, "/?scene=faulty")
    page.get_by_role("button", name=control).click()
    if control == "Stop":
        expect(page.get_by_text("The end of the page")).to_have_count(0)
    else:
        expect(page.get_by_text("The end of the page")).to_be_visible()
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
