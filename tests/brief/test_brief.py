"""One decision kept: entries replace one another, nothing said before is lost, and the story is told in order."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.brief import brief as briefs
from aipm.brief.brief import CHAPTERS, Brief, Change, Decision, chapter_of, chapters, compare
from aipm.brief.entry import EntryError, Figure
from aipm.brief.json_file import from_json, to_json
from aipm.brief.stale import stands
from aipm.brief.texts import brief_texts
from aipm.governance.gates import Gates
from aipm.governance.product import Product
from aipm.governance.triage import Triage
from tests.brief.made_up import AT, TODAY, VERSIONS, bars, entry, now, sha, whole


def of(brief, key, **parts):
    return next(each for each in chapters(brief, now=now(brief, **parts)) if each.key == key)


def test_a_new_answer_takes_the_place_of_the_old_and_the_old_is_kept():
    first, second = entry(summary="Not ready."), entry(summary="Ready.", data=sha("b"))
    kept = briefs.add(briefs.add(briefs.add(Brief(), first), entry("bias_audit")), second)
    assert [each.tool for each in kept.entries] == ["data_prep", "bias_audit"]
    assert kept.of("data_prep") == second
    assert kept.history == (first,)


def test_the_same_answer_again_changes_nothing():
    first = entry(spec={"asked": ("a", "b")})
    kept = briefs.add(Brief(), first)
    assert briefs.add(kept, entry(spec={"asked": ["a", "b"]}, at=AT + timedelta(days=1))) is kept


def test_parts_of_a_tool_stand_side_by_side():
    kept = briefs.add(briefs.add(Brief(), entry("model_scorer")), entry("model_scorer.cost"))
    assert len(kept.entries) == 2
    assert not kept.history


def test_what_is_taken_out_stays_in_the_history():
    kept = briefs.remove(briefs.add(Brief(), entry()), "data_prep")
    assert kept.entries == ()
    assert kept.history == (entry(),)
    assert briefs.remove(kept, "data_prep") is kept


def test_of_a_long_history_the_oldest_go():
    kept = Brief()
    for place in range(30):
        kept = briefs.add(kept, entry(summary=f"Answer {place}.", spec={str(key): "x" * 9_000 for key in range(10)}))
    assert kept.history[-1].summary == "Answer 28."
    assert 5 < len(kept.history) < 12
    assert from_json(to_json(kept, saved="now")).brief == kept


def test_what_may_not_be_kept_leaves_the_brief_as_it_was():
    with pytest.raises(EntryError):
        briefs.add(Brief(), entry(figures=(Figure(name="x", value=1, n=3),)))


def test_notes_decisions_and_forms():
    kept = briefs.note(Brief(), "data", " We ask Legal. ")
    assert kept.notes == {"data": " We ask Legal. "}
    assert briefs.note(kept, "data", "  ").notes == {}
    assert briefs.decide(kept, Decision(what=" "), Decision(what="Go.")).decisions == (Decision(what="Go."),)
    assert briefs.would_change(kept, "", "Costs double.").mind == ("Costs double.",)
    filled = briefs.form(kept, "product", Product(name="Loan pre-check"))
    assert filled.product.name == "Loan pre-check"
    assert briefs.form(filled, "product", Product()).forms == {}


def test_the_story_is_told_in_its_order():
    assert [each.key for each in chapters(whole(), now=now())] == list(CHAPTERS[:-1])
    assert of(whole(), "model").held[1].entry.tool == "model_scorer.cost"
    extra = briefs.add(whole(), entry("language_models.tokens"))
    assert [each.key for each in chapters(extra, now=now())] == list(CHAPTERS)


def test_an_empty_brief_misses_everything_and_says_what_to_do():
    found = chapters(Brief(), now=now())
    assert {each.state for each in found} == {"missing"}
    assert all(key in brief_texts().missing for each in found for key in each.missing)
    assert all(key in brief_texts().chapters for key in CHAPTERS)


def test_a_whole_one_lacks_only_its_forms():
    states = {each.key: each.state for each in chapters(whole(), now=now(whole()))}
    assert states == {key: "missing" if key == "risks" else "told" for key in CHAPTERS[:-1]}
    assert of(whole(), "risks").missing == ("form.triage", "form.register", "form.gates", "form.roles")
    filled = briefs.form(briefs.form(whole(), "triage", Triage(personal_data="yes")), "gates", Gates(items=()))
    assert "form.triage" not in of(filled, "risks").missing


def test_without_ai_no_model_and_no_data_are_missing():
    kept = briefs.add(Brief(), entry("use_case_mapper", against=True))
    assert {of(kept, key).state for key in ("model", "data", "fairness")} == {"not_needed"}
    assert of(briefs.add(kept, entry("model_scorer")), "model").state == "missing"


def reasons(brief, tool, **parts):
    return stands(brief.of(tool), now=now(brief, **parts), product=brief.product).reasons


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"data": sha("another file")}, "data"),
        ({"settings": sha("another question")}, "settings"),
        ({"threshold": 0.5}, "threshold"),
        ({"model": "gbt 3"}, "model"),
    ],
)
def test_an_answer_is_stale_when_what_it_rests_on_has_changed(change, reason):
    kept = whole()
    known = {"data": sha("file"), "threshold": 0.62}
    latest = {"bias_audit": entry("bias_audit", **{**known, **change}).result}
    assert reasons(kept, "bias_audit", latest=latest) == (reason,)
    assert of(kept, "fairness", latest=latest).state == "stale"


def test_a_new_catalogue_makes_old_answers_stale_and_a_new_app_does_not():
    kept = briefs.add(whole(), entry("model_scorer", versions={**VERSIONS, "app": "0.1"}))
    assert reasons(kept, "model_scorer", versions={**VERSIONS, "app": "0.2"}) == ()
    assert reasons(kept, "model_scorer", versions={**VERSIONS, "catalogue": "2026-12-01"}) == ("catalogue",)
    assert reasons(kept, "data_prep", versions={"catalogue": "2026-12-01"}) == ()


def test_another_threshold_that_goes_live_makes_the_audit_stale():
    kept = briefs.form(whole(), "product", Product(threshold=0.7))
    assert reasons(kept, "bias_audit") == ("threshold",)


def test_a_missing_part_is_shown_before_a_stale_one():
    kept = briefs.remove(whole(), "model_scorer.cost")
    found = of(kept, "model", versions={"catalogue": "2027-01-01"})
    assert found.state == "missing"
    assert found.missing == ("model_scorer.cost",)
    assert found.held[0].stands.freshness == "stale"


def test_what_changed_between_two_versions():
    old = whole()
    new = briefs.add(old, entry("data_prep", data=sha("new"), summary="Now it is ready."))
    new = briefs.add(briefs.remove(new, "bias_audit"), entry("workshop.weights"))
    new = briefs.note(briefs.form(new, "product", Product(name="Other")), "pain", "Seen twice.")
    new = briefs.would_change(briefs.decide(new, Decision(what="Begin with trees.", who="Sam Carter", on=TODAY)))
    found = compare(old, new)
    assert [(each.code, each.about) for each in found] == [
        ("entry_added", "workshop.weights"),
        ("entry_changed", "data_prep"),
        ("entry_removed", "bias_audit"),
        ("form_changed", "product"),
        ("note_changed", "pain"),
        ("mind_removed", ""),
        ("decision_changed", "Begin with trees."),
    ]
    assert found[1].parts == ("data", "summary", "warnings")


def test_only_a_chart_drawn_otherwise_is_a_small_change():
    new = briefs.add(
        whole(), entry("model_scorer.cost", charts=(bars(),), figures=whole().of("model_scorer.cost").figures)
    )
    assert compare(whole(), new) == (
        Change(
            code="entry_changed",
            about="model_scorer.cost",
            before="What was found.",
            after="What was found.",
            parts=("other",),
        ),
    )


ENTRIES = st.builds(
    lambda tool, summary: entry(tool, summary=summary),
    st.sampled_from(["data_prep", "bias_audit", "model_scorer", "model_scorer.cost", "workshop.dots", "landscape"]),
    st.sampled_from(["One.", "Two.", "Three."]),
)


@given(st.lists(ENTRIES, max_size=12))
def test_nothing_that_was_added_is_lost(added):
    kept = Brief()
    for each in added:
        kept = briefs.add(kept, each)
    assert len({each.tool for each in kept.entries}) == len(kept.entries)
    assert {(each.tool, each.summary) for each in (*kept.entries, *kept.history)} == {
        (each.tool, each.summary) for each in added
    }
    assert compare(kept, kept) == ()
    told = [held.entry for each in chapters(kept, now=now()) for held in each.held]
    assert sorted(each.tool for each in told) == sorted(each.tool for each in kept.entries)


@given(st.lists(ENTRIES, max_size=6), st.lists(ENTRIES, max_size=6))
def test_the_way_back_names_as_many_changes(one, other):
    old, new = Brief(), Brief()
    for each in one:
        old = briefs.add(old, each)
    for each in other:
        new = briefs.add(new, each)
    assert len(compare(old, new)) == len(compare(new, old))
    assert bool(compare(old, new)) == (
        {e.tool: e.summary for e in old.entries} != {e.tool: e.summary for e in new.entries}
    )


def test_every_result_belongs_to_a_chapter():
    from aipm.governance.evidence import TOOLS

    assert all(chapter_of(tool) != "other" for tool in TOOLS)
    assert chapter_of("landscape") == "other"
