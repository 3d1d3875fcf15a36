"""Pieces of a page as HTML: what they say to eyes and to screen readers, and that they never leave the axis."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.content import number
from aipm.ui.forest import ForestPlot, ForestRow, forest
from aipm.ui.fragments import Column, answer, badge, table, word
from aipm.ui.matrix import MatrixCell, MatrixRow, matrix
from aipm.ui.spread import SpreadRow, spread

VERDICTS = ["gap", "within_tolerance", "inconclusive", "not_computable", "not_enough_data", "reference"]


class Reader(HTMLParser):
    """Checks that tags are closed in order, and gathers the text that is not hidden from screen readers."""

    def __init__(self, markup):
        super().__init__()
        self.open, self.hidden, self.spoken = [], 0, []
        self.feed(markup)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append((tag, ("aria-hidden", "true") in attrs))
            self.hidden += self.open[-1][1]

    def handle_endtag(self, tag):
        name, hidden = self.open.pop()
        assert name == tag
        self.hidden -= hidden

    def handle_data(self, data):
        if not self.hidden:
            self.spoken.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.spoken).split())


def row(name="A", value=0.7, low=0.6, high=0.8, verdict="gap", **more):
    return ForestRow(name=name, value=value, low=low, high=high, verdict=verdict, **more)


def places(markup):
    """Every left edge and width on the axis, in per cent."""
    return [float(found) for found in re.findall(r"(?:left|width):(-?[\d.]+)%", markup)]


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_is_a_word_and_a_sign_not_only_a_colour(verdict):
    assert word(verdict) in Reader(badge(verdict)).text
    assert 'class="sign"' in badge(verdict)


def test_an_answer_leads_with_its_verdict():
    said = Reader(answer("gap", "Fewer women are approved.", detail="5,940 rows")).text
    assert said == f"{word('gap')} Fewer women are approved. 5,940 rows"


def test_a_forest_plot_can_be_read_without_seeing_it():
    plot = ForestPlot(
        label="Approval by sex against men",
        band=(0.8, 1.25),
        rows=(
            row("women", 0.75, 0.71, 0.8, "gap", detail="2 700 rows"),
            row("men", 1.0, None, None, "reference"),
            row("unknown", 1.1, 0.6, 1.9, "not_enough_data", note="About 240 more rows would settle it."),
        ),
    )
    assert Reader(forest(plot)).text == (
        "Group Ratio (95% interval) Verdict "
        f"women 2 700 rows 0.75 (0.71–0.80) {word('gap')} men 1.00 {word('reference')} "
        f"unknown 1.10 (0.60–1.90) {word('not_enough_data')} About 240 more rows would settle it."
    )


def test_equal_distances_mean_equal_ratios():
    """Half as often and twice as often lie equally far from the line."""
    plot = ForestPlot(label="", band=None, rows=(row(value=0.5, low=0.5, high=0.5), row(value=2.0, low=2.0, high=2.0)))
    points = [float(found) for found in re.findall(r'class="point" style="left:([\d.]+)%', forest(plot))]
    line = float(re.search(r'class="line" style="left:([\d.]+)%', forest(plot))[1])
    assert line - points[0] == pytest.approx(points[1] - line, abs=0.2)


def test_an_interval_that_runs_off_the_axis_ends_in_an_arrow():
    wide = forest(
        ForestPlot(label="", band=None, rows=(row(value=1.0, low=0.001, high=900.0, verdict="inconclusive"),))
    )
    assert "more-left" in wide
    assert "more-right" in wide
    assert "more-" not in forest(ForestPlot(label="", band=None, rows=(row(),)))


finite = st.one_of(st.none(), st.floats(0, 1e6))


@given(st.lists(st.tuples(finite, finite, finite, st.sampled_from(VERDICTS)), max_size=5), st.booleans())
def test_nothing_is_ever_drawn_outside_the_axis(numbers, ratios):
    rows = []
    for value, one, other, verdict in numbers:
        bounds = (None, None) if one is None or other is None else (min(one, other), max(one, other))
        rows.append(row("A", value, *bounds, verdict))
    form = number.ratio if ratios else number.points
    band = (0.8, 1.25) if ratios else (-0.05, 0.05)
    drawn = forest(ForestPlot(label="", band=band, rows=tuple(rows), ratios=ratios, form=form))
    Reader(drawn)
    assert all(-0.1 <= place <= 100.1 for place in places(drawn))


@given(st.floats(1e-6, 1e3))
def test_the_axis_of_differences_has_few_round_ticks(reach):
    plot = ForestPlot(label="", band=None, rows=(row("A", reach, -reach, reach),), ratios=False, form=str)
    ticks = [float(found) for found in re.findall(r'class="tick"[^>]*>([^<]+)<', forest(plot))]
    assert len(ticks) == 5
    assert ticks[-1] >= reach * 0.999
    assert ticks[-1] <= reach * 5.001


def test_a_table_names_its_rows_columns_and_content():
    markup = table([Column(name="Group"), Column(name="Rows", number=True)], [["women", "12"]], caption="Counts")
    assert Reader(markup).text == "Counts Group Rows women 12"
    assert '<th scope="row">women</th><td class="number">12</td>' in markup
    assert 'role="region" tabindex="0" aria-label="Counts"' in markup


def test_a_matrix_says_direction_in_words_and_marks_gaps():
    cell = MatrixCell(value="55.2%", difference="−18.0 pts", distance=-0.5, verdict="gap", note="1 490 of 2 700")
    markup = matrix(["Approved"], [MatrixRow(name="women", cells=(cell,), detail="2 700 rows")], caption="Rates")
    assert Reader(markup).text == (
        f"Rates Group Approved women 2 700 rows {word('gap')} 55.2% lower −18.0 pts 1 490 of 2 700"
    )
    assert "--strength:20%" in markup


def test_a_matrix_cell_that_is_not_rated_has_no_colour_of_direction():
    cell = MatrixCell(value="50.0%", verdict="not_enough_data")
    assert 'class="unrated" style="--strength:0%"' in matrix(["M"], [MatrixRow(name="A", cells=(cell,))], caption="")


def test_a_spread_says_where_the_middle_lies():
    markup = spread([SpreadRow(name="women", shares=(0.2, 0.5, 0.3, 0.0))], edges=(0, 1), label="Scores", threshold=0.5)
    assert "Half of women lies below about 0.50" in markup
    assert markup.count("<b class=below") == 2
    assert Reader(markup).text == "women"


def test_a_spread_without_values_says_so():
    assert "women: no values" in spread([SpreadRow(name="women", shares=(0.0, 0.0))], edges=(0, 1), label="Scores")
