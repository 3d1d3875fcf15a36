"""Who does what: responsible, accountable, consulted, informed, for each activity."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Raci:
    """To be filled in."""
