"""Values that are searched: rare ones go together, nothing else does."""

import pytest

from aipm.fairness import worst_cube
from aipm.fairness.spec import AuditSpec
from aipm.fairness.worst_cube import cube
from aipm.fairness.worst_values import Seen, digits_of
from aipm.tables import Refusal
from tests.fairness.build import table
from tests.fairness.test_worst_cube import contents
from tests.fairness.worst_tables import groups, searched

SPEC = AuditSpec(groups=("place",), prediction="hired")
RARE = "other (rare)"


def places(cells, said="yes"):
    return table({"place": cells, "hired": [said] * len(cells)})


def test_a_value_that_is_called_like_the_rare_ones_goes_with_them():
    cells = [RARE] * 300 + [f"place {k:02}" for k in range(60) for _ in range(10)]
    found = cube(places(cells), SPEC, ("place",))
    assert found.values[0].count(RARE) == 1
    assert contents(found)[RARE, 2, 0] == 300 + 21 * 10
    assert found.folded["place"] == (22, 510)


def test_where_nothing_is_rare_it_stays_a_value_as_any_other():
    found = cube(places([RARE] * 30 + ["north"] * 30), SPEC, ("place",))
    assert set(found.values[0]) == {RARE, "north"}
    assert found.folded == {}


def test_of_more_values_than_are_told_apart_the_others_are_rare_and_counted():
    cells = ["north"] * 4_000 + ["south"] * 4_000 + [f"street {k}" for k in range(1_500) for _ in range(2)] + [""]
    found = cube(places(cells), SPEC, ("place",))
    held = contents(found)
    assert held["north", 2, 0] == held["south", 2, 0] == 4_000
    assert held[None, 2, 0] == 1  # what is missing is no rare value, however rare it is
    assert found.size == len(cells)
    kept = [name for name in found.values[0] if name not in ("north", "south", None, RARE)]
    assert found.folded["place"] == (1_500 - len(kept), held[RARE, 2, 0])
    assert held[RARE, 2, 0] == 2 * (1_500 - len(kept))


def test_of_one_value_in_very_many_spellings_those_not_told_apart_are_rare():
    cells = [f"{' ' * k}north" for k in range(1_100) for _ in range(2)] + [""]
    found = cube(places(cells), SPEC, ("place",))
    assert contents(found) == {("north", 2, 0): 2 * 999, (None, 2, 0): 1, (RARE, 2, 0): 2 * 101}


def test_values_of_odd_signs_are_values():
    odd = ["=cmd|x", "a\x00b", "\u202eabc", "x" * 5_000, "1e308", "nan", "'; DROP TABLE cells; --", "{group}", "日本"]
    cells = [cell for cell in odd for _ in range(40)]
    found = searched(table({"place": cells, "hired": ["no"] * 40 + ["yes", "no"] * 160}), ("place",), groups=("place",))
    assert groups(found) == [{"place": "=cmd|x"}]
    assert found.looked == len(odd)


def ten(rows, value):
    return {f"c{k}": [value(k, row) for row in range(rows)] for k in range(10)}


def test_what_is_too_large_is_searched_with_fewer_values():
    data = table({**ten(3_000, lambda k, row: f"v{row * (2 * k + 3) % 97}"), "hired": ["yes", "no", "no"] * 1_000})
    names = tuple(f"c{k}" for k in range(10))
    found = cube(data, AuditSpec(groups=("c0",), prediction="hired"), names)
    assert found.size == 3_000
    assert set(found.folded) == set(names)
    assert max(found.sizes) < 10


def test_what_is_too_large_even_then_is_refused(monkeypatch):
    data = table({**ten(300, lambda k, row: f"v{row * (2 * k + 3) % 97 % 4}"), "hired": ["yes", "no", "no"] * 100})
    spec, names = AuditSpec(groups=("c0",), prediction="hired"), tuple(f"c{k}" for k in range(10))
    monkeypatch.setattr(worst_cube, "MOST_PLACES", 210 * 20)  # 20 combinations of values for 210 of four columns
    assert cube(data, spec, names[:1]).folded == {}
    with pytest.raises(Refusal, match="too many combinations") as refused:
        cube(data, spec, names)
    assert refused.value.code == "search_too_large"


@pytest.mark.parametrize(("most", "fits"), [(211, True), (210, False)])
def test_subgroups_of_up_to_four_columns_are_counted_before_they_are_made(monkeypatch, most, fits):
    """Five columns of two values: everybody, 5 · 2 of one column, 10 · 4 of two, 10 · 8 of three, 5 · 16 of four."""
    names = tuple("abcde")
    data = table({**{name: [f"{name}{row >> k & 1}" for row in range(64)] for k, name in enumerate(names)},
                  "hired": ["yes", "no"] * 32})  # fmt: skip
    monkeypatch.setattr(worst_cube, "MOST_SUBGROUPS", most)
    spec = AuditSpec(groups=("a",), prediction="hired")
    if fits:
        assert cube(data, spec, names).sizes == (2, 2, 2, 2, 2)
    else:
        with pytest.raises(Refusal, match="too many combinations"):
            cube(data, spec, names)


def test_too_many_edges_in_too_many_columns_are_refused():
    data = table({**ten(200, lambda k, row: row * (2 * k + 3) % 97), "hired": ["yes", "no"] * 100})
    names = tuple(f"c{k}" for k in range(10))
    bins = tuple((name, tuple(float(edge) for edge in range(1, 20))) for name in names)
    with pytest.raises(Refusal, match="too many combinations"):
        cube(data, AuditSpec(groups=names, prediction="hired", bins=bins), names)


@pytest.mark.parametrize(
    ("cells", "where"), [((), ()), (("north",) * 40, (("place", "nowhere"),))], ids=["an empty file", "a filter"]
)
def test_where_no_row_is_left_it_says_so(cells, where):
    with pytest.raises(Refusal, match="No row is left") as refused:
        cube(places(cells), AuditSpec(groups=("place",), prediction="hired", where=where), ("place",))
    assert refused.value.code == "no_rows"


@pytest.mark.parametrize("role", ["weight", "cluster", "score", "label"])
def test_a_column_with_any_role_cannot_be_searched(role):
    data = table({"place": ["n", "s"] * 20, "other": ["1", "0"] * 20, "hired": ["yes", "no"] * 20})
    with pytest.raises(Refusal) as refused:
        cube(data, AuditSpec(**{"groups": ("place",), "prediction": "hired", role: "other"}), ("place", "other"))
    assert refused.value.code == "search_of_role"


def seen(*cells, different=None):
    return Seen(cells=cells, different=len(cells) if different is None else different)


def test_spellings_of_a_value_count_together_and_the_most_frequent_comes_first():
    made = digits_of(seen(("", 5), ("b", 30), ("a", 20), (" a", 20)), None, 40)
    assert made.names == ("a", "b", None)
    assert dict(zip(made.spellings, made.digits, strict=True)) == {"a": 0, " a": 0, "b": 1, "": 2}
    assert made.folded == 0


@pytest.mark.parametrize(("cap", "names", "folded"), [(3, ("a", "b", "c"), 0), (2, ("a", RARE), 2)])
def test_as_many_values_as_fit_are_kept(cap, names, folded):
    made = digits_of(seen(("a", 30), ("b", 20), ("c", 10)), None, cap)
    assert (made.names, made.folded) == (names, folded)
    assert made.other == len(names) - 1 if folded else made.other == 0
