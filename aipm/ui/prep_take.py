"""What a person takes away: all files in one, or one by one; each made when it is asked for."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

import streamlit as st

from aipm.content import number
from aipm.content.visible import visible
from aipm.prep.frames import frame_of
from aipm.prep.source import COPY, Source, source_of
from aipm.prep.takeaway import DATABASE, KINDS, Write, archive, files
from aipm.prep.write import file_name as part_name
from aipm.ui import brief_add, brief_entries_data, download, page
from aipm.ui.fragments import LONG, Column, table
from aipm.ui.memo import once
from aipm.ui.prep_reopen import reopen
from aipm.ui.prep_state import PAGE, notes
from aipm.ui.prep_texts import TakeTexts, counted, prep_page
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html, file_name, markup
from aipm.ui.state import kept

MIMES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "yaml": "application/yaml",
    "json": "application/json",
    "py": "text/x-python",
    "html": "text/html",
    "gz": "application/gzip",
}


def panel(work: Work) -> None:
    """The panel: how large each part is, the formats, what is in the archive, the downloads; an earlier recipe."""
    said = prep_page().take
    page.section(said.title, sentence=said.sentence)
    if not work.recipe.steps:
        page.draw(page.quiet(said.as_is))
    if work.prepared.failed:
        page.draw(page.quiet(said.failed.format(steps=counted("step", len(work.prepared.failed)))))
    page.draw(_parts(work, said))
    further = st.pills(
        said.formats.label,
        KINDS[1:],
        selection_mode="multi",
        format_func=lambda kind: said.format_names[kind],
        help=said.formats.help,
        **kept(PAGE, "formats"),
    )
    source = _source(work)
    _contents(work, source, said)
    name = source.file
    with st.container(horizontal=True, vertical_alignment="center"):
        download.button(
            said.all,
            lambda: archive(_files(work, source, further)),
            page=PAGE,
            name="all",
            after=name,
            suffix="-prepared.zip",
            mime="application/zip",
        )
        brief_add.offer("data_prep", lambda: brief_entries_data.preparation(work))
    with st.expander(said.single):
        _single(work, source, further)
    page.draw(page.quiet(said.run))
    st.code(visible(f"python prepare.py {source.reads}", limit=400), language=None)
    reopen(work)


def _parts(work: Work, said: TakeTexts) -> Html:
    rows = [
        (
            said.parts.get(name, name),
            number.count(len(part)),
            number.count(len(part.columns)),
            number.count(int(part.isna().sum().sum())),
        )
        for name, part in work.prepared.parts.items()
    ]
    columns = [Column(name=name, number=place > 0) for place, name in enumerate(said.columns)]
    return table(columns, rows, caption=said.contents)


def _source(work: Work) -> Source:
    """How the script reads the file; the name of an uploaded file is a stranger's, and is made harmless."""
    opened = work.opened
    stem, dot, suffix = opened.source.name.rpartition(".")
    plain = file_name(stem if dot else suffix, suffix="")
    ending = "".join(each for each in suffix if each.isascii() and each.isalnum())[:8] if dot else ""
    harmless = f"{plain}.{ending}" if ending else plain
    question = (opened.token, tuple(work.renamed.items()), harmless)
    return once(
        PAGE,
        "source",
        question,
        lambda: source_of(
            opened.table, frame_of(opened.table), opened.source.data, name=harmless, renamed=work.renamed
        ),
    )


def _files(work: Work, source: Source, further: Sequence[str]) -> Iterator[tuple[str, Write]]:
    return files(
        work.recipe,
        work.prepared,
        source,
        reading=work.opened.table.reading,
        generated=datetime.now(UTC),
        findings=work.profile.findings,
        kinds=further,
        known=notes(),
    )


def _contents(work: Work, source: Source, said: TakeTexts) -> None:
    """What each file is for; the copy only where it is needed."""
    named = {"parts": ", ".join(map(part_name, work.prepared.parts))}
    lines = [
        f"<li><b>{markup(named.get(name, name))}</b>: {markup(what, limit=LONG)}</li>"
        for name, what in said.files.items()
        if name != COPY or source.copy is not None
    ]
    page.draw(Html(f'<ul class="notes">{"".join(lines)}</ul>'))


def _single(work: Work, source: Source, further: Sequence[str]) -> None:
    kinds = [kind for kind in ("csv", *further) if kind != "sqlite"]
    names = [part_name(part, kind) for part in work.prepared.parts for kind in kinds]
    names += [DATABASE] if "sqlite" in further else []
    names += ["recipe.yaml", "fitted.json", "prepare.py", "report.html", *([COPY] if source.copy is not None else [])]

    def made(wanted: str) -> bytes:
        held = BytesIO()
        next(write for name, write in _files(work, source, further) if name == wanted)(held)
        return held.getvalue()

    with st.container(horizontal=True):
        for name in names:
            st.download_button(
                visible(name),
                data=partial(made, name),
                file_name=visible(name),
                mime=MIMES.get(name.rpartition(".")[2], "application/octet-stream"),
                key=f"{PAGE}.single.{name}",
                on_click="ignore",
            )
