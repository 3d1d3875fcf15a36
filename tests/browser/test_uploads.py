"""An upload never touches the disk: the server's open and temporary files are listed while 80 MB arrive."""

import os
import re
import sys
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

MEGABYTE = 1024 * 1024


def files_on_disk(pid, temporary):
    """Files the process holds open that were not there before, and whatever lies in its folder for temporary files.

    An unlinked temporary file has no name in the folder any more, but is still among the open files.
    """
    found = {str(path) for path in temporary.rglob("*")}
    for opened in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(opened.readlink())
        except FileNotFoundError:
            continue
        if target.startswith(str(temporary)) or re.search(r"^(?!/memfd:).*\(deleted\)$", target):
            found.add(target)
    return found


class Lister(threading.Thread):
    """Lists again and again until told to stop."""

    def __init__(self, pid, temporary):
        super().__init__()
        self.pid, self.temporary, self.done = pid, temporary, threading.Event()
        self.found, self.looks = set(), 0

    def run(self):
        while not self.done.is_set():
            self.found |= files_on_disk(self.pid, self.temporary)
            self.looks += 1


@pytest.mark.skipif(sys.platform != "linux", reason="open files are listed through /proc")
def test_eighty_megabytes_stay_in_memory(scenes, visit, tmp_path):
    big = tmp_path / "big.csv"
    big.write_bytes(b"a,b\n" + b"1,2\n" * (20 * MEGABYTE))
    page = visit(scenes, "/?scene=uploads")
    lister = Lister(scenes.pid, scenes.temporary)
    lister.start()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(big)
    expect(page.get_by_text(f"{big.stat().st_size} bytes")).to_be_visible()
    lister.done.set()
    lister.join()
    assert lister.looks > 20
    assert lister.found == set()


@pytest.mark.skipif(sys.platform != "linux", reason="open files are listed through /proc")
def test_the_listing_sees_a_temporary_file_without_a_name(tmp_path):
    """The check on the check: what a spooled upload leaves behind is found."""
    with Path(tmp_path / "spooled").open("wb") as spooled:
        Path(spooled.name).unlink()
        assert files_on_disk(os.getpid(), tmp_path) >= {f"{spooled.name} (deleted)"}
