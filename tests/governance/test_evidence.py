"""Evidence: what makes it stale, what makes it fail, and what it is held against."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.governance.evidence import Evidence, Result, Standing, mark, plain, standing
from aipm.governance.product import Product

TODAY = date(2026, 11, 21)
AUDIT = Result(
    tool="bias_audit",
    said="No gap beyond the tolerance in any of 4 questions.",
    at=datetime(2026, 10, 22, 8, tzinfo=UTC),
    settings="a" * 64,
    data="b" * 64,
    model="Trees 2.3",
    threshold=0.62,
    against=False,
)
LIVE = Product(model="Trees 2.3", threshold=0.62)


def of(result=AUDIT, **parts):
    return Evidence(kind="result", added=date(2026, 10, 22), result=result, **parts)


def stands(evidence, *, latest=AUDIT, product=LIVE, today=TODAY):
    known = {} if latest is None else {latest.tool: latest}
    return standing(evidence, latest=known, product=product, today=today)


def test_nothing_is_missing_and_so_is_a_kind_without_its_substance():
    for each in (None, Evidence(kind="link", added=TODAY), Evidence(kind="file", added=TODAY, file_name="plan.pdf")):
        assert stands(each) == Standing(freshness="missing", reasons=("nothing",))


def test_the_same_question_on_the_same_data_is_fresh():
    assert stands(of()) == Standing(freshness="fresh", compared=True)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"data": "c" * 64}, "data"),
        ({"settings": "c" * 64}, "settings"),
        ({"model": "Trees 2.4"}, "model"),
        ({"threshold": 0.58}, "threshold"),
    ],
)
def test_it_is_stale_once_its_tool_rests_on_something_else(changed, reason):
    found = stands(of(), latest=replace(AUDIT, **changed), product=Product())
    assert found == Standing(freshness="stale", reasons=(reason,), compared=True)


def test_it_is_stale_where_another_threshold_is_to_go_live():
    found = stands(of(), product=replace(LIVE, threshold=0.7))
    assert (found.freshness, found.reasons) == ("stale", ("threshold",))


def test_several_reasons_are_named_once_each():
    found = stands(
        of(review_by=date(2026, 11, 20)),
        latest=replace(AUDIT, threshold=0.7, data="c" * 64),
        product=replace(LIVE, threshold=0.7),
    )
    assert found.reasons == ("data", "threshold", "review")


def test_a_name_written_otherwise_is_no_other_model():
    assert stands(of(), product=replace(LIVE, model=" trees  2.3 ")).freshness == "fresh"


def test_the_day_of_review_still_counts_and_the_next_does_not():
    link = Evidence(kind="link", added=TODAY, link="Shared folder", review_by=TODAY)
    assert stands(link).freshness == "fresh"
    assert stands(link, today=date(2026, 11, 22)).reasons == ("review",)


def test_a_failed_audit_is_no_evidence():
    failed = replace(AUDIT, against=True)
    assert stands(of(failed), latest=failed) == Standing(freshness="failed", reasons=("spoke_against",), compared=True)


def test_a_failed_audit_on_other_data_is_stale_first():
    assert stands(of(replace(AUDIT, against=True)), latest=replace(AUDIT, data="c" * 64)).freshness == "stale"


def test_without_anything_to_hold_it_against_it_says_so():
    assert stands(of(), latest=None, product=Product()) == Standing(freshness="fresh", compared=False)
    assert not stands(Evidence(kind="link", added=TODAY, link="here")).compared


def test_another_tool_s_answer_says_nothing_about_it():
    other = replace(AUDIT, tool="data_prep", data="c" * 64)
    assert stands(of(), latest=other, product=Product()) == Standing(freshness="fresh", compared=False)


def test_which_approach_and_which_model_are_two_questions():
    approach = replace(AUDIT, tool="model_scorer.approach", model=None, threshold=None)
    model = replace(approach, tool="model_scorer", model="some-model", settings="d" * 64)
    assert stands(of(approach), latest=model).freshness == "fresh"


digests = st.text("0123456789abcdef", min_size=64, max_size=64)
results = st.builds(
    Result,
    tool=st.just("bias_audit"),
    said=st.text(max_size=20),
    at=st.just(AUDIT.at),
    settings=digests,
    data=st.none() | digests,
    model=st.none() | st.sampled_from(["Trees 2.3", "Trees 2.4"]),
    threshold=st.none() | st.sampled_from([0.5, 0.62]),
    against=st.none() | st.booleans(),
)


@given(found=results, latest=results)
def test_equal_fingerprints_are_what_fresh_means_where_a_later_result_is_known(found, latest):
    same = stands(of(found), latest=latest, product=Product())
    assert (same.freshness != "stale") == (found.fingerprint == latest.fingerprint)


@given(found=results)
def test_a_result_is_never_stale_beside_itself(found):
    assert stands(of(found), latest=found, product=Product()).freshness == ("failed" if found.against else "fresh")


def test_the_sentence_and_the_time_are_not_in_the_fingerprint():
    later = replace(AUDIT, said="Other words", at=datetime(2026, 11, 1, tzinfo=UTC), data_name="renamed.csv")
    assert later.fingerprint == AUDIT.fingerprint
    assert len(AUDIT.fingerprint) == 12


def test_what_each_kind_can_be_known_by_again():
    assert mark(of()) == AUDIT.fingerprint
    assert mark(Evidence(kind="file", added=TODAY, file_sha256="e" * 64)) == "e" * 12
    assert mark(Evidence(kind="link", added=TODAY, link="here")) is None


@pytest.mark.parametrize("written", ["Ines Moreau", "ines moreau", "  Ines   Moreau ", "Ｉnes Moreau"])
def test_a_person_is_the_same_however_the_name_is_written(written):
    assert plain(written) == "ines moreau"
