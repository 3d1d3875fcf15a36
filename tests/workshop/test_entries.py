"""Results by table: only where nobody can be told from them."""

from hypothesis import given
from hypothesis import strategies as st

from aipm.workshop.entries import LEAST, Dot, by_table, people


def seated(**tables):
    rows, person = [], 0
    for table, number in tables.items():
        for _ in range(number):
            person += 1
            rows.append(Dot(person=person, target="a", table=None if table == "none" else table))
    return rows


def test_small_tables_are_withheld():
    shown, withheld = by_table(seated(one=3, two=2, three=2, four=5))
    assert (list(shown), withheld) == (["four", "one"], 2)


def test_a_single_small_table_could_be_told_from_the_rest_so_another_goes_with_it():
    shown, withheld = by_table(seated(one=3, two=2, four=5))
    assert (list(shown), withheld) == (["four"], 2)


def test_those_at_no_table_hide_a_small_one():
    shown, withheld = by_table(seated(one=3, two=2, none=1))
    assert (list(shown), withheld) == (["one"], 1)


@given(st.dictionaries(st.sampled_from(["one", "two", "three", "four", "none"]), st.integers(1, 6)))
def test_neither_a_shown_table_nor_the_rest_is_ever_less_than_three_people(tables):
    given_rows = seated(**tables)
    shown, withheld = by_table(given_rows)
    assert all(people(rows) >= LEAST for rows in shown.values())
    rest = people(given_rows) - sum(people(rows) for rows in shown.values())
    assert rest == 0 or rest >= LEAST or not shown
    assert len(shown) + withheld == len(tables.keys() - {"none"})
