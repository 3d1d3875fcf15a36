"""What the people concerned are told: the transparency notice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """To be filled in."""
