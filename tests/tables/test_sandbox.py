"""A hostile file can kill the child process; never the app, never its secrets, never its disk."""

import contextlib
import gc
import hashlib
import os
import threading
from collections import Counter
from pathlib import Path

import pytest

from aipm.tables import Limits, ReadError, Refusal, read, run_task, sandbox

SECRET = "Beeblebrox"  # noqa: S105 - a word to look for
CSV = f"name,p\n{SECRET},1\nb,0\n".encode()
TASKS = "tests.tables.tasks:"

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks into /proc")


def refusal_of(task, source=CSV, **limits):
    with pytest.raises(Refusal) as refusal:
        run_task(source, TASKS + task, {}, limits=Limits(**limits))
    assert SECRET not in refusal.value.message + refusal.value.advice
    return refusal.value


def test_a_table_comes_back_as_it_stood_and_is_known_by_its_hash():
    table = read(CSV)
    assert table.columns == ("name", "p")
    assert table.head() == [[SECRET, "1"], ["b", "0"]]
    assert table.fingerprint == hashlib.sha256(CSV).hexdigest()


def test_a_task_runs_beside_the_file_and_only_its_answer_comes_back():
    reply, columns, digest = run_task(CSV, TASKS + "rows", {"also": [1, None]})
    assert (reply.answer, columns) == ({"rows": 2, "also": [1, None]}, None)
    assert digest == hashlib.sha256(CSV).hexdigest()


@pytest.mark.parametrize(
    ("task", "limits", "code"),
    [
        ("sleep", {"wall_seconds": 1.0}, "too_slow"),
        ("spin", {"cpu_seconds": 1}, "too_much_work"),
        ("swell", {"memory_bytes": 3_000_000_000}, "too_much_memory"),
        ("swell_in_the_engine", {"memory_bytes": 1_500_000_000}, "too_much_memory"),
        ("abort", {}, "reader_stopped"),
        ("fail", {}, "reader_stopped"),
        ("nothing_of_that_name", {}, "reader_stopped"),
    ],
)
def test_whatever_happens_to_the_child_is_a_refusal(task, limits, code):
    refused = refusal_of(task, **limits)
    assert refused.code == code
    assert refused.advice


def test_a_refusal_of_the_child_is_told_in_its_words():
    refused = refusal_of("refuse")
    assert (refused.code, refused.message, refused.advice, refused.line) == ("no", "Not this one.", "Another one.", 7)


def test_what_a_library_prints_does_not_get_into_the_reply():
    assert run_task(CSV, TASKS + "chatter", {})[0].answer == {"said": True}


def test_large_replies_arrive_whole():
    reply, columns, _ = run_task(CSV, TASKS + "huge", {})
    assert len(reply.answer["text"]) == 20_000_000
    assert columns.column("c0").to_pylist() == ["y" * 1000] * 30_000


def test_the_child_sees_nothing_of_the_app(monkeypatch, tmp_path):
    monkeypatch.setenv("AIPM_SECRET", SECRET)
    monkeypatch.setenv("HOME", "/home/someone")
    monkeypatch.chdir(tmp_path)
    with (tmp_path / "open.txt").open("w") as stream:
        os.set_inheritable(stream.fileno(), True)
        seen = run_task(CSV, TASKS + "surroundings", {})[0].answer
    assert seen["environment"].keys() <= {"PATH", "MALLOC_ARENA_MAX", "OMP_NUM_THREADS", "LC_CTYPE"}
    assert str(tmp_path) not in [seen["folder"], *seen["files"]]
    assert str(tmp_path) not in str(seen)
    assert SECRET not in str(seen)


def test_nothing_is_written_to_disk(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    read(CSV * 50_000)
    (tmp_path / "data.csv").write_bytes(CSV)
    run_task(tmp_path / "data.csv", TASKS + "echo", {})
    assert list(tmp_path.iterdir()) == [tmp_path / "data.csv"]


def test_without_memory_files_pipes_serve_and_give_the_same(monkeypatch, tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes(CSV)
    here = run_task(CSV, TASKS + "echo", {})
    monkeypatch.delattr(os, "memfd_create")
    assert run_task(CSV, TASKS + "echo", {}) == run_task(path, TASKS + "echo", {}) == here
    assert refusal_of("abort").code == "reader_stopped"


def test_two_people_at_once_get_their_own_tables():
    found = {}

    def upload(name):
        found[name] = read(f"x\n{name}\n{name}\n".encode()).head()

    threads = [threading.Thread(target=upload, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {name: [[name], [name]] for name in "ab"}


def test_no_descriptor_process_or_thread_stays_behind():
    def held():
        gc.collect()
        files = []
        for fd in Path("/proc/self/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # the listing's own
                files.append(fd.readlink())
        children = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split()
        return Counter([*files, *children, *threading.enumerate()])

    read(CSV)
    before = held()
    read(CSV)
    refusal_of("abort")
    assert held() <= before  # what another test left may go meanwhile


@pytest.mark.parametrize(
    "boot",
    [
        "",
        "import os; os.write(1, b'garbage')",
        "import os; os.write(1, b'\\xff' * 100)",
        "import os; os.write(1, (2**62).to_bytes(8, 'little') + b'{')",
        "import os; os.write(1, (2).to_bytes(8, 'little') + b'[]')",
        'import os; os.write(1, (18).to_bytes(8, "little") + b\'{"has_table":true}\')',
        "import os; os.write(1, (9).to_bytes(8, 'little') + b'{\"a\": NaN')",
    ],
)
@pytest.mark.parametrize("memory", [True, False])
def test_a_child_taken_over_by_its_file_can_only_fail(monkeypatch, boot, memory):
    monkeypatch.setattr(sandbox, "BOOT", boot)
    if not memory:
        monkeypatch.delattr(os, "memfd_create")
    with pytest.raises(ReadError) as refusal:
        read(CSV)
    assert refusal.value.code == "reader_stopped"


def test_what_is_no_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, code in (
        (tmp_path, "no_file"),
        (tmp_path / "pipe", "no_file"),
        (Path("/dev/zero"), "no_file"),
        (tmp_path / "absent.csv", "cannot_open"),
        (tmp_path / "a\0b", "cannot_open"),
        (tmp_path / ("x" * 5000), "cannot_open"),
    ):
        with pytest.raises(ReadError) as refusal:
            read(path)
        assert refusal.value.code == code


def test_a_file_may_have_any_name(tmp_path):
    for name in ("-x '; rm -rf *", "\udcffé\n"):
        path = tmp_path / name
        path.write_bytes(CSV)
        assert read(path).row_count == 2
