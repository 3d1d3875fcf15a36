"""The record as a document: every activity with its picture, read back from every file that it is written to."""

import io
from datetime import UTC, datetime

import pytest
from docx import Document as Text
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from aipm.brief.docx_writer import docx
from aipm.brief.pptx_writer import pptx
from aipm.content.chart import Chart
from aipm.content.document import Heading, Table, html, markdown
from aipm.workshop.commands import AddActivity, Give
from aipm.workshop.record import record
from aipm.workshop.record_document import document
from aipm.workshop.templates import templates
from tests.brief.office_files import sound, workbooks
from tests.brief.test_pptx import held

WHEN = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def kept(ended_room):
    return record(ended_room.database, ended_room.code, ended_room.made.facilitator)


def charts(document):
    """Title of the section -> its charts."""
    found, title = {}, ""
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2:
            title = block.text
        if isinstance(block, Chart):
            found.setdefault(title, []).append(block)
    return found


def values(chart):
    return [dict(zip(chart.labels, each.values, strict=True)) for each in chart.series]


def test_every_activity_is_there_and_nothing_runs(kept):
    made = document(kept)
    told = [each.text for each in made.blocks if isinstance(each, Heading) and each.level == 2]
    titles = [each.spec.title for each in kept.activities]
    assert [each.removesuffix(" (before)").removesuffix(" (after)") for each in told[:-1]] == titles
    text, page = markdown(made), html(made, generated=WHEN)
    assert "<script>" not in page
    assert "![](" not in text
    for block in made.blocks:
        if isinstance(block, Table):
            assert all(len(row) == len(block.columns) for row in block.rows)
    assert "abc" not in text  # the hidden card


def test_what_was_counted_or_measured_has_a_picture(kept):
    found = charts(document(kept))
    by_key = {each.key: each.spec.title for each in kept.activities}
    assert values(found[by_key["surprise"]][0]) == [
        {"Never": 1, "Once or twice": 2, "Every week": 1, "Nearly every day": 0}
    ]
    (vote,) = found["How sure are we now? (before)"]
    assert [each.name for each in vote.series] == ["Before"]
    assert values(vote) == [{"1": 1, "2": 1, "3": 1, "4": 1, "5": 0}]
    (weights,) = found[by_key["weights"]]
    assert (weights.unit, weights.series[0].values[:2]) == ("%", (pytest.approx(30), pytest.approx(30)))
    means, apart = found[by_key["scores"]]
    assert set(means.series[0].values) == {4}
    assert apart.kind == "intervals"
    assert (len(apart.labels), [set(each.values) for each in apart.series]) == (6, [{4}] * 3)
    assert sum(found[by_key["pain_dots"]][0].series[0].values) == 4
    assert by_key["match_game"] in found
    assert not {by_key[each] for each in ("pains", "checks", "premortem")} & found.keys()


def test_of_many_options_no_more_are_in_a_picture_than_there_are_colours(new_room):
    room = new_room("decide_only", people=3)
    names = [{"key": f"o{place}", "name": f"Option {place}"} for place in range(9)]
    spec = {"title": "Nine", "question": "?", "candidates": names, "criteria": [{"key": "cost", "name": "Cost"}]}
    key = room.host(AddActivity(kind="scores", spec=spec)).made
    room.steps(key, "open")
    for place, person in enumerate(room.people):
        room.by(person, Give(activity=key, values={f"o{each}/cost": 2 + place for each in range(9)}))
    found = charts(document(record(room.database, room.code, room.made.facilitator)))["Nine"]
    assert [len(each.series) for each in found] == [1, 7, 2]
    assert (found[2].series[0].values, found[2].series[0].low, found[2].series[0].high) == ((3,), (2,), (4,))


def test_a_vote_stands_beside_the_one_before_it(new_room):
    room = new_room(people=3)
    for key, choice in (("confidence_before", 2), ("confidence_after", 4)):
        room.steps(key, "open")
        for person in room.people:
            room.by(person, Give(activity=key, values={"choice": choice}))
        room.steps(key, "close")
    found = charts(document(record(room.database, room.code, room.made.facilitator)))
    (vote,) = found["How sure are we now? (after)"]
    assert [(each.name, each.values) for each in vote.series] == [("Before", (0, 3, 0, 0, 0)), ("Now", (0, 0, 0, 3, 0))]
    (first,) = found["How sure are we now? (before)"]
    assert [(each.name, each.values) for each in first.series] == [("Before", (0, 3, 0, 0, 0))]


def test_slides_hold_charts_that_can_be_edited(kept):
    made = document(kept)
    data = pptx(made, generated=WHEN)
    sound(data)
    show = Presentation(io.BytesIO(data))
    held(show)
    drawn = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert len(drawn) >= sum(map(len, charts(made).values())) == 7
    assert {each.chart_type for each in drawn} == {XL_CHART_TYPE.BAR_CLUSTERED}
    poll = next(each for each in drawn if next(iter(each.plots[0].categories)) == "Never")
    assert list(poll.plots[0].series[0].values) == [1, 2, 1, 0]
    assert [None, "People"] in [book[0] for book in workbooks(data)]


def test_a_text_file_holds_them_too_with_their_numbers(kept):
    made = document(kept)
    data = docx(made, generated=WHEN)
    folder = sound(data)
    drawn = [name for name in folder.namelist() if name.startswith("word/charts/chart")]
    assert len(drawn) == len(workbooks(data)) == 7
    tables = [[[cell.text for cell in row.cells] for row in each.rows] for each in Text(io.BytesIO(data)).tables]
    assert [["Answer", "People"], ["Never", "1"], ["Once or twice", "2"], ["Every week", "1"],
            ["Nearly every day", "0"]] in tables  # fmt: skip


def test_a_page_draws_each_of_them_and_says_what_is_to_be_seen(kept):
    page = html(document(kept), generated=WHEN)
    assert page.count("<svg viewBox") == page.count('role="img" aria-label=') == 7
    assert "A bar for each answer; the longest is “Once or twice” with 2." in page


@pytest.mark.parametrize("name", templates())
def test_an_empty_room_has_one_too(new_room, name):
    room = new_room(name)
    made = document(record(room.database, room.code, room.made.facilitator))
    assert markdown(made)
    assert charts(made) == {}
