"""The part "Feedback and drift" of the Lifecycle page: a plan of one's own, or a model to watch while it drifts."""

from aipm.governance.feedback_texts import feedback_texts
from aipm.ui import address

PAGE = "lifecycle.feedback"


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = feedback_texts()
    part = address.turns(PAGE, "part", texts.part, texts.parts)
    if part == "plan":
        from aipm.ui import lifecycle_feedback_plan

        lifecycle_feedback_plan.draw()
    else:
        from aipm.ui import lifecycle_drift

        lifecycle_drift.draw()
