"""Which findings a recipe has answered, and what is left to do: worked out by hand on the generated file."""

from dataclasses import replace

import pytest

from aipm.prep.finding import Finding
from aipm.prep.profile import profile
from aipm.prep.readiness import finding_name, group_of, readiness, together
from aipm.prep.recipe import Recipe
from aipm.prep.sample import generate
from tests.prep.build import recipe, step, table_of


def finding(kind="missing", column="age", *, fix=None, severity="advice", safe=False, columns=None):
    return Finding(
        kind=kind,
        column=column,
        columns=columns or ((column,) if column else ()),
        severity=severity,
        message="",
        advice="",
        fix=fix,
        safe=safe,
    )


MEDIAN = step("fill_statistic", "age", statistic="median")


def stands(found, *steps, **more):
    [only] = readiness([found], recipe(*steps), **more).findings
    return "open" if only.is_open else only.step or "ignored"


def test_a_finding_is_open_until_somebody_does_something():
    assert stands(finding(fix=MEDIAN)) == "open"
    assert stands(finding(fix=MEDIAN), MEDIAN) == MEDIAN.id


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (step("fill_statistic", "age", "income", statistic="median"), "fill_statistic"),
        (step("fill_statistic", "age", statistic="mean"), "fill_statistic"),
        (step("fill_constant", "age", value="0"), "fill_constant"),
        (step("drop_columns", "age"), "drop_columns"),
        (step("fill_statistic", "income"), "open"),
        (step("z_score", "age"), "open"),
        (replace(MEDIAN, enabled=False), "open"),
    ],
)
def test_what_answers_a_gap(answer, expected):
    assert stands(finding(fix=MEDIAN), answer) == expected


def test_values_that_were_not_named_stay_open():
    fix = step("mark_missing", "age", values=["?", "-999"])
    assert stands(finding(fix=fix), step("mark_missing", "age", values=["?"])) == "open"
    assert stands(finding(fix=fix), step("mark_missing", "age", values=["-999", "?", "x"])) == "mark_missing"


def test_a_step_that_was_made_for_a_finding_answers_it_whatever_it_does():
    found, other = finding(fix=MEDIAN), step("z_score", "age")
    assert stands(found, other, answers={finding_name(found): other.id}) == other.id
    assert stands(found, answers={finding_name(found): other.id}) == "open"  # the step has been undone


def test_what_is_set_aside_is_not_open():
    found = finding(fix=MEDIAN)
    assert stands(found, ignored=frozenset({finding_name(found)})) == "ignored"


def test_dropping_one_of_two_columns_does_not_settle_what_is_about_both():
    found = finding("k_anonymity", None, columns=("age", "city"))
    assert stands(found, step("drop_columns", "age")) == "open"


def test_groups():
    assert group_of(finding(fix=MEDIAN, severity="info", safe=True)) == "safe"
    assert group_of(finding(severity="info")) == "note"
    assert group_of(finding(severity="critical")) == "decision"


def test_findings_with_one_fix_are_one_thing_to_do():
    drop = step("drop_columns", "age")
    both = readiness([finding("leakage", fix=drop), finding("mostly_missing", fix=drop), finding()], Recipe())
    assert both.decisions == both.fixes == 2
    assert [len(each) for each in together(both.findings)] == [2, 1]


def test_all_proposals_taken_leave_nothing_open():
    table = table_of(generate())
    found = profile(table, target="churned").findings
    steps = []
    for each in found:
        if each.fix is not None and readiness([each], recipe(*steps)).findings[0].is_open:
            steps.append(replace(each.fix, id=f"{len(steps)}"))
    left = [each.finding for each in readiness(found, recipe(*steps)).findings if each.is_open]
    assert all(each.fix is None for each in left)
