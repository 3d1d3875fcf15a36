"""What the address of the Model scorer says: the part to show, and the needs where they differ from the first ones.

Only keys of our own questions, options and bounds stand there, never what somebody typed.
"""

import streamlit as st

from aipm.selection.needs import Must, Needs, need_texts
from aipm.tables import Refusal
from aipm.ui import scorer_prefill, scorer_undo
from aipm.ui.scorer_needs import needs
from aipm.ui.scorer_state import VIEW, held, hold
from aipm.ui.scorer_texts import scorer_page, start_needs

NAMES = ("view", "must", "prefer")


def arrive() -> None:
    """Show what the address asks for, once: after that the person's own choices count."""
    scorer_prefill.arrive()
    asked = _asked()
    before = held("arrived", dict.fromkeys(NAMES))
    if asked == before:
        return
    hold("arrived", asked)
    if asked["view"] in scorer_page().views.names:
        st.session_state[VIEW] = asked["view"]
    if any(asked[name] not in (None, before[name]) for name in NAMES[1:]):  # a bare link here leaves all as it was
        try:
            _take(read(asked["must"], asked["prefer"]))
        except Refusal:
            hold("arrived", {**asked, "must": None, "prefer": None})  # what cannot be asked stays unasked


def leave() -> None:
    """Callback: somebody chose another part; the address says so."""
    st.query_params["view"] = st.session_state[VIEW]
    hold("arrived", _asked())


def say() -> None:
    """Write the needs as they stand into the address; the first ones need no saying."""
    try:
        found = needs()
    except Refusal:
        return
    for name, said in written(found).items():
        if said is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != said:
            st.query_params[name] = said
    hold("arrived", _asked())


def written(found: Needs) -> dict[str, str | None]:
    """Needs as parts of an address; None for those that are as at first."""
    start = start_needs()
    musts = ",".join(f"{name}:{_short(answer)}" for name, answer in found.musts)
    return {
        "must": None if found.musts == start.musts else musts,
        "prefer": None if found.order == start.order else ",".join(found.order),
    }


def read(must: str | None, prefer: str | None) -> Needs:
    """The needs that an address means; a part that is not there is as at first. Raises Refusal."""
    start = start_needs()
    musts: dict[str, Must] = dict(start.musts)
    if must is not None:
        pairs = (each.partition(":") for each in must.split(",") if each)
        musts = {name: _long(name, answer) for name, _, answer in pairs}
    order = start.order if prefer is None else [each for each in prefer.split(",") if each]
    return Needs.from_dict({"musts": musts, "order": list(order)})


def _asked() -> dict[str, str | None]:
    return {name: st.query_params.get(name) for name in NAMES}


def _take(found: Needs) -> None:
    for name, value in held_needs(found).items():
        hold(name, value)
    scorer_undo.begin_anew()


def held_needs(found: Needs) -> dict[str, object]:
    """Needs as the session holds them."""
    musts = {name: answer if isinstance(answer, str) else float(answer) for name, answer in found.musts}
    stances = {
        f"stance.{name}": "must" if name in musts else "prefer" if name in found.order else "no_matter"
        for name in need_texts().questions
    }
    wanted = {f"must.{name}": answer for name, answer in musts.items()}
    return {"musts": musts, "order": list(found.order), **stances, **wanted}


def _short(answer: Must) -> str:
    return answer if isinstance(answer, str) else f"{answer:.12g}"


def _long(name: str, said: str) -> Must:
    asked = need_texts().questions.get(name)
    if asked is None or asked.number is None:
        return said
    try:
        return float(said)
    except ValueError:
        return said
