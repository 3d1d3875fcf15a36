"""A table of the report on the page: numbers flush right, what too few rows carry grey and said."""

from aipm.fairness.alone_words import few
from aipm.fairness.section import Table
from aipm.ui.audit_table import drawn


def made(*rows):
    return drawn(Table(caption="Rates", head=("Group", "Kind", "Rate"), rows=rows))


def test_what_too_few_rows_carry_is_grey_and_said_below():
    assert f'<td class="number few">50.0% <span>(12–88%)</span><small>{few()}</small></td>' in made(
        ("a", "old", f"50.0% (12–88%) · {few()}")
    )


def test_an_interval_can_go_below_its_number_where_there_is_little_room():
    assert '<td class="number">50.0% <span>(45.1–54.9%)</span></td>' in made(("a", "old", "50.0% (45.1–54.9%)"))
    assert '<td class="number">(45.1–54.9%)</td>' in made(("a", "old", "(45.1–54.9%)"))
    assert "<td>old (once)</td>" in made(("a", "old (once)", "50.0%"))


def test_a_word_in_the_place_of_a_number_is_grey_too():
    shown = made(("a", "old", "50.0%"), ("b", "new", "fewer than 10, not rated"))
    assert '<td class="number few">fewer than 10, not rated</td>' in shown
    assert '<td class="number">50.0%</td>' in shown


def test_words_stand_to_the_left_and_numbers_to_the_right():
    shown = made(("a", "old", "50.0%"))
    assert '<th scope="col">Kind</th><th scope="col" class="number">Rate</th>' in shown
    assert "<td>old</td>" in shown


def test_names_are_characters():
    assert "<script>" not in made(("<script>", "<script>", "1"))
