"""Privacy, without a browser: the seven checks, and the short impact assessment."""

from html import escape

import pytest

from aipm.governance.dpia import CASES, CRITERIA, dpia_texts
from aipm.governance.privacy import privacy_texts
from tests.ui.ethics_forms import HOSTILE, at, away_and_back, choose, kept, opened, plain, shown, widget, write

DESIGN, DPIA = privacy_texts(), dpia_texts()


def label(principle, check):
    said = DESIGN.principles[principle]
    return f"{said.name}: {said.checks[check].text}"


def test_all_seven_are_there_with_how_far_each_is():
    app = opened("privacy")
    assert all(f"<b>{each.name}</b>" in shown(app) for each in DESIGN.principles.values())
    assert [plain(each.label) for each in app.expander][:7] == [
        f"{place}. {each.name}" for place, each in enumerate(DESIGN.principles.values(), start=1)
    ]


def test_a_check_that_does_not_apply_asks_for_its_reason():
    app = choose(opened("privacy"), label("lifelong", "supplier"), "not_applicable")
    said = DESIGN.gaps["why"].format(check=DESIGN.principles["lifelong"].checks["supplier"].text)
    assert escape(said) in shown(app)
    app = write(app, DESIGN.note, HOSTILE)
    assert kept(app, "privacy").marks[0].note == HOSTILE
    assert "<img src=x" not in shown(app)


def test_the_answers_stay_through_other_pages():
    app = choose(opened("privacy"), label("embedded", "masked"), "done")
    app = away_and_back(app, "privacy")
    assert kept(app, "privacy").marks[0].state == "done"
    assert "1 of 2" in shown(app)


def test_the_case_that_stands_for_a_health_app_is_named_and_dated():
    assert "GoodRx (February 2023" in shown(opened("privacy"))
    assert "BetterHelp (March 2023" in shown(opened("privacy"))


@pytest.mark.parametrize("step", DPIA.steps)
def test_every_step_of_the_assessment_is_drawn(step):
    assert DPIA.steps[step].name in shown(opened("privacy", part="dpia", step=step))


def test_two_criteria_make_an_assessment_likely_and_a_case_of_the_law_required():
    app = opened("privacy", part="dpia")
    for name in ("scoring", "sensitive"):
        app = choose(app, DPIA.fields[name].label, "yes")
    assert DPIA.needs["likely"].format(count=2) in shown(app)
    app = choose(app, DPIA.fields["evaluation"].label, "yes")
    assert DPIA.names["evaluation"] in shown(app)


def test_a_high_risk_that_is_left_becomes_a_question_for_legal():
    app = choose(opened("privacy", part="dpia"), DPIA.fields["evaluation"].label, "yes")
    app = at(app, "privacy", part="dpia", step="risks")
    app = choose(app, DPIA.threat, "disclosure")
    fields = DPIA.rows["risks"].fields
    app = choose(app, fields["applies"].label, "yes")
    app = write(app, fields["measure"].label, "Free text is dropped", kind="text_area")
    app = choose(app, fields["after"].label, "high")
    assert DPIA.ask_authority.format(names=DPIA.threats["disclosure"].name) in shown(app)
    app = choose(app, fields["after"].label, "low")
    assert "Article 36)?" not in shown(app)


def test_kinds_of_data_keep_to_their_row():
    app = opened("privacy", part="dpia", step="data")
    add = DPIA.rows["data"].add
    for said in ("Income", "Place"):
        app = next(each for each in app.button if each.label == add).click().run()
        app = write(app, DPIA.rows["data"].fields["what"].label, said)
    assert [each.what for each in kept(app, "dpia").data] == ["Income", "Place"]
    app = choose(app, f"{DPIA.rows['data'].title}: which one to open", "r1")
    assert widget(app, "text_input", DPIA.rows["data"].fields["what"].label).value == "Income"
    app = next(each for each in app.button if each.label == DPIA.rows["data"].remove).click().run()
    assert [each.what for each in kept(app, "dpia").data] == ["Place"]


def test_the_twelve_questions_are_those_of_the_law_and_the_guideline():
    assert len(CASES) == 3
    assert len(CRITERIA) == 9
    assert set(DPIA.names) == {*CASES, *CRITERIA}
