"""Laws and rules on the Bias audit page: the choice, the answer, the tables, and what goes into the report."""

from streamlit.testing.v1 import AppTest

from aipm.fairness.section import Section
from aipm.ui.audit_deeper import made

SCRIPT = """
import streamlit as st
from datetime import date
from aipm.fairness.audit import audit
from aipm.ui import audit_deeper, audit_law, clock
from tests.fairness.build import counted, repeated

st.session_state[clock.DAY] = date(2026, 3, 5)
data = repeated((60, "m", "Aven", "yes", 2), (40, "m", "Aven", "no", 2), (30, "f", "Aven", "yes", 3),
                (70, "f", "Borel", "no", 3), (4, "", "Aven", "yes", 4), (3, "not disclosed", "Borel", "no", 4),
                names="sex race hired site")
counts, spec = counted(data, groups=GROUPS, **st.session_state.get("asked", ASKED))
asked = audit_deeper.Asked(
    table=data, spec=spec, counts=counts, result=audit(counts, spec), token="t", file_name="p.csv"
)
st.session_state["make"] = audit_law.draw(asked)
"""


def page(groups=("sex", "race"), **asked):
    script = SCRIPT.replace("GROUPS", repr(groups)).replace("ASKED", repr(asked))
    app = AppTest.from_string(script, default_timeout=300).run()
    assert not app.exception
    return app


def said(app):
    return " ".join(str(each.proto.body) for each in app.get("html"))


def sections(app):
    return app.session_state["make"](0)


def section(app):
    """The only one that the report carries."""
    (made,) = sections(app)
    return made


def titles(app):
    return [each.title.partition(",")[0] for each in sections(app)]


def choose(app, rule):
    app.get("button_group")[0].set_value(rule).run()
    assert not app.exception
    return app


def test_columns_are_suggested_and_the_answer_stands_in_a_sentence():
    app = page(prediction="hired")
    assert [each.value for each in app.selectbox] == ["sex", "race"]
    assert "lowest impact ratio is 0.50" in said(app)  # 30 of 100 women beside 60 of 100 men
    assert "By sex, people left out because their category is unknown: 7" in said(
        app
    )  # an empty cell, or one that says that nobody knows
    assert "Not legal advice. Made on 5 March 2026" in said(app)
    assert [table.caption for table in section(app).tables] == ["By sex", "By race or ethnicity",
                                                               "By race or ethnicity and sex"]  # fmt: skip


def test_a_column_that_was_not_compared_by_is_counted_anew():
    app = page(groups=("site",), prediction="hired")
    assert [each.title[:20] for each in sections(app)] == [
        "The four-fifths rule"
    ]  # no column named sex or race to begin with
    choose(app, "nyc")
    app.selectbox[0].set_value("sex").run()
    assert "lowest impact ratio is 0.50" in said(app)
    assert "the rule asks for all three" in said(app)


def test_the_four_fifths_rule_flags_and_says_no_more():
    app = choose(page(prediction="hired"), "four_fifths")
    assert "A four-fifths flag, beyond chance: race = Borel" in said(app)
    assert "Also flagged: sex = f" in said(app)
    assert "illegal" not in said(app)


def test_what_a_person_fills_in_closes_its_question():
    app = choose(page(prediction="hired"), "ai_act")
    assert "only people can answer: 12; answered so far: 0" in said(app)
    next(each for each in app.text_area if each.label.startswith("Where the data")).set_value("The careers site").run()
    assert "only people can answer: 12; answered so far: 1" in said(app)


def test_without_a_decision_or_a_score_it_says_what_is_needed():
    app = page()
    assert "needs a decision or a score" in said(app)
    assert sections(app) == ()


NYC, FIFTHS, ARTICLE = "New York City", "The four-fifths rule", "AI Act"


def test_the_report_carries_every_rule_that_was_looked_at():
    app = page(prediction="hired")
    assert titles(app) == [NYC]
    choose(app, "ai_act")
    next(each for each in app.text_area if each.label.startswith("Where the data")).set_value("The careers site").run()
    choose(app, "four_fifths")
    assert titles(app) == [NYC, FIFTHS, ARTICLE]
    assert all("Not legal advice" in each.notes[-1] for each in sections(app))
    said = [answer for point in sections(app)[2].points for _, answer in point.said]
    assert "The careers site" in said  # what was filled in is kept
    app.run()  # the whole page once more
    assert titles(app) == [NYC, FIFTHS, ARTICLE]


def test_a_rule_that_can_no_longer_be_made_leaves_the_report():
    app = page(prediction="hired")
    choose(app, "four_fifths")
    choose(app, "nyc")
    app.selectbox[0].select_index(0).run()
    app.selectbox[1].select_index(0).run()
    assert titles(app) == [FIFTHS]


def test_a_part_may_give_one_section_or_several():
    one, two = Section(title="one"), Section(title="two")
    assert made([lambda _: one, lambda hidden: (one, two)[: hidden // 11 + 1]], 11) == (one, one, two)
    assert made([], 0) == ()


def test_another_question_starts_with_nothing_looked_at():
    app = page(prediction="hired")
    choose(app, "ai_act")
    app.session_state["asked"] = {"prediction": "hired", "favourable": "negative"}
    app.run()
    assert titles(app) == [ARTICLE]


def test_small_categories_and_unknown_values_are_the_persons_choice():
    app = page(prediction="hired")
    assert list(app.multiselect[0].value) == [("sex", "not disclosed")]
    app.multiselect[0].set_value([]).run()
    assert not app.exception
    assert "By sex, people left out because their category is unknown: 4" in said(app)  # the empty cells alone
    app.toggle[0].set_value(False).run()
    assert not app.exception
    assert any(row[0] == "not disclosed" and row[4] == "0.00" for row in section(app).tables[0].rows)
