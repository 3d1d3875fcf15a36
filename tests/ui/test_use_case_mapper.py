"""The Use-case mapper page without a browser: what is said of a pain, what is kept, and how its parts hang together."""

import http.server
import json
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.mapping.canvas import Canvas, prefilled
from aipm.mapping.capabilities import KEYS, capabilities, no_ai
from aipm.mapping.exports import canvas_json, journey_json, priorities_json
from aipm.mapping.journey import UNCLEAR, Journey, Pain, column_of, journey_texts, map_journey, sample
from aipm.mapping.mapper import map_statements
from aipm.mapping.priority import Opportunity, Range, prioritise
from aipm.mapping.result import MappingSpec
from aipm.mapping.risks import risk_texts
from aipm.mapping.texts import mapping_texts
from aipm.ui import mapper_bubbles, mapper_rows
from aipm.ui.mapper_state import short
from aipm.ui.mapper_texts import mapper_page
from aipm.ui.registry import FILES
from aipm.ui.safe import markdown

ROOT = Path(__file__).parents[2]
PAGE = FILES["use_case_mapper"]
BREAD = mapper_page().pain.examples["bread"].text
REFUND = mapper_page().pain.examples["refund"].text
HOSTILE = "Our <script>alert(1)</script> ![x](http://127.0.0.1:9/a.png) $x$ :smile: tickets <b>wait</b>"
DAY = date(2026, 11, 21)


def results(texts):
    return map_statements([MappingSpec(text=text) for text in texts])


def weak_pain():
    """A pain of the samples that two kinds fit nearly as well."""
    texts = [pain.text for name in journey_texts().samples for pain in sample(name).pains]
    return next(text for text, found in zip(texts, results(texts), strict=True) if column_of(found) == UNCLEAR)


def opened(**address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.switch_page(PAGE)
    app.query_params.update(address)
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    assert not app.warning
    return app


def shown(app):
    """All HTML on the page, beside the sidebar."""
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def box(app):
    return next(area for area in app.text_area if area.label == mapper_page().pain.label)


def typed(text, app=None):
    return done(box(opened() if app is None else app).set_value(text).run())


def press(app, name):
    return done(next(button for button in app.button if button.label == name).click().run())


def group(app, label):
    """Pills or a segmented control by its label."""
    return next(each for each in app.button_group if each.label == label)


def choose(app, label, value):
    return done(group(app, label).set_value(value).run())


def view(app, name):
    return choose(app, mapper_page().views.label, name)


def step(app, name):
    return choose(app, mapper_page().canvas.step, name)


def area(app, label):
    return next(each for each in app.text_area if each.label == label)


def upload(app, content, name):
    label = mapper_page().open.label
    uploader = next(each for each in app.file_uploader if each.label == label)
    return done(uploader.set_value((name, content.encode(), "application/json")).run())


def test_at_first_it_teaches_and_an_example_is_one_click_away():
    app = opened()
    assert "What makes a good statement" in shown(app)
    app = press(app, "Bread left over")
    assert box(app).value == BREAD
    assert "This calls for regression: a number should come out." in shown(app)


def test_the_answer_has_a_word_a_sign_and_reasons_that_can_be_checked():
    drawn, [found] = shown(typed(BREAD)), results([BREAD])
    assert f'is-{found.strength}"><span class="sign"></span>{mapping_texts().strengths[found.strength].name}' in drawn
    for candidate in found.ranking[:2]:
        assert f"<h3>{capabilities()[candidate.capability].name}</h3>" in drawn
    for phrase in (*found.phrases, *found.against):
        assert f"<li>“{phrase.text}”</li>" in drawn
    assert drawn.count('<ul class="near"><li>') == 1


def test_a_weak_answer_asks_one_question_and_the_answer_ranks_anew_everywhere():
    pain = weak_pain()
    app, question = typed(pain), f"One question: {mapping_texts().question.text}"
    assert 'class="verdict is-weak"' in shown(app)
    app = choose(app, question, "number")
    assert "With your answer it is regression" in shown(app)
    app = view(view(app, "journey"), "pain")
    assert group(app, question).value == "number"
    app = choose(app, question, None)
    assert 'class="verdict is-weak"' in shown(app)


def test_a_strong_answer_asks_nothing():
    assert not [each for each in typed(BREAD).button_group if each.label.startswith("One question")]


def test_no_ai_is_a_result_with_nine_questions_and_what_to_do_instead():
    app = typed(REFUND)
    assert "This may not need AI" in shown(app)
    assert [tick.label for tick in app.checkbox] == [kind.question for kind in no_ai().kinds.values()]
    kind = no_ai().kinds["policy_process"]
    app = done(next(tick for tick in app.checkbox if tick.label == kind.question).check().run())
    assert kind.instead in shown(app)
    assert no_ai().kinds["speed"].instead not in shown(app)
    app = typed(REFUND, typed(BREAD, app))
    assert kind.instead in shown(app)  # ticks are kept with their pain


def test_who_still_thinks_that_it_is_ai_gets_the_canvas_for_it():
    app = choose(typed(REFUND), mapper_page().none.still_help, "regression")
    app = step(app, "data")
    assert area(app, "Data needed").value == "\n".join(capabilities()["regression"].data)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fraud", "one_word"),
        ("Wir haben viele Kunden und die sind nicht zufrieden mit uns", "not_english"),
        ("The pump is loud and nobody knows why. " * 130, "shortened"),
        ("😀😀", "no_words"),
    ],
)
def test_odd_statements_get_a_clear_word_and_stay_as_they_were(text, code):
    app = typed(text)
    assert mapping_texts().remarks[code] in shown(app)
    assert box(app).value == text


@pytest.mark.parametrize("text", ["", "   \n "])
def test_nothing_typed_is_no_error(text):
    assert "What makes a good statement" in shown(typed(text))


def test_a_pain_too_long_for_a_canvas_says_so_and_is_still_mapped():
    app = typed("The urgent tickets wait. " * 2_000)
    assert mapper_page().canvas.refused in shown(app)
    assert "The two that fit best" in shown(app)


def test_markup_is_drawn_as_characters_everywhere():
    app = typed(HOSTILE)
    app = press(app, mapper_page().canvas.order)
    app = typed(BREAD, app)
    labels = [button.label for button in app.button]
    app = view(app, "order")
    labels += app.multiselect[0].options
    app = view(app, "journey")
    app = done(area(app, mapper_page().journey.paste).set_value(f"Stage <i>1</i>\t{HOSTILE}").run())
    app = press(app, mapper_page().journey.paste_button)
    labels += [button.label for button in app.button]
    assert "<script>" not in shown(app)
    assert "<i>1</i>" not in shown(app)
    assert "<b>wait" not in shown(app)
    hostile = [label for label in labels if "alert" in label]
    assert len(hostile) >= 2
    escaped = [label for label in hostile if "\\<script" in label or "…" in label]
    assert escaped
    assert all("![x](" not in label for label in labels if label not in app.multiselect)


def test_nothing_typed_goes_into_the_address():
    app = press(typed(BREAD), "Another pain")
    assert set(app.query_params) <= {"brief"}  # the token under which what is typed is kept
    shown = view(app, "order").query_params
    assert {name: said for name, said in shown.items() if name != "brief"} == {"view": "order"}


def test_earlier_pains_are_one_click_away():
    app = press(typed(BREAD), "Another pain")
    assert box(app).value == ""
    app = press(app, short(BREAD))
    assert box(app).value == BREAD


def test_what_another_page_puts_into_the_box_is_mapped():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.session_state["use_case_mapper.pain"] = BREAD
    app = done(app.switch_page(PAGE).run())
    assert "This calls for regression" in shown(app)


def test_the_canvas_is_filled_in_and_keeps_what_is_typed_through_steps_parts_and_pages():
    app = typed(BREAD)
    app = done(area(app, "Who hurts").set_value("Bakers on Saturdays").run())
    app = step(app, "what")
    assert app.selectbox[0].value == "regression"
    assert area(app, "Without AI").value == capabilities()["regression"].without_ai
    app = view(view(app, "journey"), "pain")
    app.switch_page(FILES["home"]).run()
    app = step(done(app.switch_page(PAGE).run()), "who")
    assert box(app).value == BREAD
    assert area(app, "Who hurts").value == "Bakers on Saturdays"
    assert area(app, "How often").value == ""


def test_another_capability_fills_in_only_what_nobody_changed():
    app = step(typed(BREAD), "data")
    app = done(area(app, "Data needed").set_value("The till's records").run())
    app = step(app, "what")
    app = done(app.selectbox[0].set_value("anomalies").run())
    assert area(app, "Without AI").value == capabilities()["anomalies"].without_ai
    assert area(step(app, "data"), "Data needed").value == "The till's records"


def test_an_answer_on_law_and_people_points_to_an_area_and_to_legal():
    app, asked = step(typed(BREAD), "people"), risk_texts().questions["jobs"]
    assert "Check with legal" not in shown(app)
    app = choose(app, asked.question, "yes")
    assert "Check with legal" in shown(app)
    assert asked.flags[0].area in shown(app)
    app = choose(app, asked.question, "unsure")
    assert "Check with legal" not in shown(app)
    assert risk_texts().task.format(question=asked.question) in shown(app)


def test_a_weak_pain_leaves_the_capability_open_until_it_is_said():
    app = typed(weak_pain())
    assert step(app, "what").selectbox[-1].value is None
    app = choose(app, f"One question: {mapping_texts().question.text}", "groups")
    assert app.selectbox[-1].value == "clustering"


def test_a_saved_canvas_opens_again_with_its_pain():
    canvas = Canvas.from_dict(prefilled("The loaves run out", "regression").to_dict() | {"who_hurts": "Families"})
    app = upload(opened(), canvas_json(canvas, made_by="AIPM", day=DAY), "canvas.json")
    assert box(app).value == "The loaves run out"
    assert area(app, "Who hurts").value == "Families"


def test_a_file_of_another_kind_is_refused_and_nothing_is_lost():
    app = upload(typed(BREAD), "not json", "x.json")
    assert mapper_page().open.refused in shown(app)
    assert box(app).value == BREAD


@pytest.mark.parametrize("name", journey_texts().samples)
def test_a_sample_journey_is_a_link_away_and_mapped_at_once(name):
    drawn = shown(opened(sample=name))
    found = map_journey(sample(name), results)
    assert f"{len(found.journey.pains)} pains over {len(found.picture.stages)} stages" in drawn
    for stage in found.picture.stages:
        assert f'<th scope="row">{stage}</th>' in drawn


def test_clarifying_a_pain_moves_it_in_the_picture():
    pain = weak_pain()
    app = view(opened(), "journey")
    app = done(area(app, mapper_page().journey.paste).set_value(f"Paying\t{pain}").run())
    app = press(app, mapper_page().journey.paste_button)
    assert "To be clarified first (1)" in shown(app)
    app = done(app.selectbox[0].set_value("content").run())
    assert "To be clarified first (0)" in shown(app)
    assert "now Creation" in shown(app)
    app = press(app, markdown(f"Paying: {pain}", limit=300))
    assert "With your answer it is creation" in shown(app)


def test_pasted_rows_are_all_kept_and_the_rows_before_come_back():
    said = mapper_page().journey
    app = view(opened(), "journey")
    for pasted in ("Paying\tThe voucher field is hidden\nPaying\t\n\tNobody answers", "Later\tThe urgent ones wait"):
        app = done(area(app, said.paste).set_value(pasted).run())
        app = press(app, said.paste_button)
    assert "1 pain over 1 stage" in shown(app)
    app = press(app, said.undo)
    assert "2 pains over 1 stage" in shown(app)
    assert "1 row without a pain" in shown(app)


def test_ten_thousand_rows_get_a_clear_word():
    said = mapper_page().journey
    rows = "\n".join(f"Stage {row % 3}\tThe same ticket waits" for row in range(10_000))
    app = view(opened(), "journey")
    app = done(area(app, said.paste).set_value(rows).run())
    app = press(app, said.paste_button)
    assert "Only the first 1,000 pains are mapped. The other 9,000 rows are kept as they are." in shown(app)
    assert len(app.session_state["use_case_mapper.held.journeys"]["mine"].rows) == 10_000


def test_too_many_rows_are_refused_and_the_paste_stays():
    said = mapper_page().journey
    rows = "\n".join(["Waiting\tThe ticket waits"] * 20_001)
    app = view(opened(), "journey")
    app = done(area(app, said.paste).set_value(rows).run())
    app = press(app, said.paste_button)
    assert said.refused in shown(app)
    assert area(app, said.paste).value == rows


def test_an_edited_table_is_the_journey_that_it_shows():
    rows = (("Paying", "It is slow"), ("Paying", "The field is hidden"), ("Waiting", "Nobody knows"))
    base = Journey(rows=tuple(Pain(row=row, stage=stage, text=text) for row, (stage, text) in enumerate(rows, start=1)))
    table = {"stage": [stage for stage, _ in rows], "pain": [text for _, text in rows]}
    edits = {
        "edited_rows": {0: {"pain": "It is dear"}, 2: {"stage": None}},
        "added_rows": [{"stage": "At last", "pain": "No thanks"}, {}],
        "deleted_rows": [1],
    }
    found = mapper_rows.changed(base, table, edits)
    assert [(row.row, row.stage, row.text, row.carried) for row in found.rows] == [
        (1, "Paying", "It is dear", False),
        (2, "Paying", "Nobody knows", True),
        (3, "At last", "No thanks", False),
    ]
    assert Journey.from_dict(found.to_dict()) == found
    assert mapper_rows.changed(base, table, {"edited_rows": {}, "added_rows": [], "deleted_rows": []}) == base


def test_rows_are_drawn_to_be_edited_where_that_is_wanted():
    app = opened(sample="shop")
    assert not app.data_editor
    app = done(app.toggle[0].set_value(True).run())
    assert app.data_editor
    app = choose(view(opened(), "journey"), mapper_page().journey.begin, "rows")
    assert app.data_editor
    assert mapper_page().journey.empty in shown(app)


def test_a_saved_journey_opens_again():
    found = map_journey(sample("hospital"), results)
    app = upload(opened(), journey_json(found, made_by="AIPM", day=DAY), "journey.json")
    assert f"{len(found.journey.pains)} pains" in shown(app)
    assert group(app, mapper_page().journey.which).value == "mine"


def ordered(*pains):
    app = opened()
    for pain in pains:
        app = press(typed(pain, app), mapper_page().canvas.order)
    return view(app, "order")


def test_with_the_ranges_they_began_with_pains_are_tied_and_it_says_so():
    drawn = shown(ordered(BREAD, REFUND))
    assert "No clear first" in drawn
    assert "Ties, said out loud" in drawn
    assert "2 of 2 still have the wide ranges" in drawn


def test_narrow_ranges_make_an_order_and_stay_with_their_pain():
    app = ordered(BREAD, REFUND)
    impact, _, effort, *_ = app.slider
    impact.set_value((9, 10))
    app = done(effort.set_value((1, 1)).run())
    assert f"“{short(REFUND)}” comes first" in shown(app)
    app = view(view(app, "pain"), "order")
    assert f"“{short(REFUND)}” comes first" in shown(app)


def test_a_new_pain_can_be_typed_into_the_order():
    app = opened(view="order")
    assert mapper_page().order.empty.title in shown(app)
    app = done(app.multiselect[0].set_value(["Doors that squeak"]).run())
    assert "“Doors that squeak” is the only one here" in shown(app)


def test_what_the_canvas_says_of_the_data_is_where_readiness_begins():
    app = step(typed(BREAD), "data")
    app = press(choose(app, "Do we have it", "yes"), mapper_page().canvas.order)
    assert view(app, "order").slider[3].value == mapper_page().order.readiness["yes"]


def test_a_saved_order_opens_again_with_its_ranges():
    half = Range(low=0.415, high=0.5)
    one = Opportunity(
        name="Lamps",
        impact=Range(low=3, high=5),
        confidence=half,
        effort=Range(low=2, high=80),
        readiness=half,
        risk=half,
    )
    app = upload(opened(), priorities_json(prioritise([one]), made_by="AIPM", day=DAY), "order.json")
    assert "“Lamps” is the only one" in shown(app)
    assert app.session_state["use_case_mapper.held.opportunities"]["Lamps"] == one  # not rounded by the sliders


def test_circles_stand_within_their_axes():
    one = mapper_bubbles.Bubble(sign="1", name="a", x=(1, 12), y=(0, 10), share=1)
    drawn = mapper_bubbles.bubbles([one], x="effort", y="impact", title="t", caption="c")
    assert "bottom:50.00%" in drawn
    assert 'style="left:100.00%">12</i>' in drawn


class Stub(http.server.BaseHTTPRequestHandler):
    """A language model that says what it is told to."""

    says = ""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        body = json.dumps({"choices": [{"message": {"content": self.says}}]}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def model(monkeypatch):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AIPM_LLM_URL", f"http://127.0.0.1:{server.server_port}/v1")
    monkeypatch.setenv("AIPM_LLM_MODEL", "stub")
    yield Stub
    server.shutdown()
    server.server_close()


def test_without_a_service_no_second_opinion_is_offered():
    assert "econd opinion" not in shown(typed(BREAD))


def test_a_second_opinion_is_asked_by_a_press_and_stands_beside(model):
    model.says = json.dumps({"capability": "clustering", "reason": "Because <b>groups</b>"})
    app = typed(BREAD)
    assert "stub at 127.0.0.1" in shown(app)
    assert "clustering" not in shown(app).lower().split("near")[0].split("second opinion")[1].split("<h2>")[0]
    app = press(app, mapper_page().opinion["ask"])
    assert "stub says: Clustering." in shown(app)
    assert "Because &lt;b&gt;groups&lt;/b&gt;" in shown(app)
    assert "This calls for regression" in shown(app)


def test_a_second_opinion_that_fails_is_said_in_plain_words(model):
    model.says = "certainly!"
    app = press(typed(BREAD), mapper_page().opinion["ask"])
    assert mapper_page().opinion["refused"] in shown(app)
    assert "This calls for regression" in shown(app)


def test_one_pain_loads_no_heavy_library():
    script = f"""
import sys
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
app = AppTest.from_file("app.py", default_timeout=300).run()
app.switch_page({PAGE!r}).run()
app.text_area[0].set_value("The urgent tickets wait").run()
assert not app.exception, app.exception
print(*{{"pandas", "sklearn", "plotly", "duckdb", "pyarrow"}} & (set(sys.modules) - before))
"""
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []


def test_every_example_pain_calls_for_what_it_was_chosen_for():
    """Eight examples, eight different answers: a first visitor should see what the mapper can tell."""
    wanted = {
        "tickets": "rankings",
        "bread": "regression",
        "playlist": "recommendations",
        "pump": "anomalies",
        "letters": "creation",
        "support": "clustering",
        "claims": "classification",
        "refund": "none",
    }
    texts = {name: example.text for name, example in mapper_page().pain.examples.items()}
    found = dict(zip(texts, results(list(texts.values())), strict=True))
    said = {name: "none" if each.may_not_need_ai else each.ranking[0].capability for name, each in found.items()}
    assert said == wanted
    assert set(wanted.values()) == {*KEYS, "none"}
