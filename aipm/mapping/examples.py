"""The statements that teach the mapper (content/use_case_examples.yaml): short, each with what it calls for."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from aipm import content
from aipm.mapping.capabilities import KEYS, Text

NONE = "none"
"""What calls for no AI."""
LABELS = (*KEYS, NONE)

Voice = Literal["complaint", "product"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Statements of one kind: as people complain, and as products are described."""

    complaints: tuple[Text, ...]
    products: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    text: str
    label: str
    """One of LABELS."""
    voice: Voice


@cache
def examples() -> tuple[Example, ...]:
    """Every statement, in the order of the file. Raises ContentError."""
    kinds: dict[str, Statements] = content.load("use_case_examples", dict[str, Statements])
    if tuple(kinds) != LABELS:
        raise content.ContentError(f"use_case_examples.yaml: keys must be {', '.join(LABELS)}, in this order")
    found: list[Example] = []
    for label, statements in kinds.items():
        found += [Example(text=text, label=label, voice="complaint") for text in statements.complaints]
        found += [Example(text=text, label=label, voice="product") for text in statements.products]
    return tuple(found)
