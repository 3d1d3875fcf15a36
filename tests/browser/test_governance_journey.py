"""From the first question to the paper that is handed on: answered, registered, saved, opened again elsewhere."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from aipm.governance.forms import FILE, KIND, from_json
from aipm.governance.hand_on_texts import hand_on_texts
from aipm.governance.risk_texts import register_texts
from aipm.ui.ethics_triage_texts import triage_texts
from aipm.ui.governance_texts import governance_texts
from tests.browser.test_accessibility import PHONES, looks, violations

KEEP, HAND, TRIAGE = governance_texts().keep, hand_on_texts(), triage_texts()
REGISTER, EVIDENCE = register_texts(), governance_texts().evidence


def main(page):
    return page.get_by_test_id("stMain")


def view(page, name):
    main(page).get_by_role("radio", name=name, exact=True).first.click()


def answer(page, question, said):
    group = main(page).get_by_role("radiogroup", name=TRIAGE.questions[question].question)
    radio = group.get_by_role("radio", name=TRIAGE.answers[said], exact=True)
    radio.click()
    expect(radio).to_be_checked()


def upload(page, data, *, name="saved.json"):
    box = main(page).get_by_test_id("stExpander").filter(has_text=KEEP.open)
    field = box.get_by_test_id("stFileUploaderDropzoneInput")
    if field.count() == 0:
        box.locator("summary").click()
    field.set_input_files({"name": name, "mimeType": "application/json", "buffer": data})


def saved(page, label=KEEP.download):
    with page.expect_download() as download:
        main(page).get_by_role("button", name=label, exact=True).click()
    return download.value


def read(download):
    return Path(download.path()).read_bytes()


def first_words(page):
    """The answer at the top of a view."""
    return main(page).locator(".answer p").first.inner_text()


def begun(app, visit, ready):
    """A page on which the triage is answered, and the register seeded by it, with one item answered and shown."""
    page = visit(app, "/ethics?view=triage")
    here = main(page)
    for question in ("people", "decides", "eu", "area"):
        answer(page, question, "yes")
    here.get_by_role("button", name=TRIAGE.areas["credit"].name, exact=True).click()
    for question in ("talks", "makes_media", "practice"):
        answer(page, question, "no")
    expect(here.locator(".answer").first).to_contain_text(TRIAGE.tiers["high"].name)
    ready(page)

    view(page, "Register")
    seed = here.get_by_role("button", name=re.compile(REGISTER.pick.seed.format(count="[0-9]+")))
    seed.click()
    expect(seed).to_have_count(0)
    here.get_by_role("radio", name=REGISTER.work.modes["list"], exact=True).click()
    here.locator(".st-key-ethics-register-row-0 button").click()
    here.get_by_role("radiogroup", name=REGISTER.item.answer).get_by_role("radio").first.click()
    expect(here.get_by_text(REGISTER.problems["no_evidence"])).to_be_visible()
    here.get_by_role("radio", name=EVIDENCE.kinds["link"], exact=True).click()
    link = here.get_by_label(EVIDENCE.link, exact=True)
    link.fill("Minutes of 12 November <b>page 3</b>")
    link.press("Tab")
    expect(here.get_by_text(REGISTER.problems["no_evidence"])).to_have_count(0)
    ready(page)
    return page


def test_what_was_answered_is_the_same_when_the_file_is_opened_elsewhere(app, visit, ready):
    page = begun(app, visit, ready)
    said = {"Register": first_words(page)}
    view(page, "Which rules")
    expect(main(page).locator(".answer").first).to_contain_text(TRIAGE.tiers["high"].name)
    said["Which rules"] = first_words(page)
    view(page, "Hand it on")
    expect(main(page).locator(".answer").first).to_contain_text("2 of 15 forms have something in them.")
    said["Hand it on"] = first_words(page)
    written = saved(page)
    assert written.suggested_filename == FILE
    data = read(written)
    held = from_json(data)
    assert held.forms["triage"].areas == ("credit",)
    assert any(item.evidence and "<b>page 3</b>" in item.evidence.link for item in held.forms["register"].items)

    other = visit(app, "/ethics?view=hand_on", width=390)
    upload(other, data)
    expect(main(other).get_by_text(KEEP.opened.format(count=2))).to_be_visible()
    for name, sentence in reversed(said.items()):
        view(other, name)
        expect(main(other).locator(".answer p").first).to_have_text(sentence)
        ready(other)
    assert from_json(read(saved(other))).forms == held.forms
    assert other.evaluate("document.documentElement.scrollWidth") <= 390


def test_everything_as_one_zip_holds_the_same_file_and_a_brief_of_one_page(app, visit, ready, browser):
    page = visit(app, "/ethics?view=hand_on")
    main(page).get_by_role("button", name=KEEP.sample).click()
    expect(main(page).get_by_text(KEEP.sampled.format(count=15))).to_be_visible()
    ready(page)
    folder = zipfile.ZipFile(io.BytesIO(read(saved(page, HAND.all.zip))))
    assert from_json(folder.read(FILE)).forms == from_json(read(saved(page))).forms
    paper = browser.new_page()
    paper.set_content(folder.read("brief.html").decode())
    pages = re.findall(rb"/Type /Page\b", paper.pdf(format="A4"))
    paper.close()
    assert len(pages) == 1


def test_what_was_typed_is_there_when_the_network_comes_back(app, visit, ready):
    page = visit(app, "/ethics?view=hand_on", width=390)
    here = main(page)
    here.get_by_test_id("stExpander").filter(has_text=HAND.product.title).locator("summary").click()
    name = here.get_by_label(HAND.product.fields["name"].label, exact=True)
    name.fill("Loan pre-check")
    name.press("Tab")
    expect(here.get_by_text("Loan pre-check: where it stands")).to_have_count(1)
    page.context.set_offline(True)
    purpose = here.get_by_label(HAND.product.fields["purpose"].label, exact=True)
    purpose.fill("Typed while the network was away")
    page.context.set_offline(False)
    purpose.press("Tab")
    expect(here.locator("article.document").first).to_contain_text("Typed while the network was away")
    expect(name).to_have_value("Loan pre-check")
    ready(page)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            json.dumps({"kind": KIND, "version": 1, "forms": {"triage": {"people": "yes"}}}).encode(),
            KEEP.opened.format(count=1),
        ),
        (
            json.dumps(
                {"kind": KIND, "version": 99, "forms": {"triage": {"people": "yes"}, "tarot": {"x": 1}}}
            ).encode(),
            KEEP.newer,
        ),
        (b'{"kind": "aipm-governance", "version": 1, "for', KEEP.refused),
    ],
    ids=["older", "newer", "cut off"],
)
def test_a_file_of_another_version_or_a_broken_one_gets_a_clear_word(app, visit, ready, data, words):
    page = visit(app, "/ethics?view=triage", width=390)
    answer(page, "people", "no")
    ready(page)
    upload(page, data)
    expect(main(page).get_by_text(words)).to_be_visible()
    ready(page)
    now = json.loads(read(saved(page)))
    if words == KEEP.refused:
        assert now["forms"] == {"triage": {**now["forms"]["triage"], "people": "no"}}
    else:
        assert now["forms"]["triage"]["people"] == "yes"
        assert now["unread"] == ({"tarot": {"x": 1}} if words == KEEP.newer else {})


def test_nothing_serious_where_things_are_handed_on(app, visit, ready):
    page = visit(app, "/ethics?view=hand_on", width=390)
    for look in looks(page, *PHONES):
        assert violations(page) == [], look
    main(page).get_by_role("button", name=KEEP.sample).click()
    expect(main(page).get_by_text(KEEP.sampled.format(count=15))).to_be_visible()
    for name in HAND.papers.names.values():
        folded = main(page).get_by_test_id("stExpander").filter(has_text=HAND.papers.preview.format(name=name))
        folded.locator("summary").press("Enter")
        expect(folded.locator("article.document")).to_be_visible()
    ready(page)
    for look in looks(page, *PHONES):
        assert violations(page) == [], look
