"""Weights of several people: typed in one after the other, pasted or from a file; their mean, and where they differ."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct, visible
from aipm.selection.needs import Needs, need_texts
from aipm.selection.needs import weights as of_order
from aipm.selection.weighing import LARGEST, MOST_PEOPLE, Person
from aipm.tables import Refusal, read
from aipm.tables.formula import formula_safe
from aipm.ui import download, page
from aipm.ui.fragments import Column, notes, table
from aipm.ui.safe import markdown
from aipm.ui.scorer_state import PAGE, bound, held, hold
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_weighting import Weighting, keep, weighing
from aipm.ui.scorer_weights_texts import PeopleTexts
from aipm.ui.scorer_words import joined
from aipm.ui.scorer_work import Screened, picks
from aipm.ui.state import key

LONGEST_NAME = 80
START = 50


def people(found: Screened, needs: Needs, current: Weighting, text: ScorerPage) -> None:
    said = text.weights.people
    words = need_texts().criteria
    names = {name: words[name].name for name in of_order(needs)}
    _add(names, said)
    _several(names, said)
    refusal: Refusal | None = held("weights.people.refusal", None)
    if refusal is not None:
        page.refused(said.refused, refusal)
    if told := held("weights.people.told", ()):
        page.draw(notes(told))
    _out(said)
    if current.weighted.people and current.weighted.spread:
        _together(current, said)
        _winners(found, needs, current.weighted.people, said, text)


def _add(names: Mapping[str, str], said: PeopleTexts) -> None:
    with st.form(key(PAGE, "weights.people.form"), border=True):
        st.markdown(said.add)
        st.text_input(said.name, max_chars=LONGEST_NAME, key=key(PAGE, "weights.people.name"))
        page.draw(page.quiet(said.points))
        for row in range(0, len(names), 2):
            for column, name in zip(st.columns(2, gap="medium"), list(names)[row : row + 2], strict=False):
                place = key(PAGE, f"weights.people.{name}")
                st.session_state.setdefault(place, START)
                with column:
                    st.slider(markdown(names[name]), 0, LARGEST, step=1, key=place)
        st.form_submit_button(said.added, on_click=_added, args=(tuple(names), said))


def _added(names: Sequence[str], said: PeopleTexts) -> None:
    """Callback: one more person, where there is a name that nobody has, and not all is 0."""
    typed = key(PAGE, "weights.people.name")
    name = st.session_state[typed].strip()
    there = weighing().people
    points = tuple((each, float(st.session_state[key(PAGE, f"weights.people.{each}")])) for each in names)
    problem = (
        said.name_missing
        if not name
        else said.name_taken.format(name=name)
        if name in {each.name for each in there}
        else said.most.format(count=number.count(len(there)))
        if len(there) >= MOST_PEOPLE
        else said.zero
        if not any(value for _, value in points)
        else ""
    )
    if problem:
        hold("weights.people.refusal", Refusal("bad_person", problem))
        return
    st.session_state[typed] = ""
    for each in names:
        st.session_state[key(PAGE, f"weights.people.{each}")] = START
    _take((*there, Person(name=name, points=points)))


def _take(now: tuple[Person, ...], told: Sequence[str] = ()) -> None:
    """Other people than before, who can be brought back."""
    hold("weights.people.before", weighing().people)
    hold("weights.people.refusal", None)
    hold("weights.people.told", tuple(told))
    keep(replace(weighing(), people=now))


def _several(names: Mapping[str, str], said: PeopleTexts) -> None:
    with st.popover(said.several, icon=":material/group_add:"):
        upload = key(PAGE, f"weights.people.file.{held('weights.people.revision', 0)}")
        st.file_uploader(said.file, key=upload, on_change=lambda: _opened(upload, names, said))
        download.button(
            said.template,
            lambda: template(names, said.heading),
            page=PAGE,
            name="weights.people.template",
            after=said.heading,
            suffix="-weights.csv",
            mime="text/csv",
        )
        help_ = said.paste_help.format(names=", ".join(names.values()))
        st.text_area(said.paste, height=120, **bound("weights.people.paste", ""))
        page.draw(page.quiet(help_))
        st.button(said.read, key=key(PAGE, "weights.people.read"), on_click=_pasted, args=(names, said))


def template(names: Mapping[str, str], heading: str) -> bytes:
    """An empty table: the headings, and a row to replace."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([formula_safe(each) for each in (heading, *names.values())])
    writer.writerow(["Ada", *[START] * len(names)])
    return text.getvalue().encode("utf-8-sig")  # the mark tells spreadsheets which code it is


def _opened(upload: str, names: Mapping[str, str], said: PeopleTexts) -> None:
    """Callback: a file was given."""
    file = st.session_state[upload]
    if file is not None:
        _read(file.getvalue(), names, said)
        hold("weights.people.revision", held("weights.people.revision", 0) + 1)


def _pasted(names: Mapping[str, str], said: PeopleTexts) -> None:
    """Callback: rows were pasted."""
    _read(str(held("weights.people.paste", "")).encode("utf-8", "replace"), names, said)


def _read(data: bytes, names: Mapping[str, str], said: PeopleTexts) -> None:
    """The people of a file take the place of those before; where it cannot be read, those stay."""
    from aipm.selection.people import people_from_table  # pyarrow: only where somebody brings a table

    before = weighing().people
    try:
        found, unused = people_from_table(read(data), names)
    except Refusal as refusal:
        hold("weights.people.refusal", refusal)
        return
    told = [said.replaced.format(count=number.count(len(found)), before=number.count(len(before)))]
    if unused:
        told.append(said.unused.format(columns=", ".join(map(visible, unused))))
    _take(found, told)


def _out(said: PeopleTexts) -> None:
    there = [each.name for each in weighing().people]
    before: tuple[Person, ...] | None = held("weights.people.before", None)
    if not there and before is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if there:
            place = key(PAGE, "weights.people.out")
            if st.session_state.get(place) not in there:
                st.session_state[place] = there[0]
            st.selectbox(said.who, there, format_func=distinct(there), key=place)
            st.button(said.remove, key=key(PAGE, "weights.people.remove"), on_click=_removed, args=(place,))
        if before is not None:
            st.button(said.back, key=key(PAGE, "weights.people.back"), on_click=_back, icon=":material/undo:")


def _removed(place: str) -> None:
    """Callback: one person is taken out."""
    name = st.session_state[place]
    _take(tuple(each for each in weighing().people if each.name != name))


def _back() -> None:
    """Callback: the people as they were before the last change; again, and the change is back."""
    before = held("weights.people.before", None)
    if before is not None:
        _take(before)


def _together(current: Weighting, said: PeopleTexts) -> None:
    weighted, words = current.weighted, need_texts().criteria
    spread, everybody = weighted.spread or {}, weighted.people or {}
    order = sorted(weighted.weights, key=lambda name: -weighted.weights[name])
    rows = [
        (words[name].name, number.rate(weighted.weights[name]), f"{number.rate(low)} – {number.rate(high)}")
        for name in order
        for low, high in [spread[name]]
    ]
    first, *others = said.columns
    heads = (Column(name=first), *(Column(name=each, number=True) for each in others))
    page.draw(table(heads, rows, caption=said.table))
    name = max(spread, key=lambda each: spread[each][1] - spread[each][0])
    low, high = spread[name]
    if high - low > 1e-9:
        told = said.apart.format(
            criterion=words[name].name,
            low=number.rate(low),
            high=number.rate(high),
            who_low=visible(min(everybody, key=lambda who: everybody[who][name])),
            who_high=visible(max(everybody, key=lambda who: everybody[who][name])),
        )
        page.draw(page.quiet(told))


def _winners(
    found: Screened, needs: Needs, everybody: Mapping[str, Mapping[str, float]], said: PeopleTexts, text: ScorerPage
) -> None:
    try:
        chosen = picks(found, needs, everybody)
    except Refusal:  # nobody can be ranked: the page says so where the answer would stand
        return
    first = set(chosen.values())
    if len(first) == 1 and len(chosen) > 1:
        page.draw(notes([said.agree.format(winner=joined(list(*first), text.answer["or"]))]))
        return
    lines = []
    for who, names in chosen.items():
        template_ = said.winner if len(names) == 1 else said.winner_tied
        lines.append(template_.format(name=visible(who), winner=joined(list(names), text.answer["or"])))
    page.draw(page.quiet(said.winners), notes(lines))
