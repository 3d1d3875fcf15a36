"""The button that puts a result into the brief, and what each tool puts there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from aipm.brief.brief import chapter_of, chapters
from aipm.brief.entry import check
from aipm.brief.stale import Now
from aipm.brief.texts import brief_texts
from aipm.fairness.law_texts import law_texts
from aipm.ui import brief_add, brief_state
from aipm.ui.brief_add_texts import brief_add_texts
from aipm.ui.glossary import SWITCH
from aipm.ui.mapper_state import PAIN
from aipm.ui.registry import FILES, ROOT
from aipm.ui.results import KEPT
from aipm.ui.versions import versions

TEXTS = brief_add_texts()
WORDS = "Support reads 900 e-mails a day by hand to find those that need a refund, zebra"
JOURNEY = "Order\tCustomers cannot find the button, walrus\nPay\tEvery invoice is typed twice, walrus\n"
MARK = "Qxzmarker"
GROUPS = (("Zebra", 1, 0, 7), ("Walrus", 1, 1, 90), ("Walrus", 0, 0, 60), ("Otter", 1, 0, 40), ("Otter", 1, 1, 45))
PEOPLE = "team,city,label,prediction\n" + "".join(
    f"{team},{MARK}{number},{label},{prediction}\n"
    for team, label, prediction, times in GROUPS
    for number in range(times)
)
"""Seven of one team; a city in each row."""


def opened(page, /, **asked):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.session_state[SWITCH] = False  # words need no explanation here
    app.run().switch_page(FILES[page])
    for name, value in asked.items():
        app.query_params[name] = value
    return done(app.run())


def done(app):
    assert not app.exception, app.exception
    return app


def offered(app):
    """The tools whose results can be added, or brought up to date."""
    keys = [each.key or "" for each in app.button]
    return [each.removeprefix("brief_add.") for each in keys if each.startswith("brief_add.")]


def add(app, tool):
    return done(app.button(key=f"brief_add.{tool}").click().run())


def entry(app, tool):
    found = app.session_state[brief_state.KEPT].entries.of(tool)
    assert found is not None, app.session_state[brief_add.REFUSED]
    return found


def links(app):
    """What is said of the brief beside results."""
    return [each.proto.label for each in app.main.get("page_link") if each.proto.page == "brief"]


def plain(found):
    return msgspec.json.encode(found).decode()


def mapper(words=WORDS):
    app = opened("use_case_mapper")
    return done(app.text_area(key=PAIN).set_value(words).run())


def journey():
    app = opened("use_case_mapper", view="journey")
    app.text_area(key="use_case_mapper.journey.paste").set_value(JOURNEY).run()
    return done(app.button(key="use_case_mapper.journey.map").click().run())


def threshold():
    app = opened("lifecycle", view="metrics")
    return done(app.button(key="governance.metrics.use").click().run())


def typed_into(app, name, value):
    box = next(each for each in app.text_input if (each.key or "").startswith(f"governance.{name}"))
    return done(box.set_value(value).run())


def uploaded(page, text, /, **asked):
    app = opened(page, **asked)
    return done(app.file_uploader[0].set_value(("people.csv", text.encode(), "text/csv")).run())


MAKERS = {
    "use_case_mapper.pain": mapper,
    "use_case_mapper": mapper,
    "use_case_mapper.journey": journey,
    "model_scorer.approach": lambda: opened("model_scorer", view="approach"),
    "model_scorer": lambda: opened("model_scorer", view="model"),
    "model_scorer.cost": lambda: opened("model_scorer", view="cost"),
    "data_prep": lambda: opened("data_prep", sample="customers", step="take"),
    "bias_audit": lambda: opened("bias_audit", sample="loans"),
    "lifecycle": threshold,
    "lifecycle.ab_test": lambda: typed_into(opened("lifecycle", view="test"), "ab_test.metric", "Orders"),
    "lifecycle.feedback": lambda: typed_into(opened("lifecycle", view="feedback"), "feedback.reader", "Maria"),
}
IN_THEIR_OWN_WORDS = {"use_case_mapper.pain", "lifecycle.ab_test", "lifecycle.feedback"}
"""What they hand over as evidence is no sentence of the answer."""


@pytest.fixture(scope="module")
def added():
    """Each tool's page after one press, and the entry that it made."""
    pages = {tool: add(make(), tool) for tool, make in MAKERS.items()}
    return {tool: (app, entry(app, tool)) for tool, app in pages.items()}


@pytest.mark.parametrize("tool", MAKERS)
def test_one_press_puts_a_result_into_its_chapter(added, tool):
    app, found = added[tool]
    assert check(found) == found
    assert found.title == TEXTS.titles[tool]
    assert set(found.versions) <= set(versions())
    assert TEXTS.named.get(tool, TEXTS.offer).added in links(app)
    assert tool not in offered(app)
    if tool in app.session_state[KEPT]:
        latest = app.session_state[KEPT][tool]
        assert found.fingerprint == latest.fingerprint
        assert (found.summary == latest.said) == (tool not in IN_THEIR_OWN_WORDS)
    told = brief_state.Held(entries=app.session_state[brief_state.KEPT].entries).entries
    now = Now(today=found.at.date(), latest={tool: found.result}, versions=versions())
    chapter = next(each for each in chapters(told, now=now) if each.key == chapter_of(tool))
    held = next(each for each in chapter.held if each.entry.tool == tool)
    assert held.stands.freshness != "stale"
    assert tool not in chapter.missing


def test_the_words_of_a_pain_are_kept_whole_and_its_answer_has_none(added):
    assert added["use_case_mapper.pain"][1].spec["words"] == WORDS
    assert "zebra" not in plain(added["use_case_mapper"][1])


def test_a_journey_keeps_its_stages_and_pains(added):
    stages = added["use_case_mapper.journey"][1].spec["stages"]
    assert [each["stage"] for each in stages] == ["Order", "Pay"]
    assert stages[1]["pains"] == ["Every invoice is typed twice, walrus"]


def test_the_bill_keeps_its_range_and_the_months(added):
    found = added["model_scorer.cost"][1]
    assert any(each.low is not None and each.low < each.value < each.high for each in found.figures)
    assert [len(each.labels) for each in found.charts] == [12]
    assert {each.unit for each in found.figures} == {"$"}


def test_the_button_says_that_the_brief_holds_an_older_answer_and_brings_it_up_to_date():
    app = add(mapper(), "use_case_mapper.pain")
    first = entry(app, "use_case_mapper.pain")
    done(app.text_area(key=PAIN).set_value("Another pain altogether: stock is counted by hand").run())
    named = TEXTS.named["use_case_mapper.pain"]
    assert any(each.startswith(named.older.partition("{")[0]) for each in links(app))
    assert app.button(key="brief_add.use_case_mapper.pain").label == named.renew
    add(app, "use_case_mapper.pain")
    assert entry(app, "use_case_mapper.pain").summary.startswith("Another pain")
    assert app.session_state[brief_state.KEPT].entries.history == (first,)
    assert links(app) == [named.added]


def test_a_new_catalogue_makes_it_old():
    app = add(opened("model_scorer", view="cost"), "model_scorer.cost")
    kept = app.session_state[brief_state.KEPT]
    (only,) = kept.entries.entries
    before = replace(
        only, versions={**only.versions, "catalogue": "2020-01-01"}, at=datetime(2020, 1, 1, 12, tzinfo=UTC)
    )
    kept.entries = replace(kept.entries, entries=(before,))
    done(app.run())
    assert TEXTS.offer.older.format(when=TEXTS.offer.day.format(day="1 Jan 2020")) in links(app)
    assert "model_scorer.cost" in offered(app)


@pytest.mark.parametrize(
    ("tool", "change"),
    [
        ("model_scorer.cost", lambda app: app.number_input(key="model_scorer.cost.requests").set_value(9_000)),
        ("model_scorer.approach", lambda app: app.selectbox(key="model_scorer.approach.skills").select_index(1)),
    ],
)
def test_another_question_makes_it_old(tool, change):
    app = add(MAKERS[tool](), tool)
    done(change(app).run())
    assert tool in offered(app)


def test_no_cell_of_a_file_goes_into_the_brief_and_small_groups_are_suppressed():
    app = uploaded("bias_audit", PEOPLE)
    found = entry(add(app, "bias_audit"), "bias_audit")
    assert found.suppressed
    assert found.data_name == "people.csv"
    assert MARK not in plain(found)
    assert "Zebra" not in plain(found)
    assert all(each.n >= 11 for each in found.figures)
    prepared = entry(add(uploaded("data_prep", PEOPLE, step="take"), "data_prep"), "data_prep")
    assert not any(word in plain(prepared) for word in (MARK, "Zebra", "Walrus", "Otter"))


def test_what_was_looked_at_in_depth_goes_along_and_small_groups_do_not():
    app = uploaded("bias_audit", PEOPLE)
    app.session_state["bias_audit.deeper"] = "law"
    found = entry(add(done(app.run()), "bias_audit"), "bias_audit")
    assert check(found) == found
    (said,) = [each for each in found.warnings if each.startswith(law_texts().four_fifths.title)]
    assert "fewer than 11 people" in said
    assert not any(word in plain(found) for word in (MARK, "Zebra"))


def test_a_part_looked_at_since_makes_it_old():
    app = add(opened("bias_audit", sample="loans"), "bias_audit")
    app.session_state["bias_audit.deeper"] = "law"
    assert "bias_audit" in offered(done(app.run()))
    assert "bias_audit" not in offered(add(app, "bias_audit"))
    held = app.session_state[brief_state.KEPT]
    (added,) = held.entries.entries
    for odd in (5, [["law"]], "law"):  # what a file that somebody opened may say
        opened_file = replace(held.entries, entries=(replace(added, spec={"parts": odd}),))
        app.session_state[brief_state.KEPT] = replace(held, entries=opened_file)
        assert "bias_audit" in offered(done(app.run()))


def test_what_a_brief_does_not_keep_is_refused_in_words_and_nothing_else_is_lost():
    app = AppTest.from_function(_page, default_timeout=300)
    done(app.run())
    done(app.button[0].click().run())
    said = "".join(each.proto.body for each in app.get("html"))
    assert brief_texts().refused["small_group"].format(threshold=11) in said
    assert app.session_state[brief_state.KEPT].entries.entries == ()
    assert len(app.button) == 1


def _page():
    from dataclasses import replace

    from aipm.brief.entry import Figure
    from aipm.ui import brief_add, hand_over
    from aipm.ui.brief_entries_parts import made

    hand_over.cost("It costs $5 a month.", asked="a load")
    small = (Figure(name="People", value=50.0, n=4),)
    brief_add.offer("model_scorer.cost", lambda: replace(made("model_scorer.cost", spec={}), figures=small))


def test_nothing_is_offered_where_there_is_no_result():
    assert offered(opened("lifecycle", view="test")) == []
    assert offered(opened("use_case_mapper")) == []


def test_it_is_kept_at_once_so_that_a_reload_finds_it():
    app = add(opened("bias_audit", sample="loans"), "bias_audit")
    token = app.session_state[brief_state.KEPT].token
    (kept,) = brief_state.briefs().load(token).state["entries"]
    assert kept["tool"] == "bias_audit"
    assert datetime.fromisoformat(kept["at"]) > datetime.now(UTC) - timedelta(hours=1)
