"""What is said of the data by itself: every number in its place, the worst first, small groups and doubts said."""

from dataclasses import replace

import pytest

from aipm.fairness.alone import Gap, Missing
from aipm.fairness.alone_texts import alone_texts
from aipm.fairness.alone_words import (
    estimate,
    few,
    gap_lines,
    gap_table,
    hidden_groups,
    label_lines,
    label_notes,
    label_table,
    left_out_line,
    present_lines,
    present_table,
    proxy_lines,
    proxy_table,
    strength,
    together_notes,
    together_tables,
)
from aipm.fairness.baseline import Baseline
from aipm.fairness.proxies import Proxies, Proxy
from aipm.fairness.proxies_together import Carrier, Together, Told
from aipm.fairness.representation import Population, Representation, representation
from aipm.fairness.result import Estimate
from tests.fairness.build import audited, counted, repeated

SAID = alone_texts()


def present(sizes: dict[str, int], population: dict[str, float]) -> Representation:
    counts, _ = counted({"who": [name for name, size in sizes.items() for _ in range(size)]}, groups=("who",))
    return representation(counts, Population(column="who", numbers=tuple(population.items())), tolerance=0.8)


def said(found: Representation, threshold: int = 0) -> str:
    return " ".join(present_lines(found, tolerance=0.8, threshold=threshold))


def test_the_largest_departure_leads_with_both_shares_and_the_ratio():
    found = present({"a": 100, "b": 200, "c": 700}, {"a": 20, "b": 40, "c": 40})
    # c is .3 above, b is .2 below, a .1: c leads though a has the smaller ratio.
    assert "Largest departure: c, 70.0% of the rows against 40.0% of the population, 1.75 times" in said(found)
    assert "30.0% of the rows would have to be other people" in said(found)
    below = said(present({"a": 100, "b": 400, "c": 500}, {"a": 40, "b": 30, "c": 30}))
    assert "Largest departure: a, 10.0% of the rows against 40.0%" in below  # below counts as much as above


def test_people_whom_the_data_lacks_are_named_and_are_no_departure_of_those_it_has():
    found = said(present({"a": 500, "b": 500}, {"a": 45, "b": 45, "c": 10}))
    assert "who = c are in the population, and the data has none of them" in found
    assert "Largest departure" not in found


def test_alike_is_only_said_where_every_group_is_surely_so():
    assert SAID.present.same.split("{")[0] in said(present({"a": 5_000, "b": 5_000}, {"a": 50, "b": 50}))
    for open_ in (present({"a": 20, "b": 20}, {"a": 50, "b": 50}), present({"a": 5, "b": 3}, {"a": 50, "b": 50})):
        assert "cannot be told from this much data" in said(open_)


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ((3, 40, 900), {"a", "b"}),  # one alone would follow from the others
        ((3, 9, 900), {"a", "b"}),
        ((3, 4, 60, 900), {"a", "b", "c"}),  # seven people in all are themselves too few
        ((11, 40, 900), set()),
        ((0, 40, 900), set()),  # that there is nobody tells of nobody
        ((3, 4), {"a", "b"}),
    ],
)
def test_what_is_hidden_does_not_follow_from_what_is_shown(sizes, hidden):
    found = present(dict(zip("abcd", sizes, strict=False)), dict.fromkeys("abcd"[: len(sizes)], 1.0))
    assert hidden_groups(found, 11) == hidden
    rows = {row[0]: row[1] for row in present_table(found, threshold=11).rows}
    assert {name for name, cell in rows.items() if cell == SAID.hidden_cell} == hidden
    assert ("All groups at once" in said(found, 11)) is not bool(hidden)


def test_a_few_rows_without_a_group_are_not_counted_aloud():
    found = replace(present({"a": 50, "b": 50}, {"a": 50, "b": 50}), missing=7.0)
    assert "7 rows have no group" in said(found)
    assert "rows have no group" not in said(found, 11)
    assert "11 rows have no group" in said(replace(found, missing=11.0), 11)


def test_the_table_carries_the_corrected_chance():
    found = present({"a": 260, "b": 330, "c": 410}, {"a": 30, "b": 33, "c": 37})
    row = present_table(found).rows[0]
    assert row[:3] == ("a", "260", "26.0%")
    assert row[4:7] == ("30.0%", "−4.0 pts", "0.87")
    assert row[-1] == "0.017"  # three times the group's own p-value
    assert found.groups[0].p_value == pytest.approx(0.017 / 3, abs=0.0002)


def missing(column: str, *gaps: tuple[int, int], p_value: float | None = 0.001) -> Missing:
    """(missing, rows) of groups a, b, c …; intervals a tenth wide."""
    made = tuple(
        Gap(group=name, rows=rows, missing=lacking, share=lacking / rows, low=lacking / rows - 0.05,
            high=lacking / rows + 0.05)
        for name, (lacking, rows) in zip("abcd", gaps, strict=False)
    )  # fmt: skip
    return Missing(column=column, kind="category", gaps=made, p_value=p_value, p_adjusted=p_value)


def test_the_group_that_lacks_most_stands_beside_the_one_that_lacks_least():
    lines = gap_lines("who", (missing("pay", (20, 100), (50, 100), (40, 100)), missing("age", (10, 90), (40, 90))))
    assert lines[0].endswith("beyond chance: 50.0% for people with who = b, 20.0% for people with who = a.")
    assert lines[1] == "The same holds for age."


@pytest.mark.parametrize(
    ("gaps", "threshold", "told"),
    [
        (((20, 100), (50, 100)), 11, True),
        (((20, 100), (95, 100)), 11, False),  # five of b are not missing
        (((5, 100), (50, 100)), 11, False),  # five of a are
        (((0, 100), (50, 100)), 11, True),  # nobody is nobody
        (((11, 100), (50, 100)), 11, True),
        (((5, 100), (50, 100)), 0, True),
    ],
)
def test_shares_that_tell_of_a_few_people_are_in_no_line_and_no_cell(gaps, threshold, told):
    found = (missing("pay", *gaps),)
    assert bool(gap_lines("who", found, threshold=threshold)) is told
    cells = gap_table("who", found, threshold=threshold).rows[0][2:]
    assert (SAID.hidden_cell not in cells) is told


def test_where_nothing_differs_it_says_how_much_was_looked_at():
    alike = missing("pay", (20, 100), (21, 100), p_value=0.8)
    assert gap_lines("who", ()) == (SAID.gaps.none,)
    assert gap_lines("who", (alike,)) == (SAID.gaps.same_one.format(name="pay", column="who"),)
    assert gap_lines("who", (alike, alike)) == (SAID.gaps.same.format(count="2", column="who"),)
    assert gap_lines("who", (missing("pay", (2, 5), (1, 4), p_value=None),)) == (SAID.gaps.unsure,)
    # With one group of ten or more there is nobody to stand beside it.
    assert gap_lines("who", (missing("pay", (20, 100), (4, 5)),)) == (
        SAID.gaps.same_one.format(name="pay", column="who"),
    )


def test_shares_of_fewer_than_ten_are_not_shown_and_of_fewer_than_thirty_doubted():
    cells = gap_table("who", (missing("pay", (4, 9), (4, 10), (12, 30)),)).rows[0][2:]
    assert cells[0] == "–"
    assert cells[1].startswith("40.0%")
    assert cells[1].endswith(few())
    assert cells[2].startswith("40.0%")
    assert not cells[2].endswith(few())


def proxy(column: str, told: str, *, by_missing: bool = False, role: str = "") -> Proxy:
    return Proxy(
        column=column, kind="category", role=role, rows=100, strength=0.4, low=0.3, high=0.5, order=None,
        p_value=0.001, p_adjusted=0.004, told=told, by_missing=by_missing,
    )  # fmt: skip


def alone(*found: Proxy) -> Proxies:
    return Proxies(column="sex", groups=("f", "m"), rows=100, found=found, left_out=())


def together(auc: float = 0.8, *, low: float = 0.7, right_low: float = 0.6, groups: int = 2) -> Together:
    told = tuple(Told(group=f"g{k}", rows=100 + k, auc=auc, low=low, high=0.9) for k in range(groups))
    return Together(
        column="sex", auc=auc, low=low, high=0.9, right=0.7, right_low=right_low, right_high=0.75, largest=0.55,
        groups=told, carriers=(Carrier(column="title", drop=0.12), Carrier(column="shoe", drop=0.004)),
        pairs=(), rows=300, of=400, columns=("title", "shoe"), left_out=(), groups_left_out=("x",),
    )  # fmt: skip


def test_how_well_a_group_is_told_is_said_by_its_auc():
    none = alone(proxy("title", "chance"))
    for auc, text in ((0.7, SAID.proxies.told), (0.69, SAID.proxies.told_weakly), (0.55, SAID.proxies.told_weakly),
                      (0.549, SAID.proxies.told_hardly)):  # fmt: skip
        first = proxy_lines(none, together(auc, low=0.51))[0]
        assert first.startswith(text.format(column="sex"))
    assert proxy_lines(none, together(0.6, low=0.5))[0] == SAID.proxies.chance.format(column="sex")


def test_a_guess_leads_only_where_it_surely_beats_naming_the_largest_group():
    none = alone(proxy("title", "chance"))
    sure, unsure = proxy_lines(none, together()), proxy_lines(none, together(right_low=0.54))
    assert "right for 70.0% of the people" in sure[0]
    assert "right for 55.0%" in sure[0]
    assert "in 80 of 100 pairs (70 to 90; 50 is chance)" in sure[1]
    assert "in 80 of 100 pairs" in unsure[0]
    assert "Each group against all others" in proxy_lines(none, together(groups=3))[1]
    assert sure[2] == "What carries it most: title."  # .4 of 100 pairs is nothing


def test_columns_that_tell_more_in_pairs_are_named():
    found = proxy_lines(alone(), replace(together(), pairs=(("title", "shoe"),)))
    assert found[3] == "Looked at together, title and shoe tell more than the two of them one by one."
    assert found[4] == SAID.proxies.alone_none


def test_columns_that_tell_next_to_nothing_are_not_named():
    named = proxy_lines(alone(proxy("a", "clear"), proxy("b", "faint"), proxy("c", "not_enough_data")), None)
    assert named == (SAID.proxies.alone_one.format(columns="a"),)
    many = alone(*(proxy(f"c{k}", "weak") for k in range(6)))
    assert "c0, c1, c2, c3" in proxy_lines(many, None)[0]
    assert "c4" not in proxy_lines(many, None)[0]
    assert "2 more" in proxy_lines(many, None)[0]


def test_only_what_tells_something_can_tell_it_by_being_missing():
    assert "only by being missing" in strength(proxy("a", "weak", by_missing=True))
    assert strength(proxy("a", "chance", by_missing=True)) == SAID.proxies.strengths["chance"]
    row = proxy_table(alone(proxy("a", "clear", role="group"))).rows[0]
    assert "also a group column" in row[0]
    assert row[5] == "0.004"


def test_where_too_few_share_a_value_it_says_so_instead_of_how_sure():
    row = proxy_table(alone(replace(proxy("name", "too_few_a_value"), strength=None, low=None, high=None))).rows[0]
    assert row[2:4] == ("–", "")
    assert row[-1] == "too few rows share a value to say how well"
    assert "name" not in proxy_lines(alone(proxy("name", "too_few_a_value")), None)[0]


def test_groups_and_carriers_are_shown_in_pairs_of_a_hundred():
    groups, carriers = together_tables(together(), threshold=101)
    assert groups.rows == (("g1", "101", "80.0", "(70.0–90.0)"),)
    assert carriers.rows == (("title", "12.0"), ("shoe", "0.4"))
    down = replace(together(), carriers=(Carrier(column="a", drop=-0.0001), Carrier(column="b", drop=-0.012)))
    assert together_tables(down)[1].rows == (("a", "0.0"), ("b", "−1.2"))
    assert together_notes(together()) == (
        SAID.proxies.sampled.format(rows="300", all="400"),
        SAID.proxies.groups_left_out.format(groups="x"),
    )
    assert together_notes(replace(together(), of=300))[0] == SAID.proxies.whole.format(rows="300", all="300")


def test_columns_not_looked_at_are_named_by_reason():
    assert left_out_line([]) == ()
    line = left_out_line([("id", "identifier"), ("note", "text"), ("nr", "identifier")])[0]
    assert line == "Not looked at: id and nr (a running number or identity); note (nearly every row has its own value)."


def quick(*rows: tuple[int, str, str, str], low: float = 0.6) -> Baseline:
    """(times, group, label, decision of the quick model)."""
    data = repeated(*rows, names="who label model")
    asked = {"groups": ("who",), "label": "label", "prediction": "model", "favourable": "positive"}
    return Baseline(
        auc=0.7, low=low, high=0.8, result=audited(data, **asked), rows=400, of=500, columns=("test",),
        left_out=(("id", "identifier"),),
    )  # fmt: skip


ALIKE = tuple(
    (900, who, *answers) for who in "ab" for answers in (("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "yes"))
)
UNEQUAL = (
    (360, "a", "yes", "yes"), (40, "a", "yes", "no"), (360, "a", "no", "no"), (40, "a", "no", "yes"),
    (200, "b", "yes", "yes"), (200, "b", "yes", "no"), (360, "b", "no", "no"), (40, "b", "no", "yes"),
)  # fmt: skip


def test_what_a_quick_model_makes_of_the_labels():
    assert label_lines(quick(*ALIKE))[0].endswith(SAID.labels.fine)
    assert label_lines(quick(*UNEQUAL))[0].endswith(SAID.labels.gap)
    few_people = tuple((8, who, label, model) for _, who, label, model in ALIKE)
    assert label_lines(quick(*few_people))[0].endswith(SAID.labels.open)
    assert "in 70 of 100 pairs (60 to 80; 50 is chance)" in label_lines(quick(*ALIKE))[0]
    assert label_lines(quick(*UNEQUAL, low=0.5)) == (SAID.labels.nothing.format(auc="70", low="50", high="80"),)


def test_the_quick_model_s_rows_and_columns_are_said():
    notes = label_notes(quick(*ALIKE))
    assert notes[0] == SAID.labels.sampled.format(rows="400", all="500")
    assert notes[1] == SAID.labels.used.format(columns="test")
    assert notes[2].startswith("Not looked at: id")


def test_in_what_is_handed_on_small_groups_of_the_quick_model_are_hidden():
    found = quick(*UNEQUAL, (3, "c", "yes", "no"), (3, "c", "no", "yes"))
    shown, hidden = ({row[0]: row[1:] for row in label_table(found, threshold=k).rows} for k in (0, 11))
    assert shown["who: c"] == ("–",) * 4  # six people are never rated
    assert hidden["who: c"] == (SAID.hidden_cell,) * 4
    assert shown["who: b"][3].startswith("50.0%")


def test_a_rate_of_too_few_is_not_shown_or_doubted():
    some = Estimate(0.4, low=0.3, high=0.5, status="ok")
    assert not estimate(some).endswith(few())
    assert estimate(replace(some, status="not_enough_data")).endswith(few())
    assert estimate(replace(some, status="not_enough_data", reason="too_few_rows")) == "–"
    assert estimate(Estimate(None, status="not_computable", reason="suppressed")) == SAID.hidden_cell
