"""What is taken away from the mapper: Markdown, CSV and JSON, made when they are asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from aipm.ui import brief_add, download
from aipm.ui.mapper_state import PAGE
from aipm.ui.mapper_texts import MapperPage
from aipm.ui.mapper_work import made_by, today

if TYPE_CHECKING:
    from aipm.brief.entry import Entry

Maker = Callable[..., str]
KINDS = (("markdown", ".md", "text/markdown"), ("csv", ".csv", "text/csv"), ("json", ".json", "application/json"))


def buttons(
    kind: str,
    thing: Callable[[], Any],
    makers: tuple[Maker, Maker, Maker],
    *,
    after: str,
    text: MapperPage,
    tool: str | None = None,
    entry: "Callable[[], Entry] | None" = None,
) -> None:
    """Three downloads of a thing, made when they are pressed and named after `after`; its way into the brief."""

    def maker(make: Maker, name: str) -> Callable[[], bytes]:
        mark = "utf-8-sig" if name == "csv" else "utf-8"  # spreadsheets take a file without the mark for another code
        return lambda: make(thing(), made_by=made_by(), day=today()).encode(mark)

    with st.container(horizontal=True, vertical_alignment="center"):
        for (name, suffix, mime), make in zip(KINDS, makers, strict=True):
            download.button(
                text.export[name],
                maker(make, name),
                page=PAGE,
                name=f"{kind}.{name}",
                after=after,
                suffix=f"-{kind}{suffix}",
                mime=mime,
            )
        if tool is not None and entry is not None:
            brief_add.offer(tool, entry)
