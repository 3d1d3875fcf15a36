"""Opening a decision record again: what was asked comes back, and what has changed since is said."""

from decimal import DecimalException

import streamlit as st

from aipm.content import number
from aipm.selection.cost import Workload
from aipm.selection.exports import File, opened
from aipm.selection.needs import Needs
from aipm.selection.own import Value, entered_from
from aipm.selection.record import Asked, DecisionRecord
from aipm.selection.since import PriceChange, Since, since
from aipm.selection.weighing import Weighing
from aipm.tables import Refusal
from aipm.ui import page, scorer_undo
from aipm.ui.fragments import notes
from aipm.ui.scorer_address import held_needs
from aipm.ui.scorer_state import VIEW, held, hold
from aipm.ui.scorer_texts import ScorerPage, scorer_page
from aipm.ui.scorer_words import money
from aipm.ui.scorer_workload import take_workload

MOST = 8
"""Lines of one kind."""


def reopen(text: ScorerPage) -> None:
    """Where a record is opened; what was refused is said, and nothing has changed then."""
    said = text.reopen

    def uploaded() -> None:
        file = st.session_state[scorer_undo.SAVED]
        if file is not None:
            hold("opened", _open(file.getvalue()))

    with st.expander(said["title"], icon=":material/folder_open:"):
        page.draw(page.quiet(said["sentence"]))
        st.file_uploader(said["label"], key=scorer_undo.SAVED, on_change=uploaded)
    refused = held("opened", None)
    if isinstance(refused, Refusal):
        page.refused(said["refused"], refused)


def _open(data: bytes) -> File | Refusal:
    """The file, taken up; or why not. Every part is checked before anything on the page is touched."""
    said = scorer_page()
    try:
        file = opened(data)
        needs, workload, weighing, entered = _parts(file.record.asked)
    except Refusal as refusal:
        return refusal
    told = said.taken["opened"].format(day=file.day or said.taken["no_day"], decision=file.record.decision)
    scorer_undo.take({**held_needs(needs), "weighing": weighing, "entered": entered}, told=told)
    take_workload(workload)
    st.session_state[VIEW] = "model"
    return file


def _parts(asked: Asked | None) -> tuple[Needs, Workload, Weighing, dict[str, dict[str, Value]]]:
    """What a record says was asked, each part checked by whose it is. Raises Refusal."""
    said = scorer_page().reopen
    if asked is None:
        raise Refusal("not_asked", said["not_asked"], advice=said["advice"])
    try:
        workload = Workload.from_plain(asked.workload)
    except DecimalException as problem:  # what is no number cannot even be compared with one
        raise Refusal("workload", said["no_number"], advice=said["advice"]) from problem
    return Needs.from_dict(asked.needs), workload, Weighing.from_dict(asked.weighing), entered_from(asked.entered)


def changed(current: DecisionRecord, text: ScorerPage) -> None:
    """What is otherwise than in the record that was opened; nothing where none was."""
    file = held("opened", None)
    if not isinstance(file, File):
        return
    said = text.since
    page.section(said["title"], sentence=said["sentence"].format(day=file.day or text.taken["no_day"]))
    lines = [] if _parts(current.asked) == _parts(file.record.asked) else [said["changed"]]
    page.draw(notes([*lines, *told(since(file.record, current), text)]))


def told(found: Since, text: ScorerPage) -> list[str]:
    """What has changed, a line a thing, what matters most first."""
    said = text.since

    def names(given: tuple[str, ...]) -> str:
        more = f" … (+{len(given) - MOST})" if len(given) > MOST else ""
        return f"{', '.join(given[:MOST])}{more}" if given else said["nobody"]

    if found.same_first:
        lines = [said["same"].format(first=names(found.first_now))]
    else:
        lines = [said["first"].format(then=names(found.first_then), now=names(found.first_now))]
    lines += [said[kind].format(names=names(given)) for kind in ("gone", "new") if (given := getattr(found, kind))]
    lines += [_price(each, text) for each in found.prices[:MOST]]
    if len(found.prices) > MOST:
        lines.append(said["more"].format(count=number.count(len(found.prices) - MOST)))
    lines += [said["moved"].format(name=each.name, then=each.then, now=each.now) for each in found.moved[:MOST]]
    lines += [
        said["version"].format(name=each.name, then=each.then or said["unnamed"], now=each.now or said["unnamed"])
        for each in found.versions[:MOST]
    ]
    return [*lines, said["nothing"]] if found.nothing else lines


def _price(each: PriceChange, text: ScorerPage) -> str:
    said = text.since
    figures = {"name": each.item, "then": money(each.then), "now": money(each.now), "unit": each.unit}
    if each.relative is None:
        return said["priced"].format(**figures)
    return said["price"].format(**figures, change=f"{each.relative:+.0%}".replace("-", number.MINUS))
