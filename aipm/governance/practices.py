"""Which practices against varying answers one feature follows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Practices:
    """To be filled in."""
