"""The decision record: everything a decision rests on, as files that can be handed on and opened again."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.selection.exports import from_json, opened, record_csv, record_json, record_markdown
from aipm.selection.needs import Needs, criteria
from aipm.selection.record import DecisionRecord, decision_record, source_lines
from aipm.selection.screening import screen
from aipm.tables import Refusal
from aipm.tables.formula import SIGNS

DAY = date(2026, 11, 20)
BY = {"made_by": "Ana", "day": DAY}
NEEDS = Needs.from_dict({"musts": {"cost": 500, "licence": "commercial"}, "order": ["quality", "cost"]})
MODELS = [
    {"name": "Alder", "facts": {"monthly_usd": 120, "commercial_use": {"value": "yes", "evidence": "vendor"}}},
    {"name": "Birch", "facts": {"monthly_usd": 80, "commercial_use": {"value": "yes", "evidence": "vendor"}}},
    {"name": "Cedar", "facts": {"monthly_usd": 20, "commercial_use": {"value": "unverified"}}},
]


def record(**more):
    return decision_record(
        "Which model answers claims?",
        needs=NEEDS,
        screening=screen(MODELS, NEEDS),
        criteria=criteria(NEEDS),
        ranking=[
            {"name": "Alder", "rank": 1, "score": 0.71, "contributions": {"quality": 0.6, "cost": 0.11}},
            {"name": "Birch", "rank": 2, "score": 0.55, "contributions": {"quality": 0.4, "cost": 0.15}},
        ],
        excluded=[{"name": "Dogwood", "reason": "quality: not known"}],
        robustness="Alder leads in 71 % of plausible weightings.",
        cost=[
            {"item": "Alder, a month", "value": Decimal("120.50"), "unit": "USD", "source": "list", "as_of": "2026-11"}
        ],
        assumptions=["1 000 requests a day"],
        versions={"catalogue": "2026-11-20"},
        method="weighted_sum",
        **more,
    )


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_markdown_tells_the_whole_story():
    text = record_markdown(record(decision="Alder, by the claims team."), **BY)
    for part in (
        "# Decision record: Which model answers claims?",
        "Alder, by the claims team.",
        "| What may it cost a month at your volume? | Must: at most 500 USD a month; Prefer, place 2 of 2 |",
        "- Cedar: use for business: not known",
        "- Dogwood: quality: not known",
        "| Quality on your own examples | 75.0% | 0.5 | 1 | share |",
        "| 1 | Alder | 0.710 | 0.600 | 0.110 |",
        "Alder leads in 71 % of plausible weightings.",
        "| Alder, a month | 120.50 | USD | list | 2026-11 |",
        "- 1 000 requests a day",
        "Made by Ana on 2026-11-20.",
    ):
        assert part.replace("\u2060", "") in text.replace("\u2060", "").replace("\\", "")


def test_an_empty_record_is_still_one():
    text = record_markdown(DecisionRecord(question="Which?"), **BY)
    assert "Not decided yet." in text
    assert "Ranking" not in text


def test_csv_has_a_row_a_statement():
    found = rows(record_csv(record(), **BY))
    assert {row["day"] for row in found} == {"2026-11-20"}
    assert [(row["item"], row["value"]) for row in found if row["key"] == "score"] == [
        ("Alder", "0.71"),
        ("Birch", "0.55"),
    ]
    assert [row["note"] for row in found if row["part"] == "excluded"] == [
        "use for business: not known",
        "quality: not known",
    ]
    assert next(row["value"] for row in found if row["part"] == "cost") == "120.5"


def test_json_comes_back_as_it_was():
    assert from_json(record_json(record(), **BY)) == record()
    assert json.loads(record_json(record(), **BY))["made_by"] == "Ana"


def test_a_score_that_is_no_number_is_null():
    odd = DecisionRecord.from_dict({"question": "?", "ranking": [{"name": "A", "score": float("nan")}]})
    assert json.loads(record_json(odd, **BY))["record"]["ranking"][0]["score"] is None
    assert "nan" not in record_csv(odd, **BY) + record_markdown(odd, **BY)


@pytest.mark.parametrize("sign", sorted(SIGNS - {"\r", "\n"}))
def test_no_cell_is_a_formula(sign):
    hostile = DecisionRecord.from_dict(
        {
            "question": f"{sign}1+1",
            "ranking": [{"name": f"{sign}A", "contributions": {f"{sign}c": -0.5}}],
            "excluded": [{"name": f" {sign}B", "reasons": [f"{sign}cmd"]}],
            "versions": {f"{sign}v": f"{sign}w"},
        }
    )
    found = rows(record_csv(hostile, **BY))
    cells = [cell for row in found for key, cell in row.items() if key != "value" and cell]
    assert not [cell for cell in cells if cell.lstrip()[:1] == sign]
    assert [row["value"] for row in found if row["part"] == "contribution"] == ["-0.5"]


def test_markdown_draws_names_as_they_are():
    odd = DecisionRecord.from_dict(
        {"question": "<b>x</b> [a](http://b.c)", "excluded": [{"name": "|a|", "reasons": ["`b`"]}]}
    )
    text = record_markdown(odd, **BY)
    assert "<b>" not in text.replace("\\<", "")
    assert r"\[a\](http" in text
    assert r"- \|a\|: \`b\`" in text


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
RECORDS = st.builds(
    DecisionRecord.from_dict,
    st.fixed_dictionaries(
        {"question": TEXTS},
        optional={
            "decision": TEXTS,
            "needs": st.lists(st.fixed_dictionaries({"need": TEXTS, "answer": TEXTS}), max_size=2),
            "filters": st.lists(st.fixed_dictionaries({"name": TEXTS, "left": st.integers(0, 9)}), max_size=2),
            "excluded": st.lists(
                st.fixed_dictionaries({"name": TEXTS, "reasons": st.lists(TEXTS, max_size=2)}), max_size=2
            ),
            "criteria": st.lists(
                st.fixed_dictionaries({"name": TEXTS, "weight": NUMBERS, "worst": NUMBERS}), max_size=2
            ),
            "ranking": st.lists(
                st.fixed_dictionaries(
                    {"name": TEXTS, "score": NUMBERS, "contributions": st.dictionaries(TEXTS, NUMBERS, max_size=2)}
                ),
                max_size=2,
            ),
            "cost": st.lists(
                st.fixed_dictionaries({"item": TEXTS, "value": st.none() | st.decimals(0, 10**9, places=4)}), max_size=2
            ),
            "assumptions": st.lists(TEXTS, max_size=2),
            "versions": st.dictionaries(TEXTS, TEXTS, max_size=2),
        },
    ),
)


@given(RECORDS)
def test_any_record_is_written_and_opened_again(found):
    assert from_json(record_json(found, **BY)) == found
    assert record_markdown(found, **BY).endswith("\n")
    assert rows(record_csv(found, **BY))[0]["part"] == "question"


COST, END = (
    '{"kind": "model_decision", "format": 1, "record": {"question": "?", "cost": [{"item": "a", "value": "',
    '"}]}}',
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[" * 100_000,
        "[]",
        '{"kind": "canvas", "format": 1}',
        '{"kind": "model_decision", "format": 2}',
        '{"kind": "model_decision", "format": 1}',
        '{"kind": "model_decision", "format": 1, "record": {"question": 3}}',
        '{"kind": "model_decision", "format": 1, "record": {"question": "?", "ranking": [{"name": null}]}}',
        f"{COST}1E+999999999{END}",
        f"{COST}NaN{END}",
        '{"kind": "model_decision", "format": 1, "record": {"question": "\\ud800"}}',
        b"\xff\xfe",
    ],
)
def test_other_files_are_refused_without_being_quoted(text):
    with pytest.raises(Refusal) as problem:
        from_json(text)
    assert problem.value.code == "bad_record"
    assert "1E+" not in problem.value.message


def test_half_a_character_is_refused_when_a_record_is_made():
    with pytest.raises(Refusal):
        DecisionRecord.from_dict({"question": "\ud800"})


def test_what_was_asked_comes_back_as_it_was():
    asked = {
        "needs": NEEDS.to_dict(),
        "workload": {"requests": {"likely": "10"}},
        "entered": {"Own": {"pass_rate": 0.9}},
    }
    kept = record(asked=asked)
    found = opened(record_json(kept, **BY))
    assert found.record == kept
    assert found.day == "2026-11-20"
    assert Needs.from_dict(found.record.asked.needs) == NEEDS


def test_a_source_stands_once_with_what_was_taken_from_it_and_of_whom():
    listed = {"source": "A list", "evidence": "aggregator", "as_of": "2026-11-20", "url": "https://example.org"}
    models = [
        {"name": "Alder", "facts": {"context_window": {"value": 8, **listed}, "max_output": {"value": 2, **listed}}},
        {"name": "Birch", "facts": {"context_window": {"value": 4, **listed}, "max_output": {"value": None, **listed}}},
    ]
    lines = source_lines(models, ["context_window", "max_output", "context_window"])
    assert [(line["source"], line["facts"], line["models"]) for line in lines] == [
        ("A list", ["how much it can read", "how much it can write"], ["Alder", "Birch"])
    ]
    text = record_markdown(
        record(sources=lines, reasons=["Ahead in Cost."], workload=[{"need": "A", "answer": "1"}]), **BY
    )
    assert "how much it can read, how much it can write | Alder, Birch" in text
    assert "- Ahead in Cost." in text


@pytest.mark.parametrize(
    ("part", "broken"),
    [("ranking", [{"rank": 1}]), ("cost", 5), ("asked", {"needs": [1]}), ("sources", [{"source": 3}])],
)
def test_a_refusal_names_the_part_but_not_what_stands_there(part, broken):
    with pytest.raises(Refusal, match=f"“{part}”"):
        DecisionRecord.from_dict({"question": "secret", part: broken})
