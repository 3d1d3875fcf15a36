"""The record of a room as files: made when they are asked for, from what was read before."""

import io
import zipfile
from collections.abc import Callable
from functools import partial

import streamlit as st

from aipm.content import number
from aipm.ui import clock, page
from aipm.ui.room_state import Seat
from aipm.ui.safe import file_name
from aipm.ui.workshop_after_texts import File, after_texts
from aipm.workshop.record import Record

KINDS: dict[File, tuple[str, str]] = {
    "pptx": (".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "docx": (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": (".html", "text/html"),
    "markdown": (".md", "text/markdown"),
    "csv": (".zip", "application/zip"),
    "json": (".json", "application/json"),
}
"""How a file's name ends, and what it is."""


def draw(found: Record, seat: Seat) -> None:
    """A button a file."""
    said = after_texts().files
    answered = sum(each.answered > 0 for each in found.activities)
    told = said.sentence.format(activities=number.count(len(found.activities)), answered=number.count(answered))
    page.section(said.title, sentence=told)
    with st.container(horizontal=True, key="workshop-after-files"):
        for kind, (suffix, mime) in KINDS.items():
            st.download_button(
                said.names[kind],
                data=partial(made, kind, found),  # it runs outside the session
                file_name=file_name(found.title, suffix=f"-record{suffix}"),
                mime=mime,
                key=seat.key(f"after.file.{kind}"),
                on_click="ignore",
                icon=":material/download:",
            )
    page.draw(page.quiet(said.note))


def made(kind: File, found: Record) -> bytes:
    """The bytes of one file."""
    from aipm.workshop import exports

    makers: dict[File, Callable[[Record], bytes]] = {
        "pptx": _pptx,
        "docx": _docx,
        "html": _html,
        "markdown": _markdown,
        "csv": _zip,
        "json": lambda record: exports.to_json(record).encode(),
    }
    return makers[kind](found)


def _pptx(found: Record) -> bytes:
    from aipm.brief.pptx_writer import pptx
    from aipm.workshop.record_document import document

    return pptx(document(found), generated=clock.now())


def _docx(found: Record) -> bytes:
    from aipm.brief.docx_writer import docx
    from aipm.workshop.record_document import document

    return docx(document(found), generated=clock.now())


def _html(found: Record) -> bytes:
    from aipm.content.document import html
    from aipm.workshop.record_document import document

    return html(document(found), generated=clock.now()).encode()


def _markdown(found: Record) -> bytes:
    from aipm.content.document import markdown
    from aipm.workshop.record_document import document

    return markdown(document(found)).encode()


def _zip(found: Record) -> bytes:
    from aipm.workshop.exports import csv_files

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in csv_files(found).items():
            archive.writestr(name, text.encode("utf-8-sig"))  # without the mark a spreadsheet takes another code
    return held.getvalue()
