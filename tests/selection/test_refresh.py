"""What in the catalogue has aged; the report changes nothing."""

import argparse
import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from aipm import content
from aipm.cli import catalogue
from aipm.selection import refresh
from aipm.selection.catalogue import model, models
from aipm.selection.refresh import refresh_report

TODAY = date(2026, 11, 20)


def changed(report, which):
    return {each["fact"]: (each["here"], each["there"]) for each in report["changes"] if each["model"] == which}


def test_a_report_of_the_installed_package():
    report = refresh_report(today=TODAY)
    assert report["ok"] is True
    assert report["vanished"] == []
    assert report["package"]["name"] == "genai-prices"
    assert report["compared_with"] == []
    assert {"model": "phi-4-14b", "day": "2027-01-17", "days_left": 58, "state": "soon"} in report["deprecations"]
    ahead = {each["model"]: each for each in report["price_changes_ahead"]}
    assert ahead["gemini-3.8-flash"]["usd_per_million_in_and_out"] == {"before": "4.50", "after": "9.0"}


def test_a_vanished_model_fails_the_report(monkeypatch):
    lost = replace(model("gpt-6-luna"), genai_id="openai/gpt-6-moon")
    monkeypatch.setattr(refresh, "models", lambda: (lost, model("phi-4-14b")))
    report = refresh_report(today=TODAY)
    assert report["ok"] is False
    assert report["vanished"] == [{"model": "gpt-6-luna", "genai_id": "openai/gpt-6-moon"}]


def test_facts_are_stale_after_180_days():
    assert refresh_report(today=TODAY)["stale"] == []
    old = {each["model"]: each["facts"] for each in refresh_report(today=date(2026, 12, 30))["stale"]}
    assert old["claude-haiku-4.5"]["release_date"] == 181  # collected on 2 July
    assert "gpt-6-luna" not in old
    later = {each["model"]: each["facts"] for each in refresh_report(today=date(2027, 5, 20))["stale"]}
    assert len(later) == len(models())
    assert later["nova-pro"]["prices"] == 181


def test_differences_from_litellm():
    report = refresh_report(
        today=TODAY,
        litellm={
            "gpt-6-luna": {
                "input_cost_per_token": 1.5e-07,
                "output_cost_per_token": 5e-07,
                "max_output_tokens": 128000,
                "max_input_tokens": 922000,
                "supports_function_calling": False,
                "deprecation_date": "2027-09-01",
            },
            "deepseek/deepseek-flash": {"input_cost_per_token": 3e-07, "output_cost_per_token": 6e-07},
            "amazon.nova-pro-v1:0": {"input_cost_per_token": 8e-07, "max_input_tokens": 400000},
            "gpt-image-2.5-sunburst": {"input_cost_per_token": 0},
        },
    )
    assert changed(report, "gpt-6-luna") == {
        "usd_per_million_input_tokens": ("0.1", "0.15"),
        "tool_use": (True, False),
        "deprecation_date": (None, "2027-09-01"),
    }  # 922,000 in and 128,000 out share a window of 1,050,000
    assert changed(report, "deepseek-v4.1-flash") == {}  # one at the dear hours, one at the cheap ones
    assert changed(report, "nova-pro") == {"context_window": (300000, 400000)}
    assert changed(report, "gpt-image-2.5-sunburst") == {}
    assert "claude-opus-5.5" in report["not_found"]["litellm"]
    assert report["compared_with"] == ["litellm"]


def test_differences_from_models_dev():
    theirs = {
        "open_weights": True,
        "release_date": "2026-09-22",
        "knowledge": "2026-06-01",
        "modalities": {"input": ["text", "image", "pdf", "audio"], "output": ["text"]},
        "limit": {"context": 1_050_000, "output": 256_000},
    }
    report = refresh_report(today=TODAY, models_dev={"openai": {"models": {"gpt-6-luna": theirs}}, "xai": 3})
    assert changed(report, "gpt-6-luna") == {
        "open_weights": (False, True),
        "knowledge_cutoff": ("2026-05-18", "2026-06-01"),
        "max_output": (128_000, 256_000),
        "in_modalities": (["image", "pdf", "text"], ["audio", "image", "pdf", "text"]),
    }


@pytest.mark.parametrize(
    "odd", [{"gpt-6-luna": 3}, {"gpt-6-luna": {"input_cost_per_token": "x", "max_input_tokens": "many"}}, {}]
)
def test_odd_collections_are_survived(odd):
    assert refresh_report(today=TODAY, litellm=odd, models_dev={"openai": odd})["ok"]
    assert changed(refresh_report(today=TODAY, litellm=odd), "gpt-6-luna") == {}


# the command


@pytest.fixture
def run(capsys):
    def call(*arguments):
        parser = argparse.ArgumentParser()
        catalogue.add(parser.add_subparsers())
        chosen = parser.parse_args(["catalogue", *map(str, arguments)])
        status = chosen.run(chosen)
        out, err = capsys.readouterr()
        assert err == ""
        return status, json.loads(out)

    return call


def test_the_list_of_models(run):
    status, answer = run("--today", "2026-11-20")
    assert status == 0
    assert answer["ok"] is True
    assert len(answer["models"]) == len(models())
    assert {"latency", "data_residency"} <= answer["gaps"].keys()
    phi = next(each for each in answer["models"] if each["id"] == "phi-4-14b")
    assert phi["ending"] == {"day": "2027-01-17", "days_left": 58, "state": "soon"}
    assert phi["facts"]["reasoning"]["value"] is None
    assert phi["facts"]["reasoning"]["note"]
    assert Decimal(phi["prices"][0]["usd"]) == Decimal("0.125")


def test_the_report_changes_nothing(run, tmp_path):
    path = content.FOLDER / "models.yaml"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    (tmp_path / "list.json").write_text('{"gpt-6-luna": {"max_output_tokens": 1}}')
    status, answer = run("--refresh-report", "--today", "2026-11-20", "--litellm", tmp_path / "list.json")
    assert status == 0
    assert changed(answer, "gpt-6-luna") == {"max_output": (128000, 1)}
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff", b"[" * 100_000], ids=["cut", "list", "bytes", "deep"])
def test_a_file_that_is_no_collection_is_refused(run, tmp_path, data):
    (tmp_path / "odd.json").write_bytes(data)
    status, answer = run("--refresh-report", "--models-dev", tmp_path / "odd.json")
    assert (status, answer["ok"], answer["error"]["code"]) == (1, False, "collection")
    assert run("--refresh-report", "--litellm", tmp_path / "none.json")[0] == 1


@pytest.mark.parametrize("wrong", [("--today", "yesterday"), ("--litellm", "x.json")])
def test_a_wrong_call(run, wrong, capsys):
    with pytest.raises(SystemExit) as left:
        run(*wrong)
    assert left.value.code == 2
    assert capsys.readouterr().err
