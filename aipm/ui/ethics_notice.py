"""The part "Notice" of the Ethics page: what people are told, as they would see it, and what it lacks."""

from aipm.content.law import laws
from aipm.governance import paper
from aipm.governance.notice import Assessment, Notice, assess, tell
from aipm.governance.notice_texts import NoticeTexts, notice_texts
from aipm.governance.product import Product
from aipm.ui import clock, ethics_steps, ethics_take, page
from aipm.ui.ethics_notice_preview import preview
from aipm.ui.fragments import LONG, join, notes, outward
from aipm.ui.governance_state import form
from aipm.ui.safe import Html, markup

VIEW = "notice"
SHOWN = 140
"""Characters of a long sentence."""


def draw() -> None:
    """Draw the part below the choice of views."""
    texts, notice, product = notice_texts(), form(Notice), form(Product)
    found = assess(notice, product, today=clock.today())
    page.section(texts.title, sentence=texts.sentence)
    ethics_steps.missing(VIEW, texts, found.gaps, empty=notice == Notice())
    ethics_steps.steps(VIEW, Notice, texts)
    page.draw(preview(found.told, texts))
    ethics_take.take_along(
        VIEW,
        {
            "markdown": lambda read: paper.notice_markdown(tell(read(Notice), read(Product))),
            "html": lambda read: paper.notice_html(tell(read(Notice), read(Product))),
            "text": lambda read: paper.notice_text(tell(read(Notice), read(Product))),
        },
        after=product.name,
    )
    page.draw(_reading(found, texts), _duties(notice, found, texts))
    page.draw(Html(f"<h3>{markup(texts.expectations_title)}</h3>"), notes(texts.expectations))
    ethics_take.sources(texts.sources, as_of=texts.as_of)


def _reading(found: Assessment, texts: NoticeTexts) -> Html:
    """The score in a sentence, long sentences, and words that say little."""
    reading, band = found.reading, found.reading.band
    if band is None or reading.score is None:
        score = texts.reading_short
    else:
        per = f"{reading.words / reading.sentences:.0f}"
        score = texts.reading[band].format(score=f"{reading.score:.0f}", words=f"{reading.words:,}", per=per)
    long = [texts.long_one.format(count=count, sentence=_cut(said)) for said, count in reading.long]
    parts = [Html(f"<h3>{markup(texts.reading_title)}</h3><p>{markup(score, limit=LONG)}</p>")]
    if band is not None:
        parts.append(notes(long) if long else page.quiet(texts.long_none))
    parts.append(page.quiet(texts.reading_how))
    if found.vague:
        listed = notes(f"{each}: {texts.vague[each]}" for each in found.vague)
        parts.append(Html(f"<h3>{markup(texts.vague_title)}</h3>{listed}"))
    elif band is not None:
        parts.append(Html(f"<h3>{markup(texts.vague_title)}</h3>{page.quiet(texts.vague_none)}"))
    return join(parts)


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= SHOWN else f"{sentence[:SHOWN]}…"


def _duties(notice: Notice, found: Assessment, texts: NoticeTexts) -> Html:
    """What the answers point to in law, each with what is missing, since when, and the source."""
    head = Html(f"<h3>{markup(texts.duties_title)}</h3>{page.quiet(texts.duties_sentence)}")
    if not found.duties:
        known = notice.eu in ("yes", "no") and notice.personal_data is not None
        return join((head, page.quiet(texts.duties_none if known else texts.duties_open)))
    items = []
    for each in found.duties:
        said = texts.duties[each.duty]
        sign = {"met": "within-tolerance", "missing": "gap", "ask": "inconclusive"}[each.state]
        lacks = "; ".join(texts.fields[name].label.rstrip("?") for name in each.lacks)
        more = f" ({markup(texts.lacks.format(fields=lacks), limit=LONG)})" if lacks else ""
        items.append(
            f'<li><p class="verdict is-{sign}"><span class="sign"></span>{markup(texts.states[each.state])}</p>'
            f"<h4>{markup(said.law, limit=200)}</h4><p>{markup(said.asks, limit=LONG)}{more}</p>"
            f'<p class="quiet">{markup(said.whose, limit=300)}. {markup(laws().filled(said.since), limit=300)}. '
            f"{outward(said.source.url, said.source.name)}. {markup(said.source.state, limit=400)}</p></li>"
        )
    return join((head, Html(f'<ul class="duties">{"".join(items)}</ul>')))
