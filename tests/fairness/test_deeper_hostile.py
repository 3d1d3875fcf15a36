"""Odd tables that people's files do hold, through every deeper part of the audit: answered or refused, never broken."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle, islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.fairness import law_out, strata_section
from aipm.fairness.alone import missing, scan
from aipm.fairness.alone_section import Gaps, Given
from aipm.fairness.alone_section import section as alone_section
from aipm.fairness.audit import audit
from aipm.fairness.disclosure import suppress as without_small_groups
from aipm.fairness.law_data import measures, selected_first
from aipm.fairness.law_evidence import evidence
from aipm.fairness.law_four_fifths import four_fifths
from aipm.fairness.law_nyc import NycAsked, nyc
from aipm.fairness.law_said import four_fifths_section, nyc_section
from aipm.fairness.law_said_evidence import evidence_section
from aipm.fairness.proxies import proxies
from aipm.fairness.report import render
from aipm.fairness.section import Section
from aipm.fairness.strata import with_factors
from aipm.fairness.strata_compare import like_with_like
from aipm.fairness.thresholds import at, rates, sweep
from aipm.fairness.thresholds_equal import EQUAL, Costs, prices
from aipm.fairness.worst import beside_chance, ready, search, searchable
from aipm.fairness.worst_columns import candidates
from aipm.fairness.worst_cube import cube
from aipm.fairness.worst_report import plain
from aipm.fairness.worst_report import section as worst_section
from aipm.fairness.worst_spec import WorstSpec
from aipm.tables import Refusal
from aipm.ui import audit_scores_section as scores_section
from tests.fairness.build import counted, table

DAY = date(2026, 3, 5)
NO_NUMBER = re.compile(r"\b(nan|inf|None)\b")
LONG = "name " * 2_000
NAMES = (
    "", " ", LONG, "🦀", "עברית", "\u202eevil", "<script>alert(1)</script>", "=1+1", "nan", "None", "other (rare)",
    "everybody", "{group}", "%s", 'a"b', "a,b", "a\nb", "[a](http://b)", "1e308", "-",
)  # fmt: skip


def many(times, *cells):
    """A column of so many cells, these over and over."""
    return list(islice(cycle(cells), times))


ROLES = {"label": "label", "prediction": "prediction", "label_positive": ("1",), "prediction_positive": ("1",)}
SCORED = {"label": "label", "label_positive": ("1",), "score": "score"}


def people(rows, **columns):
    """A table of so many people in two groups and two sites; any column can be another."""
    usual = {
        "g": many(rows, "A", "B"),
        "site": many(rows, "n", "n", "s"),
        "label": many(rows, "1", "0", "0", "1", "1"),
        "prediction": many(rows, "1", "0", "1"),
        "score": [str(k / 100) for k in many(rows, *range(0, 100, 7))],
    }
    return usual | {name: many(rows, *cells) for name, cells in columns.items()}


CASES = {
    "one row": (people(1), ROLES),
    "one row with a score": (people(1), SCORED),
    "one group": (people(60, g=["A"]), ROLES),
    "names of every kind": (people(400, g=NAMES), ROLES),
    "names of every kind, scored": (people(400, g=NAMES), SCORED),
    "forty groups": (people(400, g=[f"g{k}" for k in range(40)]), ROLES),
    "groups that are dates": (people(90, g=["2024-01-01", "2024-02-30", ""]), ROLES),
    "groups that are numbers": (people(90, g=[str(k / 3) for k in range(40)]), SCORED),
    "everybody said yes": (people(90, label=["1"], prediction=["1"]), ROLES),
    "nobody said yes": (people(90, label=["0"], prediction=["0"]), ROLES),
    "only one group has labels": (people(90, label=["1", "", "0", ""]), ROLES),
    "decisions without labels": (people(90), {"prediction": "prediction", "prediction_positive": ("1",)}),
    "labels without decisions": (people(90), {"label": "label", "label_positive": ("1",)}),
    "scores alone": (people(90), {"score": "score"}),
    "scores all equal": (people(90, score=["0.5"]), SCORED),
    "scores of two values": (people(90, score=["0.2", "0.8"]), SCORED),
    "scores with endless ones": (people(90, score=["inf", "-inf", "nan", "0.3", "0.6", "0.9"]), SCORED),
    "scores as large as doubles go": (people(90, score=["1e308", "-1e308", "0", "1", "0.5"]), SCORED),
    "scores below nothing": (people(90, score=["-7.5", "-3", "-0.001"]), SCORED),
    "scores to a thousand": (people(90, score=[str(37 * k % 1001) for k in range(80)]), SCORED),
    "scores with words": (people(90, score=["0.1", "high", "0.7", "", "0.4"]), SCORED),
    "weights of nothing": (people(90, w=["0", "0", "1"]), ROLES | {"weight": "w"}),
    "weights that are enormous": (people(90, w=["1e135", "1", "1e100"]), ROLES | {"weight": "w"}),
    "weights that are missing": (people(90, w=["", "3"]), SCORED | {"weight": "w"}),
    "every row its own person": (people(90, c=range(90)), ROLES | {"cluster": "c"}),
    "all rows one person": (people(90, c=["p"]), SCORED | {"cluster": "c"}),
    "sites all empty but one": (people(90, site=["n"] + [""] * 89), ROLES),
    "the site is the group": (people(90, site=["A", "B"]), ROLES),
}
REFUSED = {
    "weights below nothing": (people(90, w=["-1", "2"]), ROLES | {"weight": "w"}, "negative_weight"),
    "scores that are mostly none": (people(90, score=["nan", "1e400", "inf", "0.3"]), SCORED, "score_not_numeric"),
    "labels that are all missing": (people(90, label=[""]), ROLES, "empty_label_column"),
    "weights of nothing at all": (people(90, w=["0"]), ROLES | {"weight": "w"}, "weights_sum_to_zero"),
}


def sections(data, asked, threshold):
    """Every part of the report that the table has an answer for, and all of it as plain data."""
    counts, spec = counted(data, groups=("g",), **asked)
    result = audit(counts, spec)
    if counts.scale is not None:
        found = sweep(counts, spec)
        costs = Costs() if found.labelled else None
        shown = scores_section.Shown(column=0, place=found.start, costs=costs)
        yield scores_section.section(counts, spec, found, shown, threshold)
    if measures(counts, spec):
        fifths = four_fifths(counts, spec, measure=selected_first(measures(counts, spec)), threshold=threshold)
        tables = nyc(counts, spec, NycAsked(sex="g", race=None, measure=measures(counts, spec)[0]), threshold=threshold)
        json.dumps([law_out.four_fifths_plain(fifths), law_out.nyc_plain(tables)], allow_nan=False)
        yield four_fifths_section(fifths, day=DAY)
        yield nyc_section(tables, day=DAY)
    sheet = evidence(result, file_name="odd.csv", reading=data.reading, columns=len(data.columns))
    yield evidence_section(sheet, day=DAY, threshold=threshold)
    seen = scan(data, spec, "g")
    gaps, told = Gaps(column="g", found=missing(seen)), Given(alone=proxies(seen), together=None)
    yield alone_section({("gaps", "g"): gaps, ("proxies", "g"): told}, threshold)
    with suppress(Refusal):
        within = with_factors(spec, ("site",))
        yield strata_section.section(
            counted(data, groups=("g", "site"), **asked)[0],
            within,
            result,
            ("site",),
            standard="everybody",
            reason="<b>{why}",
            threshold=threshold,
        )
    could = candidates(data, spec).proposed
    if could:
        on = ready(cube(data, spec, could, scale=counts.scale))
        for metric in searchable(on.cube):
            found_worst = beside_chance(on, search(on, WorstSpec(metric=metric, columns=could), spec), spec)
            json.dumps(plain(found_worst), allow_nan=False)
            yield worst_section(found_worst, spec, threshold)


def texts(section):
    yield from (section.title, *section.lines, *section.notes)
    for each in section.tables:
        yield from (each.caption, *each.head, *(cell for row in each.rows for cell in row))


def numbers(section) -> Iterator[str]:
    """The cells of a section's tables that say a number, or why there is none."""
    for each in section.tables:
        assert all(len(row) == len(each.head) for row in each.rows)
        yield from (cell for row in each.rows for cell in row[1:])


@pytest.mark.parametrize("threshold", [0, 11], ids=["everybody shown", "small groups hidden"])
@pytest.mark.parametrize("name", CASES)
def test_an_odd_table_is_answered_in_every_part(name, threshold):
    columns, asked = CASES[name]
    data = table(columns)
    found = tuple(sections(data, asked, threshold))
    assert not [cell for section in found for cell in numbers(section) if NO_NUMBER.search(cell)]
    counts, spec = counted(data, groups=("g",), **asked)
    html = render(
        without_small_groups(audit(counts, spec), threshold=threshold),
        reading=data.reading,
        file_name="odd.csv",
        command="",
        generated=datetime(2026, 3, 5, tzinfo=UTC),
        threshold=threshold,
        sections=found,
    )
    assert "<script>alert" not in html
    assert "<b>{why}" not in html
    assert all(len(text) < 20_000 for section in found for text in texts(section))  # a name of 10,000 is shortened


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_counted_is_refused_by_its_name(name):
    columns, asked, code = REFUSED[name]
    with pytest.raises(Refusal) as refused:
        tuple(sections(table(columns), asked, 0))
    assert refused.value.code == code


def test_scores_that_are_all_equal_select_everybody_or_nobody():
    counts, spec = counted(people(60, score=["0.5"]), groups=("g",), **SCORED)
    found = sweep(counts, spec)
    selected = rates(found, ("selection_rate",))["selection_rate"].value
    assert set(selected.ravel().tolist()) == {0.0, 1.0}
    for group in prices(found, found.start, Costs())[0].equal["selection_rate"].rates["selection_rate"]:
        assert group.value in (0.0, 1.0)


def test_large_costs_and_fine_thresholds_are_written_out():
    """Neither 1e+06 nor a threshold that was not the one asked for."""
    counts, spec = counted(people(60), groups=("g",), **SCORED, threshold=0.12345678)
    found = sweep(counts, spec)
    shown = scores_section.Shown(column=0, place=found.start, costs=Costs(false_positive=1e6, false_negative=0.25))
    captions = [each.caption for each in scores_section.section(counts, spec, found, shown, 0).tables]
    assert "What equal rates would cost (wrong yes: 1,000,000, wrong no: 0.25)" in captions
    fifths = four_fifths_section(four_fifths(counts, spec, measure="selection_rate", threshold=0), day=DAY)
    assert any("is 0.12345678 or more" in line for line in fifths.lines)


def test_costs_that_cannot_be_squared_are_added_up_all_the_same():
    """The largest cost that the page takes, of people who each stand for 1e139: the square is near where floats end."""
    columns, costs = people(200, w=["1e139"]), Costs(false_positive=1e9, false_negative=1e9)
    usual, heavy = (
        prices(found, 0, costs)[0].chosen
        for more in ({}, {"weight": "w"})
        for found in [sweep(*counted(columns, groups=("g",), **SCORED, **more))]
    )
    assert heavy.extra[0] / 1e139 == pytest.approx(usual.extra[0])


def test_where_nobody_is_rated_no_part_names_a_loser():
    """One row: a rate of 100 % of one person is no finding."""
    data = table(people(1))
    counts, spec = counted(data, groups=("g",), **ROLES)
    (only,) = four_fifths(counts, spec, measure="selection_rate", threshold=0).tables
    assert [line.reading for line in only.lines] == ["reference"]
    on = ready(cube(data, spec, ("g",), scale=None))
    assert search(on, WorstSpec(metric="selection_rate", columns=("g",)), spec).subgroups == ()


def test_a_label_that_only_one_group_has_rates_no_other():
    counts, spec = counted(people(120, label=["1", "", "0", ""]), groups=("g",), **SCORED)
    found = sweep(counts, spec)
    known, unknown = at(found, found.start)["true_positive_rate"][1:]
    assert known.value is not None
    assert (unknown.value, unknown.reason) == (None, "no_denominator")


def test_a_factor_that_is_the_group_leaves_nobody_to_compare_with():
    columns = people(90, site=["A", "B"])
    counts, spec = counted(columns, groups=("g", "site"), **ROLES)
    found = like_with_like(counts, replace(spec, groups=("g",)), ("site",), standard="everybody")
    assert {each.standardised.verdict for each in found.comparisons} == {"not_computable"}
    assert {each.covered for each in found.comparisons} == {0.0}


cell = st.sampled_from(["", "0", "1", "A", "NaN", "0.5", "-3", "1e308", "<b>", "🦀"])


@settings(max_examples=15, deadline=None)
@given(
    rows=st.lists(st.tuples(cell, cell, st.sampled_from("01"), st.sampled_from(["0.1", "0.7", "", "inf", "5", "x"])),
                  min_size=1, max_size=40),
    label=st.booleans(), score=st.booleans(), threshold=st.sampled_from([0, 11]),
)  # fmt: skip
def test_any_cells_at_all_are_answered_or_refused(rows, label, score, threshold):
    names = ("g", "site", "label", "score")
    data = table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    asked = (SCORED if label else {"score": "score"}) if score else ({"label": "label", "label_positive": ("1",)})
    found: tuple[Section, ...] = ()
    with suppress(Refusal):
        found = tuple(sections(data, asked, threshold))
    assert not [cell for section in found for cell in numbers(section) if NO_NUMBER.search(cell)]


@settings(max_examples=20, deadline=None)
@given(
    scores=st.lists(st.floats(-1e14, 1e14, allow_subnormal=False).map(repr), min_size=1, max_size=30),
    costs=st.tuples(st.sampled_from([0.0, 1.0, 1e9]), st.sampled_from([0.0, 1.0, 1e9])),
)
def test_on_any_scale_rates_are_shares_and_an_equal_policy_never_beats_the_cheapest_by_itself(scores, costs):
    data = people(len(scores)) | {"score": scores, "g": ["A"] * len(scores)}
    counts, spec = counted(data, groups=("g",), **SCORED)
    found = sweep(counts, spec)
    for each in rates(found, EQUAL).values():
        known = each.value[np.isfinite(each.value)]
        assert ((known >= 0) & (known <= 1)).all()
    (only,) = prices(found, found.start, Costs(false_positive=costs[0], false_negative=costs[1]))
    assert only.cheapest is not None
    assert all(policy.cost >= only.cheapest.cost - 1e-6 for policy in (only.chosen, *only.equal.values()))
