"""A feedback plan read: what each signal shows, how soon, and what is missing."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import pytest
import yaml

from aipm.content import document
from aipm.governance import feedback_export as export
from aipm.governance import feedback_words as words
from aipm.governance.detection import answers_needed, level
from aipm.governance.feedback import KINDS, STARTERS, FeedbackPlan, Signal, by_lot, group, put, remove
from aipm.governance.feedback_calendar import days, entries, ics
from aipm.governance.feedback_reading import assess, cure, shares, watch
from aipm.governance.feedback_texts import feedback_texts
from aipm.governance.forms import from_json, to_json
from aipm.governance.product import Product
from tests.ui.light import ROOT

TODAY = date(2026, 11, 21)  # a Saturday
ANSWERS = {"yes": "Yes", "no": "No", "unsure": "Not sure", "not_applicable": "Does not apply"}
HOSTILE = "=1+1, <img src=x onerror=alert(1)>; \\ [x](javascript:alert(1))\nnext line é"


def signal(**parts):
    return Signal(**{"id": "r1", "kind": "thumbs", "rate": 0.1, "cadence": "weekly", "uses": ("metric",)} | parts)


def plan(*signals, **parts):
    return FeedbackPlan(signals=signals, **parts)


def codes(found):
    return [each.code for each in found.findings]


def sound(**parts):
    """A plan in which nothing is missing, but for what a test takes away."""
    first = signal(owner="Ines", silent="The quick", stop="Under 80%: roll back", keep=90, personal="no")
    second = signal(
        id="r2", kind="sample", rate=0.05, owner="Wei", uses=("metric", "retrain"), personal="no", cadence="weekly"
    )
    return plan(first, second, channel="Link", reader="Rosa", groups="Age bands", **parts)


def test_nothing_is_missing_in_a_sound_plan():
    assert codes(assess(sound())) == []
    assert words.answer(sound(), assess(sound()))[1] == feedback_texts().answer["sound"]


def test_days_are_collecting_waiting_and_the_next_look():
    found = watch(plan(), signal(delay=10))
    needed = answers_needed(0.1, 0.15, alpha=level(0.1, 13), power=0.8)
    assert found.answers_a_week == pytest.approx(700)
    assert found.needed == needed
    assert found.days == pytest.approx(needed / 100 + 10 + 7)


def test_waiting_longer_for_the_truth_is_seen_later_by_as_many_days():
    one, other = (watch(plan(), signal(delay=delay)) for delay in (0, 30))
    assert other.days - one.days == 30
    assert other.tally_days - one.tally_days == pytest.approx(30)


def test_reports_are_bad_news_among_all_uses_and_rise_with_the_mistakes():
    report = signal(kind="report", rate=0.02)
    assert shares(plan(), report) == pytest.approx((0.02, 0.03))  # mistakes from 10% to 15%: half as many more
    assert watch(plan(), report).counted_a_day == 1_000
    often = signal(kind="override", rate=0.4)  # more than there are mistakes: each further one is overruled
    assert shares(plan(), often) == pytest.approx((0.4, 0.45))


def test_silence_can_hide_anything_but_for_a_sample_drawn_by_lot():
    thumbs, sample = watch(plan(), signal(rate=0.02)), watch(plan(), signal(kind="sample", rate=0.02))
    assert thumbs.bounds == pytest.approx((0.018, 0.998))
    assert thumbs.hidden == pytest.approx(0.05 / 0.98)
    assert sample.bounds is None
    assert sample.by_lot
    assert not by_lot(signal(kind="sample", only_chosen="yes"))
    assert watch(plan(), signal(rate=1.0)).bounds is None


@pytest.mark.parametrize("missing", ["uses_a_day", "good", "drop"])
def test_without_a_figure_there_is_no_day_and_no_blame(missing):
    found = assess(replace(sound(), **{missing: None}))
    assert all(each.days is None for each in found.watches)
    assert not {"none_sees", "too_small"} & {*codes(found)}
    assert words.answer(replace(sound(), **{missing: None}), found)[0] == feedback_texts().answer["lacks"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"channel": None}, "no_reports"),
        ({"reader": None}, "unread"),
        ({"groups": None}, "no_groups"),
        ({"signals": ()}, "no_signals"),
        ({"uses_a_day": 10.0}, "none_sees"),
    ],
)
def test_what_is_missing_in_the_plan(change, code):
    assert code in codes(assess(replace(sound(), **change)))


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"owner": None}, "no_owner"),
        ({"silent": None}, "silent"),
        ({"stop": None}, "no_stop"),
        ({"stop": None, "uses": ("alert",)}, "alert_alone"),
        ({"uses": ()}, "no_use"),
        ({"cadence": None}, "no_use"),
        ({"personal": "yes"}, "no_consent"),
        ({"personal": "unsure", "basis": "open"}, "no_consent"),
        ({"personal": "yes", "basis": "consent", "keep": None}, "no_keep"),
        ({"rate": 0.0001}, "too_small"),
    ],
)
def test_what_is_missing_at_a_signal(parts, code):
    whole = sound()
    found = assess(put(whole, replace(whole.signals[0], **parts)))
    assert code in codes(found)
    assert all(words.finding(each, whole) for each in found.findings)


def test_only_asking_hears_the_loud_alone():
    assert "all_asked" in codes(assess(remove(sound(), "r2")))
    assert "all_asked" not in codes(assess(sound()))


def test_learning_from_ones_own_choices_needs_a_sample_drawn_by_lot():
    clicks = signal(id="r3", kind="clicks", uses=("retrain",), rate=1.0, owner="Wei", personal="no")
    looped = plan(clicks)
    assert "loop" in codes(assess(looped))
    with_sample = replace(looped, signals=(clicks, sound().signals[1]))
    assert "loop" not in codes(assess(with_sample))
    bent = replace(sound().signals[1], only_chosen="yes")
    assert "loop" in codes(assess(replace(looped, signals=(clicks, bent))))
    chosen = signal(id="r4", kind="outcome", only_chosen="yes", uses=("retrain",))
    assert "loop" in codes(assess(plan(chosen)))


def test_a_truth_that_comes_after_the_next_training():
    late = signal(kind="outcome", delay=60, uses=("retrain",))
    assert "outruns" in codes(assess(plan(late, retrain_weeks=8)))
    assert "outruns" not in codes(assess(plan(late, retrain_weeks=9)))


def test_what_would_make_it_visible_does():
    few = signal(rate=0.002)
    found = watch(plan(), few)
    assert not found.sees
    ways = cure(plan(), found)
    assert watch(plan(), replace(few, rate=ways.rate)).days == pytest.approx(90)
    assert watch(plan(uses_a_day=ways.uses), few).days == pytest.approx(90)
    assert watch(plan(drop=ways.drop + 1e-6), few).sees
    assert cure(plan(), watch(plan(), replace(few, delay=90))).rate is None


def test_a_vague_level_shows_nothing_and_says_so():
    vague = plan(signal(owner="Ines"), baseline_answers=60.0)
    found = assess(vague)
    assert found.watches[0].days is None
    told = next(words.finding(each, vague) for each in found.findings if each.code == "too_small")
    assert feedback_texts().findings.cures["baseline"] in told


def test_the_example_that_stands_at_first_gives_an_answer():
    found = assess(FeedbackPlan())
    assert found.first is not None
    assert found.first.sees
    assert FeedbackPlan().signals == STARTERS


def test_every_kind_has_a_group_and_words():
    assert {*feedback_texts().signals.kinds} == {*KINDS}
    for kind in KINDS:
        assert group(kind) in feedback_texts().signals.groups
        assert words.watch(watch(plan(), signal(kind=kind)))


def test_it_goes_into_the_file_and_comes_back():
    filled = sound(starts=TODAY, retrain_weeks=6, answer_days=14)
    assert from_json(to_json({"feedback": filled}, saved="")).forms == {"feedback": filled}
    emptied = plan()
    assert from_json(to_json({"feedback": emptied}, saved="")).forms == {"feedback": emptied}


def test_the_worked_example_is_a_plan_with_gaps():
    raw = yaml.safe_load((ROOT / "content" / "governance_example.yaml").read_text(encoding="utf-8"))
    example = msgspec.convert(raw["feedback"], FeedbackPlan)
    assert {"loop", "no_consent", "outruns"} <= {*codes(assess(example))}


def test_days_of_the_calendar():
    """21 November 2026 is a Saturday; the first Wednesday of December is the second."""
    kinds = ("daily", "weekly", "fortnightly", "monthly", "quarterly")
    made = plan(*(signal(id=f"r{place}", cadence=each, weekday=2) for place, each in enumerate(kinds)))
    found = {each.every: [*days(each, until=date(2027, 4, 1))] for each in entries(made, today=TODAY)}
    assert found["daily"][:6] == [date(2026, 11, each) for each in (23, 24, 25, 26, 27, 30)]
    assert found["weekly"][:2] == [date(2026, 11, 25), date(2026, 12, 2)]
    assert found["fortnightly"][:2] == [date(2026, 11, 25), date(2026, 12, 9)]
    assert found["monthly"][:3] == [date(2026, 12, 2), date(2027, 1, 6), date(2027, 2, 3)]
    assert found["quarterly"] == [date(2026, 12, 2), date(2027, 3, 3)]


def test_training_reports_and_deletion_stand_in_the_calendar():
    made = plan(signal(keep=30), channel="Link", reader="Rosa", retrain_weeks=4, starts=date(2026, 12, 1))
    tasks = {each.task: each for each in entries(made, today=TODAY)}
    assert tasks["retrain"].first == date(2027, 1, 4)
    assert tasks["delete"].first == date(2026, 12, 31)
    assert tasks["reports"].who == "Rosa"
    assert entries(replace(made, starts=date(9999, 12, 31)), today=TODAY)


def unfolded(file):
    text = file.decode()
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def test_the_calendar_file_is_escaped_and_folded():
    """RFC 5545, 3.1 and 3.3.11."""
    made = plan(signal(name="a, b; c \\ d\r\ne" + "é" * 80, stop="x\x07y"))
    found = entries(made, today=TODAY)
    stamp = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    file = ics(found, titles={0: made.signals[0].name}, notes={0: "x\x07y"}, name="n", stamp=stamp)
    lines = unfolded(file)
    assert "SUMMARY:a\\, b\\; c \\\\ d\\ne" + "é" * 80 in lines
    assert "DESCRIPTION:xy" in lines
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20271123" in lines
    assert "DTSTART;VALUE=DATE:20261123" in lines
    assert "DTSTAMP:20261121T100000Z" in lines
    assert ics(found, titles={0: "t"}, notes={}, name="n", stamp=stamp) == ics(
        found, titles={0: "t"}, notes={}, name="n", stamp=stamp
    )


def test_what_was_typed_stays_text_in_every_file():
    made = plan(signal(name=HOSTILE, where=HOSTILE, owner=HOSTILE, stop=HOSTILE), channel=HOSTILE, reader=HOSTILE)
    found, product = assess(made), Product(name=HOSTILE)
    written = export.document(made, found, product=product, answers=ANSWERS, today=TODAY)
    assert "<img" not in document.html(written, generated=datetime(2026, 11, 21, tzinfo=UTC))
    assert not re.search(r"(?<!\\)\]\(", document.markdown(written))
    assert "'=1+1" in export.csv(found)
    stamp = datetime(2026, 11, 21, tzinfo=UTC)
    lines = unfolded(export.calendar(made, product=product, today=TODAY, stamp=stamp))
    assert lines.count("BEGIN:VEVENT") == 2
    assert not any(line.startswith("next line") for line in lines)
