"""The glossary: complete, short, found by any of its names, and its words recognised where they stand."""

import dataclasses
from html.entities import html5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm import content
from aipm.content.glossary import Glossary, glossary, matching, neighbours, uses
from aipm.ui.registry import FILES

TERMS = glossary().terms


def found(text):
    return [(text[use.start : use.end], use.key) for use in uses(text)]


def test_there_are_enough_words_of_every_theme():
    assert len(TERMS) >= 150
    assert {term.theme for term in TERMS.values()} == set(glossary().themes)


def test_every_word_is_explained_on_a_page_that_exists_and_leads_to_others():
    assert {page for term in TERMS.values() for page in term.pages} <= set(FILES)
    assert all(neighbours(key) for key in TERMS)


def test_no_name_means_two_things():
    names = [name.casefold() for term in TERMS.values() for name in term.names]
    assert sorted(names) == sorted(set(names))


def test_what_the_law_says_has_a_dated_source():
    named = ("AI Act", "GDPR", "Article", "Law 144", "NIST", "ISO")
    legal = [term for term in TERMS.values() if any(word in f"{term.name} {term.means}" for word in named)]
    legal = [term for term in legal if term.theme == "law"]
    assert len(legal) >= 6
    assert all(term.source and "November 2026" in glossary().sources[term.source].state for term in legal)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It overfits: overfitting.", [("overfits", "overfitting")]),
        ("GANs, and once more a GAN", [("GANs", "gan")]),
        ("Simpson's paradox and Simpson’s again", [("Simpson's paradox", "simpsons_paradox")]),
        ("a false positive rate", [("false positive rate", "false_positive_rate")]),
        ("two false positives", [("false positives", "false_positive")]),
        ("paper clip, video clips", []),
        ("CLIP", [("CLIP", "clip")]),
        ("an A/B test", [("A/B test", "ab_test")]),
        ("after drift. Detection", [("drift", "drift")]),
        ("a test; set it", []),
        ("", []),
    ],
)
def test_words_are_found_where_they_stand_first_by_their_longest_name(text, expected):
    assert found(text) == expected


@given(st.text(max_size=200))
def test_uses_are_in_order_and_apart(text):
    places = [place for use in uses(text) for place in (use.start, use.end)]
    assert places == sorted(places)


def test_no_name_is_that_of_an_html_entity():
    entities = {name.strip(";").casefold() for name in html5}
    assert not entities & {name.casefold() for term in TERMS.values() if term.marked for name in term.names}


def test_a_name_comes_before_a_mention():
    assert matching("drift")[0] == "drift"
    assert matching("data dri") == ("drift",)
    assert "leakage" in matching("split")
    assert matching("zeppelin") == ()
    assert matching("") == tuple(TERMS)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"means": "word " * 41}, "more than 40 words"),
        ({"theme": "gardening"}, "'gardening' is not under themes"),
        ({"source": "hearsay"}, "'hearsay' is not under sources"),
        ({"related": ("drift",)}, "'drift' is no other term"),
    ],
)
def test_a_broken_file_says_where(monkeypatch, change, said):
    terms = {**TERMS, "drift": dataclasses.replace(TERMS["drift"], **change)}
    broken = Glossary(as_of="x", themes=glossary().themes, sources=glossary().sources, terms=terms)
    monkeypatch.setattr(content, "load", lambda _name, _kind: broken)
    with pytest.raises(content.ContentError, match=f"glossary.yaml: terms.drift.*{said}"):
        glossary.__wrapped__()
