"""The part "Hand it on" of the Ethics page: how complete everything is, the papers filled from it, all as files."""

from functools import partial

import streamlit as st

from aipm.content import document as paper_of
from aipm.content.document import Document
from aipm.governance import bundle, data_sheet, model_card
from aipm.governance.dossier import Dossier, dossier
from aipm.governance.hand_on_texts import PAPERS, Paper, hand_on_texts
from aipm.governance.overview import answer
from aipm.governance.product import Product
from aipm.ui import clock, document_view, download, ethics_hand_on_contents, page, results
from aipm.ui.ethics_register_state import capability_now
from aipm.ui.fragments import LONG, join, outward
from aipm.ui.governance_state import filled, kept
from aipm.ui.registry import registry
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

PAGE = "ethics.hand_on"
PREP_FILE = key("data_prep", "held.file")
"""In the session where a file was opened in Data prep."""


def draw() -> None:
    """Draw the part below the choice of views."""
    texts, d = hand_on_texts(), now()
    page.section(texts.title, sentence=texts.sentence)
    card, sheet = model_card.counted(model_card.card(d)), model_card.counted(data_sheet.sheet(d))
    lines = join(Html(f"<p>{markup(line, limit=LONG)}</p>") for line in answer(d, card=card, sheet=sheet))
    sign = "is-inconclusive" if d.forms else ""
    page.draw(Html(f'<div class="answer {sign}" role="status">{lines}</div>'))
    ethics_hand_on_contents.draw(d)
    _papers(d)
    _all(d)
    page.section(texts.sources_title)
    listed = join(
        Html(f"<li>{outward(each.url, each.name)}. {markup(each.state, limit=LONG)}</li>") for each in texts.sources
    )
    page.draw(Html(f'<ul class="notes">{listed}</ul>'))


def now() -> Dossier:
    """The session's forms, read."""
    notes, notes_of = _notes()
    return dossier(
        filled(),
        latest=results.latest(),
        today=clock.today(),
        capability=capability_now(),
        notes=notes,
        notes_of=notes_of,
    )


def _notes() -> tuple[dict[str, str], str | None]:
    """What was said of the file that is open in Data prep."""
    if PREP_FILE not in st.session_state:
        return {}, None
    from aipm.ui import prep_state  # only where Data prep was used, and has loaded it

    found = results.latest().get("data_prep")
    return prep_state.notes(), found.data_name if found else None


def _papers(d: Dossier) -> None:
    """Each to read here, and to take along."""
    texts = hand_on_texts().papers
    page.section(texts.title)
    made = bundle.papers(d)
    for kind in PAPERS:
        page.draw(Html(f"<h3>{markup(texts.names[kind])}</h3>"), page.quiet(texts.sentences[kind]))
        _downloads(d, kind, made[kind])
        with st.expander(markdown(texts.preview.format(name=texts.names[kind])), icon=":material/article:"):
            page.draw(document_view.view(made[kind]))


def _downloads(d: Dossier, kind: Paper, made: Document) -> None:
    said, after = hand_on_texts().papers, d.of(Product).name or "product"
    at, suffix = clock.now().astimezone(clock.zone()), f"-{bundle.FILES[kind]}"
    with st.container(horizontal=True):
        download.button(
            f"{said.names[kind]} ({said.markdown})",
            lambda: paper_of.markdown(made).encode(),
            page=PAGE,
            name=f"{kind}.markdown",
            after=after,
            suffix=f"{suffix}.md",
            mime="text/markdown",
        )
        download.button(
            f"{said.names[kind]} ({said.html})",
            lambda: paper_of.html(made, generated=at).encode(),
            page=PAGE,
            name=f"{kind}.html",
            after=after,
            suffix=f"{suffix}.html",
            mime="text/html",
        )


def _all(d: Dossier) -> None:
    """The ZIP, and the two tables by themselves. What makes them runs outside the session."""
    said, after = hand_on_texts().all, d.of(Product).name or "product"
    made_by, at, unread = registry().product.name, clock.now(), dict(kept().unread)
    page.section(said.title, sentence=said.sentence)
    makers = (
        ("zip", said.zip, ".zip", "application/zip", partial(bundle.bundle, d, made_by=made_by, at=at, unread=unread)),
        (
            "register.csv",
            said.register_csv,
            "-risk-register.csv",
            "text/csv",
            partial(bundle.register_csv, d, made_by=made_by),
        ),
        (
            "register.md",
            said.register_markdown,
            "-risk-register.md",
            "text/markdown",
            partial(bundle.register_markdown, d, made_by=made_by),
        ),
        ("gates.csv", said.gates_csv, "-gates.csv", "text/csv", partial(bundle.gates_csv, d)),
        ("gates.md", said.gates_markdown, "-gates.md", "text/markdown", partial(bundle.gates_markdown, d)),
    )
    with st.container(horizontal=True):
        for name, label, suffix, mime, make in makers:
            download.button(markdown(label), make, page=PAGE, name=name, after=after, suffix=suffix, mime=mime)
