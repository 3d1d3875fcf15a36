"""Use-case mapper: from a pain to a capability, with reasons, or an honest "not AI"."""

from aipm.ui import mapper_address, mapper_journey, mapper_next, mapper_order, mapper_pain, mapper_reopen, page
from aipm.ui.mapper_state import PAGE, VIEW
from aipm.ui.mapper_texts import mapper_page

text = mapper_page()

page.header(PAGE)
mapper_address.arrive()
view = page.views(text.views, key=VIEW, on_change=mapper_address.leave)
match view:
    case "pain":
        mapper_pain.one_pain(text)
    case "journey":
        mapper_journey.journey(text)
    case "order":
        mapper_order.order(text)

mapper_reopen.reopen(text)
mapper_next.onwards(text, view=view)
