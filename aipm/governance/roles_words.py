"""What the rules of the grid found, in words; how people are called; the grid as files to hand on."""

from collections.abc import Sequence
from datetime import date

from aipm.content.document import Block, Bullets, Document, Heading, Paragraph, Table
from aipm.content.number import rate
from aipm.governance.product import Product
from aipm.governance.roles import ACTIVITIES, LETTERS, Activity, Person, Raci, letters, row
from aipm.governance.roles_rules import LEAST_ENTRIES, Checked, Finding, Fix
from aipm.governance.roles_texts import roles_texts
from aipm.tables.formula import csv_text


def called(raci: Raci) -> dict[str, str]:
    """What each person is called: their name, else their roles; a number where two would be called alike."""
    plain = {each.id: _plain(each) for each in raci.people}
    found: dict[str, str] = {}
    seen: dict[str, int] = {}
    for who, name in plain.items():
        seen[name] = seen.get(name, 0) + 1
        found[who] = f"{name} {seen[name]}" if list(plain.values()).count(name) > 1 else name
    return found


def roles_of(person: Person) -> str:
    return ", ".join(roles_texts().roles[role].name for role in person.roles)


def _plain(person: Person) -> str:
    if person.name:
        return person.name
    return " + ".join(roles_texts().roles[role].name for role in person.roles) or roles_texts().team.unnamed


def said(raci: Raci, finding: Finding) -> str:
    """A finding as a sentence."""
    texts, names = roles_texts(), called(raci)
    return texts.findings[finding.code].format(
        activity=texts.activities[finding.activity].name if finding.activity else "",
        who=" & ".join(names[who] for who in finding.people),
        roles=" / ".join(texts.roles[role].name for role in finding.roles),
        why=texts.why_legal[finding.why] if finding.why else "",
        share=rate(finding.share),
        people=len(raci.people),
    )


def fix_said(raci: Raci, fix: Fix) -> str:
    """What a press does."""
    texts = roles_texts()
    activity = texts.activities[fix.activity].name if fix.activity else ""
    return texts.fixes[fix.how].format(who=called(raci)[fix.person], activity=activity)


def answer(raci: Raci, found: Checked) -> tuple[str, ...]:
    """Where the team stands, in a sentence or two."""
    say = roles_texts().team.answer
    if not raci.people:
        return (say.start,)
    if not found.filled:
        return (say.nothing.format(people=len(raci.people)) if len(raci.people) > 1 else say.one,)
    must, think = found.of("must"), found.of("think")
    if must:
        first = say.must.format(count=len(must), first=said(raci, must[0]))
        return (first, say.rest.format(count=len(think))) if think else (first,)
    if think:
        return (say.think.format(count=len(think), first=said(raci, think[0])),)
    return (say.good.format(count=found.counted),)


def who_does(raci: Raci, activity: Activity) -> str:
    """A row in words: Accountable: Ines. Responsible: Priya, Tomasz."""
    texts, names, found = roles_texts().team, called(raci), row(raci, activity)
    if found.left_out is not None:
        return texts.is_left_out.format(why=" ".join(found.left_out.split()))
    parts = []
    for letter, part in LETTERS.items():
        people = getattr(found, part)
        if people or letter in "AR":
            who = ", ".join(names[each] for each in people) or texts.nobody_yet
            parts.append(f"{texts.parts[letter].name}: {who}.")
    return " ".join(parts)


def document(raci: Raci, found: Checked, *, product: Product, day: date) -> Document:
    """The findings, the grid by activity, the load, and the people."""
    texts, names = roles_texts(), called(raci)
    say = texts.export
    blocks: list[Block] = []
    if found.findings:
        lines = tuple(f"{texts.team.levels[each.level]}: {said(raci, each)}" for each in found.findings)
        blocks += [Heading(say.findings), Bullets(lines)]
    blocks += [
        Heading(say.grid),
        Table(
            texts.team.grid_caption,
            (say.columns["activity"], *names.values()),
            tuple((texts.activities[each].name, *_cells(raci, each)) for each in ACTIVITIES),
        ),
    ]
    gone = [each for each in ACTIVITIES if row(raci, each).left_out is not None]
    if gone:
        lines = tuple(f"{texts.activities[each].name}: {row(raci, each).left_out}" for each in gone)
        blocks += [Heading(say.left_out), Bullets(lines)]
    people = tuple(
        (names[each.id], roles_of(each), str(found.load[each.id]), rate(found.share(each.id))) for each in raci.people
    )
    columns = tuple(say.columns[each] for each in ("person", "roles", "count", "share"))
    blocks += [Heading(say.load), Table(texts.team.load_sentence, columns, people, numeric=frozenset({2, 3}))]
    if found.entries < LEAST_ENTRIES:
        blocks.append(Paragraph(texts.team.load_few.format(least=LEAST_ENTRIES), quiet=True))
    return Document(
        eyebrow=say.eyebrow,
        title=say.title.format(product=product.name or say.unnamed),
        lead=" ".join(answer(raci, found)),
        note=say.state.format(day=day.isoformat()),
        blocks=tuple(blocks),
    )


def csv(raci: Raci) -> str:
    """A row an activity, a column a person; text that a spreadsheet would calculate is made plain text."""
    texts = roles_texts()
    head = (texts.export.columns["activity"], *called(raci).values(), texts.export.left_out)
    rows = ((texts.activities[each].name, *_cells(raci, each), row(raci, each).left_out) for each in ACTIVITIES)
    return csv_text([head, *rows])


def _cells(raci: Raci, activity: Activity) -> Sequence[str]:
    return tuple("/".join(letters(raci, activity, each.id)) for each in raci.people)
