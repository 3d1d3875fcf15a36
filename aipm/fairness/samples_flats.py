"""The sample of a landlord's applications: a group that no model is given, and columns that tell it all the same."""

import numpy as np

from aipm.fairness.samples_cells import Cells, Numbers, Texts, normal_quantiles, numbered, respelled, split

DISTRICTS = {
    "Marrin": {"Harbour": 280, "Hillside": 1_080, "Market": 1_020, "Meadow": 1_020},
    "Sollek": {"Harbour": 1_040, "Hillside": 140, "Market": 220, "Meadow": 150},
    "": {"Harbour": 10, "Hillside": 15, "Market": 15, "Meadow": 10},
}
"""Origin -> district -> applicants: the column that tells the origin by itself."""
KINDS = ("one or two, small", "one or two, large", "three or more, small", "three or more, large")
SIZES = {"Marrin": (0.4, 0.1, 0.1, 0.4), "Sollek": (0.1, 0.3, 0.5, 0.1), "": (0.3, 0.2, 0.2, 0.3)}
"""Share of each kind of household and flat: two columns that tell little of the origin alone, and much together."""
NO_INCOME = {"Marrin": 0.04, "Sollek": 0.14, "": 0.06}
"""Share whose income is missing."""
SUITABLE = {"Marrin": 0.54, "Sollek": 0.42, "": 0.50}
"""Share whom the staff judge suitable. Incomes are alike: the planted bias of the label."""
AGES = {"young": (18, 30), "middle": (30, 50), "old": (50, 80)}
AGE_SHARES = {"young": 0.36, "middle": 0.40, "old": 0.24}
"""Ages from, to before, and the share of applicants, in every district and of every origin."""
OFFERED, OFFERED_AT_HARBOUR = 0.46, {"young": 0.10, "middle": 0.30, "old": 0.30}
"""Share who are offered a flat: the model goes by the district, never by the origin."""
CONTACT = {"app": 0.5, "letter": 0.2, "visit": 0.3}


def flats() -> Cells:
    """Of each origin, district and age band a fixed number is judged suitable and a fixed number offered a flat: those
    whose income and luck are highest.
    """
    random = np.random.default_rng(20_264)
    blocks = [
        _block(random, origin, district, band, people)
        for origin, districts in DISTRICTS.items()
        for district, all_ in districts.items()
        for band, people in _sizes(all_, AGE_SHARES).items()
    ]
    rows = sum(len(block["origin"]) for block in blocks)
    order = random.permutation(rows)
    found = {name: np.concatenate([block[name] for block in blocks])[order] for name in blocks[0]}
    for origin, share in NO_INCOME.items():
        people = np.flatnonzero(found["origin"] == origin)
        found["income"][random.choice(people, round(share * len(people)), replace=False)] = ""
        found["contact"][people] = random.permutation(split(len(people), CONTACT))
    return {
        "application": numbered("A", rows),
        **found,
        "suitable": respelled(random, found["suitable"], every=50),
        "offered": respelled(random, found["offered"], every=50),
    }


def _block(random: np.random.Generator, origin: str, district: str, band: str, people: int) -> Cells:
    """The applicants of one origin, district and age band."""
    evidence = random.permutation(normal_quantiles(people))
    sizes = np.char.partition(random.permutation(split(people, dict(zip(KINDS, SIZES[origin], strict=True)))), ", ")
    offered = OFFERED_AT_HARBOUR[band] if district == "Harbour" else OFFERED
    return {
        "origin": np.full(people, origin, dtype="<U8"),
        "district": np.full(people, district, dtype="<U8"),
        "age": random.integers(*AGES[band], people).astype(str),
        "household": sizes[:, 0],
        "flat": sizes[:, 2],
        "income": (np.round(240 * np.exp(0.35 * evidence)).astype(int) * 10).astype(str),
        "contact": np.full(people, "", dtype="<U8"),
        "weeks_waiting": random.integers(1, 80, people).astype(str),
        "suitable": _highest(evidence + random.normal(size=people), SUITABLE[origin]),
        "offered": _highest(evidence + random.normal(size=people), offered),
    }


def _highest(worth: Numbers, share: float) -> Texts:
    """Yes for the given share of people, those worth most; no for the others."""
    place = np.empty(len(worth), dtype=np.int64)
    place[np.argsort(-worth, kind="stable")] = np.arange(len(worth))
    return np.where(place < round(share * len(worth)), "yes", "no")


def _sizes(people: int, shares: dict[str, float]) -> dict[str, int]:
    names = split(people, shares)
    return {name: names.count(name) for name in shares}
