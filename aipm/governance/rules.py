"""Which rules the answers of the triage point to: three-valued conditions, never a verdict.

A fact holds, may hold, or does not hold. "And" is the smaller, "or" the larger of two; what nobody knows may hold.
So an answer that adds a risk can only raise what it leads to. Articles are those of the AI Act as amended in 2026
(content/law.yaml says how far that was checked); words stand in content/ethics_triage.yaml under the same keys.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, get_args

from aipm.governance.dpia import CRITERIA, ENOUGH, Criterion

Role = Literal["provider", "deployer", "importer", "distributor", "manufacturer", "representative"]
ROLES: tuple[Role, ...] = get_args(Role)
Tier = Literal["minimal", "transparency", "high", "prohibited"]
TIERS: tuple[Tier, ...] = get_args(Tier)
"""From the least to the most that is asked for."""


class Truth(IntEnum):
    """Whether something holds."""

    NO = 0
    MAYBE = 1
    YES = 2


NO, MAYBE, YES = Truth
Facts = Mapping[str, Truth]
"""By the names of the triage's questions, areas, practices and criteria."""
Condition = Callable[[Facts], Truth]

DECIDING = ("hiring", "education", "credit", "insurance", "public_service", "police", "justice")
"""Areas of Annex III in which it matters whether a decision is swayed: Article 6(3) may except what does not."""
STANDING = ("biometrics", "emotions", "infrastructure")
"""Areas of Annex III whatever is decided."""
NEW_BANS = ("intimate_images", "child_abuse")
OLD_BANS = (
    *("manipulates", "weakness", "social_score", "predicts_crime"),
    *("scrapes_faces", "emotions_at_work", "sorts_bodies", "public_recognition"),
)


def reversed_(truth: Truth) -> Truth:
    return Truth(YES - truth)


def in_deciding(f: Facts) -> Truth:
    return max(f[area] for area in DECIDING)


def annex_iii(f: Facts) -> Truth:
    """High-risk by area of use (Article 6(2)); only "may" where no decision about people is known to be swayed."""
    return min(f["eu"], max(*(f[area] for area in STANDING), min(in_deciding(f), max(f["decides"], MAYBE))))


def annex_i(f: Facts) -> Truth:
    """High-risk as a safety part of a product (Article 6(1)); for health it depends on the class of the device."""
    return min(f["eu"], max(f["product"], min(f["health"], MAYBE)))


def excepted(f: Facts) -> Truth:
    """Whether Article 6(3) may take it out of an area of Annex III."""
    return min(f["eu"], in_deciding(f), reversed_(f["decides"]), reversed_(max(f[area] for area in STANDING)))


def at_work(f: Facts) -> Truth:
    """Emotions read in an area where that may be banned, whatever was said of the bans."""
    return min(MAYBE, f["eu"], f["emotions"], max(f["hiring"], f["education"]))


def high(f: Facts) -> Truth:
    return max(annex_iii(f), annex_i(f))


def told(f: Facts) -> Truth:
    """Whether Article 50 asks for something."""
    biometrics = min(f["biometrics"], MAYBE)
    return min(f["eu"], max(f["talks"], f["makes_media"], f["emotions"], biometrics))


LEADS_TO: Mapping[Tier, Condition] = {
    "minimal": lambda _: YES,
    "transparency": told,
    "high": high,
    "prohibited": lambda f: min(f["eu"], max(f["practice"], at_work(f))),
}


def criteria(f: Facts) -> dict[Criterion, Truth]:
    """The nine criteria of WP 248 rev.01, as far as the answers tell."""
    patients_workers = max(f["children"], f["hiring"], f["health"])
    blocked = max(f["credit"], f["insurance"], f["public_service"], f["education"])
    known: dict[Criterion, Truth] = {
        "scoring": f["decides"],
        "automated": min(f["decides"], reversed_(f["contestable"])),
        "sensitive": f["special_data"],
        "vulnerable": patients_workers,
        "blocks": min(f["decides"], blocked),
    }
    return {each: min(f["personal_data"], known.get(each, f.get(each, NO))) for each in CRITERIA}


def dpia(f: Facts) -> Truth:
    """Whether an impact assessment is likely needed: two criteria, or a case that the law itself names."""
    if min(f["eu"], f["personal_data"]) == NO:
        return NO
    held = criteria(f)
    sure = sum(each == YES for each in held.values())
    by_law = min(held["large_scale"], max(held["sensitive"], held["monitoring"]))
    needed = YES if sure >= ENOUGH or by_law == YES else Truth(int(any(held.values())))
    return min(f["eu"], f["personal_data"], needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A duty: when it holds, who owes it (none named: whoever), and since when (a key of law.yaml's `applies`)."""

    when: Condition
    applies: str
    roles: tuple[Role, ...] = ()


HIGH_RISK = "high_risk"
"""In place of a key of `applies`: whichever of Annex III and Annex I it falls under."""
MAKER: tuple[Role, ...] = ("provider", "manufacturer")
USER: tuple[Role, ...] = ("deployer",)

RULES: Mapping[str, Rule] = {
    "banned": Rule(
        when=lambda f: max(min(f["eu"], max(f[each] for each in OLD_BANS)), at_work(f)),
        applies="banned",
    ),
    "banned_2026": Rule(when=lambda f: min(f["eu"], max(f[each] for each in NEW_BANS)), applies="banned_2026"),
    "misuse": Rule(when=lambda f: min(f["eu"], f["makes_media"], MAYBE), applies="banned_2026", roles=MAKER),
    "literacy": Rule(when=lambda f: f["eu"], applies="literacy", roles=("provider", "deployer")),
    "say_machine": Rule(when=lambda f: min(f["eu"], f["talks"]), applies="transparency", roles=MAKER),
    "mark_media": Rule(when=lambda f: min(f["eu"], f["makes_media"]), applies="transparency", roles=MAKER),
    "label_media": Rule(
        when=lambda f: min(f["eu"], f["makes_media"], MAYBE),
        applies="transparency",
        roles=USER,
    ),
    "say_biometrics": Rule(
        when=lambda f: min(f["eu"], max(f["emotions"], min(f["biometrics"], MAYBE))),
        applies="transparency",
        roles=USER,
    ),
    "except": Rule(when=excepted, applies="annex_iii", roles=MAKER),
    "risk_management": Rule(when=high, applies=HIGH_RISK, roles=MAKER),
    "data_governance": Rule(when=high, applies=HIGH_RISK, roles=MAKER),
    "papers": Rule(when=high, applies=HIGH_RISK, roles=MAKER),
    "oversight": Rule(when=high, applies=HIGH_RISK, roles=MAKER),
    "accuracy": Rule(when=high, applies=HIGH_RISK, roles=MAKER),
    "conformity": Rule(when=high, applies=HIGH_RISK, roles=MAKER),
    "watch": Rule(when=high, applies=HIGH_RISK, roles=MAKER),
    "use_as_told": Rule(when=high, applies=HIGH_RISK, roles=USER),
    "keep_logs": Rule(when=high, applies=HIGH_RISK, roles=USER),
    "tell_workers": Rule(when=lambda f: min(annex_iii(f), f["hiring"]), applies="annex_iii", roles=USER),
    "tell_people": Rule(when=lambda f: min(annex_iii(f), f["decides"]), applies="annex_iii", roles=USER),
    "rights_assessment": Rule(
        when=lambda f: min(
            annex_iii(f),
            max(in_deciding(f), f["biometrics"], f["emotions"]),
            max(f["credit"], f["insurance"], f["public_service"], MAYBE),
        ),
        applies="annex_iii",
        roles=USER,
    ),
    "explain": Rule(when=lambda f: min(annex_iii(f), f["decides"]), applies="annex_iii", roles=USER),
    "bring_in": Rule(when=high, applies=HIGH_RISK, roles=("importer",)),
    "pass_on": Rule(when=high, applies=HIGH_RISK, roles=("distributor",)),
    "represent": Rule(when=high, applies=HIGH_RISK, roles=("representative",)),
    "become_maker": Rule(when=lambda f: min(high(f), f["changes"]), applies=HIGH_RISK),
    "bias_data": Rule(when=lambda f: min(f["eu"], f["special_data"], MAYBE), applies="bias_data"),
    "model_papers": Rule(when=lambda f: min(f["eu"], f["third_party_model"]), applies="models"),
    "general_model": Rule(when=lambda f: min(f["eu"], f["general"]), applies="models", roles=MAKER),
    "data_basis": Rule(when=lambda f: min(f["eu"], f["personal_data"]), applies="data_protection"),
    "data_special": Rule(when=lambda f: min(f["eu"], f["special_data"]), applies="data_protection"),
    "data_children": Rule(
        when=lambda f: min(f["eu"], f["personal_data"], f["children"], MAYBE), applies="data_protection"
    ),
    "data_tell": Rule(when=lambda f: min(f["eu"], f["personal_data"]), applies="data_protection"),
    "data_machine": Rule(
        when=lambda f: min(f["eu"], f["personal_data"], f["decides"], max(reversed_(f["contestable"]), MAYBE)),
        applies="data_protection",
    ),
    "data_assessment": Rule(when=dpia, applies="data_protection"),
    "device": Rule(when=lambda f: min(f["eu"], f["health"], MAYBE), applies="devices", roles=MAKER),
    "hiring_audit": Rule(when=lambda f: min(f["nyc"], f["hiring"], f["decides"]), applies="new_york", roles=USER),
    "hiring_notice": Rule(when=lambda f: min(f["nyc"], f["hiring"], f["decides"]), applies="new_york", roles=USER),
    "california": Rule(
        when=lambda f: min(f["elsewhere"], f["personal_data"], f["decides"], MAYBE), applies="california"
    ),
}
"""In the order in which they are shown: bans, everybody, transparency, high risk, models, data, places."""
