"""The risk register: question, risk, mitigation, owner, evidence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """To be filled in."""
