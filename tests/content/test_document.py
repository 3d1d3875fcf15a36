"""A document is written as Markdown and as HTML with the same words, and nothing typed in it becomes markup."""

from datetime import UTC, datetime
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from aipm.content.document import Bullets, Document, Facts, Heading, Paragraph, Table, html, markdown

WHEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CARD = Document(
    eyebrow="Model card",
    title="Loan pre-check",
    lead="Sorts applications.",
    note="Filled in by the team. Made on",
    blocks=(
        Heading("What it is for"),
        Paragraph("First line.\nSecond line."),
        Bullets(("one", "two")),
        Facts((("Owner", "Ines Moreau"), ("Review", None)), open="Not known yet"),
        Table("Risks", ("Risk", "Severity"), (("Wrong refusal", "4"),), numeric=frozenset({1})),
    ),
)


def test_as_markdown():
    assert markdown(CARD) == (
        "# Loan pre-check\n\nSorts applications.\n\n*Filled in by the team. Made on*\n\n## What it is for\n\n"
        "First line.\\\nSecond line.\n\n- one\n- two\n\n"
        "**Owner**\\\nInes Moreau\n\n**Review**\\\nNot known yet\n\n"
        "| Risk | Severity |\n| --- | --- |\n| Wrong refusal | 4 |\n"
    )


def test_as_html():
    written = html(CARD, generated=WHEN)
    assert "<h1>Loan pre-check</h1>" in written
    assert '<span class="line">First line.</span><span class="line">Second line.</span>' in written
    assert '<dt>Review</dt><dd class="open"><span class="line">Not known yet</span></dd>' in written
    assert '<td class="n"><span class="line">4</span></td>' in written
    assert "Made on 21 November 2026, 12:00 UTC." in written


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(name for name, _ in attrs)))


def filled(text):
    return Document(
        eyebrow=text,
        title=text,
        lead=text,
        note=text,
        blocks=(
            Heading(text),
            Paragraph(text),
            Bullets((text,)),
            Facts(((text, text),), open=text),
            Table(text, (text,), ((text,),)),
        ),
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: len(text.split()) == 1))
def test_what_was_typed_adds_no_element(text):
    plain = Tags(html(filled("word"), generated=WHEN)).found
    assert Tags(html(filled(text), generated=WHEN)).found == plain


def test_hostile_text_in_markdown_stays_text():
    written = markdown(filled("![x](http://192.0.2.1/a) <script>alert(1)</script> | cell"))
    assert "](http" not in written.replace("\\]", "")
    assert "<script" not in written.replace("\\<", "")
