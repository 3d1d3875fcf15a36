"""What follows from a register: states, the gate, the matrix, tasks, who has how much."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.governance.evidence import Evidence, Result
from aipm.governance.product import Product
from aipm.governance.question_bank import STEPS, Asked, applying, bank
from aipm.governance.register import Item, Register, seeded
from aipm.governance.risk import assess
from aipm.governance.risk_rows import SETTLED, Rating
from aipm.governance.risk_said import gate_said

TODAY = date(2026, 11, 21)
SEVERE, LESSER = "bia_audit", "bia_definition"
LINK = Evidence(kind="link", added=date(2026, 11, 1), link="minutes of 1 November", review_by=date(2027, 1, 1))
AUDIT = Result(
    tool="bias_audit",
    said="No gap.",
    at=datetime(2026, 11, 2, tzinfo=UTC),
    settings="a" * 64,
    data="b" * 64,
    threshold=0.5,
    against=False,
)
TREATED = Item(
    id="r1",
    question=SEVERE,
    answer="no",
    severity=4,
    likelihood=3,
    mitigations=("threshold",),
    done=True,
    residual_severity=2,
    residual_likelihood=2,
    owner="Priya Nair",
    reviewer="Amara Diallo",
    due=date(2027, 1, 1),
    evidence=LINK,
)


def judge(*items, keys=None, latest=None, product=None, today=TODAY):
    asked = {each.question for each in items if each.question} if keys is None else keys
    return assess(
        Register(items=items),
        bank=bank(),
        applies={key: Asked() for key in asked},
        latest=latest or {},
        product=product or Product(),
        today=today,
    )


def one(item, **known):
    (row,) = judge(item, **known).rows
    return row


def yes(evidence=None, **more):
    return Item(id="r1", question=SEVERE, answer="yes", evidence=evidence, **more)


def test_a_tick_without_evidence_is_a_claim_and_holds_the_gate_shut():
    found = judge(yes())
    assert found.rows[0].state == "claimed"
    assert found.gate == "not_ready"
    assert found.blocks["no_fresh_evidence"] == ("r1",)


def test_fresh_evidence_makes_it_evidenced():
    found = judge(yes(LINK, reviewer="Amara Diallo"))
    assert found.rows[0].state == "evidenced"
    assert found.rows[0].problems == ()
    assert found.gate == "ready"


def test_evidence_past_its_day_is_a_claim_again():
    row = one(yes(LINK), today=date(2027, 1, 2))
    assert (row.state, row.problems, row.block) == ("claimed", ("stale",), "no_fresh_evidence")


@pytest.mark.parametrize(
    "changed", [{"data": "c" * 64}, {"settings": "c" * 64}, {"threshold": 0.6}, {"model": "other"}]
)
def test_a_result_is_stale_once_its_tool_says_otherwise(changed):
    evidence = Evidence(kind="result", added=date(2026, 11, 2), result=AUDIT)
    assert one(yes(evidence), latest={"bias_audit": AUDIT}).state == "evidenced"
    assert one(yes(evidence), latest={"bias_audit": replace(AUDIT, **changed)}).state == "claimed"


def test_a_result_is_stale_once_the_product_has_another_threshold():
    evidence = Evidence(kind="result", added=date(2026, 11, 2), result=AUDIT)
    assert one(yes(evidence), product=Product(threshold=0.5)).state == "evidenced"
    assert one(yes(evidence), product=Product(threshold=0.7)).problems[0] == "stale"


def test_an_audit_that_found_a_gap_is_no_evidence():
    evidence = Evidence(kind="result", added=date(2026, 11, 2), result=replace(AUDIT, against=True))
    assert one(yes(evidence)).problems[0] == "failed"
    assert one(yes(evidence)).state == "claimed"


def test_not_sure_makes_a_task_and_never_passes():
    found = judge(Item(id="r1", question=SEVERE, answer="unsure", evidence=LINK))
    assert found.rows[0].state == "unsure"
    assert found.blocks["unsure"] == ("r1",)
    assert [(task.kind, task.owner, task.due) for task in found.tasks] == [("find_out", None, None)]
    assert set(found.rows[0].problems) == {"no_owner", "no_due"}


def test_what_does_not_apply_needs_a_reason():
    assert one(Item(id="r1", question=SEVERE, answer="not_applicable")).problems == ("no_reason",)
    assert one(Item(id="r1", question=SEVERE, answer="not_applicable")).state == "open"
    assert (
        one(Item(id="r1", question=SEVERE, answer="not_applicable", reason="No people in it")).state == "not_applicable"
    )


def test_a_risk_that_is_treated_in_place_and_shown_is_mitigated():
    found = judge(TREATED)
    assert (found.rows[0].state, found.rows[0].problems, found.gate) == ("mitigated", (), "ready")
    assert (found.rows[0].before, found.rows[0].after) == (
        Rating(severity=4, likelihood=3),
        Rating(severity=2, likelihood=2),
    )


@pytest.mark.parametrize(
    ("change", "state", "problem"),
    [
        ({"mitigations": (), "mitigation": None}, "risk_open", "no_mitigation"),
        ({"done": False}, "risk_open", "not_done"),
        ({"residual_severity": None}, "risk_open", "no_residual"),
        ({"residual_severity": 4, "residual_likelihood": 2}, "risk_open", "residual_high"),
        ({"residual_severity": 4, "residual_likelihood": 4}, "risk_open", "residual_above"),
        ({"severity": None}, "risk_open", "unrated"),
        ({"evidence": None}, "claimed", "no_evidence"),
        ({"evidence": replace(LINK, review_by=date(2026, 11, 20))}, "claimed", "stale"),
        ({"reviewer": None}, "mitigated", "no_reviewer"),
    ],
)
def test_what_is_missing_is_named(change, state, problem):
    row = one(replace(TREATED, **change))
    assert row.state == state
    assert problem in row.problems


def test_a_mitigation_in_own_words_counts_as_well():
    assert one(replace(TREATED, mitigations=(), mitigation="Two clerks look")).state == "mitigated"


def accepted(**change):
    item = Item(
        id="r1",
        question=SEVERE,
        answer="no",
        severity=4,
        likelihood=3,
        owner="Priya Nair",
        due=date(2026, 12, 1),
        accepted_by="Ines Moreau",
        accepted_why="Watched every week",
        accepted_until=date(2027, 3, 1),
    )
    return replace(item, **change)


def test_a_risk_can_be_accepted_by_name_with_a_reason_until_a_day():
    assert judge(accepted()).gate == "ready"
    assert one(accepted()).state == "accepted"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"accepted_by": None}, "acceptance_incomplete"),
        ({"accepted_why": None}, "acceptance_incomplete"),
        ({"accepted_until": None}, "acceptance_incomplete"),
        ({"accepted_until": date(2026, 11, 20)}, "acceptance_past"),
        ({"accepted_by": "priya  nair"}, "own_acceptance"),
    ],
)
def test_an_acceptance_that_lacks_something_is_none(change, problem):
    row = one(accepted(**change))
    assert row.state == "risk_open"
    assert problem in row.problems
    assert row.block == "risk_open"


def test_an_acceptance_that_ends_soon_is_to_be_decided_again():
    assert judge(accepted()).tasks == ()
    (task,) = judge(accepted(accepted_until=date(2026, 12, 20))).tasks
    assert (task.kind, task.due, task.overdue) == ("decide_again", date(2026, 12, 20), False)


@pytest.mark.parametrize("reviewer", ["Priya Nair", "priya  NAIR"])
def test_who_owns_a_severe_item_does_not_review_it(reviewer):
    found = judge(replace(TREATED, reviewer=reviewer))
    assert found.blocks["own_reviewer"] == ("r1",)
    assert [task.kind for task in found.tasks] == ["review"]


def test_a_lesser_item_does_not_hold_the_gate_shut():
    found = judge(Item(id="r1", question=LESSER, answer="no"), Item(id="r2", question=LESSER, answer="yes"))
    assert found.rows[0].block is None
    assert found.gate == "ready_with_rest"


def test_a_lesser_question_becomes_severe_where_its_risk_is_grave():
    graver = Item(id="r1", question=LESSER, answer="no", severity=4, likelihood=1)
    assert one(graver).severe
    assert one(replace(graver, severity=3)).severe is False


def test_an_own_risk_counts_like_any_other():
    row = one(Item(id="r1", text="Paper applications are not seen", severe=True, answer="no", severity=2, likelihood=4))
    assert (row.state, row.block) == ("risk_open", "risk_open")


def test_a_question_that_is_asked_counts_as_open_before_it_has_a_row():
    found = judge(keys=(SEVERE, LESSER))
    assert found.gate == "not_begun"
    assert [row.key for row in found.rows] == [SEVERE, LESSER]
    assert found.blocks["unanswered"] == (SEVERE,)
    assert found.tasks == ()


def test_seeding_changes_neither_the_gate_nor_what_is_open():
    applies = applying(bank(), tags=None)
    args = {"bank": bank(), "applies": applies, "latest": {}, "product": Product(), "today": TODAY}
    before, after = assess(Register(), **args), assess(seeded(Register(), tuple(applies)), **args)
    assert (before.gate, before.counts, before.severe) == (after.gate, after.counts, after.severe)
    assert [row.question for row in before.rows] == [row.question for row in after.rows]


def test_an_answer_counts_on_where_its_question_is_no_longer_asked():
    assert judge(yes(), keys=()).gate == "not_ready"
    assert judge(Item(id="r1", question=SEVERE), keys=()).rows == ()


def test_what_was_taken_out_is_listed_and_no_longer_counts():
    gone = yes(removed="Doubled")
    found = judge(gone)
    assert found.rows == ()
    assert found.removed == (gone,)


def test_the_gravest_comes_first():
    applies = applying(bank(), tags=None)
    rows = assess(Register(), bank=bank(), applies=applies, latest={}, product=Product(), today=TODAY).rows
    severe = [row.severe for row in rows]
    assert severe == sorted(severe, reverse=True)
    scores = [row.question.severity * row.question.likelihood for row in rows if row.severe]
    assert scores == sorted(scores, reverse=True)


def test_the_matrix_counts_each_risk_before_and_after():
    other = replace(TREATED, id="r2", question=LESSER, severity=4, likelihood=3, residual_severity=None)
    found = judge(TREATED, other)
    assert found.before == {(4, 3): ("r1", "r2")}
    assert found.after == {(2, 2): ("r1",), (4, 3): ("r2",)}  # where nothing is said of what is left, it is as before


def test_tasks_come_by_day_and_what_is_late_says_so():
    found = judge(
        Item(id="r1", question=SEVERE, answer="unsure", owner="B"),
        Item(id="r2", question=LESSER, answer="unsure", owner="A", due=date(2026, 12, 1)),
        Item(id="r3", question="rel_drift", answer="no", owner="b ", due=date(2026, 11, 20)),
        Item(id="r4", question="rel_cost", due=TODAY),
    )
    assert [(task.row.key, task.kind, task.overdue) for task in found.tasks] == [
        ("r3", "treat", True),
        ("r4", "answer", False),
        ("r2", "find_out", False),
        ("r1", "find_out", False),
    ]
    assert found.overdue == 1
    assert [(load.owner, load.tasks, load.overdue) for load in found.loads] == [("b ", 2, 1), ("A", 1, 0), (None, 1, 0)]


def test_what_is_settled_is_not_late():
    assert one(replace(TREATED, due=date(2026, 1, 1))).overdue is False


def test_the_gate_says_what_is_in_the_way():
    found = judge(yes(), Item(id="r2", question="rel_drift", answer="unsure"), keys=(SEVERE, "rel_drift", "rel_cost"))
    said = gate_said(found, bank=bank(), asked=3)
    assert said.startswith("3 of 3 severe items are not settled")
    for part in ("1 not answered", "1 answered with", "1 without fresh evidence"):
        assert part in said
    alone = judge(yes())
    assert gate_said(alone, bank=bank(), asked=1) == "1 of 1 severe items is not settled: 1 without fresh evidence."


NAMES = st.sampled_from([None, "Ines Moreau", "ines moreau", "Wei Chen"])
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
ITEMS = st.builds(
    Item,
    id=st.just("r1"),
    question=st.sampled_from([SEVERE, LESSER, "gone_by_now", None]),
    text=st.sampled_from([None, "Own"]),
    severe=st.sampled_from([None, True, False]),
    answer=st.sampled_from([None, "yes", "no", "unsure", "not_applicable"]),
    reason=st.sampled_from([None, "Because"]),
    severity=st.sampled_from([None, *STEPS]),
    likelihood=st.sampled_from([None, *STEPS]),
    mitigations=st.sampled_from([(), ("threshold",)]),
    done=st.booleans(),
    residual_severity=st.sampled_from([None, *STEPS]),
    residual_likelihood=st.sampled_from([None, *STEPS]),
    owner=NAMES,
    reviewer=NAMES,
    due=DAYS,
    evidence=st.sampled_from([None, LINK, replace(LINK, review_by=date(2026, 1, 1))]),
    accepted_by=NAMES,
    accepted_why=st.sampled_from([None, "Because"]),
    accepted_until=DAYS,
)


@given(item=ITEMS)
def test_whatever_is_filled_in_the_states_hold_together(item):
    found = judge(item, keys=())
    if item.question == "gone_by_now" and item.answer is None:
        return
    for row in found.rows:
        assert sum(found.counts.values()) == len(found.rows)
        assert row.block is None or row.severe
        if row.severe and row.state not in SETTLED:
            assert row.block is not None
            assert found.gate in ("not_ready", "not_begun")
        if row.state in ("evidenced", "mitigated"):
            assert row.standing.freshness == "fresh"
        if row.state == "mitigated":
            assert row.after.level != "high"
        if item.answer == "unsure":
            assert row.state == "unsure"


@given(item=ITEMS)
def test_without_evidence_nothing_is_better_off(item):
    with_it, without = judge(item, keys=()), judge(replace(item, evidence=None), keys=())
    for more, less in zip(with_it.rows, without.rows, strict=True):
        assert (less.block is None) <= (more.block is None)


@given(item=ITEMS, later=st.integers(1, 400))
def test_time_alone_settles_nothing(item, later):
    now = judge(item, keys=())
    then = judge(item, keys=(), today=date.fromordinal(TODAY.toordinal() + later))
    for before, after in zip(now.rows, then.rows, strict=True):
        assert before.state in SETTLED or after.state not in SETTLED
