"""What happens when it goes wrong, and how somebody can appeal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPlan:
    """To be filled in."""
