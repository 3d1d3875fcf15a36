"""Which tools fit at each stage of building and running a model, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StackNeeds:
    """To be filled in."""
