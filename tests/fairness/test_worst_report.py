"""The answer in words, for the report and for machines."""

import json

import pytest

from aipm.fairness.worst import beside_chance, search
from aipm.fairness.worst_report import plain, section
from aipm.fairness.worst_spec import WorstSpec
from aipm.fairness.worst_texts import worst_texts
from aipm.fairness.worst_words import answer, detail
from tests.fairness.build import repeated
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
