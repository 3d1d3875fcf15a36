"""An A/B test planned: how many people, for how long, to see a difference of what size."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AbTest:
    """To be filled in."""
