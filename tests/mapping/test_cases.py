"""Real cases: enough of each capability, each there once, with a link, an industry a filter can show, and a line."""

import re
from collections import Counter

import pytest

import aipm.content
from aipm.content import ContentError
from aipm.mapping.capabilities import KEYS
from aipm.mapping.cases import cases, industries, texts

FEWER = {"clustering": 12}
"""Few firms write about groups they found; the rest have at least 25."""


@pytest.mark.parametrize("key", KEYS)
def test_there_are_enough_of_each_and_of_many_kinds(key):
    found = cases(key)
    assert {case.capability for case in found} == {key}
    assert FEWER.get(key, 25) <= len(found) <= 34
    assert max(Counter(case.company for case in found).values()) <= 4
    assert len({case.industry for case in found}) >= 7
    assert max(case.year for case in found) - min(case.year for case in found) >= 7


def test_no_case_is_there_twice():
    assert len({case.url for case in cases()}) == len(cases())
    assert len({(case.company, case.title) for case in cases()}) == len(cases())
    assert len({case.line for case in cases()}) == len(cases())


def test_every_link_is_safe_to_follow():
    assert all(re.fullmatch(r"https://[\w.-]+(:\d+)?/\S*", case.url) for case in cases())


def test_about_a_dozen_industries_and_each_is_used():
    assert 10 <= len(industries()) <= 14
    assert {case.industry for case in cases()} == set(industries())


def test_filters_by_capability_and_industry():
    both = cases("regression", "Property")
    assert both
    assert both == tuple(case for case in cases("regression") if case.industry == "Property")
    assert set(both) == set(cases("regression")) & set(cases(industry="Property"))
    assert (
        sum(len(cases(key)) for key in KEYS) == len(cases()) == sum(len(cases(industry=name)) for name in industries())
    )


def test_an_industry_that_is_not_there_is_refused_by_name():
    with pytest.raises(ValueError, match=r"'Astrology'.*Property"):
        cases(industry="Astrology")


def test_newest_first():
    for key in KEYS:
        years = [case.year for case in cases(key)]
        assert years == sorted(years, reverse=True)


def test_the_index_is_credited():
    index = texts().index
    assert "MIT" in index.licence
    whole = (aipm.content.FOLDER / "case_studies.yaml").read_text("utf-8")
    assert index.credit in whole.split("index:")[0], "the licence asks for its notice"
    assert "Permission is hereby granted" in whole


def test_lines_are_one_plain_sentence_without_figures():
    def wrong(case):
        return (
            not re.fullmatch(r"[A-Z].{20,140}\.", case.line)
            or re.search(r"[!<>`*|\\]|__|\]\(|https?:", case.line)
            or re.search(r"\d", case.line)  # no figure that was not read in the article
            or re.search(r"[<>\n]", case.title + case.company)
            or case.line.rstrip(".").lower() in case.title.lower()
        )

    assert [(case.company, case.line) for case in cases() if wrong(case)] == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("industry: property", "industry: castles", r"cases\.recommendations\[\d+\]\.industry: 'castles'"),
        ("  clustering:\n", "  clusters:\n", "'clusters'"),
        ("https://arxiv.org/abs/2508.03670", "https://arxiv.org/abs/1707.08113", "1707.08113 is there twice"),
        ("https://arxiv.org/abs/2508.03670", "javascript:alert(1)", r"\.url"),
        ("year: 2026", "year: 20260", r"\.year"),
    ],
)
def test_a_broken_file_is_refused_with_file_key_and_reason(tmp_path, monkeypatch, old, new, where):
    whole = (aipm.content.FOLDER / "case_studies.yaml").read_text("utf-8")
    assert old in whole
    (tmp_path / "case_studies.yaml").write_text(whole.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(aipm.content, "FOLDER", tmp_path)
    aipm.content.load.cache_clear()
    texts.cache_clear()
    try:
        with pytest.raises(ContentError, match=rf"case_studies\.yaml[\s\S]*{where}"):
            texts()
    finally:
        aipm.content.load.cache_clear()
        texts.cache_clear()
