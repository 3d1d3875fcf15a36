"""What people's words are called where one of them is chosen: alike as they may be, each its own label."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from aipm.content.visible import visible
from aipm.ui.room_answer_texts import answer_texts

K = TypeVar("K")
LONGEST = 1_000
"""Characters of a name or statement that are drawn; rooms take no longer ones."""


def told_apart(names: Mapping[K, str], *, written: Callable[..., str] = visible, limit: int = LONGEST) -> dict[K, str]:
    """Names as labels, safe to draw; those that look alike are told apart by a number.

    A widget knows its options by their labels alone: of two that look alike, the first would be kept for either.
    `written`: `safe.visible`, or `safe.markdown` where the widget reads Markdown.
    """
    found: dict[K, str] = {}
    taken: set[str] = set()
    for key, name in names.items():
        own = label = written(name, limit=limit)
        number = 1
        while label in taken:
            number += 1
            label = answer_texts().again.format(name=own, number=number)
        taken.add(label)
        found[key] = label
    return found
