"""The part "Who does what" of the Lifecycle page: one's own team as a grid, and the roles to read about."""

from aipm.governance.roles_texts import roles_texts
from aipm.ui import address


def draw() -> None:
    """Draw the part below the choice of views."""
    texts = roles_texts()
    part = address.turns("lifecycle.roles", "part", texts.choose, texts.parts)
    if part == "team":
        from aipm.ui import lifecycle_roles_team

        lifecycle_roles_team.draw()
    else:
        from aipm.ui import lifecycle_roles_people

        lifecycle_roles_people.draw()
