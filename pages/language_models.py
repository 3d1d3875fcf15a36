"""Language models: from words to an answer, and what follows for a product."""

from aipm.ui import (
    address,
    lm_attention,
    lm_kinds,
    lm_next,
    lm_order,
    lm_sampling,
    lm_tokens,
    lm_twice,
    lm_work,
    page,
)
from aipm.ui.lm_address import PAGE
from aipm.ui.lm_texts import page_texts

texts = page_texts()

page.header(PAGE)
view = address.turns(PAGE, "view", texts.label, texts.views)
match view:
    case "tokens":
        lm_tokens.draw()
    case "order":
        lm_order.draw()
    case "attention":
        lm_attention.draw()
    case "sampling":
        lm_sampling.draw()
    case "twice":
        lm_twice.draw()
    case "kinds":
        lm_kinds.draw()
    case "work":
        lm_work.draw()

lm_next.onwards(texts, view=view)
