"""A brief about a made-up loan service, small and whole, and what its writers are given."""

import hashlib
from datetime import UTC, date, datetime

from aipm.brief import brief as briefs
from aipm.brief.brief import Brief, Decision
from aipm.brief.entry import Entry, Figure
from aipm.brief.stale import Now
from aipm.content.chart import Chart, Series
from aipm.governance.product import Product

AT = datetime(2026, 11, 12, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
VERSIONS = {"catalogue": "2026-11-01", "encoder": "minilm-3"}
HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "<script>alert(1)</script>",
    "a\x00b\x0bc\x1f\ud800",
    "\u202eoffice\u202c",
    "W" * 3_000,
    "שלום עולם",
    "مرحبا بالعالم",
    "@SUM(1+1)|cmd",
    "line one\nline two\r\nline three",
    "Zażółć gęślą jaźń, 中文字符, 👩\u200d👩\u200d👧",
    "_x0041_ &amp; ]]> {0} %s",
    "e" + "\u0301" * 60,
    "\x00" * 900,
)


def sha(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def entry(tool="data_prep", **parts):
    known = {"title": "What was asked", "summary": "What was found.", "at": AT, "settings": sha(tool)}
    return Entry(tool=tool, **{**known, **parts})


def bars(**parts):
    known = {
        "kind": "bars",
        "title": "Trees lead by a third",
        "labels": ("Trees", "Regression", "Language model"),
        "series": (Series(name="Score", values=(82.0, 61.0, None)),),
        "alternative": "Three bars; trees are the longest.",
        "named": "Candidate",
        "unit": "%",
    }
    return Chart(**{**known, **parts})


def intervals():
    ages = Series(name="Selected", values=(41.0, 32.5), low=(39.0, 29.8), high=(43.4, None), counts=(3_100, 2_210))
    return bars(kind="intervals", labels=("Under 60", "60 and over"), series=(ages,), note="95% Wilson intervals.")


def lines():
    labels = tuple(f"Month {place}" for place in range(1, 13))
    now = Series(name="Now", values=tuple(500.0 + 60 * place if place != 4 else None for place in range(12)))
    return bars(kind="line", labels=labels, series=(now, Series(name="Large", values=(-3.0,) * 12)), unit="€")


def matrix():
    rows = (Series(name="Trees", values=(9.0, 8.0, 4.0)), Series(name="Model", values=(8.5, 2.0, None)))
    return bars(kind="matrix", labels=("Quality", "Cost", "Explainable"), series=rows, unit="")


def charts():
    return (bars(), intervals(), lines(), matrix())


def whole():
    """All chapters told, and nothing stale."""
    found = Brief()
    for each in (
        entry("use_case_mapper.pain", summary="Clerks read every application twice."),
        entry(
            "use_case_mapper", summary="It points at classification.", against=False, versions={"encoder": "minilm-3"}
        ),
        entry("model_scorer", summary="Trees lead, and clearly.", charts=(bars(), matrix()), versions=VERSIONS),
        entry("model_scorer.cost", figures=(Figure(name="A month", value=1_240, low=900, high=1_900, unit="€"),)),
        entry("data_prep", data=sha("file"), data_name="applications.csv", warnings=("One column gives it away.",)),
        entry("bias_audit", data=sha("file"), threshold=0.62, suppressed=True, charts=(intervals(),)),
    ):
        found = briefs.add(found, each)
    found = briefs.form(found, "product", Product(name="Loan pre-check", owner="Ines Moreau"))
    found = briefs.decide(found, Decision(what="Begin with trees.", who="Ines Moreau", on=TODAY))
    return briefs.would_change(found, "A model that explains itself for less than €0.05.")


def now(brief=None, **parts):
    latest = {each.tool: each.result for each in (brief or Brief()).entries}
    return Now(**{"today": TODAY, "latest": latest, "versions": VERSIONS, **parts})
