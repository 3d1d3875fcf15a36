"""Brief: one decision, from the pain to what would change our mind, with what it rests on."""

from aipm.ui import brief_page

brief_page.draw()
