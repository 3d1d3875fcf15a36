"""The Language models page without a browser: its frame, and the parts on tokens, order and attention."""

import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aipm.labs.attention import attend
from aipm.ui import glossary
from aipm.ui.lm_attention_texts import attention_texts
from aipm.ui.lm_order_texts import order_texts
from aipm.ui.lm_texts import page_texts
from aipm.ui.lm_tokens_texts import tokens_texts
from aipm.ui.registry import FILES
from tests.ui.shown_now import now

ROOT = Path(__file__).parents[2]
PAGE = FILES["language_models"]


def opened(**address):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()
    app.session_state[glossary.SWITCH] = False  # sentences are looked for as they stand in content/
    app.switch_page(PAGE)
    app.query_params.update(address)
    return done(app.run())


def done(app):
    assert not app.exception
    assert not app.error
    return app


def shown(app):
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def press(app, name):
    return done(next(button for button in app.button if button.label == name).click().run())


def widget(app, kind, name):
    return now(getattr(app, kind), f"language_models.{name}")


def where(app):
    said = dict(app.query_params.items())
    return {name: value if isinstance(value, str) else value[0] for name, value in said.items()}


@pytest.mark.parametrize("view", page_texts().views)
def test_every_part_leads_on(view):
    app = opened(view=view)
    said = page_texts().next[view]
    assert any(element.type == "page_link" for element in app.main)
    if said.view is not None:
        press(app, said.view_link)
        assert where(app)["view"] == said.view


def test_an_address_that_makes_no_sense_shows_the_first_part():
    app = opened(view="<b>", price="nan", messages="1e999", layer="x", places="-5", looking="99", vocabulary="gpt")
    assert tokens_texts().title in shown(app)
    for view in ("order", "attention"):
        app.query_params["view"] = view
        done(app.run())


def test_a_guess_comes_before_the_answer():
    app = opened()
    assert '<ol class="tokens" aria-label="The tokens and their numbers in o200k">' in shown(app)  # of the own text
    assert "69254" not in shown(app)
    done(widget(app, "button_group", "guess_tokens").set_value("9").run())
    drawn = shown(app)
    assert "Not quite." in drawn
    pieces = ("My", "␣name", "␣is", "␣Paw", "el")
    assert all(
        f"<li><b>{piece}</b><i>{number}</i></li>" in drawn
        for piece, number in zip(pieces, (5444, 1308, 382, 69254, 296), strict=True)
    )
    assert where(app)["guess_tokens"] == "9"
    assert "Right." in shown(opened(guess_tokens="5"))


def test_own_text_is_cut_and_stays_out_of_the_address():
    app = opened()
    done(widget(app, "text_area", "text").set_value("Zażółć <script>alert(1)</script> **gęślą** ￿").run())
    drawn = shown(app)
    assert "<script" not in drawn
    assert "&lt;" in drawn
    assert set(where(app)) <= {"brief"}  # the token under which what is typed is kept


def test_an_example_and_a_vocabulary_stand_in_the_address():
    app = opened(example="code", vocabulary="p50k_base")
    assert widget(app, "text_area", "text").value == tokens_texts().own.examples["code"].text
    assert "p50k (2021–22): about 50,000 pieces" in shown(app)
    done(widget(app, "button_group", "example").set_value("letters").run())
    assert "strawberry" in widget(app, "text_area", "text").value
    assert where(app) == {"example": "letters", "vocabulary": "p50k_base"}


def test_a_text_without_words_to_glue_is_no_error():
    app = opened()
    for text in ("", "a", " \n\t", "x" * 300):
        done(widget(app, "text_area", "text").set_value(text).run())


def test_a_word_is_glued_step_by_step():
    drawn = shown(opened())
    assert "␣Krzyżanowska: from 14 bytes to 6 tokens in 8 steps" in drawn
    assert drawn.count('<b class="new">') == 8


def test_languages_are_compared_at_the_price_that_was_typed():
    app = opened(guess_language="hi", vocabulary="cl100k_base")
    drawn = shown(app)
    assert "Not that one." in drawn
    assert "42 tokens, 3.8 times English, 42.00 a month" in drawn
    done(widget(app, "number_input", "price").set_value(2.5).run())
    assert "42 tokens, 3.8 times English, 105.00 a month" in shown(app)
    assert where(app)["price"] == "2.5"


def test_the_glitch_token_is_one_piece_in_the_old_vocabulary():
    drawn = shown(opened())
    assert "␣SolidGoldMagikarp" in drawn
    assert "number 43453" in drawn


def test_shuffled_words_move_only_with_places():
    app = opened(view="order", guess_order="same")
    press(app, order_texts().shuffle.press)
    assert where(app)["shuffle"] == "1"
    drawn = shown(app)
    assert '<td class="number">0.000</td>' in drawn
    press(app, order_texts().shuffle.back)
    assert "shuffle" not in where(app)
    done(widget(app, "text_input", "order.words").set_value("same same same").run())
    press(app, order_texts().shuffle.press)
    assert order_texts().shuffle.same in shown(app)


def test_the_picture_of_places_follows_its_settings():
    app = opened(view="order", places="16", columns="8")
    drawn = shown(app)
    assert 'alt="16 places by 8 columns.' in drawn
    assert "data:image/png;base64," in drawn
    done(widget(app, "slider", "places").set_value(20).run())
    assert 'alt="20 places by 8 columns.' in shown(app)


def test_every_number_of_the_worked_example_is_drawn():
    said = attention_texts().example
    app = opened(view="attention")
    drawn = shown(app)
    found = attend(said.queries, said.keys, said.values, causal=True, scaled=True)
    for there in range(len(said.words)):
        assert f"{found.powers[3][there]:,.2f}" in drawn
        assert f"{found.shares[3][there]:.1%}" in drawn
    assert "4×2 + 0×0 + 0×0 + 0×0 = 8" in drawn
    done(widget(app, "toggle", "hide").set_value(False).run())
    assert said.told["open"] in shown(app)
    done(widget(app, "button_group", "looking").set_value(0).run())
    assert where(app) == {"view": "attention", "hide": "no", "looking": "0"}


def test_a_head_worth_a_look_is_one_click_away():
    app = opened(view="attention")
    assert "“it” → “parcel”: 43%" in shown(app)
    press(app, attention_texts().real.tries["locker"].name)
    assert where(app)["layer"] == "6"
    assert "“it” → “locker”: 36%" in shown(app)


def test_the_guess_about_heads_is_counted_in_the_model():
    assert "Right." in shown(opened(view="attention", guess_attention="half"))
    assert "In 32 of 72." in shown(opened(view="attention", guess_attention="show"))


@pytest.mark.parametrize("text", ["", "x", "<b>it</b> [SEP] " + "word " * 35, "\u202e\u200bमेरा 我"])
def test_any_sentence_can_be_looked_at(text):
    app = opened(view="attention")
    done(widget(app, "text_input", "attention.text").set_value(text[:200]).run())
    assert "<b>it</b>" not in shown(app)


def test_one_word_has_other_vectors_in_other_company():
    told = attention_texts().context.told.split("{", maxsplit=1)[0]
    line = next(line for line in shown(opened(view="attention")).splitlines() if told in line)
    same, across = (part.split("percent")[0] for part in line.split(told)[1].split("Other meaning: "))
    least_of_same = int(same.split(" to ")[0])
    most_across = int(across.split(" to ")[1])
    assert most_across < least_of_same


def test_reading_the_page_loads_no_heavy_library():
    script = """
import sys
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
app = AppTest.from_file("app.py", default_timeout=300).run()
app.switch_page("pages/language_models.py").run()
for view in ("order", "attention", "tokens"):
    app.query_params["view"] = view
    app.run()
    assert not app.exception, app.exception
heavy = {"pandas", "pyarrow", "duckdb", "sklearn", "scipy", "plotly"}
print(*heavy & (set(sys.modules) - before))
"""
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []
