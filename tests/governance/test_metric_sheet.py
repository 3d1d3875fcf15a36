"""The metric sheet: what is missing on it, errors of numbers, and the way into the file and back."""

from datetime import date
from math import sqrt

import pytest

from aipm.governance.forms import from_json, to_json
from aipm.governance.metric_sheet import Amount, CostMatrix, Measure, MetricSheet, Settled, gaps, number_errors

TODAY = date(2026, 11, 21)
ONE = Amount(likely=1.0)
SETTLED = Settled(
    threshold=0.62, day=date(2026, 11, 2), cases=10, share_of_yes=0.4, counts=(3, 2, 1, 4), cost=700.0, least=600.0
)
FULL = MetricSheet(
    offline=Measure(name="Precision", target="90%", how="last quarter"),
    online=Measure(name="Decided the same day", target="55%", how="desk log"),
    guardrail=Measure(name="Complaints", floor="3 per 1,000", how="weekly"),
    costs=CostMatrix(false_no=Amount(likely=9)),
    share_of_yes=0.4,
    settled=SETTLED,
)


def changed(**parts):
    from dataclasses import replace

    return replace(FULL, **parts)


def test_a_full_sheet_has_no_gaps_and_an_empty_one_asks_for_the_first_thing_only():
    assert gaps(FULL, today=TODAY, product_threshold=0.62, sample_share=0.3) == ()
    assert gaps(MetricSheet(), today=TODAY) == ("nothing",)


@pytest.mark.parametrize(
    ("sheet", "gap"),
    [
        (changed(guardrail=Measure()), "guardrail"),
        (changed(online=Measure()), "online"),
        (changed(offline=Measure()), "offline"),
        (changed(guardrail=Measure(name="Complaints", how="weekly")), "guardrail_floor"),
        (changed(online=Measure(name="Decided", how="log")), "target"),
        (changed(online=Measure(name="Decided", target="55%")), "how"),
        (changed(online=Measure(name=" precision", target="9", how="x")), "same"),
        (changed(offline=Measure(name="Log-loss", target="9", how="x")), "loss"),
        (changed(offline=Measure(name="Accuracy", target="9", how="x"), share_of_yes=0.03), "accuracy_rare"),
        (changed(offline=Measure(name="MSE of image", target="9", how="x")), "image_mse"),
        (changed(offline=Measure(name="Perplexity", target="9", how="x")), "perplexity"),
        (changed(costs=CostMatrix()), "costs_example"),
        (changed(share_of_yes=None), "share_unknown"),
        (changed(share_of_yes=0.05), "share_far"),
        (changed(settled=None), "not_settled"),
    ],
)
def test_each_gap_is_seen(sheet, gap):
    assert gap in gaps(sheet, today=TODAY, product_threshold=0.62, sample_share=0.3)


def test_a_threshold_that_is_old_or_not_the_products_is_said():
    assert gaps(FULL, today=TODAY, product_threshold=0.5) == ("product_differs",)
    assert gaps(FULL, today=date(2027, 6, 1), product_threshold=0.62) == ("old",)


def test_a_product_that_answers_with_a_number_is_not_asked_for_a_threshold():
    sheet = changed(answer="number", costs=CostMatrix(), share_of_yes=None, settled=None)
    assert gaps(sheet, today=TODAY) == ()


def test_errors_of_numbers_by_hand():
    found = number_errors("2; -4 −1\n5, words inf", too_high=Amount(likely=1, high=2), too_low=Amount(likely=3))
    assert found is not None
    assert (found.cases, found.unread) == (4, 2)
    assert found.mae == 3
    assert found.mse == pytest.approx((4 + 16 + 1 + 25) / 4)
    assert found.rmse == pytest.approx(sqrt(46 / 4))
    assert found.lean == pytest.approx(0.5)
    assert found.cost == pytest.approx((7 * 1 + 5 * 3) / 4)
    assert found.cost_ranges == pytest.approx(((7 + 15) / 4, (14 + 15) / 4))


def test_without_a_number_there_is_nothing_to_say():
    assert number_errors("none yet", too_high=ONE, too_low=ONE) is None


def test_where_a_wrong_answer_is_not_dearer_no_chance_breaks_even():
    assert CostMatrix(false_yes=Amount(likely=0)).breaks_even is None
    assert CostMatrix().breaks_even == pytest.approx(1 / 6)


def test_the_sheet_comes_back_from_its_file():
    opened = from_json(to_json({"metrics": FULL}, saved="now"))
    assert opened.forms["metrics"] == FULL
    assert not opened.unread


def test_a_field_that_does_not_fit_is_kept_aside():
    data = to_json({"metrics": FULL}, saved="now").replace(
        b'"share_of_yes": 0.4,\n   "volume"', b'"share_of_yes": 7,\n   "volume"'
    )
    opened = from_json(data)
    assert opened.unread == {"metrics.share_of_yes": 7}
    assert opened.forms["metrics"].offline == FULL.offline
