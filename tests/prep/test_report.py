"""What is handed on: the report, the datasheet and what was learned; nothing runs, nothing gives a row away."""

import base64
import hashlib
import json
import re
from datetime import UTC, datetime

from lxml import html

from aipm.prep.datasheet import datasheet
from aipm.prep.finding import Finding
from aipm.prep.fitted import fitted, fitted_bytes, plain
from aipm.prep.operations import operations
from aipm.prep.pipeline import run
from aipm.prep.report import render
from aipm.prep.source import Source
from aipm.tables import Reading
from tests.prep.build import BIDI, EXAMPLES, FILLED, SPLIT, as_csv, frame, messy, recipe, step
from tests.prep.fresh import SECRET

READING = Reading(container="csv", encoding="cp1252", delimiter=";", header_row=1)
EVIL = "<script>alert(1)</script>\u202e"


def made(wanted, data=None, **said):
    cells = frame(messy() if data is None else data)
    name = said.pop("file", "people.csv")
    source = Source(file=name, sha256="0" * 64, columns=tuple(cells.columns), rows=len(cells))
    prepared = run(wanted, cells, secrets={"AIPM_SALT": SECRET})
    learned = fitted(wanted, prepared, source)
    page = render(
        wanted, prepared, source, fitted=learned, reading=READING, generated=datetime(2026, 11, 21, tzinfo=UTC), **said
    )
    return prepared, source, learned, page


def test_the_report_tells_what_came_in_what_was_done_and_what_came_out():
    finding = Finding(kind="missing", column="age", count=18, severity="warning", message="Blank.", advice="Fill.")
    wanted = recipe(FILLED[0], SPLIT, FILLED[1], step("strip_text", "nowhere", id="bad"), target="label")
    _, _, _, page = made(wanted, findings=[finding])
    text = re.sub(r"\s+", " ", html.fromstring(page).text_content())
    for said in ("160 rows, 13 columns", "Blank.", "Train 112, validation 24, test 24.", "There is no column 'nowhere'",
                 "age", "Motivation", "Open. To be answered", "Yes: train 112 rows",
                 "Steps that could not be done: 1"):  # fmt: skip
        assert said in text, said


def test_a_report_without_a_split_says_what_that_means():
    assert "Nothing splits this data" in made(recipe(*FILLED))[3]


def test_nothing_in_the_report_runs_or_is_fetched():
    evil = as_csv(["id", EVIL], [["1", EVIL], ["2", "x"], ["3", ""]])
    wanted = recipe(step("strip_text", EVIL.strip("\u202e") + "\u202e", reason=EVIL, id=EVIL), step("one_hot", EVIL))
    finding = Finding(kind="x", column=EVIL, severity="critical", message=EVIL, advice=EVIL)
    _, _, _, page = made(wanted, evil, file=EVIL, findings=[finding], known={"purpose": EVIL})
    tree = html.fromstring(page)
    assert "\u202e" not in page
    assert not tree.xpath("//script | //iframe | //img | //form | //object | //*[@style] | //@onclick | //link")
    assert all(link.startswith("https://doi.org/") for link in tree.xpath("//@href"))
    [style] = tree.xpath("//style/text()")
    [policy] = tree.xpath("//meta[@http-equiv]/@content")
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy
    assert "url(" not in style
    assert "@import" not in style


def test_the_datasheet_fills_in_what_is_known_and_asks_the_rest():
    wanted = recipe(*FILLED, target="label")
    prepared, source, _, _ = made(wanted)
    sections = datasheet(wanted, prepared, source, said={"licence": "CC BY 4.0", "purpose": " "})
    assert [each.title for each in sections] == [
        "Motivation", "Composition", "Collection", "Cleaning and labelling", "Uses", "Distribution", "Maintenance",
    ]  # fmt: skip
    answers = {each.question: each.known for section in sections for each in section.answers}
    assert answers["Under what licence or terms?"] == "CC BY 4.0"
    assert answers["What was the data made for?"] is None
    assert answers["Is there a label to predict?"] == "Yes: label."
    assert "160 rows" in answers["How many rows and columns are there?"]


def test_fitted_holds_what_was_learned_the_input_and_the_versions():
    prepared, _, learned, _ = made(recipe(FILLED[0], SPLIT, FILLED[1]))
    assert json.loads(fitted_bytes(learned)) == learned
    assert learned["rows"] == {"train": 112, "validation": 24, "test": 24}
    assert learned["input"]["sha256"] == "0" * 64
    assert learned["seeds"] == {"parts": 0}
    assert "scikit-learn" in learned["versions"]
    [fill] = learned["steps"]
    assert fill["learned"]["age"] == prepared.learned["filled"]["age"]


def test_what_any_operation_learned_is_plain_and_holds_no_row():
    # Each row has a number and a text that no other has; what is learned may hold a few of them, never most.
    data = as_csv(
        ["id", "age", "income", "city", "joined", "band", "weight", "tags", "member", "label", "mail", "note", BIDI],
        [
            [f"id{k}", f"{k}.{k:04}1", f"{2 * k}.{k:04}3", "ab"[k % 2], "01.02.2024", "10-20", "5 kg", "a;b", "yes",
             "ny"[k % 2], f"m{k}@x.org", f"note{k}", "x"]
            for k in range(1, 301)
        ],
    )  # fmt: skip
    for name, (needed, wanted) in EXAMPLES.items():
        if operations()[name].learn is None:
            continue
        text = fitted_bytes(made(recipe(*needed, SPLIT, wanted), data)[2]).decode()
        told = sum(f"{k}.{k:04}1" in text or f'note{k}"' in text or f"m{k}@" in text for k in range(1, 301))
        assert told < 20, (name, told)


def test_an_estimator_is_told_by_what_it_learned():
    from sklearn.neighbors import KNeighborsRegressor
    from sklearn.preprocessing import StandardScaler

    told = plain({"scale": StandardScaler().fit([[1.0], [3.0]]), "frame": frame(messy()), "none": float("nan")})
    assert told["scale"]["mean_"] == [2.0]
    assert told["frame"] == {"rows": 160, "columns": 13}
    assert told["none"] is None
    assert "7.25" not in json.dumps(plain(KNeighborsRegressor(1).fit([[7.25]], [1.0])))
