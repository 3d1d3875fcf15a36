"""Numbers on the Lifecycle page: how amounts are written, and the field in which one is typed."""

from collections.abc import Callable
from math import isfinite, log10

import streamlit as st

from aipm.content.number import MINUS, NONE
from aipm.ui.fragments import LONG
from aipm.ui.governance_fields import held
from aipm.ui.safe import markdown

PER_CENT = 100.0
MOST_DECIMALS = 4


def whole(value: float) -> str:
    """2,000"""
    return f"{value:,.0f}".replace("-", MINUS)


def amount(value: float | None) -> str:
    """Three digits that matter, thousands apart: 12,346 · 123 · 12.3 · 1.23 · 0.0123."""
    if value is None or not isfinite(value):
        return NONE
    if value == 0 or abs(value) >= 100:
        return whole(value)
    decimals = 2 - int(log10(abs(value)) // 1)
    text = f"{value:.{min(decimals, 8)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("0" if text in ("-0", "") else text).replace("-", MINUS)


def share(value: float | None) -> str:
    """A share as 12.3%; very small and nearly whole ones are never shown as 0% or 100%."""
    from aipm.content.number import rate

    return rate(value)


def per_cent(value: float) -> str:
    """A setting that is a share, with no more digits than it needs: 5%, 12.3%."""
    return f"{amount(value * PER_CENT)}%"


def small(p: float) -> str:
    """A probability with four decimals."""
    return "<0.0001" if p < 0.0001 else f"{p:.4f}"


def at(value: float, step: float) -> str:
    """A threshold with as many decimals as its steps need."""
    return f"{value:.{decimals(step)}f}".replace("-", MINUS)


def decimals(step: float) -> int:
    return 0 if step >= 1 else min(max(-int(log10(step) // 1), 1), MOST_DECIMALS)


def field(
    label: str,
    *,
    name: str,
    value: float | None,
    put: Callable[[float | None], None],
    low: float = 0.0,
    high: float = 1e12,
    step: float | None = None,
    per_cent: bool = False,
    help: str | None = None,  # noqa: A002 - as Streamlit calls it
) -> None:
    """A field for a number; it may be empty. `per_cent`: a share that is typed in per cent, between low and high."""
    times = PER_CENT if per_cent else 1.0
    shown = None if value is None else round(float(value) * times, 9)
    st.number_input(
        markdown(label, limit=LONG),
        min_value=low * times,
        max_value=high * times,
        step=step or 1.0,
        format="%g" if shown is None or abs(shown) < 1e5 else "%.0f",
        help=markdown(help, limit=LONG) if help else None,
        **held(name, shown, lambda typed: put(None if typed is None else round(typed / times, 12))),
    )


def count_field(
    label: str,
    *,
    name: str,
    value: int,
    put: Callable[[int], None],
    low: int,
    high: int,
    help: str | None = None,  # noqa: A002
) -> None:
    """A field for a small whole number that is never empty."""
    st.number_input(
        markdown(label, limit=LONG),
        min_value=low,
        max_value=high,
        step=1,
        help=markdown(help, limit=LONG) if help else None,
        **held(name, value, lambda typed: put(value if typed is None else int(typed))),
    )
