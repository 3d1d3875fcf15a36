"""The register as files: every column, nothing a spreadsheet runs, nothing Markdown reads as its own."""

import csv
import io
from datetime import date

from aipm.governance.evidence import Evidence
from aipm.governance.product import Product
from aipm.governance.question_bank import Asked, bank
from aipm.governance.register import Item, Register
from aipm.governance.risk import assess
from aipm.governance.risk_exports import COLUMNS, register_csv, register_markdown

DAY = date(2026, 11, 21)
HOSTILE = '=HYPERLINK("http://x")\n| <b>bold</b> | [a](http://127.0.0.1)'
REGISTER = Register(
    items=(
        Item(
            id="r1",
            question="bia_audit",
            answer="no",
            who=HOSTILE,
            harm="Harm",
            severity=4,
            likelihood=3,
            mitigations=("threshold", "gone_by_now"),
            residual_severity=2,
            residual_likelihood=2,
            owner="@SUM(1)",
            due=date(2026, 11, 1),
        ),
        Item(id="r2", text=HOSTILE, answer="yes", evidence=Evidence(kind="link", added=DAY, link="+1", says=HOSTILE)),
        Item(id="r3", question="rel_drift", removed="Not ours"),
    )
)


def found():
    applies = {"bia_audit": Asked(), "rel_cost": Asked()}
    return assess(REGISTER, bank=bank(), applies=applies, latest={}, product=Product(), today=DAY)


def rows():
    made = register_csv(found(), bank=bank(), made_by="AIPM", day=DAY)
    return list(csv.DictReader(io.StringIO(made, newline="")))


def test_there_is_a_row_for_every_item_also_those_without_a_row_and_those_taken_out():
    assert {each["question_key"] for each in rows()} == {"bia_audit", "", "rel_cost", "rel_drift"}
    assert tuple(rows()[0]) == COLUMNS


def test_the_cells_say_what_the_page_says():
    row = next(each for each in rows() if each["id"] == "r1")
    assert row["state"] == "Risk open"
    assert (row["rating"], row["level"], row["residual_rating"]) == ("12", "high", "4")
    assert row["mitigations"] == "Move the threshold; gone_by_now"
    assert (row["due"], row["overdue"]) == ("2026-11-01", "yes")
    assert row["references"].startswith("AI Act Art. 10, 15")
    assert next(each for each in rows() if each["id"] == "r3")["removed"] == "Not ours"


def test_no_cell_begins_like_a_formula():
    for row in rows():
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@"))


def test_markdown_draws_what_was_typed_as_characters():
    text = register_markdown(found(), bank=bank(), asked=2, product=Product(name=HOSTILE), made_by="AIPM", day=DAY)
    assert "<b>" not in text.replace("\\<b", "")
    assert "](http" not in text.replace("\\](", "")
    assert text.count("\n# ") + text.startswith("# ") == 1


def test_markdown_names_what_is_in_the_way_the_tasks_and_what_was_taken_out():
    text = register_markdown(found(), bank=bank(), asked=2, product=Product(), made_by="AIPM", day=DAY)
    for heading in ("## Where it stands", "## Severe and not settled", "## Tasks", "## Items", "## Taken out"):
        assert heading in text
    assert "Not ready." in text
    assert "Made with AIPM on 2026-11-21" in text
