"""The story as a document: each chapter in words, with what it rests on; written as Markdown and HTML."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from aipm.brief import brief as briefs
from aipm.brief import story
from aipm.brief.brief import Brief, Change, compare
from aipm.brief.charts import plotly
from aipm.brief.texts import brief_texts, reason_name, tool_name
from aipm.content.chart import Chart, Series, written
from aipm.content.chart_drawing import drawing
from aipm.content.document import Heading, Paragraph, html, markdown
from tests.brief.made_up import HOSTILE, bars, charts, entry, intervals, lines, matrix, now, sha, whole

WHEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def told(brief, **parts):
    return story.document(brief, now=now(brief, **parts))


def test_every_chapter_has_its_heading_in_order():
    found = [each.text for each in told(whole()).blocks if isinstance(each, Heading) and each.level == 2]
    assert found == [each.name for key, each in brief_texts().chapters.items() if key != "other"]


def test_the_lead_says_what_is_missing_and_what_no_longer_stands():
    assert "7 of 7" not in told(whole()).lead
    assert "Missing: risks, owners and gates." in told(whole()).lead
    stale = told(whole(), versions={"catalogue": "2027-01-01"}).lead
    assert "No longer stands" in markdown(told(whole(), versions={"catalogue": "2027-01-01"}))
    assert "Stale: the model and its cost." in stale


def test_an_empty_brief_says_in_every_chapter_what_to_do():
    written_out = markdown(told(Brief()))
    for each in brief_texts().missing.values():
        assert each.text.split(",")[0] in written_out


def test_an_answer_stands_with_figures_and_what_it_rests_on():
    text = markdown(told(whole()))
    assert "| A month | €1,240 | €900 to €1,900 |" in text
    assert whole().of("data_prep").fingerprint in text
    assert "Small groups were left out." in text
    assert "Mind: One column gives it away." in text
    assert "Begin with trees (Ines Moreau, 21 Nov 2026)" in text


def test_no_ai_is_told_as_an_answer():
    kept = briefs.add(Brief(), entry("use_case_mapper", against=True))
    assert brief_texts().document.not_needed in markdown(told(kept))


def test_every_part_of_the_story_has_words():
    for key in ("data", "settings", "model", "threshold", "review"):
        assert reason_name(key) != key
    assert reason_name("catalogue") == "the model catalogue has changed"
    for tools in briefs.TOOLS.values():
        assert all("_" not in tool_name(tool) for tool in tools)
    assert tool_name("a_new.tool_of") == "a new: tool of"


def test_changes_are_told_in_sentences():
    old = whole()
    new = briefs.add(briefs.remove(old, "bias_audit"), entry("data_prep", data=sha("b"), summary="Now ready."))
    new = briefs.note(briefs.would_change(new), "pain", "Seen twice.")
    found = [story.changed(each) for each in (*compare(old, new), *compare(new, old))]
    assert "Note on The pain: Seen twice." in found
    assert "The note on The pain is gone. It was: Seen twice." in found
    assert any(each.startswith("Data prep: the data are no longer the same") for each in found)
    for code in ("decision_added", "decision_removed", "decision_changed", "mind_added", "form_added", "form_removed"):
        assert "{" not in story.changed(Change(code=code, about="register", before="a", after="b"))


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_charts_are_drawn_in_html_with_words_and_a_table():
    kept = briefs.add(Brief(), entry(charts=charts()))
    page = html(told(kept), generated=WHEN)
    tags = Tags(page).found
    pictures = [attrs for tag, attrs in tags if tag == "svg"]
    assert [each["aria-label"] for each in pictures] == ["Three bars; trees are the longest."] * 4
    assert {tag for tag, _ in tags} >= {"rect", "circle", "polyline", "line", "figcaption"}
    assert "32.5%" in page
    assert '<th scope="row">60 and over</th>' in page


def hostile():
    kept = Brief()
    texts = [each.replace("\ud800", "") for each in HOSTILE]
    for place, typed in enumerate(texts):
        chart = bars(
            title=typed, labels=(typed, typed, "c"), alternative=typed, named=typed, note=typed, unit=typed[:20]
        )
        named = f"page_{'abcdefghijklm'[place]}"
        kept = briefs.add(kept, entry(named, title=typed[:400], summary=typed, charts=(chart,)))
    return briefs.would_change(briefs.note(kept, "pain", HOSTILE[0]), *texts)


def test_what_people_typed_never_becomes_markup():
    plain, typed = Tags(html(told(Brief()), generated=WHEN)).found, Tags(html(told(hostile()), generated=WHEN)).found
    assert {tag for tag, _ in typed} - {tag for tag, _ in plain} <= {
        *(
            "figure",
            "figcaption",
            "svg",
            "rect",
            "line",
            "text",
            "div",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "span",
        )
    }
    assert not [attrs for _, attrs in typed if any(name.startswith("on") for name in attrs)]
    assert "<script" not in markdown(told(hostile())).replace("\\<script", "")


@pytest.mark.parametrize("chart", charts(), ids=lambda each: each.kind)
def test_a_drawing_stays_within_its_frame(chart):
    found = drawing(chart)
    for each in found.marks:
        assert 0 <= each.x <= found.width
        assert 0 <= each.y <= found.height
        if each.kind == "rect":
            assert each.x + each.width <= found.width + 1
            assert each.y + each.height <= found.height + 1


def test_bars_begin_at_zero():
    marks = [each for each in drawing(bars()).marks if each.kind == "rect"]
    zero = next(each for each in drawing(bars()).marks if each.kind == "line").x
    assert {each.x for each in marks} == {zero}
    assert marks[0].width / marks[1].width == pytest.approx(82 / 61, rel=0.01)
    below = bars(series=(Series(name="Gap", values=(-4.0, 2.0, 0.0)),))
    first, second = [each for each in drawing(below).marks if each.kind == "rect"][:2]
    assert first.x + first.width == pytest.approx(second.x)


@pytest.mark.parametrize("values", [(None, None, None), (0.0, 0.0, 0.0), (5.0, 5.0, 5.0)])
@pytest.mark.parametrize("kind", ["bars", "intervals", "line", "matrix"])
def test_values_alike_or_unknown_are_drawn_too(kind, values):
    chart = bars(kind=kind, series=(Series(name="x", values=values),))
    assert drawing(chart).marks
    assert plotly(chart)["data"]


def test_a_line_is_broken_where_a_value_is_not_known():
    assert sum(each.kind == "path" for each in drawing(lines()).marks) == 3


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (None, "%", "–"),
        (0, "%", "0%"),
        (42.12, "%", "42.1%"),
        (1240, "€", "€1,240"),
        (0.155, "$", "$0.15"),
        (-0.052, "", "−0.052"),
        (0.00001, "", "<0.0001"),
        (1e9, "rows", "1,000,000,000 rows"),
        (2.0, "", "2"),
    ],
)
def test_how_a_value_is_written(value, unit, said):
    assert written(value, unit) == said


@pytest.mark.parametrize(
    "parts",
    [
        {"labels": ()},
        {"labels": tuple("abc") * 30},
        {"series": ()},
        {"series": (Series(name="x", values=(1.0,)),)},
        {"series": (Series(name="x", values=(1.0, 2.0, float("nan"))),)},
        {"series": (Series(name="x", values=(1.0, 2.0, 3.0), low=(1.0,)),)},
        {"series": (Series(name="x", values=(1.0, 2.0, 3.0)),) * 8},
    ],
    ids=str,
)
def test_a_chart_that_cannot_be_drawn_is_none(parts):
    with pytest.raises(ValueError, match=r"\w"):
        bars(**parts)


def test_plotly_gets_the_same_numbers_and_no_markup():
    drawn = plotly(intervals())
    assert drawn["data"][0]["x"] == [41.0, 32.5]
    assert drawn["data"][0]["error_x"]["arrayminus"] == pytest.approx([2.0, 2.7])
    assert drawn["data"][0]["error_x"]["array"] == pytest.approx([2.4, 0])
    assert plotly(matrix())["data"][0]["z"] == [[9.0, 8.0, 4.0], [8.5, 2.0, None]]
    typed = bars(labels=("<b>x</b>", "a", "b"), series=(Series(name="<i>", values=(1.0, 2.0, 3.0)),))
    assert "<" not in str(plotly(typed))


def test_a_chart_in_markdown_is_its_words_and_its_table():
    text = markdown(told(briefs.add(Brief(), entry(charts=(intervals(),)))))
    assert "Three bars; trees are the longest." in text
    assert "| Under 60 | 41% (39% to 43.4%) |" in text


def test_the_source_of_an_answer_is_no_louder_than_the_answer():
    quiet = [each for each in told(whole()).blocks if isinstance(each, Paragraph) and each.quiet]
    assert any("fingerprint" in each.text for each in quiet)
    assert isinstance(charts()[0], Chart)
