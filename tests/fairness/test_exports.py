"""What leaves as JSON and CSV: the keys of the contract, every number, no NaN, no formula."""

import csv
import io
import json
from dataclasses import replace

import pytest

from aipm.fairness.exports import to_csv, to_json, to_plain
from aipm.fairness.metrics import METRICS
from aipm.fairness.result import Estimate
from tests.fairness.build import audited, repeated

RESULT = audited(
    repeated(
        (60, "f", "north", "yes", "yes"), (40, "f", "south", "no", "no"), (20, "f", "south", "yes", "no"),
        (90, "m", "north", "yes", "yes"), (30, "m", "south", "no", "yes"), (5, "", "north", "no", "no"),
        names="sex place truth said",
    ),
    groups=("sex", "place"),
    label="truth",
    prediction="said",
    depth=2,
)  # fmt: skip


def lines(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_answer_has_the_keys_of_the_contract():
    plain = to_plain(RESULT)
    assert plain["ok"] is True
    assert plain["rows"] == 245
    wanted = {"groups", "comparisons", "verdicts", "overall", "warnings", "unanswered", "fingerprint", "spec"}
    assert wanted <= set(plain)
    everybody = plain["groups"][0]
    assert everybody["group"] == {}
    assert set(everybody["metrics"]) <= set(METRICS)
    assert {"value", "numerator", "denominator", "low", "high", "status"} <= set(everybody["metrics"]["precision"])
    keys = {"metric", "group", "reference", "difference", "ratio", "low", "high", "p_value", "verdict"}
    assert keys <= set(plain["comparisons"][0])
    assert {"question", "verdict", "text"} <= set(plain["verdicts"][0])


def test_a_missing_value_is_null_in_json_and_readable_in_csv():
    assert {"sex": None} in [each["group"] for each in to_plain(RESULT)["groups"]]
    assert "(missing)" in {line["group: sex"] for line in lines(to_csv(RESULT))}


def test_json_comes_back_as_it_went_and_counts_are_whole():
    assert json.loads(to_json(RESULT)) == to_plain(RESULT)
    assert '"numerator": 170,' in to_json(RESULT)
    assert "\n" not in to_json(RESULT)
    assert "\n" in to_json(RESULT, indent=1)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_json_cannot_hold_becomes_null(number):
    first = RESULT.groups[0]
    broken = replace(first, metrics={"precision": Estimate(value=number, low=number)})
    text = to_json(replace(RESULT, groups=(broken, *RESULT.groups[1:])))
    assert json.loads(text)["groups"][0]["metrics"]["precision"]["value"] is None


def test_csv_holds_every_number_once():
    table = lines(to_csv(RESULT))
    assert len(table) == sum(len(each.metrics) for each in RESULT.groups) + len(RESULT.overall)
    assert sum(line["verdict"] != "" for line in table) == len(RESULT.comparisons)
    precision = next(line for line in table if line["metric"] == "precision" and not line["group: sex"])
    assert float(precision["value"]) == 150 / 180
    assert (precision["numerator"], precision["denominator"]) == ("150.0", "180.0")


def test_a_group_column_named_as_one_of_ours_stays_apart():
    result = audited(repeated((20, "a", 1), (20, "b", 0), names="metric said"), groups=("metric",), prediction="said")
    head = to_csv(result).splitlines()[0].split(",")
    assert head.count("metric") == 1
    assert "group: metric" in head


def test_names_that_a_spreadsheet_would_run_are_harmless_and_numbers_stay_numbers():
    hostile = "=HYPERLINK(1)"
    result = audited(
        repeated((40, hostile, 1), (40, "+x", 0), (10, hostile, 0), names="who said"),
        groups=("who",),
        prediction="said",
    )
    table = lines(to_csv(result))
    assert {line["group: who"] for line in table} == {"", f"'{hostile}", "'+x"}
    assert not any(cell.startswith(("=", "+", "@")) for line in table for cell in line.values())
    assert any(float(line["difference"]) < 0 for line in table if line["difference"])
