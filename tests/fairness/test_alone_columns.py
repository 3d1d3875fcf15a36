"""How a column is looked at: as a quantity, a date, categories, or not at all, and where a quantity is cut."""

import pytest

from aipm.fairness.alone import scan
from aipm.fairness.alone_columns import features, left_out, sampled, used
from aipm.fairness.spec import AuditSpec
from tests.fairness.build import table

SPEC = AuditSpec(groups=("who",))


def feature(cells, name="x", **spec):
    cells = list(cells)
    data = table({"who": ["a", "b"] * (len(cells) // 2) + ["a"] * (len(cells) % 2), name: cells})
    asked = AuditSpec(**{"groups": ("who",), **spec})
    (found,) = features(sampled(data, asked), asked, "who")
    return found


@pytest.mark.parametrize(
    ("cells", "name", "kind"),
    [
        (range(51), "x", "identifier"),  # a running number
        (range(50), "x", "number"),  # too few to tell
        ([7 * k for k in range(100)], "x", "number"),  # all different, far apart: an amount of money
        ([7 * k for k in range(100)], "customer id", "identifier"),  # the same, called so
        ([k % 60 for k in range(100)], "customer id", "number"),  # an identity does not come back
        ([f"n{k}" for k in range(20)], "x", "category"),
        ([f"n{k}" for k in range(21)], "x", "text"),
        ([f"n{k % 50}" for k in range(100)], "x", "category"),
        ([f"n{k % 51}" for k in range(100)], "x", "text"),
        ([f"{k % 2} {'long ' * 11}" for k in range(100)], "x", "category"),  # 57 letters
        ([f"{k % 2} {'long ' * 13}" for k in range(100)], "x", "text"),
        ([k % 12 for k in range(100)], "x", "category"),  # a number with twelve values
        ([k % 13 for k in range(100)], "x", "number"),
        (["x"] * 99 + [""], "x", "category"),  # that it is missing is a value
    ],
)
def test_what_a_column_is(cells, name, kind):
    assert feature(cells, name).kind == kind


@pytest.mark.parametrize(("values", "kind"), [(4_000, "category"), (9_000, "text")])
def test_values_that_only_come_back_after_thousands_of_rows_are_categories(values, kind):
    assert feature([f"P{(k * 7_919) % values}" for k in range(16_000)]).kind == kind


def test_a_quantity_is_cut_into_ten_parts_of_equal_size_each_from_its_edge_on():
    cells = [k % 20 for k in range(400)]
    assert feature(cells).edges == (2, 4, 6, 8, 10, 12, 14, 16, 18)
    parts = scan(table({"who": ["a", "b"] * 200, "x": cells}), SPEC, "who").crossed[0].rows.sum(axis=0)
    assert parts.tolist() == [40] * 10


def test_where_many_rows_share_a_value_there_are_fewer_parts_and_none_is_empty():
    cells = [0] * 240 + [k % 20 for k in range(160)]
    found = feature(cells)
    assert found.edges[0] > 0
    parts = scan(table({"who": ["a", "b"] * 200, "x": cells}), SPEC, "who").crossed[0].rows.sum(axis=0)
    assert (parts > 0).all()
    assert parts[0] >= 248


def test_a_decimal_comma_is_read_as_one():
    dots = feature([f"{k / 8:.3f}" for k in range(200)])
    assert feature([f"{k / 8:.3f}".replace(".", ",") for k in range(200)]).edges == dots.edges


def test_dates_are_quantities():
    found = feature([f"2026-0{1 + k % 9}-{1 + k % 28:02}" for k in range(200)])
    assert (found.kind, found.is_number, found.usable) == ("date", True, True)
    assert len(found.edges) == 9


def test_a_model_is_given_other_groups_and_no_role():
    names = ("who", "sex", "good", "hired", "risk", "w", "person", "note")
    data = {name: [f"{name}{k % 3}" for k in range(60)] for name in names} | {
        "risk": [k / 60 for k in range(60)], "w": ["1", "2"] * 30, "note": [f"note {k}" for k in range(60)],
    }  # fmt: skip
    asked = AuditSpec(
        groups=("who", "sex"), label="good", prediction="hired", score="risk", weight="w", cluster="person"
    )
    found = features(sampled(table(data), asked), asked, "who")
    assert [each.name for each in used(found)] == ["sex"]
    assert left_out(found) == (("good", "label"), ("hired", "prediction"), ("risk", "score"), ("note", "text"))
    assert {each.name for each in found} == {"sex", "good", "hired", "risk", "note"}


def test_of_a_filtered_table_every_row_can_be_drawn_once():
    data = table({"who": ["a", "b"] * 500, "x": [str(k) for k in range(1_000)]})
    some = sampled(data, AuditSpec(groups=("who",), where=(("who", "a"),)), rows=499)
    assert (some.table.row_count, some.of) == (499, 500)
    assert len({row[1] for row in some.table.head(500)}) == 499
    whole = sampled(data, SPEC, rows=1_000)
    assert [row[1] for row in whole.table.head(1_000)] == [str(k) for k in range(1_000)]
