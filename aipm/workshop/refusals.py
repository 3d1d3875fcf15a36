"""Why a command is not carried out: a stable code, and its words from content/workshop.yaml."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from msgspec import Meta

from aipm import content
from aipm.tables.model import Refusal

Text = Annotated[str, Meta(min_length=2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What was refused, and what to do next."""

    message: Text
    advice: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    refusals: dict[str, Words]


@cache
def words() -> dict[str, Words]:
    """By code. Raises ContentError."""
    found: dict[str, Words] = content.load("workshop", _File).refusals
    return found


def refused(code: str, **parts: object) -> Refusal:
    """To be raised. `parts` fill the places that the words leave open: numbers and names of ours, never typed text."""
    said = words()[code]
    return Refusal(code, said.message.format(**parts), advice=said.advice.format(**parts))
