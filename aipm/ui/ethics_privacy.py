"""The part "Privacy" of the Ethics page: privacy by design as seven checks, and the short impact assessment."""

from aipm.governance.privacy import privacy_texts
from aipm.ui import address


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = privacy_texts()
    part = address.turns("ethics.privacy", "part", texts.choose, texts.parts)
    if part == "design":
        from aipm.ui import ethics_privacy_design

        ethics_privacy_design.draw()
    else:
        from aipm.ui import ethics_privacy_dpia

        ethics_privacy_dpia.draw()
