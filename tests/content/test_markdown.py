"""Whatever people type is drawn as the same characters, by a Markdown reader that links and draws all it can."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.content.markdown import bullets, drawn, paragraph, table
from aipm.content.visible import visible

markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py reads the Markdown that is tested here")
READER = markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HARMLESS = re.compile(r"</?(p|table|thead|tbody|tr|th|td|ul|li)>|<br />")
NASTY = [
    "<script>alert(1)</script>", "<!-- x", "&lt;b&gt; &amp; &#60; &nbsp", "[a](http://b.c)", "![a](x.png)",
    "[a]: http://b.c", "<http://b.c>", "**b** *i* __b__ _i_ `c` ~~s~~", "# h", "## h ##", "> q", "- l", "+ l", "* l",
    "1. l", "1) l", "---", "===", "***", "```", "~~~", "| a | b |", "a|b\\|c\\\\|d", "\\", "a\\", "\\*",
    "snake_case_name", "_x_", "$x$", "$$", "=1+1", "line\nline", "line\r\n\r\n# h", "\ttab", "    code", "trailing  ",
    " \u202eevil\u202c", "\x00\x07", "😀 :smile: <3", "\u05e2\u05d1", "[x] done", "[^1]", "a@b.example", "@name", "#12",
    "www.evil.example", "https://evil.example/a_b?c=d&e=f", "1986. A year",
]  # fmt: skip


def shown(markdown):
    """The text that a reader sees, without the marks that take no room, and the tags that draw it."""
    drawing = READER.render(markdown)
    return html.unescape(re.sub(r"<[^>]+>", "", drawing)).replace("\u2060", "").strip("\n"), drawing


def as_seen(text):
    return visible(text, limit=max(len(text), 1)).replace("\u2060", "[U+2060]")


TEXTS = st.sampled_from(NASTY) | st.text(st.characters(codec="utf-8"), max_size=30) | st.text(
    alphabet=list("ab1 <>[]()!*_`~#+-=|\\&;:/.@$\n"), max_size=30
)  # fmt: skip


@given(TEXTS)
def test_any_text_is_drawn_as_it_is_in_a_paragraph(text):
    seen, drawing = shown(f"before\n\n{drawn(text)}\n\nafter")
    assert seen == f"before\n{as_seen(text)}\nafter" or not as_seen(text)
    assert not HARMLESS.sub("", drawing).count("<")


@given(st.lists(TEXTS, min_size=2, max_size=2))
def test_any_text_is_drawn_as_it_is_in_a_table(texts):
    _, drawing = shown(table(["A", "B"], [texts]))
    cells = [html.unescape(cell).replace("\u2060", "") for cell in re.findall(r"<td>(.*?)</td>", drawing, re.DOTALL)]
    assert cells == [as_seen(text) for text in texts]
    assert not HARMLESS.sub("", drawing).count("<")


@given(st.lists(TEXTS.filter(lambda text: text.strip() != ""), min_size=1, max_size=3))
def test_any_text_is_drawn_as_it_is_in_a_list(texts):
    _, drawing = shown(bullets(texts))
    items = [html.unescape(item).replace("\u2060", "") for item in re.findall(r"<li>(.*?)</li>", drawing, re.DOTALL)]
    assert items == [as_seen(text) for text in texts]


@given(TEXTS)
def test_a_paragraph_keeps_its_lines(text):
    seen, drawing = shown(paragraph(text))
    lines = [line.strip() for line in re.split(r"\r\n|[\r\n]", text) if line.strip()]
    assert seen == "\n".join(map(as_seen, lines))
    assert not HARMLESS.sub("", drawing).count("<")


@pytest.mark.parametrize(
    "text",
    [
        "http://evil.example",
        "www.evil.example",
        "evil.example",
        "a@evil.example",
        "ab.c_d@evil.example",
        "mailto:a@b.example",
    ],
)
def test_no_address_is_left_for_a_program_to_find(text):
    found = drawn(text).replace("\\", "")
    assert not re.search(r"://|:a|www\.|\.example|\w@|@\w", found)
    assert found.replace("\u2060", "") == text


@pytest.mark.parametrize("text", ["@somebody has it", "see #12", ":smile:"])
def test_no_mention_number_or_sign_is_left_for_a_program_to_find(text):
    assert not re.search(r"@\w|#\d|:\w", drawn(text))


def test_plain_words_stay_plain():
    for text in ("It takes 1.5 hours, e.g. on a Monday; snake_case & R&D (about 20%).", "Where is it?", "Paweł's café"):
        assert drawn(text) == text
