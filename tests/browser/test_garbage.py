"""The hidden setting that turns off a full garbage collection after every run is heard and does what it says."""

import re

from playwright.sync_api import expect

RUNS = 20


def test_runs_do_not_collect_all_garbage(scenes, visit):
    """With the setting on, Streamlit collects after every run; Python's own rare collections stay."""
    page = visit(scenes, "/?scene=garbage")
    for run in range(2, RUNS + 2):
        page.get_by_role("button", name="Again").click()
        expect(page.get_by_text(f"run {run}:")).to_be_visible()
    collections = int(re.search(r": (\d+) collections", page.get_by_test_id("stText").inner_text())[1])
    assert collections < RUNS / 2
