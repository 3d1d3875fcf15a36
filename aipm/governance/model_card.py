"""A model card (Mitchell et al. 2019): nine parts, filled from what the forms and the tools know; the rest is open."""

from collections.abc import Iterator
from dataclasses import dataclass

from aipm.content.document import Block, Bullets, Document, Heading, Paragraph
from aipm.governance import lines_data, lines_people
from aipm.governance.dossier import Dossier
from aipm.governance.hand_on_texts import Asked, hand_on_texts, name_of
from aipm.governance.lines import MOST, Line, Topic, plain
from aipm.governance.papers import state

TOPICS: dict[str, Topic] = {
    "owner": lines_people.owner,
    "model": lines_people.model,
    "kind": lines_people.kind,
    "origin": lines_people.origin,
    "stage": lines_people.stage,
    "contact": lines_people.contact,
    "purpose": lines_people.purpose,
    "people": lines_people.people,
    "not_for": lines_people.not_for,
    "groups": lines_people.groups,
    "apart": lines_data.apart,
    "metrics": lines_data.metrics,
    "threshold": lines_data.threshold,
    "costs": lines_data.costs,
    "spread": lines_data.spread,
    "judged_on": lines_data.judged_on,
    "kept_apart": lines_data.kept_apart,
    "learned_from": lines_data.learned_from,
    "data_concerns": lines_data.data_concerns,
    "overall": lines_data.overall,
    "by_group": lines_data.by_group,
    "harms": lines_people.harms,
    "personal": lines_people.personal,
    "rules": lines_people.rules,
    "risks": lines_people.risks,
    "done": lines_people.done,
    "human": lines_people.human,
    "limits": lines_people.limits,
    "unknown": lines_people.unknown,
    "stale": lines_data.stale,
    "watched": lines_people.watched,
}
"""What answers a question of the card; one that is not here can only be answered in the tool itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question with what is known; `where`: forms and tools in which the answer is filled in."""

    text: str
    lines: tuple[Line, ...]
    where: tuple[str, ...]
    settled: str | None = None
    """Said in place of lines, where that there are none is an answer."""

    @property
    def open(self) -> bool:
        return not self.lines and self.settled is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    questions: tuple[Answered, ...]


def card(d: Dossier) -> tuple[Section, ...]:
    """The nine parts."""
    return tuple(
        Section(title=each.title, questions=tuple(_answered(d, asked) for asked in each.questions))
        for each in hand_on_texts().card.sections
    )


def _answered(d: Dossier, asked: Asked) -> Answered:
    topic = TOPICS.get(asked.known)
    return Answered(
        text=asked.text,
        lines=tuple(topic(d)) if topic else (),
        where=asked.where,
        settled=_settled(d, asked.known),
    )


def _settled(d: Dossier, known: str) -> str | None:
    """Nothing found is an answer only where something was looked at."""
    texts = hand_on_texts().card
    if known == "stale" and d.proofs:
        return texts.nothing_stale
    if known == "unknown" and d.rules.begun and d.risks.answered:
        return texts.nothing_unknown
    return None


def document(d: Dossier, *, product: str | None) -> Document:
    """To hand on; `product` is its name."""
    texts = hand_on_texts().card
    sections = card(d)
    open_, every = counted(sections)
    return Document(
        eyebrow=texts.eyebrow,
        title=texts.title.format(product=plain(product or hand_on_texts().unnamed, 120)),
        lead=texts.lead.format(known=every - open_, all=every, open=open_),
        note=texts.note.format(source=texts.source, state=state(d)),
        blocks=(*blocks(sections), Paragraph(texts.link, quiet=True)),
    )


def counted(sections: tuple[Section, ...]) -> tuple[int, int]:
    """(open questions, all questions)."""
    every = [each for section in sections for each in section.questions]
    return sum(each.open for each in every), len(every)


def blocks(sections: tuple[Section, ...]) -> Iterator[Block]:
    """A heading a part; each question with its lines, or as open with where it is filled in."""
    for place, section in enumerate(sections, start=1):
        yield Heading(f"{place}. {section.title}")
        for each in section.questions:
            yield from _question(each)


def _question(each: Answered) -> Iterator[Block]:
    texts = hand_on_texts().card
    places = ", ".join(map(name_of, each.where))
    yield Heading(each.text, level=3)
    if each.open:
        yield Paragraph(texts.open.format(places=places), quiet=True)
    elif each.settled and not each.lines:
        yield Paragraph(each.settled)
    else:
        yield Bullets(tuple(map(str, each.lines[:MOST])))
    if len(each.lines) > MOST:
        yield Paragraph(texts.more.format(count=len(each.lines) - MOST, places=places), quiet=True)
