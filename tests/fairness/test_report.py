"""The report: everything in it, nothing that runs or is fetched, every foreign text as characters."""

import base64
import hashlib
import re
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser

import pytest
from lxml import html

from aipm.content.visible import visible
from aipm.fairness.disclosure import suppress
from aipm.fairness.forest import HEIGHT, WIDTH, axis
from aipm.fairness.metrics import METRICS, OVERALL
from aipm.fairness.report import render
from aipm.fairness.result import Comparison
from aipm.fairness.samples import generate, samples
from aipm.fairness.section import Point, Section, Table
from aipm.fairness.texts import texts
from aipm.tables import Reading, ReadWarning
from tests.fairness.build import audited, repeated, table

WHEN = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
READING = Reading(
    container="csv",
    encoding="cp1252",
    delimiter=";",
    header_row=3,
    preamble_rows=2,
    warnings=(ReadWarning("padded_rows", "Short rows were filled up.", 2, (17, 230)),),
)


def report(result, **choices):
    given = {"reading": READING, "file_name": "people.csv", "command": "python -m aipm audit ./people.csv"} | choices
    return render(result, generated=WHEN, **given)


@cache
def audit_of(name):
    head, *rows = (line.split(",") for line in generate(name).decode().splitlines())
    spec = samples()[name].spec
    columns = dict(zip(head, zip(*rows, strict=True), strict=True))
    return audited(table(columns), **{field: getattr(spec, field) for field in spec.__slots__})


def text_of(page):
    """All text, blanks and line ends run together (but for the narrow ones within numbers)."""
    return re.sub(r"[ \n]+", " ", " ".join(html.fromstring(page).itertext()))


class Tags(HTMLParser):
    """Tags with their attributes, and whether every one is closed in order."""

    EMPTY = ("meta", "rect", "line", "path", "circle", "br")

    def __init__(self, page):
        super().__init__()
        self.open, self.seen = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", list(samples()))
@pytest.mark.parametrize("threshold", [0, 11])
def test_the_page_is_whole_and_holds_nothing_that_runs_or_is_fetched(name, threshold):
    page = report(suppress(audit_of(name), threshold=threshold), threshold=threshold)
    tags = Tags(page)
    assert tags.open == []
    assert not {tag for tag, _ in tags.seen} & {"script", "img", "iframe", "link", "object", "embed", "form", "base"}
    for tag, attributes in tags.seen:
        assert not [a for a in attributes if a.startswith("on") or a in ("style", "src", "srcset", "action")], tag
        assert attributes.get("href", "https://").startswith("https://")
    assert not re.search(r"url\(|@import|javascript:", page)


def test_the_policy_forbids_everything_but_the_style_that_is_in_the_page():
    page = report(audit_of("triage"))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_it_says_everything_a_reader_needs_to_check_it():
    result = audit_of("loans")
    text = text_of(report(result, threshold=0))
    for verdict in result.verdicts:
        assert visible(verdict.text, limit=4000) in text
    for metric in result.groups[0].metrics:
        assert texts().metrics[metric].definition in text
    for said in (
        *("people.csv", "21 November 2026, 09:30 UTC", "not legal advice", "python -m aipm audit ./people.csv"),
        *("cp1252", "semicolon", "row 3", "Short rows were filled up. (2 times) Lines: 17, 230."),
        *("Compared by", "sex, age, region", "age: 25, 45, 60", "0.8 to 1.25 times the reference", "a wrong no"),
        *("Why a gap exists", "numpy", "Wilson", "beside sex = male", "1,491 of 2,700", "(53.3–57.1%)"),
    ):
        assert said in text, said
    for warning in result.warnings:
        assert warning.message in text


def test_verdicts_come_first_and_the_worst_of_them_first():
    page = html.fromstring(report(audit_of("triage")))
    assert page.findtext(".//h2") == "The answers"
    kinds = [each.get("class").split()[-1] for each in page.findall(".//article")]
    assert kinds == sorted(kinds, key=["is-gap", "is-inconclusive", "is-within-tolerance"].index)
    assert kinds[0] == "is-gap"


def test_intersections_are_listed_the_worst_served_first():
    page = html.fromstring(report(audit_of("triage")))
    (deep,) = [t for t in page.findall(".//table[@class='forest deep']") if "False negative rate" in t.text_content()]
    groups = [row.findtext("th") for row in deep.findall(".//tr") if row.find("th[@scope='row']") is not None]
    assert groups[0] == "Spanish · chat"


def test_a_suppressed_report_says_so_and_does_not_show_what_is_hidden():
    result = audit_of("hiring")
    shown = suppress(result, threshold=11)
    text = text_of(report(shown, threshold=11))
    assert "Groups and counts of 1 to 10 people are not shown" in text
    assert "About 4,000 rows" in text
    assert "combinations are not shown: " in text
    for hidden in ("6 of 24", "1 of 7", "6 of 20"):
        assert hidden in text_of(report(result))
        assert hidden not in text


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "</style><b>",
    "a\u202egnp.exe",
    "x" * 5000,
    "]]>&amp;<!--",
)


def test_names_of_every_kind_come_out_as_characters():
    rows = [(40, name, name, k % 2) for k, name in enumerate(HOSTILE)] + [(40, name, name, 1) for name in HOSTILE]
    column = "<i>who</i>"
    data = repeated(*rows, names="a b said")
    data = type(data)((column, '"b"', "said"), data.rows, data.reading, data.row_count)
    result = audited(data, groups=(column, '"b"'), prediction="said", depth=2)
    page = report(result, file_name="<svg onload=alert(1)>.csv", command="aipm '</code><script>'")
    tags = Tags(page)
    assert tags.open == []
    assert not {tag for tag, _ in tags.seen} & {"script", "img", "b", "i"}
    text = text_of(page)
    for shown in (*HOSTILE[:4], HOSTILE[6], column, "<svg onload=alert(1)>.csv", "aipm '</code><script>'"):
        assert shown in text
    assert "a[U+202E]gnp.exe" in text
    assert "x" * 61 not in text
    assert "49" not in re.sub(r"[\d.,–%()]+\d", "", text)


def test_an_audit_without_decisions_is_a_report_too():
    text = text_of(report(audited({"sex": ["f"] * 30 + ["m"] * 50}, groups=("sex",))))
    assert "Nothing could be compared" in text
    assert "30" in text
    assert texts().unanswered["neither"].why in text
    assert "By sex, the largest group is m with 50 of 80 rows (62.5%), the smallest f with 30 (37.5%)." in text


def test_where_answers_are_missing_it_says_for_whom_most_often():
    data = repeated((90, "f", "1", 1), (10, "f", "", 1), (95, "m", "0", 0), (5, "m", "", 0), names="sex label said")
    text = text_of(report(audited(data, groups=("sex",), label="label", prediction="said")))
    assert "The label is missing most often for people with sex = f: 10.0%, against 7.5% of all people." in text
    assert "The prediction is missing" not in text


def test_a_score_of_other_scale_and_a_bad_yes_are_a_report_too():
    data = {"sex": ["f"] * 50 + ["m"] * 70, "points": [str(k) for k in range(120)], "fraud": ["0", "0", "1"] * 40}
    result = audited(data, groups=("sex",), score="points", label="fraud", threshold=60.0, favourable="negative")
    text = text_of(report(result))
    assert "For the person, a yes is bad" in text
    assert "are flagged" in text


def test_every_metric_has_its_place_in_a_family_of_the_matrix():
    families = texts().families
    assert {texts().metrics[name].family for name in METRICS} <= set(families) - {"dataset"}
    assert {texts().metrics[name].family for name in OVERALL} == {"dataset"}


def pair(ratio, low, high, reason=None):
    nothing = dict.fromkeys(("difference", "difference_low", "difference_high", "p_value", "p_adjusted"))
    return Comparison(
        "selection_rate", (("a", "x"),), (("a", "y"),), ratio=ratio, low=low, high=high, verdict="gap", reason=reason,
        **nothing,
    )  # fmt: skip


def test_half_as_often_is_as_far_from_equal_as_twice_as_often():
    ours = axis([pair(0.5, 0.4, 0.6), pair(2.0, 1.8, 2.4)], tolerance=0.8)
    assert ours.one - ours.place(0.5) == pytest.approx(ours.place(2.0) - ours.one, abs=0.2)
    assert ours.one - ours.band[0] == pytest.approx(ours.band[1] - ours.one, abs=0.2)


def test_the_axis_holds_what_is_rated_and_the_rest_runs_off_it_with_an_arrow():
    wide = pair(1.1, 0.05, 12.0, reason="too_few_rows")
    ours = axis([pair(0.7, 0.6, 0.82), wide], tolerance=0.8)
    mark = ours.mark(wide)
    assert (mark.beyond_left, mark.beyond_right) == (True, True)
    assert 0 <= mark.low < mark.point < mark.high <= WIDTH
    assert not ours.mark(pair(0.7, 0.6, 0.82)).beyond_left
    assert len(ours.ticks) >= 3
    assert HEIGHT > 0


def test_what_cannot_be_placed_is_not_drawn():
    mark = axis([pair(None, None, None)], tolerance=0.8).mark(pair(None, None, None))
    assert (mark.point, mark.low, mark.high) == (None, None, None)


def test_what_was_looked_at_besides_is_in_the_report_and_its_texts_stay_texts():
    part = Section(
        title="Like with <b>like</b>",
        lines=("<script>alert(1)</script>",),
        tables=(Table(caption="Rates", head=("Group", "Rate", "Reading"), rows=(("<i>x</i>", "12 %", "few"),)),),
        points=(Point(title="10(2)(b)", lines=("From <b>where</b>",), said=(("Why?", None), ("Who?", "<i>We</i>"))),),
        notes=("A note",),
        sources=(("A source", "https://example.org/"),),
    )
    page = html.fromstring(report(audit_of("loans"), sections=(part,)))
    titles = [each.text_content() for each in page.iter("h2")]
    assert titles.index("Like with <b>like</b>") < titles.index("What to do next")
    [found] = [each for each in page.iter("table") if each.findtext("caption") == "Rates"]
    assert [cell.text_content() for cell in found.iter("td", "th")][3:] == ["<i>x</i>", "12 %", "few"]
    assert [cell.get("class") for cell in found.iter("td")] == ["n", None]
    assert "alert(1)" not in [each.text for each in page.iter("script")]
    links = [each.get("href") for each in page.iter("a")]
    assert "https://example.org/" in links
    [place] = [each.get("id") for each in page.iter("section") if each.findtext("h2") == "Like with <b>like</b>"]
    assert f"#{place}" in links
    assert "From <b>where</b>" in [each.text_content() for each in page.iter("li")]
    assert {"to be filled in", "<i>We</i>"} <= {each.text_content() for each in page.iter("dd")}


def test_what_stands_behind_a_number_is_on_a_line_of_its_own_and_notes_are_folded():
    rows = (("a (b)", "12.0% (9.1–15.4%) · not enough data", "p = 0.02 (p = 0.04)", "(c) (d)"),)
    part = Section(
        title="Part",
        tables=(Table(caption="Rates", head=("Group", "Rate", "Chance", "Said"), rows=rows),),
        notes=("A note", "A note"),
    )
    page = html.fromstring(report(audit_of("loans"), sections=(part,)))
    [found] = [each for each in page.iter("table") if each.findtext("caption") == "Rates"]
    cells = [[each.strip() for each in cell.itertext() if each.strip()] for cell in found.iter("td")]
    assert cells == [["12.0%", "(9.1–15.4%)", "not enough data"], ["p = 0.02", "(p = 0.04)"], ["(c) (d)"]]
    assert [[note.text_content() for note in fold.iter("li")] for fold in page.iter("details")] == [["A note"]]


def test_an_answer_is_not_repeated_further_down_but_linked():
    found = audit_of("loans")
    told = found.verdicts[0].text
    part = Section(title="Part", points=(Point(title="10(2)(f)", lines=("Three gaps.", told)),))
    page = html.fromstring(report(found, sections=(part,)))
    [point] = [each for each in page.iter("div") if each.findtext("h3") == "10(2)(f)"]
    assert told not in point.text_content()
    assert "Three gaps." in point.text_content()
    assert [each.get("href") for each in point.iter("a")] == ["#answers"]
    assert told in page.get_element_by_id("answers").text_content()


def test_columns_of_numbers_stand_flush_right():
    table = Table(caption="", head=("Group", "Gap", "Note"), rows=(("0 to 5", "−3 %", "3 people"), ("", "", "none")))
    assert table.numeric == (True, True, False)
