"""Laws and rules: which of three reports, its answer and its tables, what a person has to add, and the files."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from aipm.content.visible import distinct, visible
from aipm.fairness.law_data import measures, selected_first, suggest
from aipm.fairness.law_texts import Field, Measure, Rule, law_texts
from aipm.fairness.section import Section
from aipm.tables import Refusal
from aipm.ui import audit_law_parts as parts
from aipm.ui import audit_law_work as work
from aipm.ui import clock, download, page
from aipm.ui.audit_deeper import PAGE, Asked
from aipm.ui.memo import once
from aipm.ui.safe import markdown
from aipm.ui.state import kept

THRESHOLDS = (11, 10, 5, 0)
RULES: tuple[Rule, ...] = ("nyc", "four_fifths", "ai_act")


Held = dict[Rule, work.Made]
"""The rules that were looked at for one question, each as it stood last, whichever part of the page was drawn again."""


def draw(asked: Asked) -> Callable[[int], tuple[Section, ...]]:
    """The part; what it gives makes a section of the report for every rule that was looked at."""
    held: Held = once(PAGE, "deeper.law.held", asked.question, Held, keep=work.KEPT)
    _choose(asked, held)

    def sections(threshold: int) -> tuple[Section, ...]:
        return tuple(work.section(held[rule], threshold) for rule in RULES if rule in held)

    return sections


@st.fragment
def _choose(asked: Asked, held: Held) -> None:
    said = law_texts()
    rule: Rule = st.segmented_control(
        said.shared.choose,
        RULES,
        default="nyc" if all(suggest(asked.counts.columns)) else "four_fifths",
        format_func=lambda each: said.names[each],
        required=True,
        **kept(PAGE, f"law.rule.{asked.token}"),
    )
    held.pop(rule, None)  # where it cannot be made of the columns chosen now, the report has none
    try:
        made = {"nyc": _nyc, "four_fifths": _four_fifths, "ai_act": _ai_act}[rule](asked)
    except Refusal as refusal:
        page.refused(said.names[rule], refusal)
        return
    if made is not None:
        held[rule] = made
        _take(asked, made)


def _nyc(asked: Asked) -> work.Made | None:
    """The columns that the law asks for, then its tables."""
    said = law_texts()
    sex_hint, race_hint = suggest(asked.counts.columns)
    columns = tuple(dict.fromkeys((*asked.counts.columns, *asked.table.columns)))
    left, right = st.columns(2)
    with left:
        sex = _column(asked, said.nyc.sex, "sex", columns, sex_hint)
    with right:
        race = _column(asked, said.nyc.race, "race", columns, race_hint)
    chosen = tuple(dict.fromkeys(each for each in (race, sex) if each is not None))
    if not chosen:
        page.draw(page.quiet(said.nyc.need_columns))
        return None
    counts, spec = work.counted(asked, chosen)
    can = measures(counts, spec)
    if not can:
        page.draw(page.quiet(law_texts().shared.no_measure))
        return None
    place = st.container()
    # Places in the file: those among the columns above change with the groups, and would pass choices on to others.
    token = f"{asked.token}.{'.'.join(str(asked.table.columns.index(each)) for each in chosen)}"
    with st.expander(said.shared.more, icon=":material/tune:"):
        measure: Measure = can[0]
        if len(can) > 1:
            measure = st.segmented_control(
                said.nyc.rate.label,
                can,
                default=can[0],
                format_func=lambda each: said.shared.rates[each],
                required=True,
                help=said.nyc.rate.help,
                **kept(PAGE, f"law.measure.{token}"),
            )
        leave_out = st.toggle(
            said.nyc.leave_out.label, value=True, help=said.nyc.leave_out.help, **kept(PAGE, f"law.small.{token}")
        )
        values, usual = work.values(counts, chosen)
        unknown = st.multiselect(
            said.nyc.unknown.label,
            values,
            default=usual,
            format_func=distinct(values, written=lambda each: visible(f"{each[0]} = {each[1]}")),
            help=said.nyc.unknown.help,
            **kept(PAGE, f"law.unknown.{token}"),
        )
    answers = _fields(said.nyc.fields, asked.token)
    made = work.nyc(
        asked,
        sex=sex,
        race=race,
        measure=measure,
        unknown=tuple(unknown),
        leave_out_small=leave_out,
        answers=answers,
        day=clock.today(),
    )
    with place:
        parts.nyc(work.section(made, 0), made)
    return made


def _column(asked: Asked, field: Field, role: str, columns: tuple[str, ...], hint: str | None) -> str | None:
    said, options = law_texts(), (None, *columns)
    chosen: str | None = st.selectbox(
        field.label,
        options,
        index=columns.index(hint) + 1 if hint is not None else 0,
        format_func=distinct(options, written=lambda each: said.nyc.nothing if each is None else visible(each)),
        help=field.help,
        **kept(PAGE, f"law.{role}.{asked.token}"),
    )
    return chosen


def _four_fifths(asked: Asked) -> work.Made | None:
    can = measures(asked.counts, asked.spec)
    if not can:
        page.draw(page.quiet(law_texts().shared.no_measure))
        return None
    made = work.four_fifths(asked, measure=selected_first(can), day=clock.today())
    parts.four_fifths(work.section(made, 0), made)
    return made


def _ai_act(asked: Asked) -> work.Made | None:
    place = st.container()
    fields = {name: field for point in law_texts().ai_act.points for name, field in point.fields.items()}
    made = work.ai_act(asked, answers=_fields(fields, asked.token), day=clock.today())
    with place:
        parts.ai_act(work.section(made, 0), made)
    return made


def _fields(fields: dict[str, Field], token: str) -> dict[str, str]:
    """What only a person can say."""
    said = law_texts()
    with st.expander(said.shared.fields, icon=":material/edit_note:"):
        return {
            name: st.text_area(
                markdown(field.label), help=field.help, height=80, max_chars=2_000, **kept(PAGE, f"law.{name}.{token}")
            )
            for name, field in fields.items()
        }


def _take(asked: Asked, made: work.Made) -> None:
    """The files, small groups hidden in them."""
    said = law_texts()
    threshold = st.segmented_control(
        said.shared.threshold,
        THRESHOLDS,
        default=THRESHOLDS[0],
        format_func=lambda rows: str(rows) if rows else said.shared.unhidden,
        required=True,
        help=said.nyc.numbers_help if made.rule == "nyc" else None,
        **kept(PAGE, "law.threshold"),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, name, make, mime in (
            (said.shared.html, "html", work.html, "text/html"),
            (said.shared.csv, "csv", work.csv, "text/csv"),
        ):
            download.button(
                label,
                partial(make, made, threshold),
                page=PAGE,
                name=f"law.{name}",
                after=asked.file_name,
                suffix=f"-{made.rule.replace('_', '-')}.{name}",
                mime=mime,
            )
    page.draw(page.quiet(made.ending))
