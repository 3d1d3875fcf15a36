"""What a person takes away from an audit: report, numbers, plain data, and the command that repeats it."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import chain

import streamlit as st

from aipm.brief.entry import disclosure_threshold
from aipm.content.visible import visible
from aipm.fairness.command import audit_command
from aipm.fairness.result import AuditResult
from aipm.tables import ReadOptions
from aipm.ui import audit_deeper, brief_add, brief_entries_data, download, page
from aipm.ui.audit_deeper import Asked
from aipm.ui.state import kept
from aipm.ui.upload import Source

PAGE = "bias_audit"
THRESHOLDS = (11, 10, 5, 0)


@st.fragment
def draw(asked: Asked, *, source: Source, options: ReadOptions, texts: dict[str, str]) -> None:
    """Downloads are made when they are asked for; small groups are hidden in all of them."""
    result, besides = asked.result, audit_deeper.sections(asked)
    page.section(texts["title"])
    threshold = st.segmented_control(
        texts["threshold"],
        THRESHOLDS,
        default=THRESHOLDS[0],
        format_func=lambda rows: str(rows) if rows else texts["unhidden"],
        required=True,
        help=texts["threshold_help"],
        **kept(PAGE, "threshold_shown"),
    )

    def shown() -> AuditResult:
        from aipm.fairness.disclosure import suppress

        return suppress(result, threshold=threshold) if threshold else result

    def report() -> bytes:
        from aipm.fairness.report import render

        sections = audit_deeper.made(besides.values(), threshold)
        looked_at = chain.from_iterable(each.options for each in sections)
        return render(
            shown(),
            reading=asked.table.reading,
            file_name=source.name,
            command=audit_command(source.name, result.spec, options, besides=looked_at),
            generated=datetime.now(UTC),
            threshold=threshold,
            sections=sections,
        ).encode()

    def numbers() -> bytes:
        from aipm.fairness.exports import to_csv

        return to_csv(shown()).encode("utf-8-sig")

    def plain() -> bytes:
        from aipm.fairness.exports import to_json

        return to_json(shown(), indent=1).encode()

    made: tuple[tuple[str, Callable[[], bytes], str, str], ...] = (
        ("report", report, "-audit.html", "text/html"),
        ("numbers", numbers, "-audit.csv", "text/csv"),
        ("plain", plain, "-audit.json", "application/json"),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, make, suffix, mime in made:
            download.button(texts[name], make, page=PAGE, name=name, after=source.name, suffix=suffix, mime=mime)
        brief_add.offer(
            "bias_audit",
            lambda: brief_entries_data.audit(
                result, audit_deeper.made(besides.values(), disclosure_threshold()), parts=besides
            ),
            parts=besides,
        )
    st.markdown(texts["command"])
    command = audit_command(source.name, result.spec, options)
    st.code(visible(command, limit=4_000), language=None, wrap_lines=True)
