"""The short list as files to hand on: a document to read, CSV to sort. Nothing here looks at the clock."""

from collections.abc import Sequence

from aipm.content.document import Bullets, Document, Facts, Heading, Paragraph, Table
from aipm.governance import stack_words as words
from aipm.governance.product import Product
from aipm.governance.stack import PARTS, Pick, Shortlist, StackTool
from aipm.tables.formula import csv_text

COLUMNS = (
    *("stage", "tool", "job", "proposed", "why", "left_out_by", "licence", "licence_name", "licence_checked"),
    *("runs", "skills", "cost", "status", "status_why", "checked", "checked_on", "source", "replaced_by"),
)


def document(found: Shortlist, *, product: Product) -> Document:
    """What was answered, the tools of each stage with their reasons, and what was left out."""
    texts = words.stack_texts()
    said = texts.document
    blocks: list[Heading | Paragraph | Bullets | Facts | Table] = [
        Heading(said.needs),
        Facts(
            pairs=tuple((texts.form.fields[part].label, words.said(part, found.needs)) for part in PARTS),
            open=said.open,
        ),
    ]
    if found.clashes:
        blocks += [Heading(texts.clashes.title), Bullets(words.clashes(found))]
    for each in found.stages:
        name = texts.stages[each.stage].name
        blocks.append(Heading(name))
        if each.hidden:
            blocks.append(Paragraph(texts.hidden))
            continue
        if each.picks:
            rows = tuple(_row(pick, found) for pick in each.picks)
            blocks.append(
                Table(title=texts.stages[each.stage].question, columns=tuple(said.columns.values()), rows=rows)
            )
        else:
            blocks += [Paragraph(said.nothing), Bullets(words.relaxed(each))]
        if lines := words.left_out(each):
            blocks.append(Paragraph(said.left.format(lines=" ".join(lines)), quiet=True))
    lead, *_ = words.answer(found)
    title = said.title.format(product=product.name or said.unnamed)
    note = said.note.format(as_of=texts.as_of)
    return Document(eyebrow=said.eyebrow, title=title, lead=lead, note=note, blocks=tuple(blocks))


def csv(found: Shortlist) -> str:
    """A row a tool and stage, also those that were left out; text that a spreadsheet would calculate is plain text."""
    rows: list[Sequence[str]] = [COLUMNS]
    for each in found.stages:
        rows += [
            _line(each.stage, pick.tool, proposed="yes", why=words.why(pick, found.needs), by="") for pick in each.picks
        ]
        rows += [_line(each.stage, tool, proposed="fits", why="", by="") for tool in each.more]
        rows += [
            _line(each.stage, left.tool, proposed="no", why="", by=" ".join(left.by) or "retired") for left in each.left
        ]
    return csv_text(rows)


def _row(pick: Pick, found: Shortlist) -> tuple[str, ...]:
    texts, tool = words.stack_texts(), pick.tool
    reasons = words.reasons(pick, found.needs)
    lead = f"{reasons[0].upper()}{reasons[1:]}." if reasons else texts.why_none
    why = " ".join((lead, *words.cautions(pick)))
    state = f"{texts.status[tool.status]} ({words.checked(tool)})"
    return (tool.name, texts.jobs[tool.job], why, words.licence(tool), state, tool.source)


def _line(stage: str, tool: StackTool, *, proposed: str, why: str, by: str) -> tuple[str, ...]:
    return (
        *(stage, tool.name, tool.job, proposed, why, by, tool.licence, tool.licence_name, tool.licence_checked),
        *(" ".join(tool.runs), tool.skills, tool.cost, tool.status, tool.status_why, tool.checked, tool.checked_on),
        *(tool.source, words.instead(tool)),
    )
