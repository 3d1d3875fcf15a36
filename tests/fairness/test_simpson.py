"""What became of a difference among people who are alike, and who was where."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from aipm.fairness import strata_texts as words
from aipm.fairness.simpson import story
from aipm.fairness.spec import AuditSpec
from aipm.fairness.strata import with_factors
from aipm.fairness.strata_compare import like_with_like
from tests.fairness.build import counted, repeated
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


def changed(of, *, crude=None, standardised=None):
    """The same comparison with other numbers of the crude or of the standardised difference."""
    return replace(
        of, crude=replace(of.crude, **crude or {}), standardised=replace(of.standardised, **standardised or {})
    )


REVERSAL, _ = told(
    ("easy", "men", 320, 400), ("hard", "men", 20, 100), ("easy", "women", 90, 100), ("hard", "women", 120, 400)
)


@pytest.mark.parametrize(
    ("low", "high", "adjusted", "certain", "unclear"),
    [
        (-0.2, -0.1, 0.01, True, False),
        (0.1, 0.2, 0.01, True, False),
        (-0.1, 0.1, 0.01, False, True),
        (-0.2, -0.1, 0.2, False, True),
        (0.1, 0.2, 0.2, False, True),
        (0.1, 0.2, 0.05, False, True),  # at 5 % not yet below it
        (0.0, 0.2, 0.01, False, True),  # an interval that just holds 0 holds it
        (-0.2, 0.0, 0.01, False, True),
        (-0.1, 0.1, 0.2, False, False),
        (0.1, 0.2, None, False, False),  # nothing was tested: the interval alone neither settles nor contradicts
        (None, None, None, False, False),
    ],
)
def test_only_interval_and_test_together_are_certain_after_every_look(low, high, adjusted, certain, unclear):
    numbers = {"difference_low": low, "difference_high": high, "p_value": 0.001, "p_adjusted": adjusted}
    found = story(changed(REVERSAL, standardised=numbers))
    assert (found.certain, found.unclear) == (certain, unclear)


@pytest.mark.parametrize(
    ("crude", "alike", "change"),
    [
        ("gap", "gap", "stays"),
        ("gap", "within_tolerance", "explained"),
        ("gap", "inconclusive", "uncertain"),
        ("within_tolerance", "gap", "appears"),
        ("inconclusive", "gap", "appears"),
        ("within_tolerance", "within_tolerance", "no_gap"),
        ("inconclusive", "within_tolerance", "no_gap"),
        ("within_tolerance", "inconclusive", "open"),
        ("inconclusive", "inconclusive", "open"),
    ],
)
def test_what_is_said_follows_from_the_two_verdicts(crude, alike, change):
    """Where the crude difference may be chance after every look, it cannot turn round."""
    numbers = {"verdict": crude, "p_value": 0.001, "p_adjusted": 0.05}
    assert story(changed(REVERSAL, crude=numbers, standardised={"verdict": alike})).change == change


def test_too_few_people_alike_tell_nothing():
    assert story(changed(REVERSAL, standardised={"reason": "too_few_rows"})).change == "nothing"


def test_a_reversal_is_one_from_either_side():
    """As above with men and women having changed places: women fare better as they stand, worse like with like."""
    found, reversal = told(
        ("easy", "women", 320, 400), ("hard", "women", 20, 100), ("easy", "men", 90, 100), ("hard", "men", 120, 400)
    )
    assert found.standardised.difference < 0 < found.crude.difference
    assert (reversal.change, reversal.higher, reversal.lower) == ("reversed", 0, 2)


def test_a_difference_that_goes_to_nothing_or_comes_from_nothing_did_not_turn_round():
    assert story(changed(REVERSAL, standardised={"difference": 0.0})).change != "reversed"
    assert story(changed(REVERSAL, crude={"difference": 0.0})).change != "reversed"


def test_a_difference_that_other_parts_make_is_no_reversal():
    """Over the parts that can be compared women fare worse as they stand, and better like with like. But with everybody
    they fared better from the start: nothing turned round for whoever reads the two numbers.
    """
    assert REVERSAL.crude.difference < 0 < REVERSAL.standardised.difference
    assert story(changed(REVERSAL, crude={"difference": 0.2})).change != "reversed"


def test_a_reversal_must_hold_where_most_people_are():
    """Women: .8 against .3 where two in five people are, .6 against .9 where the others are. Weighed, +.02."""
    found, here = told(("a", "men", 6, 20), ("b", "men", 504, 560), ("a", "women", 304, 380), ("b", "women", 24, 40))
    assert found.crude.p_adjusted < 0.01
    assert found.crude.difference < 0 < found.standardised.difference
    assert here.change != "reversed"


def test_a_reversal_need_not_hold_everywhere():
    """Women: .5 against .4 where three in five people are, .85 against .9 where the others are. Weighed, .64 and .6."""
    found, here = told(("a", "men", 20, 50), ("b", "men", 342, 380), ("a", "women", 275, 550), ("b", "women", 17, 20))
    assert (found.standardised.group.value, found.standardised.reference.value) == pytest.approx((0.64, 0.6))
    assert found.crude.difference < 0
    assert here.change == "reversed"


def test_parts_without_a_difference_are_not_where_it_turned():
    """In two fifths of the people nothing differs; .9 against .5 where 35 % are, .3 against .4 where 25 % are."""
    found, here = told(
        *(("even", "men", 190, 380), ("b", "men", 170, 340), ("c", "men", 4, 10)),
        *(("even", "women", 10, 20), ("b", "women", 9, 10), ("c", "women", 72, 240)),
    )
    assert found.crude.p_adjusted < 0.01
    assert found.crude.difference < 0 < found.standardised.difference
    assert here.change != "reversed"


MORE = (("easy", "men", 320, 400), ("hard", "men", 20, 100), ("easy", "women", 90, 100), ("hard", "women", 120, 400))


def test_who_is_where_is_told_of_the_parts_in_which_both_have_people():
    """Another two hundred men are where there are no women: of the others still one in five is where it is hard."""
    _, found = told(*MORE, ("men only", "men", 100, 200))
    assert {(each.stratum[0][1], each.spread, each.other_spread) for each in found.drivers} == {
        ("easy", 0.2, 0.8),
        ("hard", 0.8, 0.2),
    }


def test_nothing_is_told_of_a_part_that_is_hidden():
    """Of three parts with the same difference the last must not be shown: it is neither higher nor compared."""
    data = repeated(
        *[
            (times, department, sex, answer)
            for department in "abc"
            for sex, times, answer in (("men", 60, "yes"), ("men", 40, "no"), ("women", 80, "yes"), ("women", 20, "no"))
        ],
        names="department sex admitted",
    )
    spec = AuditSpec(reference=(("sex", "men"),), **ADMITTED)
    counts, asked = counted(data, **asdict(with_factors(spec, ("department",))))

    def last(found):
        return np.broadcast_to(np.arange(3) == 2, found.within.totals.shape)

    (found,) = like_with_like(counts, asked, ("department",), hides=last).comparisons
    here = story(found)
    assert (here.higher, here.lower, here.compared) == (2, 0, 2)
    assert [each.share for each in found.each()] == [0.5, 0.5, None]


def test_a_part_without_a_difference_is_neither_higher_nor_lower():
    _, found = told(
        ("even", "men", 50, 100), ("even", "women", 30, 60), ("b", "men", 50, 100), ("b", "women", 60, 100),
        ("only men", "men", 70, 70),
    )  # fmt: skip
    assert (found.higher, found.lower, found.compared) == (1, 0, 2)


@pytest.mark.parametrize(("change", "said"), [(0.009, False), (0.011, True), (0.05, True)])
def test_a_change_of_a_percentage_point_is_explained(change, said):
    first, second = REVERSAL.alike
    assert bool(story(changed(REVERSAL, standardised={"difference": first - second + change})).drivers) == said


def test_the_part_that_does_most_comes_first():
    """Kitagawa: a holds 10 % of women and 30 % of men, at a rate of .8 beside .4. The mean is .48, so that a takes
    .2 × .32 off, and b .2 × .08: four fifths and a fifth.
    """
    _, found = told(("a", "men", 120, 150), ("b", "men", 140, 350), ("a", "women", 40, 50), ("b", "women", 180, 450))
    assert [(each.stratum, each.rate) for each in found.drivers] == [
        ((("department", "a"),), pytest.approx(0.8)),
        ((("department", "b"),), pytest.approx(0.4)),
    ]


def test_the_part_that_does_most_comes_first_be_its_rate_high_or_low():
    """As above with .4 in a and .8 in b."""
    _, found = told(("a", "men", 60, 150), ("b", "men", 280, 350), ("a", "women", 20, 50), ("b", "women", 360, 450))
    assert [(each.stratum[0][1], each.rate) for each in found.drivers] == [("a", 0.4), ("b", 0.8)]


def test_of_two_parts_with_high_rates_the_one_is_told_that_does_more():
    """Of men 10 % are in a, where women have 5, and 35 % in b, where women have 5 too; both have .8, beside .4 in c."""
    _, found = told(
        *(("a", "men", 40, 50), ("b", "men", 140, 175), ("c", "men", 110, 275)),
        *(("a", "women", 20, 25), ("b", "women", 20, 25), ("c", "women", 180, 450)),
    )
    assert [each.stratum[0][1] for each in found.drivers] == ["b", "c"]


@pytest.mark.parametrize(("women", "men", "parts"), [(10, 40, "a"), (20, 60, "a"), (30, 90, "ab")])
def test_a_part_that_does_less_than_a_tenth_is_not_told(women, men, parts):
    """As above with 5, 8 and 12 % of all people in a, at .8 beside .4: b does that share of the change."""
    rows = [("a", sex, n * 8 // 10, n) for sex, n in (("men", men), ("women", women))]
    rows += [("b", sex, (500 - n) * 4 // 10, 500 - n) for sex, n in (("men", men), ("women", women))]
    _, found = told(*rows)
    assert [each.stratum[0][1] for each in found.drivers] == [*parts]
