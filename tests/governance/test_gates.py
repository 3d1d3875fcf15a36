"""The stage-gate board by hand: what stands, what is only said, what is waived, and what has gone stale since."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aipm import content
from aipm.governance import gate_words, gates_export
from aipm.governance.board import board, frozen, stage_texts
from aipm.governance.evidence import Evidence, Result
from aipm.governance.fields import MOST
from aipm.governance.forms import from_json, to_json
from aipm.governance.gates import STAGES, Gates, Item, Waiver, add, claim, decide, item_of, show, with_item
from aipm.governance.product import Product

TODAY = date(2026, 11, 21)
OWNED = Product(owner="Ines Moreau", model="Trees 2.3", threshold=0.62)
LINK = Evidence(kind="link", added=date(2026, 11, 3), link="Shared folder")
AUDIT = Result(
    tool="bias_audit",
    said="No gap",
    at=datetime(2026, 11, 3, tzinfo=UTC),
    settings="a" * 64,
    data="b" * 64,
    threshold=0.62,
    against=False,
)


def stands(gates, *, latest=(), product=OWNED, today=TODAY):
    return board(gates, latest={each.tool: each for each in latest}, product=product, today=today)


def one(gates, name, **known):
    found = stands(gates, **known)
    return next(each for gate in found.gates for each in gate.criteria if each.id == name)


def audited(result=AUDIT, **parts):
    shown = Evidence(kind="result", added=date(2026, 11, 3), result=result)
    return Gates(items=(Item(id="groups_compared", stage="delivery", done=True, since=TODAY, evidence=shown, **parts),))


def all_of(*stages):
    """Gates in which every criterion of these stages has a place to read it."""
    return Gates(
        items=tuple(
            Item(id=name, stage=stage, done=True, since=date(2026, 11, 3), evidence=LINK)
            for stage in stages
            for name in stage_texts()[stage].criteria
        )
    )


def test_at_first_everything_is_open_and_the_product_is_in_discovery():
    found = stands(Gates())
    assert [gate.stage for gate in found.gates] == list(STAGES)
    assert {each.state for gate in found.gates for each in gate.criteria} == {"open"}
    assert found.current == "discovery"
    assert all(4 <= len(gate.criteria) <= 6 and gate.outcome == "not_yet" for gate in found.gates)


def test_every_stage_has_a_criterion_that_could_harm_somebody_but_for_the_first():
    severe = {stage for stage, text in stage_texts().items() if any(each.severe for each in text.criteria.values())}
    assert severe == set(STAGES) - {"discovery"}


def test_a_word_without_evidence_is_a_claim():
    found = one(claim(Gates(), "pain_shown", "discovery", done=True, today=TODAY), "pain_shown")
    assert (found.state, found.why, found.since) == ("claimed", ("no_evidence",), TODAY)


def test_whoever_shows_something_says_that_it_is_done():
    gates = show(Gates(), "pain_shown", "discovery", LINK, today=TODAY)
    assert one(gates, "pain_shown").state == "evidenced"
    assert one(show(gates, "pain_shown", "discovery", None, today=TODAY), "pain_shown").state == "claimed"


def test_evidence_of_what_nobody_says_is_done_leaves_it_open():
    gates = claim(
        show(Gates(), "pain_shown", "discovery", LINK, today=TODAY), "pain_shown", "discovery", done=False, today=TODAY
    )
    found = one(gates, "pain_shown")
    assert (found.state, found.why) == ("open", ("evidence_unsaid",))
    described = show(gates, "pain_shown", "discovery", replace(LINK, says="What it shows"), today=TODAY)
    assert one(described, "pain_shown").state == "open"  # a word about the evidence is no word about the criterion


def test_an_audit_is_evidence_until_the_data_change():
    assert one(audited(), "groups_compared", latest=[AUDIT]).state == "evidenced"
    found = one(audited(), "groups_compared", latest=[replace(AUDIT, data="c" * 64)])
    assert (found.state, found.why, found.standing.reasons) == ("claimed", ("stale",), ("data",))
    assert gate_words.why(found) == ("Said to be done, but the evidence is stale: the data are no longer the same.",)


def test_an_audit_is_evidence_until_another_threshold_is_to_go_live():
    found = one(audited(), "groups_compared", product=replace(OWNED, threshold=0.7))
    assert (found.state, found.standing.reasons) == ("claimed", ("threshold",))


def test_a_failed_audit_is_no_evidence():
    failed = replace(AUDIT, against=True)
    found = one(audited(failed), "groups_compared", latest=[failed])
    assert (found.state, found.why) == ("claimed", ("failed",))


def test_evidence_past_its_review_is_a_claim_from_the_day_after():
    gates = show(Gates(), "rules_known", "definition", replace(LINK, review_by=TODAY), today=TODAY)
    assert one(gates, "rules_known").state == "evidenced"
    assert one(gates, "rules_known", today=date(2026, 11, 22)).state == "claimed"


@pytest.mark.parametrize(
    ("waiver", "why"),
    [
        (Waiver(by="Jonas Weber"), ("waiver_reason",)),
        (Waiver(reason="A pilot of ten"), ("waiver_by",)),
        (Waiver(), ("waiver_reason", "waiver_by")),
        (Waiver(reason="A pilot of ten", by="Ines Moreau"), ("waiver_owner",)),
        (Waiver(reason="A pilot of ten", by=" INES  moreau"), ("waiver_owner",)),
        (Waiver(reason="A pilot of ten", by="Jonas Weber", until=date(2026, 11, 20)), ("waiver_over",)),
    ],
)
def test_a_waiver_that_does_not_count_leaves_a_severe_criterion_open(waiver, why):
    found = one(with_item(Gates(), "rollback_rehearsed", "delivery", waiver=waiver), "rollback_rehearsed")
    assert found.severe
    assert (found.state, found.why) == ("open", ("not_said", *why))


def test_a_waiver_counts_with_a_reason_and_another_name():
    waiver = Waiver(reason="A pilot of ten", by="Jonas Weber", until=TODAY)
    gates = with_item(Gates(), "rollback_rehearsed", "delivery", waiver=waiver)
    assert one(gates, "rollback_rehearsed").state == "waived"
    assert one(gates, "rollback_rehearsed", product=Product()).why == ("not_said", "waiver_owner_unknown")


def test_the_owner_may_waive_what_harms_nobody():
    waiver = Waiver(reason="No interface of its own", by="Ines Moreau")
    assert one(with_item(Gates(), "load_and_cost", "delivery", waiver=waiver), "load_and_cost").state == "waived"
    assert (
        one(with_item(Gates(), "load_and_cost", "delivery", waiver=waiver), "load_and_cost", product=Product()).state
        == "waived"
    )


def test_evidence_counts_more_than_a_waiver():
    waiver = Waiver(reason="Not needed", by="Jonas Weber")
    gates = show(
        with_item(Gates(), "load_and_cost", "delivery", waiver=waiver), "load_and_cost", "delivery", LINK, today=TODAY
    )
    assert one(gates, "load_and_cost").state == "evidenced"


def test_a_gate_is_passed_with_evidence_for_all_and_passed_with_waivers_with_one():
    gates = all_of("discovery")
    assert (stands(gates).gate("discovery").outcome, stands(gates).current) == ("passed", "definition")
    waived = with_item(
        gates, "pain_shown", "discovery", evidence=None, done=False, waiver=Waiver(reason="Ordered by law", by="A. B.")
    )
    assert stands(waived).gate("discovery").outcome == "passed_with_waivers"
    open_ = with_item(gates, "pain_shown", "discovery", done=False)
    assert (stands(open_).gate("discovery").outcome, stands(open_).current) == ("not_yet", "discovery")


def test_what_is_missing_the_longest_stands_first_and_what_nobody_touched_last():
    gates = claim(Gates(), "today_described", "discovery", done=True, today=date(2026, 11, 1))
    gates = claim(gates, "plain_fix_tried", "discovery", done=True, today=date(2026, 9, 1))
    found = [each.id for each in stands(gates).gate("discovery").missing]
    assert found == ["plain_fix_tried", "today_described", "pain_shown", "people_named", "room_was_full"]


def test_an_own_criterion_counts_like_any_other():
    gates = add(all_of("discovery"), "discovery", "Our board has agreed", severe=True)
    found = one(gates, "r1")
    assert (found.said, found.severe, found.good, found.where) == ("Our board has agreed", True, None, None)
    assert stands(gates).gate("discovery").outcome == "not_yet"
    assert add(gates, "design", "Another", severe=False).items[-1].id == "r2"
    assert stands(show(gates, "r1", "discovery", LINK, today=TODAY)).gate("discovery").outcome == "passed"


def test_no_criterion_has_the_name_of_an_own_one():
    names = [name for text in stage_texts().values() for name in text.criteria]
    assert not [name for name in names if name[0] == "r" and name[1:].isdecimal()]


def test_a_decision_keeps_what_it_rested_on_and_says_what_has_gone_stale_since():
    gates = all_of("delivery")
    shown = Evidence(kind="result", added=date(2026, 11, 3), result=AUDIT)
    gates = show(gates, "groups_compared", "delivery", shown, today=TODAY)
    gates = show(gates, "duties_met", "delivery", replace(LINK, review_by=date(2026, 12, 1)), today=TODAY)
    now = stands(gates, latest=[AUDIT]).gate("delivery")
    gates = decide(gates, "delivery", "go", frozen(now), by="Ines Moreau", note=None, today=date(2026, 11, 12))
    gate = stands(gates, latest=[AUDIT]).gate("delivery")
    assert gate_words.since(gate) == ("All of its evidence still stands.",)
    assert f"({AUDIT.fingerprint})" in gate_words.rested_on(gate.decision)[0]

    later = replace(AUDIT, data="c" * 64)
    gate = stands(gates, latest=[later], today=date(2026, 12, 2)).gate("delivery")
    assert [each.id for each in gate.since.stale] == ["groups_compared", "duties_met"]
    assert gate.outcome == "not_yet"
    assert gate.behind  # it was decided to go on, and that stays so
    assert gate_words.entry(gate.decision).startswith("Passed on 12 Nov 2026 by Ines Moreau")
    assert gate_words.since(gate)[0].startswith("2 pieces of its evidence no longer stand: Groups of people")

    renewed = show(gates, "groups_compared", "delivery", replace(shown, result=later), today=TODAY)
    gate = stands(renewed, latest=[later], today=date(2026, 12, 2)).gate("delivery")
    assert [each.id for each in gate.since.renewed] == ["groups_compared"]


def test_not_yet_and_stop_keep_the_product_in_its_stage():
    gates = all_of("discovery")
    for choice in ("not_yet", "stop"):
        now = frozen(stands(gates).gate("discovery"))
        held = decide(gates, "discovery", choice, now, by="Ines Moreau", note="Wait", today=TODAY)
        assert stands(held).current == "discovery"
    assert gate_words.answer(stands(held), today=TODAY)[0] == (
        "Discovery: it was decided to stop, on 21 Nov 2026, by Ines Moreau."
    )


def test_the_answer_in_a_sentence():
    assert gate_words.answer(stands(Gates()), today=TODAY)[0].startswith("Nothing is shown yet")
    gates = claim(all_of("discovery"), "rules_known", "definition", done=True, today=date(2026, 11, 1))
    lead, undecided, oldest = gate_words.answer(stands(gates), today=TODAY)
    assert lead == "Definition: 0 of 6 criteria stand, 6 are missing."
    assert undecided == "Every criterion stands, but no decision is recorded: Discovery."
    assert oldest.startswith("Longest missing: Which rules apply has been asked")
    assert oldest.endswith("(1 Nov 2026).")
    late = with_item(gates, "rules_known", "definition", due=date(2026, 11, 20))
    assert gate_words.answer(stands(late), today=TODAY)[-1].startswith("Overdue: Which rules")
    over = gate_words.answer(stands(all_of(*STAGES)), today=TODAY)[0]
    assert over.startswith("All six gates are behind")


def test_a_criterion_that_this_version_does_not_know_stays_on_the_board():
    found = one(Gates(items=(Item(id="from_a_later_version", stage="design"),)), "from_a_later_version")
    assert (found.said, found.stage) == ("from_a_later_version", "design")


def test_a_full_list_stays_as_it_is():
    full = Gates(items=tuple(Item(id=f"r{n}", stage="design") for n in range(1, MOST + 1)))
    assert add(full, "design", "One more", severe=False) == full
    assert with_item(full, "pain_shown", "discovery", done=True) == full
    assert item_of(with_item(full, "r1", "design", done=True), "r1").done


HOSTILE = '=HYPERLINK("http://x") | **b** <b>\n@x'


def hostile():
    gates = add(Gates(), "discovery", HOSTILE, severe=False)
    gates = with_item(gates, "r1", "discovery", waiver=Waiver(reason=HOSTILE, by=HOSTILE), owner=HOSTILE)
    gates = show(gates, "pain_shown", "discovery", replace(LINK, link=HOSTILE, says=HOSTILE), today=TODAY)
    now = frozen(stands(gates).gate("discovery"))
    return decide(gates, "discovery", "stop", now, by=HOSTILE, note=HOSTILE, today=TODAY)


def test_csv_has_a_row_a_criterion_and_nothing_a_spreadsheet_would_calculate():
    found = stands(hostile())
    rows = list(csv.reader(io.StringIO(gates_export.csv(found, today=TODAY), newline="")))
    assert len(rows) == 1 + sum(len(gate.criteria) for gate in found.gates)
    assert {len(row) for row in rows} == {len(gates_export.COLUMNS)}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert rows[-1][:2] == ["distribution", "looked_back"]


def test_markdown_says_all_of_it_as_text():
    text = gates_export.markdown(stands(hostile()), hostile(), product=OWNED, today=TODAY)
    assert text.count("\n## ") == len(STAGES) + 1
    assert "<b>" not in text
    assert "**b**" not in text


def test_the_worked_example_reads_and_is_imperfect():
    raw = yaml.safe_load((content.FOLDER / "governance_example.yaml").read_text(encoding="utf-8"))
    gates, product = msgspec.convert(raw["gates"], Gates), msgspec.convert(raw["product"], Product)
    found = stands(gates, product=product)
    assert found.current == "development"
    assert one(gates, "groups_compared", product=product).standing.reasons == ("threshold",)
    assert [each.id for each in found.gate("definition").since.stale] == ["rules_known"]


waivers = st.builds(Waiver, reason=st.none() | st.text(min_size=1), by=st.none() | st.text(min_size=1))
links = st.builds(Evidence, kind=st.just("link"), added=st.dates(), link=st.none() | st.text(min_size=1))
names = [(name, stage) for stage, text in stage_texts().items() for name in text.criteria]
items = st.lists(
    st.builds(
        lambda where, done, waiver, shown: Item(id=where[0], stage=where[1], done=done, waiver=waiver, evidence=shown),
        st.sampled_from(names),
        st.booleans(),
        st.none() | waivers,
        st.none() | links,
    ),
    max_size=12,
    unique_by=lambda each: each.id,
)


@given(items)
def test_the_order_of_what_was_said_changes_nothing(said):
    forward, back = stands(Gates(items=tuple(said))), stands(Gates(items=tuple(reversed(said))))
    assert forward == back


@given(items)
def test_a_file_gives_back_what_went_into_it(said):
    gates = Gates(items=tuple(said))
    opened = from_json(to_json({"gates": gates}, saved="2026-11-21"))
    assert opened.forms.get("gates", Gates()) == gates
    assert not opened.unread


@given(items)
def test_nothing_stands_without_evidence_or_a_waiver_with_a_reason_and_a_name(said):
    for gate in stands(Gates(items=tuple(said))).gates:
        for each in gate.criteria:
            waiver = each.item.waiver
            assert (each.state != "evidenced") or (each.item.done and each.item.evidence.link)
            assert (each.state != "waived") or (waiver.reason and waiver.by)
        assert (gate.outcome == "not_yet") == bool(gate.missing)


def test_decisions_go_through_a_file():
    gates = hostile()
    assert from_json(to_json({"gates": gates}, saved="2026-11-21")).forms["gates"] == gates
