"""Who has a stake in the product, and what could go wrong for them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmCanvas:
    """To be filled in."""
