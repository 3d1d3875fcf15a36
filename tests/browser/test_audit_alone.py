"""The data by itself in a browser: hostile names stay characters, a telling column is named, the report has it."""

import numpy as np
from playwright.sync_api import expect

HOSTILE = "<img src=x onerror=alert(1)> **b**"


def a_file(folder):
    """A column with a hostile name that tells the group nine times in ten, and one that does not."""
    rng = np.random.default_rng(0)
    lines = [f'sex,"{HOSTILE}",hours,hired']
    for _ in range(600):
        sex = rng.choice(["f", "m"])
        title = sex if rng.random() < 0.9 else "fm"[sex == "f"]
        lines.append(f"{sex},T{title},{rng.choice([20, 40])},{rng.choice(['yes', 'no'])}")
    path = folder / "people.csv"
    path.write_text("\n".join(lines))
    return path


def test_a_column_that_gives_the_group_away_is_named_and_goes_into_the_report(app, visit, ready, watch, tmp_path):
    page = visit(app, "/bias-audit", width=390)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(a_file(tmp_path))
    page.get_by_test_id("stMain").get_by_text("The data by itself", exact=True).click()
    ready(page)
    page.get_by_text("What gives the group away", exact=True).click()
    ready(page)
    picture = page.locator(".aipm .proxies .row")
    expect(picture.first).to_contain_text(HOSTILE)
    expect(picture.first).to_contain_text("tells it strongly")
    expect(page.locator(".aipm .answer").last).to_contain_text("A stranger could guess sex right")
    assert page.locator("[data-testid=stMain] img").count() == 0
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
    with page.expect_download() as coming:
        page.get_by_role("button", name="Report (HTML)").click()
    assert "The data by itself" in coming.value.path().read_text()
    assert watch.complaints == []
