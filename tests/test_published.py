"""Published audits, number by number: Aequitas' COMPAS tables, New York's worked examples, Ricci, Gender Shades, …"""

import csv
import os
from pathlib import Path

import pytest
import yaml

from aipm.cli import parser
from aipm.cli.audit import spec_of
from tests.fairness.build import audited, table

FOLDER = Path(os.environ.get("AIPM_CORPUS", Path(__file__).parents[2] / "shared" / "corpus")) / "audit"
CASES = yaml.safe_load((FOLDER / "cases.yaml").read_text("utf-8")) if (FOLDER / "cases.yaml").exists() else []


def named(group):
    """A group as a key, whatever the type of its values."""
    return frozenset((column, None if value is None else str(value)) for column, value in group)


@pytest.mark.skipif(not CASES, reason="the corpus of published audits is not here (set AIPM_CORPUS)")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_published_values(case):
    with (FOLDER / case["file"]).open(newline="", encoding="utf-8-sig") as stream:
        header, *rows = csv.reader(stream)
    arguments = ["audit", case["file"], *map(str, case["arguments"])]
    spec = spec_of(parser().parse_args(arguments))
    data = table(dict(zip(header, zip(*rows, strict=True), strict=True)))
    result = audited(data, **{name: getattr(spec, name) for name in spec.__slots__})
    groups = {named(each.group): each.metrics for each in result.groups}
    pairs = {(each.metric, named(each.group), named(each.reference)): each for each in result.comparisons}
    assert case["expected"]
    for want in case["expected"]:
        group = named(want.get("group", {}).items())
        if "overall" in want:
            found, expected = result.overall[want["overall"]].value, want["value"]
        elif "metric" in want:
            found, expected = getattr(groups[group][want["metric"]], want.get("field", "value")), want["value"]
        else:
            beside = [named(each.items()) for each in want.get("reference_any") or [want["reference"]]]
            pair = next(found for each in beside if (found := pairs.get((want["comparison"], group, each))))
            which = "ratio" if "ratio" in want else "difference"
            found, expected = getattr(pair, which), want[which]
        assert found == (None if expected is None else pytest.approx(expected, abs=want["tolerance"] + 1e-9)), want
