"""The transparency notice: three lengths, what is missing, the duties that the answers point to."""

from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.governance.forms import from_json, to_json
from aipm.governance.notice import CORE, Notice, assess, duties_of, tell
from aipm.governance.notice_texts import notice_texts
from aipm.governance.paper import notice_html, notice_markdown, notice_text
from aipm.governance.product import Product

TODAY = date(2026, 11, 21)
PRODUCT = Product(name="Loan pre-check")
WHOLE = Notice(
    kind="decision",
    who="Marble Lending",
    contact="1 Bank Street",
    does="It sorts applications",
    does_not="It never refuses a loan.",
    data="It uses what you typed.",
    automated="person",
    factors="Income\n\n Earlier loans ",
    effect="Some wait two days.",
    uncertain="In 6 of 100 cases a person decides differently.",
    human="Ring 0113 496 0000.",
    objection="Answer the letter.",
    changed_on=date(2026, 10, 20),
    eu="yes",
    personal_data="no",
)


def found(**change):
    return assess(replace(WHOLE, **change), PRODUCT, today=TODAY)


def duties(**change):
    return {each.duty: each for each in found(**change).duties}


def test_a_whole_notice_has_no_gap_and_no_bracket():
    assert found().gaps == ()
    told = found().told
    assert "[" not in told.line + told.paragraph + told.prose


@pytest.mark.parametrize("name", CORE)
def test_what_is_missing_is_named(name):
    assert name in [gap.code for gap in found(**{name: None}).gaps]


def test_brackets_stand_for_what_is_missing_in_all_lengths():
    told = found(human=None).told
    assert all("[to be written: how does somebody reach a person]" in text for text in (told.line, told.paragraph))
    assert any("[to be written" in line for block in told.page for line in block.paragraphs)


def test_factors_become_a_list_and_a_forgotten_full_stop_is_set():
    block = next(each for each in found().told.page if each.bullets)
    assert block.bullets == ("Income", "Earlier loans")
    assert any("It sorts applications." in each.paragraphs for each in found().told.page)


@pytest.mark.parametrize(
    ("kind", "said"), [("chat", "not with a person"), ("media", "Made with"), ("ranking", "order")]
)
def test_each_kind_has_its_own_line(kind, said):
    assert said in found(kind=kind).told.line


def test_what_is_not_filled_in_and_needed_by_nobody_leaves_no_trace():
    assert "Our data protection officer" not in found().told.prose
    assert "Our data protection officer: Jonas" in found(officer="Jonas").told.prose


def test_braces_that_were_typed_are_only_characters():
    assert "{who} {0}" in found(does="{who} {0}").told.paragraph


def test_a_chat_has_to_say_so_in_time_and_a_decision_need_not():
    assert "ai_50_1" not in duties()
    assert duties(kind="chat")["ai_50_1"].lacks == ("shown",)
    said = duties(kind="chat", shown="Above the first line", accessible="yes")
    assert {said["ai_50_1"].state, said["ai_50_5"].state} == {"met"}


def test_made_media_has_to_be_marked_for_machines_and_for_people():
    assert {"ai_50_2", "ai_50_4"} <= set(duties(kind="media"))
    assert duties(kind="media", marked="unsure")["ai_50_2"].state == "missing"
    assert duties(kind="media", marked="yes")["ai_50_2"].state == "met"


def test_personal_data_ask_for_more_and_a_machine_that_decides_alone_for_more_still():
    assert duties() == {}
    asked = duties(personal_data="yes")["gdpr_13"]
    assert asked.lacks == ("basis", "recipients", "retention", "complaint")
    assert "gdpr_22" not in duties(personal_data="yes")
    assert duties(personal_data="yes", automated="alone", effect=None)["gdpr_22"].lacks == ("effect",)
    assert "gdpr_14" in duties(personal_data="yes", from_others="unsure")


def test_not_sure_is_reckoned_with_and_never_called_met():
    told = duties(personal_data="unsure", basis="Contract", recipients="Nobody", retention="A year", complaint="To X")
    assert told["gdpr_13"].state == "ask"


def test_outside_the_eu_none_of_these_duties_is_listed():
    assert duties_of(replace(WHOLE, kind="chat", personal_data="yes", eu="no")) == ()


def test_an_old_notice_is_named():
    assert [gap.code for gap in found(changed_on=date(2025, 11, 20)).gaps] == ["old"]


def test_vague_words_are_found_in_what_was_typed_only():
    assert found().vague == ()
    assert found(data="We may use various data.").vague == ("may", "various")


def test_every_duty_has_a_source_and_a_day_from_which_it_applies():
    for each in notice_texts().duties.values():
        assert each.source.url.startswith("https://")
        assert each.since
        assert "2026" in each.source.state


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = set()

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        self.tags.add(tag)


@given(st.text(min_size=1, max_size=80).filter(str.strip))
def test_typed_text_stays_text_in_every_file(typed):
    told = tell(replace(WHOLE, does=f"<script>x</script><img src=x>{typed}", who=typed), PRODUCT)
    parser = Tags()
    parser.feed(notice_html(told))
    assert parser.tags == {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "strong", "ul", "li"}
    assert "<script" not in notice_markdown(told).replace("\\<", "")
    assert notice_text(told)


def test_it_is_kept_in_the_file_as_it_was():
    assert from_json(to_json({"notice": WHOLE}, saved="")).forms["notice"] == WHOLE
    assert {each.name for each in fields(Notice)} == set(notice_texts().fields)
