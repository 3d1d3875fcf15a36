"""What people's words are called where one of them is chosen: alike as they may be, each its own label."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from aipm.content.visible import distinct, visible

K = TypeVar("K")
LONGEST = 1_000
"""Characters of a name or statement that are drawn; rooms take no longer ones."""


def told_apart(names: Mapping[K, str], *, written: Callable[..., str] = visible, limit: int = LONGEST) -> dict[K, str]:
    """Names as labels, safe to draw; those that look alike are told apart by a number.

    `written`: `safe.visible`, or `safe.markdown` where the widget reads Markdown.
    """
    label = distinct(names, written=lambda key: written(names[key], limit=limit))
    return {key: label(key) for key in names}
