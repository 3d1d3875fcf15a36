"""What files of slides and of text have in common: characters that they can hold, and charts that stay charts."""

import io
import re
import unicodedata
from dataclasses import replace
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from aipm.content import palette
from aipm.content.chart import MONEY, Chart, Series, ends
from aipm.content.chart_drawing import color, span
from aipm.content.visible import visible
from aipm.tables.formula import formula_safe

LABEL = 60
"""Characters of a label in a chart; the values stand in full in the notes or in a table beside it."""
ROWS = 14
"""Bars that fit under one another."""
_NUMBER = re.compile(r"[+-]\d[\d,.]*( ?%| pts)?")
_LINE_END = re.compile(r"\r\n|[\r\n]")


def lines(text: str) -> list[str]:
    """The lines of a text, blank ones left out."""
    return [line.strip() for line in _LINE_END.split(text) if line.strip()]


def one_line(text: str, limit: int | None = None) -> str:
    """A text as it is written, once: on one line, with every character that XML cannot hold made visible."""
    return visible(text, limit=limit or max(len(text), 1))


def described_as(text: str) -> str:
    """A text as a property of a file, which holds no more than 255 characters."""
    return one_line(text, 200)[:250]


def cell(text: str) -> str:
    """A cell of a table: what a spreadsheet would calculate, were it pasted into one, is only text."""
    return text if _NUMBER.fullmatch(text) else formula_safe(text)


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left (Unicode Annex 9, P2 and P3)."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((each for each in strong if each in {"L", "R", "AL"}), "L") != "L"


def rgb(tone: str) -> Any:
    """A colour as the library has it."""
    make: Any = RGBColor
    return make(*bytes.fromhex(tone.removeprefix("#")))


class ChartData(CategoryChartData):
    """The chart's workbook, in which every text is only text: no formula, no link, also after somebody edits it."""

    @property
    def xlsx_blob(self) -> bytes:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types

        out = io.BytesIO()
        book = Workbook(out, {"in_memory": True})
        sheet, text = book.add_worksheet(), book.add_format({"quote_prefix": True})
        for row, category in enumerate(self.categories, start=1):
            sheet.write_string(row, 0, category.label, text)
        for column, each in enumerate(self, start=1):
            sheet.write_string(0, column, each.name, text)
            for row, value in enumerate(each.values, start=1):
                if value is not None:
                    sheet.write_number(row, column, value)
        book.close()
        return out.getvalue()


def parts(chart: Chart, most: int = ROWS) -> list[Chart]:
    """The chart cut so that each part can be read: bars and points by their labels. A line is never cut."""
    size = max(most // len(chart.series), 3)
    if chart.kind not in {"bars", "intervals"} or len(chart.labels) <= size:
        return [chart]
    return [_part(chart, slice(start, start + size)) for start in range(0, len(chart.labels), size)]


def _part(chart: Chart, kept: slice) -> Chart:
    cut = tuple(
        replace(each, values=each.values[kept], low=each.low[kept], high=each.high[kept], counts=each.counts[kept])
        for each in chart.series
    )
    return replace(chart, labels=chart.labels[kept], series=cut)


def add_chart(shapes: Any, chart: Chart, place: tuple[int, int, int, int], *, whole: Chart, title: str = "") -> Any:
    """A chart that can be edited, on a slide; `whole`: of which it is a part, so that all parts have one scale.

    A matrix is no chart to these programs: it is written as a table. Returns the frame that holds it.
    """
    data: Any = ChartData(number_format="General")  # type: ignore[no-untyped-call]  # its base has no types
    data.categories = [one_line(each, LABEL) or " " for each in chart.labels]
    for each in chart.series:
        data.add_series(one_line(each.name, LABEL) or " ", each.values)
    kind = XL_CHART_TYPE.LINE_MARKERS if chart.kind == "line" else XL_CHART_TYPE.BAR_CLUSTERED
    frame = shapes.add_chart(kind, *place, data)
    _styled(frame.chart, chart, whole, title)
    described(frame._element.nvGraphicFramePr.cNvPr, title or chart.title, chart.alternative)  # noqa: SLF001 - the library offers no way
    return frame


def described(properties: Any, title: str, alternative: str) -> None:
    """Title and text alternative of a picture, for those who do not see it."""
    properties.set("title", one_line(title))
    properties.set("descr", one_line(alternative))


def number_format(chart: Chart) -> str:
    """How a spreadsheet writes such values."""
    values = [abs(value) for each in chart.series for value in each.values if value is not None]
    unit = re.sub(r'["\\\x00-\x1f]', "", one_line(chart.unit, 20))
    plain = "#,##0" if max(values, default=0) >= 100 else "0.0" if max(values, default=0) >= 10 else "0.00"
    if all(value == int(value) for value in values):
        plain = "#,##0"
    if not unit:
        return plain
    if unit in MONEY:
        return f'"{unit}"{plain}'
    return f'{plain}"{unit}"' if unit == "%" else f'{plain}" {unit}"'


def without_thumbnail(package: Any) -> None:
    """The templates come with a picture of themselves, which file managers would show for ours."""
    held = package.rels if hasattr(package, "rels") else package._rels  # noqa: SLF001 - slides have no other way to them
    for name in [name for name, each in held.items() if each.reltype.endswith("/thumbnail")]:
        held.pop(name)


def _plain(space: Any) -> None:
    """No frame and no background around the chart: some programs would draw both."""
    corners = etree.Element(qn("c:roundedCorners"))
    corners.set("val", "0")
    space.find(qn("c:date1904")).addnext(corners)
    shape = etree.Element(qn("c:spPr"))
    etree.SubElement(shape, qn("a:noFill"))
    etree.SubElement(etree.SubElement(shape, qn("a:ln")), qn("a:noFill"))
    space.find(qn("c:chart")).addnext(shape)


def _styled(drawn: Any, chart: Chart, whole: Chart, title: str) -> None:
    _plain(drawn._chartSpace)  # noqa: SLF001 - the library does not reach it
    drawn.font.size, drawn.font.color.rgb = Pt(14), rgb(palette.TEXT.light)
    drawn.has_title = bool(title)
    if title:
        drawn.chart_title.text_frame.text = one_line(title, 140)
        font = drawn.chart_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(16), True
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    labels, values = drawn.category_axis, drawn.value_axis
    labels.has_major_gridlines = False
    labels.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    labels.format.line.color.rgb = values.format.line.color.rgb = rgb(palette.QUIET.mark)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = number_format(chart), False
    low, high = span(replace(whole, kind="bars" if whole.kind == "intervals" else whole.kind))
    room = (high - low) * 0.12
    values.minimum_scale, values.maximum_scale = low - (room if low < 0 else 0), high + (room if high > 0 else 0)
    values.has_major_gridlines = chart.kind != "bars"
    if values.has_major_gridlines:
        values.major_gridlines.format.line.color.rgb = rgb(palette.LINE.light)
    if chart.kind == "line":
        _lines(drawn.plots[0])
    else:
        labels.reverse_order = True
        values.visible = chart.kind != "bars"
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        _bars(drawn.plots[0], chart)


def _lines(plot: Any) -> None:
    for place, series in enumerate(plot.series):
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = rgb(color(place)), Pt(2.5)
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = rgb(color(place))
        series.marker.format.line.color.rgb = rgb(color(place))
        series.marker.size = 5


def _bars(plot: Any, chart: Chart) -> None:
    """Bars from zero with their values; light ones with their intervals, and the value at their foot."""
    plot.gap_width, plot.overlap = 60, 0
    plot.has_data_labels = True
    ranged = any(each.low and each.high for each in chart.series)
    shown = plot.data_labels
    shown.font.size, shown.number_format, shown.number_format_is_linked = Pt(14), number_format(chart), False
    shown.show_value = True
    shown.position = XL_LABEL_POSITION.INSIDE_BASE if ranged else XL_LABEL_POSITION.OUTSIDE_END
    for place, (series, each) in enumerate(zip(plot.series, chart.series, strict=True)):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(color(place))
        series.invert_if_negative = False
        if ranged:
            series.format.fill.fore_color.brightness = 0.6
        if each.low and each.high:
            _error_bars(series._element, each)  # noqa: SLF001 - the library has no error bars


def _error_bars(series: Any, each: Series) -> None:
    """How far each interval goes above and below its value (ECMA-376 part 1, 21.2.2.55)."""
    bars = etree.Element(qn("c:errBars"))
    for name, kind in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        etree.SubElement(bars, qn(f"c:{name}")).set("val", kind)
    for name, sign in (("plus", 1), ("minus", -1)):
        literal = etree.SubElement(etree.SubElement(bars, qn(f"c:{name}")), qn("c:numLit"))
        etree.SubElement(literal, qn("c:formatCode")).text = "General"
        etree.SubElement(literal, qn("c:ptCount")).set("val", str(len(each.values)))
        for place, value in enumerate(each.values):
            end = ends(each, place)[0 if sign < 0 else 1]
            if value is not None and end is not None:
                point = etree.SubElement(literal, qn("c:pt"))
                point.set("idx", str(place))
                etree.SubElement(point, qn("c:v")).text = repr(max(sign * (end - value), 0.0))
    line = etree.SubElement(etree.SubElement(bars, qn("c:spPr")), qn("a:ln"))
    line.set("w", "19050")
    fill = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
    fill.set("val", palette.TEXT.light.removeprefix("#"))
    series.find(qn("c:cat")).addprevious(bars)
