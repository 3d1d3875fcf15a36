"""Text files, read back: real headings, head rows, charts with their words, page numbers, nothing run."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx import Document as Opened
from docx.enum.shape import WD_INLINE_SHAPE
from docx.oxml.ns import qn
from lxml import etree

from aipm.brief import brief as briefs
from aipm.brief import story
from aipm.brief.brief import Brief
from aipm.brief.docx_writer import docx
from aipm.content.chart import Series
from aipm.content.document import Bullets, Document, Facts, Heading, Paragraph, Table
from tests.brief.made_up import HOSTILE, bars, charts, entry, intervals, now, whole
from tests.brief.office_files import sound, workbooks

WHEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def made(*blocks, **parts):
    known = {"eyebrow": "Decision brief", "title": "Loan pre-check", "lead": "Lead.", "note": "Note."}
    return Document(**{**known, **parts}, blocks=blocks)


def opened(document):
    data = docx(document, generated=WHEN)
    sound(data)
    found = Opened(io.BytesIO(data))
    again = io.BytesIO()
    found.save(again)
    sound(again.getvalue())
    return found


def everything(found):
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in found.paragraphs), *cells])


def test_headings_are_headings():
    found = opened(story.document(whole(), now=now(whole())))
    headings = [each.text for each in found.paragraphs if each.style.name == "Heading 1"]
    assert headings[:2] == ["The pain", "The capability, and why"]
    assert [each.text for each in found.paragraphs if each.style.name == "Title"] == [
        "Loan pre-check: the decision so far"
    ]
    assert "What was asked" in [each.text for each in found.paragraphs if each.style.name == "Heading 2"]


def test_tables_have_head_rows_that_are_said_again():
    found = opened(made(Table("Risks", ("Risk", "Severity"), (("Wrong refusal", "4"),), numeric=frozenset({1}))))
    (table,) = found.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Risk", "Severity"], ["Wrong refusal", "4"]]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == "Risks"


def test_charts_are_drawn_with_words_and_values():
    found = opened(made(*charts()))
    assert [each.type for each in found.inline_shapes] == [WD_INLINE_SHAPE.CHART] * 3
    assert [each._inline.docPr.get("descr") for each in found.inline_shapes] == [bars().alternative] * 3
    assert len(found.tables) == 4
    assert "32.5%" in everything(found)
    width = found.sections[0].page_width - found.sections[0].left_margin - found.sections[0].right_margin
    assert all(each.width <= width + 1 for each in found.inline_shapes)


def test_each_chart_knows_its_workbook():
    data = docx(made(bars(), intervals()), generated=WHEN)
    folder = zipfile.ZipFile(io.BytesIO(data))
    for place in (1, 2):
        chart = etree.fromstring(folder.read(f"word/charts/chart{place}.xml"))
        (link,) = chart.iter("{*}externalData")
        rels = etree.fromstring(folder.read(f"word/charts/_rels/chart{place}.xml.rels"))
        targets = {each.get("Id"): each.get("Target") for each in rels}
        assert targets[next(value for name, value in link.attrib.items() if name.endswith("}id"))].endswith(
            f"chart{place}.xlsx"
        )
        assert chart.find("{*}chart/{*}plotArea/{*}barChart") is not None
    types = folder.read("[Content_Types].xml").decode()
    assert types.count("drawingml.chart+xml") == 2


def test_the_workbook_behind_a_chart_is_text_and_numbers_only():
    bad = bars(labels=("=1+1", "-2", "mailto:x@y.z"), series=(Series(name="=x", values=(1.0, None, 3.0)),))
    (book,) = workbooks(docx(made(bad), generated=WHEN))
    assert book == [[None, "=x"], ["=1+1", 1], ["-2", None], ["mailto:x@y.z", 3]]


def test_a_table_with_formulas_is_only_text():
    found = opened(made(Table("x", ("=A", "b"), (("@cmd", "-4.2"),))))
    assert [cell.text for row in found.tables[0].rows for cell in row.cells] == ["'=A", "b", "'@cmd", "-4.2"]


def test_pages_are_numbered():
    foot = opened(made()).sections[0].footer._element.xml
    assert "PAGE" in foot
    assert "NUMPAGES" in foot


def test_many_bars_go_over_several_charts():
    wide = bars(
        labels=tuple(f"L{place}" for place in range(50)),
        series=(Series(name="x", values=tuple(map(float, range(50)))),),
    )
    data = docx(made(wide), generated=WHEN)
    assert [row[0] for book in workbooks(data) for row in book[1:]] == list(wide.labels)


def test_no_entries_and_forty_entries():
    assert "Still missing" in everything(opened(story.document(Brief(), now=now())))
    kept = Brief()
    names = [f"{first}_{second}" for first in "abcdefgh" for second in "vwxyz"]
    for name in names:
        kept = briefs.add(kept, entry(name, summary=f"Found {name}.", charts=(bars(),)))
    found = opened(story.document(kept, now=now()))
    assert all(f"Found {name}." in everything(found) for name in names)
    assert len(found.inline_shapes) == 40


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
    found = everything(opened(made(*blocks, title=typed, eyebrow=typed, lead=typed, note=typed)))
    assert "\x00" not in found
    assert typed[:4].strip("\u202e=") in found.replace("\u2068", "") or "[U+" in found


def test_text_from_right_to_left_is_set_so_in_its_right_place():
    found = opened(made(Paragraph("שלום"), Table("x", ("שלום",), (("שלום",),))))
    cell = found.tables[0].rows[1].cells[0].paragraphs[0]._p.pPr
    names = [etree.QName(each).localname for each in cell]
    assert names.index("bidi") < names.index("spacing")


def test_the_file_says_what_it_is_and_nobody_else():
    said = opened(made()).core_properties
    assert (said.title, said.author, said.comments) == ("Loan pre-check", "AIPM", "")
