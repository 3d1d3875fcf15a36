"""Taking the brief along as files, and opening one again."""

from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from aipm.brief import story
from aipm.brief.brief import Brief
from aipm.brief.json_file import LARGEST, Opened, from_json, to_json
from aipm.brief.stale import Now
from aipm.content import document as written
from aipm.content.document import Document
from aipm.tables import Refusal
from aipm.ui import brief_state, clock, document_view, download, page
from aipm.ui.brief_page_texts import Format, brief_page_texts
from aipm.ui.fragments import LONG, join
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

PAGE = "brief"
SAID = key(PAGE, "file.said")
MOST_PLACES = 8
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TEXT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def own() -> None:
    """The brief of this session as files; a file in its place."""
    texts = brief_page_texts().take
    brief = brief_state.brief()
    page.section(texts.title, sentence=texts.sentence)
    files(brief, now=brief_state.now(), unread=brief_state.unread())
    page.section(texts.open_title, sentence=texts.open)
    _said()
    widget = key(PAGE, "file")

    def opened() -> None:
        if (file := st.session_state[widget]) is not None:
            _open(file.getvalue())

    st.file_uploader(
        texts.open_title,
        type="json",
        max_upload_size=LARGEST // 1_000_000,
        key=widget,
        on_change=opened,
        label_visibility="collapsed",
    )


def files(brief: Brief, *, now: Now, unread: dict[str, Any] | None = None) -> None:
    """A row for each kind of file. What makes them runs outside the session, from what is taken along here."""
    texts, made = brief_page_texts().take, story.document(brief, now=now)
    at, after = clock.now().astimezone(clock.zone()), brief.product.name or "product"
    makers: dict[Format, tuple[str, str, Any]] = {
        "pptx": (".pptx", SLIDES, partial(_pptx, made, at)),
        "docx": (".docx", TEXT, partial(_docx, made, at)),
        "html": (".html", "text/html", partial(_html, made, at)),
        "markdown": (".md", "text/markdown", partial(_markdown, made)),
        "json": (".json", "application/json", partial(to_json, brief, saved=at.isoformat(), unread=unread)),
    }
    for name, (suffix, mime, make) in makers.items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"brief-file-{name}"):
            download.button(
                texts.names[name], make, page=PAGE, name=name, after=after, suffix=f"-brief{suffix}", mime=mime
            )
            page.draw(page.quiet(texts.says[name]))
    with st.expander(texts.preview, icon=":material/article:"):
        page.draw(document_view.view(made))


def _pptx(made: Document, at: datetime) -> bytes:
    from aipm.brief.pptx_writer import pptx

    return pptx(made, generated=at)


def _docx(made: Document, at: datetime) -> bytes:
    from aipm.brief.docx_writer import docx

    return docx(made, generated=at)


def _html(made: Document, at: datetime) -> bytes:
    return written.html(made, generated=at).encode("utf-8", "replace")


def _markdown(made: Document) -> bytes:
    return written.markdown(made).encode("utf-8", "replace")


def _open(data: bytes) -> None:
    try:
        found = from_json(data)
    except Refusal as refusal:
        st.session_state[SAID] = refusal
        return
    brief_state.open_file(found)
    st.session_state[SAID] = found


def _said() -> None:
    """What became of the file that was opened last; what could not be read, as long as the next file will hold it."""
    texts, found, unread = brief_page_texts().take, st.session_state.get(SAID), brief_state.unread()
    lines = []
    if isinstance(found, Refusal):
        page.refused(texts.refused, found)
    elif isinstance(found, Opened):
        counts = {part: len(getattr(found.brief, part)) for part in ("entries", "forms", "decisions")}
        lines.append(texts.opened.format(**counts))
        if found.newer:
            lines.append(texts.newer)
    if unread:
        more = " …" if len(unread) > MOST_PLACES else ""
        lines.append(texts.unread.format(places=", ".join(list(unread)[:MOST_PLACES]) + more))
    if lines:
        drawn = join(Html(f"<p>{markup(line, limit=LONG)}</p>") for line in lines)
        page.draw(Html(f'<div class="answer is-reference" role="status">{drawn}</div>'))
