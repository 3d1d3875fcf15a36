"""Practices against varying answers as a document: the answers, the practices in their order, the checks, the runs."""

from datetime import date

from aipm.content.document import Block, Bullets, Document, Facts, Heading, Paragraph
from aipm.content.number import rate
from aipm.content.practices import practice_texts
from aipm.governance.practices import (
    ASKED,
    LEVELS,
    Assessment,
    Mark,
    Practices,
    Weighed,
    assess,
    runs_needed,
)
from aipm.governance.practices_texts import repeat_texts
from aipm.governance.product import Product


def document(form: Practices, *, product: Product, day: date) -> Document:
    """Every practice that applies with its reasons and checks, those that matter most first."""
    texts, found = repeat_texts(), assess(form)
    say = texts.document
    blocks: list[Block] = [Heading(say.answers), _answers(form)]
    if found.advice:
        blocks += [Heading(say.advice), Bullets(tuple(texts.advice[code] for code in found.advice))]
    for each in found.practices:
        if each.level != LEVELS[-1]:
            blocks += _practice(each)
    runs = runs_needed(form.share, form.half_width)
    blocks += [Heading(say.runs_title), Paragraph(runs_said(form)), Paragraph(texts.runs.method, quiet=True)]
    if form.share == 1:
        blocks.append(Paragraph(texts.runs.perfect.format(runs=f"{runs.runs:,}", low=rate(runs.low))))
    return Document(
        eyebrow=say.eyebrow,
        title=say.title.format(product=product.name or say.unnamed),
        lead=" ".join(answer(form, found)),
        note=say.state.format(day=day.isoformat()),
        blocks=tuple(blocks),
    )


def answer(form: Practices, found: Assessment) -> tuple[str, ...]:
    """Where the feature stands, in a sentence, and what was not answered yet in a second."""
    say, matter = repeat_texts().answer, found.matter
    begun = bool(form.marks) or len(found.open) < len(ASKED)
    if not begun:
        return (say.start,)
    if found.next is None:
        first = say.all_done
    else:
        weighed, check = found.next
        words = {"check": repeat_texts().said(check), "practice": practice_texts().every[weighed.practice].name}
        done = sum(each.done for each in matter)
        form_of = say.none_most if not matter else say.done if done == len(matter) else say.some
        first = form_of.format(done=done, all=len(matter), **words)
    if not found.open:
        return (first,)
    names = ", ".join(text.short for name, text in repeat_texts().questions.items() if name in found.open)
    return first, say.open.format(names=names)


def runs_said(form: Practices) -> str:
    """How many runs are needed, and what they would show."""
    found = runs_needed(form.share, form.half_width)
    return repeat_texts().runs.answer.format(
        runs=f"{found.runs:,}", share=f"{form.share * 100:g}%", low=rate(found.low), high=rate(found.high)
    )


def _answers(form: Practices) -> Facts:
    texts = repeat_texts()
    chosen = ((text, getattr(form, name)) for name, text in texts.questions.items())
    pairs = [(text.label, None if said is None else text.options[said]) for text, said in chosen]
    if form.repeat == "exact":
        whom = ", ".join(text for who, text in texts.repeat_for.options.items() if who in form.repeat_for)
        pairs.append((texts.repeat_for.label, whom or None))
    return Facts(((texts.document.feature, form.feature), *pairs), open=texts.document.open)


def _practice(each: Weighed) -> list[Block]:
    texts, text = repeat_texts(), practice_texts().every[each.practice]
    level = texts.levels[each.level] if each.reasons else texts.unsorted
    why = " ".join(texts.reasons[code] for code in each.reasons)
    return [
        Heading(texts.document.practice.format(level=level, name=text.name), level=3),
        *([Paragraph(why)] if why else []),
        Paragraph(f"{text.text} {texts.does_not}: {text.does_not}", quiet=True),
        Bullets(tuple(_check(check, found) for check, found in each.checks.items())),
    ]


def _check(check: str, found: Mark) -> str:
    texts = repeat_texts()
    state = texts.states[found.state] if found.state else texts.document.open
    said = texts.document.check.format(state=state, check=texts.said(check))
    owner = texts.document.owner.format(owner=" ".join(found.owner.split())) if found.owner else None
    return " ".join(filter(None, (said, owner, f"– {' '.join(found.note.split())}" if found.note else None)))
