"""Laws and their dates stand once, in content/law.yaml; every other text points there."""

import re
from datetime import date

import pytest

import aipm.content
from aipm.content import ContentError
from aipm.content.day import MONTHS, in_full, month
from aipm.content.law import laws

DAY = re.compile(rf"\b\d{{1,2}} ({'|'.join(MONTHS)}) 20\d\d\b")


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("banned", date(2025, 2, 2)),
        ("models", date(2025, 8, 2)),
        ("transparency", date(2026, 8, 2)),
        ("new_bans", date(2026, 12, 2)),
        ("annex_iii", date(2027, 12, 2)),
        ("annex_i", date(2028, 8, 2)),
        ("new_york", date(2023, 7, 5)),
        ("data_protection", date(2018, 5, 25)),
    ],
)
def test_the_dates_as_amended_in_2026(key, day):
    assert laws().dates[key].day == day


def test_a_sentence_says_its_days():
    assert laws().sentence("annex_iii").startswith("Duties for the areas of Annex III apply from 2 December 2027")
    assert laws().since("annex_iii") == date(2027, 12, 2)
    assert laws().since("devices") is None
    assert in_full(date(2027, 12, 2)) == "2 December 2027"
    assert month("2026-11") == "November 2026"


@pytest.mark.parametrize("name", ["canvas", "ethics_triage"])
def test_no_day_stands_a_second_time(name):
    assert not DAY.search((aipm.content.FOLDER / f"{name}.yaml").read_text("utf-8"))


def test_days_stand_under_dates_and_nowhere_else():
    whole = (aipm.content.FOLDER / "law.yaml").read_text("utf-8")
    assert not DAY.search(whole.partition("\napplies:")[2])
    assert len({(each.day, each.law) for each in laws().dates.values()}) == len(laws().dates)


def test_every_law_says_how_far_it_was_checked():
    for each in laws().laws.values():
        assert each.state.endswith(".")
        assert each.as_of == laws().as_of


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("law: gdpr", "law: gdp", "dates.data_protection.law"),
        ("from: annex_i\n", "from: annex_v\n", "applies.annex_i.from"),
        ("{new_york}", "{york}", "applies.new_york.says"),
        ("day: 2030-08-02", "day: 2020-08-02", "order of time"),
    ],
)
def test_a_broken_file_is_refused_with_file_key_and_reason(tmp_path, monkeypatch, old, new, where):
    whole = (aipm.content.FOLDER / "law.yaml").read_text("utf-8")
    assert old in whole
    (tmp_path / "law.yaml").write_text(whole.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(aipm.content, "FOLDER", tmp_path)
    aipm.content.load.cache_clear()
    laws.cache_clear()
    try:
        with pytest.raises(ContentError, match=rf"law\.yaml[\s\S]*{where}"):
            laws()
    finally:
        aipm.content.load.cache_clear()
        laws.cache_clear()
