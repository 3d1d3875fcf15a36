"""What an assessment says, in sentences: where the gate stands and why, what a row is called and how it is rated."""

from collections.abc import Sequence

from aipm.governance.question_bank import Bank
from aipm.governance.register import Item
from aipm.governance.risk import Assessment
from aipm.governance.risk_rows import BLOCKS, SETTLED, Rating, Row
from aipm.governance.risk_texts import register_texts


def gate_said(found: Assessment, *, bank: Bank, asked: int) -> str:
    """Where it stands, in one sentence. `asked`: how many questions of the bank apply."""
    text = register_texts().gate
    if found.gate == "not_ready":
        counts = {block: len(found.blocks[block]) for block in BLOCKS if found.blocks[block]}
        reasons = [text.blocks[block].format(count=count) for block, count in counts.items()]
        total = sum(counts.values())
        said = text.not_ready_one if total == 1 else text.not_ready
        return said.format(count=total, severe=found.severe, reasons=listed(reasons, text.and_))
    templates = {"not_begun": text.not_begun, "ready_with_rest": text.ready_with_rest, "ready": text.ready}
    rest = sum(row.state not in SETTLED for row in found.rows)
    shown = asked if found.gate == "not_begun" else len(found.rows)
    return templates[found.gate].format(asked=shown, all=len(bank.questions), severe=found.severe, rest=rest)


def listed(parts: Sequence[str], last: str) -> str:
    """a, b and c."""
    return last.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def name_of(row: Row) -> str:
    """The question, or what somebody wrote instead."""
    return row.question.question if row.question else _own(row.item)


def item_name(item: Item, bank: Bank) -> str:
    question = bank.questions.get(item.question or "")
    return question.question if question else _own(item)


def _own(item: Item | None) -> str:
    """A question that the bank no longer has is known by its key."""
    return (item and (item.text or item.question)) or register_texts().work.untitled


def rating_said(rating: Rating) -> str:
    """For instance: 9 of 16, high."""
    texts = register_texts()
    return texts.item.rating.format(score=rating.score, level=texts.levels[rating.level])
