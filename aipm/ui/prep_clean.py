"""Findings as cards: what is wrong, where, why it matters, and the fix to accept, change or set aside."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from aipm.content import number
from aipm.prep.finding import Finding
from aipm.prep.readiness import Group, Open, finding_name, together
from aipm.prep.recipe import Step
from aipm.ui import page, prep_state
from aipm.ui.fragments import LONG, notes
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_step import compose
from aipm.ui.prep_texts import prep_page, sentence
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

FIRST = 6
"""Cards of a group that are shown at once."""
MOST_ROWS, MOST_VALUES = 6, 5
THIN = "\N{NARROW NO-BREAK SPACE}"


def stage_of(finding: Finding) -> str:
    """The step of the wizard that a finding belongs to."""
    stages = prep_page().clean.stages
    return next((stage for stage, kinds in stages.items() if finding.kind in kinds), "clean")


def panel(work: Work) -> None:
    """The panel: all findings about cleaning, in their groups."""
    said = prep_page().clean
    page.section(said.title)
    cards(work, "clean")


def cards(work: Work, stage: str) -> None:
    """The findings of one step of the wizard, ranked, in groups; then those that are answered or set aside."""
    said = prep_page().clean
    found = work.ready.only(lambda finding: stage_of(finding) == stage)
    if not found.findings:
        page.draw(page.quiet(said.empty))
        return
    _all_safe([each.finding for each in found.safe], stage)
    for group in ("decision", "safe"):
        _group(work, found.those(group), group, stage)
    rest = [each for each in found.those("note") if each.is_open]
    if rest:
        title = f"{said.groups['note']} ({number.count(len(together(rest)))})"
        with st.expander(title, key=key(PAGE, f"notes.{stage}"), on_change="rerun") as folded:
            if folded.open:
                page.draw(page.quiet(said.about["note"]))
                for each in together(rest):
                    card(work, *each)
    _settled(work, [each for each in found.findings if not each.is_open], stage)


def _all_safe(safe: Sequence[Finding], stage: str) -> None:
    """One click for every safe fix, and before it what that would be."""
    if len(safe) < 2:
        return
    said = prep_page().clean
    steps = _unlike([each.fix for each in safe if each.fix is not None])
    st.button(
        said.all_safe.format(count=number.count(len(steps))),
        type="primary",
        icon=":material/done_all:",
        key=key(PAGE, f"all_safe.{stage}"),
        on_click=prep_state.add,
        args=steps,
    )
    with st.expander(said.all_safe_title.format(count=number.count(len(steps)))):
        page.draw(notes(sentence(step) for step in steps))


def _unlike(steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple({(step.op, step.columns, repr(step.params)): step for step in steps}.values())


def _group(work: Work, findings: Sequence[Open], group: Group, stage: str) -> None:
    waiting = together(each for each in findings if each.is_open)
    if not waiting:
        return
    said = prep_page().clean
    page.draw(
        Html(f'<h3 class="group">{markup(said.groups[group])} ({len(waiting)})</h3>'), page.quiet(said.about[group])
    )
    every = key(PAGE, f"held.all.{stage}.{group}")
    shown = waiting if st.session_state.get(every) else waiting[:FIRST]
    for each in shown:
        card(work, *each)
    if len(waiting) > len(shown):
        st.button(
            said.more.format(count=number.count(len(waiting) - len(shown))),
            key=key(PAGE, f"more.{stage}.{group}"),
            on_click=partial(st.session_state.__setitem__, every, True),
        )


def card(work: Work, each: Open, *others: Open) -> None:
    """A finding: what, where, which values, what to do; and the form where somebody wants to change that.

    `others` are findings that ask for the same.
    """
    said, finding = prep_page().clean, each.finding
    name = finding_name(finding)
    findings = [finding, *(other.finding for other in others)]
    with st.container(key=key(PAGE, f"card.{_plain(name)}")):
        page.draw(_what(each, *others))
        if not each.is_open:
            _taken_up(work, each, findings)
            return
        doing = f"change {name}"
        if prep_state.doing() == doing:
            _changed(work, findings, name)
            return
        with st.container(horizontal=True):
            if finding.fix is not None:
                st.button(
                    said.accept,
                    key=key(PAGE, f"accept.{name}"),
                    icon=":material/check:",
                    on_click=prep_state.add,
                    args=(finding.fix,),
                    kwargs={"answers": findings},
                )
            st.button(
                said.change if finding.fix is not None else said.own,
                key=key(PAGE, f"change.{name}"),
                on_click=prep_state.do,
                args=(doing,),
            )
            st.button(said.ignore, key=key(PAGE, f"ignore.{name}"), on_click=prep_state.ignore, args=findings)


def _plain(name: str) -> str:
    """A finding's name as Streamlit takes it for the class of a container."""
    import hashlib

    return hashlib.sha256(name.encode()).hexdigest()[:10]


def _what(each: Open, *others: Open) -> Html:
    said, finding = prep_page().clean, each.finding
    about = finding.column or (", ".join(finding.columns[:3]) if finding.columns else said.file)
    word = said.severities[finding.severity]
    lines = [
        f'<p class="head"><span class="severity">{markup(word)}</span> <b>{markup(about)}</b></p>',
        f"<p>{markup(finding.message, limit=LONG)}</p>",
        *(f"<p>{markup(other.finding.message, limit=LONG)}</p>" for other in others),
    ]
    if each.is_open:
        lines.append(f'<p class="quiet">{markup(finding.advice, limit=LONG)}</p>')
        where = _where(finding)
        if where:
            lines.append(f'<p class="quiet where">{where}</p>')
        if finding.fix is not None:
            lines.append(f'<p class="fix">{markup(said.proposal.format(step=sentence(finding.fix)), limit=LONG)}</p>')
    return Html(f'<div class="finding is-{finding.severity}">{"".join(lines)}</div>')


def _where(finding: Finding) -> Html:
    """Rows by number and the values that stand there, as the file has them."""
    said = prep_page().clean
    where = []
    if finding.rows:
        more = " …" if (finding.count or 0) > MOST_ROWS or len(finding.rows) > MOST_ROWS else "."
        rows = ", ".join(map(number.count, finding.rows[:MOST_ROWS]))
        where.append(markup(said.rows.format(rows=rows) + more))
    if finding.values:
        values = ", ".join(
            f"<code>{markup(value, limit=48)}</code> ×{THIN}{markup(number.count(count))}"
            for value, count in finding.values[:MOST_VALUES]
        )
        more = " …" if len(finding.values) > MOST_VALUES else ""
        where.append(Html(f"{markup(said.values)} {values}{more}"))
    return Html(" ".join(where))


def _changed(work: Work, findings: Sequence[Finding], name: str) -> None:
    """The form for another answer than the one proposed."""
    said, finding = prep_page().clean, findings[0]
    if finding.fix is not None:
        choices = said.alternatives.get(finding.fix.op, (finding.fix.op, *said.for_kinds["other"]))
        start = finding.fix
    else:
        choices = said.for_kinds.get(finding.kind, said.for_kinds["other"])
        start = Step(id="", op="", columns=finding.columns)

    compose(
        work,
        tuple(dict.fromkeys(choices)),
        name=f"change.{_plain(name)}",
        start=start,
        take=lambda step: prep_state.add(step, answers=findings),
        cancel=lambda: prep_state.do(None),
    )


def _taken_up(work: Work, each: Open, findings: Sequence[Finding]) -> None:
    said = prep_page().clean
    if each.step is not None:
        place, step = next((k, s) for k, s in enumerate(work.recipe.steps, start=1) if s.id == each.step)
        page.draw(page.quiet(said.done.format(number=place, step=sentence(step))))
    else:
        name = finding_name(each.finding)
        st.button(said.heed, key=key(PAGE, f"heed.{name}"), on_click=prep_state.heed, args=tuple(findings))


def _settled(work: Work, settled: Sequence[Open], stage: str) -> None:
    """What is answered or set aside, folded away: nothing that was found is lost."""
    said = prep_page().clean
    titles = {"done": said.done_title, "ignored": said.ignored_title}
    for how, text in titles.items():
        those = [each for each in settled if (each.step is not None) == (how == "done")]
        if not those:
            continue
        called = f"settled.{stage}.{how}"
        with st.expander(
            text.format(count=number.count(len(those))), key=key(PAGE, called), on_change="rerun"
        ) as folded:
            if folded.open:
                for each in together(those):
                    card(work, *each)
