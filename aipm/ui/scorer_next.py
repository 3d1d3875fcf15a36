"""From the Model scorer to the tools around it."""

from aipm.ui import page
from aipm.ui.scorer_texts import ScorerPage


def onwards(text: ScorerPage) -> None:
    page.section(text.next["title"], sentence=text.next["sentence"])
    page.link("bias_audit", text.next["audit"])
    page.link("use_case_mapper", text.next["mapper"])
    page.link("capabilities", text.next["capabilities"])
