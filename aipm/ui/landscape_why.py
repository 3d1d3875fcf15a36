"""Why a PM needs this: what the app is about, four reasons, what stays and what is different, and a word on pay."""

from aipm.ui import page
from aipm.ui.fragments import LONG, Column, table
from aipm.ui.landscape_parts import cited, guess, prose
from aipm.ui.landscape_texts import WhyTexts, page_texts
from aipm.ui.safe import Html, markup


def draw(text: WhyTexts) -> None:
    page.section(text.title)
    page.draw(prose(text.scope))
    guess("why", text.guess)
    page.section(text.reasons_title)
    reasons = "".join(
        f"<section><h3>{markup(name)}</h3><p>{markup(told, limit=LONG)}</p></section>" for name, told in text.reasons
    )
    page.draw(Html(f'<div class="reasons">{reasons}</div>'))
    page.section(text.same_title, sentence=text.same_sentence)
    page.draw(table([Column(name=name) for name in text.same_columns], text.same, caption=text.same_caption))
    page.section(text.pay_title)
    page.draw(Html(f"<p>{cited(text.pay, form=page_texts().map.cited)}</p>"))
