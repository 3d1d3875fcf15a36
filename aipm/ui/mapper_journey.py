"""A journey: stages and pains from a sample, a paste, a file or the keyboard, mapped at once into a picture."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aipm.mapping import exports
from aipm.mapping.journey import (
    COLUMNS,
    Journey,
    MappedJourney,
    Pain,
    journey_texts,
    map_journey,
    remarks,
    sample,
    summary,
)
from aipm.mapping.journey_reading import from_table, from_text
from aipm.mapping.result import MappingResult
from aipm.tables import ReadOptions, Refusal, read
from aipm.ui import brief_entries_mapper, hand_over, mapper_export, mapper_pains, mapper_rows, page
from aipm.ui.drafts_mapper import FROM_FILE
from aipm.ui.fragments import LONG, notes
from aipm.ui.mapper_picture import column_name, picture
from aipm.ui.mapper_state import PAGE, held, hold, journeys
from aipm.ui.mapper_texts import Begin, JourneyPageTexts, MapperPage
from aipm.ui.mapper_work import mapped
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import kept, key

MINE = "mine"
WHICH = key(PAGE, "journey.which")
PASTE = key(PAGE, "journey.paste")
NEW = Journey(rows=tuple(Pain(row=row, stage=None, text="") for row in range(1, 6)))
"""Five rows to type into."""


def take(journey: Journey) -> None:
    """Callback: this is the person's own journey now, and the one in view; the one before can be had back."""
    before = journeys().get(MINE)
    if before is not None and before.rows != journey.rows:
        hold("journey.before", before)
    journeys()[MINE] = journey
    hold("journey.refusal", None)
    hold(FROM_FILE, False)
    mapper_rows.begin_anew()
    st.session_state[WHICH] = MINE


def journey(text: MapperPage) -> None:
    """Which journey, its rows, and what they call for."""
    said, samples = text.journey, journey_texts().samples
    st.session_state.setdefault(WHICH, held("journey.which", MINE))
    chosen = st.pills(
        said.which,
        (MINE, *samples),
        format_func=lambda each: markdown(samples[each].title if each in samples else said.mine),
        key=WHICH,
        required=True,
        on_change=mapper_rows.begin_anew,
    )
    which = chosen or MINE
    hold("journey.which", which)
    page.draw(page.quiet(samples[which].about if which in samples else said.intro))
    if which == MINE:
        _begin(said)
    elif which not in journeys():
        journeys()[which] = sample(which)
    current = journeys().get(which)
    if current is None:
        return
    typing = which == MINE and st.session_state.get(key(PAGE, "journey.begin")) == "rows"
    progress = st.container()  # above the rows, so that it is seen at work
    current = mapper_rows.edited(which, current, said, always=typing)
    if not current.pains:
        page.draw(page.quiet(said.empty))
        return
    _mapped(current, which, text, progress)


def _begin(said: JourneyPageTexts) -> None:
    """The ways to bring rows: paste, open, type."""
    begin: Begin = st.segmented_control(
        said.begin,
        tuple(said.begins),
        format_func=lambda each: said.begins[each],
        default="paste",
        required=True,
        **kept(PAGE, "journey.begin"),
    )
    if begin == "paste":
        st.text_area(
            said.paste,
            key=PASTE,
            help=said.paste_help,
            placeholder=said.paste_placeholder,
            height=140,
            persist_state="session",
        )
        st.button(said.paste_button, key=key(PAGE, "journey.map"), type="primary", on_click=_pasted)
    elif begin == "file":
        _file(said)
    elif MINE not in journeys():
        journeys()[MINE] = NEW
    problem: Refusal | None = held("journey.refusal", None)
    if problem is not None:
        page.refused(said.refused, problem)
    before: Journey | None = held("journey.before", None)
    if before is not None:
        st.button(
            said.undo,
            key=key(PAGE, "journey.undo"),
            type="tertiary",
            icon=":material/undo:",
            on_click=take,
            args=(before,),
        )


def _pasted() -> None:
    written: str = st.session_state.get(PASTE) or ""
    if not written.strip():
        return
    try:
        take(from_text(written))
    except Refusal as refusal:
        hold("journey.refusal", refusal)


def _file(said: JourneyPageTexts) -> None:
    """A table, read in a child process as every file is."""
    widget = key(PAGE, "journey.file")
    st.file_uploader(said.file, key=widget, on_change=lambda: hold("journey.upload", st.session_state[widget]))
    file = held("journey.upload", None)
    if file is None:
        return
    hold("journey.upload", None)
    place = st.empty()
    with place:
        page.at_work(said.file_working)
    try:
        take_read(from_table(read(file.getvalue(), ReadOptions())))
    except Refusal as refusal:
        hold("journey.refusal", refusal)
    place.empty()


def take_read(found: Journey) -> None:
    """As `take`, within the run: the widget that says which journey is in view is drawn already."""
    before = journeys().get(MINE)
    if before is not None and before.rows != found.rows:
        hold("journey.before", before)
    journeys()[MINE] = found
    hold("journey.refusal", None)
    hold(FROM_FILE, True)
    mapper_rows.begin_anew()


def _mapped(current: Journey, which: str, text: MapperPage, progress: DeltaGenerator) -> None:
    """The sentence, the picture, what is to be clarified, the pains, and the ways on."""
    said = text.journey
    with progress:
        base = map_journey(current, lambda texts: mapped(texts, answered=False, working=said.working))
    found: MappedJourney[MappingResult] = map_journey(current, mapped)
    page.draw(Html(f'<div class="answer" role="status"><p>{markup(summary(found), limit=LONG)}</p></div>'))
    hand_over.journey(summary(found), asked=[(pain.stage, pain.text) for pain in current.pains])
    about = remarks(current)
    page.section(said.picture)
    page.draw(picture(found.picture, caption=said.caption, every=said.every), notes(about) if about else Html(""))
    mapper_pains.to_clarify(base, found, which, text)
    mapper_pains.pains(found, which, text)
    page.draw(Html(f"<h3>{markup(text.export['title'])}</h3>"))
    mapper_export.buttons(
        "journey",
        lambda: found,
        (exports.journey_markdown, exports.journey_csv, exports.journey_json),
        after=journey_texts().samples[which].title if which != MINE else said.mine,
        text=text,
        tool="use_case_mapper.journey",
        entry=lambda: brief_entries_mapper.journey(found, columns={name: column_name(name) for name in COLUMNS}),
    )
