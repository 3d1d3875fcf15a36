"""A journey, its answers, and the picture of stages by capabilities."""

import json
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aipm.content
from aipm.content import ContentError
from aipm.mapping.journey import (
    COLUMNS,
    MOST_MAPPED,
    Journey,
    Pain,
    column_of,
    journey_texts,
    map_journey,
    picture,
    remarks,
    sample,
    summary,
)
from aipm.mapping.journey_reading import from_text
from aipm.tables import Refusal


@dataclass(frozen=True)
class Ranked:
    capability: str


@dataclass(frozen=True)
class Result:
    first: str = "regression"
    strength: str = "strong"
    may_not_need_ai: bool = False

    @property
    def ranking(self):
        return (Ranked(self.first), Ranked("creation"))


ANSWERS = {
    "slow": Result(may_not_need_ai=True),
    "odd": Result("anomalies"),
    "when": Result(),
    "hm": Result(strength="weak"),
}


def by_first_word(texts):
    return [ANSWERS[text.split()[0]] for text in texts]


def journey(*rows):
    return Journey(
        rows=tuple(Pain(row=place, stage=stage, text=text) for place, (stage, text) in enumerate(rows, start=1))
    )


SHOP = journey(
    ("Pay", "slow page"), ("Pay", "odd charge"), ("Wait", "when is it"), (" pay ", "odd voucher"), ("Wait", " "),
    ("Wait", "hm"),
)  # fmt: skip


def test_the_picture_counts_pains_by_stage_and_answer():
    drawn = map_journey(SHOP, by_first_word).picture
    assert drawn.stages == ("Pay", "Wait")
    counts = {stage: [drawn.count(stage, column) for column in COLUMNS] for stage in drawn.stages}
    assert counts == {"Pay": [0, 0, 0, 0, 0, 2, 0, 1, 0], "Wait": [0, 0, 0, 1, 0, 0, 0, 0, 1]}
    assert [pain.text for pain in drawn.cells["Pay", "anomalies"]] == ["odd charge", "odd voucher"]
    assert [pain.row for pain in drawn.column("unclear")] == [6]


def test_it_says_what_it_shows():
    mapped = map_journey(SHOP, by_first_word)
    assert (
        summary(mapped) == "5 pains over 2 stages: 3 with a capability, 1 that may need no AI, 1 to be clarified first."
    )
    assert remarks(SHOP) == ("1 row without a pain; kept, and left out of the picture.",)


def test_no_ai_is_said_even_where_the_rest_is_weak():
    assert column_of(Result(strength="weak", may_not_need_ai=True)) == "none"
    assert column_of(Result(strength="weak")) == "unclear"
    assert column_of(Result("rankings", strength="moderate")) == "rankings"


def test_nothing_is_mapped_where_nothing_is_written():
    def never(_):
        raise AssertionError

    mapped = map_journey(journey(("Pay", " ")), never)
    assert (mapped.results, mapped.picture.stages) == ((), ())


def test_each_pain_needs_a_result():
    with pytest.raises(ValueError, match="zip"):
        picture(SHOP.pains, [Result()])


def test_a_thousand_pains_are_mapped_and_the_rest_is_kept():
    long = journey(*(("Pay", f"when {place}") for place in range(1_300)))
    asked = []
    mapped = map_journey(long, lambda texts: asked.extend(texts) or by_first_word(texts))
    assert len(asked) == MOST_MAPPED == len(mapped.results)
    assert [pain.row for pain in long.beyond] == list(range(1_001, 1_301))
    assert remarks(long) == ("Only the first 1,000 pains are mapped. The other 300 rows are kept as they are.",)


STAGES = st.none() | st.sampled_from(["Pay", "pay ", "Wait"])
JOURNEYS = st.lists(st.tuples(STAGES, st.sampled_from(["slow a", "odd b", "when c", "hm", "", " "])), max_size=12).map(
    lambda rows: journey(*rows)
)


@given(JOURNEYS)
def test_every_written_pain_stands_in_exactly_one_cell(made):
    drawn = map_journey(made, by_first_word).picture
    assert Counter(pain for pains in drawn.cells.values() for pain in pains) == Counter(made.pains)
    assert Counter(pain for stage in made.stages for pain in stage.pains) == Counter(made.pains)
    assert tuple(stage.name for stage in made.stages) == drawn.stages
    assert {*made.pains, *made.blank, *made.beyond} == set(made.rows)


@given(JOURNEYS)
def test_a_journey_comes_back_from_json_as_it_was(made):
    assert Journey.from_dict(json.loads(json.dumps(made.to_dict()))) == made


def test_a_pasted_journey_comes_back_with_header_and_further_cells():
    made = from_text("Stage\tPain\tOwner\nPay\tslow\tAna\n\todd\t")
    assert Journey.from_dict(json.loads(json.dumps(made.to_dict()))) == made


ROW = {"row": 1, "stage": "Pay", "text": "slow", "carried": False, "more": []}


@pytest.mark.parametrize(
    "plain",
    [
        None, [], {}, {"header": None}, {"header": None, "rows": None}, {"header": 3, "rows": []},
        {"header": [3], "rows": []}, {"header": None, "rows": [], "more": 1}, {"header": None, "rows": [7]},
        *({"header": None, "rows": [ROW | changed]} for changed in (
            {"row": 2}, {"stage": 4}, {"stage": " "}, {"text": None}, {"text": "\udc00"}, {"carried": 1}, {"more": "x"},
            {"stage": None, "carried": True}, {"extra": 1},
        )),
    ],
)  # fmt: skip
def test_what_is_no_journey_is_refused(plain):
    with pytest.raises(Refusal) as refused:
        Journey.from_dict(plain)
    assert refused.value.code == "bad_journey"


def test_there_are_four_sample_journeys_true_to_life():
    samples = journey_texts().samples
    assert list(samples) == ["shop", "hospital", "software", "energy"]
    for name, told in samples.items():
        made = sample(name)
        assert 10 <= len(made.pains) <= 14
        assert 4 <= len(made.stages) <= 6
        assert [stage.name for stage in made.stages] == [stage.name for stage in told.stages]
        assert not made.blank
    texts = [pain.text for name in samples for pain in sample(name).pains]
    assert len(set(texts)) == len(texts)
    assert not any(mark in text for text in texts for mark in "!<>*`|")


def test_the_samples_teach_the_mapper_nothing():
    from aipm.mapping.examples import examples

    taught = {example.text for example in examples()}
    assert not taught & {pain.text for name in journey_texts().samples for pain in sample(name).pains}


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("columns: {none", "columns: {nothing", "columns"),
        ("  rows: [row", "  lines: [row", "counts"),
        ("  pain: [pain", "  pains: [pain", "headers"),
    ],
)
def test_a_broken_file_is_refused_with_file_key_and_reason(tmp_path, monkeypatch, old, new, where):
    whole = (aipm.content.FOLDER / "journeys.yaml").read_text("utf-8")
    assert old in whole
    (tmp_path / "journeys.yaml").write_text(whole.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(aipm.content, "FOLDER", tmp_path)
    aipm.content.load.cache_clear()
    journey_texts.cache_clear()
    try:
        with pytest.raises(ContentError, match=rf"journeys\.yaml[\s\S]*{where}"):
            journey_texts()
    finally:
        aipm.content.load.cache_clear()
        journey_texts.cache_clear()
