"""Who is in the data, beside a population that the person types or opens."""

import hashlib
from collections.abc import Sequence

import streamlit as st

from aipm.content import number
from aipm.fairness import alone_words as words
from aipm.fairness.alone_section import Part, Present
from aipm.fairness.alone_texts import alone_texts
from aipm.fairness.representation import Population, number_of, populations, representation
from aipm.fairness.section import Table
from aipm.fairness.texts import short
from aipm.tables import Refusal, read
from aipm.ui import audit_alone_pieces as pieces
from aipm.ui import page
from aipm.ui.audit_deeper import Asked
from aipm.ui.audit_table import drawn
from aipm.ui.fragments import notes
from aipm.ui.memo import once
from aipm.ui.safe import markdown
from aipm.ui.state import kept

PAGE = "bias_audit"
MOST_TYPED = 12
KEPT = 6


def present(asked: Asked, column: str, parts: dict[tuple[str, str], Part]) -> None:
    """The comparison where there is a population, else who is in the data; below, the population."""
    said = alone_texts().present
    place = st.container()
    with st.expander(said.compare, icon=":material/groups:"):
        given, source = _asked_for(asked, column)
    with place:
        if given is None:
            parts.pop(("present", column), None)
            page.draw(drawn(_alone(asked, column)), page.quiet(said.fill))
            return
        try:
            tolerance = asked.spec.tolerance
            question = (asked.question, given)
            found = once(
                PAGE,
                "deeper.alone.present",
                question,
                lambda: representation(asked.counts, given, tolerance=tolerance),
                keep=KEPT,
            )
        except Refusal as refusal:
            page.refused(refusal.message, refusal)
            return
        parts["present", column] = Present(found=found, source=source, tolerance=tolerance)
        page.draw(
            *pieces.lines(words.present_lines(found, tolerance=tolerance)), pieces.shares(found, tolerance=tolerance)
        )
        with st.expander(said.caption, icon=":material/table_rows:"):
            page.draw(drawn(words.present_table(found)), notes(said.notes))


def _alone(asked: Asked, column: str) -> Table:
    """The groups of the data, without anything beside them."""
    said = alone_texts().present
    sizes = [
        (short(each.group), each.metrics["count"].value or 0.0)
        for each in asked.result.groups
        if [name for name, _ in each.group] == [column]
    ]
    sizes.sort(key=lambda each: -each[1])
    total = sum(size for _, size in sizes) or 1.0
    rows = tuple((name, number.count(size), number.rate(size / total)) for name, size in sizes)
    return Table(caption=said.alone_caption, head=said.alone_columns, rows=rows)


def _asked_for(asked: Asked, column: str) -> tuple[Population | None, str]:
    """The population that was typed or opened, if any, and where it comes from."""
    said = alone_texts().present
    page.draw(page.quiet(said.ask))
    place = asked.counts.columns.index(column)
    names = [name for name in asked.counts.values[place] if name is not None]
    # By the place in the file: the one among the groups changes with the choice of groups, and would pass numbers on.
    token = f"{asked.token}.alone.{asked.table.columns.index(column)}"
    typed = _typed(names, token) if len(names) <= MOST_TYPED else []
    more = st.text_area(said.more, help=said.more_help, height=80, **kept(PAGE, f"{token}.more"))
    file = st.file_uploader(said.upload, help=said.upload_help, key=f"{PAGE}.{token}.file")
    source = st.text_input(said.source, help=said.source_help, max_chars=200, **kept(PAGE, f"{token}.source"))
    try:
        if file is not None:
            opened = _opened(file.getvalue(), asked, column)
            if opened is not None:
                return opened, source or ""
        for line in (more or "").splitlines():
            name, comma, amount = line.rpartition(",")
            if line.strip():
                typed.append((name.strip() if comma else line.strip(), number_of(amount if comma else "")))
    except Refusal as refusal:
        page.refused(refusal.message, refusal)
        return None, ""
    if sum(amount is not None for _, amount in typed) < 2:
        return None, ""
    return Population(column=column, numbers=tuple(typed)), source or ""


def _typed(names: Sequence[str], token: str) -> list[tuple[str, float]]:
    """A field a group; those left empty are not part of the population."""
    said, found = alone_texts().present, []
    columns = st.columns(3)
    for k, name in enumerate(names):
        group = hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:12]
        with columns[k % 3]:
            amount = st.number_input(
                said.number.format(group=markdown(name, limit=60)),
                min_value=0.0,
                value=None,
                format="%g",
                **kept(PAGE, f"{token}.share.{group}"),
            )
        if amount is not None:
            found.append((name, float(amount)))
    return found


def _opened(content: bytes, asked: Asked, column: str) -> Population | None:
    """The population of this column in a file. Raises Refusal."""
    table = once(PAGE, "deeper.alone.population", content, lambda: read(content), keep=2)
    lines = table.head(min(table.row_count or 0, 2_000))
    order = (column, *(each for each in asked.spec.groups if each != column))
    return next((each for each in populations(table.columns, lines, order) if each.column == column), None)
