"""Model scorer: which approach, which model, why, how sure, and what it will cost."""

from aipm.ui import (
    page,
    scorer_address,
    scorer_approach,
    scorer_cost,
    scorer_models,
    scorer_next,
    scorer_reopen,
    scorer_undo,
)
from aipm.ui.scorer_state import PAGE, VIEW
from aipm.ui.scorer_texts import scorer_page

text = scorer_page()

page.header(PAGE)
scorer_address.arrive()
view = page.views(text.views, key=VIEW, on_change=scorer_address.leave)
scorer_undo.banner(text)
match view:
    case "approach":
        scorer_approach.approach()
    case "model":
        scorer_models.which_model(text)
    case "cost":
        scorer_cost.what_it_costs()

scorer_reopen.reopen(text)
scorer_address.say()
scorer_next.onwards(text)
