"""Own candidates and own facts: what is entered, what it costs, and how a team's table is read."""

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.selection.cost import Estimate, Workload
from aipm.selection.needs import Needs, need_texts
from aipm.selection.offers import CRITERIA, candidates
from aipm.selection.own import MOST, entered_from, option, own_texts, problem, refused_name, value
from aipm.selection.own_offers import PRICES, offered, stated
from aipm.selection.own_tables import brought, brought_rows, matched, template
from aipm.selection.screening import screen
from aipm.tables import Refusal, read

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
FIELDS = own_texts().fields
WORKLOAD = Workload(
    requests=Estimate(likely=Decimal(10_000)),
    input_tokens=Estimate(likely=Decimal(1_000)),
    output_tokens=Estimate(likely=Decimal(200)),
)
CATALOGUE = candidates(WORKLOAD, at=AT)
NAMES = tuple(each.model.name for each in CATALOGUE)


def one(values, *, name="Ours", workload=WORKLOAD):
    return next(each for each in offered(CATALOGUE, {name: values}, workload, at=AT) if each.model.name == name)


def usd(candidate, fact="usd_per_1000_requests"):
    return candidate.facts[fact].value


def test_nothing_entered_leaves_the_catalogue_alone():
    assert offered(CATALOGUE, {}, WORKLOAD, at=AT) == CATALOGUE


def test_prices_of_tokens_are_billed_for_the_workload():
    ours = one({"usd_per_million_input": 2.0, "usd_per_million_output": 10.0})
    assert usd(ours) == 4  # 1,000 x (1,000 x 2 + 200 x 10) / 1,000,000
    assert usd(ours, "monthly_usd") == 40
    assert ours.cost.status == "ok"
    assert len(ours.cost.months) == WORKLOAD.months


def test_a_price_by_the_request_needs_no_tokens():
    silent = Workload(requests=Estimate(likely=Decimal(10_000)))
    for workload in (WORKLOAD, silent):
        ours = one({"usd_per_1000_requests": 3.0}, workload=workload)
        assert (usd(ours), usd(ours, "monthly_usd")) == (3, 30)


def test_a_fixed_bill_is_the_same_in_every_month_of_growth():
    growing = Workload(
        requests=Estimate(likely=Decimal(10_000), low=Decimal(5_000), high=Decimal(20_000)),
        growth_per_month=Decimal("0.1"),
        users=Decimal(50),
    )
    ours = one({"monthly_usd": 200.0}, workload=growing)
    assert usd(ours, "monthly_usd") == 200
    assert usd(ours) == 20
    assert ours.cost.per_1000_requests.bounds == (10, 40)
    assert ours.cost.per_user.likely == 4
    assert {each.usd.likely for each in ours.cost.months} == {200}
    assert ours.cost.whole.likely == 200 * growing.months


def test_the_first_of_several_prices_counts():
    prices = {"usd_per_million_input": 1.0, "usd_per_million_output": 1.0, "usd_per_1000_requests": 3.0}
    assert usd(one(prices)) == 3
    assert usd(one({**prices, "monthly_usd": 200.0}), "monthly_usd") == 200


def test_a_fixed_bill_without_requests_has_no_price_of_a_request():
    ours = one({"monthly_usd": 200.0}, workload=Workload(requests=Estimate(likely=Decimal(0))))
    assert usd(ours) is None
    assert ours.facts["usd_per_1000_requests"].note == own_texts().said["no_requests"]
    assert usd(ours, "monthly_usd") == 200


@pytest.mark.parametrize(("values", "why"), [({}, "no_price"), ({"usd_per_million_input": 2.0}, "half_price")])
def test_what_has_no_price_is_not_free(values, why):
    ours = one(values)
    assert usd(ours) is None
    assert ours.facts["monthly_usd"].note == own_texts().said[why]
    assert ours.cost.monthly is None


def test_an_own_candidate_is_screened_like_any_other():
    entered = {
        "Rule": {"task": "text", "commercial_use": "yes", "usd_per_1000_requests": 0.1},
        "Unread": {"task": "text"},
        "Reader": {"task": "look", "commercial_use": "yes"},
        "Painter": {"task": "picture", "commercial_use": "yes"},
    }
    plain = [each.to_plain() for each in offered(CATALOGUE, entered, WORKLOAD, at=AT)]
    needs = Needs.from_dict({"musts": {"task": "text", "licence": "commercial", "maturity": "staying"}})
    found = screen(plain, needs)
    assert found.total == len(CATALOGUE) + 4
    left = {plain[place]["name"] for place in found.left}
    assert {"Rule", "Reader"} <= left
    why = {each.name: each.failures[0].fact for each in found.excluded if each.name in entered}
    assert why == {"Unread": "commercial_use", "Painter": "out_modalities"}


def test_evidence_says_who_entered_it():
    ours = one({"context_window": 128_000.0, "tool_use": "yes", "usd_per_1000_requests": 1.0})
    for fact in ("context_window", "tool_use", "usd_per_1000_requests"):
        assert ours.facts[fact].evidence == "assumed"
        assert ours.facts[fact].source == own_texts().source
    assert ours.facts["tool_use"].value is True
    assert ours.model.value("context_window") == 128_000
    assert ours.facts["max_output"].value is None


def test_the_catalogue_s_value_stays_in_sight():
    name = NAMES[0]
    before = CATALOGUE[0].facts["context_window"]
    changed = one({"context_window": 5.0}, name=name)
    assert changed.facts["context_window"].value == 5
    assert own_texts().said["catalogue"].split(" {")[0] in changed.facts["context_window"].note
    assert changed.facts["max_output"] == CATALOGUE[0].facts["max_output"]
    assert CATALOGUE[0].facts["context_window"] is before
    assert len(offered(CATALOGUE, {name: {"context_window": 5.0}}, WORKLOAD, at=AT)) == len(CATALOGUE)


def test_a_quote_for_one_price_leaves_the_other_as_it_is():
    offer = next(each for each in CATALOGUE if each.model.name == "GPT-6 Luna")
    usual = {field: stated(offer, field, at=AT) for field in ("usd_per_million_input", "usd_per_million_output")}
    changed = one({"usd_per_million_input": 0.0}, name="GPT-6 Luna")
    assert usd(changed) == Decimal(str(usual["usd_per_million_output"])) * 200 / 1000
    assert usd(offer) == pytest.approx(
        Decimal(str(usual["usd_per_million_input"])) + Decimal(str(usual["usd_per_million_output"])) / 5
    )


def test_every_field_ends_in_a_fact_or_a_price():
    for key, field in FIELDS.items():
        sample = field.options[0] if field.options else max(field.low, 1.0) if field.kind == "number" else "us"
        sample = min(sample, field.high) if field.kind == "number" else sample
        before, after = one({}), one({key: sample})
        changed = after.facts != before.facts or after.model.provider != before.model.provider
        half = key in PRICES and own_texts().said["half_price"] in {each.note for each in after.facts.values()}
        assert changed or half, key
    assert {each.fact for each in need_texts().criteria.values()} <= {*FIELDS, *CRITERIA}


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.one_of(st.text(), st.floats(), st.booleans(), st.none())))
def test_whatever_is_kept_makes_a_candidate(cells):
    values, wrong = {}, []
    for field, cell in cells.items():
        try:
            kept = value(field, cell)
        except ValueError as why:
            wrong.append(str(why))
            continue
        if kept is not None:
            values[field] = kept
    assert set(wrong) <= set(own_texts().said)
    plain = one(values).to_plain()
    assert all(fact["value"] == fact["value"] for fact in plain["facts"].values())  # no NaN


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("look", "look"), ("Text in and text out", "text"), ("LLM", "text"), ("embedding", "embed"), ("opera", None)],
)
def test_a_task_goes_by_key_words_or_kind(cell, kept):
    assert option("task", cell) == kept


@pytest.mark.parametrize(
    ("name", "refused"),
    [("", True), (" ", True), ("x" * 81, True), ("gpt-6  LUNA", True), ("ours", True), ("Theirs", False)],
)
def test_a_name_must_be_free(name, refused):
    assert bool(refused_name(name, catalogue=NAMES, own=["Ours"])) is refused


def table(text):
    return read(text.encode())


FILE = """Model name,USD per 1M tokens in,Output price ($/1M tokens),Context window,Use for business,Latency (s),Colour
Our classifier,0.10,0.40,128k,yes,0.4,red
Vendor quote,2,8,"200,000",conditional,1.5,blue
In-house rule,,,8000,Yes,n/a,green
"""


def test_a_file_goes_by_its_headings():
    found = brought(table(FILE), catalogue=NAMES, task="text")
    assert dict(found.entered) == {
        "Our classifier": {
            "task": "text",
            "usd_per_million_input": 0.1,
            "usd_per_million_output": 0.4,
            "context_window": 128_000,
            "commercial_use": "yes",
            "latency_seconds": 0.4,
        },
        "Vendor quote": {
            "task": "text",
            "usd_per_million_input": 2,
            "usd_per_million_output": 8,
            "context_window": 200_000,
            "commercial_use": "conditional",
            "latency_seconds": 1.5,
        },
        "In-house rule": {"task": "text", "context_window": 8000, "commercial_use": "yes"},
    }
    assert any("“Colour”" in each for each in found.remarks)
    assert any("Text in and text out" in each for each in found.remarks)


def test_cells_that_cannot_be_used_are_said_by_row_and_never_quoted():
    rows = [
        ["A", "lots", "-3", "maybe", "120"],
        ["B", "€5", "1000", "yes", "85 %"],
        ["", "1", "1", "yes", "1"],
        ["GPT-6 Luna", "1", "1", "yes", "1"],
        ["a", "1", "1", "yes", "1"],
        ["", "", "", "", ""],
    ]
    heads = ["Name", "USD per 1,000 requests", "context", "Use for business (yes, no)", "pass rate"]
    found = brought_rows(heads, rows, catalogue=NAMES, task=None)
    assert found.entered == {"A": {}, "B": {"context_window": 1000, "commercial_use": "yes", "pass_rate": 0.85}}
    said = "\n".join(found.remarks)
    for row, field in ((2, "usd_per_1000_requests"), (2, "context_window"), (2, "commercial_use"), (2, "pass_rate")):
        assert f"Row {row}, {FIELDS[field].name}:" in said
    assert f"Row 3, {FIELDS['usd_per_1000_requests'].name}: this is not in US dollars" in said
    for row in (4, 5, 6):
        assert f"Row {row}: " in said
    assert len(found.remarks) == 8
    for cell in ("lots", "€5", "maybe"):
        assert cell not in said


def test_a_share_is_no_number_of_tokens():
    found = brought_rows(["Name", "Context"], [["A", "50 %"]], catalogue=(), task=None)
    assert found.entered == {"A": {}}
    assert found.remarks == (problem("no_number", "context_window", 2),)


def test_a_column_that_says_what_goes_in_and_out_is_believed():
    rows = [["A", "embedding"], ["B", ""]]
    found = brought_rows(["Name", "Type"], rows, catalogue=(), task="text")
    assert found.entered == {"A": {"task": "embed"}, "B": {}}
    assert found.remarks == ()


@pytest.mark.parametrize("code", ["no_heading", "one_column", "nobody", "too_many"])
def test_a_file_that_cannot_be_used_is_refused_in_words(code):
    heads = {"no_heading": ["Name", "Colour"], "one_column": ["Name"]}.get(code, ["Name", "Context"])
    count = 5_000 if code == "too_many" else 0 if code == "nobody" else 1
    with pytest.raises(Refusal) as refused:
        brought_rows(heads, [[f"m{place}", "1"][: len(heads)] for place in range(count)], catalogue=(), task=None)
    assert refused.value.code == code
    assert refused.value.message


def test_a_file_of_thousands_is_refused_with_its_number():
    text = "Name,Context window\n" + "".join(f"m{place},{place + 1}\n" for place in range(5_000))
    with pytest.raises(Refusal, match=f"5,000 candidates; {MOST} at most"):
        brought(table(text), catalogue=(), task=None)


def test_the_second_column_of_the_same_fact_is_not_used():
    fields, ignored, twice = matched(["Context", "How much it can read", "Smell"])
    assert fields == {1: "context_window"}
    assert (ignored, twice) == (["Smell"], ["How much it can read"])


def test_no_two_fields_share_a_heading():
    for key, field in FIELDS.items():
        for name in (key, field.name, *field.also):
            assert matched([name])[0] == {1: key}, name


def test_the_template_comes_back_as_it_went():
    entered = {
        "=2+2": {"task": "text", "usd_per_1000_requests": 1.25, "pass_rate": 0.875, "data_place": "inside"},
        "Ours, the second": {"task": "embed", "commercial_use": "conditional", "months_since_release": 3.0},
    }
    text = template(entered)
    heads, *rows = csv.reader(io.StringIO(text))
    assert rows[0][0] == "'=2+2"
    back = brought_rows(heads, rows, catalogue=NAMES, task=None)
    assert list(back.entered.values()) == list(entered.values())
    assert back.remarks == ()
    assert matched(heads[1:])[0] == dict(enumerate(FIELDS, 1))


def test_entries_come_back_from_plain_data():
    entered = {"Ours": {"task": "text", "pass_rate": 0.5}, "GPT-6 Luna": {"tool_use": "yes"}}
    assert entered_from(json.loads(json.dumps(entered))) == entered


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        {"Ours": 1},
        {"": {}},
        {"x" * 81: {}},
        {"Ours": {"smell": 1}},
        {"Ours": {"pass_rate": 2}},
        {"Ours": {"task": "opera"}},
        {"Ours": {"pass_rate": float("nan")}},
        {"Ours": {}, "ours ": {}},
        {f"m{place}": {} for place in range(MOST + 1)},
    ],
)
def test_entries_that_cannot_have_been_made_are_refused(plain):
    with pytest.raises(Refusal, match="cannot be read"):
        entered_from(plain)
