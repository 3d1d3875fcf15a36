"""The part "Feedback and drift" of the Lifecycle page: a plan of one's own, or a model to watch while it drifts."""

from typing import get_args

import streamlit as st

from aipm.governance.feedback_texts import Part, feedback_texts
from aipm.ui import address

PAGE = "lifecycle.feedback"


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = feedback_texts()
    parts: tuple[Part, ...] = get_args(Part)
    part = address.asked("part", parts, parts[0])
    st.segmented_control(
        texts.part,
        parts,
        format_func=lambda each: texts.parts[each],
        required=True,
        label_visibility="collapsed",
        **address.held(PAGE, "part", part, default=parts[0]),
    )
    if part == "plan":
        from aipm.ui import lifecycle_feedback_plan

        lifecycle_feedback_plan.draw()
    else:
        from aipm.ui import lifecycle_drift

        lifecycle_drift.draw()
