"""A short data protection impact assessment: what is done with personal data, why, and at what risk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dpia:
    """To be filled in."""
