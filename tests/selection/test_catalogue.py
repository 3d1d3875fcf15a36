"""The catalogue of models: every fact with its source, and what is unknown stays unknown."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml

from aipm import content
from aipm.selection import model_entries
from aipm.selection.catalogue import Fact, ending, first_day, model, models
from aipm.selection.model_entries import FACTS, ModelTexts, texts

ROOT = Path(__file__).parents[2]


def test_the_catalogue_has_models_of_every_kind():
    kinds = Counter(each.kind for each in models())
    assert len(models()) == 67
    assert kinds["llm"] == 47
    assert kinds["embedding"] == 7
    assert {"image", "video", "speech-to-text", "text-to-speech", "rerank", "realtime-voice"} <= kinds.keys()


@pytest.mark.parametrize("found", models(), ids=lambda found: found.id)
def test_every_fact_has_a_source_or_a_reason(found):
    assert set(FACTS) | {"commercial_use", "licence"} == found.facts.keys()
    for name, fact in found.facts.items():
        if fact.value is not None:
            assert fact.source, name
            assert fact.as_of, name
            assert fact.evidence, name
            assert fact.value is False or fact.value, name
        elif name == "context_window":
            assert fact.note or found.genai_id
        elif name != "licence":
            assert fact.note, name


@pytest.mark.parametrize(
    ("which", "use"),
    [
        ("mistral-large-3-2512", "yes"),
        ("llama-3.3-70b-instruct", "conditional"),
        ("minimax-m3", "unverified"),
        ("kimi-k3", "unverified"),
    ],
)
def test_a_licence_has_one_of_four_states(which, use):
    fact = model(which).facts["commercial_use"]
    assert fact.value == use
    assert (fact.note is not None) >= (use == "conditional")


def test_a_licence_from_memory_counts_as_unverified():
    found = model("gpt-oss-120b")
    assert found.value("licence") == "Apache-2.0"
    assert found.value("commercial_use") == "unverified"
    for each in models():
        use = each.facts["commercial_use"]
        assert use.evidence != "unverified" or use.value == "unverified"


def test_an_api_product_is_a_yes_that_says_its_terms_were_not_read():
    use = model("gpt-6-luna").facts["commercial_use"]
    assert (use.value, use.evidence) == ("yes", "assumed")
    assert "not read" in use.note


def test_what_is_not_known_of_any_model_is_said():
    assert {"latency", "data_residency", "quality"} <= texts().gaps.keys()


def test_an_end_is_past_soon_or_later():
    today = date(2026, 11, 20)
    assert ending(model("muse-glimmer-30b"), today).state == "past"
    assert ending(model("phi-4-14b"), today).days_left == 58
    assert ending(model("phi-4-14b"), today).state == "soon"
    assert ending(model("phi-4-14b"), date(2026, 6, 1)).state == "later"
    assert ending(model("gpt-6-luna"), today) is None


def test_a_fact_is_stale_after_180_days():
    fact = Fact(value=1, as_of=date(2026, 1, 1))
    assert not fact.stale(date(2026, 6, 30))
    assert fact.stale(date(2026, 7, 1))
    assert not Fact(value=None).stale(date(2026, 7, 1))


def test_a_partial_date_begins_on_its_first_day():
    assert [first_day(said) for said in ("2026", "2026-06", "2026-06-30")] == [
        date(2026, 1, 1), date(2026, 6, 1), date(2026, 6, 30),
    ]  # fmt: skip


def test_an_unknown_model_is_none():
    assert model("no-such-model") is None
    assert model("anthropic/claude-opus-5-5") is model("claude-opus-5.5")


PLAIN = yaml.safe_load((content.FOLDER / "models.yaml").read_text("utf-8"))
PHI = next(each for each in PLAIN["models"] if each["id"] == "phi-4-14b")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": "gossip"}, "gossip"),
        ({"unknown": {"no_source": ["release_date"]}}, "unknown"),
        ({"unknown": {**PHI["unknown"], "no_source": ["release_date", "knowledge_cutoff", "tool_use"]}}, "unknown"),
        (
            {"unknown": {"no_such_reason": ["release_date", "knowledge_cutoff"], "not_declared": ["reasoning"]}},
            "reasons",
        ),
        ({"prices": []}, "prices"),
        ({"genai_id": "openai/gpt-6-luna"}, "prices"),
        ({"prices": [{"unit": "input_tokens", "usd": "0", "per": 1}]}, "above 0"),
        ({"licence": {"commercial_use": "conditional", "source": "gigagpu"}}, "condition"),
        ({"licence": {"commercial_use": "yes", "source": "gigagpu", "note": "no_such_note"}}, "no_such_note"),
    ],
)
def test_a_broken_file_fails_with_the_model_and_the_reason(monkeypatch, change, said):
    broken = msgspec.convert({**PLAIN, "models": [{**PHI, **change}]}, ModelTexts)
    monkeypatch.setattr(content, "load", lambda *_: broken)
    texts.cache_clear()
    with pytest.raises(content.ContentError, match=f"phi-4-14b.*{said}"):
        model_entries.texts()
    texts.cache_clear()


def test_two_models_of_one_name_are_refused(monkeypatch):
    whole = texts()
    monkeypatch.setattr(content, "load", lambda *_: replace(whole, models=(whole.models[0], whole.models[0])))
    texts.cache_clear()
    with pytest.raises(content.ContentError, match="twice"):
        model_entries.texts()
    texts.cache_clear()


def test_the_catalogue_costs_no_heavy_import():
    heavy = ("genai_prices", "tiktoken", "pydantic", "numpy")
    code = f"import sys, aipm.selection.offers; print([name for name in {heavy} if name in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
