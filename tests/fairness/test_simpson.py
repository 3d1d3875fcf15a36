"""What became of a difference among people who are alike, and who was where."""

import pytest

from aipm.fairness import strata_texts as words
from aipm.fairness.simpson import story
from tests.fairness.build import repeated
from tests.fairness.test_strata import ADMITTED, compared


def told(*rows):
    """The story of women beside men from (department, sex, admitted, applied)."""
    each = [
        (times, department, sex, answer)
        for department, sex, admitted, applied in rows
        for answer, times in (("yes", admitted), ("no", applied - admitted))
    ]
    data = repeated(*each, names="department sex admitted")
    (found,) = compared(data, "department", reference=(("sex", "men"),), **ADMITTED).comparisons
    return found, story(found)


def test_a_reversal_is_found_and_explained_with_its_numbers():
    found, reversal = told(
        ("easy", "men", 320, 400), ("hard", "men", 20, 100), ("easy", "women", 90, 100), ("hard", "women", 120, 400)
    )
    assert (reversal.change, reversal.certain) == ("reversed", True)
    assert (reversal.higher, reversal.lower, reversal.compared) == (2, 0, 2)
    easy, hard = sorted(reversal.drivers, key=lambda each: each.stratum)
    assert (easy.spread, easy.other_spread, easy.rate) == pytest.approx((0.2, 0.8, 0.82))
    assert (hard.spread, hard.other_spread, hard.rate) == pytest.approx((0.8, 0.2, 0.28))
    said = words.answer(found, reversal, ("department",), "positive")
    for part in ("42.0%", "68.0%", "60.0%", "50.0%", "the other way round"):
        assert part in said
    why = " ".join(words.why(found, reversal))
    assert "higher in 2 and lower in 0 of the 2 parts" in why
    assert "80.0% of people with sex = women have department = hard, against 20.0% of people with sex = men" in why


def test_a_gap_that_only_comes_from_who_is_where_is_explained():
    _, found = told(
        ("easy", "men", 640, 800), ("hard", "men", 60, 200), ("easy", "women", 160, 200), ("hard", "women", 240, 800)
    )
    assert (found.change, found.certain) == ("explained", False)


def test_a_gap_within_every_part_stays_and_needs_no_driver():
    _, found = told(
        ("easy", "men", 400, 500), ("hard", "men", 250, 500), ("easy", "women", 250, 500), ("hard", "women", 100, 500)
    )
    assert (found.change, found.drivers) == ("stays", ())


def test_a_gap_may_appear_that_nobody_saw():
    _, found = told(
        ("easy", "men", 190, 200), ("hard", "men", 320, 800), ("easy", "women", 480, 800), ("hard", "women", 30, 200)
    )
    assert found.change == "appears"


def test_noise_that_turns_round_is_no_reversal():
    _, found = told(("easy", "men", 16, 20), ("hard", "men", 4, 10), ("easy", "women", 9, 10), ("hard", "women", 9, 20))
    assert found.change != "reversed"


def test_nobody_alike_tells_nothing():
    _, found = told(("easy", "men", 50, 100), ("hard", "women", 30, 100))
    assert (found.change, found.compared, found.drivers) == ("nothing", 0, ())


def test_leaving_strata_out_is_no_reversal():
    """Where the comparable part alone has another direction, the difference did not turn: other people are compared."""
    _, found = told(("men only", "men", 450, 500), ("both", "men", 20, 100), ("both", "women", 60, 200))
    assert found.change != "reversed"
