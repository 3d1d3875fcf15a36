"""AI landscape: what AI is, three ways to learn, and which of them a product needs."""

from aipm.ui import (
    address,
    landscape_choose,
    landscape_map,
    landscape_parts,
    landscape_roadmap,
    landscape_why,
    page,
)
from aipm.ui.landscape_address import PAGE
from aipm.ui.landscape_texts import View, page_texts

texts = page_texts()

page.header(PAGE)
view: View = address.turns(PAGE, "view", texts.label, texts.views)
match view:
    case "map":
        landscape_map.draw(texts.map)
    case "learn":
        from aipm.ui import landscape_learn  # numpy: not wanted for reading

        landscape_learn.draw()
    case "choose":
        landscape_choose.draw(texts.choose)
    case "roadmap":
        landscape_roadmap.draw(texts.roadmap)
    case "why":
        landscape_why.draw(texts.why)

sentence, onward = texts.next[view]
page.section(texts.next_title, sentence=sentence)
landscape_parts.onward(onward, name="next")
