"""What a report for a law hands on: every number of every table in its cell, hidden ones named as hidden."""

import csv
import io
import re
from datetime import UTC, date, datetime
from html import escape

import pytest

from aipm.fairness.law_four_fifths import four_fifths
from aipm.fairness.law_nyc import NycAsked, nyc
from aipm.fairness.law_out import four_fifths_csv, four_fifths_plain, nyc_csv, nyc_plain, to_html
from aipm.fairness.law_said import four_fifths_section, nyc_section
from aipm.fairness.law_texts import law_texts
from tests.fairness.build import counted, repeated

DAY = date(2026, 11, 21)
ROWS = ((60, "m", 0.9, "yes"), (40, "m", 0.4, "no"), (30, "f", 0.8, "yes"), (70, "f", 0.1, "no"),
        (1, "x", 0.8, "yes"), (2, "x", 0.1, "no"), (20, "", 0.3, "no"), (50, "m", 0.2, ""))  # fmt: skip


def city(*, measure="selection_rate", threshold=0, keep=True):
    counts, spec = counted(repeated(*ROWS, names="sex p hired"), groups=("sex",), prediction="hired", score="p")
    asked = NycAsked(sex="sex", race=None, measure=measure, leave_out_small=keep, unknown=(("sex", "z"),))
    return nyc(counts, spec, asked, threshold=threshold)


def fifths(threshold=0):
    counts, spec = counted(repeated(*ROWS, names="sex p hired"), groups=("sex",), prediction="hired")
    return four_fifths(counts, spec, measure="selection_rate", threshold=threshold)


def cells(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def beside(text):
    return {row[0]: row[1] for row in cells(text) if len(row) == 2}


def test_the_city_s_file_has_a_line_a_category_and_what_is_stated_beside():
    text = nyc_csv(city(), day=DAY, answers={"source": " our own system "})
    head, *lines = cells(text)
    women = dict(zip(head, next(line for line in lines if line[1:2] == ["f"]), strict=True))
    assert (women["applicants"], women["chosen"], women["rate"], women["ratio"], women["kind"]) == (
        "100", "30", "0.3", "0.5", "ok",
    )  # fmt: skip
    said = beside(text)
    assert (said["people"], said["without"], said["measure"]) == ("273", "50", "selection_rate")
    assert next(value for name, value in said.items() if name.startswith("unknown: ")) == "20"
    assert said[law_texts().nyc.fields["source"].label] == "our own system"
    assert "median" not in said
    assert "Selected means: hired is yes." in text
    scored = nyc_csv(city(measure="scoring_rate"), day=DAY, answers={})
    assert beside(scored)["median"] == "0.3"  # the 137th of 273


def test_what_is_hidden_is_named_so_and_never_empty():
    found = city(threshold=11)
    said = beside(nyc_csv(found, day=DAY, answers={}))
    assert found.people is None
    assert (said["people"], said["without"]) == (law_texts().shared.hidden, law_texts().shared.hidden)


@pytest.mark.parametrize("keep", [True, False])
def test_the_city_s_tables_for_machines(keep):
    made = nyc_plain(city(keep=keep))
    assert (made["people"], made["without"], made["median"]) == (273, 50, None)
    assert (made["measure"], made["sex"], made["race"], made["left_out_small"]) == ("selection_rate", "sex", None, keep)
    assert made["unknown_values"] == [{"column": "sex", "value": "z"}]
    (by_sex,) = made["tables"]
    assert (by_sex["by"], by_sex["highest"], by_sex["unknown"]) == ("sex", {"sex": "m"}, 20)
    men = next(each for each in by_sex["categories"] if each["group"] == {"sex": "m"})
    assert (men["status"], men["applicants"], men["chosen"], men["ratio"]) == ("highest", 100, 60, 1)
    assert "kind" not in men
    assert next(each["status"] for each in by_sex["categories"] if each["group"] == {"sex": "x"}) == (
        "left_out" if keep else "few"
    )
    assert nyc_plain(city(measure="scoring_rate"))["median"] == 0.3


def test_the_four_fifths_for_machines_and_as_a_file():
    (by_sex,) = four_fifths_plain(fifths())["tables"]
    assert (by_sex["column"], by_sex["reference"], by_sex["unknown"]) == ("sex", {"sex": "m"}, 20)
    women = next(each for each in by_sex["groups"] if each["group"] == {"sex": "f"})
    assert (women["status"], women["selected"], women["people"], women["ratio"]) == ("flag", 30, 100, 0.5)
    assert "reading" not in women
    head, *lines = cells(four_fifths_csv(fifths(), day=DAY))
    women = dict(zip(head, next(line for line in lines if line[2:3] == ["f"]), strict=True))
    assert (women["column"], women["reference"], women["selected"], women["reading"]) == ("sex", "m", "30", "flag")
    assert ["Selected means: hired is yes."] in lines
    assert ["measure", "selection_rate"] in lines


def test_weights_that_are_no_whole_people_stay_as_they_are():
    data = repeated((60, "m", "yes", 1.25), (40, "m", "no", 1.0), (30, "f", "yes", 1.5), (70, "f", "no", 1.5),
                    (1, "f", "no", 0.25), names="sex hired w")  # fmt: skip
    counts, spec = counted(data, groups=("sex",), prediction="hired", weight="w")
    made = nyc_plain(nyc(counts, spec, NycAsked(sex="sex", race=None)))
    assert {each["group"]["sex"]: each["applicants"] for each in made["tables"][0]["categories"]} == {
        "f": 150.25,
        "m": 115,
    }
    assert made["people"] == 265.25


def test_the_page_to_hand_on_holds_every_line_field_and_source():
    section = nyc_section(city(), day=DAY)
    page = to_html(
        section, rule="nyc", file_name="p.csv", generated=datetime(2026, 11, 21, tzinfo=UTC), day=DAY,
        answers={"source": "our own system"},
    )  # fmt: skip
    for _, url in section.sources:
        assert url in page
    assert "<caption>By sex</caption>" in page
    assert len(section.lines) > 1
    assert page.count(escape(section.lines[0])) == 1
    for line in section.lines:
        assert escape(line) in page
    assert "our own system" in page


@pytest.mark.parametrize(
    ("rule", "section", "words"),
    [
        ("nyc", nyc_section(city(), day=DAY), ["Category", "Note"]),
        ("four_fifths", four_fifths_section(fifths(), day=DAY), ["Group", "Reading"]),
    ],
)
def test_in_the_page_numbers_stand_to_the_right_and_words_do_not(rule, section, words):
    page = to_html(
        section, rule=rule, file_name="p.csv", generated=datetime(2026, 11, 21, tzinfo=UTC), day=DAY, answers={}
    )
    assert re.findall(r'<th scope="col">([^<]*)</th>', page) == words
    assert len(re.findall(r'<th scope="col" class="n">', page)) == len(section.tables[0].head) - len(words)
