"""Slides, read back: titles, charts that can be edited, notes with sources, nothing over the edge, nothing run."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from aipm.brief import brief as briefs
from aipm.brief import story
from aipm.brief.brief import Brief
from aipm.brief.pptx_writer import pptx
from aipm.brief.slide_text import HEIGHT, WIDTH, wrapped
from aipm.content.chart import Series
from aipm.content.document import Bullets, Document, Facts, Heading, Paragraph, Table
from tests.brief.made_up import HOSTILE, bars, charts, entry, intervals, lines, matrix, now, whole
from tests.brief.office_files import sound, workbooks

WHEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def made(*blocks, **parts):
    known = {"eyebrow": "Decision brief", "title": "Loan pre-check", "lead": "Lead.", "note": "Note."}
    return Document(**{**known, **parts}, blocks=blocks)


def slides(document):
    data = pptx(document, generated=WHEN)
    sound(data)
    show = Presentation(io.BytesIO(data))
    held(show)
    return list(show.slides)


def held(show):
    """On every slide: a title, nothing over the edge, no type under 14 points, no empty text box."""
    assert (show.slide_width, show.slide_height) == (WIDTH, HEIGHT)
    for slide in show.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= WIDTH
            assert shape.top + shape.height <= HEIGHT
            if shape.has_text_frame:
                assert shape.text_frame.text or list(shape._element.iter(qn("a:fld")))
            for size in (each.get("sz") for each in shape._element.iter(qn("a:rPr"))):
                assert int(size) >= 1400
            if shape.has_chart or shape.has_table:
                properties = shape._element.nvGraphicFramePr.cNvPr
                assert properties.get("descr")
                assert properties.get("title")


def text(slide):
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    found += [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def noted(slide):
    return slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""


def everything(found):
    return "\n".join(text(each) + noted(each) for each in found)


def drawn(found):
    return [shape.chart for slide in found for shape in slide.shapes if shape.has_chart]


def test_a_slide_a_chapter_with_sources_in_its_notes():
    found = slides(story.document(whole(), now=now(whole())))
    titles = [each.shapes.title.text_frame.text for each in found]
    assert titles[:3] == ["Loan pre-check: the decision so far", "The pain", "The capability, and why"]
    pain = found[1]
    assert "Clerks read every application twice." in text(pain)
    assert whole().of("use_case_mapper.pain").fingerprint in noted(pain)
    assert whole().of("use_case_mapper.pain").fingerprint not in text(pain)


def test_charts_are_native_and_hold_their_numbers():
    found = drawn(slides(made(Heading("Charts"), bars(), intervals(), lines())))
    kinds = [XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.LINE_MARKERS]
    assert [each.chart_type for each in found] == kinds
    assert list(found[0].plots[0].categories) == ["Trees", "Regression", "Language model"]
    assert list(found[0].plots[0].series[0].values) == [82.0, 61.0, None]
    assert found[0].value_axis.minimum_scale == 0
    assert list(found[2].plots[0].series[0].values)[4] is None
    assert found[2].value_axis.minimum_scale < 0


def test_an_interval_is_drawn_as_far_as_it_reaches():
    (chart,) = drawn(slides(made(intervals())))
    ranges = {
        name: [float(each.text) for each in chart._chartSpace.iter(qn(f"c:{name}")) for each in each.iter(qn("c:v"))]
        for name in ("plus", "minus")
    }
    assert ranges == {"plus": pytest.approx([2.4]), "minus": pytest.approx([2.0, 2.7])}


ORDER = {
    "chartSpace": ("date1904", "roundedCorners", "chart", "spPr", "txPr", "externalData"),
    "ser": (*("idx", "order", "tx", "spPr", "invertIfNegative", "marker", "dLbls", "errBars", "cat", "val", "smooth"),),
    "errBars": ("errBarType", "errValType", "noEndCap", "plus", "minus", "spPr"),
    "scaling": ("orientation", "max", "min"),
}
"""ECMA-376 part 1, 21.2: programs refuse a file in which parts stand in another order."""


def test_the_parts_of_a_chart_stand_in_the_order_that_programs_want():
    for chart in drawn(slides(made(bars(), intervals(), lines()))):
        for name, order in ORDER.items():
            for each in chart._chartSpace.getroottree().iter(qn(f"c:{name}")):
                names = [child.tag.partition("}")[2] for child in each]
                assert names == sorted(names, key=order.index)


def test_a_matrix_is_a_table_with_a_text_alternative():
    found = slides(made(Heading("Choice"), matrix()))
    tables = [shape for slide in found for shape in slide.shapes if shape.has_table]
    assert [cell.text for cell in tables[0].table.rows[1].cells] == ["Trees", "9", "8", "4"]
    assert tables[0]._element.nvGraphicFramePr.cNvPr.get("descr") == matrix().alternative


def test_the_workbook_behind_a_chart_is_text_and_numbers_only():
    bad = bars(
        labels=("=1+1", "@SUM(A1)", "http://evil.example"), series=(Series(name="+cmd|x", values=(1.0, 2.0, 3.0)),)
    )
    (book,) = workbooks(pptx(made(bad), generated=WHEN))
    assert book == [[None, "+cmd|x"], ["=1+1", 1], ["@SUM(A1)", 2], ["http://evil.example", 3]]


def test_a_table_with_formulas_is_only_text():
    (table,) = [
        shape.table
        for slide in slides(made(Table("Risks", ("=Risk", "By"), (("@cmd", "-4.2%"), ("+1 for it", "+4.2 pts")))))
        for shape in slide.shapes
        if shape.has_table
    ]
    assert [cell.text for row in table.rows for cell in row.cells] == [
        "'=Risk",
        "By",
        "'@cmd",
        "-4.2%",
        "'+1 for it",
        "+4.2 pts",
    ]


def test_nothing_is_lost_of_a_long_chapter():
    words = [f"sentence number {place} with some words in it." for place in range(120)]
    found = slides(
        made(Heading("Long"), *map(Paragraph, words), Bullets(tuple(words)), Heading("Next"), Paragraph("End."))
    )
    assert len(found) > 5
    shown = everything(found)
    assert all(shown.count(each) == 2 for each in words)
    assert found[2].shapes.title.text_frame.text == "Long (continued)"
    assert found[-1].shapes.title.text_frame.text == "Next"


def test_what_is_too_long_for_a_slide_stands_in_its_notes():
    long = " ".join(f"word{place}" for place in range(2_000))
    found = slides(made(Heading("Long"), Paragraph(long)))
    assert "word1999" not in text(found[1])
    assert long in noted(found[1])


def test_a_heading_stays_with_what_follows_it():
    filler = [Paragraph(f"Line {place}.") for place in range(11)]
    for count in range(11):
        found = slides(made(Heading("Chapter"), *filler[:count], Heading("Part", level=3), Paragraph("Its text.")))
        part = next(each for each in found if "Part" in text(each))
        assert "Its text." in text(part)


def test_a_long_table_and_many_bars_go_over_several_slides_with_one_scale():
    table = Table("All", ("Name", "Value"), tuple((f"Row {place}", str(place)) for place in range(80)))
    wide = bars(
        labels=tuple(f"L{place}" for place in range(50)),
        series=(Series(name="x", values=tuple(map(float, range(50)))),),
    )
    found = slides(made(Heading("Much"), table, wide))
    shown = everything(found)
    assert all(f"Row {place}" in shown for place in range(80))
    parts = drawn(found)
    assert [each for chart in parts for each in chart.plots[0].categories] == list(wide.labels)
    assert len({each.value_axis.maximum_scale for each in parts}) == 1
    tables = [shape.table for slide in found for shape in slide.shapes if shape.has_table]
    assert {each.rows[0].cells[0].text for each in tables} == {"Name"}


def test_no_entries_and_forty_entries():
    assert len(slides(story.document(Brief(), now=now()))) == 8
    kept = Brief()
    names = [f"{first}_{second}" for first in "abcdefgh" for second in "vwxyz"]
    for name in names:
        kept = briefs.add(kept, entry(name, summary=f"Found {name}.", charts=(bars(), intervals())))
    assert len(kept.entries) == 40
    found = slides(story.document(kept, now=now()))
    assert all(f"Found {name}." in everything(found) for name in names)
    assert len(drawn(found)) == 80


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda each: repr(each[:12]))
def test_whatever_is_typed_the_file_opens_and_says_it(typed):
    chart = replace(
        bars(), title=typed, labels=(typed, "b", "c"), alternative=typed, note=typed, named=typed, unit=typed
    )
    blocks = (
        *(Heading(typed), Heading(typed, level=3), Paragraph(typed), Paragraph(typed, quiet=True), Bullets((typed,))),
        *(Facts(((typed, typed), (typed, None)), open=typed), Table(typed, (typed, "n"), ((typed, "1"),))),
        *(chart, replace(chart, kind="matrix"), replace(chart, kind="line"), replace(chart, kind="intervals")),
    )
    found = slides(made(*blocks, title=typed, eyebrow=typed, lead=typed, note=typed))
    assert typed[:4].strip("\u202e=") in everything(found).replace("\u2068", "") or "[U+" in everything(found)


def test_text_from_right_to_left_is_set_so():
    found = slides(made(Heading("x"), Paragraph("שלום עולם")))
    paragraphs = [p for shape in found[1].shapes if shape.has_text_frame for p in shape.text_frame.paragraphs]
    assert [p._p.pPr.get("rtl") for p in paragraphs if "שלום" in p.text] == ["1"]


def test_text_is_measured_rather_too_large():
    assert wrapped("a few words", size=18, room=500) == 1
    assert wrapped("W" * 100, size=18, room=180) >= 7
    assert wrapped("中" * 40, size=18, room=180) >= 4
    assert wrapped("word " * 100, size=18, room=500) >= wrapped("word " * 50, size=18, room=500)


def test_a_chart_stands_beside_a_short_text():
    found = slides(made(Heading("Model"), Paragraph("Trees lead."), bars()))
    assert len(found) == 2
    (chart,) = drawn(found)
    assert chart.chart_title.text_frame.text == bars().title
    assert chart.font.size >= Pt(14)


def test_the_file_says_what_it_is_and_nobody_else():
    show = Presentation(io.BytesIO(pptx(made(*charts()), generated=WHEN)))
    assert show.core_properties.title == "Loan pre-check"
    assert show.core_properties.author == "AIPM"
    assert show.core_properties.created == WHEN.replace(tzinfo=None)
