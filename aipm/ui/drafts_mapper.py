"""What was typed in the Use-case mapper: pains, answers, ticks, canvases, journeys, the order."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from aipm.tables import Refusal
from aipm.ui.drafts import LARGEST, Part, fitting, mapping, text, texts
from aipm.ui.drafts import begin_anew as anew
from aipm.ui.state import key

if TYPE_CHECKING:
    from aipm.mapping.canvas import Canvas
    from aipm.mapping.journey import Journey
    from aipm.mapping.priority import Opportunity

PAGE = "use_case_mapper"
PAIN, PASTE, CHOSEN = key(PAGE, "pain"), key(PAGE, "journey.paste"), key(PAGE, "order.chosen")
MINE = "mine"
MOST, MOST_CHOSEN = 50, 100
STAYS = tuple(key(PAGE, each) for each in ("view", "saved", "journey.file", "held.arrived", "held.mapped", "memo."))
"""The part in view as the address says, what was uploaded, and what was worked out."""
FROM_FILE = "journey.from_file"


def begin_anew() -> None:
    """A journey from a file stays: it was not typed, and is kept nowhere else."""
    own = _held("journeys").get(MINE) if _held_value(FROM_FILE) else None
    anew(PAGE, but=STAYS)
    if own is not None:
        _hold("journeys", {MINE: own})
        _hold(FROM_FILE, True)


def _held_value(name: str) -> Any:
    return st.session_state.get(key(PAGE, f"held.{name}"))


def _held(name: str) -> dict[str, Any]:
    found = _held_value(name)
    return found if isinstance(found, dict) else {}


def _hold(name: str, value: Any) -> None:
    st.session_state[key(PAGE, f"held.{name}")] = value


def _same(_: str, thing: Any) -> Any:
    return thing


# the pain


def _write_pain() -> str:
    return text(st.session_state.get(PAIN))


def _read_pain(plain: object) -> None:
    st.session_state[PAIN] = text(plain)


def _write_earlier() -> dict[str, Any]:
    return fitting("earlier", _held("earlier"), _same)


def _read_earlier(plain: object) -> None:
    _hold("earlier", {line: said for line, said in mapping(plain, most=MOST).items() if text(said) == said})


def _write_answers() -> dict[str, Any]:
    return fitting("answers", _held("answers"), _same)


def _read_answers(plain: object) -> None:
    from aipm.mapping.texts import mapping_texts

    known = {str(each): each for each in mapping_texts().question.answers}
    given = mapping(plain, most=1_000)
    _hold("answers", {line: known[said] for line, said in given.items() if isinstance(said, str) and said in known})


def _write_ticked() -> dict[str, Any]:
    return {line: sorted(ticked) for line, ticked in _held("ticked").items() if ticked}


def _read_ticked(plain: object) -> None:
    from aipm.mapping.capabilities import no_ai

    kinds = no_ai().kinds
    _hold("ticked", {line: {*texts(said, most=50)} & {*kinds} for line, said in mapping(plain, most=MOST).items()})


# canvases


def _write_canvases() -> dict[str, Any]:
    return fitting("canvases", _held("canvases"), _changed_canvas)


def _changed_canvas(_: str, canvas: "Canvas") -> dict[str, Any] | None:
    """None for a canvas as it is filled in at first."""
    from aipm.mapping.canvas import prefilled

    try:
        same = canvas == prefilled(canvas.pain, canvas.capability)
    except Refusal:
        same = False
    return None if same else canvas.to_dict()


def _read_canvases(plain: object) -> None:
    from aipm.mapping.canvas import Canvas

    found = {}
    for line, said in mapping(plain, most=MOST).items():
        try:
            found[line] = Canvas.from_dict(said)
        except Refusal:
            continue
    _hold("canvases", found)


# journeys


def _write_journeys() -> dict[str, Any]:
    journeys = _held("journeys")
    if _held_value(FROM_FILE):
        journeys = {name: each for name, each in journeys.items() if name != MINE}
    return fitting("journeys", journeys, _journey)


def _journey(name: str, journey: "Journey") -> dict[str, Any] | None:
    """None for one that holds nothing, and for a sample as it is."""
    from aipm.mapping.journey import journey_texts, sample

    if not journey.pains or (name in journey_texts().samples and journey == sample(name)):
        return None
    return journey.to_dict()


def _read_journeys(plain: object) -> None:
    from aipm.mapping.journey import Journey, journey_texts

    found = {}
    for name, said in mapping(plain, most=MOST).items():
        if name == MINE or name in journey_texts().samples:
            try:
                found[name] = Journey.from_dict(said)
            except Refusal:
                continue
    _hold("journeys", {**found, **_held("journeys")})


def _write_paste() -> str:
    pasted = st.session_state.get(PASTE)
    return pasted if isinstance(pasted, str) and 4 * len(pasted) <= LARGEST else ""


def _read_paste(plain: object) -> None:
    st.session_state[PASTE] = text(plain, most=LARGEST)


# the order


def _write_order() -> dict[str, Any]:
    chosen = _held_value("chosen")
    if not chosen:
        return {}
    ranges = fitting("order", _held("opportunities"), lambda _, each: each.to_dict())
    return {"chosen": list(chosen), "names": dict(_held("order.names")), "ranges": ranges}


def _read_order(plain: object) -> None:
    parts = mapping(plain, most=3)
    chosen = texts(parts.get("chosen"), most=MOST_CHOSEN, longest=2_000)
    names = {line: text(name, most=2_000) for line, name in mapping(parts.get("names"), most=1_000).items()}
    ranges = mapping(parts.get("ranges"), most=1_000)
    given = {name: found for name in ranges if (found := _opportunity(name, ranges[name])) is not None}
    _hold("chosen", chosen)
    _hold("order.names", {line: name for line, name in names.items() if name})
    _hold("opportunities", given)
    st.session_state[CHOSEN] = list(chosen)


def _opportunity(name: str, plain: object) -> "Opportunity | None":
    """None where a range is none that a slider can show."""
    from aipm.mapping.priority import RANGES, Opportunity  # numpy

    try:
        found = Opportunity.from_dict(plain)
    except Refusal:
        return None
    tops = {"impact": 1e6, "effort": 1e6}
    ends = [(getattr(found, field), tops.get(field, 1.0), float(field == "effort")) for field in RANGES]
    fits = all(least <= each.low <= each.high <= top for each, top, least in ends)
    return found if fits and found.name == name else None


def _write_which() -> str:
    which = _held_value("journey.which")
    return which if isinstance(which, str) and which != MINE else ""


def _read_which(plain: object) -> None:
    from aipm.mapping.journey import journey_texts

    if plain in journey_texts().samples:
        _hold("journey.which", plain)


PARTS = (
    Part(page=PAGE, name="pain", write=_write_pain, read=_read_pain),
    Part(page=PAGE, name="earlier", write=_write_earlier, read=_read_earlier),
    Part(page=PAGE, name="answers", write=_write_answers, read=_read_answers),
    Part(page=PAGE, name="ticked", write=_write_ticked, read=_read_ticked),
    Part(page=PAGE, name="canvases", write=_write_canvases, read=_read_canvases),
    Part(page=PAGE, name="journeys", write=_write_journeys, read=_read_journeys),
    Part(page=PAGE, name="paste", write=_write_paste, read=_read_paste),
    Part(page=PAGE, name="order", write=_write_order, read=_read_order),
    Part(page=PAGE, name="which", write=_write_which, read=_read_which, alone=False),
)
