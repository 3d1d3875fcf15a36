"""What a brief keeps of a tool's answer, and what it refuses to keep."""

import math

import pytest

from aipm.brief.entry import Entry, EntryError, Figure, check, disclosure_threshold, of_result
from aipm.content.chart import Series
from tests.brief.made_up import AT, bars, charts, entry, sha


def refused(each):
    with pytest.raises(EntryError) as problem:
        check(each)
    return problem.value.code


def test_an_answer_with_figures_and_charts_is_kept_as_it_is():
    each = entry(
        figures=(Figure(name="Rows", value=30_864, n=30_864),), charts=charts(), spec={"asked": [1, 2.5, None]}
    )
    assert check(each) == each


def test_it_is_known_by_what_it_rests_on_as_evidence_is():
    one = entry("bias_audit", data=sha("a"), threshold=0.5)
    assert one.fingerprint == one.result.fingerprint
    assert one.fingerprint == entry("bias_audit", data=sha("a"), threshold=0.5, summary="Said otherwise.").fingerprint
    assert one.fingerprint != entry("bias_audit", data=sha("b"), threshold=0.5).fingerprint
    assert of_result(one.result, title=one.title) == one


@pytest.mark.parametrize("n", [1, 5, disclosure_threshold() - 1])
def test_a_figure_of_few_people_is_never_kept(n):
    assert refused(entry(figures=(Figure(name="60 and over", value=40, unit="%", n=n),))) == "small_group"
    small = bars(series=(Series(name="Selected", values=(1.0, 2.0, 3.0), counts=(300, n, None)),))
    assert refused(entry(charts=(small,))) == "small_group"


@pytest.mark.parametrize("n", [0, None, disclosure_threshold()])
def test_nobody_everybody_and_enough_may_be_shown(n):
    assert check(entry(figures=(Figure(name="60 and over", value=40, unit="%", n=n),)))


ROWS = [{"name": f"Person {place}", "age": place} for place in range(40)]
CSV = "\n".join(f"{place},Ines,{place * 2}" for place in range(30))


@pytest.mark.parametrize(
    "spec",
    [
        {"file": list(range(201))},
        {"sample": ROWS},
        {"deep": {"er": [{"still": ROWS}]}},
        {"cells": [[1, 2, 3] for _ in range(40)]},
        {"columns": {"name": ["a"] * 40, "age": [1] * 40}},
        {"pasted": CSV},
        {"pasted": CSV.replace(",", "\t")},
        {"lines": CSV.splitlines()},
        {str(place): place for place in range(300)},
    ],
    ids=["long", "records", "deep", "cells", "columns", "csv", "tabs", "lines", "wide"],
)
def test_rows_of_data_are_refused_whichever_way_they_are_written(spec):
    assert refused(entry(spec=spec)) == "rows"


def test_rows_in_a_sentence_are_refused_too():
    assert refused(entry(summary=CSV)) == "rows"
    assert refused(entry(warnings=tuple(CSV.splitlines()))) == "rows"


def test_what_a_person_typed_is_no_table():
    prose = "\n".join(f"We read, weigh, and sort {place} letters." for place in range(15))
    assert check(entry(spec={"text": prose, "weights": {"cost": 30, "quality": 70}, "kept": ["a"] * 150}))


@pytest.mark.parametrize(
    "parts",
    [
        {"spec": {"x": math.nan}},
        {"spec": {"x": object()}},
        {"spec": {1: "a key that is no text"}},
        {"spec": {"x": "\ud800"}},
        {"figures": (Figure(name="x", value=math.inf),)},
        {"settings": "not a digest"},
        {"tool": "../etc/passwd"},
        {"summary": "x" * 20_001},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_what_a_file_cannot_hold_is_refused(parts):
    assert refused(entry(**parts)) == "not_plain"


def test_a_time_without_a_zone_and_an_entry_too_large_are_refused():
    assert refused(entry(at=AT.replace(tzinfo=None))) == "no_zone"
    assert refused(entry(spec={str(place): "x" * 3_000 for place in range(100)})) == "too_large"


def test_nested_beyond_reason_is_refused():
    spec = {}
    for _ in range(40):
        spec = {"in": spec}
    assert refused(entry(spec=spec)) == "rows"


def test_every_refusal_says_what_is_wrong():
    from aipm.brief.story import refused as said

    for code in ("small_group", "rows", "too_large", "not_plain", "no_zone"):
        assert "{" not in said(code)
    assert str(disclosure_threshold()) in said("small_group")


def test_a_tool_is_a_page_with_or_without_a_part():
    for tool in ("bias_audit", "model_scorer.cost", "workshop.weights"):
        assert isinstance(check(entry(tool)), Entry)
