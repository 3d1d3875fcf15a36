"""What leaves as Markdown, CSV and JSON: everything that is known, nothing that runs, the same bytes every time."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.mapping.canvas import FIELDS, Canvas, missing, prefilled
from aipm.mapping.exports import (
    canvas_csv,
    canvas_json,
    canvas_markdown,
    from_json,
    journey_csv,
    journey_json,
    journey_markdown,
    priorities_csv,
    priorities_json,
    priorities_markdown,
)
from aipm.mapping.journey import Journey, map_journey
from aipm.mapping.journey_reading import from_text
from aipm.mapping.priority import Opportunity, Range, prioritise
from aipm.mapping.risks import risk_texts
from aipm.tables import Refusal

MADE = {"made_by": "AIPM 0.1.0", "day": date(2026, 11, 21)}
EVIL = '=HYPERLINK("http://evil.example","x") | <img src=x onerror=alert(1)> [a](http://b.example)'


@dataclass(frozen=True)
class Ranked:
    capability: str


@dataclass(frozen=True)
class Result:
    ranking: tuple
    strength: str
    may_not_need_ai: bool


def mapper(texts):
    """Long pains are rankings, short ones unclear, questions need no AI."""
    order = (Ranked("rankings"), Ranked("regression"))
    return [Result(order, "strong" if len(text) > 10 else "weak", text.endswith("?")) for text in texts]


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def filled(**more):
    return Canvas.from_dict(prefilled("Nobody tells me when it comes.", "regression").to_dict() | more)


def test_a_canvas_reads_as_a_page_with_its_open_questions():
    text = canvas_markdown(filled(data_have="partly", risks={"jobs": "yes", "talks": "unsure"}), **MADE)
    assert text.startswith("# Opportunity canvas\n\n## The pain\n\nNobody tells me when it comes.\n")
    assert "## Capability\n\nRegression\n" in text
    assert "## Do we have it\n\nPartly\n" in text
    assert "## Who hurts\n\n*Still open: Who has this problem, and roughly how many of them are there?*\n" in text
    assert "## What it costs: too high\n\n" in text
    assert "- Somebody decides differently when the number changes.\n" in text
    assert "## Where to look in law\n\n- AI Act, Annex III, point 4" in text
    assert "Check with legal." in text
    assert "## To find out\n\n- Find out: Does it talk with people" in text
    assert text.endswith("---\n\nMade by AIPM 0.1.0 on 2026-11-21.\n")


def test_every_open_question_is_in_the_markdown_and_no_other():
    text = canvas_markdown(Canvas(), **MADE)
    assert text.count("*Still open: ") == len(missing(Canvas())) == len(FIELDS)
    assert "## Where to look in law" not in text


def test_without_ai_the_page_leaves_out_what_nobody_has_to_answer():
    text = canvas_markdown(prefilled("Three people have to sign.", "none"), **MADE)
    assert "May not need AI" in text
    assert "Do we have it" not in text
    assert "Cost of a false" not in text


def test_a_canvas_as_csv_has_a_row_a_field_and_a_row_a_question():
    found = rows(canvas_csv(filled(risks={"jobs": "yes"}), **MADE))
    keys = [row["field"] for row in found]
    assert len(keys) == len(FIELDS) - 1 + len(risk_texts().questions)
    values = {row["field"]: row["value"] for row in found}
    assert values["capability"] == "regression"
    assert values["who_hurts"] == ""
    assert values["risks.jobs"] == "yes"
    assert values["risks.price"] == ""
    assert values["assumptions"].splitlines() == list(filled().assumptions)
    assert {(row["made_by"], row["day"]) for row in found} == {("AIPM 0.1.0", "2026-11-21")}


JOURNEY = from_text(
    "Step\tPain\tOwner\nPay\tIt takes far too long\tAna\n\tWhy do I sign?\t=1+1\nWait\t\tBo\n"
    f"Wait\thm\t\nWait\t{EVIL}\tCy"
)


def test_a_journey_reads_as_a_picture_and_a_list():
    text = journey_markdown(map_journey(JOURNEY, mapper), **MADE)
    lines = text.splitlines()
    assert lines[2] == "4 pains over 2 stages: 2 with a capability, 1 that may need no AI, 1 to be clarified first."
    assert lines[4] == "1 row without a pain; kept, and left out of the picture."
    assert "| Stage | Rankings | May not need AI | To be clarified |" in lines
    assert "| Pay | 1 | 1 |  |" in lines
    assert "| Wait | 1 |  | 1 |" in lines
    assert "| Wait | hm | To be clarified | Rankings | Regression | weak |" in lines
    assert "| Pay | Why do I sign? | May not need AI | Rankings | Regression | strong |" in lines


def test_an_empty_journey_is_an_honest_page():
    text = journey_markdown(map_journey(Journey(rows=()), mapper), **MADE)
    assert "0 pains over 0 stages" in text
    assert "|" not in text


def test_a_journey_as_csv_keeps_every_row_and_runs_nothing():
    found = rows(journey_csv(map_journey(JOURNEY, mapper), **MADE))
    assert [row["row"] for row in found] == ["1", "2", "3", "4", "5"]
    assert [row["answer"] for row in found] == ["rankings", "none", "", "unclear", "rankings"]
    assert [row["stage"] for row in found] == ["Pay", "Pay", "Wait", "Wait", "Wait"]
    assert found[1]["may_not_need_ai"] == "True"
    assert found[4]["pain"] == f"'{EVIL}"
    assert [row["more: Owner"] for row in found] == ["Ana", "'=1+1", "Bo", "", "Cy"]


def test_rows_beyond_the_limit_are_in_the_csv_without_an_answer():
    long = from_text("Pay\tIt takes far too long\n" * 1_002)
    found = rows(journey_csv(map_journey(long, mapper), **MADE))
    assert len(found) == 1_002
    assert [row["answer"] for row in found[999:]] == ["rankings", "", ""]


def opportunities():
    def between(low, high):
        return Range(low=low, high=high)

    sure = {"effort": between(1, 2), "readiness": between(0.5, 1), "risk": between(0, 0.25)}
    return [
        Opportunity(name="Tell when it comes", impact=between(8, 10), confidence=between(0.6, 0.9), **sure),
        Opportunity(name=EVIL, impact=between(7, 10), confidence=between(0.5, 0.9), **sure),
        Opportunity(name="Later", impact=between(0, 0.1), confidence=between(0.1, 0.2), **sure),
    ]


def test_priorities_read_as_an_order_with_its_ties():
    text = priorities_markdown(prioritise(opportunities()), **MADE)
    assert text.splitlines()[2].startswith(
        "No clear first. What is known does not tell these apart: Tell when it comes, =HYP"
    )
    assert "## What is tied\n\n- Tell when it comes and =HYPERLINK" in text
    assert "| 3 | Later | " in text
    assert "| Later | 0 – 0.1 | 10.0% – 20.0% | 1 – 2 | 50.0% – 100.0% | 0.0% – 25.0% |" in text
    assert priorities_markdown(prioritise([]), **MADE).startswith("# Opportunities in order\n\nThere is nothing")


def test_priorities_as_csv_hold_what_went_in_and_what_came_out():
    found = rows(priorities_csv(prioritise(opportunities()), **MADE))
    assert [row["place"] for row in found] == ["1", "1", "3"]
    assert found[1]["name"] == f"'{EVIL}"
    assert (found[2]["impact_low"], found[2]["impact_high"]) == ("0", "0.1")
    assert sum(float(row["first_share"]) for row in found) == pytest.approx(1)


@pytest.mark.parametrize(
    "text",
    [
        canvas_markdown(filled(pain=EVIL, who_hurts=f"a\n{EVIL}", assumptions=[EVIL]), **MADE),
        journey_markdown(map_journey(JOURNEY, mapper), **MADE),
        priorities_markdown(prioritise(opportunities()), **MADE),
        journey_markdown(map_journey(JOURNEY, mapper), made_by=EVIL, day=MADE["day"]),
    ],
)
def test_nothing_that_people_typed_is_a_link_a_picture_or_html(text):
    reader = pytest.importorskip("markdown_it", reason="markdown-it-py reads the Markdown that is tested here")
    drawing = reader.MarkdownIt("commonmark", {"html": True}).enable(["table"]).render(text)
    assert "HYPERLINK" in drawing
    assert "&lt;img src=x" in drawing
    assert not any(tag in drawing for tag in ("<img", "<a ", "<a>", "<code", "<pre"))
    assert all(line.count("<td>") == 0 or "</td>" in line for line in drawing.splitlines())


def test_what_was_exported_opens_again():
    canvas = filled(risks={"jobs": "unsure"}, pain=EVIL)
    assert from_json(canvas_json(canvas, **MADE)) == canvas
    assert from_json(journey_json(map_journey(JOURNEY, mapper), **MADE)) == JOURNEY
    order = prioritise(opportunities())
    assert from_json(priorities_json(order, **MADE).encode()) == tuple(each.opportunity for each in order.standings)
    assert prioritise(from_json(priorities_json(order, **MADE))) == order


def test_json_says_who_made_it_and_holds_the_answers_for_other_programs():
    held = json.loads(journey_json(map_journey(JOURNEY, mapper), **MADE))
    assert (held["kind"], held["format"], held["made_by"], held["day"]) == ("journey", 1, "AIPM 0.1.0", "2026-11-21")
    assert held["answers"][1] == {
        "row": 2,
        "answer": "none",
        "ranking": ["rankings", "regression"],
        "strength": "strong",
        "may_not_need_ai": True,
    }
    held = json.loads(priorities_json(prioritise(opportunities()), **MADE))
    assert held["standings"][0]["opportunity"] == "Tell when it comes"
    assert held["ties"][0]["second"] == EVIL


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_pain_comes_through_every_export(text):
    canvas = Canvas.from_dict({"pain": text})
    assert from_json(canvas_json(canvas, **MADE)) == canvas
    journey = from_text(text)
    mapped = map_journey(journey, mapper)
    assert from_json(journey_json(mapped, **MADE)) == journey
    for made in (canvas_markdown(canvas, **MADE), canvas_csv(canvas, **MADE), journey_markdown(mapped, **MADE)):
        made.encode()
    assert len(rows(journey_csv(mapped, **MADE))) == len(journey.rows)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "3", "[" * 100_000, b"\xff", "{}", '{"kind": "brief"}', '{"kind": ["canvas"]}',
        '{"kind": "canvas", "format": 2}', '{"kind": "canvas", "format": 1}', '{"kind": "journey", "format": 1}',
        '{"kind": "priorities", "format": 1}', '{"kind": "priorities", "format": 1, "opportunities": [1]}',
        '{"kind": "canvas", "format": 1, "canvas": {"pain": NaN}}',
        '{"kind": "canvas", "format": 1, "canvas": {"x": 1}}', '{"kind": "canvas", "format": ' + "9" * 5_000 + "}",
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused_clearly(text):
    with pytest.raises(Refusal) as refused:
        from_json(text)
    assert refused.value.advice


def test_the_same_goes_in_the_same_comes_out():
    assert canvas_markdown(filled(), **MADE) == canvas_markdown(filled(), **MADE)
    assert priorities_csv(prioritise(opportunities()), **MADE) == priorities_csv(prioritise(opportunities()), **MADE)
