"""The part "Privacy" of the Ethics page: privacy by design as seven checks, and the short impact assessment."""

import streamlit as st

from aipm.governance.privacy import privacy_texts
from aipm.ui import address


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = privacy_texts()
    parts = tuple(texts.parts)
    part = address.asked("part", parts, parts[0])
    st.segmented_control(
        texts.choose,
        parts,
        format_func=lambda each: texts.parts[each],
        required=True,
        label_visibility="collapsed",
        **address.held("ethics.privacy", "part", part, default=parts[0]),
    )
    if part == "design":
        from aipm.ui import ethics_privacy_design

        ethics_privacy_design.draw()
    else:
        from aipm.ui import ethics_privacy_dpia

        ethics_privacy_dpia.draw()
