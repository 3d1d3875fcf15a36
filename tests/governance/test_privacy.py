"""Privacy by design: seven principles, and when a check is settled."""

from datetime import date

from aipm.governance.forms import from_json, to_json
from aipm.governance.paper import privacy_markdown
from aipm.governance.privacy import Mark, PrivacyByDesign, assess, mark, privacy_texts, with_mark
from aipm.governance.product import Product
from aipm.ui.registry import FILES

CHECKS = [check for principle in privacy_texts().principles.values() for check in principle.checks]


def test_there_are_seven_with_one_to_three_checks_each_and_no_name_twice():
    principles = privacy_texts().principles
    assert len(principles) == 7
    assert {len(each.checks) for each in principles.values()} <= {1, 2, 3}
    assert len(CHECKS) == len(set(CHECKS))


def test_checks_lead_to_pages_that_there_are():
    found = [text for each in privacy_texts().principles.values() for text in each.checks.values() if text.page]
    assert {text.page for text in found} <= set(FILES)
    assert all(text.link for text in found)
    assert {"step": "guard"} in [text.known for text in found]


def test_what_does_not_apply_is_settled_only_with_its_reason():
    bare = PrivacyByDesign(marks=(Mark(id="supplier", state="not_applicable"),))
    said = PrivacyByDesign(marks=(Mark(id="supplier", state="not_applicable", note="No supplier"),))
    assert assess(bare).settled["lifelong"] == (0, 3)
    assert assess(said).settled["lifelong"] == (1, 3)
    assert next(gap.code for gap in assess(bare).gaps if gap.row == "supplier") == "why"


def test_done_is_settled_and_not_yet_is_not():
    form = PrivacyByDesign(marks=(Mark(id="masked", state="done"), Mark(id="groups", state="not_yet")))
    assert assess(form).settled["embedded"] == (1, 2)
    assert len(assess(form).gaps) == len(CHECKS) - 1


def test_everything_done_leaves_no_gap():
    form = PrivacyByDesign(marks=tuple(Mark(id=check, state="done") for check in CHECKS))
    assert assess(form).gaps == ()


def test_a_mark_takes_the_place_of_its_earlier_state_and_an_empty_one_goes():
    form = PrivacyByDesign(marks=(Mark(id="masked", state="done"),))
    changed = PrivacyByDesign(marks=with_mark(form, Mark(id="masked", state="not_yet")))
    assert mark(changed, "masked").state == "not_yet"
    assert with_mark(changed, Mark(id="masked")) == ()


def test_the_document_names_every_check_and_escapes_what_was_typed():
    form = PrivacyByDesign(marks=(Mark(id="masked", state="done", note="<b>see</b> [here](http://x.example)"),))
    said = privacy_markdown(form, product=Product(name="# Loans"), day=date(2026, 11, 21))
    assert "\\<b\\>" in said
    assert "\\](http:\u2060" in said
    assert all(text.text[:20] in said for each in privacy_texts().principles.values() for text in each.checks.values())


def test_it_is_kept_in_the_file_as_it_was():
    form = PrivacyByDesign(marks=(Mark(id="masked", state="done", note="2 October"),))
    assert from_json(to_json({"privacy": form}, saved="")).forms["privacy"] == form
