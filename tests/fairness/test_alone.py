"""The data by itself: every column crossed with the groups, and whose values are missing."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from aipm.fairness.alone import Crossed, Scan, missing, scan
from aipm.fairness.alone_columns import Feature, features, sampled
from aipm.fairness.alone_section import Gaps, section
from aipm.fairness.alone_task import task
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


def test_of_very_many_categories_the_rarest_count_as_one():
    names = [f"street {k}" for k in range(1_500) for _ in range(3)] + ["main street"] * 500
    found = scan(table({"who": ["a", "b"] * 2_500, "x": names}), SPEC, "who")
    assert found.crossed[0].rows.shape == (2, 1_000)
    assert found.crossed[0].rows.sum() == 5_000
    assert found.crossed[0].rows[:, 0].sum() == 500


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
    assert made.tables[0].rows[0][2:] == ("hidden", "hidden")
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
