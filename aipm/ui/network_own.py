"""Somebody's own points in the lab: a small file with two columns of numbers and a label. It stays in the session."""

from dataclasses import dataclass
from hashlib import sha256

import streamlit as st

from aipm.content.visible import distinct, visible
from aipm.labs import own_points
from aipm.labs.network_spec import NetworkSpec
from aipm.labs.points import Points
from aipm.tables import Limits, Refusal, read
from aipm.ui import page
from aipm.ui.memo import once
from aipm.ui.network_address import PAGE
from aipm.ui.network_texts import NetworkPage, OwnTexts
from aipm.ui.state import kept, key

LIMITS = Limits(max_columns=200, max_unpacked_bytes=50_000_000, wall_seconds=20.0, cpu_seconds=20)
FILE = key(PAGE, "own.file")
NAME = 40
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Points, the names of classes 0 and 1 and of both axes (untrusted), and what tells these points from others."""

    points: Points
    names: tuple[str, str]
    axes: tuple[str, str]
    token: str


def choose(spec: NetworkSpec, text: NetworkPage) -> Own | None:
    """Draw the upload and the choice of columns; None as long as there is nothing to learn from, which is said."""
    said = text.own
    page.draw(page.quiet(said.sentence))
    upload = st.file_uploader(said.upload, key=key(PAGE, "own.upload"), max_upload_size=said.most_megabytes)
    if upload is not None:
        st.session_state[FILE] = upload.getvalue()
    content: bytes | None = st.session_state.get(FILE)
    if content is None:
        page.draw(page.quiet(said.ask))
        return None
    try:
        return _chosen(content, spec, said)
    except Refusal as refusal:
        page.refused(said.refused, refusal)
        return None


def _chosen(content: bytes, spec: NetworkSpec, said: OwnTexts) -> Own:
    if len(content) > said.most_megabytes * 1_000_000:
        raise Refusal("too_large", said.too_large.format(most=said.most_megabytes), advice=said.too_large_advice)
    digest = sha256(content).hexdigest()[:16]
    heads, rows = once(PAGE, "own.rows", digest, lambda: _rows(content), working=said.read)
    found = own_points.columns(rows)
    if len(found.numbers) < 2:
        raise Refusal("no_numbers", said.no_numbers, advice=said.check)
    if not found.labels:
        raise Refusal("no_label", said.one_value, advice=said.check)
    last = next((each for each in reversed(found.labels) if each not in found.numbers[:2]), found.labels[-1])
    one, two, three, four = st.columns(4)
    with one:
        x = st.selectbox(
            said.x,
            found.numbers,
            format_func=distinct(found.numbers, written=lambda each: visible(heads[each], limit=NAME)),
            **kept(PAGE, f"own.x.{digest}"),
        )
    with two:
        y = st.selectbox(
            said.y,
            found.numbers,
            index=1,
            format_func=distinct(found.numbers, written=lambda each: visible(heads[each], limit=NAME)),
            **kept(PAGE, f"own.y.{digest}"),
        )
    with three:
        label = st.selectbox(
            said.label,
            found.labels,
            index=found.labels.index(last),
            format_func=distinct(found.labels, written=lambda each: visible(heads[each], limit=NAME)),
            **kept(PAGE, f"own.label.{digest}"),
        )
    values = own_points.values(rows, label)
    with four:
        which = st.selectbox(
            said.one,
            range(len(values)),
            format_func=distinct(range(len(values)), written=lambda each: visible(values[each], limit=NAME)),
            **kept(PAGE, f"own.one.{digest}.{label}"),
        )
    points = own_points.points(
        rows, x=x, y=y, label=label, one=values[which], train_share=spec.learn_from / 100, seed=spec.seed
    )
    used = said.used.format(used=f"{len(points.label):,}", rows=f"{len(rows):,}")
    page.draw(page.quiet(used))
    other = values[1 - which] if len(values) == 2 else said.rest.format(one=values[which])
    return Own(
        points=points,
        names=(other, values[which]),
        axes=(f"{heads[x]} (x)", f"{heads[y]} (y)"),
        token=f"{digest}.{x}.{y}.{label}.{which}",
    )


def _rows(content: bytes) -> tuple[tuple[str, ...], Rows]:
    """Names of the columns and the first rows, as text. Raises Refusal."""
    table = read(content, limits=LIMITS)
    return table.columns, tuple(map(tuple, table.head(own_points.MOST_ROWS)))
