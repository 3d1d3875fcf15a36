"""The Collect panel: what the data is for, where it comes from, and whether it is enough."""

import streamlit as st

from aipm.content import number
from aipm.mapping.capabilities import capabilities
from aipm.prep.sources import Origin, collect
from aipm.ui import page, prep_enough
from aipm.ui.audit_texts import Field
from aipm.ui.fragments import LONG, join, notes, outward
from aipm.ui.prep_panel_texts import CollectTexts, OriginTexts, PurposeTexts, collect_texts
from aipm.ui.prep_said import Said, counts, note, said
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

ANSWER = 500
"""Characters of one answer."""


def panel(work: Work) -> None:
    texts = collect_texts()
    of = said()
    _purpose(work, of, texts.purpose)
    _origin(work, of, texts.origin)
    prep_enough.rows(work, texts.enough)
    prep_enough.curve(work, texts.curve)
    _advice(texts)


def _purpose(work: Work, of: Said, text: PurposeTexts) -> None:
    page.section(text.title, sentence=collect().start)
    _line(work, of, "purpose", text.what, invitation=text.example)
    left, right = st.columns(2, gap="medium")
    with left:
        _capability(work, of, text)
    with right:
        _line(work, of, "unit", text.unit)
        _line(work, of, "period", text.period)
    page.draw(page.quiet(text.kept))


def _line(work: Work, of: Said, name: str, field: Field, *, invitation: str | None = None) -> None:
    """One line to type in; it is kept apart from the widget, which goes when another step is shown."""
    widget = key(PAGE, f"said.{work.opened.token}.{name}")

    def keep() -> None:
        of.typed[name] = st.session_state[widget]
        note(of)

    st.text_input(
        field.label,
        of.typed.get(name, ""),
        max_chars=ANSWER,
        placeholder=invitation,
        help=field.help,
        key=widget,
        on_change=keep,
    )


def _capability(work: Work, of: Said, text: PurposeTexts) -> None:
    texts, widget = capabilities(), key(PAGE, f"said.{work.opened.token}.capability")
    pain = _taken_along(of)

    def keep() -> None:
        of.capability = st.session_state[widget]
        note(of)

    options = list(texts)
    st.selectbox(
        text.capability.label,
        options,
        index=options.index(of.capability) if of.capability in texts else None,
        format_func=lambda each: texts[each].name,
        placeholder=text.no_capability,
        help=text.capability.help,
        key=widget,
        on_change=keep,
    )
    if pain:
        page.draw(page.quiet(text.known.format(pain=pain)))
    elif of.capability is None:
        page.link("use_case_mapper", text.mapper)


def _taken_along(of: Said) -> str:
    """The pain whose canvas the mapper holds in this session; what it knows fills in what is not said yet."""
    asked = st.query_params.get("capability")
    if of.capability is None and asked in capabilities():
        of.capability = asked
    from aipm.ui.mapper_state import canvases, line, pain  # the mapper's engines: only where they are wanted

    canvas = canvases().get(line(pain()))
    if canvas is None:
        return ""
    if of.capability is None and canvas.capability in capabilities():
        of.capability = canvas.capability
    return line(pain()) if of.capability == canvas.capability else ""


def _origin(work: Work, of: Said, text: OriginTexts) -> None:
    texts, widget = collect().origins, key(PAGE, f"said.{work.opened.token}.origins")
    page.section(text.title)

    def keep() -> None:
        of.origins = tuple(name for name in texts if name in st.session_state[widget])
        note(of)

    st.pills(
        text.choose.label,
        list(texts),
        selection_mode="multi",
        default=list(of.origins),
        format_func=lambda each: texts[each].title,
        help=text.choose.help,
        key=widget,
        on_change=keep,
    )
    if not of.origins:
        page.draw(page.quiet(text.none))
        return
    for name in of.origins:
        page.draw(_about(texts[name], text))
        for place, asked in enumerate(texts[name].questions):
            _question(work, of, (name, place), f"{text.kinds[asked.kind]}: {asked.text}", text)
    answered, every = counts(of)
    told = text.done.format(answered=number.count(answered), all=number.count(every))
    page.draw(page.quiet(f"{told} {text.not_legal}"))


def _about(origin: Origin, text: OriginTexts) -> Html:
    sources = collect().sources
    named = join(
        Html(("; " if place else " ") + outward(sources[each].url, sources[each].title))
        for place, each in enumerate(origin.sources)
    )
    before, _, after = text.sources.partition("{sources}")
    places = "".join(f"<li>{outward(each.url, each.name)}: {markup(each.text)}</li>" for each in origin.places)
    examples = text.examples.format(examples="; ".join(origin.examples))
    return join(
        (
            Html(f"<h3>{markup(origin.title)}</h3><p>{markup(f'{origin.text} {examples}', limit=LONG)}</p>"),
            notes((f"{text.good_for}: {origin.good_for}", f"{text.beware}: {origin.beware}")),
            Html(f"<p>{markup(text.places)}:</p><ul class='notes'>{places}</ul>" if places else ""),
            Html(f"<p class='quiet'>{markup(before.strip())}{named}{markup(after)}</p>" if named else ""),
        )
    )


def _question(work: Work, of: Said, which: tuple[str, int], label: str, text: OriginTexts) -> None:
    widget = key(PAGE, f"said.{work.opened.token}.{which[0]}.{which[1]}")

    def keep() -> None:
        of.answers[which] = st.session_state[widget]
        note(of)

    st.text_input(
        label,
        of.answers.get(which, ""),
        max_chars=ANSWER,
        placeholder=text.answer,
        key=widget,
        on_change=keep,
    )


def _advice(text: CollectTexts) -> None:
    known = collect()
    with st.expander(text.advice["title"], icon=":material/lightbulb:"):
        page.draw(notes(f"{each.title}: {each.text}" for each in known.advice.values() if each.step == "collect"))
        page.draw(notes(f"{each.title}: {each.text}" for each in known.example))
