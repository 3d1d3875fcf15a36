"""Data that is hard for the reports: ties, zeros, one group, small highest groups, weights, filters, hostile names."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from aipm.fairness.law_data import ruled, unknown_values
from aipm.fairness.law_four_fifths import four_fifths
from aipm.fairness.law_nyc import NycAsked, nyc
from aipm.fairness.law_out import four_fifths_csv, nyc_csv, to_html
from aipm.fairness.law_said import deviations, four_fifths_section, nyc_section
from tests.fairness.build import counted, repeated

DAY = date(2026, 11, 21)
MADE = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def city(*rows, names="sex hired", sex="sex", race=None, measure="selection_rate", threshold=0, keep=False, **spec):
    """The tables of New York; without other columns named, decisions by sex."""
    asked = {"groups": ("sex",), **({"prediction": "hired"} if "score" not in spec else {}), **spec}
    counts, spec_of = counted(repeated(*rows, names=names), **asked)
    question = NycAsked(
        sex=sex, race=race, measure=measure, leave_out_small=not keep,
        unknown=unknown_values(counts, tuple(dict.fromkeys(each for each in (race, sex) if each))),
    )  # fmt: skip
    return nyc(counts, spec_of, question, threshold=threshold)


def fifths(*rows, names="sex hired", threshold=0, **spec):
    counts, spec_of = counted(repeated(*rows, names=names), **{"groups": ("sex",), "prediction": "hired", **spec})
    return four_fifths(counts, spec_of, measure="selection_rate", threshold=threshold)


def lines(found):
    return {line.group[0][1]: line for line in found.tables[0].lines}


def categories(found, table=0):
    return {each.group[0][1]: each for each in found.tables[table].categories}


def answer(found):
    return four_fifths_section(found, day=DAY).lines[0]


def said(found):
    return nyc_section(found, day=DAY).lines


def test_of_two_highest_the_larger_is_named_and_both_ratios_are_one():
    rows = ((50, "m", "yes"), (50, "m", "no"), (60, "f", "yes"), (60, "f", "no"), (10, "x", "yes"), (30, "x", "no"))
    found = city(*rows)
    assert found.tables[0].highest == (("sex", "f"),)
    assert {name: each.ratio for name, each in categories(found).items()} == {"f": 1, "m": 1, "x": 0.5}
    assert fifths(*rows).tables[0].reference == (("sex", "f"),)


def test_where_nobody_is_selected_the_answer_says_so_and_not_that_people_are_few():
    rows = ((50, "m", "no"), (50, "f", "no"))
    assert {each.kind for each in categories(city(*rows, prediction_positive=("yes",))).values()} == {"no_ratio"}
    assert "the highest rate is 0" in answer(fifths(*rows, prediction_positive=("yes",)))


def test_hardly_any_difference_has_no_sign():
    assert [deviations(value) for value in (-0.04, 0.04, -0.06, 2.34, None)] == ["0.0", "0.0", "−0.1", "2.3", "–"]


def test_where_everybody_is_selected_nothing_is_flagged():
    rows = ((50, "m", "yes"), (50, "f", "yes"), (1, "", "no"))
    assert {each.ratio for each in categories(city(*rows)).values()} == {1}
    assert answer(fifths(*rows)).startswith("No four-fifths flag")


def test_one_group_alone_is_compared_with_nothing():
    rows = ((50, "m", "yes"), (50, "m", "no"))
    assert "one category only" in said(city(*rows))[0]
    assert "one group only" in answer(fifths(*rows))
    assert four_fifths_section(fifths(*rows), day=DAY).tables[0].caption == "By sex: m is the only group"


def test_people_of_unknown_group_do_not_make_a_second_group():
    assert "one group only" in answer(fifths((50, "m", "yes"), (50, "m", "no"), (40, "", "no")))


@pytest.mark.parametrize(("people", "kind"), [(20, "few"), (19, "left_out")])
def test_exactly_two_per_cent_is_not_under_two_per_cent(people, kind):
    found = city((people, "x", "no"), (500, "m", "yes"), (500 - people, "f", "yes"))
    assert categories(found)["x"].kind == kind


def test_a_median_that_is_the_highest_score_leaves_nobody_above():
    rows = ((50, "m", 9), (10, "m", 1), (30, "f", 9), (10, "f", 2))
    found = city(*rows, names="sex score", score="score", measure="scoring_rate")
    assert found.basis.median == 9
    assert {(each.chosen, each.kind) for each in categories(found).values()} == {(0, "no_ratio")}


def test_people_without_a_score_are_stated_and_do_not_move_the_median():
    rows = ((5, "m", 8), (40, "m", ""), (5, "f", 2), (4, "f", 4))
    found = city(*rows, names="sex score", score="score", measure="scoring_rate")
    assert (found.people, found.without, found.basis.median) == (54, 40, 4)  # 2 ×5, 4 ×4, 8 ×5: the eighth of 14
    assert (categories(found)["m"].applicants, categories(found)["m"].chosen) == (5, 5)
    assert any("without a score and so in no table: 40" in line for line in said(found))


def test_weights_make_people_and_do_not_move_the_median():
    """Three rows a sex: the median of the six scores is 4.5; by their weights it would be 9."""
    rows = ((1, "m", 1, 1), (1, "m", 2, 1), (1, "m", 4, 1), (1, "f", 3, 1), (1, "f", 5, 2), (1, "f", 9, 10))
    found = city(*rows[:5], (2, "f", 9, 5), names="sex score w", score="score", weight="w", measure="scoring_rate")
    assert found.basis.median == 4  # of 1 2 3 4 5 9 9
    assert (categories(found)["f"].applicants, categories(found)["f"].chosen) == (13, 12)
    told = " ".join(said(found))
    assert "sums of weights" in told
    assert "every row counts once" in told


def test_a_filter_is_said_and_holds_for_the_median_as_well():
    rows = ((5, "m", 8, "a"), (5, "f", 2, "a"), (4, "f", 4, "a"), (900, "f", 1, "b"))
    found = city(*rows, names="sex score site", score="score", measure="scoring_rate", where=(("site", "a"),))
    assert (found.people, found.basis.median) == (14, 4)
    assert "Only rows with site = a were looked at." in said(found)
    decided = fifths((50, "m", "yes", "a"), (50, "f", "no", "a"), (50, "f", "yes", "b"),
                     names="sex hired site", where=(("site", "a"),))  # fmt: skip
    assert "Only rows with site = a were looked at." in four_fifths_section(decided, day=DAY).lines


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ({}, "Selected means: hired is yes."),
        ({"prediction_positive": ("no",)}, "Selected means: hired is no."),
        ({"favourable": "negative"}, "A yes (hired is yes) is bad for the person, so selected here means that it"),
    ],
)
def test_a_report_says_who_counts_as_selected(spec, sentence):
    rows = ((50, "m", "yes"), (30, "m", "no"), (20, "f", " YES"), (50, "f", "No"))
    assert any(line.casefold().startswith(sentence.casefold()) for line in said(city(*rows, **spec)))


def test_where_only_a_score_decides_its_threshold_is_said():
    rows = ((50, "m", 0.9), (50, "m", 0.2), (30, "f", 0.8), (70, "f", 0.1))
    assert "Selected means: p, the score, is 0.5 or more." in said(city(*rows, names="sex p", score="p"))
    bad = said(city(*rows, names="sex p", score="p", favourable="negative", measure="scoring_rate"))
    assert any("the ratios read the other way round" in line for line in bad)


def test_one_column_chosen_twice_gives_one_table_and_says_so():
    found = city((50, "m", "yes"), (50, "f", "no"), race="sex")
    assert [table.part for table in found.tables] == ["sex"]
    assert any("chosen for both" in line for line in said(found))


@pytest.mark.parametrize(("bins", "groups"), [((("age", (40.0,)),), ["under 40", "40 or more"]), ((), None)])
def test_a_quantity_as_a_category_is_cut_into_ranges(bins, groups):
    rows = [(1, "mf"[k % 2], k % 60 + 18, ("yes", "no")[k % 3 == 0]) for k in range(400)]
    found = city(*rows, names="sex age hired", race="age", groups=("sex", "age"), bins=bins)
    names = list(categories(found, table=1))
    assert names == groups if groups else 2 <= len(names) <= 10
    assert sum(each.applicants for each in found.tables[1].categories) == 400


SMALL_HIGHEST = ((9, "c", "yes"), (80, "a", "yes"), (120, "a", "no"), (40, "b", "yes"), (160, "b", "no"))


def test_nine_people_with_the_highest_rate_do_not_keep_two_hundred_from_being_compared():
    found = fifths(*SMALL_HIGHEST)
    assert found.tables[0].reference == (("sex", "a"),)
    assert (lines(found)["b"].reading, lines(found)["b"].ratio) == ("flag", 0.5)
    assert lines(found)["c"].reading == "not_rated"


def test_the_city_divides_by_the_highest_however_few_and_says_how_few():
    found = city(*SMALL_HIGHEST)
    assert categories(found)["b"].ratio == pytest.approx(0.2)
    assert any("the highest rate, that of c, is the rate of 9 people" in line for line in said(found))


def test_a_hidden_group_is_not_named_as_the_highest():
    """20 of c, 18 of them hired: the two are hidden, and that c is above 40 % would tell of them."""
    rows = ((18, "c", "yes"), (2, "c", "no"), *SMALL_HIGHEST[1:])
    found = fifths(*rows, threshold=11)
    assert {line.reading for line in lines(found).values()} == {"suppressed"}  # of what cannot be compared for it, too
    assert found.tables[0].reference is None
    assert {line.ratio for line in lines(found).values()} == {None}
    section = four_fifths_section(found, day=DAY)
    assert "are not shown" in section.lines[0]
    assert "beside c" not in f"{section.tables[0].caption} {four_fifths_csv(found, day=DAY)}"
    shown = city(*rows, threshold=11)
    assert {each.kind for each in categories(shown).values()} == {"suppressed", "ratio_hidden"}


def test_only_what_the_tables_show_is_worked_out():
    """Hiding protects these numbers alone, so there must be no others."""
    rows = ((50, "m", 0.9, "yes"), (30, "f", 0.2, "no"))
    counts, spec = counted(repeated(*rows, names="sex p hired"), groups=("sex",), score="p", prediction="hired")
    for measure in ("selection_rate", "scoring_rate"):
        found = ruled(counts, spec, columns=("sex",), measure=measure, depth=1)
        assert {name for each in found.groups for name in each.metrics} == {"count", measure}
        assert {each.metric for each in found.comparisons} == {measure}
        assert not found.overall
        assert not found.verdicts


HOSTILE = ("<script>alert(1)</script>", "=1+1", "two\nlines", "{{ 7*7 }}", 'a "quote", and a comma')


def test_names_of_groups_are_only_characters_in_every_file():
    rows = [(40 + k, name, ("yes", "no")[k % 2]) for k in range(2) for name in HOSTILE]
    found, rated = city(*rows), fifths(*rows)
    for rule, section in (("nyc", nyc_section(found, day=DAY)), ("four_fifths", four_fifths_section(rated, day=DAY))):
        page = to_html(section, rule=rule, file_name="p.csv", generated=MADE, day=DAY, answers={})
        assert "<script" not in page
        assert "{{ 7*7 }}" in page
    for text, place in ((nyc_csv(found, day=DAY, answers={}), 1), (four_fifths_csv(rated, day=DAY), 2)):
        table = list(csv.reader(io.StringIO(text, newline="")))
        names = {row[place] for row in table[1 : len(HOSTILE) + 1]}
        assert names == {"'=1+1" if name == "=1+1" else name for name in HOSTILE}
