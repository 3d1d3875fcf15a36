"""From rows to counts of every combination of values: nothing is lost on the way."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.fairness.counting import count
from aipm.fairness.counts import normalised
from aipm.fairness.spec import AuditSpec
from aipm.fairness.worst_columns import candidates, task
from aipm.fairness.worst_cube import cube, cube_of
from aipm.tables import Refusal
from tests.fairness.build import repeated, table

CELLS = st.sampled_from(["x", " x", "y", "", "z"])
SAID = st.sampled_from(["yes", "no", "", "Yes "])
MEANT = {"yes": 0, "Yes ": 0, "no": 1, "": 2}


def contents(found):
    """(names of the values, label and decision as 0 yes, 1 no, 2 unknown) -> rows."""
    made = {}
    for code, rows in zip(found.codes.tolist(), found.rows.tolist(), strict=True):
        names, rest = [], code
        for values in reversed(found.values):
            rest, digit = divmod(rest, len(values))
            names.append(values[digit])
        made |= {(*reversed(names), *divmod(state, 3)): n for state, n in enumerate(rows) if n}
    return made


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(CELLS, CELLS, SAID, SAID), min_size=1, max_size=40))
def test_every_row_is_counted_where_it_belongs(rows):
    one, other, label, decision = zip(*rows, strict=True)
    data = table({"a": one, "b": other, "good": label, "hired": decision})
    spec = AuditSpec(groups=("a",), label="good", prediction="hired")
    expected = Counter((a.strip() or None, b.strip() or None, MEANT[g], MEANT[h]) for a, b, g, h in rows)
    assert contents(cube(data, spec, ("a", "b"))) == expected


def test_numbers_are_cut_at_the_person_s_edges():
    data = table({"age": ["17", "18", "64.5", "65", "", "old"], "hired": ["yes"] * 6})
    spec = AuditSpec(groups=("age",), prediction="hired", bins=(("age", (18.0, 65.0)),))
    assert contents(cube(data, spec, ("age",))) == {
        ("under 18", 2, 0): 1, ("18 to under 65", 2, 0): 2, ("65 or more", 2, 0): 1,
        (None, 2, 0): 1, ("not a number", 2, 0): 1,
    }  # fmt: skip


def test_a_score_decides_as_it_does_in_the_audit():
    data = table({"a": ["x"] * 5, "score": ["0.5", "0.49", "", "0.9", "nonsense"]})
    spec = AuditSpec(groups=("a",), score="score", threshold=0.5)
    scale = normalised(count(data, spec), spec).scale
    assert contents(cube(data, spec, ("a",), scale=scale)) == {("x", 2, 0): 2, ("x", 2, 1): 1, ("x", 2, 2): 2}


def test_numbers_and_a_score_alone_are_enough():
    data = table({"age": ["17", "18", "70", "70"], "score": ["0.2", "0.7", "0.7", "0.1"]})
    spec = AuditSpec(groups=("age",), score="score", bins=(("age", (18.0,)),))
    scale = normalised(count(data, spec), spec).scale
    found = cube(data, spec, ("age",), scale=scale)
    assert contents(found) == {("under 18", 2, 1): 1, ("18 or more", 2, 0): 2, ("18 or more", 2, 1): 1}
    assert found.folded == {}


def test_only_the_rows_of_the_filter_are_searched():
    data = repeated((3, "x", "n", "yes"), (4, "x", "s", "yes"), names="a place hired")
    spec = AuditSpec(groups=("a",), prediction="hired", where=(("place", "n"),))
    assert contents(cube(data, spec, ("a",))) == {("x", 2, 0): 3}


def test_rare_values_are_put_together_and_said():
    places = [f"place {k:03}" for k in range(150) for _ in range(150 - k)]
    data = table(
        {"place": places, "a": ["x", "y", "z"] * (len(places) // 3), "hired": ["yes", "no", ""] * (len(places) // 3)}
    )
    found = cube(data, AuditSpec(groups=("a",), prediction="hired"), ("place", "a"))
    names = found.values[0]
    assert names[:2] == ("place 000", "place 001")
    assert names[-1] == "other (rare)"
    count_, rows = found.folded["place"]
    assert count_ == 150 - (len(names) - 1)
    assert rows == sum(150 - k for k in range(len(names) - 1, 150))
    assert found.size == len(places)


def test_a_missing_value_stays_a_group_of_its_own_among_rare_ones():
    places = [f"place {k:02}" for k in range(60) for _ in range(20)] + [""]
    data = table({"place": places, "hired": ["yes"] * len(places)})
    found = cube(data, AuditSpec(groups=("place",), prediction="hired"), ("place",))
    assert None in found.values[0]
    assert contents(found)[None, 2, 0] == 1


def test_weights_are_summed_with_their_squares():
    data = table({"a": ["x", "x", "y"], "w": ["2", "0.5", "3"], "hired": ["yes", "yes", "no"]})
    found = cube(data, AuditSpec(groups=("a",), prediction="hired", weight="w"), ("a",))
    assert found.weight.sum(axis=1).tolist() == [2.5, 3.0]
    assert found.square.sum(axis=1).tolist() == [4.25, 9.0]


def test_what_has_a_role_cannot_be_searched():
    data = table({"a": ["x", "y"], "hired": ["yes", "no"]})
    spec = AuditSpec(groups=("a",), prediction="hired")
    with pytest.raises(Refusal, match="role in the audit"):
        cube(data, spec, ("a", "hired"))
    with pytest.raises(Refusal, match="At most"):
        cube(data, spec, tuple(f"c{k}" for k in range(11)))


def test_free_text_and_identifiers_are_left_out_and_said():
    rows = 200
    data = table(
        {
            "number": range(rows),
            "sex": ["f", "m"] * (rows // 2),
            "remark": [f"remark number {k}" for k in range(rows)],
            "day": [f"2026-01-{k % 28 + 1:02}" for k in range(rows)],
            "same": ["x"] * rows,
            "pay": [k * 37 % 89 for k in range(rows)],
            "hired": ["yes", "no"] * (rows // 2),
        }
    )
    found = candidates(data, AuditSpec(groups=("sex",), prediction="hired"))
    assert found.could == found.proposed == ("sex", "pay")
    assert found.left_out == {
        "number": "identifier", "remark": "identifier", "day": "date", "same": "one_value", "hired": "role",
    }  # fmt: skip


def test_what_looks_like_a_score_or_an_outcome_is_not_proposed():
    rows = 200
    data = table(
        {
            "sex": ["f", "m"] * (rows // 2),
            "score": [k / rows for k in range(rows // 2)] * 2,
            "hired": ["yes", "no"] * (rows // 2),
        }
    )
    found = candidates(data, AuditSpec(groups=("sex",), prediction="hired"))
    assert "score" in found.could
    assert found.proposed == ("sex",)


def test_a_cube_comes_back_whole_from_another_process():
    data = repeated((3, "x", "yes"), (4, "", "no"), names="a hired")
    spec = {"groups": ["a"], "prediction": "hired"}
    answer, cells = task(data, {"spec": spec, "columns": None, "scale": None})
    back = cube_of(answer, cells)
    assert contents(back) == contents(cube(data, AuditSpec(groups=("a",), prediction="hired"), ("a",)))
    assert back.columns == ("a",)
