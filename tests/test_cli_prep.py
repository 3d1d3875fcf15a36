"""`prep` from a terminal: files in one go or none, refusals in JSON, and the script beside them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RECIPE = """
version: 1
target: label
steps:
  - {id: numbers, op: to_number, columns: [age]}
  - {id: parts, op: split, columns: [label], params: {how: stratified, test: 0.2}}
  - {id: fill, op: fill_statistic, columns: [age], params: {statistic: median}, reason: Half a page}
"""
SECRET = "Beeblebrox"  # noqa: S105 - a word to look for


@pytest.fixture
def people(tmp_path):
    rows = ["age,label,note"] + [f"{'' if k % 7 == 0 else 20 + k},{'yn'[k % 2]},{SECRET}{k}" for k in range(60)]
    path = tmp_path / "people.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "given.yaml"
        path.write_text(text)
        return path

    return write


def test_prep_as_the_contract_says_it(run, people, written, tmp_path):
    out = tmp_path / "deep" / "out"
    status, (answer,) = run("prep", people, "--recipe", written(RECIPE), "--out", out)
    assert status == 0, answer
    assert answer["ok"] is True
    assert answer["rows"].keys() == {"train", "validation", "test"}
    assert sum(answer["rows"].values()) == 60
    assert [each["status"] for each in answer["steps"]] == ["ok"] * 3
    assert answer["steps"][2].items() >= {"id": "fill", "op": "fill_statistic", "changed": 9}.items()
    assert set(answer["files"]) == {each.name for each in out.iterdir()}
    assert {"train.csv", "test.csv", "fitted.json", "recipe.yaml", "prepare.py", "report.html"} <= set(answer["files"])
    assert [each.name for each in out.parent.iterdir()] == ["out"]
    assert SECRET not in json.dumps(answer)
    assert SECRET not in (out / "fitted.json").read_text()
    # What was written makes itself again: the recipe here, the script alone.
    again = tmp_path / "again"
    assert run("prep", people, "--recipe", out / "recipe.yaml", "--out", again)[0] == 0
    assert (again / "prepare.py").read_bytes() == (out / "prepare.py").read_bytes()
    subprocess.run([sys.executable, out / "prepare.py", "--out", tmp_path / "alone"], cwd=tmp_path, check=True)
    for name in ("train.csv", "validation.csv", "test.csv"):
        assert (tmp_path / "alone" / name).read_bytes() == (out / name).read_bytes() == (again / name).read_bytes()


def test_prep_runs_as_a_program(people, written, tmp_path):
    call = [sys.executable, "-m", "aipm", "prep", people, "--recipe", written(RECIPE), "--out", tmp_path / "out"]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["ok"] is True


def test_a_step_that_cannot_be_done_stops_everything_or_is_left_out_when_asked(run, people, written, tmp_path):
    recipe = written("steps: [{op: to_number, columns: [age]}, {id: bad, op: strip_text, columns: [gone]}]")
    status, (answer,) = run("prep", people, "--recipe", recipe, "--out", tmp_path / "out")
    assert (status, answer["ok"], answer["error"]["code"]) == (1, False, "steps_failed")
    assert [each["status"] for each in answer["steps"]] == ["ok", "failed"]
    assert not (tmp_path / "out").exists()
    status, (answer,) = run("prep", people, "--recipe", recipe, "--out", tmp_path / "out", "--partly")
    assert (status, answer["ok"]) == (0, True)
    assert (tmp_path / "out" / "prepared.csv").exists()


def test_a_wrong_order_is_refused_with_one_that_works(run, people, written, tmp_path):
    recipe = written(
        "steps: [{id: n, op: to_number, columns: [age]}, {id: f, op: fill_statistic, columns: [age]}, "
        "{id: s, op: split}]"
    )
    call = ("prep", people, "--recipe", recipe, "--out", tmp_path / "out")
    status, (answer,) = run(*call)
    assert (status, answer["proposed_order"]) == (1, ["n", "s", "f"])
    assert answer["steps"][1]["status"] == "out_of_order"
    assert run(*call, "--mend-order")[0] == 0


def test_a_dry_run_writes_nothing(run, people, written, tmp_path):
    status, (answer,) = run("prep", people, "--recipe", written(RECIPE), "--out", tmp_path / "out", "--dry-run")
    assert (status, answer["files"]) == (0, [])
    assert not (tmp_path / "out").exists()


def test_the_next_file_with_other_names_is_prepared_by_what_the_first_taught(run, people, written, tmp_path):
    other = tmp_path / "next.csv"
    other.write_text("AGE,label,rest\n" + "".join(f"{'' if k % 2 else 1000},{'yn'[k % 3 > 0]},x\n" for k in range(40)))
    call = ("prep", other, "--recipe", written(RECIPE), "--out", tmp_path / "out", "--learn-from", people)
    status, (answer,) = run(*call)
    assert (status, answer["columns"]) == (0, {"AGE": "age"})
    ages = {line.split(",")[0] for line in (tmp_path / "out" / "train.csv").read_text().splitlines()[1:]}
    assert len(ages) == 2
    assert all(20 < float(age) < 80 for age in ages if float(age) != 1000)


def test_other_formats_lie_beside(run, people, written, tmp_path):
    formats = [each for kind in ("jsonl", "parquet", "sqlite") for each in ("--format", kind)]
    _, (answer,) = run("prep", people, "--recipe", written(RECIPE), "--out", tmp_path / "out", *formats)
    assert {"train.jsonl", "test.parquet", "prepared.sqlite"} <= set(answer["files"])


def test_what_is_left_from_an_earlier_run_is_told(run, people, written, tmp_path):
    out = tmp_path / "out"
    run("prep", people, "--recipe", written(RECIPE), "--out", out)
    (out / "mine.txt").write_text("stays")
    _, (answer,) = run("prep", people, "--recipe", written("steps: []"), "--out", out)
    assert answer["left_from_before"] == ["train.csv", "validation.csv", "test.csv"]
    assert (out / "mine.txt").read_text() == "stays"
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".prep-")]


@pytest.mark.parametrize(
    ("recipe", "options", "code"),
    [
        ("steps: [{op: launch}]", (), "unknown_operation"),
        ("steps: !!python/object/apply:os.system [x]", (), "bad_recipe"),
        ("version: 9\nsteps: []", (), "recipe_version"),
        ("steps: []", ("--target", "gone"), "no_column"),
        ("steps: []", ("--column", "gone=age"), "no_column"),
        ("steps: [{op: fill_neighbours, columns: [age, label], params: {neighbours: 1000000000}}]", (), "bad_setting"),
    ],
)
def test_refusals_are_json_and_nothing_is_written(run, people, written, tmp_path, recipe, options, code):
    status, (answer,) = run("prep", people, "--recipe", written(recipe), "--out", tmp_path / "out", *options)
    assert (status, answer["ok"], answer["error"]["code"]) == (1, False, code)
    assert not (tmp_path / "out").exists()


def test_the_file_itself_is_never_written_over(run, people, written, tmp_path):
    train = tmp_path / "train.csv"
    people.rename(train)
    before = train.read_bytes()
    status, (answer,) = run("prep", train, "--recipe", written(RECIPE), "--out", tmp_path)
    assert (status, answer["error"]["code"]) == (1, "would_overwrite")
    assert train.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_said(run, people, written, tmp_path):
    (tmp_path / "file").write_text("")
    status, (answer,) = run("prep", people, "--recipe", written(RECIPE), "--out", tmp_path / "file" / "out")
    assert (status, answer["error"]["code"]) == (1, "cannot_write")
