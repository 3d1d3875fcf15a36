"""The command line as people and pipelines call it."""

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aipm import cli
from aipm.cli import audit as audit_cli
from aipm.cli.mapping import lines
from aipm.fairness.command import audit_command
from aipm.fairness.metrics import METRICS, OVERALL
from aipm.fairness.spec import AuditSpec
from tests.command import strict

ROOT = Path(__file__).parents[1]
SECRET = "Beeblebrox"  # noqa: S105 - a word to look for


@pytest.fixture
def loans(tmp_path):
    """Women are approved half as often as men."""
    rows = ["sex,repaid,approved,score,town=name"]
    rows += [
        f"{'mf'[k % 2]},{k // 2 % 2},{int(k % 2 == 0 or k % 4 == 1)},{k % 100 / 100},{'ab'[k // 200]}"
        for k in range(400)
    ]
    path = tmp_path / "loans.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


# audit


def test_an_audit_as_the_contract_says_it(run, loans):
    status, (answer,) = run(
        "audit", loans, "--group", "sex", "--group", "town=name", "--depth", 2, "--label", "repaid",
        "--prediction", "approved", "--score", "score", "--threshold", 0.5,
    )  # fmt: skip
    assert status == 0
    assert answer["ok"] is True
    assert answer["rows"] == 400
    assert {"groups", "comparisons", "verdicts", "overall", "warnings"} <= answer.keys()
    assert answer["groups"][0]["group"] == {}
    assert {"sex": "f", "town=name": "a"} in [each["group"] for each in answer["groups"]]
    for each in answer["groups"]:
        assert each["metrics"].keys() == METRICS.keys()
        for number in each["metrics"].values():
            assert {"value", "numerator", "denominator", "low", "high", "status"} <= number.keys()
            assert number["status"] in ("ok", "not_enough_data", "not_computable")
            assert (number["value"] is None) == (number["status"] == "not_computable")
    for each in answer["comparisons"]:
        keys = {"metric", "group", "reference", "difference", "ratio", "low", "high", "p_value", "verdict"}
        assert keys <= each.keys()
        assert each["verdict"] in ("gap", "within_tolerance", "inconclusive", "not_computable")
    assert all({"question", "verdict", "text"} <= each.keys() for each in answer["verdicts"])
    assert answer["overall"].keys() == set(OVERALL)
    women = next(each for each in answer["groups"] if each["group"] == {"sex": "f"})
    assert women["metrics"]["selection_rate"]["value"] == 0.5


def test_a_gap_can_stop_a_pipeline(run, loans):
    call = ("audit", loans, "--group", "sex", "--prediction", "approved")
    assert run(*call)[0] == 0
    status, (answer,) = run(*call, "--fail-on", "gap")
    assert status == 1
    assert answer["ok"] is True
    assert answer["verdicts"][0]["verdict"] == "gap"
    assert run("audit", loans, "--group", "sex", "--prediction", "repaid", "--fail-on", "gap")[0] == 0


def test_what_the_engine_refuses_is_said_in_json(run, loans):
    for arguments, code in (
        (["--group", "Sex"], "no_such_column"),
        (["--group", "sex", "--prediction", "approved", "--reference", "sex=x"], "reference_not_found"),
    ):
        status, (answer,) = run("audit", loans, *arguments)
        assert status == 1
        assert (answer["ok"], answer["error"]["code"]) == (False, code)
        assert answer["error"].keys() >= {"code", "message", "advice"}
        assert answer["file"] == str(loans)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["audit"],
        ["audit", "x.csv"],
        ["audit", "x.csv", "--group", "g", "--threshold", "high"],
        ["audit", "x.csv", "--group", "g", "--threshold", "nan"],
        ["audit", "x.csv", "--group", "g", "--threshold", "0.5"],
        ["audit", "x.csv", "--group", "g", "--label-positive", "1"],
        ["audit", "x.csv", "--group", "g", "--prediction-positive", "1"],
        ["audit", "x.csv", "--group", "g", "--tolerance", "0"],
        ["audit", "x.csv", "--group", "g", "--tolerance", "1.2"],
        ["audit", "x.csv", "--group", "g", "--depth", "4"],
        ["audit", "x.csv", "--group", "g", "--where", "g"],
        ["audit", "x.csv", "--group", "g", "--reference", "g"],
        ["audit", "x.csv", "--group", "g", "--bins", "g=1,x"],
        ["audit", "x.csv", "--group", "g", "--bins", "g=1,inf"],
        ["audit", "x.csv", "--group", "g", "--reference-rule", "tallest"],
        ["audit", "x.csv", "--group", "g", "--favourable", "maybe"],
        ["audit", "x.csv", "--group", "g\udcff"],
        ["audit", "x.csv", "--group", "g", "--label", "l", "--label-positive", '"a'],
        ["audit", "x.csv", "--group", "g", "--label", "l", "--label-positive", "a\rb"],
        ["read"],
        ["read", "x.csv", "--header-row", "0"],
        ["read", "x.csv", "--header-row", "some"],
    ],
)
def test_a_wrong_call_exits_with_2_and_prints_nothing(run, arguments):
    assert run(*arguments) == (2, [])


def spec_of(*arguments):
    return audit_cli.spec_of(cli.parser().parse_args(["audit", "x.csv", *arguments]))


def test_values_with_commas_and_signs():
    spec = spec_of("--group=a=b", "--label=l", '--label-positive="London, UK",Paris', "--label-positive=>50K",
                   "--reference=a=b=c=d", "--where=l=x=y", "--bins=a=b=1,2.5")  # fmt: skip
    assert spec.label_positive == ("London, UK", "Paris", ">50K")
    assert spec.reference == (("a=b", "c=d"),)
    assert spec.where == (("l", "x=y"),)
    assert spec.bins == (("a=b", (1.0, 2.5)),)
    assert spec_of("--group=sex", "--reference=sex=").reference == (("sex", None),)


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), min_size=1, max_size=8)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def specs(draw):
    groups = draw(st.lists(WORDS, min_size=1, max_size=3, unique=True))
    roles = {role: draw(st.none() | WORDS) for role in ("label", "prediction", "score", "weight", "cluster")}
    names = [*groups, *(name for name in roles.values() if name)]
    return AuditSpec(
        groups=tuple(groups),
        **roles,
        threshold=draw(FLOATS) if roles["score"] else None,
        label_positive=tuple(draw(st.lists(WORDS, max_size=2))) if roles["label"] else (),
        prediction_positive=tuple(draw(st.lists(WORDS, max_size=2))) if roles["prediction"] else (),
        favourable=draw(st.sampled_from(["positive", "negative"])),
        worse_error=draw(st.sampled_from([None, "false_positive", "false_negative"])),
        where=tuple(draw(st.lists(st.tuples(st.sampled_from(names), WORDS), max_size=2))),
        depth=draw(st.integers(1, 3)),
        reference=tuple(draw(st.lists(st.tuples(st.sampled_from(groups), st.none() | WORDS), max_size=2))),
        reference_rule=draw(st.sampled_from(["largest", "highest", "overall"])),
        tolerance=draw(st.floats(0.1, 1)),
        bins=tuple(draw(st.lists(st.tuples(st.sampled_from(groups), st.tuples(FLOATS, FLOATS)), max_size=2))),
    )


@given(specs())
@example(AuditSpec(groups=("g",), prediction="p", prediction_positive=("\n", 'a,"b')))
def test_the_command_that_repeats_an_audit_repeats_it(spec):
    """…whatever the columns and values are called."""
    names = [
        *spec.groups,
        *(each for each in (spec.label, spec.prediction, spec.score, spec.weight, spec.cluster) if each),
    ]
    if any(one != other and other.startswith(f"{one}=") for one in names for other in names):
        return  # "a" and "a=b" in one table: COL=VALUE cannot tell them apart
    python, m, aipm, *arguments = shlex.split(audit_command("loans.csv", spec))
    assert (python, m, aipm) == ("python", "-m", "aipm")
    assert audit_cli.spec_of(cli.parser().parse_args(arguments)) == spec


# read


def test_every_file_gets_its_line(run, loans, tmp_path):
    damaged = tmp_path / "damaged.csv"
    damaged.write_bytes(b"\x89PNG\r\n\x1a\n" + SECRET.encode())
    status, answers = run("read", loans, damaged, tmp_path / "absent.csv", tmp_path)
    assert status == 1
    assert [each["file"] for each in answers] == [str(loans), str(damaged), str(tmp_path / "absent.csv"), str(tmp_path)]
    assert [each["ok"] for each in answers] == [True, False, False, False]
    assert answers[0]["columns"] == ["sex", "repaid", "approved", "score", "town=name"]
    assert answers[0]["row_count"] == 400
    assert answers[0]["reading"]["delimiter"] == ","
    assert "rows" not in answers[0]
    assert SECRET not in str(answers[1:])


def test_rows_are_the_text_of_the_file(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('zip;n\n00501;"a;b"\nNA;\n')
    status, (answer,) = run("read", path, "--rows")
    assert status == 0
    assert answer["rows"] == [["00501", "a;b"], ["NA", ""]]


def test_a_person_may_overrule_the_reader(run, tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes("na\xefve\tb\nx\ty\n".encode("cp1252"))
    _, (answer,) = run("read", path, "--rows", "--delimiter", "\\t", "--encoding", "cp1252", "--header-row", "none")
    assert answer["rows"] == [["naïve", "b"], ["x", "y"]]


# as a program


def program(*arguments, **options):
    command = [sys.executable, "-m", "aipm", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, **options)


@pytest.mark.parametrize("command", ["", "read", "audit"])
def test_help_can_be_learned_from(command):
    found = program(*command.split(), "--help", env={**os.environ, "COLUMNS": "100"})
    text = found.stdout.decode()
    assert (found.returncode, found.stderr) == (0, b"")
    assert text.startswith("usage: python -m aipm")
    if command:
        listed = re.search(r"\noptions:\n(.*?)(\n\n|$)", text, re.DOTALL)[1]
        entries = re.findall(r"^  (--[\w-]+).*?(?=^  -|\Z)", listed, re.DOTALL | re.MULTILINE)
        assert len(entries) >= 5
        for entry in re.findall(r"^  -.*?(?=^  -|\Z)", listed, re.DOTALL | re.MULTILINE):
            assert len(re.sub(r"^\s*(-[\w-]+,? ?)+(\{.*?\}|[A-Z\[\],=|0-9a-z…]+)?", "", entry).split()) >= 2, entry
    if command == "audit":
        examples = [line for line in text.replace("\\\n", " ").splitlines() if line.startswith("  python -m aipm")]
        assert len(examples) >= 3
        for example in examples:
            audit_cli.spec_of(cli.parser().parse_args(shlex.split(example)[3:]))


def test_a_reader_that_has_seen_enough_is_no_fault(loans):
    command = (
        f"{shlex.quote(sys.executable)} -m aipm read {shlex.quote(str(loans))} {shlex.quote(str(loans))} | head -c 1"
    )
    found = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, capture_output=True, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (0, b"{", b"")


def test_a_fault_of_the_program_shows_its_place_and_no_cell(run, loans, monkeypatch):
    def broken(*_):
        raise KeyError(SECRET)

    monkeypatch.setattr("aipm.cli.read.read", broken)
    status, (answer,) = run("read", loans)
    assert status == 1
    assert answer["error"]["code"] == "fault"
    assert "KeyError at test_cli.py:" in answer["error"]["message"]
    assert SECRET not in str(answer)


# map


def test_statements_are_mapped_in_order(run):
    status, found = run("map", "Sort the tickets by how urgent they are", "Add VAT to each line of the invoice")

    assert status == 0
    assert [answer["text"] for answer in found] == [
        "Sort the tickets by how urgent they are",
        "Add VAT to each line of the invoice",
    ]
    assert found[0]["ranking"][0]["capability"] == "rankings"
    assert {answer["strength"] for answer in found} <= {"weak", "moderate", "strong"}
    assert found[1]["may_not_need_ai"] is True
    assert {evidence["kind"] for evidence in found[0]["evidence"]} == {"phrase", "example"}


def test_an_empty_statement_is_refused_and_the_others_are_answered(run):
    status, (first, second) = run("map", " ", "Forecast the sales of bread")

    assert status == 1
    assert first["error"]["code"] == "empty"
    assert second["ranking"][0]["capability"] == "regression"


def test_the_question_can_be_answered_on_the_command_line(run):
    _, (weak,) = run("map", "Wir haben Daten und wissen nicht, was wir mit ihnen machen")
    _, (settled,) = run("map", "--output", "groups", "Wir haben Daten und wissen nicht, was wir mit ihnen machen")

    assert weak["question"]
    assert settled["question"] is None
    assert settled["ranking"][0]["capability"] == "clustering"


def test_lines_are_taken_as_they_come_whatever_bytes_they_hold():
    stream = io.BufferedReader(io.BytesIO(b"one\r\n\ntw\xff\nthree"))

    assert list(lines(stream)) == [["one", "", "tw\ufffd"], ["three"]]


def test_statements_come_from_standard_input_one_a_line():
    found = subprocess.run(
        [sys.executable, "-m", "aipm", "map", "--jsonl"],
        input="Sort the tickets\nPredict the price\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )

    assert [strict(line)["text"] for line in found.stdout.splitlines()] == ["Sort the tickets", "Predict the price"]
    assert found.stderr == ""
