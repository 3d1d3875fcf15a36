"""Untrusted text: what cannot be seen is shown, what is too long is shortened, what means something is escaped."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.ui.safe import file_name, markdown, markup, plotly, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("White", "White"),
        (" White ", "␣White␣"),
        ("a  b", "a ␣b"),
        ("", ""),
        ("line\nnext", "line↵next"),
        ("line\r\nnext", "line↵next"),
        ("a\tb", "a⇥b"),
        ("\u202egnp.exe", "[U+202E]gnp.exe"),
        ("zero\u200bwidth", "zero[U+200B]width"),
        ("no\u00a0break", "no[U+00A0]break"),
        ("\x00", "[U+0000]"),
        ("\ud800", "[U+D800]"),
        ("\ufffe", "[U+FFFE]"),
        ("\U000e0041", "[U+E0041]"),
        ("Ünïcödé – “quoted” 中文 😀", "Ünïcödé – “quoted” 中文 😀"),
    ],
)
def test_what_cannot_be_seen_is_shown(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "👩\u200d💻", "❤\ufe0f", "氏名\u3000住所"])
def test_invisible_characters_that_spell_are_left_alone(text):
    assert text in visible(text)


def test_right_to_left_text_is_kept_from_reordering_its_neighbours():
    assert visible("שלום (5)") == "\u2068שלום (5)\u2069"


def test_long_text_is_shortened_and_says_by_how_much():
    assert visible("x" * 80) == "x" * 80
    assert visible("x" * 1_314) == "x" * 80 + "… (+1,234 characters)"
    assert visible("abcdef", limit=3) == "abc… (+3 characters)"


def test_stacked_marks_are_cut_and_counted():
    assert visible("e" + "\u0301" * 60 + "nd") == "e" + "\u0301" * 4 + "[+56 marks]nd"


@given(st.text(max_size=400))
def test_what_is_shown_is_one_printable_line_of_bounded_length(text):
    shown = visible(text)
    assert len(shown) <= 80 * 14 + 30
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", shown)
    shown.encode("utf-8")


@given(st.text(max_size=60), st.text(max_size=60))
def test_different_short_texts_look_different(one, other):
    """Groups that differ by a blank or a hidden character must not look like one group.

    Codes could be imitated by a text that spells them; carriage return and line feed both are line ends.
    """
    spelled = re.compile(r"[\r␣↵⇥\[\]…]")
    if one != other and not spelled.search(one + other):
        assert visible(one) != visible(other) or max(len(one), len(other)) > 40


def test_markdown_escapes_only_what_would_mean_something():
    assert markdown("Age (years), 20-30 | R&D 3.5% it's_fine!") == "Age (years), 20-30 | R&D 3.5% it's_fine!"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("**b**", r"\*\*b\*\*"),
        ("_b_", r"\_b\_"),
        ("![x](http://y)", "!\\[x\\](http:\u2060//y)"),
        ("1. item", r"1\. item"),
        ("# item", r"\# item"),
        ("$x$", r"\$x\$"),
        (":red[x]", ":\u2060red\\[x\\]"),
        ("a@b.co", "a\u2060@b.co"),
        ("www.b.co", "www\u2060.b.co"),
        ("->", "\\-\u2060\\>"),
        ("&lt;", r"\&lt;"),
    ],
)
def test_markdown_is_disarmed(text, escaped):
    assert markdown(text) == escaped


@given(st.text(max_size=70))
def test_markdown_adds_only_escapes_and_joiners(text):
    assert re.sub(r"\\(.)|\u2060", r"\1", markdown(text)) == visible(text)


@given(st.text(max_size=70))
def test_html_reads_back_as_what_is_visible(text):
    assert html.unescape(markup(text)) == visible(text)
    assert not set('<>"') & set(markup(text))


@given(st.text(max_size=70))
def test_chart_text_holds_no_tags(text):
    assert not set("<>") & set(plotly(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("loans 2026.csv", "loans-2026.html"),
        ("../../etc/passwd", "etc-passwd.html"),
        ("..", "data.html"),
        ('a"; filename="b.exe', "a-filename-b.html"),
        ("données été.csv", "donn-es-t.html"),
        ("\u202egnp", "gnp.html"),
    ],
)
def test_a_download_has_a_harmless_name(text, name):
    assert file_name(text, suffix=".html") == name
