"""What every paper that is handed on says of itself: the day, the state of the rules, and that it is no advice."""

from aipm.content.day import day, month
from aipm.content.law import laws
from aipm.governance.dossier import Dossier
from aipm.governance.hand_on_texts import hand_on_texts, shared


def state(d: Dossier) -> str:
    as_of = month(laws().as_of)
    return hand_on_texts().state.format(day=day(d.today), as_of=as_of, not_advice=shared().not_advice)
