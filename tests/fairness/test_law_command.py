"""`audit --law`: the same tables for a pipeline."""

import json
from datetime import date

import pytest

from aipm.fairness.law_nyc import NycAsked, nyc
from aipm.fairness.law_out import nyc_plain
from aipm.fairness.law_said import nyc_section
from tests.fairness.build import counted, repeated

CSV = "sex,race,site,hired\n" + "".join(
    f"{row}\n" * times
    for times, row in (
        (60, "m,Aven,x,yes"), (40, "m,Aven,y,no"), (30, "f,Aven,x,yes"), (70, "f,Borel,y,no"), (5, ",Borel,y,no"),
        (4, "declined to state,Aven,x,yes"),
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("law") / "people.csv"
    path.write_text(CSV)
    return path


@pytest.fixture
def law(run, file):
    def ask(*more, group="sex"):
        status, (answer,) = run("audit", file, "--group", group, "--prediction", "hired", *more)
        assert status == 0, answer
        return answer.get("law")

    return ask


def tables(found):
    return {table["by"]: table for table in found["tables"]}


def test_columns_that_were_not_compared_by_are_counted_anew(law):
    found = law("--law", "nyc", "--law-sex", "sex", "--law-race", "race", group="site")["nyc"]
    assert set(tables(found)) == {"sex", "race", "both"}
    women = next(each for each in tables(found)["sex"]["categories"] if each["group"] == {"sex": "f"})
    assert (women["applicants"], women["chosen"], women["rate"], women["ratio"]) == (100, 30, 0.3, 0.5)
    assert found["unknown_values"] == [{"column": "sex", "value": "declined to state"}]
    assert (tables(found)["sex"]["unknown"], tables(found)["race"]["unknown"]) == (9, 0)


def test_a_person_says_which_values_are_unknown(law):
    found = law("--law", "nyc", "--law-sex", "sex", "--law-unknown", "sex=m")["nyc"]
    assert tables(found)["sex"]["unknown"] == 100 + 5
    assert found["unknown_values"] == [{"column": "sex", "value": "m"}]


def test_small_categories_stay_in_the_ratios_where_asked(law):
    kept = law("--law", "nyc", "--law-sex", "sex", "--law-unknown", "sex=", "--law-keep-small")["nyc"]
    out = law("--law", "nyc", "--law-sex", "sex", "--law-unknown", "sex=")["nyc"]
    assert tables(kept)["sex"]["highest"] == {"sex": "declined to state"}  # 4 of 4, under 2 % of 209
    assert tables(out)["sex"]["highest"] == {"sex": "m"}


def test_four_fifths_and_article_10_stand_beside_it(law):
    found = law("--law", "four-fifths", "--law", "ai-act")
    assert set(found) == {"date", "not_legal_advice", "four_fifths", "ai_act"}
    (table,) = found["four_fifths"]["tables"]
    women = next(each for each in table["groups"] if each["group"] == {"sex": "f"})
    assert (women["flag"], women["status"], women["flips"]) == (True, "flag", 18)
    assert table["unknown"] == 9
    assert found["ai_act"]["points"][0]["article"] == "10(2)(a)"
    assert law() is None


def test_the_sheet_says_how_the_file_was_read(law):
    """As the page does: the kind of file, its encoding, what stands between cells, how many columns."""
    points = {each["key"]: " ".join(each["found"]) for each in law("--law", "ai-act")["ai_act"]["points"]}
    assert "209 rows, 4 columns" in points["origin"]
    assert "Read as csv" in points["origin"]
    assert "encoding" in points["origin"]
    assert "','" in points["origin"]


def test_a_rate_is_the_persons_choice_where_there_are_two(run, tmp_path):
    path = tmp_path / "scored.csv"
    path.write_text("sex,score\n" + "m,0.9\nm,0.6\nf,0.7\nf,0.1\n" * 30)
    asked = ("audit", path, "--group", "sex", "--score", "score", "--law", "nyc")
    rates = []
    for more in ((), ("--law-rate", "selection_rate")):
        status, (answer,) = run(*asked, *more)
        assert status == 0, answer
        found = answer["law"]["nyc"]
        rates.append((found["measure"], [each["rate"] for each in tables(found)["sex"]["categories"]]))
    assert rates == [("scoring_rate", [0.5, 0.5]), ("selection_rate", [0.5, 1.0])]
    assert run("audit", path, "--group", "sex", "--law", "nyc", "--law-rate", "scoring_rate")[0] != 0


def test_the_options_of_a_section_repeat_its_tables(law):
    """What the report prints as its command gives the numbers that the report holds."""
    data = repeated(*((1, *line.split(",")) for line in CSV.splitlines()[1:]), names="sex race site hired")
    counts, spec = counted(data, groups=("sex", "race"), prediction="hired")
    asked = NycAsked(sex="sex", race="race", unknown=(("sex", "declined to state"),), leave_out_small=False)
    found = nyc(counts, spec, asked)
    options = nyc_section(found, day=date(2026, 11, 21)).options
    assert json.loads(json.dumps(nyc_plain(found))) == law(*options)["nyc"]


def test_what_cannot_be_asked_is_refused(run, file):
    status, (answer,) = run("audit", file, "--group", "sex", "--law", "four-fifths")
    assert (status, answer["error"]["code"]) == (1, "law_needs_outcome")
    assert run("audit", file, "--group", "site", "--prediction", "hired", "--law", "nyc")[0] == 2
    assert run("audit", file, "--group", "sex", "--prediction", "hired", "--law-sex", "sex")[0] == 2
