"""What the people concerned are told: the transparency notice, in three lengths."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from aipm.content.day import in_full
from aipm.governance.fields import Typed, Whole
from aipm.governance.form_texts import Gap, Known
from aipm.governance.notice_texts import Automated, Duty, Kind, PieceText, State, notice_texts
from aipm.governance.product import Product
from aipm.governance.reading_ease import Reading, measure, sentences, vague

CORE = ("kind", "who", "does", "does_not", "data", "factors", "uncertain", "human", "objection", "changed_on")
"""What every notice says."""
POLICY = ("basis", "recipients", "retention", "complaint")
"""What is also said where personal data are used."""
OLD = 365
"""Days after which a notice should be looked at again: our rule of thumb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    kind: Kind | None = None
    who: Typed | None = None
    contact: Typed | None = None
    does: Typed | None = None
    does_not: Typed | None = None
    data: Typed | None = None
    automated: Automated | None = None
    factors: Typed | None = None
    """The main things the answer depends on, a line each."""
    effect: Typed | None = None
    """What the answer means for the person."""
    uncertain: Typed | None = None
    human: Typed | None = None
    objection: Typed | None = None
    answer_days: Whole | None = None
    changed_on: date | None = None
    changed_what: Typed | None = None
    eu: Known | None = None
    personal_data: Known | None = None
    from_others: Known | None = None
    """Whether some of the personal data come from others than the person."""
    high_risk: Known | None = None
    senses: Known | None = None
    """Whether it reads feelings, or sorts people by their bodies."""
    basis: Typed | None = None
    recipients: Typed | None = None
    retention: Typed | None = None
    origin: Typed | None = None
    officer: Typed | None = None
    complaint: Typed | None = None
    shown: Typed | None = None
    """Where and when it is shown."""
    accessible: Known | None = None
    marked: Known | None = None
    """Whether what it makes is marked so that machines can tell."""
    labelled: Known | None = None
    """Whether people can see it, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of the page: its heading, paragraphs, and a list."""

    heading: str
    paragraphs: tuple[str, ...]
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The notice as it would be read: a line in the product, a paragraph, a page; brackets for what is missing."""

    line: str
    paragraph: str
    title: str
    page: tuple[Block, ...]

    @property
    def prose(self) -> str:
        """What is read of the page, without headings and what is missing: what reading ease is measured on."""
        before = notice_texts().blank.split("{", maxsplit=1)[0]
        lines = (line for each in self.page for line in (*each.paragraphs, *each.bullets))
        return "\n".join(said for line in lines for said in sentences(line) if before not in said)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFound:
    """A duty that the answers point to, and what it still asks for: names of fields."""

    duty: Duty
    state: State
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    told: Told
    gaps: tuple[Gap, ...]
    duties: tuple[DutyFound, ...]
    reading: Reading
    vague: tuple[str, ...]


def assess(notice: Notice, product: Product, *, today: date) -> Assessment:
    """The notice, what it lacks, and how well it can be read."""
    told = tell(notice, product)
    written = _typed(notice)
    reading = measure(told.prose)
    duties = duties_of(notice)
    found = [Gap(code="empty")] if notice == Notice() else [Gap(code=each) for each in _missing(notice)]
    if notice != Notice():
        found += _law_gaps(notice, duties)
        if notice.changed_on is not None and (today - notice.changed_on).days > OLD:
            found.append(Gap(code="old", values={"day": notice.changed_on.isoformat()}))
        if reading.band == "hard":
            found.append(Gap(code="hard"))
    return Assessment(
        told=told,
        gaps=tuple(found),
        duties=duties,
        reading=reading,
        vague=vague(written, tuple(notice_texts().vague)),
    )


def tell(notice: Notice, product: Product) -> Told:
    """The three lengths from what was filled in."""
    texts = notice_texts()
    name = product.name or texts.unnamed
    values = _values(notice, name)
    kind: Kind = notice.kind or "decision"
    blocks = []
    for section in texts.sections:
        said = _pieces(section.pieces, notice, values)
        listed = tuple(line for each in said for line in each.split("\n")[1:] if line.strip())
        whole = tuple(each.split("\n")[0].strip() for each in said)
        if whole:
            blocks.append(Block(heading=section.heading.format(**values), paragraphs=whole, bullets=listed))
    paragraph = " ".join(each.replace("\n", " ") for each in _pieces(texts.paragraph, notice, values))
    return Told(
        line=_filled(texts.lines[kind], values),
        paragraph=paragraph,
        title=texts.document.format(product=name),
        page=tuple(blocks),
    )


def duties_of(notice: Notice) -> tuple[DutyFound, ...]:
    """The duties to tell that the answers point to; none where it is not used in the EU."""
    if notice.eu == "no":
        return ()
    return tuple(_found(notice, duty) for duty, applies in _APPLIES.items() if applies(notice))


def _yes(answer: Known | None) -> bool:
    """Whether it has to be reckoned with: "not sure" counts."""
    return answer in ("yes", "unsure")


_APPLIES: dict[Duty, Callable[[Notice], bool]] = {
    "ai_50_1": lambda notice: notice.kind == "chat",
    "ai_50_2": lambda notice: notice.kind == "media",
    "ai_50_3": lambda notice: _yes(notice.senses),
    "ai_50_4": lambda notice: notice.kind == "media",
    "ai_50_5": lambda notice: notice.kind in ("chat", "media") or _yes(notice.senses),
    "ai_26_11": lambda notice: _yes(notice.high_risk) and notice.automated in ("alone", "person"),
    "gdpr_13": lambda notice: _yes(notice.personal_data),
    "gdpr_14": lambda notice: _yes(notice.personal_data) and _yes(notice.from_others),
    "gdpr_22": lambda notice: _yes(notice.personal_data) and notice.automated == "alone",
}
_NEEDS: dict[Duty, tuple[str, ...]] = {
    "ai_50_1": ("shown",),
    "ai_50_2": ("marked",),
    "ai_50_3": ("does",),
    "ai_50_4": ("labelled",),
    "ai_50_5": ("shown", "accessible"),
    "ai_26_11": ("shown", "does", "objection"),
    "gdpr_13": ("who", "contact", "does", *POLICY),
    "gdpr_14": ("data", "origin"),
    "gdpr_22": ("factors", "effect", "human", "objection"),
}


def _found(notice: Notice, duty: Duty) -> DutyFound:
    lacks = tuple(each for each in _NEEDS[duty] if getattr(notice, each) in (None, "no", "unsure"))
    if lacks:
        return DutyFound(duty=duty, state="missing", lacks=lacks)
    unsure = duty == "ai_50_3" or "unsure" in (
        {"ai_26_11": notice.high_risk, "gdpr_14": notice.from_others}.get(duty),
        notice.personal_data if duty.startswith("gdpr") else None,
    )
    return DutyFound(duty=duty, state="ask" if unsure else "met")


def _missing(notice: Notice) -> list[str]:
    return [each for each in CORE if getattr(notice, each) is None]


def _law_gaps(notice: Notice, duties: tuple[DutyFound, ...]) -> list[Gap]:
    found = [Gap(code=f"{each}_open") for each in ("eu", "personal_data") if getattr(notice, each) in (None, "unsure")]
    lacks = dict.fromkeys(name for each in duties for name in each.lacks if name not in CORE)
    return found + [Gap(code="duty", values={"field": notice_texts().fields[name].label}) for name in lacks]


def _typed(notice: Notice) -> str:
    return "\n".join(value for name in notice.__dataclass_fields__ if isinstance(value := getattr(notice, name), str))


def _values(notice: Notice, name: str) -> dict[str, str]:
    """What stands for each `{field}`: what was typed, or the blank that says what is missing."""
    texts, values = notice_texts(), {"product": name, "ai": notice_texts().ai}
    for field, said in texts.fields.items():
        value = getattr(notice, field)
        blank = texts.blank.format(field=said.label[:1].lower() + said.label[1:].rstrip("?"))
        values[field] = blank if value is None else _said(field, value)
    return values


def _said(field: str, value: object) -> str:
    if isinstance(value, date):
        return in_full(value)
    if field == "factors":
        return "".join(f"\n{line.strip()}" for line in str(value).splitlines() if line.strip())
    said = " ".join(str(value).split())
    return said if not said or field not in _SENTENCES or re.search(r"[.!?…:]$", said) else f"{said}."


_SENTENCES = {"does", "does_not", "data", "effect", "uncertain", "human", "objection", "recipients", "retention"} | {
    *("origin", "complaint", "changed_what", "basis")
}
"""Fields that are written as whole sentences: a full stop is added where it was forgotten."""


def _pieces(pieces: tuple[PieceText, ...], notice: Notice, values: dict[str, str]) -> list[str]:
    return [_filled(each.text, values) for each in pieces if _kept(each, notice)]


def _kept(piece: PieceText, notice: Notice) -> bool:
    if piece.only is None:
        return True
    value = getattr(notice, piece.only)
    return value in piece.among if piece.among else value is not None


def _filled(template: str, values: dict[str, str]) -> str:
    return template.format(**values).strip()
