"""Stage gates: what must be shown before a product goes on to the next stage."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """To be filled in."""
