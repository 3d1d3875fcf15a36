"""The Bias audit page as a person uses it: open a file, read the answer, change her mind, take the report with her."""

import json
import shlex
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from aipm.fairness.samples import generate
from tests.browser.conftest import ROOT

HOSTILE = ("![x](http://127.0.0.1:9/p.png)", "<img src=x onerror=alert(1)>", "$\\frac{1}{0}$", ":red[x] **b**")
HEADER = "[sex](javascript:alert(1)) ![g](http://127.0.0.1:9/g.png)"


def a_file(folder, content, name="people.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def upload(page, path):
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)


def answers(page):
    return page.locator(".aipm .answer")


def test_an_upload_is_read_its_roles_suggested_and_audited(app, visit, watch, tmp_path):
    page = visit(app, "/bias-audit")
    upload(page, a_file(tmp_path, generate("triage")))
    expect(answers(page).first).to_contain_text("differ")
    expect(page.get_by_text("8,925 rows, 6 columns")).to_be_visible()
    assert watch.complaints == []


def test_hostile_headers_and_groups_are_characters_and_call_nobody(app, visit, ready, tmp_path):
    lines = [f'"{HEADER}",selected'] + [f'"{HOSTILE[i % 4]}",{("yes", "no")[i % 3 == 0]}' for i in range(240)]
    page = visit(app, "/bias-audit")
    upload(page, a_file(tmp_path, "\n".join(lines), name="![f](127.0.0.1).csv"))
    expect(answers(page).first).to_be_visible()
    ready(page)
    shown = page.get_by_test_id("stMain").inner_text()
    for text in (*HOSTILE, HEADER):
        assert text in shown
    assert page.locator("main img, [data-testid=stMain] img, [data-testid=stMain] a[href^=javascript]").count() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.4\n%\xe2\xe3", "PDF"), (b"", "empty"), (b"\x89PNG\r\n\x1a\n" + bytes(40), "PNG")],
    ids=["a document", "nothing", "a picture"],
)
def test_a_file_that_is_no_table_is_refused_by_name_and_the_next_one_read(app, visit, tmp_path, content, said):
    page = visit(app, "/bias-audit")
    upload(page, a_file(tmp_path, content))
    expect(page.get_by_role("alert")).to_contain_text(said)
    upload(page, a_file(tmp_path, generate("hiring"), name="next.csv"))
    expect(answers(page).first).to_contain_text("gender")


def test_reading_a_file_differently_starts_from_its_new_columns(app, visit, ready):
    page = visit(app, "/bias-audit?sample=loans")
    page.get_by_text("How the file was read").click()
    page.get_by_role("combobox", name="Names of the columns").click()
    page.get_by_text("no row holds names", exact=True).click()
    ready(page)
    expect(page.get_by_text("6,001 rows, 8 columns")).to_be_visible()
    expect(page.get_by_text("the fault is ours")).to_have_count(0)


def test_a_wider_tolerance_takes_the_flag_away(app, visit, ready):
    page = visit(app, "/bias-audit?sample=loans")
    expect(answers(page).first).to_contain_text("four-fifths flag")
    page.get_by_text("More choices").click()
    handle = page.get_by_role("slider", name="Smallest acceptable ratio")
    for _ in range(12):  # by keyboard, from 0.80 to 0.68
        handle.press("ArrowLeft")
    ready(page)
    expect(answers(page).filter(has_text="four-fifths flag")).to_have_count(0)


def test_the_report_is_complete_in_itself_and_the_command_repeats_the_audit(app, visit, tmp_path):
    page = visit(app, "/bias-audit?sample=hiring")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Report (HTML)").click()
    report = waiting.value.path().read_text(encoding="utf-8")
    assert "four-fifths flag" in report
    assert "http://127.0.0.1" not in report
    with page.expect_download() as waiting:
        page.get_by_role("button", name="For machines (JSON)").click()
    shown = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    command = shlex.split(page.get_by_test_id("stCode").inner_text())
    a_file(tmp_path, generate("hiring"), name=command[4].removeprefix("./"))
    done = subprocess.run(
        [sys.executable, *command[1:]], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True
    )
    again = json.loads(done.stdout)
    assert again["fingerprint"] == shown["fingerprint"]
    verdicts = {(v["metric"], *v["columns"]): v["verdict"] for v in again["verdicts"]}
    assert verdicts["selection_rate", "background"] == "gap"
    hidden = [entry for entry in shown["groups"] if entry["metrics"]["count"]["value"] is None]
    assert hidden  # groups under 11 are not in what a person hands on
