"""A datasheet for the data (Gebru et al. 2021), filled from the forms and from what was said in Data prep."""

from collections.abc import Iterator

from aipm.content.datasheet import Question, datasheet_texts
from aipm.content.document import Document, Paragraph
from aipm.governance.dossier import Dossier
from aipm.governance.hand_on_texts import hand_on_texts
from aipm.governance.lines import Line, plain
from aipm.governance.lines_data import DATA
from aipm.governance.model_card import Answered, Section, blocks, counted
from aipm.governance.papers import state


def sheet(d: Dossier) -> tuple[Section, ...]:
    """The seven parts with what is known."""
    texts = hand_on_texts().sheet
    return tuple(
        Section(
            title=each.title,
            questions=tuple(
                Answered(text=asked.text, lines=tuple(_lines(d, asked)), where=texts.places(asked))
                for asked in each.questions
            ),
        )
        for each in texts.sections
    )


def _lines(d: Dossier, asked: Question) -> Iterator[Line]:
    """What was said of the data itself comes first."""
    if said := d.notes.get(asked.known):
        source = hand_on_texts().source.notes.format(file=plain(d.notes_of or "–", 80))
        yield Line(text=plain(said), source=source)
    if topic := DATA.get(asked.known):
        yield from topic(d)


def document(d: Dossier, *, product: str | None) -> Document:
    """To hand on; `product` is its name."""
    texts = hand_on_texts().sheet
    sections = sheet(d)
    open_, every = counted(sections)
    return Document(
        eyebrow=texts.eyebrow,
        title=texts.title.format(product=plain(product or hand_on_texts().unnamed, 120)),
        lead=texts.lead.format(known=every - open_, all=every, open=open_),
        note=texts.note.format(source=datasheet_texts().source, state=state(d)),
        blocks=(*blocks(sections), Paragraph(datasheet_texts().link, quiet=True)),
    )
