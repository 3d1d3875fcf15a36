"""The data by itself: every column crossed with the groups, and whose values are missing."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from aipm.fairness.alone import Crossed, Gap, Missing, Scan, missing, scan
from aipm.fairness.alone_columns import Feature, features, sampled
from aipm.fairness.alone_section import Gaps, section
from aipm.fairness.alone_task import task
from aipm.fairness.intervals import wilson
from aipm.fairness.proxies import proxies
from aipm.fairness.spec import AuditSpec
from tests.fairness.build import table

SPEC = AuditSpec(groups=("who",))


def gaps(data, **spec):
    asked = AuditSpec(**{"groups": ("who",), **spec})
    return {each.column: each for each in missing(scan(table(data), asked, asked.groups[0]))}


def test_missing_values_are_counted_by_group():
    found = gaps({"who": ["a"] * 40 + ["b"] * 60, "phone": [""] * 10 + ["1"] * 30 + ["n/a"] * 30 + ["2"] * 30})
    assert [(gap.group, gap.missing, gap.rows) for gap in found["phone"].gaps] == [("a", 10, 40), ("b", 30, 60)]
    assert found["phone"].rated[0].share == 0.5


def test_whether_groups_differ_is_the_chi_square_test():
    data = {"who": ["a"] * 400 + ["b"] * 600, "x": [""] * 100 + ["1"] * 300 + [""] * 200 + ["1"] * 400}
    plain = chi2_contingency([[100, 300], [200, 400]], correction=False).pvalue
    assert gaps(data)["x"].p_value == pytest.approx(plain, rel=0.02)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([f"{k / 7:.3f}" for k in range(100)], "number"),
        ([f"{k / 7:.2f}".replace(".", ",") for k in range(100)], "number"),
        ([f"1,{k:03d}" for k in range(0, 1000, 10)], "number"),
        ([f"20{10 + k % 9}-0{1 + k % 8}-1{k % 10}" for k in range(100)], "date"),
        (["x", "y"] * 50, "category"),
        ([str(k) for k in range(100)], "identifier"),
        ([f"name {k}" for k in range(100)], "text"),
        (["x"] * 100, "constant"),
        ([""] * 100, "empty"),
        (["x"] * 50 + [""] * 50, "category"),
    ],
)
def test_what_a_column_holds_decides_how_it_is_looked_at(cells, kind):
    data = table({"who": ["a", "b"] * 50, "x": cells})
    (feature,) = features(sampled(data, SPEC), SPEC, "who")
    assert feature.kind == kind
    assert len(feature.edges) == (9 if kind in ("number", "date") and len(set(cells)) > 90 else len(feature.edges))


def test_blanks_count_in_columns_that_are_not_looked_at_otherwise():
    names = [f"name {k}" if k % 4 else "" for k in range(200)]
    assert gaps({"who": ["a", "b"] * 100, "name": names})["name"].gaps[0].missing == 50


def test_many_columns_at_once_are_as_one_by_one():
    rng = np.random.default_rng(0)
    cells = {f"c{k}": np.where(rng.random(300) < 0.1 * (k % 3), "", "x") for k in range(12)}
    together = gaps({"who": ["a", "b", "c"] * 100, **cells})
    for name, each in cells.items():
        alone = gaps({"who": ["a", "b", "c"] * 100, name: each})
        assert (name in together) == (name in alone)
        if name in alone:
            assert together[name].gaps == alone[name].gaps


def test_of_very_many_categories_the_rarest_count_as_one(monkeypatch):
    monkeypatch.setattr("aipm.fairness.alone.MOST_VALUES", 1_000)
    names = [f"street {k}" for k in range(1_500) for _ in range(3)] + ["main street"] * 500
    found = scan(table({"who": ["a", "b"] * 2_500, "x": names}), SPEC, "who")
    assert found.crossed[0].rows.shape == (2, 1_000)
    assert found.crossed[0].rows.sum() == 5_000
    assert found.crossed[0].rows[:, 0].sum() == 500


def test_thousands_of_postcodes_are_told_apart():
    rng = np.random.default_rng(5)
    code, own = rng.integers(0, 4_000, 30_000), rng.integers(0, 2, 4_000)
    who = np.where(rng.random(30_000) < 0.5, own[code], rng.integers(0, 2, 30_000))  # told for half of all people
    found = proxies(scan(table({"who": np.array(["a", "b"])[who], "x": [f"P{k}" for k in code]}), SPEC, "who"))
    assert found.found[0].strength == pytest.approx(0.5, abs=0.02)
    assert found.found[0].low < 0.5 < found.found[0].high


def test_quantities_as_groups_are_cut_as_the_audit_cuts_them():
    found = scan(
        table({"who": [str(20 + k % 50) for k in range(200)], "x": ["y", "z"] * 100}),
        AuditSpec(groups=("who",), bins=(("who", (30.0, 50.0)),)),
        "who",
    )
    assert found.groups == ("under 30", "30 to under 50", "50 or more")
    assert found.rows.tolist() == [40, 80, 80]


def test_only_filtered_rows_count():
    data = {"who": ["a", "b"] * 100, "year": ["1"] * 100 + ["2"] * 100, "x": [""] * 50 + ["y"] * 150}
    assert gaps(data)["x"].gaps[0].rows == 100
    assert gaps(data, where=(("year", "1"),))["x"].gaps[0].rows == 50


def test_a_large_table_is_sampled_the_same_way_each_time():
    data = table({"who": ["a", "b"] * 500, "x": [str(k) for k in range(1_000)]})
    first, again = (sampled(data, SPEC, rows=100) for _ in range(2))
    assert first.of == 1_000
    assert first.table.head(100) == again.table.head(100)
    filtered = AuditSpec(groups=("who",), where=(("who", "a"),))
    some = sampled(data, filtered, rows=100)
    assert some.of == 500
    assert {row[0] for row in some.table.head(100)} == {"a"}


def test_small_groups_and_small_numbers_are_hidden_in_the_report():
    found = gaps({"who": ["a"] * 100 + ["b"] * 5, "x": [""] * 3 + ["1"] * 97 + ["1"] * 5})
    made = section({("gaps", "who"): Gaps(column="who", found=tuple(found.values()))}, 11)
    assert made.tables[0].rows[0][2:] == ("– hidden", "– hidden")
    assert not any("3.0%" in cell for cell in made.tables[0].rows[0])


def test_independent_columns_are_rarely_said_to_differ():
    rng, said, looks = np.random.default_rng(0), 0, 500
    rows = np.array([80.0, 50.0, 20.0])
    for _ in range(looks):
        crossed = []
        for k in range(5):
            lacking = rng.binomial(rows.astype(int), 0.15).astype(float)
            filled = (rows - lacking)[:, None]
            crossed.append(Crossed(feature=Feature(name=f"c{k}", kind="category"), rows=filled, missing=lacking))
        said += any(
            each.differs for each in missing(Scan(column="who", groups=("a", "b", "c"), crossed=tuple(crossed)))
        )
    assert said <= looks * 0.05 + 2 * np.sqrt(looks * 0.05 * 0.95)


ODD = (
    "=cmd|' /C calc'!A1", "x" * 20_000, "a\x00b", "\x00", "\u202etxt", "\ufeff", "\u2028", "👩\u200d👩\u200d👧",
    "\u0130", "\u0663", "1e308", "-1e308", "1e-320", "1e309", "NaN", "-inf", "0x10", "1_000", ",", "%",
    "0999-01-01", "-0044-03-15", "10000-01-01", "0000-00-00", '"', "new\nline", "\\", "{brace}", "NULL",
)  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        [ODD[k * k % len(ODD)] for k in range(240)],
        *[[odd if k % 4 else "plain" for k in range(240)] for odd in ODD],
        *[[odd if k % 20 == 0 else f"{k / 7:.3f}" for k in range(240)] for odd in ODD],
        [f"{k}e-322" for k in range(1, 241)],
        [f"{(-1) ** k * (1 + k / 400)}e308" for k in range(240)],
        [f"{1 + 4 * k:04}-01-{1 + k % 28:02}" for k in range(240)],
        [f"{9_000 + 40 * k}-06-30" for k in range(240)],
    ],
)
def test_no_cell_however_odd_stops_an_answer(cells):
    data = table({"who": ["a", "b"] * 120, "good": ["yes", "yes", "no"] * 80, "x": cells})
    asked = {"spec": {"groups": ["who"], "label": "good", "label_positive": ["yes"]}, "proxies": True, "baseline": True}
    found, _ = task(data, asked)
    json.dumps(found, allow_nan=False)
    looked_at = [each["column"] for each in found["proxies"][0]["found"]]
    left_out = {each["column"] for each in found["proxies"][0]["left_out"]}
    assert (looked_at, left_out) in ((["x"], {"good"}), ([], {"good", "x"}))
    # Who has what is all that was learned from; the labels are the same for both.
    assert found["baseline"]["status"] == ("ok" if looked_at else "not_computable")


def test_as_names_of_groups_too():
    who = [odd for odd in ODD for _ in range(40)]
    asked = {"spec": {"groups": ["who"]}, "proxies": True, "baseline": False}
    found, _ = task(table({"who": who, "x": ["p", "q", "", "p"] * (len(who) // 4)}), asked)
    rows = {gap["group"]: gap["rows"] for gap in found["missing"][0]["columns"][0]["gaps"]}
    assert sum(rows.values()) == len(who)
    assert rows["=cmd|' /C calc'!A1"] == 40
    json.dumps(found, allow_nan=False)


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 5))
def test_the_order_of_rows_does_not_matter(random, seed):
    rng = np.random.default_rng(seed)
    data = {
        "who": rng.choice(["a", "b", "c", ""], 150),
        "kind": rng.choice(["p", " P", "q", "r", ""], 150),
        "pay": rng.choice([*map(str, range(200)), "", "none given"], 150),
        "day": [f"2026-0{1 + k % 9}-{1 + k % 28:02}" for k in rng.integers(0, 500, 150)],
    }
    order = random.sample(range(150), 150)
    mixed = {name: [cells[k] for k in order] for name, cells in data.items()}
    first, again = (scan(table(each), SPEC, "who") for each in (data, mixed))
    assert missing(first) == missing(again)
    assert proxies(first) == proxies(again)


def test_what_the_terminal_gives_is_plain_data():
    rng = np.random.default_rng(0)
    data = table(
        {
            "who": rng.choice(["a", "b"], 300),
            "x": rng.choice(["p", "q", ""], 300),
            "good": rng.choice(["yes", "no"], 300),
        }
    )
    asked = {"spec": {"groups": ["who"], "label": "good", "label_positive": ["yes"]}, "proxies": True, "baseline": True}
    found, nothing = task(data, asked)
    assert nothing is None
    assert found["missing"][0]["columns"][0]["column"] == "x"
    assert found["proxies"][0]["left_out"] == [{"column": "good", "reason": "label"}]
    assert found["baseline"]["status"] == "ok"
    assert found["baseline"]["low"] < 0.5


def test_what_is_no_number_is_a_value_of_a_quantity_and_what_is_blank_is_missing():
    cells = [f"{k / 7:.3f}" for k in range(190)] + ["none"] * 4 + [" N/A", "", "?", "-", "", ""]
    (found,) = scan(table({"who": ["a", "b"] * 100, "x": cells}), SPEC, "who").crossed
    assert found.feature.kind == "number"
    assert (found.missing.sum(), found.rows.sum()) == (6, 194)
    assert found.rows.shape == (2, 11)


@pytest.mark.parametrize("word", ["None", "unknown", "Missing", "not applicable", "not available"])
def test_words_that_say_something_are_values_of_a_category(word):
    assert gaps({"who": ["a", "b"] * 50, "x": ["y"] * 60 + [word] * 40}) == {}
    assert gaps({"who": ["a", "b"] * 50, "x": ["y"] * 60 + [" N/A"] * 40})["x"].gaps[0].missing == 20


def test_blanks_of_running_text_are_signs_for_nothing_too():
    names = [f"name {k}" if k % 4 else ("N/A", " ", "?")[k % 3] for k in range(240)]
    assert gaps({"who": ["a", "b"] * 120, "name": names})["name"].gaps[0].missing == 60


def test_which_categories_are_rare_is_counted_in_rows():
    names = [f"v{k}" for k in range(1_100) for _ in "ab"] + ["main street"] * 500
    who = ["a", "b"] * 1_100 + ["a"] * 500
    found = scan(table({"who": who, "x": names}), SPEC, "who").crossed[0].rows
    assert found[:, 0].tolist() == [500, 0]


def test_shares_have_wilsons_interval_and_chances_are_corrected_for_the_columns():
    data = {"who": ["a"] * 100 + ["b"] * 100}
    data |= {"x": [""] * 30 + ["1"] * 70 + [""] * 10 + ["1"] * 90, "y": ["1"] * 100 + [""] * 8 + ["1"] * 92}
    found = gaps(data)
    assert list(found) == ["x", "y"]
    a = found["x"].gaps[0]
    low, high = wilson(np.array(30.0), np.array(100.0))
    assert (a.share, a.low, a.high) == pytest.approx((0.3, float(low), float(high)))
    least = min(each.p_value for each in found.values())
    assert min(each.p_adjusted for each in found.values()) == pytest.approx(2 * least)
    assert [gap.group for gap in found["y"].rated] == ["b", "a"]  # who lacks most comes first


def test_columns_that_differ_most_come_first_and_those_that_cannot_be_tested_last():
    who = ["a"] * 100 + ["b"] * 100
    found = gaps({
        "who": who, "all": [""] * 200, "little": [""] * 12 + ["1"] * 88 + [""] * 10 + ["1"] * 90,
        "much": [""] * 60 + ["1"] * 40 + [""] * 10 + ["1"] * 90,
    })  # fmt: skip
    assert list(found)[:2] == ["much", "little"]
    assert list(found)[2:] == ["all"]


@pytest.mark.parametrize(
    ("rows", "width", "enough"), [(29, 0.05, False), (30, 0.05, True), (100, 0.19, True), (100, 0.21, False)]
)
def test_a_share_is_read_from_thirty_rows_on_and_where_it_is_sure_enough(rows, width, enough):
    gap = Gap(group="a", rows=rows, missing=0, share=0.0, low=0.0, high=width)
    assert gap.enough is enough


def test_groups_of_ten_are_rated_and_a_difference_counts_after_its_correction():
    made = tuple(Gap(group=f"g{n}", rows=n, missing=1, share=1 / n, low=0, high=1) for n in (9, 10, 20))
    found = Missing(column="x", kind="text", gaps=made, p_value=0.04, p_adjusted=0.08)
    assert [gap.rows for gap in found.rated] == [10, 20]
    assert not found.differs
