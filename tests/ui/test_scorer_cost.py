"""The view "What will it cost?" without a browser: the bill follows the workload, own machines need open weights."""

import itertools
import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from aipm.selection.catalogue import model
from aipm.selection.cost import Estimate, Workload, cost
from aipm.selection.tokens import count_tokens
from aipm.ui import scorer_state
from aipm.ui.scorer_cost_charts import growth, scatter
from aipm.ui.scorer_cost_texts import cost_page
from aipm.ui.scorer_pareto import divided
from aipm.ui.scorer_texts import scorer_page
from aipm.ui.scorer_workload import LIMITS, START
from tests.ui.test_model_scorer import done, labelled, opened, show, shown

TEXT = cost_page()
HELD = "model_scorer.held."
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    """Prices change with the day and the hour; here both stand still."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return NOW.astimezone(tz)

    monkeypatch.setattr(scorer_state, "datetime", Clock)


def cost_view(**kept):
    """The view, with what the session keeps: cost__requests is "cost.requests"."""
    app = opened(view="cost")
    for name, value in ((name.replace("__", "."), value) for name, value in kept.items()):
        app.session_state[f"{HELD}{name}"] = value
        if f"model_scorer.{name}" in app.session_state:
            app.session_state[f"model_scorer.{name}"] = value
    return done(app.run()) if kept else app


def typed(app, name, value):
    return done(labelled(app.number_input, TEXT.inputs[name].label).set_value(value).run())


def bills(app):
    """Model -> what stands in the column "A month" of the table, as a number."""
    table = shown(app).split(f'<p class="quiet caption">{TEXT.bill.table}</p>')[1].split("</table>")[0]
    found = re.findall(r'<th scope="row">([^<]+)</th><td class="number">\$([^<]+)</td>', table)
    return {name: float(usd.replace(",", "")) for name, usd in found}


def test_a_dearer_workload_costs_more():
    app = cost_view()
    before = bills(app)
    assert before
    after = bills(typed(app, "requests", 1_000_000))
    assert after == pytest.approx({name: 10 * usd for name, usd in before.items()}, rel=0.01)
    more = bills(typed(app, "output", 800))
    assert all(more[name] > usd for name, usd in after.items())
    less = bills(typed(app, "cached", 90))
    assert all(less[name] <= usd for name, usd in more.items())
    assert sum(less.values()) < sum(more.values())


def test_the_figures_are_those_of_the_price_package():
    from genai_prices import Usage, calc_price

    app = cost_view(cost__models=["GPT-6.1 Terra", "Claude Haiku 4.5"])
    for name, usd in bills(app).items():
        provider, ref = {"GPT-6.1 Terra": model("gpt-6.1-terra"), "Claude Haiku 4.5": model("claude-haiku-4.5")}[
            name
        ].genai_id.split("/", 1)
        one = calc_price(
            Usage(input_tokens=START["input"], output_tokens=START["output"]),
            ref,
            provider_id=provider,
            genai_request_timestamp=NOW,
        )
        assert usd == pytest.approx(float(one.total_price) * START["requests"], rel=0.005)


def test_the_day_and_the_source_of_the_prices_are_said():
    html = shown(cost_view())
    assert NOW.date().isoformat() in html
    assert "genai-prices" in html


def test_low_and_high_make_a_range_and_an_impossible_end_is_said_and_left_out():
    app = cost_view(cost__models=["GPT-6.1 Terra"])
    assert "between" not in shown(app).split("answer is-")[1].split("</div>")[0]
    label = TEXT.range.ends["high"].format(name=TEXT.inputs["requests"].label)
    app = done(labelled(app.number_input, label).set_value(200_000).run())
    assert "between $350 and $700" in shown(app)
    assert TEXT.bill.range["typed"] in shown(app)
    app = done(labelled(app.number_input, label).set_value(5).run())
    html = shown(app)
    assert "does not count" in html
    assert "between $" not in html
    assert labelled(app.number_input, label).value == 5


def test_what_was_typed_outlives_a_look_at_another_view():
    app = typed(cost_view(), "growth", 10)
    label = TEXT.range.ends["low"].format(name=TEXT.inputs["input"].label)
    app = done(labelled(app.number_input, label).set_value(700).run())
    app = show(show(app, "model"), "cost")
    assert labelled(app.number_input, TEXT.inputs["growth"].label).value == 10
    assert labelled(app.number_input, label).value == 700


def test_tokens_are_counted_from_a_pasted_prompt_and_other_vendors_get_a_range():
    app = cost_view()
    labelled(app.text_area, TEXT.paste.prompt).set_value("Sort this ticket: the printer is on fire.")
    app = done(app.run())
    html = shown(app)
    assert "o200k_base" in html
    assert "Anthropic: +0% to +50%" in html
    app = done(labelled(app.button, TEXT.paste.take).click().run())
    expected = count_tokens("Sort this ticket: the printer is on fire.").tokens
    assert labelled(app.number_input, TEXT.inputs["input"].label).value == expected
    assert labelled(app.number_input, TEXT.inputs["output"].label).value == 0
    assert TEXT.bill.range["counted"] in shown(app)
    assert TEXT.bill.range["counted"] not in shown(typed(app, "input", 500))


@pytest.mark.parametrize("name", ["requests", "input", "output"])
def test_nothing_asked_is_no_crash(name):
    html = shown(typed(cost_view(), name, 0))
    assert "NaN" not in html
    if name == "requests":
        assert TEXT.bill.nothing_asked in html


def test_no_tokens_at_all_have_no_price():
    html = shown(typed(typed(cost_view(), "input", 0), "output", 0))
    assert TEXT.bill.none in html
    assert TEXT.own.no_tokens in html


def test_the_most_that_can_be_typed_is_still_an_answer():
    app = cost_view()
    app.session_state[f"{HELD}cost.requests"] = app.session_state["model_scorer.cost.requests"] = 10**10
    for name, (_, most) in LIMITS.items():
        app.session_state[f"{HELD}cost.{name}"] = app.session_state[f"model_scorer.cost.{name}"] = most
    html = shown(done(app.run()))
    assert "billion" in html
    assert "refused" not in html
    assert 'class="answer' in shown(show(app, "model"))


def test_a_model_sold_by_something_else_asks_for_it():
    app = cost_view(cost__models=["FLUX 1.1 [pro]", "GPT-6.1 Terra"])
    assert TEXT.bill.asks["images"] in shown(app)
    assert "FLUX 1.1 [pro]" not in bills(app)
    app = typed(app, "images", 2)
    assert bills(app)["FLUX 1.1 [pro]"] == 8000  # $0.04 an image
    assert TEXT.bill.asks["images"] not in shown(app)


def test_users_and_the_busiest_hour():
    app = typed(typed(cost_view(), "users", 50), "peak", 3.0)
    html = shown(app)
    assert TEXT.bill.columns["per_user"] in html
    assert "about 411 requests" in html  # 100,000 / 730 x 3


def test_an_announced_change_and_dear_hours_are_said():
    app = cost_view(cost__models=["Gemini 3.8 Flash", "DeepSeek V4.1 Flash"])
    html = shown(app)
    assert "from 2027-01-01 on" in html
    assert "UTC, $" in html
    assert "<li>DeepSeek V4.1 Flash: 1,000 requests cost" in html


def test_growth_is_drawn_and_told():
    app = typed(cost_view(cost__models=["GPT-6.1 Terra"]), "growth", 10)
    html = shown(app)
    assert "With 10% a month, GPT-6.1 Terra goes from $350 to $999" in html  # 350 x 1.1 ^ 11 = 998.6
    assert html.count('<th scope="row">20') == 12
    assert "With" not in shown(typed(app, "months", 1)).split(TEXT.own.title)[0].split(TEXT.bill.table)[1]


def test_labels_of_lines_do_not_cover_one_another():
    bills_ = {f"model {place}": [1.0, 1.0 + place / 1000] for place in range(12)}
    months = [datetime(2026, 11, 1, tzinfo=UTC).date(), datetime(2026, 12, 1, tzinfo=UTC).date()]
    heights = sorted(each["y"] * 340 for each in growth(months, bills_, axis="USD")["layout"]["annotations"])
    assert min(b - a for a, b in itertools.pairwise(heights)) > 19
    assert heights[-1] <= 341


# own machines


def test_only_open_weights_run_on_own_machines():
    app = cost_view(cost__models=["GPT-6.1 Terra", "GLM-5.3-Flash", "gpt-oss-20b"])
    options = labelled(app.selectbox, TEXT.own.run).options
    assert options[0] == "gpt-oss-20b"
    assert "GPT-6.1 Terra" not in options
    assert "Gemma 4 31B" in options  # passes the filters
    html = shown(app)
    assert TEXT.own.closed.format(names="GPT-6.1 Terra") in html
    assert TEXT.own.unknown.format(names="GLM-5.3-Flash") in html
    assert "unverified" in html


def test_where_no_open_model_passes_it_says_which_fail_and_why():
    app = cost_view(cost__models=["GPT-6.1 Terra"], musts={"cost": 0.0000001}, order=[])
    html = shown(app)
    assert TEXT.own.none in html
    assert "Open, but left out: " in html


def test_people_cost_nothing_until_somebody_says_what():
    app = cost_view(cost__models=["gpt-oss-120b", "Claude Opus 5.5"], cost__requests=1_000_000)
    app = done(labelled(app.selectbox, TEXT.own.against).set_value("Claude Opus 5.5").run())
    html = shown(app)
    assert labelled(app.number_input, TEXT.own.inputs["people"].label).value is None
    # $14,000 behind the API; 1.9 thousand million tokens need three machines at $1,825.
    assert "only if people and the rest cost under $8,525 a month" in html
    assert "Own machines begin to pay" not in html
    assert TEXT.own.people in html
    app = done(labelled(app.number_input, TEXT.own.inputs["people"].label).set_value(9_000).run())
    html = shown(app)
    assert "so stay with the API" in html
    assert "$9,000 (yours)" in html
    app = done(labelled(app.number_input, TEXT.own.inputs["people"].label).set_value(8_000).run())
    assert "so they may pay" in shown(app)


def test_a_busier_peak_takes_more_machines():
    app = cost_view(cost__models=["gpt-oss-120b"], cost__requests=1_000_000, machines__ops=0)
    assert "for 3 GPUs" in shown(app)
    assert "for 5 GPUs" in shown(typed(app, "peak", 2.0))  # 1.9 / 0.4599 thousand million a machine: 4.13


def test_the_api_of_the_same_model_is_the_other_side_at_first():
    app = cost_view(cost__models=["gpt-oss-120b", "Claude Opus 5.5"])
    assert labelled(app.selectbox, TEXT.own.against).value == "gpt-oss-120b"


# what more money buys


def test_the_beaten_are_no_cheaper_and_no_better():
    points = [("a", 1.0, 1.0, ""), ("b", 2.0, 2.0, ""), ("c", 2.0, 1.5, ""), ("d", 3.0, 2.0, "")]
    best, beaten = divided(points, more=True)
    assert [each[0] for each in best] == ["a", "b"]
    assert [each[0] for each in beaten] == ["c", "d"]
    best, beaten = divided(points, more=False)
    assert [each[0] for each in best] == ["a"]


def test_any_known_criterion_can_stand_against_cost():
    text = scorer_page().pareto
    app = opened(view="model")
    control = labelled(app.selectbox, text["against"])
    assert "Quality on your own examples" not in control.options
    assert text["front"] in shown(app)
    app.session_state[f"{HELD}entered"] = {
        "GPT-6 Luna": {"pass_rate": 0.7},
        "Gemma 4 31B": {"pass_rate": 0.65},
        "Claude Opus 5.5": {"pass_rate": 0.6},
    }
    app = done(app.run())
    assert "Quality on your own examples" in labelled(app.selectbox, text["against"]).options
    app = done(labelled(app.selectbox, text["against"]).set_value("quality").run())
    html = shown(app).split(text["front"], 1)[1]
    assert '<th scope="row">1. Gemma 4 31B</th>' in html
    assert '<th scope="row">2. GPT-6 Luna</th>' in html
    assert '<th scope="row">Claude Opus 5.5</th>' in html


def test_names_in_the_picture_do_not_cover_one_another_and_fall_back_to_numbers():
    text = scorer_page().pareto
    apart = [("cheap", 1.0, 1.0, ""), ("dear", 100.0, 1000.0, "")]
    shown_ = scatter(apart, [], y="y", log=True, text=text)["data"][1]["text"]
    assert shown_ == ["1. cheap", "2. dear"]
    crowd = [(f"a model with a name {place}", 1 + place / 1000, 1 + place / 1000, "") for place in range(12)]
    labels = scatter(crowd, [], y="y", log=False, text=text)["data"][1]["text"]
    assert [label.split(".")[0] for label in labels] == [str(place) for place in range(1, 13)]
    assert scatter(crowd[:1] * 20, [], y="y", log=False, text=text)["data"][1]["text"][-1] == "20"


# a workload that comes from elsewhere


def in_script(asked_plain):
    """Run take_workload and asked_workload where a session is: a page of one script."""
    from streamlit.testing.v1 import AppTest

    def script(plain):
        import streamlit as st

        from aipm.selection.cost import Workload
        from aipm.ui.scorer_workload import asked_workload, take_workload

        take_workload(Workload.from_plain(plain))
        st.session_state["found"] = asked_workload().to_plain()

    app = AppTest.from_function(script, args=(asked_plain,), default_timeout=300).run()
    assert not app.exception
    return Workload.from_plain(app.session_state["found"])


def test_a_workload_put_on_the_page_is_the_one_that_stands():
    asked = Workload(
        requests=Estimate(likely=Decimal(7000), low=Decimal(10), high=Decimal(9000)),
        input_tokens=Estimate(likely=Decimal(300)),
        output_tokens=Estimate(likely=Decimal(200), high=Decimal(400)),
        cached_share=Decimal("0.3"),
        reasoning_share=Decimal("0.5"),
        growth_per_month=Decimal("-0.05"),
        busy_share=Decimal("0.4"),
        peak_factor=Decimal("2.5"),
        months=24,
        users=Decimal(12),
        images=Decimal(3),
        counted=True,
        batch=True,
    )
    assert in_script(asked.to_plain()) == asked


def test_a_workload_beyond_what_can_be_typed_is_brought_within():
    asked = Workload(
        requests=Estimate(likely=Decimal(10) ** 15), growth_per_month=Decimal(9), peak_factor=Decimal(900), months=60
    )
    found = in_script(asked.to_plain())
    assert found.requests.likely == 10**10
    assert (found.growth_per_month, found.peak_factor) == (1, 100)


def test_the_start_is_a_workload_with_a_price():
    assert (
        cost(
            model("gpt-6.1-terra"),
            in_script(
                Workload(
                    requests=Estimate(likely=Decimal(START["requests"])),
                    input_tokens=Estimate(likely=Decimal(START["input"])),
                    output_tokens=Estimate(likely=Decimal(START["output"])),
                ).to_plain()
            ),
            at=datetime(2026, 11, 20, 12, tzinfo=UTC),
        ).monthly.likely
        == 350
    )


def test_own_candidates_have_a_bill_and_are_drawn_as_characters():
    app = cost_view()
    app.session_state[f"{HELD}entered"] = {
        "<b>Bob's</b>": {"task": "text", "monthly_usd": 123.0, "open_weights": "yes", "commercial_use": "yes"},
        "=quote": {"task": "text", "usd_per_million_input": 2.0, "usd_per_million_output": 10.0},
        "free of price": {"task": "text"},
    }
    app.session_state[f"{HELD}cost.models"] = ["<b>Bob's</b>", "=quote", "free of price"]
    html = shown(done(app.run()))
    assert "<b>Bob" not in html
    assert bills(app) == {"&lt;b&gt;Bob&#x27;s&lt;/b&gt;": 123.0, "=quote": 700.0}  # 1,500 x $2 + 400 x $10 a million
    assert "free of price: no price." in html
    assert "NaN" not in html
