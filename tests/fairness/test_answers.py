"""Which cells mean yes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.fairness.answers import NO, UNKNOWN, YES, folded, read_answers, skeleton, trimmed
from aipm.tables import Refusal


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        (" True", "true"),
        ("TRUE", "true"),
        ("YES\t", "yes"),
        ("1.0", "1"),
        ("1", "1"),
        ("+1", "1"),
        ("01", "1"),
        ("1.000000000000000000e+00", "1"),  # numpy.savetxt
        ("-0.0", "0"),
        ("0.50", "0.5"),
        (">50K.", ">50k"),  # the test half of the Adult data set
        ("no.", "no"),
        ("\u200byes\ufeff", "yes"),
        ("\u00a0yes", "yes"),
        ("...", "..."),
    ],
)
def test_spellings_fold_into_one(cell, word):
    assert folded(cell) == word


@pytest.mark.parametrize("cell", ["", " ", "NA", "n/a", "N.A.", "<NA>", "NaN", "null", "None", "-", "?", ".", "#N/A"])
def test_cells_without_an_answer(cell):
    assert folded(cell) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1_1", "11"),  # a code; Python alone would read eleven
        ("1234567890123456789", "1234567890123456788"),  # differ in digits that a float does not hold
        ("infinity", "1e400"),
        ("1/2", "1"),
        ("good", "bad"),
        ("ja", "yes"),
    ],
)
def test_different_answers_stay_apart(one, other):
    assert folded(one) != folded(other)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    once = folded(text)
    assert once is None or folded(once) in (once, None)  # "N.A.." loses one dot more and is missing then


@given(st.text(alphabet=st.characters(codec="ascii")), st.sampled_from([" ", "\t", "\n", "\u00a0", "\u200b"]))
def test_case_and_outer_blanks_do_not_matter(text, blank):
    assert folded(blank + text.upper() + blank) == folded(text.lower())


def test_the_usual_words_never_mean_two_things():
    assert not YES & NO
    assert not (YES | NO) & UNKNOWN


def meaning(cells, *positive):
    return read_answers(cells, positive, role="label").meaning


def test_the_usual_words_need_no_help():
    answers = read_answers(["Yes", "no", "", "YES ", "1.0", "FALSE"], (), role="label")
    assert answers.meaning == {"Yes": True, "no": False, "": None, "YES ": True, "1.0": True, "FALSE": False}
    assert answers.inferred
    assert answers.folded_spellings == 3  # five spellings, two answers


def test_a_said_yes_is_found_in_every_spelling():
    assert meaning(["1", "0", "1.0", "0.0"], "1") == {"1": True, "1.0": True, "0": False, "0.0": False}
    assert meaning(["True", " true", "no"], "1") == {"True": True, " true": True, "no": False}
    assert meaning([">50K", ">50K.", "<=50K"], ">50k") == {">50K": True, ">50K.": True, "<=50K": False}


def test_what_is_not_said_to_be_a_yes_is_a_no():
    assert meaning(["hired", "interview", "rejected"], "hired", "interview") == {
        "hired": True,
        "interview": True,
        "rejected": False,
    }


def test_no_can_be_the_answer_that_counts():
    assert meaning(["yes", "no"], "no") == {"yes": False, "no": True}
    assert meaning(["0", "1"], "0.0") == {"0": True, "1": False}


def test_a_word_for_missing_is_an_answer_where_the_person_says_so():
    assert meaning(["none", "some"], "some") == {"none": None, "some": True}
    assert meaning(["None", "some", ""], "none") == {"None": True, "some": False, "": None}


@pytest.mark.parametrize("cells", [["1", "2"], ["good", "bad"], ["0", "1", "2"], ["yes", "no", "maybe"], ["x"]])
def test_nobody_can_know_which_of_these_is_a_yes(cells):
    with pytest.raises(Refusal, match="means yes") as refusal:
        read_answers(cells, (), role="prediction")
    assert refusal.value.code == "which_prediction_is_yes"
    assert "--prediction-positive" in refusal.value.advice


@pytest.mark.parametrize("cells", [["good", "bad"], ["yes", "no"], ["0", "1"]])
def test_a_yes_that_does_not_occur_is_probably_a_slip(cells):
    with pytest.raises(Refusal) as refusal:
        read_answers(cells, ("approved",), role="label")
    assert refusal.value.code == "label_yes_absent"
    assert "approved" not in refusal.value.message + refusal.value.advice


def test_where_everybody_got_the_same_answer_the_other_may_be_absent():
    answers = read_answers(["denied", "Denied"], ("granted",), role="prediction")
    assert answers.absent
    assert set(answers.meaning.values()) == {False}
    assert read_answers(["0", "no"], ("1",), role="label").absent


def test_a_column_without_an_answer_is_not_asked_about():
    answers = read_answers(["", "NA", "?"], (), role="label")
    assert set(answers.meaning.values()) == {None}
    assert not answers.absent


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_every_cell_gets_a_meaning_or_the_column_a_refusal(cells, positive):
    try:
        answers = read_answers(cells, tuple(positive), role="label")
    except Refusal as refusal:
        assert refusal.code in ("which_label_is_yes", "label_yes_absent")  # noqa: PT017 - both endings are right
        return
    assert answers.meaning.keys() == set(cells)
    assert answers.folded_spellings >= 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A", "\u0410"),  # Cyrillic
        ("A", "\uff21"),  # full width
        ("A", "a\u200b"),
        ("Zoë", "Zoe"),
        ("African-American", "african american"),
        ("age_20", "age 20"),
        ("Z" + "\u0351" * 500, "z"),
    ],
)
def test_names_that_look_alike(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("A", "B"), ("-1", "1"), ("A-", "A"), ("A+", "A-"), ("<25", ">25")])
def test_names_that_do_not_look_alike(one, other):
    assert skeleton(one) != skeleton(other)


def test_marks_that_nobody_sees_are_trimmed_outside_and_kept_inside():
    assert trimmed(" \u200bA\u200d \u00a0") == "A"
    assert trimmed("👩🏽\u200d🔬") == "👩🏽\u200d🔬"
