"""The feedback plan from its answer to the files: how soon a drop shows, the signals, what is missing, the calendar."""

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from aipm.governance import feedback_words as words
from aipm.governance.feedback import FeedbackPlan
from aipm.governance.feedback_reading import Assessment, Watch, assess
from aipm.governance.feedback_texts import FeedbackTexts, LinesTexts, feedback_texts
from aipm.ui import brief_add, brief_entries_lifecycle, lifecycle_feedback_calendar, lifecycle_feedback_signal, page
from aipm.ui import governance_fields as fields
from aipm.ui.fragments import LONG, join, notes, outward
from aipm.ui.governance_state import change, form
from aipm.ui.lifecycle_numbers import field
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup

PAGE = "lifecycle_feedback"
MOST = 182
"""Days at which the picture ends: half a year."""
PARTS: tuple[Literal["collect", "delay", "wait"], ...] = ("collect", "delay", "wait")


def draw() -> None:
    texts, plan = feedback_texts(), form(FeedbackPlan)
    found = once(PAGE, "assess", plan, lambda: assess(plan), keep=4)
    page.section(texts.title, sentence=texts.sentence)
    page.draw(_answer(plan, found, texts))
    if found.watches:
        page.draw(_picture(found, texts))
    _quality(plan, texts)
    lifecycle_feedback_signal.draw(plan, found, texts)
    _reports(plan, texts)
    page.draw(_findings(plan, found, texts))
    brief_add.offer("lifecycle.feedback", lambda: brief_entries_lifecycle.feedback(plan, found))
    lifecycle_feedback_calendar.draw(plan, found, texts)
    for lines, icon in ((texts.why, ":material/autorenew:"), (texts.method, ":material/function:")):
        with st.expander(lines.title, icon=icon):
            page.draw(notes(lines.lines), _sources(lines))


def to(name: str, *, whole: bool = False) -> Callable[[Any], None]:
    """Gives what a widget holds to this field of the plan."""
    return lambda value: change(FeedbackPlan, **{name: None if value is None else round(value) if whole else value})


def _answer(plan: FeedbackPlan, found: Assessment, texts: FeedbackTexts) -> Html:
    lead, *more = words.answer(plan, found)
    if plan == FeedbackPlan():
        more.append(texts.answer["example"])
    broken = any(each.level == "mend" for each in found.findings)
    told = "".join(f"<p>{markup(each, limit=LONG)}</p>" for each in more)
    sign = "is-inconclusive" if broken else "is-within-tolerance"
    return Html(f'<div class="answer {sign}" role="status"><p>{markup(lead, limit=LONG)}</p>{told}</div>')


def _picture(found: Assessment, texts: FeedbackTexts) -> Html:
    """A bar a signal in three parts, its days beside it; a key that names the parts."""
    said = texts.picture
    longest = max((each.days for each in found.watches if each.days is not None), default=0.0)
    scale = min(max(longest, 1.0), MOST)
    key = "".join(f'<li><b class="{part}"></b>{markup(said.parts[part])}</li>' for part in PARTS)
    rows = join(_bar(each, scale, texts) for each in found.watches)
    limit = f'<p class="quiet">{markup(said.limit.format(most=MOST))}</p>' if longest > MOST else ""
    return Html(f'<h3>{markup(said.title)}</h3><ul class="detect-key">{key}</ul><ul class="detect">{rows}</ul>{limit}')


def _bar(found: Watch, scale: float, texts: FeedbackTexts) -> Html:
    said, name = texts.picture, words.name(found.signal)
    if found.days is None or found.collect is None:
        told = said.never if found.bad is not None and found.counted_a_day else said.unknown
        return Html(f'<li><span>{markup(name)}</span><i></i><em class="quiet">{markup(told)}</em></li>')
    lengths = {"collect": found.collect, "delay": found.delay, "wait": found.wait}
    alt = said.alt.format(
        signal=name,
        days=words.in_days(found.days),
        **{part: words.in_days(days) for part, days in lengths.items()},
    )
    left, bars = scale, []
    for part in PARTS:
        length = min(lengths[part], left)
        left -= length
        bars.append(f'<b class="{part}" style="width:{length / scale:.2%}"></b>')
    return Html(
        f'<li><span>{markup(name)}</span><i role="img" aria-label="{markup(alt, limit=LONG)}">{"".join(bars)}</i>'
        f"<em>{markup(words.in_days(found.days))}</em></li>"
    )


def _quality(plan: FeedbackPlan, texts: FeedbackTexts) -> None:
    said = texts.quality
    page.section(said.title)
    columns = st.columns(4, gap="medium", vertical_alignment="bottom")
    for column, name in zip(columns, ("uses_a_day", "good", "drop", "retrain_weeks"), strict=True):
        with column:
            _number(plan, name, texts)
    with st.expander(said.more, icon=":material/tune:"):
        columns = st.columns(4, gap="medium", vertical_alignment="bottom")
        for column, name in zip(columns, ("power", "alarms", "baseline_answers"), strict=False):
            with column:
                _number(plan, name, texts)
        with columns[3]:
            text = said.fields["starts"]
            fields.day(text.label, name="feedback.starts", value=plan.starts, put=to("starts"), help=text.help)


def _number(plan: FeedbackPlan, name: str, texts: FeedbackTexts) -> None:
    text = texts.quality.fields[name]
    ends: dict[str, Any] = {
        "uses_a_day": {"high": 1e9, "step": 100.0},
        "good": {"high": 1.0, "per_cent": True},
        "drop": {"high": 1.0, "per_cent": True},
        "retrain_weeks": {"low": 1.0, "high": 260.0},
        "power": {"low": 0.5, "high": 0.999, "per_cent": True},
        "alarms": {"low": 0.001, "high": 0.5, "per_cent": True},
        "baseline_answers": {"low": 1.0, "high": 1e9, "step": 100.0},
    }
    start = getattr(FeedbackPlan(), name)
    put = to(name, whole=name == "retrain_weeks")
    never_empty = name in ("power", "alarms")
    field(
        text.label,
        name=f"feedback.{name}",
        value=getattr(plan, name),
        put=lambda value: put(start if value is None and never_empty else value),
        help=text.help,
        **ends[name],
    )


def _reports(plan: FeedbackPlan, texts: FeedbackTexts) -> None:
    said = texts.reports
    page.section(said.title, sentence=said.sentence)
    left, right = st.columns(2, gap="medium")
    for column, names in ((left, ("channel", "reader")), (right, ("groups", "answer_days"))):
        with column:
            for name in names:
                text = said.fields[name]
                if name == "answer_days":
                    field(
                        text.label,
                        name="feedback.answer_days",
                        value=plan.answer_days,
                        put=to("answer_days", whole=True),
                        high=3_650.0,
                    )
                else:
                    fields.text(
                        text.label,
                        name=f"feedback.{name}",
                        value=getattr(plan, name),
                        put=to(name),
                        help=text.help,
                        placeholder=text.example,
                    )
    page.link("bias_audit", said.audit)


def _findings(plan: FeedbackPlan, found: Assessment, texts: FeedbackTexts) -> Html:
    """What must be mended first, then what is worth a thought, each with sign and word."""
    said = texts.findings
    if not found.findings:
        return Html(f'<h2>{markup(said.title)}</h2><p class="quiet">{markup(said.none)}</p>')
    lines = []
    for each in found.findings:
        sign = "gap" if each.level == "mend" else "inconclusive"
        lines.append(
            f'<li><p class="verdict is-{sign}"><span class="sign"></span>{markup(said.levels[each.level])}</p>'
            f"<p>{markup(words.finding(each, plan), limit=LONG)}</p></li>"
        )
    return Html(f'<h2>{markup(said.title)}</h2><ul class="found">{"".join(lines)}</ul>')


def _sources(texts: LinesTexts) -> Html:
    lines = join(
        Html(f"<li>{outward(each.url, each.name)}, {markup(each.day, limit=300)}</li>") for each in texts.sources
    )
    return Html(
        f'<div class="sources"><p class="quiet">{markup(texts.sources_title)}</p><ul class="notes">{lines}</ul></div>'
    )
