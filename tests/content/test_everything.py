"""Everything that can be found: every file belongs somewhere, every address leads to a page, nothing unreadable."""

from aipm.content import everything
from aipm.content.everything import passages, unknown
from aipm.ui.registry import FILES


def test_every_content_file_belongs_to_a_page_or_says_why_not():
    """Name a new file in content/search.yaml, or begin its name with that of its page."""
    assert unknown() == []


def test_every_page_can_be_found():
    assert {passage.page for passage in passages()} == set(FILES)


def test_passages_are_sentences_and_not_templates():
    assert all("{" not in passage.text for passage in passages())
    assert all(len(passage.text) <= everything.MOST_CHARACTERS for passage in passages())
    assert len({(passage.page, passage.text) for passage in passages()}) == len(passages())


def test_a_passage_has_the_address_of_the_place_it_stands_in():
    drift = next(passage for passage in passages() if passage.section == "Drift" and passage.page == "resources")
    assert dict(drift.query) == {"view": "glossary", "term": "drift"}
    clusters = [passage for passage in passages() if ("capability", "clustering") in passage.query]
    assert {passage.page for passage in clusters} == {"capabilities"}


def test_each_part_of_a_page_of_parts_is_opened_where_it_stands():
    parts = everything._read("language_models")["views"]
    views = {dict(passage.query).get("view") for passage in passages() if passage.page == "language_models"}
    assert views == {*parts, None}  # none for what frames them


def test_a_text_is_found_under_the_names_it_stands_under():
    held = {"title": "A", "parts": {"one": {"name": "B", "text": "six words make up a passage"}}, "url": "x " * 9}
    walked = list(everything._walk(held, (), ()))
    assert walked == [(("parts", "one", "text"), "A › B", "six words make up a passage")]
