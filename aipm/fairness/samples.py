"""Generated data sets with a planted, documented bias, to try an audit on: fictional people, made by seeded functions.

Who is in which group and what became of them is fixed in numbers, not drawn, so what content/samples.yaml says of them
is exact; chance decides only the order of the rows, ages, amounts and spellings.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from aipm.content import load
from aipm.fairness.spec import AuditSpec

Texts = NDArray[np.str_]
Numbers = NDArray[np.float64]
Table = dict[str, Texts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A generated data set in words, with the specification that audits it."""

    title: str
    file_name: str
    summary: str
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
    table = GENERATORS[name]()
    lines = [",".join(table), *map(",".join, zip(*(cells.tolist() for cells in table.values()), strict=True))]
    return ("\n".join(lines) + "\n").encode()


# Loans --------------------------------------------------------------------------------------------------------------

SEXES = {"female": 2_700, "male": 3_240, "": 60}
AGE_BANDS = ((18, 25, 0.15, 0.66), (25, 45, 0.40, 0.80), (45, 60, 0.32, 0.80), (60, 76, 0.13, 0.80))
"""From, to before, share of applicants, share who repay."""
SEPARATION = 1.6
"""How far the evidence of those who repay lies from that of those who do not, in standard deviations."""
TAKEN_OFF = 1.0
"""What the model takes off the log-odds of every woman: the planted bias."""
APPROVED_FROM = 0.70


def _loans() -> Table:
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
                evidence = sign * SEPARATION + _normal_quantiles(count)
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
        "application": _numbered("A", rows),
        "sex": np.array(sex)[order],
        "age": random.integers(np.array(low)[order], np.array(high)[order]).astype(str),
        "region": _shared(random, rows, {"North": 1_900, "South": 1_600, "East": 1_300, "West": 1_160, "Islands": 40}),
        "amount": (random.integers(4, 60, rows) * 250).astype(str),
        "score": written,
        "decision": _respelled(random, decision, every=40),
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


def _hiring() -> Table:
    random = np.random.default_rng(20_262)
    background, gender, shortlisted = [], [], []
    for name, (people, selected) in BACKGROUNDS.items():
        for answer, count in (("yes", selected), ("no", people - selected)):
            background += [name] * count
            gender += _split(count, GENDERS)
            shortlisted += [answer] * count
    order = random.permutation(len(background))
    rows = len(order)
    return {
        "candidate": _numbered("C", rows),
        "background": np.array(background)[order],
        "gender": np.array(gender)[order],
        "years_experience": np.minimum(random.gamma(2.0, 4.0, rows).astype(int), 30).astype(str),
        "shortlisted": _respelled(random, np.array(shortlisted)[order], every=4),
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


def _triage() -> Table:
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
        "ticket": _numbered("T", rows),
        "week": (np.arange(rows) * 4 // rows + 1).astype(str),
        "language": np.array(language)[order],
        "channel": np.array(channel)[order],
        "urgent": np.array(urgent)[order],
        "escalated": _respelled(random, np.array(escalated)[order], every=25),
    }


GENERATORS: dict[str, Callable[[], Table]] = {"loans": _loans, "hiring": _hiring, "triage": _triage}


def _normal_quantiles(count: int) -> Numbers:
    """`count` values that are spread as a normal distribution is, none of them drawn."""
    quantile = NormalDist().inv_cdf
    return np.array([quantile((k + 0.5) / count) for k in range(count)])


def _split(count: int, shares: dict[str, float]) -> list[str]:
    """`count` names in the given shares, the last one taking what rounding leaves."""
    names: list[str] = []
    edge = 0.0
    for name, share in shares.items():
        edge += share
        names += [name] * (round(edge * count) - len(names))
    return names


def _numbered(letter: str, rows: int) -> Texts:
    return np.char.add(f"{letter}-", np.char.zfill(np.arange(1, rows + 1).astype(str), 5))


def _shared(random: np.random.Generator, rows: int, counts: dict[str, int]) -> Texts:
    """Names in fixed numbers, in random order."""
    names = np.repeat(list(counts), list(counts.values()))
    assert len(names) == rows
    return names[random.permutation(rows)]


def _respelled(random: np.random.Generator, answers: Texts, *, every: int) -> Texts:
    """One answer in `every` written as people write: " Yes", "YES"."""
    chosen = random.choice(len(answers), len(answers) // every, replace=False)
    found = answers.astype(f"<U{answers.itemsize // 4 + 1}")
    spellings: Sequence[Callable[[Texts], Texts]] = (np.char.capitalize, np.char.upper, _after_space)
    for k, spell in enumerate(spellings):
        found[chosen[k::3]] = spell(answers[chosen[k::3]])
    return found


def _after_space(answers: Texts) -> Texts:
    return np.char.add(" ", np.char.capitalize(answers))
