"""Six plain questions and a role: which rules may apply, and what they ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """To be filled in."""
