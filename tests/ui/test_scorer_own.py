"""Own candidates and own facts on the Model scorer, without a browser: added, brought by a file, typed, undone."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from aipm.selection.cost import Estimate, Workload
from aipm.selection.needs import Needs, need_texts
from aipm.selection.offers import candidates
from aipm.selection.own import own_texts
from aipm.selection.ranked import Remark
from aipm.tables import Refusal
from aipm.ui import scorer_left, scorer_own_table
from aipm.ui.scorer_own_table import Base, asked_of_team, edited
from aipm.ui.upload import Source
from tests.ui.test_model_scorer import QUESTIONS, TEXT, done, labelled, left, opened, show, shown, stance

OWN = TEXT.own
FIELDS = own_texts().fields
HELD = "model_scorer.held"
GOOD = {
    "task": "text",
    "commercial_use": "yes",
    "usd_per_1000_requests": 0.01,
    "context_window": 10_000_000.0,
    "max_output": 1_000_000.0,
}
"""Better than anything in everything that counts at first."""


def section(app=None, way="add"):
    app = app or opened(view="model")
    app.session_state["model_scorer.own.open"] = True
    app.session_state[f"{HELD}.own.open"] = True
    app = done(app.run())
    control = next(each for each in app.button_group if each.label == OWN.way)
    return done(control.set_value(way).run())


def entered(app):
    return app.session_state[f"{HELD}.entered"]


def given(values):
    app = opened(view="model")
    app.session_state[f"{HELD}.entered"] = values
    return done(app.run())


def typed(app, name, **cells):
    done(labelled(app.text_input, OWN.candidate).set_value(name).run())
    for field, cell in cells.items():
        kind = app.number_input if FIELDS[field].kind == "number" else app.selectbox
        done(labelled(kind, FIELDS[field].name).set_value(cell).run())
    return done(labelled(app.button, OWN.add).click().run())


def test_an_empty_section_says_what_to_do():
    assert OWN.empty in shown(section())


def test_one_is_added_counted_and_ranked():
    app = section()
    before = left(app)
    app = done(next(each for each in app.button_group if each.label == OWN.paid).set_value("requests").run())
    cells = {name: cell for name, cell in GOOD.items() if name != "task"}
    app = typed(app, "Our own", **cells)
    assert entered(app) == {"Our own": GOOD}
    assert left(app) == before + 1
    html = shown(app)
    assert OWN.added.format(name="Our own") in html
    assert OWN.takes_part.format(name="Our own") in html
    assert "Our own comes first" in html
    assert labelled(app.text_input, OWN.candidate).value == ""
    app = done(labelled(app.button, OWN.undo.format(what=OWN.did_add.format(name="Our own"))).click().run())
    assert entered(app) == {}
    assert left(app) == before


@pytest.mark.parametrize(("name", "why"), [("", "form_name"), ("gpt-6 luna", "form_catalogue")])
def test_a_name_that_cannot_be_is_said_and_nothing_is_lost(name, why):
    app = typed(section(), name, context_window=5_000.0)
    assert entered(app) == {}
    assert own_texts().said[why].format(name="GPT-6 Luna") in shown(app).replace("&#x27;", "'")
    assert labelled(app.number_input, FIELDS["context_window"].name).value == 5_000


def test_what_is_typed_outlives_a_look_at_another_view():
    app = section()
    app = done(labelled(app.text_input, OWN.candidate).set_value("Half").run())
    app = show(show(app, "cost"), "model")
    assert labelled(app.text_input, OWN.candidate).value == "Half"


def uploaded(text, app=None):
    app = section(app, way="upload")
    app.file_uploader[0].set_value(("own.csv", text.encode(), "text/csv"))
    return done(app.run())


FILE = """Name,USD per 1M tokens in,USD per 1M tokens out,Context window,Max output,Use for business,Colour
Ours,0.1,0.4,128k,4000,yes,red
Quote,lots,8,200000,8000,yes,blue
GPT-6 Luna,1,1,1,1,yes,blue
"""


def test_a_file_is_taken_once_and_accounted_for():
    app = uploaded(FILE)
    assert list(entered(app)) == ["Ours", "Quote"]
    html = shown(app)
    assert OWN.taken.format(names="Ours, Quote") in html
    assert "“Colour”" in html
    assert f"Row 3, {FIELDS['usd_per_million_input'].name}" in html
    assert "Row 4: the catalogue has a model called “GPT-6 Luna”" in html
    assert OWN.takes_part.format(name="Ours") in html
    assert OWN.unranked.format(name="Quote", names=need_texts().criteria["cost"].name) in html
    labelled(app.selectbox, OWN.remove).set_value("Quote").run()
    app = done(labelled(app.button, OWN.removed).click().run())
    assert list(entered(app)) == ["Ours"]
    assert list(entered(done(app.run()))) == ["Ours"]
    app = done(labelled(app.button, OWN.undo.format(what=OWN.did_remove.format(name="Quote"))).click().run())
    assert list(entered(app)) == ["Ours", "Quote"]


def test_a_file_that_came_while_something_else_is_shown_is_taken():
    app = section(way="table")
    app.session_state["model_scorer.own.source"] = Source("own.csv", FILE.encode())
    assert list(entered(done(app.run()))) == ["Ours", "Quote"]


def test_what_was_done_before_something_else_was_taken_up_is_not_undone():
    app = typed(section(), "Our own", context_window=5.0)
    undo = OWN.undo.format(what=OWN.did_add.format(name="Our own"))
    assert undo in [each.label for each in app.button]
    app.session_state[f"{HELD}.entered"] = {"Other": {}}
    assert undo not in [each.label for each in done(app.run()).button]


def test_a_second_file_replaces_what_has_the_same_name():
    app = uploaded("Name,Context window\nours,5\n", uploaded(FILE))
    assert entered(app)["Ours"] == {"task": "text", "context_window": 5}
    assert OWN.replaced.format(names="Ours") in shown(app)


@pytest.mark.parametrize(
    "text",
    ["", "Name\nOurs\n", "Name,Colour\nOurs,red\n", "Name,Context\n" + "".join(f"m{n},1\n" for n in range(5_000))],
)
def test_a_file_that_cannot_be_used_changes_nothing(text):
    app = uploaded(text, given({"Ours": GOOD}))
    assert entered(app) == {"Ours": GOOD}
    assert OWN.refused in shown(app)
    assert OWN.refused in shown(done(app.run()))


def test_hostile_names_are_drawn_as_characters():
    name = "<img src=x onerror=alert(1)> **bold** ![x](y)"
    app = section(given({name: {**GOOD, "provider": "<b>us</b>"}}))
    html = shown(app)
    assert "<img" not in html
    assert "<b>us" not in html
    assert "&lt;img" in html


def test_a_changed_fact_shows_the_catalogue_s_and_can_be_taken_back():
    app = section(given({"GPT-6 Luna": {"context_window": 5.0, "usd_per_million_input": 1.5}}))
    marked = [each.value for each in app.markdown]
    assert any("GPT-6 Luna" in each and "The catalogue says" in each and "genai-prices" in each for each in marked)
    assert not any("does not know" in each for each in marked)
    back = [each for each in app.button if each.label == OWN.back]
    assert len(back) == 2
    app = done(back[0].click().run())
    assert entered(app) == {"GPT-6 Luna": {"usd_per_million_input": 1.5}}
    app = done(next(each for each in app.button if each.label == OWN.back).click().run())
    assert entered(app) == {}


def test_a_quoted_price_changes_the_ranking_and_the_cost_view():
    free = {"Claude Opus 5.5": {"usd_per_million_input": 0.0, "usd_per_million_output": 0.0001}}
    assert "Claude Opus 5.5 comes first" in shown(given(free))
    app = show(given({"Ours": GOOD}), "cost")
    assert "Ours" in shown(app)


def test_the_table_opens_where_only_the_team_can_know():
    app = stance(opened(view="model"), "quality", "prefer")
    assert OWN.needed.format(names=FIELDS["pass_rate"].name) in shown(app)
    assert app.session_state[f"{HELD}.own.table"].fields[0] == "pass_rate"


def test_edits_of_the_table_are_kept():
    workload = Workload(requests=Estimate(likely=Decimal(1)))
    listed = {each.model.name: each for each in candidates(workload, at=datetime(2026, 11, 20, tzinfo=UTC))}
    names = ("Ours", "GPT-6 Luna", "Claude Haiku 5.5")
    base = Base("w", {"Ours": {"pass_rate": 0.5}, "Claude Haiku 5.5": {"pass_rate": 0.9}}, names, ("pass_rate",), {})
    usual = listed["GPT-6 Luna"].facts["context_window"].value
    edits = {
        "0": {"pass_rate": 0.75, "commercial_use": "yes"},
        1: {"context_window": usual, "tool_use": None, "max_output": 7},
        2: {"pass_rate": None},
    }
    new, wrong = edited(base, edits, listed)
    assert new == {"Ours": {"pass_rate": 0.75, "commercial_use": "yes"}, "GPT-6 Luna": {"max_output": 7}}
    assert wrong == []
    new, wrong = edited(
        base, {0: {"pass_rate": 7, "commercial_use": "perhaps", "context_window": float("nan")}}, listed
    )
    assert new["Ours"] == {"pass_rate": 0.5}
    assert [field for _, field in wrong] == ["pass_rate", "commercial_use", "context_window"]


def test_what_only_the_team_can_know():
    assert asked_of_team(Needs.from_dict({"musts": {"task": "text"}, "order": ["cost"]})) == ()
    assert asked_of_team(Needs.from_dict({"musts": {"quality": 0.5}, "order": ["task"]})) == ("pass_rate", "task_fit")
    assert set(scorer_own_table.OF_TEAM) <= set(QUESTIONS)


def test_a_tie_says_so_and_names_both():
    html = shown(given({"Twin A": GOOD, "Twin B": GOOD}))
    assert TEXT.answer["unclear_word"] in html
    assert TEXT.answer["clear_word"] not in html
    assert TEXT.answer["unclear"].format(rivals="Twin A or Twin B") in html
    assert TEXT.fragile["tied"].format(names="Twin A or Twin B") in html


def test_beyond_the_ends_is_said_by_name():
    html = shown(given({"Ours": GOOD}))
    named = need_texts().criteria["context"].name
    line = next(line for line in html.split("<li>") if TEXT.left["remark_beyond_ends"].split("{")[0] in line)
    assert named in line
    assert "“" not in line


def test_when_nobody_is_left_the_filter_and_who_comes_back_are_named():
    app = stance(opened(view="model"), "quality", "must")
    html = shown(app).replace("&#x27;", "'")
    assert f"“{QUESTIONS['quality'].question}”" in html
    assert "brings back" in html
    app = given({"Ours": {**GOOD, "pass_rate": 0.9}})
    html = shown(stance(app, "quality", "must"))
    assert "1 of 68 left" in html
    assert TEXT.answer["only"].format(first="Ours") in html


@pytest.mark.parametrize("key", ["usd_per_1000_requests", "context_window", "cost"])
def test_messages_name_things_as_people_do(key):
    said = need_texts()
    name = said.facts.get(key) or said.criteria[key].name
    assert scorer_left.in_words(f"The column of “{key}” holds text.") == f"The column of “{name}” holds text."


def test_a_refusal_is_in_words(monkeypatch):
    told = []
    monkeypatch.setattr(scorer_left.page, "refused", lambda _what, refusal: told.append(refusal))
    scorer_left.refused(Refusal("x", "growth_per_month; context_window is wrong", advice="Drop “latency”."), TEXT)
    assert told[0].message == f"growth_per_month; {need_texts().facts['context_window']} is wrong"
    assert told[0].advice == f"Drop “{need_texts().criteria['latency'].name}”."


def test_remarks_of_the_engine_are_shown(monkeypatch):
    drawn = []
    monkeypatch.setattr(scorer_left.page, "draw", lambda *parts: drawn.extend(parts))

    class Result:
        remarks = (Remark("constant", "All alike in “cost”, “context”: left out."), Remark("other", "“output” is odd."))

    scorer_left.remarks(Result, TEXT)
    said = need_texts().criteria
    assert TEXT.left["remark_constant"].format(names=f"{said['cost'].name}, {said['context'].name}") in drawn[0]
    assert f"“{said['output'].name}” is odd." in drawn[0]
