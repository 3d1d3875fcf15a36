"""The brief as a document to hand on: chapter by chapter, each line with what it rests on."""

from collections.abc import Iterator, Mapping
from typing import cast

from aipm.brief.brief import Brief, Change, Chapter, ChapterKey, Decision, Held, chapters
from aipm.brief.entry import Entry, Figure, disclosure_threshold
from aipm.brief.stale import Now
from aipm.brief.texts import brief_texts, reason_name, tool_name
from aipm.content.chart import written
from aipm.content.day import day
from aipm.content.document import Block, Bullets, Document, Facts, Heading, Paragraph, Table
from aipm.content.number import NONE, count
from aipm.governance.dossier import Dossier, dossier
from aipm.governance.evidence import Result
from aipm.governance.evidence import Tool as Evidenced
from aipm.governance.forms import FORMS
from aipm.governance.lines import plain
from aipm.governance.one_page import ROWS, said

NAME = 120
"""Characters of a name in a title."""


def document(brief: Brief, *, now: Now) -> Document:
    """To be written by any of the writers."""
    texts = brief_texts().document
    told = chapters(brief, now=now)
    name = plain(brief.product.name or texts.unnamed, NAME)
    forms = filled(brief, now=now)
    return Document(
        eyebrow=texts.eyebrow,
        title=texts.title.format(product=name[:1].upper() + name[1:]),
        lead=lead(told),
        note=texts.note.format(day=day(now.today)),
        blocks=tuple(block for each in told for block in _chapter(brief, each, forms)),
    )


def lead(told: tuple[Chapter, ...]) -> str:
    """How much of the story there is, what is missing, and what no longer stands: in one or two sentences."""
    texts = brief_texts().document
    names: dict[str, list[str]] = {"missing": [], "stale": []}
    for each in told:
        if each.state == "missing":
            names["missing"].append(brief_texts().chapters[each.key].name.lower())
        if any(held.stands.freshness == "stale" for held in each.held):
            names["stale"].append(brief_texts().chapters[each.key].name.lower())
    rest = [texts.rest[state].format(names="; ".join(names[state])) for state in ("missing", "stale") if names[state]]
    whole = sum(each.state in ("told", "not_needed") for each in told)
    return texts.lead.format(told=whole, all=len(told), rest=" ".join(rest) or texts.rest["complete"])


def filled(brief: Brief, *, now: Now) -> Dossier:
    """The forms, read; with the capability that the mapper found."""
    verdict = brief.of("use_case_mapper")
    capability = verdict.spec.get("capability") if verdict else None
    latest = cast("Mapping[Evidenced, Result]", now.latest)
    known = capability if isinstance(capability, str) else None
    return dossier(brief.forms, latest=latest, today=now.today, capability=known)


def _chapter(brief: Brief, chapter: Chapter, forms: Dossier) -> Iterator[Block]:
    texts, words = brief_texts().document, brief_texts().chapters[chapter.key]
    yield Heading(words.name)
    yield Paragraph(words.question, quiet=True)
    if chapter.key == "change":
        yield from _change(brief)
    if chapter.state == "not_needed":
        yield Paragraph(texts.not_needed)
    for each in chapter.held:
        yield from entry(each)
    if chapter.note:
        yield Heading(texts.note_title, level=3)
        yield Paragraph(chapter.note)
    if known := lines(chapter.key, forms):
        yield Facts(known, open=texts.open)
    if chapter.missing:
        yield Heading(texts.missing_title, level=3)
        yield Bullets(tuple(brief_texts().missing[each].text for each in chapter.missing))


def lines(key: ChapterKey, forms: Dossier) -> tuple[tuple[str, str | None], ...]:
    """What the forms say that belongs into a chapter: names and sentences."""
    parts = brief_texts().lines.get(key, ()) if forms.forms else ()
    return tuple((_label(part), said(forms, part)) for part in parts if any(ROWS[part](forms)))


def _label(part: str) -> str:
    from aipm.governance.hand_on_texts import hand_on_texts

    rows: Mapping[str, str] = {str(key): text for key, text in hand_on_texts().brief.rows.items()}
    return rows[part]


def _change(brief: Brief) -> Iterator[Block]:
    texts = brief_texts().document
    if brief.decisions:
        yield Heading(texts.decisions, level=3)
        yield Bullets(tuple(map(decided, brief.decisions)))
    if brief.mind:
        yield Heading(texts.mind, level=3)
        yield Bullets(brief.mind)


def decided(decision: Decision) -> str:
    """A decision with who took it, and when."""
    texts = brief_texts().document
    on = day(decision.on) if decision.on else texts.no_day
    return texts.decision.format(what=decision.what.rstrip("."), who=decision.who or texts.nobody, day=on)


def entry(held: Held) -> Iterator[Block]:
    """What a tool found: its answer, its figures and charts, what to mind, and what it rests on."""
    texts, each = brief_texts().document, held.entry
    yield Heading(each.title, level=3)
    yield Paragraph(each.summary)
    if held.stands.freshness == "stale":
        reasons = ", ".join(map(reason_name, held.stands.reasons))
        yield Paragraph(texts.stale.format(reasons=reasons, tool=tool_name(each.tool)))
    elif each.against:
        yield Paragraph(texts.against)
    if each.warnings:
        yield Bullets(tuple(texts.warning.format(text=warning) for warning in each.warnings))
    if each.figures:
        yield figures(each.figures)
    yield from each.charts
    yield Paragraph(source(each), quiet=True)


def figures(found: tuple[Figure, ...]) -> Table:
    """A row a figure; the columns that nothing stands in are left out."""
    texts = brief_texts().document
    cells = [(each.name, written(each.value, each.unit), _interval(each), count(each.n)) for each in found]
    kept = [place for place in range(4) if place < 2 or any(row[place] != NONE for row in cells)]
    return Table(
        title=texts.figures,
        columns=tuple(texts.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in cells),
        numeric=frozenset(range(1, len(kept))),
    )


def _interval(each: Figure) -> str:
    if each.low is None or each.high is None:
        return NONE
    return f"{written(each.low, each.unit)} to {written(each.high, each.unit)}"


def source(each: Entry) -> str:
    """What an answer rests on: the tool, the day, its fingerprint, the data, the versions."""
    texts = brief_texts().document
    line = texts.source.format(tool=tool_name(each.tool), day=day(each.at), mark=each.fingerprint)
    if each.data or each.data_name:
        line += texts.on_data.format(name=plain(each.data_name or texts.no_data, NAME))
    known = brief_texts().versions
    made = ", ".join(
        texts.version.format(name=known.get(name, name), version=plain(version, NAME))
        for name, version in sorted(each.versions.items())
    )
    more = [texts.versions.format(versions=made)] if made else []
    return " ".join([f"{line}.", *more, *([texts.suppressed] if each.suppressed else [])])


def changed(change: Change) -> str:
    """A difference between two briefs, in a sentence."""
    texts = brief_texts()
    code, about = change.code, change.about
    if code.startswith("entry"):
        about = tool_name(about)
    elif code.startswith("form"):
        about = tool_name(about) if about in FORMS else about
    elif code == "note_changed":
        code = code if change.after else "note_removed"
        about = next((each.name for key, each in texts.chapters.items() if key == about), about)
    if code == "entry_changed" and change.before == change.after:
        code = "entry_parts"
    parts = ", ".join(texts.parts[each] for each in change.parts)
    values = {"about": plain(about, NAME), "before": plain(change.before), "after": plain(change.after)}
    return texts.changes[code].format(parts=parts, **values)


def refused(code: str) -> str:
    """Why an entry is not kept."""
    return brief_texts().refused[code].format(threshold=disclosure_threshold())
