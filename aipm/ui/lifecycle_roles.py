"""The part "Who does what" of the Lifecycle page: one's own team as a grid, and the roles to read about."""

import streamlit as st

from aipm.governance.roles_texts import Part, roles_texts
from aipm.ui import address


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = roles_texts()
    parts: tuple[Part, ...] = tuple(texts.parts)
    part = address.asked("part", parts, parts[0])
    st.segmented_control(
        texts.choose,
        parts,
        format_func=lambda each: texts.parts[each],
        required=True,
        label_visibility="collapsed",
        **address.held("lifecycle.roles", "part", part, default=parts[0]),
    )
    if part == "team":
        from aipm.ui import lifecycle_roles_team

        lifecycle_roles_team.draw()
    else:
        from aipm.ui import lifecycle_roles_people

        lifecycle_roles_people.draw()
