"""Prices at a moment, through one adapter, offline."""

import socket
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aipm.selection.catalogue import model, models
from aipm.selection.prices import Usage, price
from aipm.selection.rates import KEYS, context_window, day_rates, lookup, price_list, rates
from aipm.tables import Refusal

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MILLION = Usage(input_tokens=Decimal(1_000_000), output_tokens=Decimal(1_000_000))
PACKAGED = [each for each in models() if each.genai_id]


def usage(**counts):
    return Usage(**{name: Decimal(count) for name, count in counts.items()})


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("found", PACKAGED, ids=lambda found: found.id)
def test_every_genai_id_resolves(found):
    assert lookup(found.genai_id) is not None
    assert rates(found, at=NOON)


@pytest.mark.parametrize("found", models(), ids=lambda found: found.id)
def test_every_model_has_a_price_for_something(found):
    units = {line["unit"] for line in price_list(found, at=NOON)}
    assert units
    assert all(Decimal(line["usd"]) > 0 for line in price_list(found, at=NOON))


def test_a_price_depends_on_the_hour():
    # The vendor's dear hours are 01:00-04:00 and 06:00-10:00 UTC.
    night = price("deepseek-v4.1-flash", MILLION, at=datetime(2026, 11, 20, 2, tzinfo=UTC))
    noon = price("deepseek-v4.1-flash", MILLION, at=NOON)
    assert (night.usd, noon.usd) == (Decimal("1.50"), Decimal("0.75"))
    assert (noon.off_peak, noon.peak) == (Decimal("0.75"), Decimal("1.50"))
    assert [(each.start.hour, each.end.hour) for each in noon.hours] == [(0, 1), (1, 4), (4, 6), (6, 10), (10, 0)]
    assert sum(each.hours for each in day_rates("deepseek-v4.1-flash", day=NOON.date())) == 24


def test_a_moment_elsewhere_is_the_same_moment():
    tokyo = datetime(2026, 11, 20, 11, tzinfo=timezone(timedelta(hours=9)))  # 02:00 UTC
    assert price("deepseek-v4.1-flash", MILLION, at=tokyo).usd == Decimal("1.50")
    assert price("deepseek-v4.1-flash", MILLION, at=datetime(2026, 11, 20, 2)).usd == Decimal("1.50")  # noqa: DTZ001 - without a zone on purpose


def test_known_future_changes_are_said():
    (change,) = price("gemini-3.8-flash", MILLION, at=NOON).changes
    assert (change.day, change.before, change.after) == (date(2027, 1, 1), Decimal("4.50"), Decimal("9.0"))
    later = price("gemini-3.8-flash", MILLION, at=datetime(2027, 1, 1, tzinfo=UTC))
    assert (later.usd, later.changes) == (Decimal("9.0"), ())


def test_past_changes_hold_in_the_past():
    paid = [
        price("mistral-large-4-preview", usage(input_tokens=10**6), at=datetime(2026, 10, day, tzinfo=UTC)).usd
        for day in (15, 20, 29)
    ]
    assert paid == [Decimal("0.68"), Decimal("1.36"), Decimal("0.7")]


def test_a_long_prompt_costs_more_from_its_threshold_on():
    # GPT-6.1 Sol: $2 in and $10 out; above 272,000 tokens twice and one and a half times as much, for all of them.
    short = price("gpt-6.1-sol", usage(input_tokens=272_000, output_tokens=1000), at=NOON)
    long = price("gpt-6.1-sol", usage(input_tokens=300_000, output_tokens=1000), at=NOON)
    assert (short.usd, short.tier) == (Decimal("0.554"), None)
    assert (long.usd, long.tier) == (Decimal("1.215"), 272_000)


def test_cached_tokens_are_cheaper_where_there_is_a_price_and_full_where_there_is_none():
    # $4 in, $0.2 from the cache: 500,000 of each.
    assert price("claude-opus-5.5", usage(input_tokens=10**6, cached_tokens=500_000), at=NOON).usd == Decimal("2.1")
    assert price("command-a-03-2025", usage(input_tokens=10**6, cached_tokens=500_000), at=NOON).usd == Decimal("2.5")


def test_batch_is_half_price_where_it_is_offered():
    opus = price("claude-opus-5.5", MILLION, at=NOON, batch=True)
    assert (opus.usd, opus.batch) == (Decimal(12), "applied")
    grok = price("grok-4.7", usage(input_tokens=1000), at=NOON, batch=True)
    assert (grok.usd, grok.batch) == (Decimal("0.002"), "not_offered")


@pytest.mark.parametrize(
    ("which", "used", "usd"),
    [
        ("flux-1.1-pro", {"images": 10}, "0.40"),
        ("veo-3.1", {"video_seconds": 8}, "3.2"),
        ("nova-3", {"audio_seconds": 3600}, "0.258012"),
        ("gpt-transcribe", {"audio_seconds": 7200}, "0.54"),
        ("eleven-v4", {"characters": 1000}, "0.08"),
        ("sonar-pro-search-grounded", {"input_tokens": 1000, "output_tokens": 1000}, "0.032"),  # $14 for 1,000 requests
        ("gpt-realtime-2", {"input_tokens": 10**6, "input_audio_tokens": 10**6}, "32"),
    ],
)
def test_other_units_than_tokens(which, used, usd):
    assert price(which, usage(**used), at=NOON).usd == Decimal(usd)


def test_what_has_no_price_is_never_free():
    lost = price("openai/no-such-model", MILLION, at=NOON)
    assert (lost.status, lost.usd) == ("unknown_model", None)
    image = price("flux-1.1-pro", MILLION, at=NOON)
    assert (image.status, image.usd, image.unpriced) == ("unpriced_unit", None, ("input_tokens", "output_tokens"))
    embedding = price("text-embedding-3-small", MILLION, at=NOON)
    assert (embedding.status, embedding.usd, embedding.unpriced) == ("unpriced_unit", None, ("output_tokens",))
    assert price("gpt-6-luna", Usage(), at=NOON).status == "no_usage"


def test_a_model_outside_the_catalogue_is_priced_by_its_package_name():
    assert model("openai/gpt-4o-mini") is None
    assert price("openai/gpt-4o-mini", MILLION, at=NOON).usd > 0


def test_the_answer_says_when_and_from_what():
    found = price("gpt-6-luna", MILLION, at=NOON)
    assert found.as_of == NOON
    assert found.source.startswith("genai-prices 0.2.")
    assert found.currency == "USD"
    assert price("nova-pro", MILLION, at=NOON).source.startswith("litellm")


@pytest.mark.parametrize(
    "used",
    [{"input_tokens": -1}, {"input_tokens": "NaN"}, {"input_tokens": 5, "cached_tokens": 6}, {"images": "Infinity"}],
)
def test_impossible_usage_is_refused(used):
    with pytest.raises(Refusal):
        usage(**used)


def test_the_context_window_comes_from_the_package_or_the_file():
    assert context_window(model("claude-opus-5.5")).source.startswith("genai-prices")
    assert context_window(model("gemini-2.5-pro")).source.startswith("litellm")
    unknown = context_window(model("llama-3.3-70b-instruct"))
    assert unknown.value is None
    assert unknown.note


counts = st.integers(0, 2_000_000)


@given(
    which=st.sampled_from([each for each in PACKAGED if each.kind == "llm"]),
    batch=st.booleans(),
    day=st.integers(0, 120),
    minute=st.integers(0, 24 * 60 - 1),
    numbers=st.tuples(counts, counts, counts, counts, counts),
)
def test_the_bill_is_the_package_s_own(which, batch, day, minute, numbers):
    from genai_prices import Usage as TheirUsage
    from genai_prices import calc_price

    fresh, cached, written, visible, thought = numbers
    assume(fresh + visible > 0)
    at = datetime(2026, 10, 15, tzinfo=UTC) + timedelta(days=day, minutes=minute)
    ours = price(
        which,
        usage(
            input_tokens=fresh + cached + written,
            cached_tokens=cached,
            cache_write_tokens=written,
            output_tokens=visible + thought,
            reasoning_tokens=thought,
        ),
        at=at,
        batch=batch,
    )
    provider, name = which.genai_id.split("/", 1)
    theirs = calc_price(
        TheirUsage(
            input_tokens=fresh + cached + written,
            cache_read_tokens=cached,
            cache_write_tokens=written,
            output_tokens=visible + thought,
            output_reasoning_tokens=thought,
        ),
        name,
        provider_id=provider,
        genai_request_timestamp=at,
        price_context={"processing": "batch"} if batch else None,
    )
    assert ours.usd == theirs.total_price
    for each in ours.hours:
        assert each.usd >= ours.off_peak


def test_our_units_are_the_package_s():
    from genai_prices.data_units import unit_data

    per = {unit["price_key"]: unit["per"] for unit in unit_data.values()}
    assert {key: number for key, (_, number) in KEYS.items()} == {key: per[key] for key in KEYS}


def test_the_stretches_of_a_day_follow_one_another():
    for each in PACKAGED:
        day = day_rates(each, day=NOON.date())
        assert day[0].start == time(0)
        assert day[-1].end == time(0)
        assert all(first.end == second.start for first, second in pairwise(day))
