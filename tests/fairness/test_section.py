"""A part of the report names the options with which the command line answers the same."""

import csv
import shlex
from dataclasses import replace

import pytest

from aipm.fairness import alone_section, strata_section, worst_report
from aipm.fairness.alone import missing, scan
from aipm.fairness.audit import audit
from aipm.fairness.command import audit_command
from aipm.fairness.counting import count
from aipm.fairness.counts import normalised
from aipm.fairness.representation import Population, representation
from aipm.fairness.samples import as_table, samples
from aipm.fairness.section import Section
from aipm.fairness.strata import with_factors
from aipm.fairness.worst import ready, search
from aipm.fairness.worst_cube import cube
from aipm.fairness.worst_spec import WorstSpec

BERKELEY = as_table("admissions")
SPEC = samples()["admissions"].spec
COUNTS = normalised(count(BERKELEY, SPEC), SPEC)


@pytest.fixture
def again(run, tmp_path):
    """What the command answers that an audit with this part of the report names."""
    path = tmp_path / "admissions.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([BERKELEY.columns, *BERKELEY.head(BERKELEY.row_count)])

    def asked(part: Section):
        _, _, _, command, _, *arguments = shlex.split(audit_command(path.name, SPEC, besides=part.options))
        status, (answer,) = run(command, path, *arguments)
        assert status == 0
        return answer

    return asked


@pytest.mark.parametrize("standard", ["everybody", "reference"])
def test_like_with_like(again, standard):
    factors = ("department",)
    spec = with_factors(SPEC, factors)
    counts = normalised(count(BERKELEY, spec), spec)
    part = strata_section.section(
        counts, spec, audit(COUNTS, SPEC), factors, standard=standard, reason="they 'decide'", threshold=0
    )
    found = again(part)["like_with_like"]
    assert (found["reason"], found["standard"]) == ("they 'decide'", standard)
    assert [each["text"] for each in found["comparisons"]] == list(part.lines[1:])


def test_where_it_is_worst(again):
    wanted = WorstSpec(metric="selection_rate", columns=("department", *SPEC.groups), depth=2, support=40, share=0.01)
    on = ready(cube(BERKELEY, SPEC, wanted.columns))
    for asked in (wanted, replace(wanted, depth=1, share=0.0, hold_out=True)):
        found = search(on, asked, SPEC)
        said = again(worst_report.section(found, SPEC, 0))["worst"]
        assert said["looked"] == found.looked
        assert [each["value"] for each in said["subgroups"]] == [each.here.value for each in found.subgroups]
        assert {name: said[name] for name in ("depth", "support", "share", "hold_out")} == {
            name: getattr(asked, name) for name in ("depth", "support", "share", "hold_out")
        }


def test_the_data_by_itself(again):
    (column,) = SPEC.groups
    values = [value for value in COUNTS.values[0] if value is not None]
    numbers = tuple(zip(values, (1.0, 2.0), strict=True))
    found = representation(COUNTS, Population(column=column, numbers=numbers), tolerance=SPEC.tolerance)
    parts: dict[tuple[str, str], alone_section.Part] = {
        ("present", column): alone_section.Present(found=found, source="", tolerance=SPEC.tolerance),
        ("gaps", column): alone_section.Gaps(column=column, found=missing(scan(BERKELEY, SPEC, column))),
    }
    said = again(alone_section.section(parts, 0))["alone"]
    assert said["representation"][0]["p_value"] == pytest.approx(found.p_value)
    assert [each["expected"] for each in said["representation"][0]["groups"]] == pytest.approx([1 / 3, 2 / 3])
    assert {"missing", "proxies"} <= said.keys()
    assert "baseline" not in said
