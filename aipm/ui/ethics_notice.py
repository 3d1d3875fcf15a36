"""The part "Notice" of the Ethics page."""

from aipm.ui import page


def draw() -> None:
    """Draw the part below the choice of views."""
    page.draw(page.quiet("…"))
