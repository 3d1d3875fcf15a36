"""What a workload costs as files to hand on, with all that the figures assume: CSV to calculate with, Markdown to read.

Nothing here looks at the clock: who made a file, and on which day, is passed in.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from aipm.content import number
from aipm.content.markdown import bullets, drawn, paragraph, table
from aipm.selection.assumptions import cost_texts
from aipm.selection.cost import Cost, Estimate, Workload
from aipm.selection.hosting import Comparison, Hosting
from aipm.selection.offers import WHY
from aipm.selection.prices import CURRENCY
from aipm.tables.formula import formula_safe

DECIMALS = 6
UNASKED = frozenset({"images", "audio_seconds", "video_seconds", "characters"})
"""What goes unsaid where it is none: most models are not sold by it."""
UNSAID = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMachines:
    """A comparison with machines of one's own: which model runs on them, against whose API price.

    `people_known` is false where nobody said what people and the rest cost: then what would follow from it is left out.
    """

    model: str
    against: str
    hosting: Hosting
    found: Comparison
    people_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One statement of a bill; `low` and `high` are None where there is no range."""

    part: str
    item: str
    likely: str
    low: str | None = None
    high: str | None = None
    unit: str = ""
    note: str = ""


def bill_csv(
    workload: Workload, bills: Mapping[str, Cost], *, made_by: str, day: date, own: OwnMachines | None = None
) -> str:
    """A row a statement, with what it is of, its value, range, unit and a note; text is safe from being calculated."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    heads = ("part", "item", "likely", "low", "high", "unit", "note", "made_by", "day")
    writer.writerow([cost_texts().bill.columns[name] for name in heads])
    for line in _lines(workload, bills, own):
        amounts = (line.likely, line.low, line.high)
        cells = (line.part, line.item, *amounts, line.unit, line.note, made_by, day.isoformat())
        writer.writerow([cell if cell is None or _is_number(cell) else formula_safe(cell) for cell in cells])
    return text.getvalue()


def bill_markdown(
    workload: Workload, bills: Mapping[str, Cost], *, made_by: str, day: date, own: OwnMachines | None = None
) -> str:
    """A heading a part; what is unknown is a dash with its reason."""
    say = cost_texts().bill
    named = say.columns
    every = list(_lines(workload, bills, own))
    blocks = [f"# {drawn(say.title)}"]
    if (at := next((each.as_of for each in bills.values()), None)) is not None:
        blocks.append(paragraph(say.prices_at.format(at=at.strftime("%Y-%m-%d %H:%M"))))
    for part in dict.fromkeys(line.part for line in every):
        lines = [line for line in every if line.part == part]
        blocks.append(f"## {drawn(part)}")
        if all(not line.likely for line in lines):
            blocks.append(bullets(f"{line.item}: {line.note}" if line.item else line.note for line in lines))
            continue
        columns = {
            "item": [line.item for line in lines],
            "likely": [_read(line.likely, line.unit) if line.likely else number.NONE for line in lines],
            "low": [_read(line.low, line.unit) for line in lines],
            "high": [_read(line.high, line.unit) for line in lines],
            "unit": [line.unit for line in lines],
            "note": [line.note for line in lines],
        }
        filled = {named[name]: cells for name, cells in columns.items() if any(cells)}
        blocks.append(table(list(filled), list(zip(*filled.values(), strict=True))))
    made = say.made.format(made_by=made_by, day=day.isoformat())
    return "\n\n".join([*blocks, "---", drawn(made)]) + "\n"


def stated(workload: Workload) -> list[tuple[str, str]]:
    """What is asked of the model in words: each thing and its amount, but for what is not asked of it at all."""
    say, found = cost_texts().bill, []
    for line in _given(say.assumptions, workload, say.workload):
        if line.likely not in ("0", "no") and (line.likely, line.unit) != ("1", "times"):
            low, likely, high = (_read(each, line.unit) for each in (line.low, line.likely, line.high))
            amount = likely if line.low is None else f"{low} – {high}"
            found.append((line.item, amount if line.unit in ("", "yes or no") else f"{amount} {line.unit}"))
    return found


def _lines(workload: Workload, bills: Mapping[str, Cost], own: OwnMachines | None) -> Iterator[Line]:
    say = cost_texts().bill
    yield from _given(say.assumptions, workload, say.workload)
    for name, bill in bills.items():
        if bill.status != "ok":
            yield Line(part=say.bill, item=name, likely="", note=say.no_price.format(why=WHY[bill.status]))
            continue
        for key, said in say.figures.items():
            if (found := getattr(bill, key)) is not None:
                called, unit = said.split("|")
                yield _estimate(say.bill, f"{name}: {called}", found, unit)
    for name, bill in bills.items():
        for month in bill.months:
            yield _estimate(say.months, f"{name}: {month.start.isoformat()}", month.usd, bill.currency)
    if own is not None:
        yield from _own(own)
    for name, bill in bills.items():
        source = say.source.format(source=bill.source, day=bill.source_as_of or UNSAID)
        changes = (
            say.change.format(
                day=change.day.isoformat(), after=_plain(change.after * 1000), before=_plain(change.before * 1000)
            )
            for change in bill.changes
        )
        yield Line(part=say.sources, item=name, likely="", note=" ".join((source, *changes)))
    for caution in dict.fromkeys(caution for bill in bills.values() for caution in bill.cautions):
        yield Line(part=say.cautions, item="", likely="", note=caution)
    for caution in cost_texts().hosting.cautions if own is not None else ():
        yield Line(part=say.cautions, item="", likely="", note=caution)


def _given(part: str, given: Any, words: Mapping[str, str]) -> Iterator[Line]:
    """Every field of the workload or of the machines that was stated."""
    for name in (field.name for field in fields(given)):
        if name not in words:
            continue
        said, unit = words[name].split("|")
        value = given.requests_per_month if name == "requests" else getattr(given, name)
        if isinstance(value, Estimate):
            yield _estimate(part, said, value, unit)
        elif value is not None and (value or name not in UNASKED):
            shown = ("yes" if value else "no") if isinstance(value, bool) else _plain(Decimal(value))
            yield Line(part=part, item=said, likely=shown, unit=unit)


def _own(own: OwnMachines) -> Iterator[Line]:
    say, found = cost_texts().bill, own.found
    values: dict[str, Estimate | Decimal | str | None] = {
        "model": own.model,
        "against": own.against,
        "tokens_per_month": found.tokens_per_month,
        "gpus": Decimal(found.own.gpus),
        "api": found.api,
        "own": found.own.monthly if own.people_known else None,
        "left_for_people": found.left_for_people,
        "break_even": found.break_even_requests if own.people_known else None,
    }
    words = say.hosting if own.people_known else {k: v for k, v in say.hosting.items() if k != "ops_usd_per_month"}
    yield from _given(say.own, own.hosting, words)
    for key, value in values.items():
        if value is None:
            continue
        said, unit = say.compared[key].split("|")
        if isinstance(value, Estimate):
            yield _estimate(say.own, said, value, unit)
        elif key == "left_for_people" and found.left_for_people <= 0:
            yield Line(part=say.own, item=said, likely="", note=say.no_room)
        else:
            shown = value if isinstance(value, str) else _plain(value)
            yield Line(part=say.own, item=said, likely=shown, unit=unit)


def _estimate(part: str, item: str, found: Estimate, unit: str) -> Line:
    low, high = found.bounds
    ends: Sequence[str | None] = (None, None) if low == high else (_plain(low), _plain(high))
    return Line(part=part, item=item, likely=_plain(found.likely), low=ends[0], high=ends[1], unit=unit)


def _plain(value: Decimal) -> str:
    """A number as any program reads it: six decimals at most, no thousands, no exponent."""
    text = f"{value:.{DECIMALS}f}"
    return text.rstrip("0").rstrip(".") or "0"


def _read(cell: str | None, unit: str) -> str:
    """A number as people read it, with thousands apart, and money of a dollar or more in cents; text as it is."""
    if cell is None:
        return ""
    if not _is_number(cell):
        return cell
    cents = unit.startswith(CURRENCY) and abs(Decimal(cell)) >= 1
    return f"{Decimal(cell):,.2f}" if cents else f"{Decimal(cell):,f}"


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdecimal() and cell.isascii()
