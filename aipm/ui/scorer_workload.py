"""What is asked of a model: the workload as the session keeps it, and the inputs that change it."""

from collections.abc import Iterable
from decimal import Decimal

import streamlit as st

from aipm.content import number
from aipm.selection.cost import Estimate, Workload
from aipm.selection.model_entries import Unit
from aipm.selection.tokens import count_tokens
from aipm.tables import Refusal
from aipm.ui import page
from aipm.ui.fragments import notes
from aipm.ui.memo import once
from aipm.ui.scorer_cost_texts import CostPage
from aipm.ui.scorer_state import PAGE, bound, held, hold
from aipm.ui.state import key

HUNDRED = Decimal(100)
MOST = 10**10
MOST_TOKENS = 10**8
START: dict[str, float | bool | None] = {
    "requests": 100_000,
    "input": 1_500,
    "output": 400,
    **dict.fromkeys(("cached", "thinking", "growth", "users", "images", "audio", "video", "characters"), 0),
    "peak": 1.0,
    "months": 12,
    "busy": None,
    "batch": False,
    **{f"{name}.{end}": None for name in ("requests", "input", "output") for end in ("low", "high")},
}
"""A workload to begin with, held as "cost.requests" and so on; shares in per cent; None and 0 users: not known."""
LIMITS: dict[str, tuple[float, float]] = {
    "cached": (0, 100),
    "thinking": (0, 95),
    "growth": (-50, 100),
    "busy": (0, 100),
    "peak": (1.0, 100.0),
    "months": (1, 60),
    "users": (0, MOST),
    "input": (0, MOST_TOKENS),
    "output": (0, MOST_TOKENS),
}
"""The least and the most of what can be typed; 0 and ten thousand million where nothing stands here."""
TOKENS = ("requests", "input", "output")
UNITS: dict[Unit, str] = {
    "images": "images",
    "audio_seconds": "audio",
    "video_seconds": "video",
    "characters": "characters",
}
"""What some models are sold by instead of tokens, and the input that asks for it."""
FIELDS: dict[str, str] = {
    "cached_share": "cached",
    "reasoning_share": "thinking",
    "growth_per_month": "growth",
    "busy_share": "busy",
    "peak_factor": "peak",
    "months": "months",
    "users": "users",
    "batch": "batch",
    **{str(unit): name for unit, name in UNITS.items()},
}
"""A field of the workload, and the input that holds it."""
PERCENT = frozenset({"cached", "thinking", "growth", "busy"})


def asked_workload() -> Workload:
    """The workload as it stands; an end on the wrong side of the likely value does not count, and the page says so."""
    found = {name: held(f"cost.{name}", start) for name, start in START.items()}

    def share(name: str) -> Decimal:
        return _decimal(found[name]) / HUNDRED

    ranged = {name: _estimate(*(found[each] for each in (name, f"{name}.low", f"{name}.high"))) for name in TOKENS}
    return Workload(
        requests=ranged["requests"],
        input_tokens=ranged["input"],
        output_tokens=ranged["output"],
        cached_share=share("cached"),
        reasoning_share=share("thinking"),
        growth_per_month=share("growth"),
        busy_share=None if found["busy"] is None else share("busy"),
        peak_factor=_decimal(found["peak"]),
        months=int(found["months"]),
        users=_decimal(found["users"]) or None,
        images=_decimal(found["images"]),
        audio_seconds=_decimal(found["audio"]),
        video_seconds=_decimal(found["video"]),
        characters=_decimal(found["characters"]),
        batch=bool(found["batch"]),
        counted=held("cost.counted", None) == (found["input"], found["output"]),
    )


def take_workload(asked: Workload) -> None:
    """Put a workload on the page in place of the one that stands, for instance from a record that is opened again.

    What cannot be typed there is brought within its limits.
    """
    values: dict[str, float | bool | None] = {}
    estimates = (asked.requests_per_month, asked.input_tokens, asked.output_tokens)
    for name, each in zip(TOKENS, estimates, strict=True):
        values |= {name: _within(name, each.likely)}
        for end, given in (("low", each.low), ("high", each.high)):
            values[f"{name}.{end}"] = None if given is None else _within(name, given)
    for field, name in FIELDS.items():
        given = getattr(asked, field)
        if given is None:
            values[name] = START[name]
        elif name == "batch":
            values[name] = given
        else:
            values[name] = _within(name, given * 100 if name in PERCENT else given)
    for name, value in values.items():
        _put(name, value)
    hold("cost.counted", (values["input"], values["output"]) if asked.counted else None)


def inputs(sold_by: Iterable[Unit], dear_hours: bool, text: CostPage) -> None:  # noqa: FBT001 - a fact, not a mode
    """The inputs; `sold_by` are units other than tokens that are asked for, `dear_hours`: prices depend on the hour."""
    _row(TOKENS, text)
    if others := [name for unit, name in UNITS.items() if unit in set(sold_by)]:
        page.draw(page.quiet(text.other_units))
        _row(others, text)
    with st.expander(text.range.title):
        page.draw(page.quiet(text.range.sentence))
        for name in TOKENS:
            _row((f"{name}.low", f"{name}.high"), text)
    if wrong := _wrong_ends(text):
        page.draw(notes(wrong))
    with st.expander(text.more):
        _row(("cached", "thinking"), text)
        _row(("growth", "months"), text)
        _row(("peak", "users"), text)
        if dear_hours:
            _row(("busy",), text)
        st.checkbox(text.batch, help=text.batch_help, **bound("cost.batch", START["batch"]))
    with st.expander(text.paste.title):
        _paste(text)


def _row(names: Iterable[str], text: CostPage) -> None:
    """Inputs side by side, in this order also where they stand below one another."""
    every = list(names)
    for column, name in zip(st.columns(max(len(every), 2)), every, strict=False):
        likely, _, end = name.partition(".")
        texts = text.inputs[likely]
        label = text.range.ends[end].format(name=texts.label) if end else texts.label
        least, most = LIMITS.get(likely, (0, MOST))
        texts_label = label
        with column:
            st.number_input(
                texts_label,
                min_value=least,
                max_value=most,
                value=None if START[name] is None else "min",
                step=0.5 if isinstance(least, float) else 1,
                help=None if end else texts.help,
                **bound(f"cost.{name}", START[name]),
            )


def _wrong_ends(text: CostPage) -> list[str]:
    """Ends that lie on the wrong side of the likely value, in words."""
    lines = []
    for name in TOKENS:
        likely, low, high = (held(f"cost.{each}", START[each]) for each in (name, f"{name}.low", f"{name}.high"))
        wrong = {"low": low is not None and low > likely, "high": high is not None and high < likely}
        for end in (end for end, holds in wrong.items() if holds):
            said = text.range.ends[end].format(name=text.inputs[name].label)
            lines.append(text.range.wrong[end].format(name=said, likely=number.count(likely)))
    return lines


def _paste(text: CostPage) -> None:
    said = text.paste
    page.draw(page.quiet(said.help))
    prompt = st.text_area(said.prompt, height=120, **bound("cost.prompt", ""))
    reply = st.text_area(said.reply, height=120, **bound("cost.reply", ""))
    if not prompt and not reply:
        return
    try:
        counts = once(PAGE, "tokens", (prompt, reply), lambda: tuple(map(count_tokens, (prompt, reply))))
    except Refusal as refusal:
        page.refused(said.refused, refusal)
        return
    told = said.counted.format(
        input=number.count(counts[0].tokens), output=number.count(counts[1].tokens), tokenizer=counts[0].encoding
    )
    page.draw(
        page.quiet(told), notes([*said.others(), *([] if all(each.exact for each in counts) else [said.inexact])])
    )
    st.button(said.take, key=key(PAGE, "cost.take"), on_click=_take, args=tuple(each.tokens for each in counts))


def _take(tokens_in: int, tokens_out: int) -> None:
    """Callback: the workload takes these counts, and knows that they were counted."""
    _put("input", tokens_in)
    _put("output", tokens_out)
    hold("cost.counted", (tokens_in, tokens_out))


def _put(name: str, value: float | bool | None) -> None:  # noqa: FBT001 - the value of a checkbox
    hold(f"cost.{name}", value)
    st.session_state[key(PAGE, f"cost.{name}")] = value


def _within(name: str, value: Decimal) -> float:
    least, most = LIMITS.get(name, (0, MOST))
    found = min(max(value, _decimal(least)), _decimal(most))
    return float(found) if isinstance(least, float) else round(found)


def _estimate(likely: float, low: float | None, high: float | None) -> Estimate:
    return Estimate(
        likely=_decimal(likely),
        low=None if low is None or low > likely else _decimal(low),
        high=None if high is None or high < likely else _decimal(high),
    )


def _decimal(value: float | bool | None) -> Decimal:  # noqa: FBT001 - what a widget holds
    return Decimal(str(value or 0))
