"""Data sets to try an audit on: fictional people with a planted, documented bias, and one that is real and published.

Who is in which group and what became of them is fixed in numbers, not drawn, so what content/samples.yaml says of them
is exact; chance decides only the order of the rows, ages, amounts and spellings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from aipm.content import load
from aipm.fairness.samples_cells import Cells, normal_quantiles, numbered, respelled, shared, split
from aipm.fairness.samples_flats import flats
from aipm.fairness.spec import AuditSpec
from aipm.tables import Reading
from aipm.tables.table import ArrowRows, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A data set in words, with the specification that audits it. `people` says whether anybody in it exists."""

    title: str
    file_name: str
    summary: str
    people: str
    about: str
    columns: dict[str, str]
    planted: tuple[str, ...]
    dirt: tuple[str, ...]
    finds: tuple[str, ...]
    spec: AuditSpec


@cache
def samples() -> dict[str, Sample]:
    """Every sample by name, in the order of content/samples.yaml."""
    found: dict[str, Sample] = load("samples", dict[str, Sample])
    return found


def generate(name: str) -> bytes:
    """A sample as a CSV file, the same bytes at every call. Raises KeyError where there is no such sample."""
    found = GENERATORS[name]()
    lines = [",".join(found), *map(",".join, zip(*(cells.tolist() for cells in found.values()), strict=True))]
    return ("\n".join(lines) + "\n").encode()


def as_table(name: str) -> Table:
    """A sample as a table, as its file reads. Raises KeyError where there is no such sample."""
    found = GENERATORS[name]()
    data = pa.table({f"c{k}": pa.array(cells.tolist(), pa.string()) for k, cells in enumerate(found.values())})
    return Table(tuple(found), ArrowRows(data), Reading(container="csv"), data.num_rows, f"sample {name}")


# Loans --------------------------------------------------------------------------------------------------------------

SEXES = {"female": 2_700, "male": 3_240, "": 60}
AGE_BANDS = ((18, 25, 0.15, 0.66), (25, 45, 0.40, 0.80), (45, 60, 0.32, 0.80), (60, 76, 0.13, 0.80))
"""From, to before, share of applicants, share who repay."""
SEPARATION = 1.6
"""How far the evidence of those who repay lies from that of those who do not, in standard deviations."""
TAKEN_OFF = 1.0
"""What the model takes off the log-odds of every woman: the planted bias."""
APPROVED_FROM = 0.70


def _loans() -> Cells:
    """Scores are exact probabilities of repayment, log-odds(base rate) + separation × evidence, but for women.

    Evidence is normal with mean ± separation / 2; its values are the quantiles, so that no draw decides the finding.
    """
    random = np.random.default_rng(20_261)
    sex, low, high, repaid, logit = [], [], [], [], []
    for name, people in SEXES.items():
        for start, stop, share, base_rate in AGE_BANDS:
            band = round(people * share)
            for answer, count in (("yes", round(band * base_rate)), ("no", band - round(band * base_rate))):
                sign = 0.5 if answer == "yes" else -0.5
                evidence = sign * SEPARATION + normal_quantiles(count)
                sex += [name] * count
                low += [start] * count
                high += [stop] * count
                repaid += [answer] * count
                taken_off = TAKEN_OFF if name == "female" else 0.0
                logit.append(np.log(base_rate / (1 - base_rate)) + SEPARATION * evidence - taken_off)
    order = random.permutation(len(sex))
    score = np.round(1 / (1 + np.exp(-np.concatenate(logit))), 3)[order]
    rows = len(order)
    decision = np.where(score >= APPROVED_FROM, "approved", "declined")
    written = np.char.mod("%.3f", score)
    written[random.choice(rows, 24, replace=False)] = ""
    return {
        "application": numbered("A", rows),
        "sex": np.array(sex)[order],
        "age": random.integers(np.array(low)[order], np.array(high)[order]).astype(str),
        "region": shared(random, rows, {"North": 1_900, "South": 1_600, "East": 1_300, "West": 1_160, "Islands": 40}),
        "amount": (random.integers(4, 60, rows) * 250).astype(str),
        "score": written,
        "decision": respelled(random, decision, every=40),
        "repaid": np.array(repaid)[order],
    }


# Hiring -------------------------------------------------------------------------------------------------------------

BACKGROUNDS = {
    "Aven": (2_400, 720),
    "Borel": (900, 189),
    "Calder": (520, 155),
    "Dunmore": (90, 20),
    "Esk": (24, 6),
    "Farrow": (7, 1),
    "": (59, 17),
}
"""People and, of them, shortlisted."""
GENDERS = {"woman": 0.48, "man": 0.515, "nonbinary": 0.005}


def _hiring() -> Cells:
    random = np.random.default_rng(20_262)
    background, gender, shortlisted = [], [], []
    for name, (people, selected) in BACKGROUNDS.items():
        for answer, count in (("yes", selected), ("no", people - selected)):
            background += [name] * count
            gender += split(count, GENDERS)
            shortlisted += [answer] * count
    order = random.permutation(len(background))
    rows = len(order)
    return {
        "candidate": numbered("C", rows),
        "background": np.array(background)[order],
        "gender": np.array(gender)[order],
        "years_experience": np.minimum(random.gamma(2.0, 4.0, rows).astype(int), 30).astype(str),
        "shortlisted": respelled(random, np.array(shortlisted)[order], every=4),
    }


# Triage -------------------------------------------------------------------------------------------------------------

URGENT = {
    ("English", "email"): (800, 200),
    ("English", "chat"): (800, 176),
    ("English", "phone"): (450, 112),
    ("Spanish", "email"): (450, 92),
    ("Spanish", "chat"): (110, 66),
    ("Spanish", "phone"): (300, 62),
    ("Polish", "email"): (300, 75),
    ("Polish", "chat"): (220, 48),
    ("Polish", "phone"): (140, 35),
}
"""Urgent requests and, of them, missed."""
NOT_URGENT, FALSE_ALARMS = 1.5, 0.12
"""Other requests for each urgent one, and the share of them escalated."""


def _triage() -> Cells:
    random = np.random.default_rng(20_263)
    language, channel, urgent, escalated = [], [], [], []
    for (tongue, way), (people, missed) in URGENT.items():
        other = round(people * NOT_URGENT)
        alarms = round(other * FALSE_ALARMS)
        for truth, answer, count in (
            ("yes", "yes", people - missed),
            ("yes", "no", missed),
            ("no", "yes", alarms),
            ("no", "no", other - alarms),
        ):
            language += [tongue] * count
            channel += [way] * count
            urgent += [truth] * count
            escalated += [answer] * count
    order = random.permutation(len(language))
    rows = len(order)
    return {
        "ticket": numbered("T", rows),
        "week": (np.arange(rows) * 4 // rows + 1).astype(str),
        "language": np.array(language)[order],
        "channel": np.array(channel)[order],
        "urgent": np.array(urgent)[order],
        "escalated": respelled(random, np.array(escalated)[order], every=25),
    }


# Admissions ---------------------------------------------------------------------------------------------------------

BERKELEY = {
    "A": {"men": (512, 825), "women": (89, 108)},
    "B": {"men": (353, 560), "women": (17, 25)},
    "C": {"men": (120, 325), "women": (202, 593)},
    "D": {"men": (138, 417), "women": (131, 375)},
    "E": {"men": (53, 191), "women": (94, 393)},
    "F": {"men": (22, 373), "women": (24, 341)},
}
"""Department -> sex -> (admitted, applied).

Bickel, Hammel & O'Connell, "Sex bias in graduate admissions: data from Berkeley", Science 187 (1975); the six largest
departments as Freedman, Pisani & Purves print them, and as they come with R (UCBAdmissions).
"""


def _admissions() -> Cells:
    """A row an applicant; nothing but department, sex and decision is known of them."""
    kinds, people = [], []
    for department, sides in BERKELEY.items():
        for sex, (admitted, applied) in sides.items():
            kinds += [(department, sex, "yes"), (department, sex, "no")]
            people += [admitted, applied - admitted]
    rows = np.repeat(np.array(kinds), people, axis=0)
    return dict(zip(("department", "sex", "admitted"), rows.T, strict=True))


GENERATORS: dict[str, Callable[[], Cells]] = {
    "loans": _loans,
    "hiring": _hiring,
    "triage": _triage,
    "flats": flats,
    "admissions": _admissions,
}
