"""The report's part: what was compared and why, and nothing of small groups."""

from dataclasses import asdict

from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.fairness.protection import to_hide
from aipm.fairness.samples import as_table, samples
from aipm.fairness.spec import AuditSpec
from aipm.fairness.strata import with_factors
from aipm.fairness.strata_section import section
from tests.fairness.build import audited, counted, repeated

BERKELEY, ADMITTED = as_table("admissions"), samples()["admissions"].spec


def made(data, *, spec, threshold, reason="", factor="department"):
    counts, asked = counted(data, **asdict(with_factors(spec, (factor,))))
    result = audited(data, **asdict(spec))
    return section(counts, asked, result, (factor,), standard="everybody", reason=reason, threshold=threshold)


def cells(found):
    return [cell for table in found.tables for row in table.rows for cell in row]


def test_the_report_holds_the_reason_the_answer_and_the_parts():
    found = made(BERKELEY, spec=ADMITTED, threshold=0, reason="departments\ndecide ")
    assert found.title == "Like with like: department"
    assert found.lines[0].endswith("departments decide")
    assert "the other way round" in found.lines[1]
    assert "89 of 108" in cells(found)
    assert found.notes[0] == "Weigh the parts by: everybody's mix."
    assert [row[0] for row in found.tables[-1].rows] == list("ABCDEF")
    assert "people with sex = women beside people with sex = men" in found.tables[-1].caption
    assert found.tables[-1].head[1::2][:2] == ("women", "men")


def test_without_a_reason_the_report_says_so():
    assert "Nobody said why department" in made(BERKELEY, spec=ADMITTED, threshold=0).lines[0]


def test_small_cells_and_what_would_give_them_away_are_left_out():
    # 8 women were refused in B: B goes, and another part with it, or 8 would follow from the women's total.
    found = made(BERKELEY, spec=ADMITTED, threshold=11)
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


SEXES = (("men", 90), ("women", 60), ("others", 40))


def applicants(*more, without=()):
    """Half of 180 men, 120 women and 80 others are admitted in each of three departments, besides what is told."""
    rows = [(n, d, s, a) for d in "abc" for s, n in SEXES if (d, s) not in without for a in ("yes", "no")]
    return repeated(*rows, *more, names="department sex admitted")


def asked(**spec):
    return AuditSpec(**{"groups": ("sex",), "prediction": "admitted", "prediction_positive": ("yes",), **spec})


def parts(found):
    """Which parts are printed of whom."""
    return {
        table.caption.split(": ")[1].split(" beside")[0]: [row[0] for row in table.rows] for table in found.tables[1:]
    }


FIVE = ((5, "b", "women", "yes"), (60, "b", "women", "no"))


def test_a_part_where_one_side_has_nobody_is_shown_as_such_and_not_as_hidden():
    data = applicants(without=(("b", "women"), ("a", "others")))
    found = made(data, spec=asked(reference=(("sex", "men"),)), threshold=11)
    assert not any("not shown" in line for line in found.lines)
    assert parts(found) == {"people with sex = women": [*"abc"], "people with sex = others": [*"abc"]}
    assert {len(row) for table in found.tables[1:] for row in table.rows} == {7}


def test_a_part_where_the_reference_has_nobody_is_no_hidden_one_either():
    found = made(applicants(without=(("b", "men"),)), spec=asked(reference=(("sex", "men"),)), threshold=11)
    assert not any("not shown" in line for line in found.lines)
    assert set(map(len, parts(found).values())) == {3}


def test_a_group_that_the_report_hides_for_another_s_sake_is_hidden_here():
    """Five others in all: young and old together tell the total, and so the report hides women or men as well."""
    rows = [(n, d, s, a, age) for d in "abc" for s, n in SEXES[:2] for a in ("yes", "no") for age in ("young", "old")]
    data = repeated(*rows, (5, "a", "others", "yes", "old"), names="department sex admitted age")
    spec = asked(groups=("sex", "age"))
    result = audited(data, **asdict(spec))
    flags = to_hide(result, threshold=11)["prediction"]
    hidden = {each.group[0][1] for each, out in zip(result.groups, flags, strict=True) if out and each.group}
    assert len(hidden & {"men", "women"}) == 1
    found = made(data, spec=spec, threshold=11)
    assert not any(f"= {sex}" in text for sex in hidden for text in (*cells(found), *found.lines))


def test_parts_are_printed_of_the_first_rate_alone():
    data = repeated(
        *[(30, d, s, a, y) for d in "ab" for s in ("men", "women") for a in ("yes", "no") for y in "10"],
        names="department sex admitted graduated",
    )
    for rule, pairs in ({}, 1), ({"reference_rule": "overall"}, 2):
        spec = asked(label="graduated", label_positive=("1",), **rule)
        for threshold in (0, 11):
            found = made(data, spec=spec, threshold=threshold)
            assert len(found.tables) == 5 + pairs
            assert len(found.lines) == 1 + pairs


def test_few_people_do_not_follow_from_the_parts_of_another_column():
    """Young and old make up everybody in a department, and so the women in b that men and others leave over."""
    data = repeated(
        *[
            (times, department, sex, age, answer)
            for times, department, sex, answer in (
                *[(n, d, s, a) for d in "abc" for s, n in SEXES if (d, s) != ("b", "women") for a in ("yes", "no")],
                *((3, *FIVE[0][1:]), (30, *FIVE[1][1:])),
            )
            for age in ("young", "old")
        ],
        names="department sex age admitted",
    )
    found = made(data, spec=asked(groups=("sex", "age")), threshold=11)
    assert any("only the groups of sex are shown" in line for line in found.lines)
    printed = {name: rows for name, rows in parts(found).items() if name.startswith("people with")}
    assert "b" not in printed["people with sex = women"]
    assert "b" in printed["people with sex = others"]
    assert not any("age" in name for name in printed)
    whole = made(data, spec=asked(groups=("sex", "age")), threshold=0)
    assert any("age" in name for name in parts(whole))


def test_who_is_held_against_everybody_else_tells_of_nobody_in_a_hidden_part():
    """In b, everybody else beside men less the others would be the women."""
    everybody = asked(reference_rule="overall")
    hidden = parts(made(applicants(*FIVE, without=(("b", "women"),)), spec=everybody, threshold=11))
    assert set(map(len, hidden.values())) == {1}
    assert not any("b" in shown for shown in hidden.values())
    # Nobody, on the other hand, is nobody in particular.
    shown = parts(made(applicants(without=(("b", "women"),)), spec=everybody, threshold=11))
    assert list(shown.values()) == [[*"abc"]] * 3


def test_a_group_without_any_decision_hides_nothing_of_the_others():
    data = applicants(*[(30, d, "waiting", "") for d in "abc"])
    found = parts(made(data, spec=asked(reference_rule="overall"), threshold=11))
    assert found == {f"people with sex = {sex}": [*"abc"] for sex, _ in SEXES}


def test_people_of_several_rows_are_counted_once():
    """Ten women are admitted in b, of whom each has two rows: twenty rows are still ten people."""
    rows = [
        (2, d, s, a, f"{d}{s}{a}{k}")
        for d in "abc"
        for s, n in SEXES
        for a in ("yes", "no")
        for k in range(10 if (d, s, a) == ("b", "women", "yes") else n)
    ]
    data = repeated(*rows, names="department sex admitted person")
    assert "b" in parts(made(data, spec=asked(), threshold=11))["people with sex = women"]
    found = parts(made(data, spec=asked(cluster="person"), threshold=11))
    assert "b" not in found["people with sex = women"]
    assert "b" in found["people with sex = others"]


def test_where_parts_are_hidden_nothing_is_said_of_who_is_where():
    shown, hidden = (" ".join(made(BERKELEY, spec=ADMITTED, threshold=each).lines) for each in (0, 11))
    assert "have department = A" in shown
    assert "have department =" not in hidden


def test_the_report_answers_for_the_first_rate_and_prints_the_parts_of_at_most_twelve_pairs_of_it():
    data = repeated(
        *[(12 + n, d, f"g{n:02}", a, y) for n in range(15) for d in "ab" for a in ("yes", "no") for y in ("1", "0")],
        names="department sex admitted graduated",
    )
    found = made(data, spec=asked(label="graduated", label_positive=("1",)), threshold=0)
    assert len(found.lines) == 1 + 14
    overview, tables = found.tables[:5], found.tables[5:]
    assert [len(each.rows) for each in overview] == [14] * 5
    assert len(tables) == 12
    assert {each.caption.split(":")[0] for each in tables} == {overview[0].caption.split(":")[0]}


def test_the_report_says_how_it_was_asked_and_answers_that():
    counts, like = counted(BERKELEY, **asdict(with_factors(ADMITTED, ("department",))))
    result = audited(BERKELEY, **asdict(ADMITTED))
    found = section(counts, like, result, ("department",), standard="reference", reason=" they \n decide", threshold=0)
    assert found.options == ("--like=department", "--like-standard=reference", "--like-reason=they decide")
    # At the men's mix the men's rate is what it is: 1,198 of 2,691.
    assert "44.5% of people with sex = men" in found.lines[1].split("Among people alike")[1]
    assert made(BERKELEY, spec=ADMITTED, threshold=0).options == ("--like=department", "--like-standard=everybody")
