"""A decision record opened again on the Model scorer: what was asked comes back, and what has changed is said."""

import json
from datetime import date
from decimal import Decimal

import pytest

from aipm.selection.cost import Estimate, Workload
from aipm.selection.exports import record_json
from aipm.selection.record import DecisionRecord
from aipm.selection.since import since
from aipm.selection.weighing import Weighing
from aipm.ui.scorer_reopen import told
from aipm.ui.scorer_texts import scorer_page, start_needs
from tests.ui.scorer import done, held, labelled, opened, shown

TEXT = scorer_page()
SAVED = "model_scorer.saved"
WORKLOAD = Workload(requests=Estimate(likely=Decimal(777)), input_tokens=Estimate(likely=Decimal(50)))
ASKED = {
    "needs": {"musts": {"task": "text", "context": 200_000}, "order": ["output", "cost"]},
    "workload": WORKLOAD.to_plain(),
    "weighing": Weighing().to_dict(),
    "entered": {"Our own <b>model</b>": {"usd_per_1000_requests": 0.5, "max_output": 4000}},
}


def file(asked=ASKED, **more):
    plain = {"question": "Which?", "decision": "<i>Gone 1</i> comes first.", **more}
    plain["ranking"] = [{"name": "<i>Gone 1</i>", "rank": 1}]
    if asked is not None:
        plain["asked"] = asked
    return record_json(DecisionRecord.from_dict(plain), made_by="AIPM", day=date(2026, 8, 1))


def upload(app, data):
    content = data if isinstance(data, bytes) else data.encode()
    return done(app.file_uploader(key=SAVED).set_value(("record.json", content, "application/json")).run())


def test_what_was_asked_comes_back_and_can_be_undone():
    app = opened(view="cost")
    labelled(app.number_input, "Requests a month").set_value(4_000)
    app = upload(done(app.run()), file())
    assert held(app, "order") == ["output", "cost"]
    assert held(app, "musts") == {"task": "text", "context": 200_000.0}
    assert held(app, "cost.requests") == 777
    html = shown(app)
    assert "2026-08-01" in html
    assert TEXT.since["title"] in html
    assert "&lt;i&gt;Gone 1&lt;/i&gt; came first" in html
    assert "<i>" not in html
    assert "Our own &lt;b&gt;model" in html
    assert TEXT.since["changed"] not in html
    app = done(labelled(app.button, TEXT.taken["undo"]).click().run())
    assert held(app, "order") == list(start_needs().order)
    assert held(app, "cost.requests") == 4_000
    assert TEXT.since["title"] not in shown(app)
    assert "Our own" not in shown(app)


def test_what_was_opened_outlives_a_look_at_the_cost_and_its_own_record_says_nothing_changed():
    app = upload(opened(view="model"), file())
    control = labelled(app.button_group, TEXT.views.label)
    app = done(control.set_value("cost").run())
    assert labelled(app.number_input, "Requests a month").value == 777
    app = done(labelled(app.button_group, TEXT.views.label).set_value("model").run())
    assert TEXT.since["title"] in shown(app)


def test_a_changed_question_is_said():
    app = upload(opened(view="model"), file())
    app.session_state["model_scorer.held.order"] = ["cost", "output"]
    assert TEXT.since["changed"] in shown(done(app.run()))


def broken(part, value):
    return file({**ASKED, part: value})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"kind": "journey"}',
        json.dumps({"kind": "model_decision", "format": 99, "record": {}}),
        file(None),
        broken("needs", {"musts": {"task": "everything"}}),
        broken("needs", {"order": ["cost", "cost"]}),
        broken("workload", {"requests": {"likely": "NaN"}}),
        broken("workload", {**WORKLOAD.to_plain(), "cached_share": "NaN"}),
        broken("workload", {**WORKLOAD.to_plain(), "users": "-1"}),
        broken("workload", {**WORKLOAD.to_plain(), "users": "1E+999999"}),
        broken("workload", {}),
        broken("weighing", {"way": "by lot"}),
        broken("entered", {"A": {"monthly_usd": "much"}}),
        broken("entered", {"A": {"no such": 1}}),
    ],
    ids=lambda data: str(data)[-40:],
)
def test_a_broken_or_edited_record_is_refused_and_nothing_is_lost(data):
    app = opened(view="model")
    names = ("order", "musts", "cost.requests")
    before = [held(app, name) for name in names]
    app = upload(app, data)
    html = shown(app)
    assert TEXT.reopen["refused"] in html
    assert 'role="alert"' in html
    assert [held(app, name) for name in names] == before
    assert TEXT.taken["undo"] not in [each.label for each in app.button]


def record(ranks, costs=()):
    return DecisionRecord.from_dict(
        {
            "question": "Which?",
            "ranking": [{"name": name, "rank": rank} for name, rank in ranks],
            "cost": [{"item": item, "value": value, "unit": "USD a month"} for item, value in costs],
        }
    )


def test_what_changed_is_told_in_words():
    then = record([("A", 1), ("B", 2), ("C", 3)], [("A", "80"), ("B", "10")])
    now = record([("B", 1), ("A", 2), ("D", 3)], [("A", "100"), ("B", "10")])
    assert told(since(then, now), TEXT) == [
        "Then A came first; now it is B.",
        "Ranked then, not now: C.",
        "Ranked now, not then: D.",
        "A: $80.00 then, $100 now, USD a month (+25%).",
        "A: place 1 then, 2 now.",
        "B: place 2 then, 1 now.",
    ]


def test_when_nothing_changed_it_says_so():
    one = record([("A", 1)], [("A", "80")])
    assert told(since(one, one), TEXT) == ["Then and now, A comes first.", TEXT.since["nothing"]]


def test_many_changes_stay_few_lines():
    then = record([(f"M{k}", k) for k in range(1, 60)], [(f"M{k}", "1") for k in range(60)])
    now = record([(f"N{k}", k) for k in range(1, 60)], [(f"M{k}", "2") for k in range(60)])
    assert len(told(since(then, now), TEXT)) < 15
