"""How feedback comes back into the product: signals, delay, consent, use, and days until a drop is seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackPlan:
    """To be filled in."""
