"""A generated file of customers with planted, counted defects of every kind, to try the preparation on.

Nobody in it is real: names are made of syllables, addresses end in example.com and phone numbers are of the range that
Ofcom keeps for drama. How often each defect occurs is fixed in numbers, not drawn; chance decides only where.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from aipm.content import load

Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """A planted defect: the step of the preparation it belongs to, the kind of finding, how many rows or cells."""

    step: str
    kind: str
    columns: tuple[str, ...]
    count: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepSample:
    """The file in words. `target`, `group`, `time` and `annotators` are the columns to choose in the wizard."""

    title: str
    file_name: str
    summary: str
    about: str
    target: str
    group: str
    time: str
    annotators: tuple[str, ...]
    quasi_identifiers: tuple[str, ...]
    sensitive: str
    columns: dict[str, str]
    defects: tuple[Defect, ...]
    finds: tuple[str, ...]


PEOPLE, RETURNED, DUPLICATES = 1_600, 400, 24
"""Customers, those of them who stand in the file a second time half a year later, and rows that were exported twice."""
CHURNED, FLIPPED, UNKNOWN = 260, 36, 20
"""Rows that say yes, rows of either answer that say the opposite of what is true, and rows that say nothing."""
PLANS = {"Basic": (9.9, 0.5), "Plus": (19.9, 0.35), "Pro": (39.9, 0.15)}
REGIONS = {"North": 512, "South": 416, "East": 352, "West": 306, "Islands": 14}
NOTES = {
    "billing": ("charged twice last month", "the invoice does not match the offer", "asks for a refund of the fee"),
    "fault": ("connection drops every evening", "router restarts by itself", "no signal since the storm"),
    "praise": ("very happy with the helpline", "recommends us to friends", "says the new app is great"),
}
NOBODY_LABELLED = {"topic_anna": "", "topic_ben": ""}
SYLLABLES = ("ba", "do", "fen", "gri", "hal", "jo", "kel", "lum", "mor", "ni", "pra", "rus", "sil", "tov", "ul", "ven")


@cache
def prep_sample() -> PrepSample:
    found: PrepSample = load("prep_sample", PrepSample)
    return found


def generate() -> bytes:
    """The file, the same bytes at every call."""
    rows, _ = _customers()
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def flipped_rows() -> frozenset[int]:
    """Where the label was turned round, as row numbers from 1 below the header: what a search should find."""
    return _customers()[1]


@cache
def _customers() -> tuple[list[Row], frozenset[int]]:
    random = Random(20_264)  # noqa: S311 - made-up people, no secret
    people = [_person(random, number) for number in range(1, PEOPLE + 1)]
    for person, region in zip(people, _shared(random, REGIONS), strict=True):
        person["region"] = region
    mainlanders = [person for person in people if person["region"] != "Islands"]
    rows = [dict(person) for person in people]
    rows += [_half_a_year_later(random, person) for person in random.sample(mainlanders, RETURNED)]
    random.shuffle(rows)
    flipped = _label(random, rows)
    clean = [dict(row) for row in rows]
    _dirty(random, rows)
    # Only rows without another defect stand twice, so that each defect occurs as often as its number says.
    whole = [row for row, before in zip(rows, clean, strict=True) if row == before | NOBODY_LABELLED]
    calm = [row for row in whole if row["churned"] == "no" and row["region"] != "Islands" and row["internet"] == "yes"]
    copies = [dict(row) for row in random.sample(calm, DUPLICATES)]
    return rows + copies, frozenset(at + 1 for at in flipped)


def _person(random: Random, number: int) -> Row:
    first, last = ("".join(random.choices(SYLLABLES, k=2)).capitalize() for _ in range(2))
    birth = date(1940, 1, 1) + timedelta(days=random.randrange(23_000))
    seen = date(2025, 1, 1) + timedelta(days=random.randrange(180))
    plan = random.choices(list(PLANS), [share for _, share in PLANS.values()])[0]
    internet = random.random() < 0.75
    kind = random.choice(list(NOTES))
    return {
        "customer_id": f"C-{number:05}",
        "snapshot": seen.isoformat(),
        "full_name": f"{first} {last}",
        "email": f"{first}.{last}{number}@example.com".lower(),
        "phone": f"+44 1632 960{number % 1_000:03}",
        "birth_date": birth.isoformat(),
        "postcode": f"{random.randrange(100, 99_900):05}",
        "region": "",
        "household_size": str(random.choices(range(1, 7), (30, 32, 16, 14, 6, 2))[0]),
        "income": str(random.randrange(14_000, 90_000, 100)),
        "plan": plan,
        "monthly_fee": f"{PLANS[plan][0]:.2f}",
        "internet": "yes" if internet else "no",
        "router_model": random.choice(("R100", "R200", "R300")) if internet else "",
        "data_used": f"{random.uniform(1, 60):.1f} GB",
        "tenure_months": str(random.randrange(1, 97)),
        "satisfaction": str(random.randrange(1, 11)),
        "newsletter": random.choice(("yes", "no")),
        "currency": "EUR",
        "note": random.choice(NOTES[kind]),
        "topic_anna": kind,
        "topic_ben": kind,
        "cancellation_reason": "",
        "churned": "",
    }


def _half_a_year_later(random: Random, person: Row) -> Row:
    seen = date.fromisoformat(person["snapshot"]) + timedelta(days=182)
    return {
        **person,
        "snapshot": seen.isoformat(),
        "tenure_months": str(int(person["tenure_months"]) + 6),
        "satisfaction": str(min(10, max(1, int(person["satisfaction"]) + random.choice((-1, 0, 1))))),
    }


def _label(random: Random, rows: list[Row]) -> set[int]:
    """Who is unhappy and new leaves; then some answers are turned round, where the truth is plain to see."""

    def urge(row: Row) -> float:
        return -0.9 * int(row["satisfaction"]) - 0.04 * int(row["tenure_months"]) + random.gauss(0, 0.3)

    order = sorted(range(len(rows)), key=lambda at: urge(rows[at]), reverse=True)
    leaves = set(order[:CHURNED])
    flipped = set(order[: CHURNED // 2 : CHURNED // FLIPPED][: FLIPPED // 2])
    flipped |= set(random.sample(order[-len(order) // 2 :], FLIPPED - len(flipped)))
    reasons = ("price", "moving away", "other provider")
    for at, row in enumerate(rows):
        row["churned"] = "yes" if (at in leaves) != (at in flipped) else "no"
        row["cancellation_reason"] = random.choice(reasons) if row["churned"] == "yes" else ""
    certain = [at for at in range(len(rows)) if rows[at]["churned"] == "no" and at not in flipped]
    for at in random.sample(certain, UNKNOWN):
        rows[at]["churned"] = ""
    return flipped


def _dirty(random: Random, rows: list[Row]) -> None:
    """Every defect in a column on rows of its own, so that their counts stand as they are given here."""

    def some(column: str, *counts: int, among: list[Row] | None = None) -> list[list[Row]]:
        drawn = iter(random.sample([row for row in among or rows if row[column]], sum(counts)))
        return [[next(drawn) for _ in range(count)] for count in counts]

    for row in some("snapshot", 300)[0]:
        row["snapshot"] = date.fromisoformat(row["snapshot"]).strftime("%d/%m/%Y")
    unknown, question, blank, huge = some("income", 70, 50, 90, 6)
    for row in unknown:
        row["income"] = "unknown"
    for row in question:
        row["income"] = "?"
    for row in blank:
        row["income"] = ""
    for row in huge:
        row["income"] += "000"
    for row in some("tenure_months", 60)[0]:
        row["tenure_months"] = "-999"
    for row in some("household_size", 45)[0]:
        row["household_size"] = "0"
    for row in some("satisfaction", 160)[0]:
        row["satisfaction"] = ""
    lower, spaced, misspelt = some("plan", 40, 30, 20, among=[row for row in rows if row["plan"] == "Plus"])
    for row in lower:
        row["plan"] = "plus"
    for row in spaced:
        row["plan"] = " Plus"
    for row in misspelt:
        row["plan"] = "Pluss"
    for row in some("monthly_fee", 200)[0]:
        row["monthly_fee"] += " EUR"
    for row in some("data_used", 150)[0]:
        row["data_used"] = f"{round(float(row['data_used'].split()[0]) * 1_000)} MB"
    for row, spelling in zip(some("newsletter", 120)[0], ("Y", "N", "TRUE", "FALSE") * 30, strict=True):
        row["newsletter"] = spelling
    for row in some("note", 25)[0]:
        row["note"] += f", please write to {row['email']}"
    _annotate(random, rows)


def _annotate(random: Random, rows: list[Row]) -> None:
    """Two people label the first 500 notes; on 60 of them Ben says something else. The other notes nobody labelled."""
    for row in rows[500:]:
        row.update(NOBODY_LABELLED)
    for row in random.sample(rows[:500], 60):
        row["topic_ben"] = random.choice([kind for kind in NOTES if kind != row["topic_anna"]])


def _shared(random: Random, counts: dict[str, int]) -> list[str]:
    """Names in fixed numbers, in random order."""
    names = [name for name, count in counts.items() for _ in range(count)]
    random.shuffle(names)
    return names
