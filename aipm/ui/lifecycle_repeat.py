"""The part "Varying answers" of the Lifecycle page: four questions on a feature, the practices they sort, the runs."""

import streamlit as st

from aipm.content.document import markdown as written
from aipm.content.practices import practice_texts
from aipm.governance.practices import ASKED, Assessment, Practices, assess
from aipm.governance.practices_paper import answer, document
from aipm.governance.practices_texts import repeat_texts
from aipm.governance.product import Product
from aipm.ui import clock, download, governance_fields, lifecycle_repeat_practice, lifecycle_repeat_runs, page
from aipm.ui.fragments import LONG, join, notes, outward
from aipm.ui.governance_state import change, form
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

PAGE = "lifecycle"


def draw() -> None:
    """Draw the part below the choice of views."""
    texts, now = repeat_texts(), form(Practices)
    found = assess(now)
    page.section(texts.title, sentence=texts.sentence)
    _answer(now, found)
    _questions(now)
    if found.advice:
        page.draw(Html(f"<h3>{markup(texts.advice_title)}</h3>"), notes(texts.advice[code] for code in found.advice))
    page.section(texts.practices_title, sentence=texts.practices_sentence)
    for each in found.practices:
        lifecycle_repeat_practice.draw(each)
    lifecycle_repeat_runs.draw(now)
    _known()
    _take_along()


def _answer(now: Practices, found: Assessment) -> None:
    lines = "".join(f"<p>{markup(line, limit=LONG)}</p>" for line in answer(now, found))
    done = bool(found.matter) and all(each.done for each in found.matter) and not found.open
    sign = "is-within-tolerance" if done else "is-inconclusive"
    page.draw(Html(f'<div class="answer {sign}" role="status">{lines}</div>'))


def _questions(now: Practices) -> None:
    texts = repeat_texts()
    governance_fields.text(
        texts.feature.label,
        name="practices.feature",
        value=now.feature,
        put=lambda said: change(Practices, feature=said),
        placeholder=texts.feature.example,
        help=texts.feature.help,
    )
    with st.container(key=key(PAGE, "repeat.questions").replace(".", "-")):
        for pair in (ASKED[:2], ASKED[2:]):
            for column, name in zip(st.columns(2, gap="medium"), pair, strict=True):
                with column:
                    _question(name, now)
    if now.repeat == "exact":
        st.pills(
            texts.repeat_for.label,
            tuple(texts.repeat_for.options),
            format_func=lambda each: markdown(texts.repeat_for.options[each]),
            selection_mode="multi",
            **governance_fields.held(
                "practices.repeat_for",
                list(dict.fromkeys(now.repeat_for)),
                lambda chosen: change(Practices, repeat_for=tuple(chosen or ())),
            ),
        )


def _question(name: str, now: Practices) -> None:
    text = next(each for question, each in repeat_texts().questions.items() if question == name)
    governance_fields.choice(
        text.label,
        tuple(text.options),
        name=f"practices.{name}",
        value=getattr(now, name),
        put=lambda said: change(Practices, **{name: said}),
        words=lambda each: text.options[each],
    )


def _known() -> None:
    """What is known of temperature 0 and of a random start, and where it is read."""
    texts, known = repeat_texts(), practice_texts()
    page.draw(Html(f"<h3>{markup(texts.known_title)}</h3>"), notes([known.evidence, known.random_start]))
    lines = [Html(f"<li>{outward(each.url, each.name)}, {markup(each.day)}</li>") for each in known.sources]
    says = texts.runs
    lines.append(Html(f"<li>{outward(says.method_url, says.method)} {markup(says.method_state, limit=LONG)}</li>"))
    page.draw(
        Html(
            f'<div class="sources"><p class="quiet">{markup(texts.sources_title)}</p>'
            f'<ul class="notes">{join(lines)}</ul></div>'
        )
    )


def _take_along() -> None:
    texts, product = repeat_texts(), form(Product)
    page.draw(Html(f"<h3>{markup(texts.take_title)}</h3>"), page.quiet(texts.take))
    download.button(
        texts.download,
        lambda: written(document(form(Practices), product=form(Product), day=clock.today())).encode(),
        page=PAGE,
        name="repeat.markdown",
        after=product.name or "practices",
        suffix="-varying-answers.md",
        mime="text/markdown",
    )
