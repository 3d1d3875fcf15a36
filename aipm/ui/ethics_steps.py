"""A form filled in step by step: what is missing first, one step at a time, rows opened one by one, a way to the gap.

A field's widget follows from its type in the form; its words from content. Only the row that is opened is drawn.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from types import UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import streamlit as st

from aipm import content
from aipm.governance.fields import ANSWERS, next_id
from aipm.governance.form_texts import FieldText, FormTexts, Gap, RowsText
from aipm.ui import address, governance_fields, page
from aipm.ui.fragments import LONG, notes
from aipm.ui.governance_state import change, form
from aipm.ui.governance_texts import governance_texts
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

MOST_GAPS = 4
SHORT = 48
"""Characters of a row's name on its button."""
Put = Callable[[Any], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTexts:
    """content/ethics_steps.yaml: words of every form that is filled in step by step."""

    step: str
    before: str
    after: str
    gap: str
    more_gaps: str
    rows: str
    sources: str
    as_of: str
    download: str
    kinds: dict[str, str]
    take_title: str
    take: str


@cache
def step_texts() -> StepTexts:
    """Read once. Raises ContentError."""
    found: StepTexts = content.load("ethics_steps", StepTexts)
    return found


def said_answer(*lines: str, done: bool) -> None:
    """What is still missing, or that nothing is, in a sentence or two."""
    said = "".join(f"<p>{markup(line, limit=LONG)}</p>" for line in lines)
    sign = "is-within-tolerance" if done else "is-inconclusive"
    page.draw(Html(f'<div class="answer {sign}" role="status">{said}</div>'))


def missing(view: str, texts: FormTexts, gaps: Sequence[Gap], *, empty: bool, lead: str = "") -> None:
    """What is missing in one sentence, the first few of it, and the way to the first; `lead` is said before it."""
    said = step_texts()
    if empty:
        said_answer(texts.start, done=False)
        return
    if not gaps:
        said_answer(*filter(None, (lead, texts.done)), done=True)
        return
    first = texts.said(gaps[0])
    said_answer(*filter(None, (lead, texts.open.format(count=len(gaps), first=first))), done=False)
    more = [texts.said(gap) for gap in gaps[1 : MOST_GAPS + 1]]
    if more:
        left = len(gaps) - 1 - len(more)
        page.draw(notes([*more, *([said.more_gaps.format(count=left)] if left > 0 else [])]))
    step = texts.gaps[gaps[0].code].step

    def go() -> None:
        address.put(step=None if step == next(iter(texts.steps)) else step)
        if gaps[0].row is not None:
            for name in texts.steps[step].fields:
                st.session_state[opened(view, name)] = gaps[0].row

    st.button(
        said.gap.format(step=markdown(texts.steps[step].name)),
        key=key("ethics", f"{view}.gap"),
        on_click=go,
        icon=":material/arrow_downward:",
    )


def steps(view: str, kind: type[Any], texts: FormTexts, parts: Mapping[str, Callable[[], None]] | None = None) -> None:
    """The step that is wanted, with its fields; `parts` draw what is no field of the form, by name."""
    said, names = step_texts(), tuple(texts.steps)
    now = address.asked("step", names, names[0])
    st.segmented_control(
        said.step,
        names,
        format_func=lambda each: markdown(f"{names.index(each) + 1}. {texts.steps[each].name}"),
        required=True,
        label_visibility="collapsed",
        **address.held(f"ethics.{view}", "step", now, default=names[0]),
    )
    page.draw(Html(f"<h3>{markup(texts.steps[now].name)}</h3>"), page.quiet(texts.steps[now].sentence))
    for pair in _together(texts.steps[now].fields, texts.fields):
        _pair(f"{view}.{pair[0]}", [partial(_part, view, kind, name, texts, parts or {}) for name in pair])
    place = names.index(now)
    with st.container(horizontal=True):
        if place:
            _turn(view, said.before, names[place - 1], first=names[0], name="before")
        if place + 1 < len(names):
            to = names[place + 1]
            _turn(view, said.after.format(step=markdown(texts.steps[to].name)), to, first=names[0], name="after")


def _part(view: str, kind: type[Any], name: str, texts: FormTexts, parts: Mapping[str, Callable[[], None]]) -> None:
    if name in parts:
        parts[name]()
    elif name in texts.rows:
        rows(view, kind, name, texts.rows[name])
    else:
        field(view, kind, name, texts.fields[name])


def _pair(name: str, parts: Sequence[Callable[[], None]]) -> None:
    """Draw these side by side where there is room, or one alone; `name` is that of the pair."""
    if len(parts) == 1:
        parts[0]()
        return
    with st.container(key=key("ethics", f"pair.{name}").replace(".", "-")):
        for column, part in zip(st.columns(len(parts), gap="small"), parts, strict=True):
            with column:
                part()


def _together(names: Sequence[str], texts: Mapping[str, FieldText]) -> list[list[str]]:
    """Names of fields, those together that stand beside each other."""
    found: list[list[str]] = []
    for name in names:
        if found and name in texts and texts[name].beside:
            found[-1].append(name)
        else:
            found.append([name])
    return found


def _turn(view: str, said: str, to: str, *, first: str, name: str) -> None:
    address.goes(f"ethics.{view}", said, {"step": None if to == first else to}, name=name, icon=None)


def field(view: str, kind: type[Any], name: str, text: FieldText) -> None:
    """The widget of a field of the form."""
    widget(
        f"{view}.{name}", hint(kind, name), getattr(form(kind), name), text, lambda value: change(kind, **{name: value})
    )


def widget(name: str, hint: Any, value: Any, text: FieldText, put: Put) -> None:
    """The widget that fits a field's type."""
    label, told = text.label, text.help
    if get_origin(hint) is tuple:
        _many(name, value, text, put)
    elif hint is date:
        governance_fields.day(label, name=name, value=value, put=put, help=told)
    elif hint is int:
        st.number_input(
            markdown(label, limit=LONG),
            min_value=0,
            max_value=10_000,
            step=1,
            help=markdown(told, limit=LONG) if told else None,
            value=None,
            **governance_fields.held(name, value, put),
        )
    elif get_origin(hint) is Literal:
        words = text.options or cast("dict[str, str]", governance_texts().answers)
        options = tuple(words) if text.options else tuple(each for each in ANSWERS if each in get_args(hint))
        governance_fields.choice(label, options, name=name, value=value, put=put, words=words.__getitem__, help=told)
    else:
        governance_fields.text(
            label, name=name, value=value, put=put, long=text.long, help=told, placeholder=text.example
        )


def _many(name: str, value: Sequence[str], text: FieldText, put: Put) -> None:
    st.pills(
        markdown(text.label, limit=LONG),
        tuple(text.options),
        format_func=lambda each: markdown(text.options[each]),
        selection_mode="multi",
        help=markdown(text.help, limit=LONG) if text.help else None,
        **governance_fields.held(name, list(value), lambda chosen: put(tuple(chosen or ()))),
    )


def rows(
    view: str,
    kind: type[Any],
    name: str,
    text: RowsText,
    *,
    below: Callable[[Any], None] | None = None,
) -> None:
    """Rows by their names; the one that is pressed is opened and can be changed or taken out. `below` draws more."""
    said, known = step_texts(), getattr(form(kind), name)
    page.draw(Html(f'<h3 class="rows">{markup(text.title)}</h3>'), page.quiet(text.sentence if known else text.empty))
    place = opened(view, name)
    ids = tuple(row.id for row in known)
    if st.session_state.get(place) not in ids:
        st.session_state[place] = ids[0] if ids else None
    if ids:
        st.pills(
            said.rows.format(rows=text.title),
            ids,
            format_func=lambda each: markdown(f"{ids.index(each) + 1}. {titled(known[ids.index(each)], text)}"),
            label_visibility="collapsed",
            required=True,
            **governance_fields.held(f"{view}.{name}.open", st.session_state[place], lambda to: open_row(place, to)),
        )
        row = known[ids.index(st.session_state[place])]
        with st.container(border=True, key=key("ethics", f"{view}.{name}.row").replace(".", "-")):
            for pair in _together(tuple(text.fields), text.fields):
                drawn = [partial(_of_row, view, kind, name, row, part, text.fields[part]) for part in pair]
                _pair(f"{view}.{name}.{pair[0]}", drawn)
            if below is not None:
                below(row)
            st.button(
                text.remove,
                key=key("ethics", f"{view}.{name}.remove"),
                icon=":material/delete:",
                on_click=lambda: change(
                    kind, **{name: tuple(each for each in getattr(form(kind), name) if each.id != row.id)}
                ),
            )
    st.button(
        text.add,
        key=key("ethics", f"{view}.{name}.add"),
        icon=":material/add:",
        on_click=lambda: add(view, kind, name, _row_type(kind, name)),
    )


def _of_row(view: str, kind: type[Any], name: str, row: Any, part: str, text: FieldText) -> None:
    put = _row_put(kind, name, row.id, part)
    widget(f"{view}.{name}.{row.id}.{part}", hint(type(row), part), getattr(row, part), text, put)


def add(view: str, kind: type[Any], name: str, make: Callable[..., Any]) -> None:
    """Callback: a new row at the end, opened."""
    known = getattr(form(kind), name)
    row = make(id=next_id(known))
    change(kind, **{name: (*known, row)})
    st.session_state[opened(view, name)] = row.id


def titled(row: Any, text: RowsText) -> str:
    """What a row is called: its first field that is filled in with words."""
    for part, said in text.fields.items():
        value = getattr(row, part)
        if isinstance(value, str) and value:
            whole = said.options.get(value, value)
            return whole if len(whole) <= SHORT else f"{whole[:SHORT].rstrip()}…"
    return text.one


def _row_put(kind: type[Any], name: str, row: str, part: str) -> Put:
    def put(value: Any) -> None:
        known = getattr(form(kind), name)
        change(kind, **{name: tuple(replace(each, **{part: value}) if each.id == row else each for each in known)})

    return put


def opened(view: str, name: str) -> str:
    return key("ethics", f"{view}.{name}.opened")


def open_row(place: str, row: str | None) -> None:
    st.session_state[place] = row


def hint(kind: type[Any], name: str) -> Any:
    """The type of a field without None, and without its limits."""
    found = get_type_hints(kind)[name]
    if get_origin(found) in (Union, UnionType):
        found = next(each for each in get_args(found) if each is not type(None))
    return found


def _row_type(kind: type[Any], name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = get_args(hint(kind, name))[0]
    return found
