"""The Collect panel without a browser: what people say, rows of each answer, the learning curve and how it stops."""

import pytest

from aipm.prep.enough import Curve, learning_curve
from aipm.prep.frames import frame_of
from aipm.prep.sample import generate
from aipm.tables import ReadOptions, Refusal, read
from aipm.ui.prep_panel_texts import collect_texts
from aipm.ui.prep_task import Task
from tests.ui.prep_panels import box, done, held, html, opened, press

TEXT = collect_texts()
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def sample():
    return frame_of(read(generate(), ReadOptions()))


def test_what_is_said_is_noted_for_the_datasheet():
    app = opened("collect")
    box(app, TEXT.purpose.what.label).set_value("who will leave").run()
    box(app, TEXT.purpose.capability.label).set_value("classification").run()
    box(app, TEXT.origin.choose.label).set_value(["internal"]).run()
    done(app)
    asked = next(each for each in app.text_input if each.label.startswith("Consent"))
    asked.set_value("yes, in the terms of 2024").run()
    notes = held(done(app), "notes")
    assert notes["purpose"].startswith("who will leave Kind of answer: ")
    assert notes["consent"].endswith("yes, in the terms of 2024")
    assert notes["source"] == "Your own."
    assert "1 of 3 questions" in html(app)


def test_answers_are_still_there_after_another_step():
    app = opened("collect")
    box(app, TEXT.purpose.unit.label).set_value("a customer").run()
    app.session_state["data_prep.step"] = "clean"
    app.run()
    app.session_state["data_prep.step"] = "collect"
    app.run()
    assert box(done(app), TEXT.purpose.unit.label).value == "a customer"


def test_rows_of_each_answer_and_of_a_group(sample):
    app = opened("collect")
    yes = int((sample["churned"] == "yes").sum())
    assert f">{yes}<" in html(app)
    box(app, TEXT.enough.by.label).set_value("region").run()
    few = TEXT.enough.few.format(count=1, names="Islands")
    assert few in html(done(app))


def test_values_of_the_file_are_drawn_as_text():
    rows = "".join(f"{SCRIPT if row % 2 else 'b'},{row}\n" for row in range(60))
    app = opened("collect", data=f"label,n\n{rows}")
    box(app, TEXT.enough.by.label).set_value("label").run()
    assert SCRIPT not in html(done(app))
    assert "&lt;script&gt;" in html(app)


def test_the_learning_curve_is_the_engines(sample):
    app = opened("collect")
    press(app, TEXT.curve.start)
    found = app.session_state["data_prep.held.task.curve"].found[-1]
    assert isinstance(found, Curve)
    assert found == learning_curve(sample, "churned", groups="customer_id", leave_out=["cancellation_reason"])
    assert "cancellation_reason" in html(app)
    assert not any(each.label in (TEXT.curve.start, TEXT.curve.stop) for each in app.button)


def test_a_target_that_cannot_be_learned_is_said():
    app = opened("collect", data="a,y\n" + "".join(f"{row},same\n" for row in range(30)))
    box(app, "Column to predict").set_value("y").run()
    press(app, TEXT.curve.start)
    assert "refused" in html(app)


def test_work_is_stopped_between_two_steps_and_begins_anew():
    began = []

    def begin():
        began.append(1)
        yield from "abc"

    work = Task("test", 1, begin, 3)
    work.start()
    work.step()
    work.step()
    work.stop()
    assert (work.stopped, work.wanted, work.done, work.found) == (True, False, False, ["a", "b"])
    work.start()
    while work.wanted:
        work.step()
    assert (work.found, began, work.done, work.stopped) == (["a", "b", "c"], [1, 1], True, False)


def test_a_refusal_ends_the_work_and_is_kept():
    def begin():
        yield 1
        raise Refusal("no", "It cannot be.", advice="")

    work = Task("test", 1, begin, 3)
    work.start()
    work.step()
    work.step()
    assert (work.done, work.wanted) == (True, False)
    assert work.refusal is not None
