"""Privacy by design as seven checks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyByDesign:
    """To be filled in."""
