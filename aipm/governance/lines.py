"""Lines of the papers that are handed on: what is known of a topic, each with where it is from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aipm.content.day import day
from aipm.governance.dossier import Dossier, Proof
from aipm.governance.evidence import Evidence, Result, Standing, standing
from aipm.governance.hand_on_texts import hand_on_texts, name_of, shared
from aipm.governance.product import Product

LONG = 400
"""Characters of what somebody typed, in one line of a paper."""
MOST = 8
"""Lines to a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is known, and where it is from: a row of a form, or a tool's result with its fingerprint."""

    text: str
    source: str

    def __str__(self) -> str:
        return hand_on_texts().source.line.format(text=self.text, source=self.source)


Topic = Callable[[Dossier], Iterable[Line]]


def plain(typed: str, limit: int = LONG) -> str:
    """What somebody typed, on one line and of a bounded length; cut between words."""
    line = " ".join(typed[: 4 * limit].split())
    if len(line) <= limit:
        return line
    return f"{line[:limit].rsplit(' ', 1)[0].rstrip(',;:')} …"


def say(name: str, /, **values: object) -> str:
    """A sentence of `lines`; text in `values` was made plain by whoever calls."""
    return hand_on_texts().lines[name].format(**values)


def of(form: str, text: str, row: str | None = None) -> Line:
    """A line out of a form, or out of one row of it."""
    if row is None:
        return Line(text=text, source=name_of(form))
    return Line(text=text, source=place(form, row))


def place(form: str, row: str) -> str:
    """Register, item r12; Stage gates, Development; Who is affected, row r1."""
    source = hand_on_texts().source
    shape = {"register": source.item, "gates": source.stage}.get(form, source.row)
    return shape.format(form=name_of(form), row=row)


def typed(form: str, text: str | None, row: str | None = None) -> list[Line]:
    """What somebody typed there, as it is; nothing where nothing was."""
    return [of(form, plain(text), row)] if text else []


def result(found: Result) -> str:
    """A tool's result as a source: Bias audit, fingerprint 3fa9…, 12 Nov 2026."""
    return hand_on_texts().source.result.format(tool=name_of(found.tool), mark=found.fingerprint, day=day(found.at))


def told(d: Dossier, found: Proof | Result | None, text: str | None = None) -> list[Line]:
    """What a tool said (or `text` in its place), marked as stale where the result no longer stands."""
    if found is None:
        return []
    if isinstance(found, Proof):
        if (held := found.evidence.result) is None:
            return []
        source = hand_on_texts().source.held.format(place=place(found.form, found.place), result=result(held))
        stands = found.standing
    else:
        held, source = found, result(found)
        proof = Evidence(kind="result", added=d.today, result=held)
        stands = standing(proof, latest=d.latest, product=d.of(Product), today=d.today)
    return [Line(text=text or plain(held.said), source=aged(source, stands))]


def aged(source: str, stands: Standing) -> str:
    """The source, and why it no longer stands."""
    if stands.freshness not in ("stale", "failed"):
        return source
    return hand_on_texts().source.stale.format(source=source, reasons=reasons(stands))


def reasons(stands: Standing) -> str:
    return ", ".join(shared().reasons[each] for each in stands.reasons)


def held(found: Proof | Result | None) -> Result | None:
    """The result itself."""
    return found.evidence.result if isinstance(found, Proof) else found
