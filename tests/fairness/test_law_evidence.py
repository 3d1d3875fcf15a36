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
from aipm.fairness.law_said import four_fifths_section, nyc_section
from aipm.fairness.law_said_evidence import evidence_section
from aipm.fairness.law_texts import law_texts
from aipm.tables import Reading
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
    point = next(each for each in section.points if each.title.startswith("10(2)(b)"))
    assert [answer for _, answer in point.said].count("The careers site.") == 1
    assert None in [answer for _, answer in point.said]


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
        "ai_act": (evidence_section(sheet, day=DAY), evidence_csv(sheet, day=DAY)),
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


def test_the_file_holds_every_point_once_with_its_questions(result):
    sheet = evidence(result, file_name="people.csv", answers={"origin": "The careers site."})
    page = to_html(
        evidence_section(sheet, day=DAY),
        rule="ai_act",
        file_name="p.csv",
        generated=MADE,
        day=DAY,
        answers={},
    )
    for point in sheet.points:
        assert page.count(f"<h3>{point.article}: ") == 1
    assert "<dd>The careers site.</dd>" in re.sub(r"</?span[^>]*>", "", page)
    assert page.count('class="open"') == sheet.open


def test_plain_data_names_the_letter_and_what_is_open(result):
    plain = evidence_plain(evidence(result, file_name="people.csv"))
    assert plain["points"][0]["article"] == "10(2)(a)"
    assert plain["points"][0]["to_fill"][0]["answer"] is None
    said = evidence_plain(evidence(result, file_name="people.csv", answers={"origin": "The careers site."}))
    assert [each["answer"] for point in said["points"] for each in point["to_fill"] if each["name"] == "origin"] == [
        "The careers site."
    ]


def found_in(rows, *, names, point, suppressed=0, spec=None, **about):
    """What is said on one point of a table made by hand."""
    result = audited(repeated(*rows, names=names), **(spec or {}))
    sheet = evidence(suppress(result, threshold=suppressed), file_name="p.csv", **about)
    return " ".join(next(each for each in sheet.points if each.key == point).found)


PLAIN = ((300, "m", "yes"), (300, "m", "no"), (150, "f", "yes"), (450, "f", "no"))
BY_SEX = {"groups": ("sex",), "prediction": "chosen"}


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ({}, "a yes is good for the person; smallest acceptable ratio 0.80, beside the largest group"),
        ({"favourable": "negative"}, "a yes is bad for the person"),
        ({"tolerance": 0.9}, "smallest acceptable ratio 0.90"),
        ({"reference": (("sex", "f"),), "reference_rule": "highest"}, "beside f."),
        ({"reference_rule": "highest"}, "beside the group with the highest rate"),
        ({}, "decision = chosen"),
    ],
)
def test_the_choices_are_those_of_the_audit(spec, said):
    found = found_in(PLAIN, names="sex chosen", point="design", spec={"favourable": "positive", **BY_SEX, **spec})
    assert said in found


def test_how_the_file_was_read_is_said_with_its_remarks():
    reading = Reading(container="csv", encoding="utf-8", delimiter=";", warnings=("one", "two"))
    said = found_in(PLAIN, names="sex chosen", point="origin", spec=BY_SEX, reading=reading, columns=7)
    assert "1,200 rows, 7 columns" in said
    assert "Read as csv, encoding utf-8, cells between ';'. Remarks while reading: 2." in said
    assert "columns" not in found_in(PLAIN, names="sex chosen", point="origin", spec=BY_SEX)


@pytest.mark.parametrize(
    ("rows", "names", "spec", "said"),
    [
        ([(1, k % 60 + 18, "yes" if k % 3 else "no") for k in range(400)], "age chosen",
         {"groups": ("age",), "prediction": "chosen", "bins": (("age", (40.0,)),)}, "Cut into ranges: age."),
        ([(row[0], *row[1:], "x") for row in PLAIN], "sex chosen site",
         {**BY_SEX, "where": (("site", "x"),)}, "Only rows with site = x were looked at."),
        (PLAIN, "sex chosen", BY_SEX, "Which value means yes was taken from the usual words for it."),
        ([(100, "m", "80%"), (100, "f", "20%")], "sex p", {"groups": ("sex",), "score": "p"}, "per cent"),
    ],
    ids=["ranges", "a filter", "usual words", "percentages"],
)  # fmt: skip
def test_what_was_done_to_the_cells_is_said(rows, names, spec, said):
    assert said in found_in(rows, names=names, point="preparation", spec=spec)


def test_what_counts_as_yes_is_said_of_outcome_and_decision_apart():
    rows = [(100, sex, a, b) for sex in "mf" for a in ("hit", "miss") for b in ("in", "out")]
    spec = {"groups": ("sex",), "label": "true", "prediction": "said", "label_positive": ("hit",),
            "prediction_positive": ("in",)}  # fmt: skip
    said = found_in(rows, names="sex true said", point="assumptions", spec=spec)
    assert "outcome = hit" in said
    assert "decision = in" in said
    assert "taken to be true" in said
    assert "taken to be true" not in found_in(PLAIN, names="sex chosen", point="assumptions", spec=BY_SEX)


def many_places(*sizes):
    return [(size // 2, f"p{k:02}", said) for k, size in enumerate(sizes) for said in ("yes", "no")]


def test_groups_are_enough_few_or_hidden_and_all_are_counted():
    spec = {"groups": ("place",), "prediction": "chosen"}
    rows = many_places(600, 600, 20, 8, 4)
    said = found_in(rows, names="place chosen", point="quantity", spec=spec)
    assert said.startswith("Of 5 groups, 2 have enough people")
    assert "Not enough data for: place = p02, place = p03, place = p04." in said
    # Of 20 people ten were chosen, and so fewer than eleven; with four and eight of the others.
    said = found_in(rows, names="place chosen", point="quantity", spec=spec, suppressed=11)
    assert said.startswith("Of 5 groups, 2 have enough people")
    assert said.endswith("3 groups are not shown, to protect the people in them.")
    assert "Not enough data" not in said
    said = found_in(many_places(600, 600, *[20] * 13), names="place chosen", point="quantity", spec=spec)
    assert "Not enough data for 13 groups, among them: place = p02," in said
    assert "place = p13" in said  # the twelfth
    assert "place = p14" not in said


def test_comparisons_and_gaps_are_counted_and_shares_are_of_everybody():
    said = found_in(PLAIN, names="sex chosen", point="examination", spec=BY_SEX)
    assert said.startswith("1 comparisons were made")
    assert "Gaps beyond chance: 1." in said
    shares = found_in([*PLAIN, (800, "x", "no")], names="sex chosen", point="quality", spec=BY_SEX)
    assert shares == "By sex: x 40.0%, f 30.0%, m 30.0%."
    lots = found_in(many_places(*[100] * 15), names="place chosen", point="quality",
                    spec={"groups": ("place",), "prediction": "chosen"})  # fmt: skip
    assert "and 3 more groups" in lots


def test_gaps_in_the_data_are_missing_cells_and_questions_that_it_cannot_answer():
    rows = [*PLAIN, (60, "f", ""), (9, "", "yes")]
    said = found_in(rows, names="sex chosen", point="gaps", spec=BY_SEX)
    assert "This data cannot answer: " in said
    assert "9 rows" in said
    assert "9.1%" in said  # 60 of 660 women have no decision
    scores = [(100, "m", 0.8), (90, "f", 0.3), (10, "f", "")]
    said = found_in(scores, names="sex p", point="gaps", spec={"groups": ("sex",), "score": "p"})
    assert "Rows without a score are left out wherever one is needed (10 rows)." in said


def test_the_file_holds_what_was_found_beside_what_a_person_has_to_say(result):
    sheet = evidence(result, file_name="people.csv", answers={"origin": "The careers site."})
    lines = {row[0]: row for row in csv.reader(io.StringIO(evidence_csv(sheet, day=DAY), newline="")) if row}
    assert "1,214 rows" in lines["10(2)(b)"][2]
    assert "The careers site." in lines["10(2)(b)"][3]


@pytest.mark.parametrize(
    ("spec", "point", "lines"),
    [
        ({"groups": ("sex",)}, "design", 1),  # no column has a role
        (BY_SEX, "design", 2),
        (BY_SEX, "assumptions", 1),  # nobody said which value means yes
        ({**BY_SEX, "prediction_positive": ("yes",)}, "assumptions", 2),
        ({"groups": ("sex",)}, "examination", 0),  # nothing was compared
        ({"groups": ("sex",), "label": "chosen"}, "quantity", 1),
        ({"groups": ("sex",)}, "quantity", 1),
    ],
)
def test_no_sentence_is_begun_that_has_nothing_to_say(spec, point, lines):
    result = audited(repeated(*PLAIN, names="sex chosen"), **spec)
    sheet = evidence(result, file_name="p.csv")
    assert len(next(each for each in sheet.points if each.key == point).found) == lines


@pytest.mark.parametrize("small", [(30, 4), (6, 8, 8)], ids=["everybody is hidden as well", "everybody is shown"])
def test_where_a_group_is_hidden_the_shares_of_the_others_are_too(small):
    """What they lack to the whole would be its share."""
    rows = [*PLAIN, *((size // 2, f"d{k}", said) for k, size in enumerate(small) for said in ("yes", "no"))]
    asked = {"names": "sex chosen", "point": "quality", "spec": BY_SEX}
    assert "d1 0." in found_in(rows, **asked)
    assert found_in(rows, **asked, suppressed=11) == ""
