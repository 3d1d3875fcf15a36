"""What was typed in the Model scorer: needs, weights, the load, own numbers and models, answers on the approach."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from aipm.ui.drafts import LARGEST, Part, mapping, once, text, texts
from aipm.ui.state import key

if TYPE_CHECKING:
    from aipm.selection.weighing import Weighing

PAGE = "model_scorer"
HELD = key(PAGE, "held.")
PASTED = ("cost.prompt", "cost.reply")
MACHINES: dict[str, tuple[type, float, float]] = {
    "machines.gpu": (float, 0.01, 1000),
    "machines.speed": (int, 1, 10**7),
    "machines.gpus": (int, 1, 1000),
    "machines.use": (int, 1, 100),
    "machines.spare": (int, 0, 1000),
    "machines.ops": (int, 0, 10**9),
}
"""The inputs of one's own machines, with what they may hold."""
TRIED, BAR = "approach.tried", "approach.bar"
MOST_TRIED = 10_000
MOST_MODELS = 12
STAYS = frozenset({"arrived", "approach.arrived"})


def begin_anew() -> None:
    """Nothing is held but what says that the address was read."""
    if not any(str(name).startswith(HELD) for name in st.session_state):
        return
    from aipm.ui import scorer_undo

    for name in [str(each) for each in st.session_state]:
        if name.startswith(HELD) and name.removeprefix(HELD) not in STAYS:
            del st.session_state[name]
    scorer_undo.begin_anew()


def _held(name: str) -> Any:
    return st.session_state.get(f"{HELD}{name}")


def _hold(name: str, value: Any) -> None:
    st.session_state[f"{HELD}{name}"] = value


# needs and weights


def _write_needs() -> dict[str, Any]:
    musts, order = _held("musts"), _held("order")
    if musts is None and order is None:
        return {}
    from aipm.ui.scorer_texts import start_needs

    start = start_needs()
    found = {
        "musts": dict(start.musts) if musts is None else dict(musts),
        "order": list(start.order if order is None else order),
    }
    return {} if found == {"musts": dict(start.musts), "order": list(start.order)} else found


def _read_needs(plain: object) -> None:
    from aipm.selection.needs import Needs
    from aipm.ui.scorer_address import held_needs

    for name, value in held_needs(Needs.from_dict(plain)).items():
        _hold(name, value)


def _write_weighing() -> dict[str, Any]:
    given = _held("weighing")
    if given is None:
        return {}
    return once("weighing", given, lambda: _weighing(given))


def _weighing(given: "Weighing") -> dict[str, Any]:
    from aipm.selection.weighing import Weighing

    return {} if given == Weighing() else given.to_dict()


def _read_weighing(plain: object) -> None:
    from aipm.selection.weighing import Weighing

    _hold("weighing", Weighing.from_dict(plain))


# own numbers and models


def _write_entered() -> dict[str, Any]:
    return {name: dict(values) for name, values in (_held("entered") or {}).items()}


def _read_entered(plain: object) -> None:
    from aipm.selection.own import entered_from

    _hold("entered", entered_from(plain))


# the load


def _write_load() -> dict[str, Any]:
    if _held("cost.requests") is None:  # which is held from the first look at prices on
        return {}
    from aipm.ui.scorer_workload import START, asked_workload

    given = tuple(_held(f"cost.{name}") for name in START)
    if all(value in (None, start) for value, start in zip(given, START.values(), strict=True)):
        return {}
    return once("load", (*given, _held("cost.counted")), lambda: asked_workload().to_plain())


def _read_load(plain: object) -> None:
    from aipm.selection.cost import Workload
    from aipm.ui.scorer_workload import take_workload

    take_workload(Workload.from_plain(mapping(plain, most=50)))


def _write_pasted() -> dict[str, str]:
    pasted = {name: _held(name) for name in PASTED}
    return {name: said for name, said in pasted.items() if isinstance(said, str) and said and 8 * len(said) <= LARGEST}


def _read_pasted(plain: object) -> None:
    for name, said in mapping(plain, most=len(PASTED)).items():
        if name in PASTED:
            _hold(name, text(said, most=LARGEST))


def _write_models() -> list[str]:
    return list(_held("cost.models") or ())


def _read_models(plain: object) -> None:
    _hold("cost.models", texts(plain, most=MOST_MODELS, longest=200))


def _write_machines() -> dict[str, float]:
    """Those that differ from what stands there at first."""
    given = {name: _held(name) for name in MACHINES}
    if all(value is None for value in given.values()):
        return {}
    from aipm.selection.hosting import suggested_hosting

    start = suggested_hosting()
    first = {
        "machines.gpu": float(start.gpu_usd_per_hour.likely),
        "machines.speed": int(start.tokens_per_second),
        "machines.gpus": 1,
        "machines.use": int(start.utilisation * 100),
        "machines.spare": 0,
    }
    return {name: value for name, value in given.items() if value is not None and value != first.get(name)}


def _read_machines(plain: object) -> None:
    for name, value in mapping(plain, most=len(MACHINES)).items():
        kind, least, most = MACHINES.get(name, (int, 0, -1))
        if type(value) in (int, float) and least <= value <= most:
            _hold(name, kind(value))


# which approach


def _write_answers() -> dict[str, dict[str, str]]:
    """By part; what the address brought stands there."""
    arrived = _held("approach.arrived") or {}
    given = {part: dict(_held(f"answers.{part}") or {}) for part in ("approach", "ladder", "sourcing")}
    given["approach"] = {name: said for name, said in given["approach"].items() if arrived.get(name) != said}
    return {part: answers for part, answers in given.items() if answers}


def _read_answers(plain: object) -> None:
    from aipm.selection.families import ANSWERS
    from aipm.selection.ladder import ladder_texts

    questions = {"ladder": ladder_texts().ladder.questions, "sourcing": ladder_texts().sourcing.questions}
    known: dict[str, dict[str, Any]] = {
        "approach": {name: tuple(answers) for name, answers in ANSWERS.items()},
        **{part: {name: tuple(each.answers) for name, each in asked.items()} for part, asked in questions.items()},
    }
    given = mapping(plain, most=len(known))
    for part, options in known.items():
        said = mapping(given.get(part), most=100)
        _hold(f"answers.{part}", {name: each for name, each in said.items() if each in options.get(name, ())})


def _write_tried() -> dict[str, Any]:
    tried = {name: list(pair) for name, pair in (_held(TRIED) or {}).items()}
    bar = _held(BAR)
    if bar is not None:
        from aipm.selection.ladder import ladder_texts

        bar = None if bar == round(100 * ladder_texts().ladder.bar) else bar
    return {**({"tried": tried} if tried else {}), **({"bar": bar} if bar is not None else {})}


def _read_tried(plain: object) -> None:
    from aipm.selection.ladder import STEPS

    parts = mapping(plain, most=2)
    tried = {
        name: (pair[0], pair[1])
        for name, pair in mapping(parts.get("tried"), most=len(STEPS)).items()
        if name in STEPS and _pair(pair)
    }
    _hold(TRIED, tried)
    if type(bar := parts.get("bar")) is int and 50 <= bar <= 100:
        _hold(BAR, bar)


def _pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(n) is int and 0 <= n <= MOST_TRIED for n in value)


PARTS = (
    Part(page=PAGE, name="needs", write=_write_needs, read=_read_needs, alone=False),
    Part(page=PAGE, name="weighing", write=_write_weighing, read=_read_weighing),
    Part(page=PAGE, name="entered", write=_write_entered, read=_read_entered),
    Part(page=PAGE, name="load", write=_write_load, read=_read_load),
    Part(page=PAGE, name="pasted", write=_write_pasted, read=_read_pasted),
    Part(page=PAGE, name="models", write=_write_models, read=_read_models, alone=False),
    Part(page=PAGE, name="machines", write=_write_machines, read=_read_machines),
    Part(page=PAGE, name="answers", write=_write_answers, read=_read_answers),
    Part(page=PAGE, name="tried", write=_write_tried, read=_read_tried),
)
