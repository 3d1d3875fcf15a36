"""The report's part: what was compared and why, and nothing of small groups."""

from dataclasses import asdict

from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.fairness.spec import AuditSpec
from aipm.fairness.strata import with_factors
from aipm.fairness.strata_examples import BERKELEY_SPEC, berkeley
from aipm.fairness.strata_section import section
from tests.fairness.build import audited, counted, repeated


def made(data, *, spec, threshold, reason="", factor="department"):
    counts, asked = counted(data, **asdict(with_factors(spec, (factor,))))
    result = audited(data, **asdict(spec))
    return section(counts, asked, result, (factor,), standard="everybody", reason=reason, threshold=threshold)


def cells(found):
    return [cell for table in found.tables for row in table.rows for cell in row]


def test_the_report_holds_the_reason_the_answer_and_the_parts():
    found = made(berkeley(), spec=BERKELEY_SPEC, threshold=0, reason="departments\ndecide ")
    assert found.title == "Like with like: department"
    assert found.lines[0].endswith("departments decide")
    assert "the other way round" in found.lines[1]
    assert "89 of 108" in cells(found)
    assert found.notes[0] == "Weigh the parts by: everybody's mix."
    assert [row[0] for row in found.tables[-1].rows] == list("ABCDEF")


def test_without_a_reason_the_report_says_so():
    assert "Nobody said why department" in made(berkeley(), spec=BERKELEY_SPEC, threshold=0).lines[0]


def test_small_cells_and_what_would_give_them_away_are_left_out():
    # 8 women were refused in B: B goes, and another part with it, or 8 would follow from the women's total.
    found = made(berkeley(), spec=BERKELEY_SPEC, threshold=11)
    parts = [row[0] for row in found.tables[-1].rows]
    assert "B" not in parts
    assert len(parts) <= 4
    assert "17 of 25" not in cells(found)
    assert "fewer than 11 people" in found.lines[1]
    assert len(found.tables[-1].head) == len(found.tables[-1].rows[0]) == 6


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=16, max_size=16))
def test_no_small_number_follows_from_a_group_s_total(numbers):
    places = [(d, s, a) for d in "abcd" for s in ("men", "women") for a in ("yes", "no")]
    applied = dict(
        zip(places, (n + 30 * (place[0] == "a") for n, place in zip(numbers, places, strict=True)), strict=True)
    )
    data = repeated(*[(n, *place) for place, n in applied.items()], names="department sex admitted")
    spec = AuditSpec(groups=("sex",), prediction="admitted", prediction_positive=("yes",), reference=(("sex", "men"),))
    table = made(data, spec=spec, threshold=11).tables[-1:]
    for shown in table:
        parts = {row[0] for row in shown.rows if "nothing" not in row[-1]}
        for sex in ("men", "women"):
            for answer in ("yes", "no"):
                rest = sum(n for (d, s, a), n in applied.items() if (s, a) == (sex, answer) and d not in parts)
                assert rest == 0 or rest >= 11
        assert all(n == 0 or n >= 11 for (d, _, _), n in applied.items() if d in parts)


def test_a_group_hidden_in_the_report_is_hidden_here():
    data = repeated(
        *[(60, d, s, a) for d in "ab" for s in ("men", "women") for a in ("yes", "no")],
        (2, "a", "others", "yes"),
        (3, "b", "others", "no"),
        names="department sex admitted",
    )
    spec = AuditSpec(groups=("sex",), prediction="admitted", prediction_positive=("yes",))
    shown, hidden = (made(data, spec=spec, threshold=each) for each in (0, 11))
    assert any("others" in cell for cell in cells(shown))
    assert not any("others" in text for text in (*cells(hidden), *hidden.lines))


def test_where_every_part_is_small_nothing_is_shown():
    data = repeated(
        *[(4, str(d), s, a) for d in range(6) for s in ("men", "women") for a in ("yes", "no")],
        names="department sex admitted",
    )
    spec = AuditSpec(groups=("sex",), prediction="admitted", prediction_positive=("yes",))
    found = made(data, spec=spec, threshold=11)
    assert "not shown" in found.lines[1]
    assert cells(found) == []
