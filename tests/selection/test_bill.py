"""The bill as files: every assumption in it, numbers that programs read, text that no spreadsheet calculates."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from aipm.selection.assumptions import cost_texts
from aipm.selection.bill import OwnMachines, bill_csv, bill_markdown
from aipm.selection.catalogue import model
from aipm.selection.cost import Estimate, Workload, cost
from aipm.selection.hosting import against_api, suggested_hosting

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = date(2026, 11, 20)
SAY = cost_texts().bill


def number(likely, low=None, high=None):
    low, high = (None if each is None else Decimal(each) for each in (low, high))
    return Estimate(likely=Decimal(likely), low=low, high=high)


ASKED = Workload(
    requests=number("1000", "500", "2000"),
    input_tokens=number("1000"),
    output_tokens=number("500"),
    growth_per_month=Decimal("0.1"),
    cached_share=Decimal("0.25"),
    months=2,
    users=Decimal(50),
)


def bills(*which):
    return {name: cost(model(name), ASKED, at=NOON) for name in which}


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def found(text, part, item):
    return next(row for row in rows(text) if (row["Part"], row["Item"]) == (part, item))


def test_the_table_holds_the_bill_and_all_it_assumes():
    text = bill_csv(ASKED, bills("gpt-6.1-terra"), made_by="AIPM", day=DAY)
    month = found(text, SAY.bill, "gpt-6.1-terra: A month")
    # 750 at $1, 250 at $0.05 and 500 at $5 a million: 0.0032625 a request.
    assert (month["Likely"], month["Low"], month["High"]) == ("3.2625", "1.63125", "6.525")
    asked = found(text, SAY.assumptions, "Requests a month")
    assert (asked["Likely"], asked["Low"], asked["High"], asked["Unit"]) == ("1000", "500", "2000", "requests")
    assert found(text, SAY.assumptions, "Growth a month")["Likely"] == "0.1"
    assert found(text, SAY.months, "gpt-6.1-terra: 2026-12-20")["Likely"] == "3.58875"
    assert "genai-prices" in found(text, SAY.sources, "gpt-6.1-terra")["Note"]
    assert {row["Made by"] for row in rows(text)} == {"AIPM"}
    assert {row["Day"] for row in rows(text)} == {"2026-11-20"}


def test_every_field_of_a_workload_has_a_name():
    assert set(SAY.workload) == set(ASKED.__slots__) - {"period"}
    assert set(SAY.hosting) == set(suggested_hosting().__slots__)


def test_what_has_no_price_says_so_and_is_no_zero():
    text = bill_csv(ASKED, bills("flux-1.1-pro"), made_by="AIPM", day=DAY)
    line = found(text, SAY.bill, "flux-1.1-pro")
    assert line["Likely"] == ""
    assert "no price" in line["Note"]


def test_a_name_that_a_spreadsheet_would_calculate_is_text():
    evil = {'=HYPERLINK("http://a","b")': cost(model("gpt-6.1-terra"), ASKED, at=NOON)}
    items = [row["Item"] for row in rows(bill_csv(ASKED, evil, made_by="+x", day=DAY))]
    assert not [item for item in items if item.startswith("=")]
    assert [item for item in items if item.startswith("'=")]
    assert "\n=" not in bill_markdown(ASKED, {"<b>|x": bills("gpt-6.1-terra")["gpt-6.1-terra"]}, made_by="A", day=DAY)


def test_announced_changes_and_ranges_stand_in_the_text():
    text = bill_markdown(ASKED, bills("gemini-3.8-flash", "gpt-6.1-terra"), made_by="AIPM", day=DAY)
    assert "2027-01-01" in text
    assert "2026-11-20 12:00" in text.replace("\u2060", "")
    for part in (SAY.assumptions, SAY.bill, SAY.months, SAY.sources):
        assert f"## {part}" in text


def test_own_machines_go_along_and_what_nobody_said_is_left_out():
    bill = bills("gpt-oss-120b")["gpt-oss-120b"]
    hosting = suggested_hosting()
    own = OwnMachines(
        model="gpt-oss-120b",
        against="gpt-oss-120b",
        hosting=hosting,
        found=against_api(bill, ASKED, hosting),
        people_known=False,
    )
    text = bill_csv(ASKED, {"gpt-oss-120b": bill}, made_by="AIPM", day=DAY, own=own)
    items = {row["Item"] for row in rows(text) if row["Part"] == SAY.own}
    people, total = (said.split("|")[0] for said in (SAY.hosting["ops_usd_per_month"], SAY.compared["own"]))
    assert not {people, total} & items
    known = replace(own, people_known=True)
    told = bill_csv(ASKED, {"gpt-oss-120b": bill}, made_by="AIPM", day=DAY, own=known)
    assert {people, total} <= {row["Item"] for row in rows(told) if row["Part"] == SAY.own}
    room = found(told, SAY.own, SAY.compared["left_for_people"].split("|")[0])
    assert (room["Likely"], room["Note"]) == ("", SAY.no_room)


def test_enormous_numbers_stay_plain_numbers():
    vast = replace(ASKED, requests=number("1e12"), input_tokens=number("1e12"))
    text = bill_csv(vast, {"a": cost(model("gpt-6.1-terra"), vast, at=NOON)}, made_by="AIPM", day=DAY)
    month = found(text, SAY.bill, "a: A month")["Likely"]
    assert month.isdecimal()
    assert len(month) > 15
    assert "E+" not in text
    assert "E+" not in bill_markdown(vast, {"a": cost(model("gpt-6.1-terra"), vast, at=NOON)}, made_by="A", day=DAY)
