"""The answer in words, for the report and for machines."""

import json
from dataclasses import replace

import pytest

from aipm.fairness.worst import beside_chance, search
from aipm.fairness.worst_report import plain, section
from aipm.fairness.worst_spec import Confirmation, Parent, Rated, Subgroup, Worst, WorstSpec
from aipm.fairness.worst_texts import worst_texts
from aipm.fairness.worst_words import answer, detail, state, verdict
from tests.fairness.build import audited, comparison, estimate, repeated, table
from tests.fairness.worst_tables import BERKELEY, asked, made_ready, people, searched


def berkeley():
    spec = asked(groups=("sex",), prediction="admitted")
    on = made_ready(BERKELEY, ("department", "sex"), groups=("sex",), prediction="admitted")
    found = search(on, WorstSpec(metric="selection_rate", columns=("department", "sex")), spec)
    return beside_chance(on, found, spec), spec


def test_the_answer_is_one_sentence_with_what_it_rests_on():
    said = answer(*berkeley())
    assert said.startswith("Worst: 6.4% of people with department = F are selected, against 44.8% of everybody else.")
    assert "46 of 714 against 1,709 of 3,812" in said
    assert "In 200 shuffles, chance alone never made any group stand out like this." in said


def test_where_nothing_is_found_it_says_so_and_shows_what_looks_worst():
    found = searched(people(1500, seed=0), "abc")
    assert found.found == 0
    assert answer(found, asked()).startswith("No group was found")
    assert found.subgroups
    assert not any(each.found for each in found.subgroups)


def test_where_nobody_is_enough_it_says_what_to_do():
    found = searched(repeated((5, "x", "yes"), (5, "y", "no"), names="a hired"), "a")
    assert "Ask for fewer" in answer(found, asked())
    assert plain(found)["status"] == "not_enough_data"


def test_where_all_are_served_alike_it_says_so():
    found = searched(repeated((50, "x", "yes"), (50, "y", "yes"), names="a hired"), "a")
    assert (found.looked, found.subgroups) == (2, ())
    assert answer(found, asked()) == "No group looks worse off than everybody else; 2 were looked at."


def test_each_group_says_how_it_was_found_and_what_its_parents_look_like():
    found = searched(people(6000, seed=1, planted={"a": 1, "b": 2}), "abc")
    lines = detail(found.subgroups[0], found)
    assert lines[0].startswith(f"Found among {found.looked} groups")
    assert sum("worse than the rest of it" in line for line in lines) == 2


@pytest.mark.parametrize("smallest", [0, 11])
def test_the_section_carries_what_was_found_how_and_what_it_does_not_say(smallest):
    made = section(*berkeley(), smallest)
    assert made.lines[0].startswith("Worst: ")
    assert made.tables[0].rows[0][:2] == ("department = F", "6.4% (46 of 714)")
    assert {*worst_texts().limits} <= {*made.notes}
    assert all(link.startswith("https://") for _, link in made.sources)


def test_a_gap_of_twelve_people_is_beyond_chance_and_uncertain_as_anywhere_in_an_audit():
    data = repeated((12, "few", "no"), (700, "x", "yes"), (300, "x", "no"), names="a hired")
    found = searched(data, "a", wanted={"support": 10})
    few = found.subgroups[0]
    assert few.found
    assert few.here.denominator == 12
    assert (state(few), verdict(few)) == ("beyond chance; few people, how large is uncertain", "gap")
    assert "too few of them to say how large" in answer(found, asked())
    assert section(found, asked(), 0).tables[0].rows[0][-1] == state(few)
    result = audited(data, groups=("a",), prediction="hired")
    assert comparison(result, "selection_rate", a="few").verdict == "gap"
    assert estimate(result, "selection_rate", a="few").status == "not_enough_data"
    assert plain(found)["subgroups"][0]["status"] == "not_enough_data"


@pytest.mark.parametrize(("size", "enough"), [(29, False), (30, True)])
def test_from_thirty_people_on_there_is_enough(size, enough):
    data = repeated((size, "few", "no"), (700, "x", "yes"), (300, "x", "no"), names="a hired")
    found = searched(data, "a", wanted={"support": 10})
    assert found.subgroups[0].enough is enough
    assert ("uncertain" in state(found.subgroups[0])) is not enough
    assert (worst_texts().few in answer(found, asked())) is not enough


def test_what_may_be_chance_is_greyed_where_a_rate_is_uncertain_by_more_than_twenty_points():
    data = repeated((33, "a", "no"), (27, "a", "yes"), (540, "b", "yes"), (460, "b", "no"), names="a hired")
    found = searched(data, "a").subgroups[0]
    assert (found.found, found.here.denominator, found.enough) == (False, 60, False)
    assert (state(found), verdict(found)) == ("not enough data", "not_enough_data")
    assert estimate(audited(data, groups=("a",), prediction="hired"), "selection_rate", a="a").status == verdict(found)


def test_thirty_rows_of_ten_persons_are_ten():
    who = [k // 3 for k in range(30)] + list(range(100, 1_100))
    data = table({"a": ["few"] * 30 + ["x"] * 1_000, "hired": ["no"] * 330 + ["yes"] * 700, "who": who})
    few = searched(data, "a", cluster="who", wanted={"support": 10}).subgroups[0]
    assert few.here.rows == pytest.approx(10)
    assert not few.enough
    assert searched(data, "a", cluster="who", wanted={"support": 11}).small == 1  # the support asked for is of persons


def test_groups_that_tell_of_a_few_people_are_left_out_of_what_is_handed_on():
    data = repeated((4, "few", "yes"), (60, "few", "no"), (700, "x", "yes"), (300, "x", "no"), names="a hired")
    found = searched(data, "a")
    assert dict(found.subgroups[0].here.group) == {"a": "few"}
    shown, handed_on = section(found, asked(), 0), section(found, asked(), 11)
    assert "a = few" in str(shown)
    assert "a = few" not in str(handed_on)
    assert handed_on.tables == ()


def test_a_group_that_would_be_told_by_what_is_left_of_a_larger_one_is_left_out():
    # Of "x", all but 5 are in (x, m): who knows both knows the five.
    data = repeated(
        (40, "x", "m", "yes"), (160, "x", "m", "no"), (5, "x", "n", "yes"), (400, "y", "m", "yes"),
        (400, "y", "n", "yes"), (100, "y", "n", "no"), (100, "y", "m", "no"), names="a b hired",
    )  # fmt: skip
    found = searched(data, "ab")
    assert {"a": "x", "b": "m"} in [dict(each.here.group) for each in found.subgroups]
    assert "b = m" not in str(section(found, asked(), 11).tables)


def test_the_answer_for_machines_is_plain_json():
    found, _ = berkeley()
    made = json.loads(json.dumps(plain(found), allow_nan=False))
    assert made["metric"] == "selection_rate"
    assert made["subgroups"][0]["group"] == {"department": "F"}
    assert made["subgroups"][0]["numerator"] == 46
    assert made["subgroups"][0]["shuffles_at_least"] == 0
    assert made["higher_is_worse"] is False


def rate(hit, people, **group):
    return Rated(
        group=tuple(group.items()),
        value=hit / people,
        numerator=hit,
        denominator=people,
        rows=people,
        low=0.1,
        high=0.2,
    )


def listed(here, *, others=None, parents=()):
    return Subgroup(
        here=here, others=others or rate(500, 1_000), gap=-0.31, gap_low=-0.4, gap_high=-0.2, bound=0.2,
        ratio=0.5, ratio_low=0.4, ratio_high=0.6, p_value=0.001, p_adjusted=0.01, stands_out=5.0, found=True,
        verdict="gap", enough=True, parents=tuple(Parent(rate=each, p_value=0.02) for each in parents),
        shuffles_at_least=0,
    )  # fmt: skip


def handed_on(*subgroups, smallest=11, **wanted):
    """The section of a list made by hand."""
    question = WorstSpec(metric="selection_rate", columns=("a", "b"), **wanted)
    found = Worst(
        spec=question, everybody=rate(550, 1_100), higher_is_worse=False, looked=40, small=2, found=len(subgroups),
        explained=0, unlisted=0, shuffles=200, subgroups=subgroups, folded={"b": (4, 90.0)},
    )  # fmt: skip
    return section(found, asked(), smallest), found


FINE = listed(rate(30, 100, a="x"))


@pytest.mark.parametrize(
    ("small", "shown"),
    [
        (listed(rate(11, 100, a="y")), True),
        (listed(rate(10, 100, a="y")), False),
        (listed(rate(90, 100, a="y")), False),  # ten were not selected
        (listed(rate(0, 40, a="y")), True),  # that nobody was tells of nobody
        (listed(rate(30, 100, a="y"), others=rate(8, 900)), False),
        (listed(rate(30, 100, a="y", b="z"), parents=(rate(50, 150, a="y"),)), True),  # 20 of 50 are left of a = y
        (listed(rate(30, 100, a="y", b="z"), parents=(rate(36, 120, a="y"),)), False),  # 6 of 20
        (listed(rate(30, 100, a="y", b="z"), parents=(rate(50, 125, a="y"),)), False),  # 20 of 25
    ],
)
def test_a_row_is_left_out_where_it_or_what_it_leaves_is_too_few(small, shown):
    made, _ = handed_on(FINE, small)
    assert len(made.tables[0].rows) == 1 + shown
    assert sum("groups that were found" in line for line in made.lines) == (not shown)
    assert len(handed_on(FINE, small, smallest=0)[0].tables[0].rows) == 2


def test_a_larger_group_in_the_list_must_not_leave_a_few_people_either():
    larger = listed(rate(36, 120, a="y"))
    for inside, rows in ((rate(30, 100, a="y", b="z"), 1), (rate(20, 60, a="y", b="z"), 2), (rate(30, 100, a="x"), 2)):
        made, _ = handed_on(larger, listed(inside))
        assert len(made.tables[0].rows) == rows
        assert made.tables[0].rows[0][0] == "a = y"


def test_where_the_worst_is_hidden_nothing_is_said_of_it_and_how_many_are_left_out():
    made, _ = handed_on(listed(rate(5, 100, a="y")), listed(rate(4, 90, a="z")), FINE)
    assert made.lines == (worst_texts().hidden.format(count="2", threshold="11"),)
    assert "5.0%" not in str(made)


def test_what_is_said_of_parents_stays_where_small_groups_are_hidden():
    (here, _), (elsewhere, _) = handed_on(FINE, smallest=0), handed_on(FINE)
    assert any(line.startswith("a = x: Found among 40 groups") for line in here.lines)
    assert len(elsewhere.lines) == 1


def test_a_row_holds_both_rates_with_their_people_and_what_the_gap_surely_is():
    made, _ = handed_on(FINE)
    assert made.tables[0].rows[0][:5] == (
        "a = x",
        "30.0% (30 of 100)",
        "10.0–20.0%",
        "50.0% (500 of 1,000)",
        "20.0 pts",
    )


def test_the_options_repeat_the_question():
    made, _ = handed_on(FINE, depth=2, support=40, share=0.05, hold_out=True)
    assert made.options == (
        "--worst=selection_rate", "--search=a", "--search=b", "--search-depth=2", "--search-support=40",
        "--search-share=0.05", "--search-hold-out",
    )  # fmt: skip
    assert handed_on(FINE)[0].options[-1] == "--search-support=30"


def test_machines_are_told_the_others_the_parents_and_what_goes_with_a_group():
    each = replace(
        listed(rate(30, 100, a="y", b="z"), parents=(rate(50, 150, a="y"),)),
        same=((("b", "z"),),), carries=((("a", "y"),),),
        confirmation=Confirmation(here=rate(9, 40), others=None, p_adjusted=0.01, confirmed=True),
    )  # fmt: skip
    made = plain(handed_on(each)[1])
    (subgroup,) = made["subgroups"]
    assert (subgroup["value"], subgroup["others"]["value"]) == (0.3, 0.5)
    assert (subgroup["same"], subgroup["carries"]) == ([{"b": "z"}], [{"a": "y"}])
    assert (subgroup["parents"][0]["group"], subgroup["parents"][0]["p_value"]) == ({"a": "y"}, 0.02)
    assert (subgroup["confirmation"]["here"]["numerator"], subgroup["confirmation"]["others"]) == (9, None)
    assert made["everybody"]["denominator"] == 1_100
    assert made["folded"] == [{"column": "b", "values": 4, "rows": 90.0}]
