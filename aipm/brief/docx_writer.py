"""A document as text to work on: real headings, tables with head rows, charts that can be edited, page numbers."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document as NewDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor

from aipm.brief import office
from aipm.brief.texts import brief_texts
from aipm.content import chart as charts
from aipm.content import palette
from aipm.content.chart import Chart
from aipm.content.document import Block, Bullets, Document, Facts, Heading, Paragraph, Table

WIDE = 170 * 36_000
"""Width of the text on A4, in EMU."""
ROW, HEAD = 420_000, 1_100_000
"""EMU of a bar's row, and of all else in a chart."""
AFTER_DIRECTION = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")
"""What stands after it in a paragraph's properties."""
ROWS = 20
"""Bars in one chart of a page."""
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def docx(document: Document, *, generated: datetime) -> bytes:
    """The text as a file. `generated` knows its time zone."""
    made = NewDocument()
    _page(made)
    said = made.core_properties
    said.title, said.author, said.last_modified_by = office.described_as(document.title), "AIPM", "AIPM"
    said.subject, said.comments = office.described_as(document.eyebrow), ""
    said.created = said.modified = generated.replace(tzinfo=None)
    said.language = brief_texts().files.language
    _say(made, document.eyebrow, "Subtitle")
    _say(made, document.title, "Title")
    for line in office.lines(document.lead):
        _say(made, line)
    _say(made, document.note, quiet=True)
    drawn = _Charts(made)
    for block in document.blocks or (Paragraph(brief_texts().files.empty),):
        _put(made, block, drawn)
    office.without_thumbnail(made.part.package)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _page(made: Any) -> None:
    """A4 with page numbers, the product's type, and the language in which it is written."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 24), ("Subtitle", 11), ("Heading 1", 17), ("Heading 2", 13)):
        style = made.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), name != "Subtitle", False
        style.font.color.rgb = RGBColor.from_string(palette.ACCENT.light[1:] if size == 11 else palette.TEXT.light[1:])
        for fonts in style.element.iter(qn("w:rFonts")):
            fonts.attrib.clear()
            for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{kind}"), "Calibri")
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), brief_texts().files.language)
    before, between, after = brief_texts().files.page.replace("{all}", "{page}").split("{page}")
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        foot.add_run(text)
        if code:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), code)
            run = OxmlElement("w:r")
            shown = OxmlElement("w:t")
            shown.text = "1"
            run.append(shown)
            field.append(run)
            foot._p.append(field)  # noqa: SLF001 - the library has no fields


def _put(made: Any, block: Block, drawn: "_Charts") -> None:
    match block:
        case Heading(text=text, level=level):
            _say(made, text, f"Heading {min(level, 4) - 1}")
        case Paragraph(text=text, quiet=quiet):
            for line in office.lines(text):
                _say(made, line, quiet=quiet)
        case Bullets(items=items):
            for item in items:
                _say(made, " ".join(office.lines(item)), "List Bullet")
        case Facts(pairs=pairs, open=unknown):
            for name, value in pairs:
                _say(made, name, bold=True).paragraph_format.keep_with_next = True
                for line in office.lines(unknown if value is None else value):
                    _say(made, line, quiet=value is None)
        case Table(title=title, columns=columns, rows=rows, numeric=numeric):
            _say(made, title, "Caption").paragraph_format.keep_with_next = True
            _table(made, title, [columns, *rows], numeric)
        case Chart():
            _say(made, block.title, "Caption").paragraph_format.keep_with_next = True
            drawn.add(block)
            _table(made, block.title, [charts.columns(block), *charts.rows(block)], frozenset(range(1, 61)))
            for line in office.lines(block.note):
                _say(made, line, quiet=True)


def _say(made: Any, text: str, style: str | None = None, *, bold: bool = False, quiet: bool = False) -> Any:
    paragraph = made.add_paragraph(style=style)
    _write(paragraph, text, bold=bold, quiet=quiet)
    return paragraph


def _write(paragraph: Any, text: str, *, bold: bool = False, quiet: bool = False) -> None:
    """A run of text on one line, with everything in it to be seen."""
    shown = office.one_line(text)
    run = paragraph.add_run(shown)
    run.bold = bold or None
    if quiet:
        run.font.color.rgb, run.font.size = RGBColor.from_string(palette.QUIET.light[1:]), Pt(9.5)
    if office.right_to_left(shown):
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - the library has no directions
        properties.insert_element_before(OxmlElement("w:bidi"), *AFTER_DIRECTION)
        run.font.rtl = True


def _table(made: Any, title: str, rows: Sequence[Sequence[str]], numeric: frozenset[int]) -> None:
    """A table whose first row is its head, on every page that it runs over."""
    table = made.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, True
    properties = table._tbl.tblPr  # noqa: SLF001 - the library has no text alternatives
    for name in ("tblCaption", "tblDescription"):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), office.one_line(title))
        properties.append(element)
    for place, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        settings = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no head rows
        settings.append(OxmlElement("w:cantSplit"))
        if not place:
            settings.append(OxmlElement("w:tblHeader"))
        for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            _write(paragraph, office.cell(text), bold=not place)
            if column in numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph().paragraph_format.space_after = Pt(4)


class _Charts:
    """Charts of a text file: made as on slides, and taken over with the workbooks that they are drawn from."""

    def __init__(self, made: Any) -> None:
        self.made, self.count = made, 0
        self.show: Any = None

    def add(self, chart: Chart) -> None:
        """A matrix is a table already: only its text alternative is said."""
        if chart.kind == "matrix":
            _say(self.made, chart.alternative)
            return
        for part in office.parts(chart, most=ROWS):
            rows = len(part.labels) * len(part.series) if part.kind == "bars" else len(part.labels)
            height = 2_800_000 if part.kind == "line" else HEAD + ROW * rows
            self._place(part, whole=chart, height=min(height, 8_000_000))

    def _place(self, chart: Chart, *, whole: Chart, height: int) -> None:
        self.count += 1
        blob, sheet = self._drawn(chart, whole, height)
        package = self.made.part.package
        held = Part(PackURI(f"/word/charts/chart{self.count}.xml"), CONTENT_TYPE.DML_CHART, blob, package)
        book = Part(PackURI(f"/word/embeddings/chart{self.count}.xlsx"), SHEET, sheet, package)
        held.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, "rId1")
        place = self.made.part.relate_to(held, RELATIONSHIP_TYPE.CHART)
        inline = parse_xml(
            f'<wp:inline {nsdecls("wp", "a", "r")} xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
            f'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{WIDE}" cy="{height}"/>'
            f'<wp:docPr id="{1000 + self.count}" name="Chart {self.count}"/><wp:cNvGraphicFramePr/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart r:id="{place}"/></a:graphicData></a:graphic></wp:inline>'
        )
        office.described(inline.find(qn("wp:docPr")), chart.title, chart.alternative)
        drawing = OxmlElement("w:drawing")
        drawing.append(inline)
        paragraph = self.made.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run()._r.append(drawing)  # noqa: SLF001 - the library places pictures only

    def _drawn(self, chart: Chart, whole: Chart, height: int) -> tuple[bytes, bytes]:
        """The chart's own file, whose workbook it knows as rId1, and that workbook."""
        from pptx import Presentation

        if self.show is None:
            self.show = Presentation()
        slide = self.show.slides.add_slide(self.show.slide_layouts[6])
        frame = office.add_chart(slide.shapes, chart, (Emu(0), Emu(0), Emu(WIDE), Emu(height)), whole=whole)
        part = frame.chart.part
        for each in frame.chart._chartSpace.iter(qn("c:externalData")):  # noqa: SLF001 - its one way to the workbook
            each.set(qn("r:id"), "rId1")
        return part.blob, part.chart_workbook.xlsx_part.blob
