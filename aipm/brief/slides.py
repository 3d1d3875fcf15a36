"""Single slides: their title, text, tables, and notes."""

from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from aipm.brief import office
from aipm.brief.slide_text import (
    BOTTOM,
    EDGE,
    FULL,
    HEIGHT,
    INCH,
    POINT,
    SMALL,
    TEXT,
    TITLE,
    TOP,
    WIDTH,
    Line,
    fitting,
    row_height,
)
from aipm.brief.texts import brief_texts
from aipm.content import palette
from aipm.content.chart import Chart


def grid(
    slide: Any,
    title: str,
    head: tuple[str, ...],
    body: list[tuple[str, ...]],
    numeric: frozenset[int],
    left: int,
    width: int,
    seen: Chart | None,
) -> None:
    """A table with a head row, its title above it where the slide does not say it."""
    if title:
        box = text_box(slide, left, TOP, width, round(0.4 * INCH))
        write(box.text_frame.paragraphs[0], fitting(title, size=16, width=width, most=1), size=16, bold=True)
    rows = [head, *body]
    heights = [round(row_height(row, width) * POINT) for row in rows]
    frame = slide.shapes.add_table(len(rows), len(head), left, TOP + INCH // 2, width, sum(heights))
    properties = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001 - the library offers no way
    office.described(properties, seen.title if seen else title, seen.alternative if seen else title)
    table = frame.table
    for place, row in enumerate(rows):
        table.rows[place].height = Emu(heights[place])
        for column, text in enumerate(row):
            cell = table.cell(place, column)
            cell.fill.solid()
            cell.fill.fore_color.rgb = office.rgb(palette.SURFACE.light if not place else palette.BACKGROUND.light)
            cell.vertical_anchor = MSO_ANCHOR.TOP
            paragraph = cell.text_frame.paragraphs[0]
            write(paragraph, text, size=SMALL, bold=not place)
            if column in numeric:
                paragraph.alignment = PP_ALIGN.RIGHT


def new_slide(show: Any, title: str, *, top: int = EDGE // 2, size: int = TITLE) -> Any:
    """A slide with a title of its own, and its number."""
    slide = show.slides.add_slide(show.slide_layouts[5])
    holder = slide.shapes.title
    height = Emu(round(size * 2.7 * POINT))
    holder.left, holder.top, holder.width, holder.height = Emu(EDGE), Emu(top), Emu(FULL), height
    holder.text_frame.word_wrap = True
    holder.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    paragraph = holder.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    write(paragraph, fitting(title, size=size, width=FULL, most=2) or "–", size=size, bold=True)
    corner = text_box(slide, WIDTH - EDGE - INCH, HEIGHT - round(0.55 * INCH), INCH, round(0.4 * INCH))
    number = corner.text_frame.paragraphs[0]
    number.alignment = PP_ALIGN.RIGHT
    field_of = etree.SubElement(number._p, qn("a:fld"))  # noqa: SLF001 - the library has no fields
    field_of.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    field_of.set("type", "slidenum")
    etree.SubElement(field_of, qn("a:rPr")).set("sz", str(SMALL * 100))
    etree.SubElement(field_of, qn("a:t")).text = str(len(show.slides))
    return slide


def text_box(slide: Any, left: int, top: int, width: int, height: int) -> Any:
    box = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height))
    box.text_frame.word_wrap = True
    return box


def put_lines(slide: Any, lines: list[Line], width: int) -> None:
    if not lines:
        return
    frame = text_box(slide, EDGE, TOP, width, BOTTOM - TOP).text_frame
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        paragraph.space_after = Pt(6)
        if line.bullet:
            properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - the library has no bullets
            properties.set("marL", "285750")
            properties.set("indent", "-285750")
            etree.SubElement(properties, qn("a:buChar")).set("char", "•")
        write(paragraph, line.text, size=TEXT, bold=line.bold, tone=palette.ACCENT.light if line.bold else "")


def write(paragraph: Any, text: str, *, size: int, bold: bool = False, tone: str = "") -> None:
    """A run of text; `text` has been made visible before."""
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = office.rgb(tone or palette.TEXT.light)
    if office.right_to_left(text):
        paragraph._p.get_or_add_pPr().set("rtl", "1")  # noqa: SLF001 - the library has no directions
        paragraph.alignment = PP_ALIGN.RIGHT


def note(slide: Any, notes: list[str]) -> None:
    """Into the slide's notes, after what stands there."""
    if notes:
        frame = slide.notes_slide.notes_text_frame
        before = frame.text or brief_texts().files.sources
        frame.text = "\n".join([before, *map(office.one_line, notes)])


def set_page(show: Any) -> None:
    """The template is 4 : 3: everything in its layouts is set wider, so that slides added later look right, too."""
    show.slide_width, show.slide_height = Emu(WIDTH), Emu(HEIGHT)
    wider = WIDTH / (10 * INCH)
    for holder in (show.slide_master, *show.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:  # noqa: SLF001 - else it has the master's place
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)
