"""What the Collect step says: complete, sourced, and every name in it known."""

from string import Formatter

from aipm.prep.guard_texts import guard_texts
from aipm.prep.sources import collect


def test_each_way_of_coming_by_data_asks_about_rights_before_it_is_used():
    origins = collect().origins
    assert list(origins) == ["internal", "external", "public", "partner", "scraped", "synthetic"]
    for origin in origins.values():
        assert {question.kind for question in origin.questions} & {"consent", "licence"}
        assert origin.sources


def test_every_source_named_is_listed_and_every_one_listed_is_named():
    texts = collect()
    entries = [*texts.origins.values(), *texts.advice.values(), *texts.example]
    named = {source for entry in entries for source in entry.sources}
    assert named == set(texts.sources)


def test_links_are_safe_to_show():
    texts = collect()
    links = [place.url for origin in texts.origins.values() for place in origin.places]
    links += [source.url for source in texts.sources.values()]
    assert all(link == "" or link.startswith("https://") for link in links)


def test_there_are_words_for_every_verdict():
    from typing import get_args

    from aipm.prep import agreement, diversity, enough
    from aipm.prep.operations import split

    words = guard_texts()
    assert set(words.enough.verdicts) == set(get_args(enough.Verdict))
    assert set(words.labels.bands) == set(get_args(agreement.Band))
    assert set(words.diversity.verdicts) == set(get_args(diversity.Verdict))
    assert set(words.split.ways) == set(get_args(split.How))
    assert all(list(Formatter().parse(text)) for text in words.enough.verdicts.values())
