"""Own candidates and own facts on the page: three ways to enter them, what takes part, what was changed, and undo."""

from collections.abc import Iterable

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct, visible
from aipm.selection.needs import Needs, cell, need_texts, weights
from aipm.selection.offers import Candidate
from aipm.selection.own import MOST, own_texts, said_of, same_name
from aipm.selection.own_offers import instead, usual
from aipm.selection.own_tables import Brought, brought, template, too_many
from aipm.tables import Refusal, read
from aipm.ui import download, page, scorer_own_add, upload
from aipm.ui.fragments import notes
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.scorer_own_state import change, entered, last, remarks, undo
from aipm.ui.scorer_own_table import asked_of_team, table
from aipm.ui.scorer_state import PAGE, bound, held, hold, now
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_work import catalogue, screened, workload
from aipm.ui.state import key

FILE = f"{PAGE}.own"
"""What the upload's keys begin with: the page may have others."""
MOST_REMARKS = 12
MOST_LINES = 20


def own(needs: Needs, text: ScorerPage) -> None:
    """The section, folded; it opens by itself when something is asked for that only the team can know."""
    asked = asked_of_team(needs)
    widget = bound("own.open", False)
    if asked != held("own.asked", ()):
        hold("own.asked", asked)
        if asked:
            hold("own.way", "table")
            st.session_state[key(PAGE, "own.way")] = "table"
            hold("own.open", True)
            st.session_state[widget["key"]] = True
    with st.expander(text.own.title, **widget) as box:
        if box.open:
            _inside(needs, asked, text)


def record_lines(text: ScorerPage) -> list[str]:
    """What was entered, for a record: own candidates with all that is said of them, and every fact that was changed."""
    said, lines = text.own, []
    listed = _listed()
    for name, values in entered().items():
        if name not in listed:
            facts = "; ".join(said_of(field, kept) for field, kept in values.items())
            lines.append(said.record_own.format(name=name, facts=facts or said.record_nothing))
        for field, kept in values.items() if name in listed else ():
            told = instead(usual(listed[name], field, at=now()))
            lines.append(said.record_changed.format(name=name, fact=said_of(field, kept), instead=told))
    return lines


def _inside(needs: Needs, asked: tuple[str, ...], text: ScorerPage) -> None:
    _take(needs, text)
    said, fields = text.own, own_texts().fields
    wanted = ", ".join(fields[field].name for field in asked)
    page.draw(page.quiet(said.needed.format(names=wanted) if asked else said.sentence))
    if not entered() and not asked:
        page.draw(page.quiet(said.empty))
    ways = said.ways
    held("own.way", "table" if asked else "add")
    way = st.segmented_control(
        said.way,
        tuple(ways),
        format_func=lambda each: text.own.ways[each],
        required=True,
        label_visibility="collapsed",
        **bound("own.way", "add"),
    )
    if way == "table":
        table(needs, text)
    elif way == "upload":
        _upload(text)
    else:
        scorer_own_add.add(needs, text)
    if told := remarks():
        page.draw(_announced(told, text))
    _candidates(needs, text)
    _changes(text)
    if what := last():
        label = said.undo.format(what=markdown(what))
        st.button(label, key=key(PAGE, "own.undo"), on_click=undo, icon=":material/undo:")


def _announced(told: tuple[str, ...], text: ScorerPage) -> Html:
    """The remarks on the last change, announced; the first few where there are many."""
    more = len(told) - MOST_REMARKS
    lines = [*told[:MOST_REMARKS], *([text.own.more.format(count=number.count(more))] if more > 0 else [])]
    return Html(f'<div role="status">{notes(lines)}</div>')


def _upload(text: ScorerPage) -> None:
    """A file of candidates, with a template to fill in; `_take` reads what comes."""
    said, listed = text.own, _listed()
    texts = said
    source = upload.choose(texts.upload, page=FILE, samples={}, invitation=said.upload_invitation)
    mine = {name: values for name, values in entered().items() if name not in listed}
    download.button(
        said.template,
        lambda: template(mine).encode("utf-8-sig"),
        page=PAGE,
        name="own.template",
        after=said.template_name,
        suffix=".csv",
        mime="text/csv",
    )
    told: tuple[str, str] | None = held("own.refused", None)
    if source is not None and told is not None:
        page.refused(said.refused, Refusal("own", told[0], advice=told[1]))


def _take(needs: Needs, text: ScorerPage) -> None:
    """Take a file that came and was not taken yet, whatever is shown now; a run that was cut short begins it again."""
    source: upload.Source | None = st.session_state.get(key(FILE, "source"))
    place = st.empty()
    if source is None or source is held("own.source", None):
        return
    with place:
        page.at_work(text.own.reading)
    try:
        found = brought(read(source.data), catalogue=_listed(), task=_task(needs))
        _merge(found, text)
        hold("own.refused", None)
    except Refusal as refusal:
        hold("own.refused", (refusal.message, refusal.advice))
    hold("own.source", source)
    place.empty()


def _merge(found: Brought, text: ScorerPage) -> None:
    """What a file brings beside what there is, or in its place; with an account. Raises Refusal."""
    said, listed, fields = text.own, _listed(), own_texts().fields
    mine = {same_name(name): name for name in entered() if name not in listed}
    new = {mine.get(same_name(name), name): values for name, values in found.entered.items()}
    if (together := len({*mine.values(), *new})) > MOST:
        raise too_many(number.count(together))
    replaced = [name for name in new if name in mine.values()]
    lines = [said.taken.format(names=_named(new))]
    lines += [said.replaced.format(names=_named(replaced))] if replaced else []
    known = ((visible(heading), fields[field].name) for heading, field in found.used)
    used = ", ".join(heading if heading == name else f"{heading} ({name})" for heading, name in known)
    lines += [said.used.format(columns=used), *found.remarks]
    change(entered() | new, said.did_upload.format(count=number.count(len(new))), catalogue=listed, remarks=lines)


def _listed() -> dict[str, Candidate]:
    """The catalogue by name."""
    return {each.model.name: each for each in catalogue(workload())}


def _task(needs: Needs) -> str:
    """What an own candidate is taken to do where nobody says: what is asked for, else the first that is offered."""
    asked = dict(needs.musts).get("task")
    return str(asked) if asked else next(iter(need_texts().questions["task"].options or {}))


def _named(found: Iterable[str]) -> str:
    names = list(found)
    more = len(names) - MOST_REMARKS
    return ", ".join(names[:MOST_REMARKS]) + (f" … (+{number.count(more)})" if more > 0 else "")


def _candidates(needs: Needs, text: ScorerPage) -> None:
    """The own candidates, whether each takes part and else why not, and taking one out."""
    said = text.own
    listed = _listed()
    mine = [name for name in entered() if name not in listed]
    if not mine:
        return
    found = screened(needs, workload())
    out = {each.name: "; ".join(one.text for one in each.failures) for each in found.screening.excluded}
    by_name = {each["name"]: each for each in found.left}
    lines = []
    for name in mine[:MOST_LINES]:
        lacking = [
            need_texts().criteria[each].name for each in weights(needs) if cell(each, by_name.get(name, {})) is None
        ]
        if name in out:
            lines.append(said.out.format(name=name, reasons=out[name]))
        elif lacking:
            lines.append(said.unranked.format(name=name, names=", ".join(lacking)))
        else:
            lines.append(said.takes_part.format(name=name))
    if len(mine) > MOST_LINES:
        lines.append(f"… (+{number.count(len(mine) - MOST_LINES)})")
    page.draw(Html(f"<h3>{markup(said.yours)}</h3>"), notes(lines))
    widget = bound("own.remove", None)
    if st.session_state.get(widget["key"]) not in mine:
        hold("own.remove", None)
        st.session_state[widget["key"]] = None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            said.remove,
            tuple(mine),
            format_func=distinct(mine),
            placeholder=said.remove_placeholder,
            **widget,
        )
        st.button(
            said.removed, key=key(PAGE, "own.removed"), disabled=chosen is None, on_click=_remove, args=(chosen, text)
        )


def _remove(name: str, text: ScorerPage) -> None:
    """Callback: an own candidate is taken out."""
    rest = {each: values for each, values in entered().items() if each != name}
    change(rest, text.own.did_remove.format(name=name), catalogue=())


def _changes(text: ScorerPage) -> None:
    """Every fact of the catalogue's that was changed, with what the catalogue says, and a way back."""
    said, fields = text.own, own_texts().fields
    listed = _listed()
    found = [
        (name, field, kept) for name, values in entered().items() if name in listed for field, kept in values.items()
    ]
    if not found:
        return
    page.draw(Html(f"<h3>{markup(said.changed)}</h3>"))
    for name, field, kept in found[:MOST_LINES]:
        told = said.change.format(
            name=name, fact=said_of(field, kept), instead=instead(usual(listed[name], field, at=now()))
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(markdown(told, limit=2_000))
            label = said.back_help.format(name=markdown(name), fact=markdown(fields[field].name))
            st.button(
                said.back,
                key=key(PAGE, f"own.back.{name}.{field}"),
                help=label,
                on_click=_back,
                args=(name, field, text),
            )
    if len(found) > MOST_LINES:
        page.draw(page.quiet(said.more.format(count=number.count(len(found) - MOST_LINES))))


def _back(name: str, field: str, text: ScorerPage) -> None:
    """Callback: the catalogue's value counts again."""
    new = {each: dict(values) for each, values in entered().items()}
    new.get(name, {}).pop(field, None)
    what = text.own.did_back.format(fact=own_texts().fields[field].name, name=name)
    change(new, what, catalogue=[name])
