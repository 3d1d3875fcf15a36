"""From a workload to money: sums that can be checked by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.selection.assumptions import cost_texts
from aipm.selection.catalogue import model, models
from aipm.selection.cost import COUNTED, HOURS_PER_MONTH, Estimate, Workload, cost, later, usage_of
from aipm.selection.hosting import (
    Hosting,
    against_api,
    break_even,
    break_even_by_people,
    hosting_cost,
    staircase,
    suggested_hosting,
    usd_per_million_tokens,
)
from aipm.selection.offers import CRITERIA, candidates
from aipm.selection.rates import newest_rule
from aipm.tables import Refusal

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def number(likely, low=None, high=None):
    low, high = (None if each is None else Decimal(each) for each in (low, high))
    return Estimate(likely=Decimal(likely), low=low, high=high)


def workload(requests="1000", **more):
    more = {"input_tokens": number("1000"), "output_tokens": number("500")} | more
    return Workload(requests=number(requests), **more)


def test_a_month_by_hand():
    # GPT-6.1 Terra: $1 in, $5 out a million. 1,000 in and 500 out: 0.001 + 0.0025 = 0.0035 a request.
    found = cost(model("gpt-6.1-terra"), workload(users=Decimal(50)), at=NOON)
    assert found.per_request.likely == Decimal("0.0035")
    assert found.per_1000_requests.likely == Decimal("3.5")
    assert found.monthly.likely == Decimal("3.5")
    assert found.per_user.likely == Decimal("0.07")
    assert found.whole.likely == Decimal(42)
    assert (found.currency, found.as_of) == ("USD", NOON)


def test_requests_a_day_make_a_month_of_730_hours():
    found = cost(model("gpt-6.1-terra"), workload("24", period="day"), at=NOON)
    assert found.monthly.likely == Decimal("0.0035") * 730


def test_cached_and_hidden_tokens():
    # Half of the prompt from the cache at $0.05, and as much hidden thinking as there is answer.
    asked = workload(cached_share=Decimal("0.5"), reasoning_share=Decimal("0.5"))
    found = cost(model("gpt-6.1-terra"), asked, at=NOON)
    assert found.per_request.likely == Decimal("0.0005") + Decimal("0.000025") + Decimal("0.005")
    quiet = cost(
        model("gpt-4.1-mini"), asked, at=NOON
    )  # does not think: 500 tokens at $1.6, 500 + 500 at $0.4 and $0.1
    assert quiet.per_request.likely == Decimal("0.0008") + Decimal("0.0002") + Decimal("0.00005")


def test_low_and_high_are_the_corners():
    asked = Workload(
        requests=number("1000", "500", "2000"),
        input_tokens=number("1000", "800", "1200"),
        output_tokens=number("500", "100", "1000"),
    )
    found = cost(model("gpt-6.1-terra"), asked, at=NOON)
    assert found.monthly.bounds == (Decimal("0.65"), Decimal("12.4"))  # 500 x 0.0013, 2,000 x 0.0062


def test_counted_tokens_get_the_range_of_other_tokenizers():
    own, claude = (cost(model(name), workload(counted=True), at=NOON) for name in ("gpt-6.1-terra", "claude-haiku-4.5"))
    assert own.monthly.bounds == (Decimal("3.5"), Decimal("3.5"))
    assert claude.monthly.bounds == (Decimal("3.5"), Decimal("5.25"))
    assert claude.cautions


def test_dear_hours_give_a_range_or_a_share():
    # $0.15 and $0.60 a million for 17 hours, twice that for 7: 0.00045 and 0.0009 a request.
    flash = model("deepseek-v4.1-flash")
    even = cost(flash, workload(), at=NOON).per_request
    assert even.bounds == (Decimal("0.00045"), Decimal("0.0009"))
    assert float(even.likely) == pytest.approx((17 * 0.00045 + 7 * 0.0009) / 24)
    busy = cost(flash, workload(busy_share=Decimal("0.8")), at=NOON).per_request
    assert busy.bounds == (busy.likely, busy.likely) == (Decimal("0.00081"), Decimal("0.00081"))


def test_months_follow_growth_and_known_changes():
    # Gemini 3.8 Flash: $0.75 and $3.75, twice that from 2027-01-01. 0.75 + 1.875 = 2.625 for 1,000 requests.
    found = cost(model("gemini-3.8-flash"), workload(growth_per_month=Decimal("0.1"), months=3), at=NOON)
    assert [month.start for month in found.months] == [date(2026, 11, 20), date(2026, 12, 20), date(2027, 1, 20)]
    first, second, third = (month.usd.likely for month in found.months)
    assert first == Decimal("2.625")
    assert float(second) == pytest.approx(1.1 * 2.625 * (12 + 19 * 2) / 31)  # 12 days at the old price, 19 at the new
    assert float(third) == pytest.approx(1.21 * 5.25)
    assert [month.requests.likely for month in found.months] == [1000, 1100, 1210]
    assert found.whole.likely == first + second + third
    assert found.changes[0].day == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 11, 20), 2, date(2027, 1, 20)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
    ],
)
def test_later_months(start, months, expected):
    assert later(start, months) == expected


@pytest.mark.parametrize(
    ("which", "asked", "usd"),
    [
        ("text-embedding-3-large", {}, "0.13"),  # the answer costs nothing: there is none
        ("flux-1.1-pro", {"images": Decimal(2)}, "80"),
        ("gpt-transcribe", {"audio_seconds": Decimal(60)}, "4.5"),
        ("eleven-v4", {"characters": Decimal(500)}, "40"),
        ("veo-3.1", {"video_seconds": Decimal(5)}, "2000"),
        ("gpt-realtime-2", {}, "64"),  # spoken: $32 in, $64 out a million
    ],
)
def test_every_kind_is_charged_by_what_it_is_sold_by(which, asked, usd):
    assert cost(model(which), workload(**asked), at=NOON).per_1000_requests.likely == Decimal(usd)


def test_a_model_sold_by_something_else_has_no_price_and_not_a_price_of_nothing():
    found = cost(model("flux-1.1-pro"), workload(), at=NOON)
    assert (found.status, found.monthly, found.months) == ("no_usage", None, ())
    spoken = cost(model("gemini-3.8-flash-tts"), workload(characters=Decimal(100)), at=NOON)
    assert (spoken.status, spoken.unpriced, spoken.per_request) == ("unpriced_unit", ("characters",), None)


def test_batch_halves_the_bill_where_it_is_offered():
    found = cost(model("claude-haiku-4.5"), workload(batch=True), at=NOON)
    assert (found.monthly.likely, found.batch) == (Decimal("1.75"), "applied")
    assert cost(model("grok-4.7"), workload(batch=True), at=NOON).batch == "not_offered"


@pytest.mark.parametrize(
    "wrong",
    [
        {"cached_share": Decimal("1.1")},
        {"reasoning_share": Decimal(1)},
        {"growth_per_month": Decimal(-1)},
        {"months": 0},
        {"peak_factor": Decimal("0.9")},
        {"input_tokens": number("1e16")},
        {"users": Decimal(0)},
        {"images": Decimal(-1)},
    ],
)
def test_an_impossible_workload_is_refused(wrong):
    with pytest.raises(Refusal) as refusal:
        workload(**wrong)
    assert refusal.value.code == "workload"


@pytest.mark.parametrize("wrong", [("-1",), ("5", "6"), ("5", "1", "4"), ("NaN",), ("1e41",), ("1", "NaN")])
def test_an_impossible_estimate_is_refused(wrong):
    with pytest.raises(Refusal):
        number(*wrong)


def test_a_workload_survives_plain_data():
    asked = workload(counted=True, cached_share=Decimal("0.3"), busy_share=Decimal("0.5"), users=Decimal(7))
    assert Workload.from_plain(asked.to_plain()) == asked
    with pytest.raises(Refusal):
        Workload.from_plain({"requests": "many"})
    with pytest.raises(Refusal):
        Workload.from_plain({"requests": {"likely": "1"}, "cached_share": "2"})


amounts = st.decimals(0, 1_000_000, places=3)
shares = st.decimals(0, 1, places=3)


@given(
    which=st.sampled_from(models()),
    requests=amounts,
    prompt=amounts,
    answer=amounts,
    cached=shares,
    hidden=st.decimals(0, "0.99", places=3),
    counted=st.booleans(),
    batch=st.booleans(),
)
def test_laws_of_the_bill(which, requests, prompt, answer, cached, hidden, counted, batch):
    asked = Workload(
        requests=Estimate(likely=requests),
        input_tokens=Estimate(likely=prompt),
        output_tokens=Estimate(likely=answer),
        cached_share=cached,
        reasoning_share=hidden,
        counted=counted,
        batch=batch,
        months=2,
    )
    found = cost(which, asked, at=NOON)
    if found.status != "ok":
        assert found.monthly is None
        return
    low, high = found.per_request.bounds
    assert 0 <= low <= found.per_request.likely <= high
    dearer = cost(
        which, Workload.from_plain({**asked.to_plain(), "input_tokens": {"likely": str(prompt + 1)}}), at=NOON
    )
    assert dearer.per_request.likely >= found.per_request.likely
    assert usage_of(which, asked, "low").input_tokens <= usage_of(which, asked, "high").input_tokens


def test_every_kind_of_model_says_what_it_is_charged_by():
    # A workload with that alone has a price for nearly all of them, and without it none has.
    units = {"images": Decimal(1), "audio_seconds": Decimal(60), "video_seconds": Decimal(5), "characters": Decimal(9)}
    for each in models():
        counted = COUNTED.get(each.kind, ("input_tokens", "output_tokens"))
        given = {unit: units[unit] for unit in counted if unit in units}
        tokens = {} if "input_tokens" in counted else {"input_tokens": number("0"), "output_tokens": number("0")}
        assert cost(each, workload(**tokens, **given), at=NOON).status != "no_usage"
        without = {"input_tokens": number("0"), "output_tokens": number("0")} if not given else {}
        assert cost(each, workload(**without), at=NOON).status == "no_usage"


def test_no_requests_cost_nothing_and_the_price_of_one_is_still_known():
    found = cost(model("gpt-6.1-terra"), workload("0"), at=NOON)
    assert (found.status, found.monthly.likely, found.whole.likely) == ("ok", 0, 0)
    assert found.per_1000_requests.likely == Decimal("3.5")


def test_the_most_that_can_be_typed_is_still_a_sum():
    # 10^12 requests of 10^12 tokens in at $1 a million: 10^18 dollars a month, doubled every month.
    vast = Workload(requests=number("1e12"), input_tokens=number("1e12"), growth_per_month=Decimal(1), months=60)
    found = cost(model("gpt-6.1-terra"), vast, at=NOON)
    price = found.per_request.likely / Decimal("1e12") * 1_000_000
    assert found.monthly.likely == Decimal("1e24") * price / 1_000_000
    assert found.whole.likely.is_finite()


def test_the_busiest_hour():
    # 7,300 requests a month are 10 an hour; three times that at the peak.
    assert workload("7300", peak_factor=Decimal(3)).busiest_hour == 30
    assert workload("10", period="day").busiest_hour == Decimal(10) * Decimal(730) / 24 / HOURS_PER_MONTH


@pytest.mark.parametrize("which", ["gpt-6.1-terra", "claude-haiku-4.5", "gemini-2.5-pro", "deepseek-v4-pro"])
@pytest.mark.parametrize(("prompt", "cached", "answer"), [(1_500, 0, 400), (10_000, 9_000, 2_000), (300_000, 0, 50)])
def test_the_bill_is_what_the_price_package_says(which, prompt, cached, answer):
    from genai_prices import Usage, calc_price

    found = model(which)
    provider, name = found.genai_id.split("/", 1)
    usage = Usage(input_tokens=prompt, cache_read_tokens=cached, output_tokens=answer)
    hours = [
        calc_price(
            usage, name, provider_id=provider, genai_request_timestamp=NOON.replace(hour=hour, minute=30)
        ).total_price
        for hour in range(24)
    ]
    asked = workload(
        input_tokens=number(str(prompt)),
        output_tokens=number(str(answer)),
        cached_share=Decimal(cached) / prompt,
    )
    bill = cost(found, asked, at=NOON)
    assert bill.per_request.bounds == (min(hours), max(hours))
    assert float(bill.per_request.likely) == pytest.approx(float(sum(hours)) / 24)
    assert float(bill.monthly.likely) == pytest.approx(float(sum(hours)) / 24 * 1000)


def test_the_newest_dated_price_says_how_fresh_the_package_is():
    # Gemini 3.8 Flash is known to change on 2027-01-01: a rule of that day counts from then on, and not before.
    assert newest_rule(until=date(2026, 12, 31)) < date(2027, 1, 1) <= newest_rule(until=date(2027, 1, 1))
    assert newest_rule(until=date(1990, 1, 1)) is None


def test_money_is_decimal_everywhere():
    asked = workload(users=Decimal(3), growth_per_month=Decimal("0.07"), counted=True)
    found = cost(model("deepseek-v4.1-flash"), asked, at=NOON)
    every = [found.per_request, found.per_1000_requests, found.monthly, found.per_user, found.whole]
    every += [month.usd for month in found.months]
    assert {type(value) for each in every for value in (each.low, each.likely, each.high)} == {Decimal}


# own machines


def hosting(**more):
    given = {"gpu_usd_per_hour": number("2.5"), "tokens_per_second": Decimal(700), "utilisation": Decimal(1)}
    return Hosting(**(given | more))


@pytest.mark.parametrize(("utilisation", "usd"), [("1", 0.99), ("0.5", 1.98), ("0.1", 9.92)])
def test_the_published_check_of_a_million_tokens(utilisation, usd):
    # dreaming.press/posts/self-hosting-llm-inference-vs-api-cost.html: $2.50 an hour at 700 tokens a second
    found = usd_per_million_tokens(
        gpu_usd_per_hour=Decimal("2.5"), tokens_per_second=Decimal(700), utilisation=Decimal(utilisation)
    )
    assert float(found) == pytest.approx(usd, abs=0.005)


def test_a_machine_at_full_load_costs_the_published_price():
    one = hosting()
    found = hosting_cost(one, tokens_per_month=one.tokens_per_replica)
    assert (found.gpus, found.used) == (1, 1)
    assert float(found.usd_per_million_tokens.likely) == pytest.approx(0.992, abs=0.0005)


def test_machines_come_whole():
    # 700 tokens/s x 2,628,000 s = 1,839,600,000 tokens a month; $2.50 x 730 = $1,825.
    found = [hosting_cost(hosting(), tokens_per_month=Decimal(tokens)) for tokens in (0, 1_839_600_000, 1_839_600_001)]
    assert [each.gpus for each in found] == [1, 1, 2]
    assert [each.monthly.likely for each in found] == [1825, 1825, 3650]
    assert found[0].usd_per_million_tokens is None


def test_redundancy_peaks_headroom_and_people_cost():
    # Half load and a peak of twice the average: a quarter of 1,839.6 million a replica. Four GPUs each, one stands by.
    made = hosting(
        gpu_usd_per_hour=number("2.5", "2", "4"),
        utilisation=Decimal("0.5"),
        peak_factor=Decimal(2),
        gpus_per_replica=4,
        redundancy=1,
        ops_usd_per_month=Decimal(1000),
    )
    assert made.tokens_per_replica == Decimal(459_900_000)
    found = hosting_cost(made, tokens_per_month=Decimal(900_000_000))
    assert (found.replicas, found.gpus) == (3, 12)
    assert found.monthly.likely == 12 * Decimal(1825) + 1000
    assert found.monthly.bounds == (12 * 2 * 730 + 1000, 12 * 4 * 730 + 1000)


def test_break_even_by_hand():
    # At $1.20 a million, a full machine saves 2,207.52 - 1,825 = 382.52: the first pays from 1825 / 1.2 million on, a
    # second only when it is nearly full; with five machines, a sixth may always come.
    found = break_even(hosting(), usd_per_million_tokens=Decimal("1.2"))
    assert float(found.first) == pytest.approx(1825 / 1.2e-6)
    assert float(found.settled) == pytest.approx(5 * 1825 / 1.2e-6)


def test_an_api_cheaper_than_a_full_machine_is_never_beaten():
    found = break_even(hosting(), usd_per_million_tokens=Decimal("0.9"))
    assert (found.first, found.settled) == (None, None)
    assert break_even(hosting(), usd_per_million_tokens=Decimal(0)).first is None


@given(
    price=st.decimals("0.05", 100, places=2),
    speed=st.integers(10, 5000),
    redundancy=st.integers(0, 3),
    ops=st.integers(0, 20_000),
    utilisation=st.decimals("0.05", 1, places=2),
    part=st.floats(0.01, 0.99),
)
def test_break_even_is_where_the_staircase_meets_the_line(price, speed, redundancy, ops, utilisation, part):
    made = hosting(
        tokens_per_second=Decimal(speed), redundancy=redundancy, ops_usd_per_month=Decimal(ops), utilisation=utilisation
    )
    found = break_even(made, usd_per_million_tokens=price)

    def saved(tokens):
        return price * tokens / 1_000_000 - hosting_cost(made, tokens_per_month=tokens).monthly.likely

    if found.first is None:
        assert saved(made.tokens_per_replica * 1000) < 0
        return
    assert found.first <= found.settled
    for meeting in (found.first, found.settled):  # from just below, where no further machine is needed yet
        assert -Decimal("0.01") < saved(meeting * (1 - Decimal("1e-15"))) < 0
    assert saved(found.first * Decimal(part)) < 0
    assert saved(found.settled * (1 + Decimal(part))) >= 0


def test_what_people_may_cost_by_hand():
    # 1,000,000 requests at $3.50 a thousand against one machine at $1,825: $1,675 are left for people and the rest.
    bill = cost(model("gpt-6.1-terra"), workload("1000000"), at=NOON)
    alone = against_api(bill, workload("1000000"), hosting())
    assert (alone.machines_usd, alone.left_for_people) == (1825, 1675)
    for people, pays in ((Decimal(1674), True), (Decimal(1676), False)):
        found = against_api(bill, workload("1000000"), hosting(ops_usd_per_month=people))
        assert (found.machines_usd, found.left_for_people) == (1825, 1675)
        assert (found.own.monthly.likely < found.api.likely) is pays
    few = against_api(cost(model("gpt-6.1-terra"), workload("1000"), at=NOON), workload("1000"), hosting())
    assert few.left_for_people == Decimal("3.5") - 1825


def test_the_dearer_people_are_the_more_it_takes():
    # $2 a million; a full machine carries 1,839.6 million: 1,825 / 2 = 912.5 million without people. With $10,000 it
    # takes n with 2 x 1,839.6 n >= 1,825 n + 10,000: six machines, (6 x 1,825 + 10,000) / 2 = 10,475 million.
    steps = (Decimal(0), Decimal(10_000))
    found = break_even_by_people(hosting(), usd_per_million_tokens=Decimal(2), steps=steps)
    assert [(people, even.first) for people, even in found] == [(0, 912_500_000), (10_000, 10_475_000_000)]


def test_the_staircase_by_hand():
    # A replica of two GPUs at $2 an hour: 2 x 2 x 730 = $2,920; it carries 1,000 x 0.5 x 2,628,000 / 2 = 657 million
    # tokens at a peak of twice the average. One stands by, people cost $500.
    made = hosting(
        gpu_usd_per_hour=number("2"),
        tokens_per_second=Decimal(1000),
        gpus_per_replica=2,
        utilisation=Decimal("0.5"),
        peak_factor=Decimal(2),
        redundancy=1,
        ops_usd_per_month=Decimal(500),
    )
    steps = staircase(made, tokens_per_month=Decimal(1_500_000_000))
    assert [(step.tokens, step.gpus, step.monthly.likely) for step in steps] == [
        (657_000_000, 4, 2 * 2920 + 500),
        (1_314_000_000, 6, 3 * 2920 + 500),
        (1_971_000_000, 8, 4 * 2920 + 500),
    ]
    assert hosting_cost(made, tokens_per_month=Decimal(1_314_000_001)).monthly == steps[2].monthly


def test_the_staircase_has_a_step_for_each_machine_and_ends():
    steps = staircase(hosting(), tokens_per_month=Decimal(5 * 10**9))
    assert [step.gpus for step in steps] == [1, 2, 3]
    assert [step.monthly.likely for step in steps] == [1825, 3650, 5475]
    assert len(staircase(hosting(), tokens_per_month=Decimal(10**15))) == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"utilisation": Decimal(0)},
        {"utilisation": Decimal("1.1")},
        {"peak_factor": Decimal("0.5")},
        {"tokens_per_second": Decimal(0)},
        {"gpus_per_replica": 0},
        {"redundancy": -1},
        {"gpu_usd_per_hour": number("0")},
        {"ops_usd_per_month": Decimal(-1)},
    ],
)
def test_impossible_machines_are_refused(wrong):
    with pytest.raises(Refusal) as refusal:
        hosting(**wrong)
    assert refusal.value.code == "hosting"


def test_an_api_and_own_machines_side_by_side():
    # 1,000,000 requests of 1,500 tokens at $3.50 a thousand: $3,500, or $2.333 a million tokens; one machine: $1,825.
    asked = workload("1000000")
    found = against_api(cost(model("gpt-6.1-terra"), asked, at=NOON), asked, hosting())
    assert found.tokens_per_month == 1_500_000_000
    assert float(found.api_usd_per_million_tokens) == pytest.approx(7 / 3)
    assert (found.api.likely, found.own.monthly.likely) == (3500, 1825)
    assert float(found.break_even.first) == pytest.approx(1825 / (7 / 3) * 1e6)
    assert float(found.break_even_requests) == pytest.approx(1825 / 0.0035)


def test_nothing_to_compare_is_refused():
    asked = workload(images=Decimal(1))
    with pytest.raises(Refusal):
        against_api(cost(model("flux-1.1-pro"), asked, at=NOON), asked, hosting())
    with pytest.raises(Refusal):
        against_api(cost(model("openai/none") or model("nova-3"), asked, at=NOON), asked, hosting())


def test_suggested_machines_come_from_the_content_with_their_source():
    assert suggested_hosting().gpu_usd_per_hour.bounds == (2, 4)
    assert Decimal(cost_texts().hosting.hours_per_month) == HOURS_PER_MONTH
    assert cost_texts().hosting.cautions
    assert Hosting.from_plain(suggested_hosting().to_plain()) == suggested_hosting()


# candidates


def test_one_row_a_model_with_the_facts_behind_every_number():
    rows = candidates(workload(), at=NOON)
    assert [row.model for row in rows] == list(models())
    for row in rows:
        assert set(CRITERIA) == row.numbers.keys()
        for name, value in row.numbers.items():
            fact = row.facts[name]
            assert (value is None) == (fact.value is None)
            assert value != 0 or name == "days_to_deprecation"
            assert fact.source if value is not None else fact.note


def test_a_candidate_as_plain_data():
    (row,) = candidates(workload(), at=NOON, which=[model("phi-4-14b")])
    facts = row.to_plain()["facts"]
    assert facts["kind"]["value"] == "llm"
    assert facts["in_modalities"]["value"] == ["text"]
    assert facts["context_window"]["value"] == 16384
    assert facts["days_to_deprecation"]["value"] == 58
    assert facts["months_since_release"]["value"] is None
    assert facts["usd_per_1000_requests"]["value"] == Decimal("0.375")
    assert (facts["commercial_use"]["value"], facts["commercial_use"]["evidence"]) == ("yes", "secondary")


def test_months_since_release():
    (row,) = candidates(workload(), at=NOON, which=[model("claude-haiku-4.5")])  # 2025-10-15: 401 days
    assert row.numbers["months_since_release"] == 13.2
