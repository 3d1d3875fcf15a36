"""The register as files to hand on: CSV with a row an item and every column, Markdown to read.

Nothing here looks at the clock: who made a file, and on which day, is passed in.
"""

from collections.abc import Sequence
from datetime import date

from aipm.content.markdown import bullets, drawn, table
from aipm.governance.evidence import Evidence
from aipm.governance.product import Product
from aipm.governance.question_bank import Bank, labels
from aipm.governance.register import Item
from aipm.governance.risk import Assessment
from aipm.governance.risk_rows import BLOCKS, Rating, Row
from aipm.governance.risk_said import gate_said, item_name, name_of, rating_said
from aipm.governance.risk_texts import register_texts
from aipm.tables.formula import csv_text

Cell = str | float | None
COLUMNS = (
    *("id", "question_key", "heading", "question", "why_it_matters", "severe", "asked", "state", "answer", "reason"),
    *("who", "harm", "severity", "likelihood", "rating", "level", "reversible", "references", "tags"),
    *("mitigations", "mitigation_own", "in_place", "residual_severity", "residual_likelihood", "residual_rating"),
    *("owner", "due", "overdue", "reviewer"),
    *("evidence", "evidence_what", "evidence_says", "evidence_fingerprint", "evidence_standing", "evidence_reasons"),
    *("evidence_by", "evidence_added", "evidence_review_by"),
    *("accepted_by", "accepted_why", "accepted_until", "problems", "notes", "removed", "made_by", "day"),
)


def register_csv(found: Assessment, *, bank: Bank, made_by: str, day: date) -> str:
    """A row an item, also those that were taken out and questions that have no row yet; blank where nothing is said."""
    rows = [_cells(row, row.item, bank) for row in found.rows]
    rows += [_cells(None, item, bank) for item in found.removed]
    return csv_text([COLUMNS, *((*row, made_by, day.isoformat()) for row in rows)])


def register_markdown(found: Assessment, *, bank: Bank, asked: int, product: Product, made_by: str, day: date) -> str:
    """Where it stands, what is in the way, the tasks, and a table of the items."""
    texts = register_texts()
    say = texts.exports
    title = say.title_of.format(name=product.name) if product.name else say.title
    blocks = [
        f"# {drawn(title)}",
        f"## {drawn(say.gate)}",
        drawn(f"{texts.gate.names[found.gate]}. {gate_said(found, bank=bank, asked=asked)}"),
    ]
    counts = [
        say.counts.format(name=texts.states[state], count=count) for state, count in found.counts.items() if count
    ]
    blocks.append(bullets(counts))
    named = {row.key: name_of(row) for row in found.rows}
    held = [named[key] for block in BLOCKS for key in found.blocks[block]]
    if held:
        blocks += [f"## {drawn(say.blockers)}", bullets(held)]
    if found.tasks:
        tasks = [
            say.task.format(
                kind=texts.tasks.kinds[task.kind],
                name=name_of(task.row),
                owner=task.owner or texts.tasks.no_owner,
                due=_day(task.due) or texts.tasks.no_due,
            )
            for task in found.tasks
        ]
        blocks += [f"## {drawn(say.tasks)}", bullets(tasks)]
    begun = [row for row in found.rows if row.item is not None]
    if begun:
        blocks += [f"## {drawn(say.items)}", table(list(say.table.values()), [_line(row) for row in begun])]
    if found.removed:
        gone = [say.removed_item.format(name=item_name(each, bank), reason=each.removed) for each in found.removed]
        blocks += [f"## {drawn(say.removed)}", bullets(gone)]
    made = say.made.format(made_by=made_by, day=day.isoformat())
    return "\n\n".join([*blocks, "---", drawn(made)]) + "\n"


def _line(row: Row) -> Sequence[str]:
    texts, item = register_texts(), row.item
    assert item is not None
    return (
        name_of(row),
        texts.states[row.state],
        texts.exports.yes if row.severe else "",
        rating_said(row.before) if row.before else "",
        rating_said(row.after) if row.after and row.after != row.before else "",
        item.owner or "",
        item.reviewer or "",
        _day(item.due) or "",
        row.standing.freshness if row.standing else "",
    )


def _cells(row: Row | None, item: Item | None, bank: Bank) -> list[Cell]:
    texts = register_texts()
    given = item or Item(id="r1", question=row.key if row else None)
    question = bank.questions.get(given.question or "")
    heading = question.heading if question else given.heading
    evidence = given.evidence
    standing = row.standing if row else None
    return [
        item.id if item else None,
        given.question,
        bank.headings[heading].name if heading else None,
        item_name(given, bank),
        question.why if question else None,
        _yes(row.severe) if row else _yes(bool(question.severe if question else given.severe)),
        _yes(row.asked is not None) if row else None,
        texts.states[row.state] if row else None,
        given.answer,
        given.reason,
        given.who,
        given.harm,
        given.severity,
        given.likelihood,
        *_rated(row.before if row else None),
        given.reversible,
        "; ".join(labels(bank, question.refs)) if question else None,
        given.tags,
        "; ".join(bank.mitigations[key].name if key in bank.mitigations else key for key in given.mitigations) or None,
        given.mitigation,
        _yes(given.done),
        given.residual_severity,
        given.residual_likelihood,
        row.after.score if row and row.after else None,
        given.owner,
        _day(given.due),
        _yes(row.overdue) if row else None,
        given.reviewer,
        *_shown(evidence),
        standing.freshness if standing else None,
        "; ".join(standing.reasons) or None if standing else None,
        evidence.by if evidence else None,
        _day(evidence.added) if evidence else None,
        _day(evidence.review_by) if evidence else None,
        given.accepted_by,
        given.accepted_why,
        _day(given.accepted_until),
        " ".join(texts.problems[each] for each in row.problems) or None if row else None,
        given.note,
        given.removed,
    ]


def _rated(rating: Rating | None) -> tuple[Cell, Cell]:
    return (rating.score, register_texts().levels[rating.level]) if rating else (None, None)


def _shown(evidence: Evidence | None) -> tuple[Cell, Cell, Cell, Cell]:
    """Its kind, what it is, what it is said to show, by what it is known."""
    if evidence is None:
        return None, None, None, None
    if evidence.kind == "result" and evidence.result is not None:
        return "result", f"{evidence.result.tool}: {evidence.result.said}", evidence.says, evidence.result.fingerprint
    if evidence.kind == "file":
        return "file", evidence.file_name, evidence.says, evidence.file_sha256
    return evidence.kind, evidence.link, evidence.says, None


def _yes(value: bool) -> str:  # noqa: FBT001 - a cell is made from one value
    say = register_texts().exports
    return say.yes if value else say.no


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
