"""From the Use-case mapper to the tools that come after it, as far as there are any."""

from aipm.mapping.examples import NONE
from aipm.ui import page
from aipm.ui.mapper_state import PAGE, canvases, line, pain
from aipm.ui.mapper_texts import MapperPage, View


def onwards(text: MapperPage, *, view: View) -> None:
    canvas = canvases().get(line(pain()))
    kind = "empty" if canvas is None else "none" if canvas.capability == NONE else "sentence"
    page.section(text.next["title"], sentence=text.journey.next if view == "journey" else text.next[kind])
    if canvas is not None and kind == "sentence":
        known = {"capability": canvas.capability} if canvas.capability else {}
        page.link("model_scorer", text.next["model"], **known, **{"from": PAGE})
        page.link("bias_audit", text.next["audit"])
    page.link("capabilities", text.next["capabilities"])
