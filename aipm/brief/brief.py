"""One product decision: what the tools found, the forms, what people decided. Every step makes a new one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, Literal, get_args

import msgspec

from aipm.brief.entry import Entry, Tool, check
from aipm.brief.stale import Now, Stands, stands
from aipm.governance.fields import Rows, Typed, typed
from aipm.governance.forms import FORMS
from aipm.governance.product import Product

ChapterKey = Literal["pain", "capability", "model", "data", "fairness", "risks", "change", "other"]
CHAPTERS: tuple[ChapterKey, ...] = get_args(ChapterKey)
"""The story in its order; `other` holds what belongs to none of them, and is left out while it is empty."""
TOOLS: dict[ChapterKey, tuple[str, ...]] = {
    "pain": ("use_case_mapper.pain", "use_case_mapper.journey", "workshop.pains", "workshop.dots"),
    "capability": ("use_case_mapper", "capabilities", "workshop.quiz"),
    "model": ("model_scorer.approach", "model_scorer", "model_scorer.cost", "workshop.weights", "workshop.scores"),
    "data": ("data_prep", "workshop.data"),
    "fairness": ("bias_audit", "lifecycle", "workshop.bias"),
    "risks": ("workshop.checks", "workshop.ethics", "workshop.roles", "workshop.premortem"),
    "change": ("lifecycle.ab_test", "lifecycle.feedback", "workshop.confidence"),
}
"""Which results belong where; a part that is not named goes where its page goes."""
NEEDS: dict[ChapterKey, tuple[str, ...]] = {
    "capability": ("use_case_mapper",),
    "model": ("model_scorer", "model_scorer.cost"),
    "data": ("data_prep",),
    "fairness": ("bias_audit",),
}
"""Without these a chapter is not told."""
FORMS_NEEDED: tuple[str, ...] = ("triage", "register", "gates", "roles")
"""Forms without which risks, owners and gates are not told."""
UNNEEDED_WITHOUT_AI: frozenset[ChapterKey] = frozenset({"model", "data", "fairness"})
NO_AI = "use_case_mapper"
"""Where this speaks against going on, no AI is needed."""
HISTORY, HISTORY_SIZE = 200, 1_000_000
"""Earlier entries that are kept, and their bytes in a file; of more the oldest go, so that a store can hold it all."""
State = Literal["told", "missing", "stale", "not_needed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    what: Typed
    who: Typed | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """`entries`: the latest of each tool and part, in the order in which they came; `history`: earlier ones.

    `forms`: those of aipm.governance.forms by name; `mind`: what would change our mind.
    """

    entries: Annotated[tuple[Entry, ...], Rows] = ()
    history: Annotated[tuple[Entry, ...], Rows] = ()
    forms: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[ChapterKey, Typed] = field(default_factory=dict)
    decisions: Annotated[tuple[Decision, ...], Rows] = ()
    mind: Annotated[tuple[Typed, ...], Rows] = ()

    @property
    def product(self) -> Product:
        """What it is all about; an empty one where nothing was said."""
        found: Product = self.forms.get("product") or Product()
        return found

    def of(self, tool: str) -> Entry | None:
        """The latest entry of a tool."""
        return next((each for each in self.entries if each.tool == tool), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    entry: Entry
    stands: Stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """`missing`: tools, `form.…` or `product.…` without which it is not told; words and places stand in the content."""

    key: ChapterKey
    state: State
    held: tuple[Held, ...] = ()
    missing: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`code` (content/brief.yaml, `changes`), what it is about, and what stood there before and stands there now."""

    code: str
    about: str = ""
    before: str = ""
    after: str = ""
    parts: tuple[str, ...] = ()


def add(brief: Brief, entry: Entry) -> Brief:
    """With this entry as its tool's latest; the one before goes to the history. Raises EntryError.

    The same answer again changes nothing: it keeps the time at which it was first found.
    """
    entry = check(entry)
    before = brief.of(entry.tool)
    if before is None:
        return replace(brief, entries=(*brief.entries, entry))
    if replace(entry, at=before.at) == before:
        return brief
    entries = tuple(entry if each.tool == entry.tool else each for each in brief.entries)
    return replace(brief, entries=entries, history=_earlier(brief, before))


def remove(brief: Brief, tool: Tool) -> Brief:
    """Without this tool's entry; it stays in the history."""
    gone = tuple(each for each in brief.entries if each.tool == tool)
    kept = tuple(each for each in brief.entries if each.tool != tool)
    return replace(brief, entries=kept, history=_earlier(brief, *gone)) if gone else brief


def _earlier(brief: Brief, *gone: Entry) -> tuple[Entry, ...]:
    """The history with what is replaced or taken out."""
    history = (*brief.history, *gone)[-HISTORY:]
    sizes = [len(msgspec.json.encode(each)) for each in history]
    start = 0
    while sum(sizes[start:]) > HISTORY_SIZE:
        start += 1
    return history[start:]


def note(brief: Brief, chapter: ChapterKey, text: str | None) -> Brief:
    """With this note on a chapter; a blank one takes it away."""
    others = {key: each for key, each in brief.notes.items() if key != chapter}
    said = typed(text)
    return replace(brief, notes={**others, chapter: said} if said else others)


def form(brief: Brief, name: str, filled: Any) -> Brief:
    """With this form of aipm.governance.forms; an empty one is left out."""
    others = {key: each for key, each in brief.forms.items() if key != name}
    return replace(brief, forms=others if filled == FORMS[name]() else {**others, name: filled})


def decide(brief: Brief, *decisions: Decision) -> Brief:
    """With these as all its decisions."""
    return replace(brief, decisions=tuple(each for each in decisions if typed(each.what)))


def would_change(brief: Brief, *mind: str) -> Brief:
    """With these as all that would change our mind."""
    return replace(brief, mind=tuple(each for text in mind if (each := typed(text))))


def chapter_of(tool: str) -> ChapterKey:
    """The chapter to which a tool's result belongs."""
    for named in (tool, tool.partition(".")[0]):
        for key, tools in TOOLS.items():
            if named in tools:
                return key
    return "risks" if tool.partition(".")[0] in {"ethics", "lifecycle"} else "other"


def chapters(brief: Brief, *, now: Now) -> tuple[Chapter, ...]:
    """The story, chapter by chapter: what is told, what is missing, what no longer stands."""
    found = (_chapter(brief, key, now) for key in CHAPTERS)
    return tuple(each for each in found if each.key != "other" or each.held or each.note)


def _chapter(brief: Brief, key: ChapterKey, now: Now) -> Chapter:
    ours = [each for each in brief.entries if chapter_of(each.tool) == key]
    order = TOOLS.get(key, ())
    ours.sort(key=lambda each: order.index(each.tool) if each.tool in order else len(order))
    held = tuple(Held(entry=each, stands=stands(each, now=now, product=brief.product)) for each in ours)
    missing = tuple(_missing(brief, key, told=bool(held)))
    verdict = brief.of(NO_AI)
    state: State = "missing" if missing else "told"
    if missing and verdict is not None and verdict.against and key in UNNEEDED_WITHOUT_AI and not held:
        state, missing = "not_needed", ()
    elif any(each.stands.freshness == "stale" for each in held) and not missing:
        state = "stale"
    return Chapter(key=key, state=state, held=held, missing=missing, note=brief.notes.get(key))


def _missing(brief: Brief, key: ChapterKey, *, told: bool) -> Iterator[str]:
    if key == "pain" and not told and not brief.product.purpose:
        yield "use_case_mapper.pain"
    yield from (tool for tool in NEEDS.get(key, ()) if brief.of(tool) is None)
    if key == "risks":
        yield from (f"form.{name}" for name in FORMS_NEEDED if name not in brief.forms)
        if not brief.product.owner:
            yield "product.owner"
    if key == "change":
        if not brief.mind:
            yield "mind"
        if not brief.decisions:
            yield "decisions"


ASKED = ("data", "settings", "model", "threshold", "versions")
SAID = ("summary", "figures", "warnings", "charts", "title", "spec", "suppressed", "against", "data_name")


def compare(old: Brief, new: Brief) -> tuple[Change, ...]:
    """What is different, in the order of the story; nothing where both say the same."""
    found = [*_entries(old, new), *_forms(old, new), *_notes(old, new)]
    for code, were, are in (
        ("decision", [each.what for each in old.decisions], [each.what for each in new.decisions]),
        ("mind", list(old.mind), list(new.mind)),
    ):
        found += [Change(code=f"{code}_removed", before=each) for each in were if each not in are]
        found += [Change(code=f"{code}_added", after=each) for each in are if each not in were]
    known = {each.what: each for each in old.decisions}
    found += [
        Change(code="decision_changed", about=each.what)
        for each in new.decisions
        if each.what in known and known[each.what] != each and each not in old.decisions
    ]
    return tuple(found)


def _entries(old: Brief, new: Brief) -> Iterator[Change]:
    tools = dict.fromkeys(each.tool for each in (*old.entries, *new.entries))
    for tool in sorted(tools, key=lambda each: CHAPTERS.index(chapter_of(each))):
        was, now = old.of(tool), new.of(tool)
        if was is None and now is not None:
            yield Change(code="entry_added", about=tool, after=now.summary)
        elif now is None and was is not None:
            yield Change(code="entry_removed", about=tool, before=was.summary)
        elif was is not None and now is not None:
            parts = tuple(part for part in (*ASKED, *SAID) if getattr(was, part) != getattr(now, part))
            if parts:
                yield Change(
                    code="entry_changed", about=tool, before=was.summary, after=now.summary, parts=_told(parts)
                )


def _told(parts: tuple[str, ...]) -> tuple[str, ...]:
    """What of a change is told: what it rests on; that it only says something else, where that is all."""
    asked = tuple(each for each in parts if each in ASKED)
    said = tuple(each for each in ("summary", "figures", "warnings") if each in parts)
    return (*asked, *said) or ("other",)


def _forms(old: Brief, new: Brief) -> Iterator[Change]:
    for name in (each for each in FORMS if each in old.forms or each in new.forms):
        was, now = old.forms.get(name), new.forms.get(name)
        if was != now:
            code = "form_added" if was is None else "form_removed" if now is None else "form_changed"
            yield Change(code=code, about=name)


def _notes(old: Brief, new: Brief) -> Iterator[Change]:
    for key in CHAPTERS:
        was, now = old.notes.get(key), new.notes.get(key)
        if was != now:
            yield Change(code="note_changed", about=key, before=was or "", after=now or "")
