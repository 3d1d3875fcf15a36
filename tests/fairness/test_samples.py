"""The samples hold what their description says, counted here by hand; an audit finds it; nobody can be recognised."""

import csv
import io
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from math import comb

import pytest

from aipm.fairness.samples import GENERATORS, as_table, generate, samples
from aipm.fairness.simpson import story
from aipm.fairness.strata import with_factors
from aipm.fairness.strata_compare import like_with_like
from aipm.fairness.worst import ready, search
from aipm.fairness.worst_columns import candidates
from aipm.fairness.worst_cube import cube
from aipm.fairness.worst_spec import WorstSpec
from aipm.tables import read
from tests.fairness.build import audited, codes, comparison, counted, table

NAMES = list(samples())


def rows(name):
    return list(csv.DictReader(io.StringIO(generate(name).decode())))


def yes(cell):
    return cell.strip().lower() in ("yes", "approved")


def share(rows, **having):
    """(those for whom the last condition holds, all others of the group)."""
    (column, wanted), *rest = reversed(having.items())
    group = [row for row in rows if all((yes(row[c]) if w in (True, False) else row[c]) == w for c, w in rest)]
    return sum(yes(row[column]) == wanted for row in group), len(group)


@cache
def audit_of(name):
    head, *body = csv.reader(io.StringIO(generate(name).decode()))
    spec = samples()[name].spec
    columns = dict(zip(head, zip(*body, strict=True), strict=True))
    return audited(table(columns), **{field: getattr(spec, field) for field in spec.__slots__})


def verdicts(result):
    return {(verdict.metric, verdict.columns): verdict for verdict in result.verdicts}


def test_every_sample_is_described_and_every_description_has_its_sample():
    assert list(GENERATORS) == NAMES
    assert len({sample.file_name for sample in samples().values()}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_description_names_the_columns_as_the_file_has_them(name):
    head = generate(name).decode().split("\n", 1)[0].split(",")
    assert list(samples()[name].columns) == head
    spec = samples()[name].spec
    roles = {spec.label, spec.prediction, spec.score, *spec.groups} - {None}
    assert roles <= set(head)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_at_every_call_and_in_every_process(name):
    other = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, aipm.fairness.samples as s; sys.stdout.buffer.write(s.generate({name!r}))",
        ],
        capture_output=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": "7"},
    )
    assert generate(name) == generate(name) == other.stdout


@pytest.mark.parametrize("name", NAMES)
def test_as_a_table_it_is_what_its_file_reads(name):
    ours, theirs = as_table(name), read(generate(name))
    assert ours.columns == theirs.columns
    assert list(ours.head(10_000)) == list(theirs.head(10_000))


def test_the_one_that_is_real_says_so_and_the_others_that_they_are_not():
    assert [name for name, each in samples().items() if "nobody in it exists" not in each.people] == ["admissions"]
    assert "real and published" in samples()["admissions"].people


@pytest.mark.parametrize("name", NAMES)
def test_nobody_in_it_can_be_recognised(name):
    """No names, addresses, birth dates or free text: a cell is a number, a running number, or one of few words."""
    columns = list(zip(*csv.reader(io.StringIO(generate(name).decode())), strict=True))
    for head, *cells in columns:
        words = {cell for cell in cells if not re.fullmatch(r"[\d.]*|[ACT]-\d{5}", cell)}
        assert len(words) <= 8, head
        assert not any("@" in word or any(sign.isdigit() for sign in word) for word in words)


def test_loans_hold_the_bias_that_is_documented():
    loans = rows("loans")
    assert len(loans) == 6_000
    assert share(loans, sex="female", decision=True) == (1_491, 2_700)
    assert share(loans, sex="male", decision=True) == (2_372, 3_240)
    assert share(loans, sex="female", repaid="yes", decision=False) == (685, 2_103)
    assert share(loans, sex="male", repaid="yes", decision=False) == (360, 2_525)
    young = [row for row in loans if int(row["age"]) < 25]
    assert share(young, repaid=True) == (594, 900)
    assert share([row for row in loans if int(row["age"]) >= 25], repaid=True) == (4_080, 5_100)
    assert Counter(row["sex"] for row in loans)[""] == 60
    assert sum(row["score"] == "" for row in loans) == 24
    assert all((float(row["score"]) >= 0.7) == yes(row["decision"]) for row in loans if row["score"])
    told = " ".join(samples()["loans"].planted)
    for number in ("55.2%", "73.2%", "0.75", "32.6%", "14.3%", "66%", "80%", "78%"):
        assert number in told


def test_an_audit_of_loans_finds_it():
    result = audit_of("loans")
    found = verdicts(result)
    assert found["selection_rate", ("sex",)].verdict == "gap"
    assert "four-fifths flag" in found["selection_rate", ("sex",)].text
    assert found["false_negative_rate", ("sex",)].groups == ((("sex", "female"),),)
    assert found["false_negative_rate", ("age",)].groups == ((("age", "under 25"),),)
    assert comparison(result, "precision", sex="female").ratio > 1
    assert "base_rates_differ" in codes(result)
    assert all(each.verdict != "gap" for key, each in found.items() if key[1] == ("region",))


def test_hiring_holds_the_bias_that_is_documented():
    hiring = rows("hiring")
    assert len(hiring) == 4_000
    expected = {"Aven": (720, 2_400), "Borel": (189, 900), "Calder": (155, 520), "Dunmore": (20, 90)}
    expected |= {"Esk": (6, 24), "Farrow": (1, 7), "": (17, 59)}
    assert {name: share(hiring, background=name, shortlisted=True) for name in expected} == expected
    told = " ".join(samples()["hiring"].planted)
    for number in ("189 of 900", "720 of 2,400", "0.70", "20 of 90", "0.74", "155 of 520"):
        assert number in told
    assert len({row["shortlisted"] for row in hiring if yes(row["shortlisted"])}) == 4


def test_chance_alone_gives_dunmores_result_in_about_one_draw_of_fifteen():
    at_most_20_of_90 = sum(comb(90, k) * 0.3**k * 0.7 ** (90 - k) for k in range(21))
    assert 1 / 17 < at_most_20_of_90 < 1 / 13


def test_an_audit_of_hiring_finds_the_planted_gap_and_not_the_noise():
    result = audit_of("hiring")
    assert verdicts(result)["selection_rate", ("background",)].groups == ((("background", "Borel"),),)
    dunmore = comparison(result, "selection_rate", background="Dunmore")
    assert dunmore.ratio < 0.8
    assert dunmore.verdict == "inconclusive"
    assert dunmore.more_rows > 0
    assert comparison(result, "selection_rate", background="Farrow").reason == "too_few_rows"
    assert verdicts(result)["selection_rate", ("gender",)].verdict != "gap"
    assert "no_label" in result.unanswered


def test_triage_holds_a_gap_that_single_columns_hide():
    triage = rows("triage")
    assert len(triage) == 8_925
    assert share(triage, language="Spanish", channel="chat", urgent="yes", escalated=False) == (66, 110)
    assert share(triage, language="English", channel="email", urgent="yes", escalated=False) == (200, 800)
    single = {
        name: share(triage, **{column: name, "urgent": "yes", "escalated": False})
        for column, names in (("language", ("English", "Spanish", "Polish")), ("channel", ("email", "chat", "phone")))
        for name in names
    }
    missed = {name: round(100 * part / whole, 1) for name, (part, whole) in single.items()}
    assert max(missed.values()) / min(missed.values()) < 1.1
    told = " ".join(samples()["triage"].planted)
    assert all(f"{missed[name]}%" in told for name in ("Spanish", "English", "chat", "email"))
    for language in ("English", "Spanish", "Polish"):
        alarms, others = share(triage, language=language, urgent="no", escalated=True)
        assert round(alarms / others, 2) == 0.12


def test_an_audit_of_triage_finds_it_only_at_the_intersection():
    found = verdicts(audit_of("triage"))
    assert found["false_negative_rate", ("language",)].verdict == "within_tolerance"
    assert found["false_negative_rate", ("channel",)].verdict == "within_tolerance"
    both = found["false_negative_rate", ("language", "channel")]
    assert both.verdict == "gap"
    assert both.groups == ((("language", "Spanish"), ("channel", "chat")),)


def worst_of(name):
    spec, data = samples()[name].spec, as_table(name)
    columns = candidates(data, spec).proposed
    asked = WorstSpec(metric="selection_rate", columns=columns)
    return search(ready(cube(data, spec, columns)), asked, spec).subgroups


def compared_within(name, factor, **group):
    spec = samples()[name].spec
    asked = with_factors(spec, (factor,))
    counts, asked = counted(as_table(name), **{field: getattr(asked, field) for field in asked.__slots__})
    pairs = like_with_like(counts, asked, (factor,)).comparisons
    return next(each for each in pairs if each.group == tuple(group.items()))


def test_admissions_are_berkeley_s_as_published():
    # Freedman, Pisani & Purves, Statistics, and R's UCBAdmissions: applicants, and the share of them admitted.
    published = {
        "men": {"A": (825, 62), "B": (560, 63), "C": (325, 37), "D": (417, 33), "E": (191, 28), "F": (373, 6)},
        "women": {"A": (108, 82), "B": (25, 68), "C": (593, 34), "D": (375, 35), "E": (393, 24), "F": (341, 7)},
    }
    admissions = rows("admissions")
    assert len(admissions) == 4_526
    for sex, departments in published.items():
        for department, (applied, percent) in departments.items():
            admitted, people = share(admissions, department=department, sex=sex, admitted=True)
            assert people == applied
            assert abs(100 * admitted / people - percent) < 1  # printed cut off or rounded
    assert share(admissions, sex="men", admitted=True) == (1_198, 2_691)
    assert share(admissions, sex="women", admitted=True) == (557, 1_835)
    easy = [row for row in admissions if row["department"] in "AB"]
    assert (Counter(row["sex"] for row in easy), share(easy, admitted=True)) == (
        {"men": 1_385, "women": 133},
        (971, 1_518),
    )
    told = " ".join((*samples()["admissions"].planted, *samples()["admissions"].finds))
    for number in ("1,198 of 2,691", "44.5%", "557 of 1,835", "30.4%", "51.5%", "7.2%", "64.0%"):
        assert number in told


def test_an_audit_of_admissions_is_turned_round_within_departments():
    result = audit_of("admissions")
    assert verdicts(result)["selection_rate", ("sex",)].verdict == "gap"
    assert round(comparison(result, "selection_rate", sex="women").ratio, 2) == 0.68
    within = compared_within("admissions", "department", sex="women")
    assert story(within).change == "reversed"
    rates = within.standardised.group.value, within.standardised.reference.value
    assert [round(100 * rate, 1) for rate in rates] == [43.0, 38.7]
    assert round(within.standardised.p_value, 2) == 0.22
    first = worst_of("admissions")[0]
    assert (first.here.group, round(100 * first.here.value, 1)) == ((("department", "F"),), 6.4)
    told = " ".join(samples()["admissions"].finds)
    assert all(number in told for number in ("0.68", "43.0%", "38.7%", "0.22", "82.4%", "62.1%", "6.4%"))
