"""What was typed on pages that keep no form: it comes back with the brief, whatever the file holds."""

from itertools import count

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from aipm.selection.weighing import Weighing
from aipm.ui import brief_state, drafts
from aipm.ui.glossary import SWITCH
from aipm.ui.mapper_state import PAIN
from aipm.ui.registry import FILES, ROOT

WORDS = "Bakers throw away bread every evening, and nobody knows how much to bake"
NUMBER = count()
JUNK = (
    None,
    7,
    -1e308,
    "x",
    "\ud800",
    [],
    [[]],
    ["x"],
    {},
    {"x": {"y": []}},
    {"chosen": ["a"], "names": 3, "ranges": {"a": {}}},
)


def opened(page, /, **address):
    """A page in a session of its own."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.session_state[SWITCH] = False  # words need no explanation here
    return at(app.run(), page, **address)


def at(app, page, /, **address):
    app.switch_page(FILES[page])
    for name, value in address.items():
        app.query_params[name] = value
    return done(app.run())


def done(app):
    assert not app.exception, app.exception
    return app


def token(app):
    return app.session_state[brief_state.KEPT].token


def kept(app):
    """What was typed in this session, as the store holds it."""
    return brief_state.briefs().load(token(app)).state.get("drafts", {})


def again(app, page, /, **address):
    """Another session at the same address."""
    return opened(page, brief=token(app), **address)


def typed():
    app = opened("use_case_mapper")
    app.text_area(key=PAIN).set_value(WORDS).run()
    return done(app)


def file_of(drafts_of_a_file):
    """The address of a brief in which somebody wrote this by hand."""
    store = brief_state.briefs()
    found = store.create()
    store.save(
        found, {"kind": "aipm-brief", "version": 1, "drafts": drafts_of_a_file}, client_key=f"hand-{next(NUMBER)}"
    )
    return found


def test_the_pain_and_its_canvas_are_there_again():
    app = typed()
    who = next(each for each in app.text_area if each.label == "Who hurts")
    who.set_value("Bakers on Saturdays").run()
    found = again(app, "use_case_mapper")
    assert found.text_area(key=PAIN).value == WORDS
    assert next(each for each in found.text_area if each.label == "Who hurts").value == "Bakers on Saturdays"


def test_a_canvas_as_it_is_filled_in_at_first_is_not_kept():
    assert set(kept(typed())["use_case_mapper"]) == {"pain", "earlier"}


def test_a_journey_that_was_pasted_is_there_again_and_one_from_a_file_is_not():
    app = opened("use_case_mapper", view="journey")
    app.text_area(key="use_case_mapper.journey.paste").set_value("Bake\tToo much bread\nSell\tQueues at noon\n").run()
    done(app.button(key="use_case_mapper.journey.map").click().run())
    found = again(app, "use_case_mapper", view="journey")
    assert [pain.text for pain in found.session_state["use_case_mapper.held.journeys"]["mine"].pains] == [
        "Too much bread",
        "Queues at noon",
    ]
    uploaded = opened("use_case_mapper", view="journey")
    done(uploaded.segmented_control(key="use_case_mapper.journey.begin").set_value("file").run())
    done(uploaded.file_uploader[0].set_value(("pains.csv", b"stage,pain\nBake,Zebra bread\n", "text/csv")).run())
    assert uploaded.session_state["use_case_mapper.held.journeys"]["mine"].pains
    assert token(uploaded) is None


def test_the_order_of_pains_is_there_again_with_its_ranges():
    app = typed()
    done(next(each for each in app.button if each.key.startswith("use_case_mapper.order.add.")).click().run())
    at(app, "use_case_mapper", view="order")
    effort = next(each for each in app.slider if each.key.endswith(".effort"))
    done(effort.set_value((3, 9)).run())
    found = again(app, "use_case_mapper", view="order")
    assert next(each for each in found.slider if each.key.endswith(".effort")).value == (3, 9)


def test_weights_load_machines_and_own_models_are_there_again():
    app = opened("model_scorer", view="cost")
    done(app.number_input(key="model_scorer.cost.requests").set_value(7_000).run())
    at(app, "model_scorer", view="model")
    app.session_state["model_scorer.held.weighing"] = Weighing(way="sliders", sliders=(("cost", 80.0),))
    app.session_state["model_scorer.held.entered"] = {"Ours": {"task": "text"}}
    app.session_state["model_scorer.held.machines.gpus"] = 4
    done(app.run())
    found = again(app, "model_scorer", view="cost")
    assert found.number_input(key="model_scorer.cost.requests").value == 7_000
    held = {name: found.session_state[f"model_scorer.held.{name}"] for name in ("weighing", "entered", "machines.gpus")}
    assert held == {
        "weighing": Weighing(way="sliders", sliders=(("cost", 80.0),)),
        "entered": {"Ours": {"task": "text"}},
        "machines.gpus": 4,
    }


def test_answers_on_the_approach_are_there_again():
    app = opened("model_scorer", view="approach")
    asked = app.selectbox(key="model_scorer.approach.skills")
    done(asked.select_index(1).run())
    chosen = app.selectbox(key="model_scorer.approach.skills").value
    found = again(app, "model_scorer", view="approach")
    assert found.selectbox(key="model_scorer.approach.skills").value == chosen


@pytest.mark.parametrize(
    ("page", "views"),
    [
        ("capabilities", ("find",)),
        ("language_models", ("tokens", "order", "attention", "sampling")),
        ("use_case_mapper", ("pain", "journey", "order")),
        ("model_scorer", ("approach", "model", "cost")),
    ],
)
def test_reading_begins_no_brief(page, views):
    app = opened(page)
    for view in views:
        assert token(at(app, page, view=view)) is None


def test_a_sentence_tried_out_is_there_again():
    app = opened("language_models", view="attention")
    done(app.text_input(key="language_models.attention.text").set_value("The zebra saw the walrus").run())
    found = again(app, "language_models", view="attention")
    assert found.text_input(key="language_models.attention.text").value == "The zebra saw the walrus"


@pytest.mark.parametrize(
    ("page", "views"),
    [
        ("use_case_mapper", ("pain", "journey", "order")),
        ("model_scorer", ("approach", "model", "cost")),
        ("language_models", ("tokens", "attention")),
    ],
)
def test_what_somebody_wrote_into_the_file_breaks_no_page(page, views):
    parts = {part.name for part in drafts._parts() if part.page == page}
    for junk in JUNK:
        found = opened(page, brief=file_of({page: dict.fromkeys(parts, junk), "nothing": junk, "capabilities": junk}))
        for view in views:
            at(found, page, view=view)


def test_numbers_that_no_slider_can_show_are_left_out():
    share = {"low": 0.1, "high": 0.9}
    beyond = {"name": "bread", "impact": {"low": -5, "high": 9e8}, "effort": {"low": 0, "high": 0}}
    ranges = {"bread": beyond | dict.fromkeys(("confidence", "readiness", "risk"), share)}
    found = opened(
        "use_case_mapper",
        brief=file_of({"use_case_mapper": {"order": {"chosen": ["bread"], "ranges": ranges}}}),
        view="order",
    )
    assert found.session_state["use_case_mapper.held.chosen"] == ["bread"]
    assert found.session_state["use_case_mapper.held.opportunities"]["bread"].impact.low >= 0
    weighing = Weighing(way="sliders", sliders=(("cost", 1e6), ("context", 0.5))).to_dict()
    machines = {"machines.gpu": 1e9, "machines.gpus": 2}
    drafts_ = {"weighing": weighing, "machines": machines, "load": {"requests": {"likely": "1e14"}}}
    found = opened("model_scorer", brief=file_of({"model_scorer": drafts_}), view="model")
    assert found.session_state["model_scorer.held.machines.gpus"] == 2
    assert "model_scorer.held.machines.gpu" not in found.session_state
    at(found, "model_scorer", view="cost")


def test_a_part_that_is_too_long_is_kept_from_its_latest_end():
    app = opened("use_case_mapper")
    app.session_state["use_case_mapper.held.earlier"] = {f"pain {n}": f"pain {n} " + "x" * 19_000 for n in range(40)}
    done(app.run())
    earlier = kept(app)["use_case_mapper"]["earlier"]
    assert "pain 39" in earlier
    assert "pain 0" not in earlier
    assert len(msgspec.json.encode(earlier)) <= drafts.LARGEST + 100


def test_a_new_brief_begins_with_empty_pages():
    app = AppTest.from_string("from aipm.ui import drafts; drafts.put({})", default_timeout=300)
    app.session_state[PAIN] = WORDS
    app.session_state["model_scorer.held.entered"] = {"Ours": {}}
    app.session_state["use_case_mapper.view"] = "pain"
    done(app.run())
    assert PAIN not in app.session_state
    assert "model_scorer.held.entered" not in app.session_state
    assert app.session_state["use_case_mapper.view"] == "pain"
