"""The Data prep page as a person uses it: open a file, mend it, take it along, make the same bytes from the script."""

import re
import subprocess
import sys
import zipfile

import pytest
from playwright.sync_api import expect

from aipm.prep.sample import generate
from aipm.ui.prep_texts import prep_page
from tests.browser.conftest import READY

TEXT = prep_page()


def upload(page, path):
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(path)
    expect(page.locator(".answer.ready")).to_be_visible()


def press(page, name):
    page.get_by_role("button", name=name).first.click()
    page.wait_for_selector(READY)


def show(page, name):
    page.get_by_role("radio", name=name).first.click()
    page.wait_for_selector(READY)


def verdict(page):
    return page.locator(".answer.ready")


@pytest.mark.parametrize("content", [generate(), generate().decode().replace(",", ";").encode("utf-16")])
def test_from_upload_to_the_same_bytes_from_the_script(app, visit, tmp_path, content):
    file = tmp_path / "my customers.csv"
    file.write_bytes(content)
    page = visit(app, "/data-prep")
    upload(page, file)
    press(page, "Fix all safe ones")
    expect(verdict(page)).to_contain_text("each of which needs a decision")
    press(page, TEXT.clean.accept)
    expect(page.get_by_text("Your recipe (")).to_be_visible()
    show(page, TEXT.steps["take"])
    with page.expect_download() as got:
        page.get_by_role("button", name=TEXT.take.all).click()
    folder = tmp_path / "taken"
    folder.mkdir()
    got.value.save_as(folder / "all.zip")
    with zipfile.ZipFile(folder / "all.zip") as packed:
        packed.extractall(folder)
    (folder / "my-customers.csv").write_bytes(content)
    environment = {"PATH": "", "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-I", "prepare.py"], cwd=folder, env=environment, check=True, capture_output=True)
    made = sorted((folder / "prepared").glob("*.csv"))
    assert made
    for each in made:
        assert each.read_bytes() == (folder / each.name).read_bytes()


def test_the_address_keeps_the_step(app, visit):
    page = visit(app, "/data-prep?sample=customers&step=shape")
    expect(page.get_by_role("heading", name=TEXT.shape.title)).to_be_visible()
    show(page, TEXT.steps["take"])
    expect(page).to_have_url(re.compile("step=take"))


def test_a_fix_a_change_and_back(app, visit):
    page = visit(app, "/data-prep?sample=customers")
    before = verdict(page).inner_text()
    press(page, "Fix all safe ones")
    expect(page.get_by_role("checkbox", name="1. Mark hidden blanks")).to_be_checked()
    page.get_by_role("button", name=TEXT.history.menu.format(number=1)).click()
    page.get_by_role("menuitem", name=TEXT.history.actions["edit"]).click()
    expect(page.get_by_text(TEXT.history.editing.format(number=1))).to_be_visible()
    expect(page.get_by_text(TEXT.preview.title).first).to_be_visible()
    press(page, TEXT.form.cancel)
    press(page, TEXT.history.undo)
    expect(verdict(page)).to_have_text(before)
