"""A harm of somebody affected becomes a risk of the register."""

from aipm.governance import register as risks
from aipm.governance.harms import Group, HarmCanvas
from aipm.governance.register import Register
from aipm.ui.governance_state import form, put


def register(canvas: HarmCanvas, group: Group) -> None:
    """Callback: the canvas, and the register with this harm, in one step."""
    put(canvas, risks.add_risk(form(Register), who=group.who, harm=group.harm))
