"""The sample of flats holds the proxies and biases that are documented; each deeper part of the audit finds one."""

from aipm.fairness.alone import missing, scan
from aipm.fairness.baseline import baseline
from aipm.fairness.proxies import proxies
from aipm.fairness.proxies_together import proxies_together
from aipm.fairness.samples import as_table, samples
from tests.fairness.build import comparison
from tests.fairness.test_samples import audit_of, compared_within, rows, share, verdicts, worst_of, yes


def income(row):
    return int(row["income"])


def test_flats_hold_the_proxies_and_the_biases_that_are_documented():
    flats = rows("flats")
    assert len(flats) == 5_000
    told = " ".join(samples()["flats"].planted)
    people = {name: [row for row in flats if row["origin"] == name] for name in ("Sollek", "Marrin", "")}
    assert {name: len(each) for name, each in people.items()} == {"Sollek": 1_550, "Marrin": 3_400, "": 50}

    def counts(test):
        return [sum(map(test, people[name])) for name in ("Sollek", "Marrin")]

    assert counts(lambda row: row["district"] == "Harbour") == [1_040, 280]
    assert counts(lambda row: (row["household"] == "one or two") == (row["flat"] == "large")) == [1_240, 678]
    assert counts(lambda row: row["household"] == "three or more") == [930, 1_700]
    assert counts(lambda row: row["flat"] == "small") == [930, 1_700]
    assert counts(lambda row: not row["income"]) == [217, 136]
    assert counts(lambda row: yes(row["suitable"])) == [651, 1_834]
    middle = [sorted(income(row) for row in people[name] if row["income"]) for name in ("Sollek", "Marrin")]
    assert [each[len(each) // 2] for each in middle] == [2_400, 2_410]
    assert sum(not row["income"] for row in flats) == 356
    harbour = [row for row in flats if row["district"] == "Harbour"]
    assert share([row for row in harbour if int(row["age"]) < 30], offered=True) == (47, 479)
    assert share([row for row in harbour if int(row["age"]) >= 30], offered=True) == (256, 851)
    assert share([row for row in flats if row["district"] != "Harbour"], offered=True) == (1_691, 3_670)
    for number in (
        *("1,040 of 1,550", "67.1%", "280 of 3,400", "8.2%", "1,240 of 1,550", "80.0%", "678 of 3,400", "19.9%"),
        *("60% against 50%", "47 of 479", "9.8%", "256 of 851", "30.1%", "1,691 of 3,670", "46.1%", "42.0%", "53.9%"),
        *("2,400 against 2,410", "217 of 1,550", "14.0%", "136 of 3,400", "4.0%"),
    ):
        assert number in told


def test_an_audit_of_flats_flags_an_origin_that_no_model_was_given():
    result = audit_of("flats")
    found = verdicts(result)
    assert found["selection_rate", ("origin",)].verdict == "gap"
    assert found["selection_rate", ("age",)].verdict == "within_tolerance"
    pair = comparison(result, "selection_rate", origin="Sollek")
    assert round(pair.ratio, 2) == 0.69
    within = compared_within("flats", "district", origin="Sollek")
    assert (within.crude.verdict, within.standardised.verdict) == ("gap", "within_tolerance")
    told = " ".join(samples()["flats"].finds)
    assert all(number in told for number in ("30.5%", "44.1%", "0.69", "9.8%", "43.1%"))


def test_the_data_of_flats_by_itself_tells_the_origin():
    data, spec = as_table("flats"), samples()["flats"].spec
    crossed = scan(data, spec, "origin")
    found = {each.column: each for each in proxies(crossed).found if not each.role}
    assert next(iter(found)) == "district"
    told = {column: each.told for column, each in found.items()}
    assert told == {
        "district": "strong",
        "income": "weak",
        "household": "faint",
        "flat": "faint",
        "contact": "chance",
        "weeks_waiting": "chance",
    }
    assert [each for each in found if found[each].by_missing] == ["income"]
    assert [round(found[each].strength, 2) for each in ("district", "household", "flat")] == [0.62, 0.09, 0.09]
    assert [each.column for each in missing(crossed) if each.differs] == ["income"]
    together = proxies_together(data, spec, "origin")
    assert together.low > 0.85
    carriers = [each.column for each in together.carriers if each.drop > 0.05]
    assert carriers[0] == "district"
    assert {*carriers} == {"district", "household", "flat"}


def test_a_quick_model_learns_of_flats_what_the_staff_thought_of_an_origin_it_is_not_given():
    learned = baseline(as_table("flats"), samples()["flats"].spec)
    assert "origin" not in learned.columns
    pair = comparison(learned.result, "selection_rate", origin="Sollek")
    assert pair.high < 1


def test_where_flats_are_worst():
    first = worst_of("flats")[0]
    assert {*first.here.group} == {("age", "under 30"), ("district", "Harbour")}
    assert (first.here.numerator, first.here.denominator) == (47, 479)
    assert round(100 * first.others.value, 1) == 43.1
    assert first.found
