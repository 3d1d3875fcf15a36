"""What every paper that is handed on says of itself: the day, the state of the rules, and that it is no advice."""

from aipm.content.day import day, month
from aipm.content.law import laws
from aipm.governance.dossier import Dossier
from aipm.governance.hand_on_texts import hand_on_texts, shared


def state(d: Dossier) -> str:
    as_of = month(laws().as_of)
    return hand_on_texts().state.format(day=day(d.today), as_of=as_of, not_advice=shared().not_advice)


def severe_said(d: Dossier) -> str:
    """How many severe items of the register are open."""
    say = hand_on_texts().answer
    if not d.risks.answered:
        return say.register
    count = sum(map(len, d.risks.blocks.values()))
    return say.severe_one if count == 1 else say.severe.format(count=count) if count else say.no_severe
