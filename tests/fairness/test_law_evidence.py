"""Evidence for Article 10: what an audit shows, what stays open, and how the reports read when handed on."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest

from aipm.fairness.disclosure import suppress
from aipm.fairness.law_evidence import evidence
from aipm.fairness.law_four_fifths import four_fifths
from aipm.fairness.law_nyc import NycAsked, nyc
from aipm.fairness.law_out import evidence_csv, evidence_plain, four_fifths_csv, nyc_csv, to_html
from aipm.fairness.law_said import evidence_section, four_fifths_section, nyc_section
from aipm.fairness.law_texts import law_texts
from tests.fairness.build import audited, counted, repeated

DAY = date(2026, 11, 21)
MADE = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FORMULA = "=HYPERLINK(1)"
ROWS = repeated(
    (300, "m", "Aven", "yes", 1), (300, "m", "Aven", "no", 0), (200, "f", "Aven", "yes", 1),
    (400, "f", "Borel", "no", 0), (3, "f", FORMULA, "yes", 1), (2, "m", FORMULA, "no", 0), (9, "", "Aven", "no", 1),
    names="sex race chosen good",
)  # fmt: skip
SPEC = {"groups": ("sex", "race"), "prediction": "chosen", "prediction_positive": ("yes",)}


@pytest.fixture(scope="module")
def result():
    return audited(ROWS, **SPEC)


def test_every_point_of_the_article_is_there_once():
    articles = [each.article for each in law_texts().ai_act.points]
    assert articles[:8] == [f"10(2)({letter})" for letter in "abcdefgh"]
    assert articles[8:10] == ["10(3)", "10(4)"]
    assert "4a" in articles[10]


def test_what_was_examined_and_what_is_missing_is_said(result):
    sheet = evidence(result, file_name="people.csv")
    said = {each.key: " ".join(each.found) for each in sheet.points}
    assert "sex, race" in said["design"]
    assert "1,214 rows" in said["origin"]
    assert "9 rows" in said["gaps"]  # without a sex
    assert "no outcome" in said["assumptions"]
    assert "race = =HYPERLINK(1)" in said["quantity"]  # five people
    assert "race" in said["special"]
    assert "sex" not in said["special"].replace("special", "")
    # Nothing was done to the cells, and no file can show where a system will be used.
    assert {each.key for each in sheet.points if not each.found} == {"preparation", "context"}
    assert sheet.shown == len(sheet.points) - 2


def test_questions_stay_open_until_somebody_answers(result):
    bare = evidence(result, file_name="people.csv")
    answered = evidence(result, file_name="people.csv", answers={"origin": "The careers site.", "purpose": "   "})
    assert bare.open == bare.questions
    assert answered.open == bare.questions - 1  # blanks are no answer
    section = evidence_section(answered, day=DAY)
    line = next(each for each in section.lines if each.startswith("10(2)(b)"))
    assert "The careers site." in line
    assert law_texts().shared.to_fill in line


def test_hidden_groups_are_in_no_line(result):
    sheet = evidence(suppress(result, threshold=11), file_name="people.csv")
    assert "HYPERLINK" not in " ".join(line for each in sheet.points for line in each.found)


@pytest.fixture(scope="module")
def reports(result):
    counts, spec = counted(ROWS, **SPEC)
    city = nyc(counts, spec, NycAsked(sex="sex", race="race"))
    fifths = four_fifths(counts, spec, measure="selection_rate")
    sheet = evidence(result, file_name="people.csv")
    return {
        "nyc": (nyc_section(city, day=DAY), nyc_csv(city, day=DAY, answers={"source": "+1"})),
        "four_fifths": (four_fifths_section(fifths, day=DAY), four_fifths_csv(fifths, day=DAY)),
        "ai_act": (evidence_section(sheet, day=DAY, table=True), evidence_csv(sheet, day=DAY)),
    }


@pytest.mark.parametrize("rule", ["nyc", "four_fifths", "ai_act"])
def test_every_report_is_dated_and_no_advice(reports, rule):
    section, text = reports[rule]
    html = to_html(section, rule=rule, file_name="people.csv", generated=MADE, day=DAY, answers={})
    for said in ("\n".join(section.notes), text, html):
        assert "Not legal advice. Made on 21 November 2026" in said
    assert section.sources


@pytest.mark.parametrize("rule", ["nyc", "four_fifths", "ai_act"])
def test_the_file_runs_nothing_and_says_nothing_of_legality(reports, rule):
    section, _ = reports[rule]
    html = to_html(section, rule=rule, file_name="<b>p</b>.csv", generated=MADE, day=DAY, answers={})
    assert "<script" not in html
    assert "<b>p" not in html
    assert not re.search(r"\b(illegal|unlawful|violat\w*|complian\w*)\b", html, re.IGNORECASE)
    assert not re.search(r'(src|href)="http', html.split("</head>")[0])


@pytest.mark.parametrize("rule", ["nyc", "four_fifths", "ai_act"])
def test_a_spreadsheet_calculates_nothing(reports, rule):
    cells = [cell for row in csv.reader(io.StringIO(reports[rule][1])) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@")) or re.match(r"-\D", cell)]


def test_what_nobody_filled_in_is_shown_as_open(reports):
    section, text = reports["nyc"]
    html = to_html(
        section, rule="nyc", file_name="p.csv", generated=MADE, day=DAY, answers={"source": "2025, own system"}
    )
    fields = law_texts().nyc.fields
    assert "2025, own system" in html
    assert html.count(law_texts().shared.to_fill) == len(fields) - 1
    assert text.count(law_texts().shared.to_fill) == len(fields) - 1


def test_plain_data_names_the_letter_and_what_is_open(result):
    plain = evidence_plain(evidence(result, file_name="people.csv"))
    assert plain["points"][0]["article"] == "10(2)(a)"
    assert plain["points"][0]["to_fill"][0]["answer"] is None
