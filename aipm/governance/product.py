"""What all the forms are about: the product, and what of it is to go live."""

from dataclasses import dataclass

from aipm.governance.fields import Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The product in a few words; None: not known yet."""

    name: Typed | None = None
    purpose: Typed | None = None
    """What it decides or makes, for whom."""
    owner: Typed | None = None
    """Who answers for it."""
    capability: Typed | None = None
    """One of the seven keys of content/capabilities.yaml, or "none"."""
    model: Typed | None = None
    """The model and its version, as the tools name it."""
    threshold: float | None = None
    """The score from which the answer is yes."""
    data: Typed | None = None
    """The data it learns from or is fed, in words."""
