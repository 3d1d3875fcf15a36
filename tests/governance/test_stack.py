"""Short lists of tools: what an answer leaves out, what comes back without it, what is never proposed."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args, get_type_hints

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aipm.content.document import html, markdown
from aipm.governance import stack_export
from aipm.governance import stack_words as words
from aipm.governance.forms import from_json, to_json
from aipm.governance.product import Product
from aipm.governance.stack import MOST, PARTS, STAGES, StackNeeds, StackTool, against, shortlist, tools

ROOT = Path(__file__).parents[2]
ANSWERS = {part: get_args(get_args(get_type_hints(StackNeeds)[part])[0]) for part in PARTS}
needs = st.builds(StackNeeds, **{part: st.sampled_from((None, *values)) for part, values in ANSWERS.items()})
EVERY = StackNeeds(
    approach="api", place="own", skills="analyst", licence="open", budget="none", volume="high", regulated="yes"
)


def tool(name, **parts):
    """A tool that fits everybody at deployment, but for `parts`."""
    usual = {
        "name": name.title(),
        "stages": ("deployment",),
        "job": "serving",
        "does": "It serves.",
        "licence": "open",
        "licence_name": "MIT",
        "licence_checked": "memory",
        "runs": ("aws", "azure", "google", "own"),
        "skills": "analyst",
        "cost": "machines",
        "status": "active",
        "status_why": "Seen.",
        "checked": "first",
        "source": "https://example.org",
        "checked_on": "November 2026",
    }
    return StackTool(id=name, **(usual | parts))


def proposed(stage):
    return [each.tool.id for each in stage.picks]


def test_each_answer_leaves_out_what_it_speaks_against_and_names_itself():
    shop = [
        tool("bought", approaches=("api",)),
        tool("cloud", runs=("aws",)),
        tool("hard", skills="platform"),
        tool("closed", licence="commercial"),
        tool("dear", budget="funded"),
        tool("small", volumes=("low",)),
        tool("plain"),
    ]
    asked = StackNeeds(
        approach="train", place="own", skills="engineer", licence="open", budget="small", volume="middle"
    )
    stage = shortlist(asked, shop).stage("deployment")
    assert proposed(stage) == ["plain"]
    assert {each.tool.id: each.by for each in stage.left} == {
        "bought": ("approach",),
        "cloud": ("place",),
        "hard": ("skills",),
        "closed": ("licence",),
        "dear": ("budget",),
        "small": ("volume",),
    }


def test_buying_an_api_hides_training_and_says_why():
    found = shortlist(StackNeeds(approach="api"))
    assert [each.stage for each in found.stages if each.hidden] == ["training"]
    assert "Training is left out" in " ".join(words.answer(found))
    assert not any(each.hidden for each in shortlist(StackNeeds(approach="adapt")).stages)


def test_a_device_is_held_against_deployment_alone():
    shop = [tool("server"), tool("phone", runs=("device",)), tool("lab", stages=("training",), job="many")]
    found = shortlist(StackNeeds(place="device"), shop)
    assert proposed(found.stage("deployment")) == ["phone"]
    assert proposed(found.stage("training")) == ["lab"]


def test_a_short_list_has_one_of_each_job_before_two_of_one():
    shop = [*(tool(f"serve{place}") for place in range(3)), tool("pack", job="packaging"), tool("door", job="gateway")]
    stage = shortlist(StackNeeds(), shop).stage("deployment")
    assert proposed(stage) == ["serve0", "pack", "door"]
    assert [each.id for each in stage.more] == ["serve1", "serve2"]


def test_a_tool_of_one_cloud_comes_first_there_and_last_elsewhere():
    shop = [tool("plain"), tool("house", runs=("azure",))]
    assert proposed(shortlist(StackNeeds(place="azure", skills="engineer"), shop).stage("deployment"))[0] == "house"
    assert proposed(shortlist(StackNeeds(place="any"), shop).stage("deployment")) == ["plain", "house"]
    assert proposed(shortlist(StackNeeds(place="aws"), shop).stage("deployment")) == ["plain"]


def test_where_records_may_be_asked_for_they_count_and_upkeep_is_a_must():
    shop = [tool("plain"), tool("worn", status="maintenance", records=True), tool("keeps", records=True)]
    stage = shortlist(StackNeeds(regulated="yes"), shop).stage("deployment")
    assert proposed(stage) == ["keeps", "plain"]
    assert [(each.tool.id, each.by) for each in stage.left] == [("worn", ("regulated",))]
    assert proposed(shortlist(StackNeeds(regulated="no"), shop).stage("deployment")) == ["plain", "keeps", "worn"]


def test_where_nothing_fits_the_smallest_change_is_named():
    shop = [tool("hard", skills="platform"), tool("both", skills="platform", licence="commercial")]
    asked = StackNeeds(skills="analyst", licence="open", place="own")
    stage = shortlist(asked, shop).stage("deployment")
    assert [(each.parts, [tool.id for tool in each.back]) for each in stage.relaxed] == [(("skills",), ["hard"])]
    only = shortlist(asked, shop[1:]).stage("deployment")
    assert [each.parts for each in only.relaxed] == [("skills", "licence")]
    assert "together" in words.relaxed(only)[0]


def test_where_there_is_no_tool_at_all_no_answer_can_help():
    assert shortlist(EVERY, []).stage("deployment").relaxed == ()


@pytest.mark.parametrize(
    ("asked", "clash"),
    [
        (StackNeeds(approach="api", place="own"), "api_own"),
        (StackNeeds(approach="api", place="device"), "api_device"),
        (StackNeeds(approach="train", skills="analyst"), "train_analyst"),
        (StackNeeds(approach="adapt", budget="none"), "train_free"),
        (StackNeeds(approach="classical", place="own", skills="analyst"), "own_analyst"),
        (StackNeeds(budget="none", volume="high"), "high_free"),
    ],
)
def test_answers_that_hardly_go_together_are_named(asked, clash):
    found = shortlist(asked)
    assert found.clashes == (clash,)
    assert all(words.clashes(found))


@given(needs)
def test_whatever_is_answered_only_fitting_tools_with_a_future_are_proposed(asked):
    found = shortlist(asked)
    assert tuple(each.stage for each in found.stages) == STAGES
    for stage in found.stages:
        here = [each.tool for each in stage.picks]
        assert len(here) <= MOST
        for each in (*here, *stage.more):
            assert each.status != "retired"
            assert not against(each, stage.stage, asked)
        if not stage.hidden:
            known = {each.id for each in tools() if stage.stage in each.stages}
            told = [each.id for each in here] + [each.id for each in stage.more] + [each.tool.id for each in stage.left]
            assert sorted(told) == sorted(known)
            assert bool(here) != bool(stage.relaxed)
        for each in stage.relaxed:
            back = shortlist(replace(asked, **dict.fromkeys(each.parts))).stage(stage.stage)
            assert tuple(pick.tool for pick in back.picks) == each.back
    assert all(words.why(pick, asked) for stage in found.stages for pick in stage.picks)
    assert all(line for stage in found.stages for line in words.left_out(stage))


@given(needs)
def test_the_file_gives_the_answers_back(asked):
    opened = from_json(to_json({"stack": asked}, saved="2026-11-21"))
    assert opened.forms.get("stack", StackNeeds()) == asked
    assert not opened.unread


def test_the_catalogue_is_whole_and_says_how_far_it_was_checked():
    names = [each.id for each in tools()]
    assert len(names) == len(set(names)) >= 45
    for stage in STAGES:
        assert sum(stage in each.stages for each in tools()) >= 5
    for each in tools():
        assert each.source.startswith("https://")
        assert each.checked_on
        assert each.status_why.endswith(".")
        assert (each.status == "retired") == bool(each.replaced_by)
        assert each.status == "not_checked" or each.checked != "memory", each.id
        assert each.licence_checked == "memory" or each.licence_source, each.id
        assert set(each.approaches) <= set(ANSWERS["approach"])
    assert {each.job for each in tools()} == set(words.stack_texts().jobs)


def test_retired_tools_name_what_to_take_instead():
    for name in ("torchserve", "tgi", "tensorzero"):
        retired = next(each for each in tools() if each.id == name)
        assert retired.status == "retired"
        left = next(each for each in shortlist(StackNeeds()).stage("deployment").left if each.tool == retired)
        assert left.by == ()
        assert words.instead(retired) in " ".join(words.left_out(shortlist(StackNeeds()).stage("deployment")))


def test_every_text_has_its_words():
    texts = words.stack_texts()
    assert set(texts.form.fields) == set(PARTS)
    assert {part: tuple(options) for part, options in texts.form.options.items()} == ANSWERS
    assert set(texts.stages) == set(STAGES)


def test_the_document_says_what_was_asked_and_why_each_tool_is_there():
    asked = StackNeeds(approach="classical", place="own", skills="engineer", licence="open")
    made = stack_export.document(shortlist(asked), product=Product(name="=1+1 <b>x</b>"))
    text = markdown(made)
    assert "scikit-learn" in text
    assert "runs on your own machines" in text
    assert "not answered" in text
    assert "<b>" not in html(made, generated=datetime(2026, 11, 21, tzinfo=UTC))


def test_the_csv_holds_every_tool_of_every_stage_and_no_formula():
    found = shortlist(EVERY)
    rows = list(csv.DictReader(io.StringIO(stack_export.csv(found))))
    assert {row["proposed"] for row in rows} <= {"yes", "fits", "no"}
    assert [row["left_out_by"] for row in rows if row["tool"] == "TorchServe"] == ["retired"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert "training" not in {row["stage"] for row in rows}


def test_the_worked_example_reads_as_a_form_and_leaves_nothing_unproposed():
    raw = yaml.safe_load((ROOT / "content" / "governance_example.yaml").read_text(encoding="utf-8"))
    example = msgspec.convert(raw["stack"], StackNeeds)
    found = shortlist(example)
    assert all(each.picks for each in found.stages)
    assert example.regulated == "unsure"
