"""Search over all content and cases: by meaning, by a company's name, and honest when nothing is close."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.encoder import kept
from aipm.mapping.cases import cases
from aipm.mapping.examples import LABELS, examples
from aipm.mapping.search import KINDS, LEAST, passages, search, searchable
from aipm.mapping.vectors import PATH


def test_a_problem_in_other_words_finds_cases_about_it():
    found = search("Somebody pays with a credit card that is not theirs", kinds=("case",))
    assert found
    assert found[0].passage.label in ("anomalies", "classification")
    assert any("card" in hit.passage.text.lower() for hit in found)


@pytest.mark.parametrize("company", ["Airbnb", "Spotify", "Best Buy", "booking.com", "NETFLIX"])
def test_a_company_is_found_by_its_name(company):
    found = search(company, kinds=("case",), limit=1)
    assert found[0].passage.case.company.lower() == company.lower()


def test_every_case_is_found_by_its_own_title():
    for case in cases()[::15]:
        found = search(case.title, kinds=("case",), limit=3)
        assert case.url in {hit.passage.case.url for hit in found}


def test_a_term_from_an_entry_leads_to_that_part_of_it():
    hit = search("cold start", kinds=("entry",), limit=1)[0]
    assert (hit.passage.label, hit.passage.part) == ("recommendations", "data")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "What is the capital of Mongolia",
        "asdf qwer zxcv",
        "Who won the second world war",
        "!!! ???",
        "世界",
    ],
)
def test_where_nothing_is_close_nothing_is_found(text):
    assert search(text) == ()


def test_hits_come_best_first_and_no_more_of_a_kind_than_asked():
    found = search("predict how many customers come on Saturday", limit=3)
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert all(hit.score >= LEAST[hit.passage.kind] for hit in found)
    kinds = [hit.passage.kind for hit in found]
    assert all(1 <= kinds.count(kind) <= 3 for kind in KINDS)
    assert {hit.passage.kind for hit in search("fraud", kinds=("statement",))} == {"statement"}


@given(text=st.text(max_size=300))
def test_any_text_can_be_searched(text):
    assert len(search(text, limit=2)) <= 2 * len(KINDS)


def test_a_document_is_read_from_its_beginning():
    question = "Guests cannot find the right place to stay. " * 12
    assert search(question[:500]) == search(question[:500] + "x" * 100_000)


def test_everything_can_be_found():
    found = passages()
    assert {passage.kind for passage in found} == set(KINDS)
    assert {passage.label for passage in found if passage.kind == "entry"} == set(LABELS)
    assert sum(passage.kind == "case" for passage in found) == len(cases())
    assert sum(passage.kind == "statement" for passage in found) == len(examples())
    assert all((passage.part is not None) == (passage.kind == "entry") for passage in found)


def test_every_passage_has_a_kept_vector():
    """Run `python -m aipm.mapping.keep` after editing content: the first search is quick again."""
    assert kept.missing(searchable(), PATH) == []
