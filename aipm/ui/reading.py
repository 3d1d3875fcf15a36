"""How a file was read: a line, the details with a preview, and the choices that read it differently."""

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct
from aipm.tables import Reading, ReadOptions
from aipm.tables.table import Table
from aipm.tables.types import ColumnType
from aipm.ui import page as parts
from aipm.ui.audit_texts import ReadingTexts
from aipm.ui.fragments import Column, join, notes, table
from aipm.ui.memo import once
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

PREVIEW_ROWS = 20
MOST_COLUMNS = 60
MOST_HEADER_ROWS = 12


def options(page: str, token: str) -> ReadOptions:
    """What the person chose in `settings`, which is drawn further down the page."""

    def chosen(name: str) -> str | int | None:
        found: str | int | None = st.session_state.get(key(page, f"{token}.{name}"))
        return found

    header = chosen("header")
    return ReadOptions(
        delimiter=_text(chosen("delimiter")),
        encoding=_text(chosen("encoding")),
        header_row="none" if header == 0 else int(header) if header is not None else None,
        sheet=_text(chosen("sheet")),
    )


def _text(choice: str | int | None) -> str | None:
    return None if choice is None else str(choice)


def settings(page: str, token: str, texts: ReadingTexts, reading: Reading | None) -> None:
    """The choices that override how the file is read; changing one reads it again."""
    st.markdown(f"**{texts.settings}**")
    one, two, three = st.columns(3)
    delimiters = texts.other_delimiters
    automatic = texts.automatic
    with one:
        st.selectbox(
            texts.delimiter,
            list(delimiters.values()),
            index=None,
            placeholder=automatic,
            format_func={sign: name for name, sign in delimiters.items()}.__getitem__,
            key=key(page, f"{token}.delimiter"),
        )
    with two:
        st.selectbox(
            texts.encoding,
            ["utf-8", "cp1252", "latin-1", "utf-16", "cp1250", "cp1251", "shift_jis", "gb18030"],
            index=None,
            placeholder=automatic,
            key=key(page, f"{token}.encoding"),
        )
    with three:
        st.selectbox(
            texts.header,
            range(MOST_HEADER_ROWS + 1),
            index=None,
            placeholder=automatic,
            format_func=lambda row: texts.header_row.format(row=row) if row else texts.header_none,
            key=key(page, f"{token}.header"),
        )
    if reading is not None and len(reading.sheets) > 1:
        st.selectbox(
            texts.sheet,
            reading.sheets,
            index=None,
            placeholder=automatic,
            format_func=distinct(reading.sheets),
            key=key(page, f"{token}.sheet"),
        )


def summary(opened: Table, texts: ReadingTexts) -> str:
    """One line: what the file turned out to be."""
    reading, says = opened.reading, texts.says
    found = [says["size"].format(rows=number.count(opened.row_count), columns=len(opened.columns))]
    found += [reading.encoding] if reading.encoding else []
    if reading.delimiter:
        found.append(says["delimiter"].format(sign=texts.signs.get(reading.delimiter, repr(reading.delimiter))))
    found.append(says["header"].format(row=reading.header_row) if reading.header_row else says["no_header"])
    remarks = len(reading.warnings)
    found.append(says["remarks"].format(count=remarks) if remarks else says["clean"])
    return ", ".join(found)


def account(page: str, token: str, texts: ReadingTexts, opened: Table, types: tuple[ColumnType, ...]) -> None:
    """Everything about how the file was read, folded away."""
    with st.expander(f"{texts.title}: {markdown(summary(opened, texts), limit=300)}", icon=":material/table_view:"):
        settings(page, token, texts, opened.reading)
        parts.draw(
            once(page, "account", (opened.fingerprint, opened.columns, token), lambda: _account(opened, types, texts))
        )


def _account(opened: Table, types: tuple[ColumnType, ...], texts: ReadingTexts) -> Html:
    """What was noticed and mended, the first rows, and what the columns hold."""
    shown = opened.columns[:MOST_COLUMNS]
    rows = [row[: len(shown)] for row in opened.head(PREVIEW_ROWS)]
    columns = tuple(Column(name=name, number=i > 1) for i, name in enumerate(texts.type_columns))
    note = texts.type_note.format(rows=number.count(types[0].rows if types else 0))
    return join(
        (
            notes(_said(warning.message, warning.lines, texts) for warning in opened.reading.warnings),
            table([Column(name=name) for name in shown], rows, caption=texts.preview),
            Html(f"<h3>{markup(texts.types)}</h3>"),
            table(columns, [_type_row(each, texts) for each in types[:MOST_COLUMNS]], caption=note),
        )
    )


def _said(message: str, lines: tuple[int, ...], texts: ReadingTexts) -> str:
    if not lines:
        return message
    shown = ", ".join(number.count(line) for line in lines[:8]) + (" …" if len(lines) > 8 else "")
    return f"{message} {texts.says['lines'].format(lines=shown)}"


def _type_row(each: ColumnType, texts: ReadingTexts) -> tuple[str, ...]:
    counts = (each.fits, each.misfits, each.blank, each.distinct)
    return (each.name, texts.kinds[each.kind], *map(number.count, counts))
