"""Metrics by groups as a table: the number, how far it lies from the reference, and in which direction.

Purple and ▼ for lower than the reference, teal and ▲ for higher; the further off, the stronger. Grey is not rated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aipm.ui.fragments import LONG, scrolling, verdict_class, word
from aipm.ui.safe import Html, markup

STRONGEST = 40
"""Per cent of the mark's colour in the strongest cell; text on it keeps 4.5 : 1 on both pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """`value` and `difference` are formatted; `distance` in [−1, 1] is how far from the reference, for the colour
    (None: not compared). `verdict` as for `fragments.word`. `note` is read out and shown on pointing at the cell.
    """

    value: str
    difference: str = ""
    distance: float | None = None
    verdict: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    name: str
    cells: tuple[MatrixCell, ...]
    detail: str = ""


def matrix(columns: Sequence[str], rows: Sequence[MatrixRow], *, caption: str) -> Html:
    """`columns` names the metrics, one per cell of a row; `caption` says what is shown and against what."""
    head = "".join(f'<th scope="col" class="number">{markup(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{markup(row.name)}{_small(row.detail)}</th>{"".join(map(_cell, row.cells))}</tr>'
        for row in rows
    )
    return scrolling(
        Html(
            f'<table class="matrix"><thead><tr><th scope="col">Group</th>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table>"
        ),
        label=caption,
    )


def _cell(cell: MatrixCell) -> str:
    strength = 0 if _unrated(cell) else round(min(abs(cell.distance or 0.0), 1.0) * STRONGEST)
    direction: Literal["lower", "higher", ""] = ""
    if strength:
        direction = "lower" if (cell.distance or 0.0) < 0 else "higher"
    classes = " ".join(name for name in (direction, "unrated" if _unrated(cell) else "") if name)
    title = f' title="{markup(cell.note, limit=LONG)}"' if cell.note else ""
    spoken = f'<span class="unseen">{markup(cell.note, limit=LONG)}</span>' if cell.note else ""
    return (
        f'<td class="{classes}" style="--strength:{strength}%"{title}>'
        f"{_sign(cell)}{markup(cell.value)}{_difference(cell, direction)}{spoken}</td>"
    )


def _unrated(cell: MatrixCell) -> bool:
    return cell.verdict in {"not_enough_data", "not_computable"}


def _sign(cell: MatrixCell) -> str:
    """Only a gap and a missing rating are marked: a sign in every cell would be none."""
    if cell.verdict is None or (cell.verdict != "gap" and not _unrated(cell)):
        return ""
    spoken = markup(word(cell.verdict))
    sign = f'<span class="sign"></span><span class="unseen">{spoken} </span>'
    return f'<span class="{verdict_class(cell.verdict)}">{sign}</span>'


def _difference(cell: MatrixCell, direction: str) -> str:
    if not cell.difference:
        return ""
    arrow = {"lower": "▼ ", "higher": "▲ "}.get(direction, "")
    word = f'<span class="unseen">{direction} </span>' if direction else ""
    return f'<small><span aria-hidden="true">{arrow}</span>{word}{markup(cell.difference)}</small>'


def _small(text: str) -> str:
    return f"<small><br>{markup(text)}</small>" if text else ""
