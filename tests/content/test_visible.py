"""What the choices of a list are called: each its own, however alike they begin."""

from hypothesis import given
from hypothesis import strategies as st

from aipm.content.visible import distinct, visible

LONG = "How satisfied are you with the support you had from us over the last twelve months, as to "
ODD = ("a↵", "a\n", "a↵ …a↵", "a↵ …a↵ (2)", LONG + "1", LONG + "2")


def test_what_differs_at_the_end_shows_its_end():
    columns = (LONG + "speed", LONG + "price", "Age")
    label = distinct(columns)
    assert label("Age") == "Age"
    ends = [label(each).rpartition("…")[2] for each in columns[:2]]
    assert ends == ["ast twelve months, as to speed", "ast twelve months, as to price"]


def test_what_differs_in_the_middle_alone_is_numbered():
    first, second = (LONG + middle + "x" * 40 for middle in "ab")
    label = distinct((first, second))
    assert label(second) == f"{label(first)} (2)"


def test_one_that_is_no_choice_is_drawn_as_it_is():
    assert distinct(("a", "b"))("a\n") == "a↵"


@given(st.lists(st.sampled_from(ODD) | st.text(), unique=True))
def test_no_two_choices_are_called_alike(choices):
    for label in (distinct(choices), distinct(choices, written=lambda each: visible(each, limit=3))):
        assert len({label(each) for each in choices}) == len(choices)
