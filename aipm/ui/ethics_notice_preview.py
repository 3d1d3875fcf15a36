"""The transparency notice as people would see it, in three lengths; what is missing stands out in brackets."""

import re

from aipm.governance.notice import Told
from aipm.governance.notice_texts import NoticeTexts
from aipm.ui import page
from aipm.ui.fragments import LONG, join
from aipm.ui.safe import Html, markup


def preview(told: Told, texts: NoticeTexts) -> Html:
    blocks = []
    for each in told.page:
        listed = "".join(f"<li>{_said(line, texts)}</li>" for line in each.bullets)
        said = "".join(f"<p>{_said(line, texts)}</p>" for line in each.paragraphs)
        blocks.append(f"<h5>{markup(each.heading)}</h5>{said}{f'<ul>{listed}</ul>' if listed else ''}")
    lengths = {
        "line": f"<p>{_said(told.line, texts)}</p>",
        "paragraph": f"<p>{_said(told.paragraph, texts)}</p>",
        "page": f"<h4>{markup(told.title)}</h4>{''.join(blocks)}",
    }
    shown = "".join(
        f'<p class="quiet">{markup(texts.lengths[name])}</p><div class="notice {name}">{inside}</div>'
        for name, inside in lengths.items()
    )
    title = Html(f"<h3>{markup(texts.lengths_title)}</h3>{page.quiet(texts.lengths_sentence)}")
    return join((title, Html(f'<div class="lengths">{shown}</div>')))


def _said(line: str, texts: NoticeTexts) -> Html:
    """A line with what is missing marked."""
    before, after = (re.escape(markup(part.strip())) for part in texts.blank.split("{field}"))
    return Html(re.sub(f"{before}.+?{after}", r"<mark>\g<0></mark>", markup(line, limit=LONG)))
