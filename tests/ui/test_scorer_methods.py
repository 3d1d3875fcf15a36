"""How sure the answer is, and whether other methods say the same, as the page draws it."""

from dataclasses import replace

import pytest

from aipm.selection.candidates import candidates_from_rows
from aipm.selection.criteria import Criterion
from aipm.selection.methods import METHODS, TEXTBOOK
from aipm.selection.ranked import RankSpec
from aipm.selection.ranking import COMPARED, agreed, compare, rank
from aipm.ui.safe import markup
from aipm.ui.scorer_methods import like_ours, refusals, verdict
from aipm.ui.scorer_sure import beliefs, leading, picture
from aipm.ui.scorer_texts import scorer_page
from tests.ui.test_model_scorer import opened, shown

TEXT = scorer_page()
NAMES = ("cost", "context")
HOSTILE = "<img src=x>"


def asked(rows, **more):
    criteria = tuple(
        Criterion(name=name, column=name, direction="max", weight=weight, worst=0, best=10)
        for name, weight in zip(NAMES, (0.6, 0.4), strict=True)
    )
    candidates = candidates_from_rows([dict(zip(("name", *NAMES), row, strict=True)) for row in rows])
    spec = RankSpec(criteria=criteria, weightings="stated", **more)
    return rank(candidates, spec), compare(candidates, spec)


SPREAD = [(HOSTILE, 9, 2), ("B", 2, 9), ("C", 5, 5), ("D", 1, 1)]
BALANCED = [("A", 10, 1), ("B", 6, 6), ("D", 1, 1)]


def test_the_page_shows_how_sure_it_is_and_every_method():
    html = shown(opened(view="model"))
    assert f"<h2>{TEXT.sure.title}</h2>" in html
    assert 'class="places" role="img"' in html
    assert all(markup(TEXT.methods.methods[method].name) in html for method in COMPARED)


def test_every_method_and_normalisation_has_its_words():
    assert set(TEXT.methods.methods) == set(METHODS)
    assert set(TEXT.methods.normalisations) >= set(TEXTBOOK.values())


def test_the_picture_says_in_words_what_it_shows_and_shows_names_as_they_are():
    result, _ = asked(SPREAD)
    html = picture(leading(result), result.robustness, TEXT.sure)
    shares = result.robustness.rank_acceptability[HOSTILE]
    assert f"{markup(HOSTILE)}: first in {shares[0] * 100:.1f}%" in html
    assert HOSTILE not in html


def test_those_who_never_come_near_are_not_among_the_leading():
    assert set(leading(asked([*SPREAD, ("E", 0, 0), ("F", 0, 0)])[0])) == {HOSTILE, "B", "C", "D"} - (
        set() if "D" in leading(asked([*SPREAD, ("E", 0, 0)])[0]) else {"D"}
    )


def test_what_one_would_have_to_believe_for_another():
    """B is ahead where context counts more than cost does: C between them leads nowhere."""
    result, _ = asked(SPREAD)
    lines = beliefs(result, result.robustness, TEXT.sure)
    assert any(line.startswith("B leads where") and "How much it can read counts about" in line for line in lines)
    assert any(line.startswith("C") and line.endswith("in none of them.") for line in lines)


def test_the_verdict_counts_and_says_whom_the_page_goes_by():
    result, compared = asked(BALANCED)
    told = verdict(result, agreed(compared), TEXT)
    assert " of 6 " in told or "All 6" in told
    same, methods = asked([("A", 9, 9), ("B", 1, 1)])
    assert verdict(same, agreed(methods), TEXT) == TEXT.methods.agree.format(of=6, name="A")


def test_our_own_method_has_our_own_order():
    result, compared = asked(SPREAD)
    assert like_ours(result, compared, "weighted_sum") == "1.00"


def test_a_method_that_refuses_says_why_in_names_people_know():
    _, compared = asked([("A", -1, 2), ("B", 3, 4), ("C", 2, 1)])
    lines = refusals(replace(compared), TEXT)
    assert lines
    assert all("“cost”" not in line for line in lines)


@pytest.mark.parametrize("rows", [[("A", 1, 1), ("B", 1, 1)], [("A", 5, 5), ("B", 5, 5), ("C", 5, 5)]])
def test_candidates_that_are_alike_are_no_crash(rows):
    result, compared = asked(rows)
    assert verdict(result, agreed(compared), TEXT)
    assert like_ours(result, compared, "topsis") in {"–", "1.00"}
